"""Writing down what a group agreed in plenum, putting it right, and saying how it went.

Everybody in the group may write and say how it went; only whoever wrote it and the facilitator may put the words right.
"""

from __future__ import annotations

from datetime import date

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Laeringsgruppe, Plenumaftale
from supervision.personer.models import Person
from supervision.problems import NotAllowed


def create_plenumaftale(gruppe: Laeringsgruppe, *, tekst: str, aftalt: date, by: Person) -> Plenumaftale:
    """A new agreement, made at the meeting on the day `aftalt`. Raises RuleBroken, NotAllowed for outsiders."""
    _check_inside(gruppe, by)
    aftale = Plenumaftale(
        gruppe=gruppe,
        tekst=rules.check_aftale(tekst, aftalt, clock.today()),
        aftalt=aftalt,
        skrevet_at=clock.now(),
        skrevet_af=by.id,
    )
    db.session.add(aftale)
    db.session.flush()
    history.note("opret", aftale, by=by.id)
    return aftale


def rewrite_plenumaftale(aftale: Plenumaftale, *, tekst: str, aftalt: date, by: Person) -> None:
    """Other words, or another day. The same as before changes nothing. Raises RuleBroken, NotAllowed."""
    _check_may_rewrite(aftale, by)
    cleaned = rules.check_aftale(tekst, aftalt, clock.today())
    if (cleaned, aftalt) != (aftale.tekst, aftale.aftalt):
        aftale.tekst, aftale.aftalt, aftale.aendret_at = cleaned, aftalt, clock.now()
        history.note("ret", aftale, by=by.id)
    db.session.flush()


def delete_plenumaftale(aftale: Plenumaftale, *, by: Person) -> None:
    """Take away one that was written by mistake. Raises RuleBroken, NotAllowed."""
    _check_may_rewrite(aftale, by)
    history.note("slet", aftale, by=by.id)
    db.session.delete(aftale)
    db.session.flush()


def mark_plenumaftale(aftale: Plenumaftale, *, maerke: str, dag: date, by: Person) -> None:
    """Say how it went, at the meeting on the day `dag`; `aaben` opens it again. Raises RuleBroken, NotAllowed.

    The same mark on the same day changes nothing.
    """
    _check_inside(aftale.gruppe, by)
    rules.check_maerke(aftale, maerke, dag, clock.today())
    before = (aftale.fortsat, aftale.slut, aftale.udfald)
    ended = maerke in ("gjort", "droppet")
    kept = {"fortsat": dag, "aaben": None}.get(maerke, aftale.fortsat)
    after = (kept, dag if ended else None, maerke if ended else None)
    if after != before:
        aftale.fortsat, aftale.slut, aftale.udfald = after
        history.note(f"maerk_{maerke}", aftale, by=by.id)
    db.session.flush()


def _check_inside(gruppe: Laeringsgruppe, by: Person) -> None:
    members = {medlem.person_id for medlem in gruppe.medlemmer if medlem.ud_at is None}
    if gruppe.nedlagt_at is not None or by.id not in {*members, gruppe.facilitator_id}:
        raise NotAllowed


def _check_may_rewrite(aftale: Plenumaftale, by: Person) -> None:
    _check_inside(aftale.gruppe, by)
    if not rules.may_rewrite(aftale, by.id, aftale.gruppe.facilitator_id):
        raise NotAllowed
    rules.check_can_rewrite(aftale)
