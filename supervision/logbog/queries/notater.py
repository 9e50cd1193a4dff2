"""Reading one's own logbog. Nobody else's is ever given, to no role."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from supervision.db import db
from supervision.katalog.rules import fold
from supervision.laeringspil.queries import list_kendte_linjer
from supervision.logbog.models import Lognotat
from supervision.observationer.models import Observation
from supervision.observationer.queries import list_observationer
from supervision.personer.models import Person
from supervision.problems import NotFound

PAGE = 20
SAMTALER_MAX = 30
"""How many of the newest samtaler a note may be put to."""


@dataclass(frozen=True, slots=True)
class Opslag:
    """A note as it is read: with the words of its line, "" when it has none or the line is gone, and its samtale."""

    notat: Lognotat
    linje: str
    samtale: Observation | None


def get_notat(notat_id: UUID, *, viewer: Person, hold: bool = False) -> Lognotat:
    """The viewer's own note. Raises NotFound, also when it is somebody else's.

    hold: keep its row until the commit, so that two changes at once wait for each other.
    """
    own = select(Lognotat).where(Lognotat.id == notat_id, Lognotat.person_id == viewer.id)
    found = db.session.scalar(own.with_for_update() if hold else own)
    if found is None:
        raise NotFound
    return found


def list_notater(*, viewer: Person, soeg: str = "", linje_id: UUID | None = None) -> list[Opslag]:
    """The viewer's notes, newest first. soeg: those that hold every word of it, whatever the case and æ/ae.

    linje_id: those about that line.
    """
    wanted = select(Lognotat).where(Lognotat.person_id == viewer.id)
    if linje_id is not None:
        wanted = wanted.where(Lognotat.linje_id == linje_id)
    found = db.session.scalars(wanted.order_by(Lognotat.skrevet_at.desc(), Lognotat.id)).all()
    words = fold(soeg).split()
    linjer = list_kendte_linjer(viewer=viewer)
    samtaler = {one.id: one for one in list_observationer(viewer=viewer)} if found else {}
    return [
        Opslag(
            notat,
            linjer.get(notat.linje_id, "") if notat.linje_id else "",
            samtaler.get(notat.observation_id) if notat.observation_id else None,
        )
        for notat in found
        if all(word in fold(f"{notat.proevet} {notat.skete} {notat.naeste}") for word in words)
    ]


def list_samtaler(*, viewer: Person) -> list[Observation]:
    """The samtaler that a note may be put to, newest first."""
    return list_observationer(viewer=viewer)[:SAMTALER_MAX]
