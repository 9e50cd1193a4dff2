"""What a list of people would do, line by line."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from supervision.personer.formats.people_csv import Row
from supervision.personer.rules.import_plan import (
    Known,
    LineProblem,
    Plan,
    PlannedRolle,
    Situation,
    make_plan,
)

TODAY, BEFORE = date(2027, 3, 3), date(2026, 1, 1)
HERE, NORD, SYD = uuid4(), uuid4(), uuid4()


def held(rolle: str, team: Any = None, fra: date = BEFORE, til: date | None = None) -> PlannedRolle:
    return PlannedRolle(rolle, team, HERE if rolle == "supervisor" else None, fra, til)


def plan_of(*lines: tuple[str, str, str, str], **known: Known) -> Plan:
    rows = [Row(number, *line) for number, line in enumerate(lines, start=2)]
    people = {f"{name}@x.dk": person for name, person in known.items()}
    teams = {"team nord": NORD, "team syd": SYD}
    return make_plan(rows, Situation(HERE, people, frozenset({"anden@x.dk"}), teams, TODAY))


def outcomes(plan: Plan) -> list[tuple[str, ...]]:
    assert not plan.problems
    return [step.outcomes for step in plan.steps]


def mette(*roller: PlannedRolle, active: bool = True) -> Known:
    return Known(uuid4(), "Mette Ærø", active, list(roller))


def line(team: str = "Team Nord", rolle: str = "medarbejder", navn: str = "Mette Ærø") -> tuple[str, ...]:
    return (navn, "mette@x.dk", team, rolle)


def test_a_new_person_in_a_new_team() -> None:
    plan = plan_of(line("Team Øst"), ("Jonas", "jonas@x.dk", "team øst", "teamleder"))
    assert outcomes(plan) == [("ny person", "nyt team", "ny rolle"), ("ny person", "ny rolle")]
    assert list(plan.new_teams) == ["Team Øst"]
    assert {step.rolle.team_id for step in plan.steps if step.rolle} == set(plan.new_teams.values())
    assert plan.counts()["ny person"] == 2


def test_what_is_so_already_is_unchanged() -> None:
    plan = plan_of(line("TEAM nord"), mette=mette(held("medarbejder", NORD)))
    assert outcomes(plan) == [("uændret",)]
    assert plan.steps[0].rolle is None


def test_another_team_moves_and_ends_only_the_team_before() -> None:
    old, lead = held("medarbejder", NORD), held("teamleder", NORD)
    plan = plan_of(line("Team Syd"), mette=mette(old, lead))
    assert outcomes(plan) == [("flyttes",)]
    assert plan.steps[0].ends == (old,)


def test_one_person_may_stand_with_several_roles() -> None:
    plan = plan_of(line(), line("Team Syd", "teamleder"), line("", "supervisor"))
    assert outcomes(plan) == [("ny person", "ny rolle"), ("ny rolle",), ("ny rolle",)]
    assert len({step.person_id for step in plan.steps}) == 1
    assert plan.steps[2].rolle is not None
    assert plan.steps[2].rolle.organisation_id == HERE


def test_a_known_name_is_kept_and_said() -> None:
    plan = plan_of(line(navn="Mette Aeroe"), mette=mette(held("medarbejder", NORD)))
    assert "Mette Ærø" in plan.steps[0].remark


@pytest.mark.parametrize(
    ("lines", "known", "found"),
    [
        ([line(), line()], {}, (3, "rolle")),
        ([line(), line("Team Syd")], {}, (3, "rolle")),
        ([line(), line("Team Syd")], {"mette": mette(held("medarbejder", NORD))}, (3, "rolle")),
        ([line(), line("Team Syd", "teamleder", "Mogens")], {}, (3, "navn")),
        ([("Anden", "anden@x.dk", "Team Nord", "medarbejder")], {}, (2, "email")),
        ([line()], {"mette": mette(active=False)}, (2, "email")),
        ([line()], {"mette": mette(held("medarbejder", SYD, date(2028, 1, 1)))}, (2, "team")),
    ],
)
def test_problems_name_their_line(lines: list[Any], known: dict[str, Known], found: tuple[int, str]) -> None:
    problems = plan_of(*lines, **known).problems
    assert [(problem.line, problem.field) for problem in problems] == [found]


def test_problems_of_the_file_come_along_in_order() -> None:
    before = [LineProblem(9, "rolle", "…"), LineProblem(2, "navn", "…")]
    rows = [Row(5, "Anden", "anden@x.dk", "Team Nord", "medarbejder")]
    plan = make_plan(rows, Situation(HERE, {}, frozenset({"anden@x.dk"}), {}, TODAY), before)
    assert [problem.line for problem in plan.problems] == [2, 5, 9]
