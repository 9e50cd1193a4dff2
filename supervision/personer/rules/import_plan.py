"""What happens to each line of a list of people, decided before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID, uuid4

from supervision.personer import rules
from supervision.problems import RuleBroken

NY_PERSON = "ny person"
NYT_TEAM = "nyt team"
NY_ROLLE = "ny rolle"
FLYTTES = "flyttes"
UAENDRET = "uændret"
OUTCOMES = (NY_PERSON, NYT_TEAM, NY_ROLLE, FLYTTES, UAENDRET)


class Row(Protocol):
    """A line as it was read and cleaned; `rolle` is one of medarbejder, teamleder, supervisor."""

    @property
    def line(self) -> int: ...
    @property
    def navn(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def rolle(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with a line: where, in which column, and what to do."""

    line: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedRolle:
    """A role that a line asks for, from today on."""

    rolle: str
    team_id: UUID | None
    organisation_id: UUID | None
    fra: date
    til: date | None = None


@dataclass(slots=True)
class Known:
    """A person as the database (or an earlier line) knows them. `line` is 0 for the database."""

    id: UUID
    navn: str
    active: bool
    roller: list[rules.Rolle] = field(default_factory=list)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One line's outcome. `rolle` is None when it is held already; `ends` are the roles that stop today."""

    row: Row
    person_id: UUID
    outcomes: tuple[str, ...]
    rolle: PlannedRolle | None
    ends: tuple[rules.Rolle, ...] = ()
    remark: str = ""


@dataclass(slots=True)
class Plan:
    """All lines. `new_teams`: name -> id to be. Nothing may be stored while there are problems."""

    steps: list[Step] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    new_teams: dict[str, UUID] = field(default_factory=dict)

    def counts(self) -> Counter[str]:
        """How many lines have each outcome."""
        return Counter(outcome for step in self.steps for outcome in step.outcomes)


@dataclass(slots=True)
class Situation:
    """What is there before. people: the organisation's own, by e-mail; elsewhere: others' e-mails; teams:
    id by `wording.clean(navn).casefold()`."""

    organisation_id: UUID
    people: dict[str, Known]
    elsewhere: frozenset[str]
    teams: Mapping[str, UUID]
    today: date


def make_plan(rows: Sequence[Row], situation: Situation, problems: Iterable[LineProblem] = ()) -> Plan:
    """Go through the lines in order; each one stands on what the lines before it will have done.

    problems: those already found in the file. `situation.people` is taken over and changed.
    """
    plan = Plan(problems=list(problems))
    teams = dict(situation.teams)
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        try:
            _check_only_once(row, seen)
            plan.steps.append(_step(row, situation, teams, plan))
        except RuleBroken as problem:
            plan.problems.append(LineProblem(row.line, problem.field or "linjen", problem.text))
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def _check_only_once(row: Row, seen: dict[tuple[str, str, str], int]) -> None:
    team = "" if row.rolle == rules.MEDARBEJDER else row.team.casefold()
    first = seen.setdefault((row.email, row.rolle, team), row.line)
    if first != row.line:
        raise RuleBroken(f"Personen står allerede som {row.rolle} på linje {first}.", "rolle")


def _step(row: Row, situation: Situation, teams: dict[str, UUID], plan: Plan) -> Step:
    outcomes: list[str] = []
    person = _person(row, situation, outcomes)
    team_id = None
    if row.team:
        folded = row.team.casefold()
        if folded not in teams:
            teams[folded] = plan.new_teams[row.team] = uuid4()
            outcomes.append(NYT_TEAM)
        team_id = teams[folded]
    scope = situation.organisation_id if row.rolle == rules.SUPERVISOR else None
    rolle = PlannedRolle(row.rolle, team_id, scope, situation.today)
    held = _held(person, rolle)
    ends = [] if held or row.rolle != rules.MEDARBEJDER else _ends(person, situation.today)
    if not held:
        person.roller = [r for r in person.roller if r not in ends] + [rolle]
        outcomes.append(FLYTTES if ends else NY_ROLLE)
    remark = f"Navnet bliver ved med at være {person.navn}." if person.navn != row.navn else ""
    return Step(row, person.id, tuple(outcomes or [UAENDRET]), None if held else rolle, tuple(ends), remark)


def _person(row: Row, situation: Situation, outcomes: list[str]) -> Known:
    person = situation.people.get(row.email)
    if person is None:
        if row.email in situation.elsewhere:
            raise RuleBroken("E-mailen bruges af en person i en anden organisation.", "email")
        person = situation.people[row.email] = Known(uuid4(), row.navn, True, line=row.line)
        outcomes.append(NY_PERSON)
    elif not person.active:
        raise RuleBroken("Personen er lukket. Luk op for personen igen først.", "email")
    elif person.line and person.navn != row.navn:
        raise RuleBroken(f"Linje {person.line} har samme e-mail, men et andet navn.", "navn")
    return person


def _held(person: Known, rolle: PlannedRolle) -> bool:
    try:
        rules.check_not_held(person.roller, rolle)
    except RuleBroken:
        return True
    return False


def _ends(person: Known, today: date) -> list[rules.Rolle]:
    try:
        return rules.teams_left_behind(person.roller, today)
    except RuleBroken as problem:
        raise RuleBroken("Personen er allerede på vej til et andet team.", "team") from problem
