"""Two installations' worth of people in one: what is Mette's, what is her neighbour's, and the same in another house.

Each text that somebody wrote begins with a word that says whose it is, and is found nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from people import World, make_world
from road import person, walk
from sqlalchemy import String, text
from test_viewpoints import fill

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Supervisionssession
from supervision.db import db
from supervision.feedback.actions import reading, refleksion
from supervision.feedback.models import Feedback, Spoergsmaal
from supervision.feedback.rules.refleksion import SPOERGSMAAL
from supervision.grupper.actions import arrive
from supervision.grupper.models import Dagsordenspunkt, Moede, Moedeur, Seddel
from supervision.katalog.models import Princip

METTES, NABOENS, TVILLINGENS = "kanarie-", "naboens-", "tvilling-"


@dataclass
class Populated:
    """`own`: the values of addresses to Mette's objects, `neighbours`: Åse's, `twins`: those of the other house."""

    world: World
    twin: World
    own: dict[str, Any]
    neighbours: dict[str, Any]
    twins: dict[str, Any]


def populate() -> Populated:
    """Add everything to the running session and commit. The twin house comes first, so that it is renamed alone."""
    twin = make_world(mail="tvilling.example", house=" 2")
    twins = _everything(twin)
    _rename(TVILLINGENS)
    world = make_world()
    shifted = World(
        world.organisations, world.teams, {**world.people, "mette": world.aase, "jonas": world.fremmed}
    )
    neighbours = walk(shifted).ids
    _write_more(shifted, neighbours)
    _rename(NABOENS)
    own = _everything(world)
    db.session.commit()
    db.session.remove()
    return Populated(world, twin, own, dict(neighbours), twins)


def _everything(world: World) -> dict[str, Any]:
    ids = fill(world)
    _write_more(world, ids)
    princip = db.session.get_one(Princip, ids["princip_id"])
    princip.tekst = "kanarie-princip"
    moede = db.session.get_one(Moede, db.session.get_one(Seddel, ids["seddel_id"]).moede_id)
    arrive(moede, by=person(world.mette))
    nu = Dagsordenspunkt(moede_id=moede.id, nr=1, slags="tjek_ud", titel="Tjek ud", minutter=10)
    db.session.add(nu)
    db.session.flush()
    db.session.add(Moedeur(moede_id=moede.id, punkt_id=nu.id, fra_at=clock.now()))
    kontrakt = db.session.get_one(
        FeedbackKontrakt, db.session.get_one(Supervisionssession, ids["session_id"]).kontrakt_id
    )
    kontrakt.udenfor, kontrakt.fokuspunkter[0].tekst = "kanarie-sessionens", "kanarie-sessionens"
    db.session.flush()
    return ids


def _write_more(world: World, ids: dict[str, Any]) -> None:
    """What the road does not come by: own thoughts, an answer, a note to oneself, a word of thanks."""
    mette, jonas = person(world.mette), person(world.jonas)
    feedback = db.session.get_one(Feedback, ids["feedback_id"])
    spoergsmaal = db.session.get_one(Spoergsmaal, ids["spoergsmaal_id"])
    kontrakt = db.session.get_one(FeedbackKontrakt, ids["kontrakt_id"])
    reading.answer_question(feedback=feedback, spoergsmaal=spoergsmaal, by=jonas, svar="kanarie-svar")
    reading.write_egen_note(feedback=feedback, by=mette, tekst="kanarie-egen-note")
    refleksion.take_along(feedback=feedback, by=jonas, tekst="kanarie-tager-med")
    svar = {key: f"kanarie-tanke {key}" for key in SPOERGSMAAL}
    refleksion.write_refleksion(kontrakt=kontrakt, by=mette, svar=svar)
    db.session.flush()


def _rename(to: str) -> None:
    db.session.flush()
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String) and column.name not in ("email", "password"):
                db.session.execute(
                    text(
                        f"UPDATE {table.name} SET {column.name} = replace({column.name}, :a, :b)"
                        f" WHERE {column.name} LIKE :like"
                    ),
                    {"a": METTES, "b": to, "like": f"%{METTES}%"},
                )
    db.session.expire_all()
