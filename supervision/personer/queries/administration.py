"""What an administrator reads: organisations, teams, people and roles. Anybody else gets NotFound.

Nothing of what colleagues write to each other is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from supervision import clock
from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.personer import rules
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.personer.rules import wording
from supervision.problems import NotFound

PER_PAGE = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation with how many teams and active people it has."""

    organisation: Organisation
    teams: int
    people: int


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with how many active people are medarbejder in it today, and who leads it."""

    team: Team
    medarbejdere: int
    teamledere: list[str]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of people. `total` counts all that were found; pages count from 1."""

    people: list[Person]
    total: int
    page: int
    pages: int


def only_administrators(person: Person) -> None:
    """Raises NotFound for anybody who does not run the system today."""
    if not person.har_rolle(rules.ADMINISTRATOR):
        raise NotFound


def list_organisation_lines(*, viewer: Person) -> list[OrganisationLine]:
    """All organisations, sorted by name."""
    only_administrators(viewer)
    teams = dict(_counted(select(Team.organisation_id, func.count()).group_by(Team.organisation_id)))
    people = dict(
        _counted(
            select(Person.organisation_id, func.count()).where(Person.active).group_by(Person.organisation_id)
        )
    )
    found = sorted(db.session.scalars(select(Organisation)), key=lambda row: sorteringsnoegle(row.navn))
    return [OrganisationLine(row, teams.get(row.id, 0), people.get(row.id, 0)) for row in found]


def get_organisation(organisation_id: UUID, *, viewer: Person) -> Organisation:
    """The organisation. Raises NotFound."""
    only_administrators(viewer)
    return _found(db.session.get(Organisation, organisation_id))


def get_team(team_id: UUID, *, viewer: Person) -> Team:
    """The team. Raises NotFound."""
    only_administrators(viewer)
    return _found(db.session.get(Team, team_id))


def get_anybody(person_id: UUID, *, viewer: Person) -> Person:
    """A person of any organisation, active or not, with roles. Raises NotFound."""
    only_administrators(viewer)
    found = db.session.get(Person, person_id)
    return _found(None if found is None or found.slettet_at else found)


def get_rolletildeling(rolle_id: UUID, *, viewer: Person) -> Rolletildeling:
    """A role of anybody. Raises NotFound."""
    only_administrators(viewer)
    return _found(db.session.get(Rolletildeling, rolle_id))


def list_team_lines(organisation: Organisation, *, viewer: Person) -> list[TeamLine]:
    """The organisation's teams, sorted by name."""
    only_administrators(viewer)
    day = clock.today()
    rows = db.session.execute(
        select(Rolletildeling, Person.navn)
        .join(Person, Person.id == Rolletildeling.person_id)
        .join(Team, Team.id == Rolletildeling.team_id)
        .where(Team.organisation_id == organisation.id, Person.active)
    ).all()
    held = [(rolle, navn) for rolle, navn in rows if rules.gaelder(rolle, day)]
    return [
        TeamLine(
            team,
            sum(rolle.team_id == team.id and rolle.rolle == rules.MEDARBEJDER for rolle, _ in held),
            sorted(n for rolle, n in held if rolle.team_id == team.id and rolle.rolle == rules.TEAMLEDER),
        )
        for team in sorted(organisation.teams, key=lambda team: sorteringsnoegle(team.navn))
    ]


def list_supervisorer(organisation: Organisation, *, viewer: Person) -> list[Person]:
    """Active people with a grant as supervisor in the organisation today, sorted by name."""
    only_administrators(viewer)
    day = clock.today()
    rows = db.session.execute(
        select(Person, Rolletildeling)
        .join(Rolletildeling, Rolletildeling.person_id == Person.id)
        .options(selectinload(Person.organisation))
        .where(Rolletildeling.rolle == rules.SUPERVISOR, Person.active)
        .where(Rolletildeling.organisation_id == organisation.id)
    )
    found = {person.id: person for person, rolle in rows if rules.gaelder(rolle, day)}
    return sorted(found.values(), key=lambda person: sorteringsnoegle(person.navn))


def list_personer(
    *, viewer: Person, search: str = "", organisation_id: UUID | None = None, page: int = 1
) -> PeoplePage:
    """People whose name or e-mail holds `search` (case put aside), active or not, sorted as in Danish.

    A page beyond the last is the last. Sorted and searched here: the two databases differ on both.
    """
    only_administrators(viewer)
    statement = select(Person.id, Person.navn, Person.email).where(Person.slettet_at.is_(None))
    if organisation_id is not None:
        statement = statement.where(Person.organisation_id == organisation_id)
    wanted = wording.clean(search).casefold()
    found = [row for row in db.session.execute(statement) if wanted in f"{row.navn}\n{row.email}".casefold()]
    found.sort(key=lambda row: (sorteringsnoegle(row.navn), row.email))
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), pages)
    ids = [row.id for row in found[(page - 1) * PER_PAGE : page * PER_PAGE]]
    return PeoplePage(_people_in_order(ids), len(found), page, pages)


def _people_in_order(ids: list[UUID]) -> list[Person]:
    people = db.session.scalars(
        select(Person)
        .where(Person.id.in_(ids))
        .options(selectinload(Person.organisation))
        .options(selectinload(Person.rolletildelinger).selectinload(Rolletildeling.team))
        .options(selectinload(Person.rolletildelinger).selectinload(Rolletildeling.organisation))
    )
    by_id = {person.id: person for person in people}
    return [by_id[person_id] for person_id in ids]


def _counted(statement: Any) -> list[tuple[UUID, int]]:
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _found(row: T | None) -> T:
    if row is None:
        raise NotFound
    return row
