"""The rules of what may be published, by themselves: who is singled out, who is known, what is merged."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from held import LONG_AGO
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.overblik import rules
from supervision.overblik.rules.revision import PRIMTAL, r10_afsloerede, r10_alene, reducer, sammenhaengende
from supervision.overblik.rules.team import Kvartal, r3_vises

Q3 = Kvartal(2026, 3)


@dataclass(frozen=True)
class Figure:
    """A published figure as the rules ask for it."""

    hvem: frozenset[int]
    samlet: bool = False
    billede: str = "taletid"
    kode: str = "borger"
    samtaletype: str | None = None


def rank(rows: Collection[dict[Any, int]]) -> int:
    return len(reducer(rows))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.dictionaries(st.integers(0, 7), st.integers(-3, 3), max_size=6), max_size=7),
    st.sets(st.integers(0, 7), max_size=4),
)
def test_r10_the_quick_test_is_the_rank_test(rows: list[dict[int, int]], group: set[int]) -> None:
    """A combination lies wholly in the group exactly when leaving its columns out lowers the rank."""
    without = [{k: v for k, v in row.items() if k not in group} for row in rows]
    assert r10_alene(rows, group) is (rank(without) < rank(rows))


def test_r10_finds_what_stands_alone_and_nothing_else() -> None:
    everybody, team = dict.fromkeys(range(11), 1), dict.fromkeys(range(5), 1)
    assert r10_afsloerede([everybody, team], [range(5), range(5, 11)]) is None
    assert r10_afsloerede([everybody, dict.fromkeys(range(10), 1)], [range(11)]) == {10}
    assert r10_afsloerede([everybody, dict.fromkeys(range(7), 1)], [range(11)]) == {7, 8, 9, 10}
    assert r10_afsloerede([team], [range(5)], kendte=[0]) == {1, 2, 3, 4}
    assert rank([{0: 1, 1: 2}, {0: PRIMTAL + 1, 1: 2}]) == 1
    assert [len(part) for part in sammenhaengende([{0: 1}, {1: 1}, {0: 1, 2: 1}, {2: 1, 1: 1}, {9: 1}])] == [
        4,
        1,
    ]


@pytest.mark.gate("C2")
@pytest.mark.planted("C2")
def test_r10_planted_ways_to_publish_too_much_are_found() -> None:
    """Each is what a plain threshold of five would let through."""
    teams = [frozenset(range(6)), frozenset(range(6, 10)), frozenset(range(10, 17))]
    six, four, seven = teams
    shown_only = [Figure(six), Figure(seven), Figure(six | seven, samlet=True)]
    assert rules.r10_grund(shown_only, teams) is None
    with_the_hidden_in_it = [*shown_only[:2], Figure(six | four | seven, samlet=True)]
    assert "fire eller færre" in str(rules.r10_grund(with_the_hidden_in_it, teams))
    a_filter = [Figure(seven), Figure(seven - {16})]
    assert "fire eller færre" in str(rules.r10_grund(a_filter, teams))
    too_few = [Figure(frozenset(range(4)))]
    assert "fire eller færre" in str(rules.r10_grund(too_few, teams))


def test_r7_whoever_a_viewer_knows_does_not_count_and_a_total_goes_with_its_parts() -> None:
    five, six = frozenset(range(5)), frozenset(range(5, 11))
    both = Figure(five | six, samlet=True)
    figures = [Figure(five), Figure(six), both]
    assert rules.r7_viste(figures, []) == figures
    assert rules.r7_viste(figures, [99]) == figures
    assert rules.r7_viste(figures, [0]) == [Figure(six)]
    assert rules.r7_viste(figures, [5]) == figures
    assert rules.r7_viste(figures, [5, 6]) == [Figure(five)]


@pytest.mark.gate("C1", "C2", "C3")
def test_c1_to_c3_nobody_in_two_hundred_organisations(record_property: Callable[[str, object], None]) -> None:
    """Teams of 3-12, some merged by plan, with an insider and with somebody who has observed three."""
    chance = Random(20261122)
    shown = 0
    for _ in range(200):
        sizes = [chance.randint(3, 12) for _ in range(3)]
        people = iter(range(sum(sizes)))
        teams = [frozenset(next(people) for _ in range(size)) for size in sizes]
        groups = teams if chance.random() < 0.5 else [teams[0] | teams[1], teams[2]]
        observed = [frozenset(p for p in group if chance.random() < 0.8) for group in groups]
        visible = [Figure(who) for who in observed if r3_vises(len(who))]
        if len(visible) > 1:
            visible.append(Figure(frozenset().union(*(f.hvem for f in visible)), samlet=True))
        knows = frozenset(chance.sample(range(sum(sizes)), 3))
        assert rules.r10_grund(visible, teams, kendskaber=[knows]) is None  # type: ignore[type-var]
        shown += len(visible)
    assert shown > 300
    record_property(
        "figure", f"200 organisations by the rules alone: 0 of {shown} figures single out 1-4 persons"
    )


def test_r2_the_plan_merges_before_anything_is_counted() -> None:
    @dataclass(frozen=True)
    class Role:
        person_id: UUID
        team_id: UUID
        fra: date = LONG_AGO
        til: date | None = None
        rolle: str = "medarbejder"

    a, b, c = (uuid4() for _ in range(3))
    people = {team: [uuid4() for _ in range(3)] for team in (a, b, c)}
    roles = [Role(person, team) for team, members in people.items() for person in members]
    made = rules.r2_grupper(roles, {a: "A", b: "B", c: "C"}, {a: "A og C", c: "A og C"}, Q3)
    assert {g.navn: len(g.personer) for g in made} == {"A og C": 6, "B": 3}
    by_type = rules.r2_efter_type(made, {"individuel": "Individuel samtale", "cv_samtale": "CV-samtale"})
    assert [(g.samtaletype, len(g.personer)) for g in by_type] == [("individuel", 9), ("cv_samtale", 9)]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sets(st.integers(0, 9), min_size=1, max_size=6), max_size=5))
def test_r10_the_short_way_for_disjoint_figures_finds_what_the_long_way_finds(sets: list[set[int]]) -> None:
    """The long way tries every group; a figure of everybody twice over makes no figure stand alone by itself."""
    rows = [dict.fromkeys(one, 1) for one in sets]
    hold = [range(5), range(5, 10)]
    found = r10_afsloerede(rows, hold)
    alone = [
        group
        for team in hold
        for size in range(1, 5)
        for group in combinations(team, size)
        if r10_alene(rows, group)
    ]
    assert (found is None) is (not alone)
