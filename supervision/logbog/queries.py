"""Reading one's own logbog. Nobody else's is ever given, to no role."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from supervision.db import db
from supervision.logbog.models import Lognotat
from supervision.personer.models import Person
from supervision.problems import NotFound

PAGE = 20


def get_notat(notat_id: UUID, *, viewer: Person, hold: bool = False) -> Lognotat:
    """The viewer's own note. Raises NotFound, also when it is somebody else's.

    hold: keep its row until the commit, so that two changes at once wait for each other.
    """
    own = select(Lognotat).where(Lognotat.id == notat_id, Lognotat.person_id == viewer.id)
    found = db.session.scalar(own.with_for_update() if hold else own)
    if found is None:
        raise NotFound
    return found


def list_notater(*, viewer: Person, page: int = 1) -> list[Lognotat]:
    """One page of the viewer's notes, newest first; pages count from 1."""
    return list(
        db.session.scalars(
            select(Lognotat)
            .where(Lognotat.person_id == viewer.id)
            .order_by(Lognotat.skrevet_at.desc(), Lognotat.id)
            .limit(PAGE)
            .offset((page - 1) * PAGE)
        )
    )


def count_notater(*, viewer: Person) -> int:
    """How many notes the viewer has."""
    own = select(func.count()).select_from(Lognotat).where(Lognotat.person_id == viewer.id)
    return db.session.scalar(own) or 0
