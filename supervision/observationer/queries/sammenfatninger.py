"""The figures of many logs at once: from the rows that are kept of them, or made anew from their events.

It takes no viewer: whoever asks has loaded the logs through what may be seen. No figure needs what a note says, so its
text stays in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import String, case, func, select, type_coerce

from supervision.db import db
from supervision.observationer import tables
from supervision.observationer.measures import REGLER, Maal, maal
from supervision.observationer.models import Haendelse, Observation, Sammenfatning
from supervision.observationer.rules import Haendelse as Event

AT_A_TIME = 5000
"""How many logs one question names; a database takes some 32,000 values in one."""
LOGS_AT_A_TIME = 500
"""The same where their events come with them: 120,000 in an ordinary year's samtaler."""

_events: Any = Haendelse.__table__
_rows: Any = Sammenfatning.__table__
_KEPT = tuple(_rows.c[name] for name in tables.COLUMNS)


def list_maal(ids: Collection[UUID]) -> dict[UUID, Maal]:
    """Log -> its figures, from the kept rows; a log without one (or with one of older rules) is made anew."""
    found: dict[UUID, Maal] = {}
    for some in _slices(ids, AT_A_TIME):
        wanted = select(_rows.c.observation_id, *_KEPT).where(
            _rows.c.observation_id.in_(some), _rows.c.regler == REGLER
        )
        for id_, *kept in db.session.execute(wanted):
            found[id_] = tables.maal_of(dict(zip(tables.COLUMNS, kept, strict=True)))
    missing = [id_ for id_ in ids if id_ not in found]
    for some in _slices(missing, LOGS_AT_A_TIME):
        found |= {id_: maal(events) for id_, events in list_logs(some).items()}
    return {id_: found[id_] for id_ in ids}


def list_logs(ids: Sequence[UUID]) -> dict[UUID, list[Event]]:
    """Log -> its events in no order, none of them with a note's text; one question for all of them.

    Ids come as the driver has them: with 60,000 events most of the time went to reading two of them a row as a UUID.
    """
    logs: dict[Any, list[Event]] = defaultdict(list)
    kode = case((_events.c.spor == "note", ""), else_=_events.c.kode)
    own, event = (type_coerce(_events.c[name], String) for name in ("observation_id", "id"))
    wanted = select(own, event, _events.c.nr, _events.c.t_ms, _events.c.spor, kode)
    for log, id_, *rest in db.session.execute(wanted.where(_events.c.observation_id.in_(ids))):
        logs[log].append(Event(_uuid(id_), *rest))
    found = {_uuid(log): events for log, events in logs.items()}
    return {id_: found.get(id_, []) for id_ in ids}


def count_logs() -> int:
    """How many logs there are, of everybody."""
    return db.session.scalar(select(func.count()).select_from(Observation)) or 0


def list_log_ids(*, after: UUID | None, limit: int) -> list[UUID]:
    """The next logs by id, of everybody: for whoever goes through them all."""
    wanted = select(Observation.id).order_by(Observation.id).limit(limit)
    return list(db.session.scalars(wanted if after is None else wanted.where(Observation.id > after)))


def list_wrong_sammenfatninger(ids: Sequence[UUID]) -> list[UUID]:
    """Those of the logs whose row is not what their events give now: other, missing, or there before the end."""
    ended = set(
        db.session.scalars(
            select(Observation.id).where(Observation.id.in_(ids), Observation.afsluttet_at.is_not(None))
        )
    )
    kept = {
        id_: dict(zip(tables.COLUMNS, values, strict=True))
        for id_, *values in db.session.execute(
            select(_rows.c.observation_id, *_KEPT).where(_rows.c.observation_id.in_(ids))
        )
    }
    in_doubt = [id_ for id_ in ids if id_ in ended and id_ in kept and kept[id_]["regler"] == REGLER]
    right = {
        id_
        for id_, events in list_logs(in_doubt).items()
        if kept[id_] == tables.values_of(maal(events), len(events))
    }
    return [id_ for id_ in ids if id_ not in right and (id_ in ended or id_ in kept)]


def _slices(ids: Collection[UUID], size: int) -> Iterator[list[UUID]]:
    every = list(ids)
    return (every[start : start + size] for start in range(0, len(every), size))


def _uuid(raw: UUID | str) -> UUID:
    """PostgreSQL's driver gives a UUID; SQLite's the 32 hexadecimal digits that are stored."""
    return raw if isinstance(raw, UUID) else UUID(int=int(raw, 16))
