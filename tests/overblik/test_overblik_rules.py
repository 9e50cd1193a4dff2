"""The rules R1 to R9, each by its name."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.overblik import rules
from supervision.overblik.rules import Kvartal

TEAM, OTHER = uuid4(), uuid4()
Q3 = Kvartal(2026, 3)
NBSP = "\N{NO-BREAK SPACE}"
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@dataclass
class Role:
    person_id: UUID
    fra: date
    til: date | None = None
    rolle: str = "medarbejder"
    team_id: UUID | None = TEAM


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2026, 10, 14), Kvartal(2026, 2)),
        (date(2026, 10, 15), Kvartal(2026, 3)),
        (date(2026, 12, 31), Kvartal(2026, 3)),
        (date(2027, 1, 1), Kvartal(2026, 3)),
        (date(2027, 1, 14), Kvartal(2026, 3)),
        (date(2027, 1, 15), Kvartal(2026, 4)),
        (date(2027, 4, 14), Kvartal(2026, 4)),
        (date(2027, 4, 15), Kvartal(2027, 1)),
        (date(2028, 2, 29), Kvartal(2027, 4)),
    ],
)
def test_r1_shows_the_last_quarter_whose_days_of_grace_are_over(today: date, shown: Kvartal) -> None:
    assert rules.r1_kvartal_at_vise(today) == shown


@given(days)
def test_r1_what_is_shown_never_goes_back_and_changes_once_a_quarter(day: date) -> None:
    now, tomorrow = rules.r1_kvartal_at_vise(day), rules.r1_kvartal_at_vise(day + timedelta(days=1))
    assert tomorrow in (now, now.next())
    assert now.til < day
    assert now.klar <= day < now.next().klar


@given(days)
def test_r1_quarters_cover_every_day_once(day: date) -> None:
    quarter = rules.kvartal_of(day)
    assert quarter.fra <= day <= quarter.til
    assert quarter.next().fra == quarter.til + timedelta(days=1)
    assert quarter.next().previous() == quarter


def test_r1_names_a_quarter_in_danish() -> None:
    assert Kvartal(2026, 4).navn == "4. kvartal 2026"
    assert Kvartal(2026, 4).maaneder == "oktober–december 2026"
    assert (Kvartal(2026, 4).fra, Kvartal(2026, 4).til) == (date(2026, 10, 1), date(2026, 12, 31))


def test_r2_the_group_is_fixed_by_the_roles_of_the_first_day() -> None:
    first = Q3.fra
    inside, begins, ends_then, ends_later, late, elsewhere = (uuid4() for _ in range(6))
    roles = [
        Role(inside, date(2020, 1, 1)),
        Role(begins, first),
        Role(ends_then, date(2020, 1, 1), til=first),
        Role(ends_later, date(2020, 1, 1), til=first + timedelta(days=1)),
        Role(late, first + timedelta(days=1)),
        Role(elsewhere, date(2020, 1, 1), team_id=OTHER),
    ]
    assert rules.r2_gruppe(roles, TEAM, Q3) == {inside, begins, ends_later}


def test_r2_nobody_is_in_two_groups_even_when_the_roles_are_wrong() -> None:
    twice = uuid4()
    roles = [Role(twice, date(2020, 1, 1)), Role(twice, date(2025, 1, 1), team_id=OTHER)]
    assert rules.r2_gruppe(roles, TEAM, Q3) == frozenset()
    assert rules.r2_gruppe(roles, OTHER, Q3) == {twice}


def test_r3_five_distinct_persons_are_enough_and_four_are_not() -> None:
    assert [rules.r3_vises(n) for n in (0, 4, 5, 6)] == [False, False, True, True]


def test_r4_shares_are_of_the_shown_parts_so_nothing_is_left_over() -> None:
    assert rules.r4_andele_af_viste({"a": 30, "b": 10, "hidden": 60}, ["a", "b"]) == {"a": 0.75, "b": 0.25}
    assert rules.r4_andele_af_viste({"hidden": 60}, ["a", "b"]) == {}
    assert rules.r4_andele_af_viste({"a": 5}, ["a", "b"]) == {"a": 1.0, "b": 0.0}


@pytest.mark.parametrize(
    ("n", "band"),
    [(5, "5–9"), (9, "5–9"), (10, "10–19"), (19, "10–19"), (20, "20 eller flere"), (300, "20 eller flere")],
)
def test_r5_the_number_of_persons_is_a_band(n: int, band: str) -> None:
    assert rules.r5_baand(n) == f"{band} observerede"


@pytest.mark.parametrize(
    ("share", "words", "drawn"),
    [
        (0.0, f"under 10{NBSP}%", 5),
        (0.0999, f"under 10{NBSP}%", 5),
        (0.1, f"ca. 10{NBSP}%", 10),
        (0.1499, f"ca. 10{NBSP}%", 10),
        (0.15, f"ca. 20{NBSP}%", 20),
        (0.25, f"ca. 30{NBSP}%", 30),
        (0.9, f"ca. 90{NBSP}%", 90),
        (0.9001, f"over 90{NBSP}%", 95),
        (1.0, f"over 90{NBSP}%", 95),
        (0.1 + 0.2, f"ca. 30{NBSP}%", 30),
        (0.7 + 0.1 + 0.1, f"ca. 90{NBSP}%", 90),
    ],
)
def test_r5_shares_are_rounded_and_their_ends_are_open(share: float, words: str, drawn: int) -> None:
    assert rules.r5_andel(share) == rules.Vist(words, drawn)


@given(st.floats(0, 1))
def test_r5_what_is_left_of_a_share_tells_no_more_than_the_share(share: float) -> None:
    shown = rules.r5_andel(share)
    assert rules.r5_modsat(shown).tegnet == 100 - shown.tegnet


@pytest.mark.parametrize(
    ("mean", "words", "drawn"),
    [
        (0.0, "under 1 pr. samtale", 0),
        (0.49, "under 1 pr. samtale", 0),
        (0.5, "ca. 1 pr. samtale", 1),
        (2.5, "ca. 3 pr. samtale", 3),
        (10.49, "ca. 10 pr. samtale", 10),
        (10.5, "over 10 pr. samtale", 10),
        (250.0, "over 10 pr. samtale", 10),
    ],
)
def test_r5_counts_are_whole_and_their_ends_are_open(mean: float, words: str, drawn: int) -> None:
    assert rules.r5_antal(mean) == rules.Vist(words, drawn)


@pytest.mark.parametrize(
    ("held", "handed_over", "counts_in"),
    [
        (date(2026, 9, 30), date(2026, 9, 30), Kvartal(2026, 3)),
        (date(2026, 9, 30), date(2026, 10, 14), Kvartal(2026, 3)),
        (date(2026, 9, 30), date(2026, 10, 15), Kvartal(2026, 4)),
        (date(2026, 10, 1), date(2026, 10, 2), Kvartal(2026, 4)),
        (date(2026, 12, 31), date(2027, 1, 15), Kvartal(2027, 1)),
        (date(2024, 2, 29), date(2026, 11, 1), Kvartal(2026, 4)),
        (date(2024, 2, 29), date(2026, 10, 5), Kvartal(2026, 3)),
    ],
)
def test_r6_what_is_late_counts_later_and_never_changes_what_was_shown(
    held: date, handed_over: date, counts_in: Kvartal
) -> None:
    assert rules.r6_kvartal(held, handed_over) == counts_in


@given(days, st.integers(0, 900))
def test_r6_a_samtale_counts_in_one_quarter_that_was_not_shown_yet(held: date, later: int) -> None:
    handed_over = held + timedelta(days=later)
    quarter = rules.r6_kvartal(held, handed_over)
    assert quarter >= rules.kvartal_of(held)
    assert handed_over < quarter.klar
    assert quarter == rules.kvartal_of(held) or handed_over >= quarter.previous().klar


def test_r7_what_a_leader_has_seen_does_not_count() -> None:
    leader, person, colleague = uuid4(), uuid4(), uuid4()
    assert rules.r7_taeller(person, colleague, {leader})
    assert rules.r7_taeller(person, None, {leader})
    assert not rules.r7_taeller(person, leader, {leader})
    assert not rules.r7_taeller(leader, colleague, {leader})


def test_r7_a_leader_is_whoever_led_on_any_day_until_it_was_shown() -> None:
    before, during, on_grace, after, elsewhere, worker = (uuid4() for _ in range(6))
    roles = [
        Role(before, date(2020, 1, 1), til=Q3.fra, rolle="teamleder"),
        Role(during, Q3.fra + timedelta(days=40), til=Q3.fra + timedelta(days=41), rolle="teamleder"),
        Role(on_grace, Q3.klar - timedelta(days=1), rolle="teamleder"),
        Role(after, Q3.klar, rolle="teamleder"),
        Role(elsewhere, date(2020, 1, 1), rolle="teamleder", team_id=OTHER),
        Role(worker, date(2020, 1, 1)),
    ]
    assert rules.r7_ledere(roles, TEAM, Q3) == {during, on_grace}


def test_r7_a_leader_who_also_works_in_the_team_is_no_part_of_what_they_see() -> None:
    both = uuid4()
    roles = [Role(both, date(2020, 1, 1)), Role(both, date(2020, 1, 1), rolle="teamleder")]
    assert rules.r2_gruppe(roles, TEAM, Q3) == frozenset()


def test_r8_no_rule_and_no_figure_knows_who_asks() -> None:
    from supervision.overblik import charts, tables

    for room in (rules, tables, charts):
        for name, function in inspect.getmembers(room, inspect.isfunction):
            assert not {"viewer", "by", "person"} & set(inspect.signature(function).parameters), name


def test_r9_four_and_none_are_the_same_silence() -> None:
    assert {rules.r9_ord(n) for n in range(5)} == {"for få observerede"}
    assert rules.r9_ord(5) == "5–9 observerede"
