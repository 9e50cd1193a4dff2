"""Two læringsgrupper for tests: the one in question, with people of two houses, and one of namesakes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from flask import Flask
from people import World
from road import person

from supervision import clock
from supervision.db import db
from supervision.grupper import actions
from supervision.grupper.models import Gruppemedlem, Hjemmeopgave, Laeringsgruppe, Pligtsagt, Runde

FRA, TIL = date(2026, 11, 1), date(2026, 11, 30)


@contextmanager
def storing(app: Flask) -> Iterator[None]:
    """Commit what is made in the block."""
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()


def make_round(world: World) -> Runde:
    """Lone facilitates Mette, Jonas and the Mette of the a-kasse; another group says yes to everything."""
    leder = person(world.leder)
    made = actions.create_gruppe(navn="Torsdagsgruppen", by=leder)
    for member in (world.mette, world.jonas, world.noise):
        actions.add_medlem(made, person=person(member), by=leder)
    runde = actions.create_runde(made, navn="2. runde", fra=FRA, til=TIL, by=leder)
    _noise(world)
    return runde


def _noise(world: World) -> None:
    other = Laeringsgruppe(
        organisation_id=world.organisations["jobcenter"],
        navn="Torsdagsgruppen",
        facilitator_id=world.sydleder,
        oprettet_at=clock.now(),
        medlemmer=[Gruppemedlem(person_id=world.aase, ind_at=clock.now())],
        runder=[Runde(navn="2. runde", fra=FRA, til=TIL)],
    )
    db.session.add(other)
    db.session.flush()
    runde_id: UUID = other.runder[0].id
    for who in (world.aase, world.mette, world.sydleder):
        for pligt in ("logbog", "moede", "planlagt"):
            db.session.add(Pligtsagt(runde_id=runde_id, person_id=who, pligt=pligt, sagt_at=clock.now()))
    db.session.add(
        Hjemmeopgave(
            runde_id=runde_id,
            titel="kanarie-opgave",
            frist=TIL,
            oprettet_at=clock.now(),
            oprettet_af=world.sydleder,
        )
    )
    db.session.flush()
