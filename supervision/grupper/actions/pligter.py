"""Saying what one has done in a round, and choosing what a round asks for."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Pligtsagt, Runde
from supervision.personer.models import Person
from supervision.problems import NotAllowed


def say_pligter(runde: Runde, *, sagt: Collection[str], by: Person) -> None:
    """Say yes to these duties of the round and to no other. `by` is in the group. The same again changes nothing.

    Raises RuleBroken. Two presses at once: `runde.gruppe` is held.
    """
    wanted = rules.check_sagt(runde, sagt, clock.today(), leads=runde.gruppe.facilitator_id == by.id)
    rows = db.session.scalars(
        select(Pligtsagt).where(Pligtsagt.runde_id == runde.id, Pligtsagt.person_id == by.id)
    )
    stands = {row.pligt: row for row in rows}
    for pligt in sorted(wanted - stands.keys()):
        row = Pligtsagt(runde_id=runde.id, person_id=by.id, pligt=pligt, sagt_at=clock.now())
        db.session.add(row)
        db.session.flush()
        history.note("sig_pligt", row, by=by.id)
    for pligt in sorted(stands.keys() - wanted):
        history.note("fortryd_pligt", stands[pligt], by=by.id)
        db.session.delete(stands[pligt])
    db.session.flush()


def choose_pligter(runde: Runde, *, uden: Collection[str], by: Person) -> None:
    """Leave these duties out of the round. What somebody said of one stands, and is shown again with it.

    Raises RuleBroken: unknown, or the round is over; NotAllowed.
    """
    if runde.gruppe.facilitator_id != by.id:
        raise NotAllowed
    rules.check_not_ended(runde, clock.today())
    wanted = rules.check_uden(uden)
    if wanted != sorted(runde.uden_pligter):
        runde.uden_pligter = wanted
        history.note("vaelg_pligter", runde, by=by.id)
    db.session.flush()
