"""The figures of many logs at once, by the same code as everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import String, case, select, type_coerce

from supervision.db import db
from supervision.observationer.measures import Maal, maal
from supervision.observationer.models import Haendelse
from supervision.observationer.rules import Haendelse as Event

_events: Any = Haendelse.__table__


def maal_of_logs(ids: Collection[UUID]) -> dict[UUID, Maal]:
    """Observation id -> its figures, in one query; whoever calls has loaded the ids through what may be seen.

    No figure needs what a note says, so its text stays in the database. Ids come as the driver has them: with
    60,000 events most of the time went to reading two of them a row as a UUID.
    """
    logs: dict[Any, list[Event]] = defaultdict(list)
    kode = case((_events.c.spor == "note", ""), else_=_events.c.kode)
    own, event = (type_coerce(_events.c[name], String) for name in ("observation_id", "id"))
    wanted = select(own, event, _events.c.nr, _events.c.t_ms, _events.c.spor, kode)
    for log, id_, *rest in db.session.execute(wanted.where(_events.c.observation_id.in_(ids))):
        logs[log].append(Event(_uuid(id_), *rest))
    found = {_uuid(log): maal(events) for log, events in logs.items()}
    return {id_: found[id_] if id_ in found else maal([]) for id_ in ids}


def _uuid(raw: UUID | str) -> UUID:
    """PostgreSQL's driver gives a UUID; SQLite's the 32 hexadecimal digits that are stored."""
    return raw if isinstance(raw, UUID) else UUID(int=int(raw, 16))
