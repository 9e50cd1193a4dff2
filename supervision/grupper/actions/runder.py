"""Making and changing a group's rounds."""

from __future__ import annotations

from datetime import date

from supervision import clock, history
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Laeringsgruppe, Runde
from supervision.personer.models import Person
from supervision.problems import NotAllowed


def create_runde(gruppe: Laeringsgruppe, *, navn: str, fra: date, til: date, by: Person) -> Runde:
    """A new round, both days included. `gruppe` is held. Raises RuleBroken when it meets another round."""
    _check_leads(gruppe, by)
    cleaned = rules.check_navn(navn, "Runden")
    rules.check_periode(fra, til, gruppe.runder)
    runde = Runde(navn=cleaned, fra=fra, til=til)
    gruppe.runder.append(runde)
    db.session.flush()
    history.note("opret", runde, by=by.id)
    return runde


def change_runde(runde: Runde, *, navn: str, fra: date, til: date, by: Person) -> None:
    """Another name or other days. `runde.gruppe` is held. Raises RuleBroken: it meets another, or has ended."""
    gruppe = runde.gruppe
    _check_leads(gruppe, by)
    rules.check_not_ended(runde, clock.today())
    cleaned = rules.check_navn(navn, "Runden")
    rules.check_periode(fra, til, [other for other in gruppe.runder if other.id != runde.id])
    if (runde.navn, runde.fra, runde.til) != (cleaned, fra, til):
        runde.navn, runde.fra, runde.til = cleaned, fra, til
        history.note("ret", runde, by=by.id)
    db.session.flush()


def _check_leads(gruppe: Laeringsgruppe, by: Person) -> None:
    if gruppe.facilitator_id != by.id:
        raise NotAllowed
