"""Which logs somebody may see, and their events. Notes are the observatør's alone: others get them without text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.aftaler.rules import UDEN
from supervision.db import db
from supervision.observationer import rules
from supervision.observationer.measures import effective
from supervision.observationer.models import Haendelse, Observation
from supervision.personer.models import Person
from supervision.problems import NotFound

PAGE = 50

_events: Any = Haendelse.__table__
_PEOPLE = (joinedload(Observation.fokusperson), joinedload(Observation.observatoer))


def get_observation(observation_id: UUID, *, viewer: Person) -> Observation:
    """An observation the viewer may see now. Raises NotFound."""
    found = db.session.scalar(
        select(Observation)
        .options(*_PEOPLE, joinedload(Observation.kontrakt).joinedload(FeedbackKontrakt.samtale))
        .where(Observation.id == observation_id)
        .where(seen_by(viewer))
    )
    if found is None:
        raise NotFound
    return found


def find_observation_of(kontrakt_id: UUID) -> Observation | None:
    """The log of a kontrakt that the caller has loaded through what the viewer may see."""
    return db.session.scalar(select(Observation).where(Observation.kontrakt_id == kontrakt_id))


def list_observationer(*, viewer: Person, page: int | None = None, nr: str = "") -> list[Observation]:
    """What the viewer may see now, newest first; names of files decide within a day.

    page: 1 is the first `PAGE` of them; None is all. nr: the number in the forløb, as `aftaler.rules.read_nr` reads it.
    """
    wanted = (
        select(Observation)
        .outerjoin(Observation.kontrakt)
        .outerjoin(FeedbackKontrakt.samtale)
        .options(*_PEOPLE, contains_eager(Observation.kontrakt).contains_eager(FeedbackKontrakt.samtale))
        .where(seen_by(viewer), _has_nr(nr))
        .order_by(
            Observation.startet_at.desc(),
            Observation.fil_observation,
            Observation.fil_observatoer,
            Observation.id,
        )
    )
    if page is not None:
        wanted = wanted.limit(PAGE).offset((page - 1) * PAGE)
    return list(db.session.scalars(wanted))


def count_observationer(*, viewer: Person) -> dict[int | None, int]:
    """Number in the forløb (None: without one, as every log from a file) -> how many the viewer may see now."""
    rows = db.session.execute(
        select(Samtale.forloeb_nr, func.count())
        .select_from(Observation)
        .outerjoin(Observation.kontrakt)
        .outerjoin(FeedbackKontrakt.samtale)
        .where(seen_by(viewer))
        .group_by(Samtale.forloeb_nr)
    )
    return {row[0]: row[1] for row in rows}


def list_observationer_of_samtale(samtale_id: UUID, *, viewer: Person) -> list[Observation]:
    """The logs of one samtale that the viewer may see now, in the order they began.

    A fokusperson's are those of her own kontrakter that were handed over; an observatør never sees another's, so
    theirs is one. Nobody sees the other fokusperson's.
    """
    kontrakt = joinedload(Observation.kontrakt)
    return list(
        db.session.scalars(
            select(Observation)
            .join(Observation.kontrakt)
            .options(*_PEOPLE, kontrakt.joinedload(FeedbackKontrakt.samtale))
            .where(FeedbackKontrakt.samtale_id == samtale_id, seen_by(viewer))
            .order_by(Observation.startet_at, Observation.id)
        )
    )


def count_observationer_of_samtale(observation: Observation, *, viewer: Person) -> int:
    """How many logs of this log's samtale the viewer may see now; 0 for a log from a file."""
    if observation.kontrakt is None:
        return 0
    wanted = (
        select(func.count())
        .select_from(Observation)
        .join(Observation.kontrakt)
        .where(FeedbackKontrakt.samtale_id == observation.kontrakt.samtale_id, seen_by(viewer))
    )
    return db.session.scalar(wanted) or 0


def list_haendelser(observation_id: UUID) -> list[rules.Haendelse]:
    """Every event of a log, ordered by `t_ms`, `nr`, `id`; with the notes, so for figures and the observatør.

    Read as rows: a log may have thousands, and nobody changes one.
    """
    table = Haendelse.__table__
    rows = db.session.execute(
        select(table.c.id, table.c.nr, table.c.t_ms, table.c.spor, table.c.kode)
        .where(table.c.observation_id == observation_id)
        .order_by(table.c.t_ms, table.c.nr, table.c.id)
    )
    return [rules.Haendelse(*row) for row in rows]


def list_kryds(observation_ids: Collection[UUID], kode: str | None) -> dict[UUID, list[int]]:
    """Log -> the moments (ms) at which a kendetegn was ticked, without those taken back; one question for them all.

    observation_ids: of logs that the caller has loaded through what the viewer may see.
    """
    table = Haendelse.__table__
    rows = db.session.execute(
        select(
            table.c.observation_id, table.c.id, table.c.nr, table.c.t_ms, table.c.spor, table.c.kode
        ).where(
            table.c.observation_id.in_(list(observation_ids)),
            or_(and_(table.c.spor == "faerdighed", table.c.kode == kode), table.c.spor == "fortryd"),
        )
    )
    found: dict[UUID, list[rules.Haendelse]] = {one: [] for one in observation_ids}
    for observation_id, *event in rows:
        found[observation_id].append(rules.Haendelse(*event))
    return {one: [event.t_ms for event in effective(events)] for one, events in found.items()}


def find_stored_haendelser(observation_id: UUID, ids: Iterable[UUID]) -> dict[UUID, rules.Haendelse]:
    """Those of these events that the log holds, by id."""
    rows = db.session.execute(_stored(), {"observation_id": observation_id, "ids": list(ids)})
    return {row.id: rules.Haendelse(*row) for row in rows}


def count_haendelser(observation_id: UUID) -> int:
    """How many events a log holds, taken back or not."""
    return db.session.scalar(_counted(), {"observation_id": observation_id}) or 0


@cache
def _stored() -> Select[Any]:
    """Written once, as the one below: every batch of ticks asks both."""
    columns = [_events.c[name] for name in rules.FELTER]
    return select(*columns).where(
        _events.c.observation_id == bindparam("observation_id"),
        _events.c.id.in_(bindparam("ids", expanding=True)),
    )


@cache
def _counted() -> Select[Any]:
    return select(func.count()).where(_events.c.observation_id == bindparam("observation_id"))


def list_seen_haendelser(observation: Observation, *, viewer: Person) -> list[rules.Haendelse]:
    """The events as the viewer may see them: for others than the observatør the notes have no text.

    The note itself stays in the list, as it may be the last event and so decide how long the samtale was.
    """
    haendelser = list_haendelser(observation.id)
    if viewer.id == observation.observatoer_id:
        return haendelser
    return [replace(h, kode="") if h.spor == "note" else h for h in haendelser]


def _has_nr(nr: str) -> ColumnElement[bool]:
    if not nr:
        return true()
    return Samtale.forloeb_nr.is_(None) if nr == UDEN else Samtale.forloeb_nr == int(nr)


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """Which observationer the viewer may see now: the condition that every reading of one goes through."""
    now = clock.now()
    return or_(
        and_(Observation.fokusperson_id == viewer.id, Observation.overdraget_at <= now),
        and_(
            Observation.observatoer_id == viewer.id,
            or_(Observation.observatoer_indtil.is_(None), Observation.observatoer_indtil > now),
        ),
    )
