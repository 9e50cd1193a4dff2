"""The people of the tests: enough of every role, and namesakes in another organisation to catch a forgotten filter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from supervision import clock
from supervision.db import db
from supervision.personer.models import Organisation, Person, Rolletildeling, Team

PASSWORD = "en lang adgangskode til test"
LONG_AGO = timedelta(days=800)


@dataclass
class World:
    """Ids by name. `people`: mette, jonas, aase (team Nord), leder (of Nord), fremmed (team Syd), sydleder,
    noise (team Nord of the a-kasse), supervisor (grant in the jobcenter), anden_supervisor (grant in the a-kasse),
    administrator."""

    organisations: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)

    def __getattr__(self, name: str) -> UUID:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def make_world(password_hash: str | None = None, mail: str = "test.example", house: str = "") -> World:
    """Add the people to the running session and flush. Roles began long ago.

    mail and house: for the same people once more, at other addresses and in houses with this after their names.
    """
    world = World()
    for key, navn, slags in (
        ("jobcenter", "Jobcenter Testby", "jobcenter"),
        ("a_kasse", "A-kassen Prøve", "a_kasse"),
        ("hus", "Supervisionshuset", "supervision"),
    ):
        world.organisations[key] = _put(Organisation(navn=navn + house, slags=slags))
    for key, organisation, navn in (
        ("nord", "jobcenter", "Team Nord"),
        ("syd", "jobcenter", "Team Syd"),
        ("kasse_nord", "a_kasse", "Team Nord"),
    ):
        world.teams[key] = _put(Team(navn=navn, organisation_id=world.organisations[organisation]))
    for key, navn, organisation in (
        ("mette", "Mette Ærø", "jobcenter"),
        ("jonas", "Jonas Øland", "jobcenter"),
        ("aase", "Åse Ask", "jobcenter"),
        ("leder", "Lone Leth", "jobcenter"),
        ("fremmed", "Frede Fjord", "jobcenter"),
        ("sydleder", "Sanne Syd", "jobcenter"),
        ("noise", "Mette Ærø", "a_kasse"),
        ("supervisor", "Sune Super", "hus"),
        ("anden_supervisor", "Anja Anden", "hus"),
        ("administrator", "Adam Admin", "jobcenter"),
    ):
        home = world.organisations[organisation]
        world.people[key] = _put(
            Person(navn=navn, email=f"{key}@{mail}", organisation_id=home, password=password_hash)
        )
    for person, rolle, scope in (
        ("mette", "medarbejder", {"team_id": world.teams["nord"]}),
        ("jonas", "medarbejder", {"team_id": world.teams["nord"]}),
        ("aase", "medarbejder", {"team_id": world.teams["nord"]}),
        ("leder", "teamleder", {"team_id": world.teams["nord"]}),
        ("fremmed", "medarbejder", {"team_id": world.teams["syd"]}),
        ("sydleder", "teamleder", {"team_id": world.teams["syd"]}),
        ("noise", "medarbejder", {"team_id": world.teams["kasse_nord"]}),
        ("supervisor", "supervisor", {"organisation_id": world.organisations["jobcenter"]}),
        ("anden_supervisor", "supervisor", {"organisation_id": world.organisations["a_kasse"]}),
        ("administrator", "administrator", {}),
    ):
        _put(_role(world.people[person], rolle, None, scope))
    db.session.flush()
    return world


def add_person(navn: str, email: str, organisation_id: UUID, password_hash: str | None = None) -> UUID:
    """A person without roles."""
    return _add(Person(navn=navn, email=email, organisation_id=organisation_id, password=password_hash))


def give_role(person_id: UUID, rolle: str, *, fra: date | None = None, **scope: Any) -> UUID:
    """A role from long ago (or `fra`) on."""
    return _add(_role(person_id, rolle, fra, scope))


def _role(person_id: UUID, rolle: str, fra: date | None, scope: dict[str, Any]) -> Rolletildeling:
    fra = fra or clock.today() - LONG_AGO
    return Rolletildeling(person_id=person_id, rolle=rolle, fra=fra, **scope)


def _add(row: Any) -> UUID:
    made = _put(row)
    db.session.flush()
    return made


def _put(row: Any) -> UUID:
    """Add with an id given beforehand, so that a whole world is one flush."""
    row.id = made = uuid4()
    db.session.add(row)
    return made
