"""Saying what one has done in a round, and choosing what a round asks for."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Pligtsagt, Runde
from supervision.grupper.queries import pligter_fortalt
from supervision.personer.models import Person
from supervision.problems import NotAllowed


def say_pligter(runde: Runde, *, sagt: Collection[str], by: Person) -> None:
    """Say yes to these duties and to none of the others that one is asked. `by` is in the group, and is held.

    What the round does not ask (any more), or what something else tells already, stands as it was. The same again
    changes nothing. Raises RuleBroken.
    """
    leads = runde.gruppe.facilitator_id == by.id
    wanted = rules.check_sagt(runde, sagt, clock.today(), leads=leads)
    rows = db.session.scalars(
        select(Pligtsagt).where(Pligtsagt.runde_id == runde.id, Pligtsagt.person_id == by.id)
    )
    stands = {row.pligt: row for row in rows}
    for pligt in sorted(wanted - stands.keys()):
        row = Pligtsagt(runde_id=runde.id, person_id=by.id, pligt=pligt, sagt_at=clock.now())
        db.session.add(row)
        db.session.flush()
        history.note("sig_pligt", row, by=by.id)
    asked = {one.kode for one in rules.pligter_i(runde, leads=leads)}
    gone = (stands.keys() - wanted) & asked
    for pligt in sorted(gone - pligter_fortalt(runde, by.id) if gone else gone):
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
