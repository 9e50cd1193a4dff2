"""The people and kontrakter of a run, made by the product's own actions in its own database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from supervision import clock, create_app
from supervision.aftaler import actions as aftaler
from supervision.aftaler.rules import FokusTrin, KendetegnTrin, SamtaleTrin
from supervision.db import db
from supervision.maintenance import upgrade_database
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.sign_in import hash_of

from .databases import Installation

PASSWORD = "en lang adgangskode til måling"
KENDETEGN = ("k_tid", "k_formaal")
LONG_AGO = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Observer:
    """Somebody who signs in and records: their e-mail and the kontrakter that both have said yes to."""

    email: str
    kontrakter: tuple[UUID, ...]


def make_scene(
    made: Installation, *, observers: int, kontrakter: int, kendetegn: tuple[str, ...] = KENDETEGN
) -> list[Observer]:
    """Migrate the empty database and put observers there, each with that many kontrakter to record on.

    kendetegn: what every kontrakt has to be ticked.
    """
    app = create_app(made.settings)
    upgrade_database(app)
    with app.app_context():
        scene = _people_who_agree(observers, kontrakter, kendetegn)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return scene


def _people_who_agree(observers: int, kontrakter: int, kendetegn: tuple[str, ...]) -> list[Observer]:
    hashed = hash_of(PASSWORD)
    organisation = add_row(Organisation(navn="Jobcenter Måling", slags="jobcenter"))
    team = add_row(Team(navn="Team Nord", organisation_id=organisation.id))
    fokusperson = add_person("Fie Fokus", "fie@test.example", organisation, team, hashed)
    scene = []
    for nr in range(observers):
        email = f"observer{nr}@test.example"
        observer = add_person(f"Observatør Nr{nr}", email, organisation, team, hashed)
        ids = tuple(agreed_kontrakt(fokusperson, observer, kendetegn) for _ in range(kontrakter))
        scene.append(Observer(email, ids))
    return scene


def add_person(navn: str, email: str, organisation: Organisation, team: Team, hashed: str) -> Person:
    """A medarbejder of the team; the running session is flushed."""
    person: Person = add_row(Person(navn=navn, email=email, organisation_id=organisation.id, password=hashed))
    fra = clock.today() - LONG_AGO
    add_row(Rolletildeling(person_id=person.id, rolle="medarbejder", fra=fra, team_id=team.id))
    return person


def agreed_kontrakt(fokusperson: Person, observer: Person, kendetegn: tuple[str, ...]) -> UUID:
    """A kontrakt of today that both have said yes to; the running session is flushed."""
    samtale = SamtaleTrin(
        type="individuel",
        form="fysisk",
        dato=clock.today(),
        tid=time(10, 30),
        laengde_min=45,
        sted="",
        forloeb_nr=None,
        slags="kollegial",
        maal="",
        redskaber="",
        bidrag="",
        parter=("medarbejder", "borger"),
    )
    kontrakt = aftaler.create_kontrakt(
        by=observer, fokusperson=fokusperson, observatoer=observer, samtale=samtale
    )
    aftaler.change_kontrakt(kontrakt, by=observer, to=FokusTrin(("Om jeg lader borgeren tale ud",)))
    aftaler.change_kontrakt(kontrakt, by=observer, to=KendetegnTrin(kendetegn, "gm_marselisborg", None))
    for person in (fokusperson, observer):
        aftaler.say_yes(kontrakt, by=person)
    return kontrakt.id


def add_row(row: Any) -> Any:
    """Put a row into the running session, which is flushed; the row again."""
    db.session.add(row)
    db.session.flush()
    return row
