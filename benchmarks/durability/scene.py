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


def make_scene(made: Installation, *, observers: int, kontrakter: int) -> list[Observer]:
    """Migrate the empty database and put observers there, each with that many kontrakter to record on."""
    app = create_app(made.settings)
    upgrade_database(app)
    with app.app_context():
        scene = _people_who_agree(observers, kontrakter)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return scene


def _people_who_agree(observers: int, kontrakter: int) -> list[Observer]:
    hashed = hash_of(PASSWORD)
    organisation = _added(Organisation(navn="Jobcenter Måling", slags="jobcenter"))
    team = _added(Team(navn="Team Nord", organisation_id=organisation.id))
    fokusperson = _person("Fie Fokus", "fie@test.example", organisation, team, hashed)
    scene = []
    for nr in range(observers):
        email = f"observer{nr}@test.example"
        observer = _person(f"Observatør Nr{nr}", email, organisation, team, hashed)
        ids = tuple(_agreed(fokusperson, observer) for _ in range(kontrakter))
        scene.append(Observer(email, ids))
    return scene


def _person(navn: str, email: str, organisation: Organisation, team: Team, hashed: str) -> Person:
    person: Person = _added(Person(navn=navn, email=email, organisation_id=organisation.id, password=hashed))
    fra = clock.today() - LONG_AGO
    _added(Rolletildeling(person_id=person.id, rolle="medarbejder", fra=fra, team_id=team.id))
    return person


def _agreed(fokusperson: Person, observer: Person) -> UUID:
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
    aftaler.change_kontrakt(kontrakt, by=observer, to=KendetegnTrin(KENDETEGN, "gm_marselisborg", None))
    for person in (fokusperson, observer):
        aftaler.say_yes(kontrakt, by=person)
    return kontrakt.id


def _added(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
