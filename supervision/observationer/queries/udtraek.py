"""A fokusperson's own logs on their way out, one at a time: what her pages show her of them, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import select

from supervision import clock
from supervision.db import db
from supervision.observationer.formats import MAX_NAVN, LogName
from supervision.observationer.formats.boris import UdLog
from supervision.observationer.formats.samtaler_ud import Samtale
from supervision.observationer.models import Observation
from supervision.observationer.queries.logs import get_observation, list_seen_haendelser
from supervision.observationer.queries.tidslinjer import navne_of
from supervision.personer.models import Person
from supervision.problems import NotFound


def list_own_ids(*, viewer: Person) -> list[UUID]:
    """The logs that were handed over to the viewer as fokusperson, in the order they began."""
    wanted = (
        select(Observation.id)
        .where(Observation.fokusperson_id == viewer.id, Observation.overdraget_at <= clock.now())
        .order_by(
            Observation.startet_at, Observation.fil_observation, Observation.fil_observatoer, Observation.id
        )
    )
    return list(db.session.scalars(wanted))


def iter_own(ids: Iterable[UUID], *, viewer: Person) -> Iterator[Samtale]:
    """Each of these logs, loaded when its turn comes. Raises NotFound for one that is not the viewer's own.

    The observatør has no such way: a file would outlast the days in which they may read the log.
    """
    for id_ in ids:
        observation = get_observation(id_, viewer=viewer)
        if observation.fokusperson_id != viewer.id:
            raise NotFound
        haendelser = list_seen_haendelser(observation, viewer=viewer)
        known_at = clock.local(observation.startet_at)
        samtale = observation.kontrakt.samtale if observation.kontrakt else None
        log = UdLog(navn_of(observation), known_at, haendelser)
        yield Samtale(log, samtale.type if samtale else "", navne_of(observation))


def navn_of(observation: Observation) -> LogName:
    """(observation, observatoer) of a file: as a file gave them, else the samtale's day and a mark of it, and the name.

    Logs of one samtale share the first, so that whoever reads the file can lay them beside each other.
    """
    if observation.kontrakt is None:
        return observation.fil_observation or "", observation.fil_observatoer or ""
    day = clock.local(observation.startet_at).date().isoformat()
    observatoer = observation.observatoer.navn if observation.observatoer else ""
    return f"{day} {observation.kontrakt.samtale_id.hex[:8]}", observatoer[:MAX_NAVN]
