"""What was put aside: seen by whoever sent it, and by nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from supervision import clock
from supervision.db import db
from supervision.observationer import rules
from supervision.observationer.models import Karantaene
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class LagtTilSide:
    """Events of one kontrakt (as the device claimed it) that are aside for one reason (`rules.GRUNDE`)."""

    kontrakt_id: UUID
    grund: str
    antal: int
    startet_at: datetime | None
    modtaget_at: datetime

    @property
    def indtil(self) -> datetime:
        """When the first of them goes."""
        return self.modtaget_at + timedelta(days=rules.KARANTAENE_DAGE)


def list_karantaene(*, viewer: Person) -> list[LagtTilSide]:
    """What of the viewer's own is aside now, the newest first; one for each kontrakt and reason."""
    wanted = (
        select(
            Karantaene.kontrakt_id,
            Karantaene.grund,
            func.count(),
            func.min(Karantaene.startet_at),
            func.min(Karantaene.modtaget_at),
        )
        .where(_aside_for(viewer))
        .group_by(Karantaene.kontrakt_id, Karantaene.grund)
        .order_by(func.min(Karantaene.modtaget_at).desc(), Karantaene.kontrakt_id, Karantaene.grund)
    )
    return [LagtTilSide(*row) for row in db.session.execute(wanted)]


def count_karantaene(*, viewer: Person) -> int:
    """How many of the viewer's own events are aside now."""
    return db.session.scalar(select(func.count()).select_from(Karantaene).where(_aside_for(viewer))) or 0


def get_stranded(kontrakt_id: UUID, *, viewer: Person) -> tuple[datetime | None, list[rules.Haendelse]]:
    """What of the viewer's own is aside for this kontrakt: the first known start, and the events in their order.

    Raises NotFound when there is nothing.
    """
    columns = [Karantaene.haendelse_id, *(getattr(Karantaene, name) for name in rules.FELTER[1:])]
    rows = db.session.execute(
        select(Karantaene.startet_at, *columns)
        .where(_aside_for(viewer), Karantaene.kontrakt_id == kontrakt_id)
        .order_by(Karantaene.t_ms, Karantaene.nr, Karantaene.haendelse_id)
    ).all()
    if not rows:
        raise NotFound
    begun = min((row[0] for row in rows if row[0] is not None), default=None)
    return begun, [rules.Haendelse(*row[1:]) for row in rows]


def _aside_for(viewer: Person) -> ColumnElement[bool]:
    """The viewer's own, and not those whose time is over though nothing has swept them up yet."""
    oldest = clock.now() - timedelta(days=rules.KARANTAENE_DAGE)
    return and_(Karantaene.person_id == viewer.id, Karantaene.modtaget_at > oldest)
