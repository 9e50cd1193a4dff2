"""The houses, teams, people, roles, groups and rounds of the demo: found, or made when they are missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.demo.forloeb import Forloeb
from supervision.demo.ids import id_of, numbered, row_id
from supervision.demo.people import (
    BY_KEY,
    FIGURER,
    GRUPPER,
    ORD,
    ORGANISATIONER,
    RETTER_KATALOG_I,
    SMART_A,
    SUPERVISOR_I,
    TEAMS,
    Figur,
    Gruppe,
)
from supervision.demo.played import Present
from supervision.demo.samtalen import Samtalen
from supervision.demo.workdays import monday_of, workdays_after
from supervision.demo.year import WEEK, list_runder
from supervision.grupper import actions as grupper
from supervision.grupper.models import Laeringsgruppe, Runde
from supervision.personer import rules
from supervision.personer.actions.organisations import change_ord, create_organisation, create_team
from supervision.personer.actions.roles import give_rolle
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.personer.rules import wording
from supervision.personer.rules.ordvalg import Ordvalg

ADMINISTRATOR = "palle"
HOME = row_id(f"organisation:{ORGANISATIONER[0][0]}", "organisation")
"""The first of the organisations, which stands for the demo."""
EARLIER = timedelta(weeks=150)
"""How long before the demo's first week the system was set up."""


@dataclass(slots=True)
class Byen:
    """Everybody who is there and may sign in, and the groups that somebody leads, by the keys of `people`."""

    people: Present[Person]
    grupper: Present[Laeringsgruppe] = field(default_factory=Present)

    def samtalen(self, plan: Forloeb) -> Samtalen:
        """The planned samtale between its two people. Raises PlayedOn when one of them is gone."""
        return Samtalen(plan, self.people[plan.fokusperson], self.people[plan.observatoer])

    def medlemmer(self, gruppe: Gruppe) -> tuple[str, ...]:
        """Those of the group who are there."""
        return tuple(key for key in gruppe.medlemmer if key in self.people)


def make_people(first: date, today: date, hash_of: Callable[[], str]) -> Byen:
    """The houses, teams, people and roles. The new colleague is there from the week of the first run on.

    Who was erased or closed by somebody who tries the demo stays so, and is left out of its life.
    """
    if db.session.get(Organisation, HOME) is None:
        _make_all(first, today, hash_of())
    known = {person.id: person for person in db.session.scalars(select(Person).where(Person.active))}
    there = {figur.key: known.get(id_of("person", figur.key)) for figur in FIGURER}
    return Byen(Present({key: person for key, person in there.items() if person is not None}))


def make_groups(byen: Byen, first: date) -> None:
    """The læringsgrupper, made by their facilitators in the week before the first."""
    for gruppe in GRUPPER:
        group_id = row_id(f"gruppe:{gruppe.key}", "laeringsgruppe")
        found = db.session.get(Laeringsgruppe, group_id)
        if found is None:
            leder = byen.people[gruppe.facilitator]
            with clock.travel(_at(first - WEEK, 13)), numbered(f"gruppe:{gruppe.key}"):
                found = grupper.create_gruppe(navn=gruppe.navn, by=leder)
                for key in gruppe.medlemmer:
                    grupper.add_medlem(found, person=byen.people[key], by=leder)
        if found is not None and found.facilitator.active:
            byen.grupper[gruppe.key] = found


def make_rounds(byen: Byen, first: date, until: datetime) -> None:
    """The rounds, each made by its facilitator some days before it begins."""
    for runde in list_runder(first, clock.local(until).date() + WEEK):
        at = _at(workdays_after(runde.fra, -3), 13)
        scope = f"runde:{runde.gruppe.key}:{runde.nr}"
        leads = runde.gruppe.key in byen.grupper
        if leads and at < until and db.session.get(Runde, row_id(scope, "runde")) is None:
            with clock.travel(at), numbered(scope):
                grupper.create_runde(
                    byen.grupper[runde.gruppe.key],
                    navn=runde.navn,
                    fra=runde.fra,
                    til=runde.til,
                    by=byen.people[runde.gruppe.facilitator],
                )


def _make_all(first: date, today: date, password: str) -> None:
    """Palle sets the system up, and lets everybody in."""
    with clock.travel(_at(first - EARLIER, 9)):
        homes = {"fjordby": _home()}
        with numbered(f"rolle:{ADMINISTRATOR}"):
            palle = _person(BY_KEY[ADMINISTRATOR], homes, password)
            db.session.add(Rolletildeling(person_id=palle.id, rolle=rules.ADMINISTRATOR, fra=clock.today()))
            db.session.flush()
        for key, navn, slags in ORGANISATIONER[1:]:
            with numbered(f"organisation:{key}"):
                homes[key] = create_organisation(navn=navn, slags=slags, by=palle)
                _choose_words(homes[key], key, palle)
        teams = {}
        for key, hus, navn in TEAMS:
            with numbered(f"team:{key}"):
                teams[key] = create_team(organisation=homes[hus], navn=navn, by=palle)
    for figur in FIGURER:
        if figur.key != ADMINISTRATOR:
            _let_in(figur, homes, teams, first=first, today=today, password=password, by=palle)


def _choose_words(home: Organisation, key: str, palle: Person) -> None:
    change_ord(
        home,
        ordvalg=Ordvalg.fra(ORD.get(key)),
        smart_a=SMART_A.get(key, home.smart_a),
        taletid_graense=home.taletid_graense,
        by=palle,
    )


def _home() -> Organisation:
    _, navn, slags = ORGANISATIONER[0]
    made = Organisation(id=HOME, navn=navn, slags=slags)
    db.session.add(made)
    db.session.flush()
    return made


def _let_in(
    figur: Figur,
    homes: dict[str, Organisation],
    teams: dict[str, Team],
    *,
    first: date,
    today: date,
    password: str,
    by: Person,
) -> None:
    """A person with the password of the demo and their roles."""
    begins = monday_of(today) if figur.uger is None else first - figur.uger * WEEK
    with clock.travel(_at(begins - timedelta(days=3), 9)), numbered(f"rolle:{figur.key}"):
        person = _person(figur, homes, password)
        if figur.team is not None:
            give_rolle(person, rolle=figur.rolle, fra=begins, by=by, team=teams[figur.team])
            return
        for hus, before, after in SUPERVISOR_I:
            fra, til = first - before * WEEK, first + after * WEEK if after else None
            may = hus == RETTER_KATALOG_I
            home = homes[hus]
            give_rolle(
                person, rolle=figur.rolle, fra=fra, til=til, by=by, organisation=home, retter_katalog=may
            )


def _person(figur: Figur, homes: dict[str, Organisation], password: str) -> Person:
    """Under its own id; the product's own act would give it a random one."""
    person = Person(
        id=id_of("person", figur.key),
        navn=wording.navn(figur.navn),
        email=wording.email(figur.email),
        organisation_id=homes[figur.hus].id,
        password=password,
    )
    db.session.add(person)
    db.session.flush()
    history.note("opret", person, by=id_of("person", ADMINISTRATOR))
    return person


def _at(day: date, hour: int) -> datetime:
    return clock.from_local(day, time(hour))
