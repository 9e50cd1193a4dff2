"""A running meeting of Lone's group with Mette, Jonas and Åse, and the ways to act on what is written there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from people import World

from supervision import clock
from supervision.db import db
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Moede
from supervision.grupper.rules.sammen import Handling


def make_moede(world: World, *, anonymt: bool = False, begun: bool = True) -> Moede:
    """A meeting that began a quarter of an hour ago; its group has three members. Flushed, not committed."""
    now = clock.now()
    gruppe = Laeringsgruppe(
        organisation_id=world.organisations["jobcenter"],
        navn="Torsdagsgruppen",
        facilitator_id=world.leder,
        oprettet_at=now,
        medlemmer=[Gruppemedlem(person_id=who, ind_at=now) for who in (world.mette, world.jonas, world.aase)],
    )
    db.session.add(gruppe)
    db.session.flush()
    moede = Moede(
        gruppe_id=gruppe.id,
        start_at=now - timedelta(minutes=15),
        indkaldt_at=now - timedelta(days=14),
        indkaldt_af=world.leder,
        begyndt_at=now - timedelta(minutes=15) if begun else None,
        tjek_ud_anonymt=anonymt,
    )
    db.session.add(moede)
    db.session.flush()
    return moede


def end(moede_id: UUID) -> None:
    """The meeting ends now. Flushed, not committed."""
    db.session.get_one(Moede, moede_id).sluttet_at = clock.now()
    db.session.flush()


def act(op: str, **fields: Any) -> Handling:
    """An act with an id of its own."""
    return Handling(op=op, id=fields.pop("id", uuid4()), **fields)
