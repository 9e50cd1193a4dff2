"""Roles over dates: who is what on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from supervision.personer import rules
from supervision.problems import RuleBroken

MAY_1, MAY_2, JUNE_1, JULY_1 = date(2027, 5, 1), date(2027, 5, 2), date(2027, 6, 1), date(2027, 7, 1)
NORD, SYD = uuid4(), uuid4()


@dataclass(frozen=True)
class Row:
    rolle: str
    fra: date
    til: date | None = None
    team_id: UUID | None = None
    organisation_id: UUID | None = None


def in_nord(fra: date, til: date | None = None) -> Row:
    return Row("medarbejder", fra, til, NORD)


@pytest.mark.parametrize(
    ("til", "day", "holds"),
    [
        (None, date(2027, 4, 30), False),
        (None, MAY_1, True),
        (None, date(2050, 1, 1), True),
        (JUNE_1, date(2027, 5, 31), True),
        (JUNE_1, JUNE_1, False),
        (MAY_1, MAY_1, False),
    ],
)
def test_the_first_day_counts_and_the_end_does_not(til: date | None, day: date, holds: bool) -> None:
    assert rules.gaelder(in_nord(MAY_1, til), day) is holds


def test_only_the_kind_asked_for_is_in_force() -> None:
    roles = [in_nord(MAY_1), Row("teamleder", MAY_1, None, SYD), in_nord(date(2026, 1, 1), MAY_1)]
    assert rules.gaeldende(roles, "medarbejder", MAY_2) == [roles[0]]
    assert rules.gaeldende(roles, "supervisor", MAY_2) == []


@pytest.mark.parametrize(
    ("rolle", "team", "organisation", "field"),
    [
        ("medarbejder", None, uuid4(), "team"),
        ("teamleder", None, None, "team"),
        ("supervisor", uuid4(), None, "organisation"),
        ("direktør", uuid4(), uuid4(), "rolle"),
    ],
)
def test_a_role_needs_its_own_scope(
    rolle: str, team: UUID | None, organisation: UUID | None, field: str
) -> None:
    with pytest.raises(RuleBroken) as problem:
        rules.check_rolle(rolle, team_id=team, organisation_id=organisation)
    assert problem.value.field == field


@pytest.mark.parametrize(
    ("fra", "til", "field"),
    [
        (date(1999, 12, 31), None, "fra"),
        (date(2100, 1, 2), None, "fra"),
        (MAY_1, MAY_1, "til"),
        (MAY_1, date(2027, 4, 1), "til"),
        (MAY_1, date.max, "til"),
    ],
)
def test_a_period_must_be_possible(fra: date, til: date | None, field: str) -> None:
    with pytest.raises(RuleBroken) as problem:
        rules.check_periode(fra, til)
    assert problem.value.field == field


def test_a_role_is_not_held_twice_but_may_come_again() -> None:
    rules.check_not_held([in_nord(MAY_1, JUNE_1)], in_nord(JUNE_1))
    rules.check_not_held([in_nord(JUNE_1)], in_nord(MAY_1, JUNE_1))
    rules.check_not_held([in_nord(MAY_1, MAY_1)], in_nord(MAY_1))
    rules.check_not_held([in_nord(MAY_1)], Row("teamleder", MAY_1, None, NORD))
    for held in (in_nord(MAY_1), in_nord(MAY_2), in_nord(MAY_1, JULY_1)):
        with pytest.raises(RuleBroken):
            rules.check_not_held([held], in_nord(JUNE_1))


def test_a_new_team_ends_the_old_one_and_leaves_other_roles() -> None:
    old, over = in_nord(MAY_1), in_nord(date(2026, 1, 1), MAY_1)
    lead = Row("teamleder", MAY_1, None, SYD)
    assert rules.teams_left_behind([over, old, lead], JUNE_1) == [old]
    assert rules.teams_left_behind([old], MAY_1) == [old]
    assert rules.teams_left_behind([in_nord(MAY_1, JULY_1)], JUNE_1) == [in_nord(MAY_1, JULY_1)]
    assert rules.teams_left_behind([in_nord(MAY_1, MAY_1)], MAY_1) == []


def test_a_planned_team_is_not_undone_by_the_way() -> None:
    with pytest.raises(RuleBroken) as problem:
        rules.teams_left_behind([in_nord(JUNE_1)], MAY_1)
    assert problem.value.field == "fra"
    assert "1.6.2027" in problem.value.text


def test_what_is_over_stays_over() -> None:
    rules.check_slut(in_nord(MAY_1), MAY_1, today=JUNE_1)
    rules.check_slut(in_nord(MAY_1, JULY_1), JUNE_1, today=JUNE_1)
    for rolle, til in (
        (in_nord(MAY_1, JUNE_1), JUNE_1),
        (in_nord(MAY_2), MAY_1),
        (in_nord(MAY_1), date(2200, 1, 1)),
    ):
        with pytest.raises(RuleBroken) as problem:
            rules.check_slut(rolle, til, today=JUNE_1)
        assert problem.value.field == "til"


def test_the_last_own_administrator_role_stays() -> None:
    mine = Row("administrator", MAY_1)
    other = Row("administrator", MAY_2, None)
    over = Row("administrator", MAY_1, JUNE_1)
    for own in ([mine], [mine, over], [mine, in_nord(MAY_1)]):
        with pytest.raises(RuleBroken):
            rules.check_own_administrator_role(mine, own, JUNE_1)
    rules.check_own_administrator_role(mine, [mine, other], JUNE_1)
    rules.check_own_administrator_role(Row("administrator", MAY_1), [other], JUNE_1)
    rules.check_own_administrator_role(in_nord(MAY_1), [mine, in_nord(MAY_1)], JUNE_1)


def test_team_roles_end_before_a_shift_of_organisation() -> None:
    rules.check_shift_of_organisation([in_nord(MAY_1, JUNE_1), Row("administrator", MAY_1)], JUNE_1)
    for rolle in (in_nord(MAY_1), in_nord(JULY_1), Row("teamleder", MAY_1, JULY_1, NORD)):
        with pytest.raises(RuleBroken) as problem:
            rules.check_shift_of_organisation([rolle], JUNE_1)
        assert problem.value.field == "organisation"


def test_nobody_shuts_themselves_out() -> None:
    rules.check_not_oneself(NORD, SYD)
    with pytest.raises(RuleBroken):
        rules.check_not_oneself(NORD, NORD)
