"""The figures of many logs at once, by the same code as everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import case, select

from supervision.db import db
from supervision.observationer.measures import Maal, maal
from supervision.observationer.models import Haendelse
from supervision.observationer.rules import Haendelse as Event

_events: Any = Haendelse.__table__


def maal_of_logs(ids: Sequence[UUID]) -> dict[UUID, Maal]:
    """Observation id -> its figures, in one query; whoever calls has loaded the ids through what may be seen.

    No figure needs what a note says, so its text stays in the database.
    """
    logs: dict[UUID, list[Event]] = defaultdict(list)
    kode = case((_events.c.spor == "note", ""), else_=_events.c.kode)
    rows = db.session.execute(
        select(
            _events.c.observation_id, _events.c.id, _events.c.nr, _events.c.t_ms, _events.c.spor, kode
        ).where(_events.c.observation_id.in_(ids))
    )
    for observation_id, *event in rows:
        logs[observation_id].append(Event(*event))
    return {id_: maal(logs[id_]) for id_ in ids}
