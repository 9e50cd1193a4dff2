"""Pairs are formed fairly, and a visit's state follows from the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.grupper.rules import par as rules
from supervision.grupper.rules.pardannelse import (
    EXACT_UP_TO,
    Gruppering,
    Kandidat,
    check_par,
    foreslaa_par,
    has_common_time,
    retninger,
)
from supervision.grupper.rules.partider import TIDER, check_tider, faelles, foreslaa_tider
from supervision.problems import RuleBroken

HUSE = [UUID(int=number) for number in (1001, 1002, 1003)]
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@st.composite
def people(draw: st.DrawFn, least: int = 2, most: int = 60) -> list[Kandidat]:
    times = st.none() | st.frozensets(st.sampled_from(list(TIDER)[:4]), max_size=2)
    count = draw(st.integers(least, most))
    return [Kandidat(UUID(int=nr), draw(st.sampled_from(HUSE)), draw(times)) for nr in range(1, count + 1)]


def pairs_of(groups: Sequence[Sequence[UUID]]) -> list[frozenset[UUID]]:
    return [frozenset(two) for group in groups for two in combinations(group, 2)]


def every_way(ids: list[UUID]) -> Iterator[list[Gruppering]]:
    """All ways to divide few people into pairs, with one three when they are an odd number."""
    if not ids:
        yield []
        return
    first, rest = ids[0], ids[1:]
    for size in (1, 2) if len(ids) % 2 else (1,):
        for others in combinations(rest, size):
            left = [one for one in rest if one not in others]
            if len(left) != 1:
                yield from ([(first, *others), *more] for more in every_way(left))


@given(people(), st.booleans(), st.text(max_size=5))
@settings(max_examples=15, deadline=None)
def test_everybody_is_in_exactly_one_group(everybody: list[Kandidat], across: bool, froe: str) -> None:
    groups = foreslaa_par(everybody, paa_tvaers=across, froe=froe)
    assert sorted(who for group in groups for who in group) == [one.id for one in everybody]
    sizes = sorted(len(group) for group in groups)
    assert sizes == [2] * (len(sizes) - 1) + [3 if len(everybody) % 2 else 2]
    assert groups == foreslaa_par(everybody[::-1], paa_tvaers=across, froe=froe)
    visits = [visit for group in groups for visit in retninger(group)]
    assert sorted(observed for observed, _ in visits) == [one.id for one in everybody]
    assert sorted(observing for _, observing in visits) == [one.id for one in everybody]


@given(people(most=7), st.booleans(), st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_a_small_group_is_matched_as_well_as_it_can_be(
    everybody: list[Kandidat], across: bool, froe: int
) -> None:
    known = {one.id: one for one in everybody}
    before = [foreslaa_par(everybody, froe=f"before {froe}")]

    def counts(groups: Sequence[Sequence[UUID]]) -> tuple[int, int, int]:
        """(again, with time, across), the first best when it is small."""
        last = set(pairs_of(before[0]))
        twos = [tuple(known[who] for who in two) for two in pairs_of(groups)]
        return (
            -sum(two in last for two in pairs_of(groups)),
            sum(has_common_time(*two) for two in twos),
            sum(one.hus != other.hus for one, other in twos) if across else 0,
        )

    found = foreslaa_par(everybody, tidligere=before, paa_tvaers=across, froe=str(froe))
    assert counts(found) == max(counts(way) for way in every_way(list(known)))


@given(people(least=EXACT_UP_TO + 1), st.integers(0, 9))
@settings(max_examples=8, deadline=None)
def test_a_large_group_has_no_pair_twice_running_and_goes_across(
    everybody: list[Kandidat], froe: int
) -> None:
    free = [replace(one, tider=None) for one in everybody]
    before = [foreslaa_par(free, froe=f"before {froe}")]
    again = foreslaa_par(everybody, tidligere=before, paa_tvaers=True, froe=str(froe))
    assert not set(pairs_of(again)) & set(pairs_of(before[0]))

    two_houses = [replace(one, hus=HUSE[nr % 2]) for nr, one in enumerate(free)]
    house = {one.id: one.hus for one in two_houses}
    same = [group for group in foreslaa_par(two_houses, paa_tvaers=True) if len(group) == 2]
    assert all(house[one] != house[other] for one, other in same)


def test_too_few_and_wrong_pairs_are_refused() -> None:
    one, other, third, fourth, stranger = (UUID(int=nr) for nr in range(5))
    with pytest.raises(RuleBroken):
        foreslaa_par([Kandidat(one, HUSE[0])])
    inside = {one, other, third, fourth}
    check_par([(one, other, third)], inside)
    for groups, where in (
        ([(one,)], "par-0"),
        ([(one, other), (third, one)], "par-1"),
        ([(one, one)], "par-0"),
        ([(one, stranger)], "par-0"),
        ([(one, other, third, fourth)], "par-0"),
    ):
        with pytest.raises(RuleBroken) as problem:
            check_par(groups, inside)
        assert problem.value.field == where


def test_times_are_common_and_spread_over_the_round() -> None:
    assert faelles([["tir_e", "man_f"], None, ["man_f", "fre_e"]]) == ["man_f"]
    assert faelles([None, None]) == list(TIDER)
    assert check_tider(["fre_e", "man_f", "man_f"]) == ["man_f", "fre_e"]
    with pytest.raises(RuleBroken):
        check_tider(["loe_f"])
    first, last = date(2026, 11, 2), date(2026, 12, 11)
    times = foreslaa_tider(["tir_e"], 2, fra=first, til=last)
    assert times == [datetime(2026, 11, 17, 13), datetime(2026, 12, 1, 13)]
    assert foreslaa_tider([], 2, fra=first, til=last) == [None, None]
    assert foreslaa_tider(["man_f"], 2, fra=first, til=first) == [datetime(2026, 11, 2, 9, 30), None]
    assert foreslaa_tider(list(TIDER), 1, fra=last, til=first) == [None]


@dataclass
class Visit:
    """What was said of a visit."""

    starter_at: datetime | None = None
    foreslaaet: bool = False
    laengde_min: int = 45
    samtaletype: str | None = None
    flyttet_fra: datetime | None = None
    holdt_at: datetime | None = None
    feedback_at: datetime | None = None
    aflyst_at: datetime | None = None


BOOKED = rules.Booket(LATER, 60, "cv_samtale", trukket=False, laast=False, holdt=False, feedback=False)


@pytest.mark.parametrize(
    ("visit", "booked", "state", "before"),
    [
        (Visit(), None, "aaben", None),
        (Visit(NOW, foreslaaet=True), None, "foreslaaet", None),
        (Visit(NOW), None, "planlagt", None),
        (Visit(LATER, flyttet_fra=NOW), None, "flyttet", NOW),
        (Visit(LATER, flyttet_fra=NOW, holdt_at=LATER), None, "holdt", None),
        (Visit(NOW, holdt_at=NOW, feedback_at=NOW), None, "feedback", None),
        (Visit(NOW, aflyst_at=NOW), None, "aflyst", None),
        (Visit(LATER), BOOKED, "planlagt", None),
        (Visit(NOW), BOOKED, "flyttet", NOW),
        (Visit(LATER, flyttet_fra=NOW), BOOKED, "flyttet", NOW),
        (Visit(LATER), replace(BOOKED, laast=True, holdt=True), "holdt", None),
        (Visit(LATER), replace(BOOKED, laast=True, holdt=True, feedback=True), "feedback", None),
        (Visit(LATER), replace(BOOKED, trukket=True), "aflyst", None),
    ],
)
def test_the_state_follows_from_the_facts(
    visit: Visit, booked: rules.Booket | None, state: str, before: datetime | None
) -> None:
    found = rules.samlet(visit, booked)
    assert (found.tilstand, found.foer_at) == (state, before)
    assert found.tilstand in rules.BESOEG_TILSTANDE
    if booked is not None:
        assert (found.starter_at, found.laengde_min, found.samtaletype) == (LATER, 60, "cv_samtale")


@pytest.mark.parametrize(
    ("visit", "booked", "may"),
    [
        (Visit(), None, {"aflys"}),
        (Visit(LATER, foreslaaet=True), None, {"passer", "aflys"}),
        (Visit(NOW), None, {"holdt", "aflys"}),
        (Visit(LATER), None, {"aflys"}),
        (Visit(NOW, holdt_at=NOW), None, {"feedback", "fortryd"}),
        (Visit(NOW, holdt_at=NOW, feedback_at=NOW), None, {"fortryd"}),
        (Visit(NOW, aflyst_at=NOW), None, {"fortryd"}),
        (Visit(LATER), BOOKED, {"aflys"}),
        (Visit(LATER), replace(BOOKED, laast=True, holdt=True), set()),
        (Visit(LATER), replace(BOOKED, trukket=True), {"fortryd"}),
    ],
)
def test_what_can_be_said_of_it(visit: Visit, booked: rules.Booket | None, may: set[str]) -> None:
    stands = rules.samlet(visit, booked)
    for maerk in (*rules.MAERK, "rost"):
        if maerk in may:
            rules.check_maerk(stands, maerk, booket=booked, now=NOW)
            continue
        with pytest.raises(RuleBroken):
            rules.check_maerk(stands, maerk, booket=booked, now=NOW)


def test_a_visit_lies_in_its_round_and_has_few_methods() -> None:
    first, last = date(2026, 11, 2), date(2026, 12, 11)
    rules.check_besoegstid(last + timedelta(days=28), fra=first, til=last)
    for day in (first - timedelta(days=1), last + timedelta(days=29)):
        with pytest.raises(RuleBroken) as problem:
            rules.check_besoegstid(day, fra=first, til=last)
        assert problem.value.field == "dato"
    assert rules.check_metoder(["ugu", "", "ugu"], {"ugu"}) == ["ugu"]
    for chosen in (["findes_ikke"], list("abcde")):
        with pytest.raises(RuleBroken):
            rules.check_metoder(chosen, set("abcde"))
