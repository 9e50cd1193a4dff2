"""Keeping the row of figures beside a log that has ended, in the transaction that stores its events.

Whoever stores holds the rows first, so that two who store in one log wait for each other: each makes the row anew from
all the events that are there, and the last of them must have seen the other's. While a samtale runs there is no row,
and nothing here is touched.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from supervision import clock
from supervision.db import db
from supervision.observationer import tables
from supervision.observationer.measures import maal
from supervision.observationer.models import Observation, Sammenfatning
from supervision.observationer.queries.sammenfatninger import list_logs

AT_A_TIME = 100
"""How many logs are summed up in one go: some 24,000 events."""
NONE_YET = 0
"""`regler` of a row that is only held: it is made before the commit, and no reader would take it."""

_rows: Any = Sammenfatning.__table__


def hold(ids: Collection[UUID]) -> None:
    """Keep the rows of these ended logs to oneself until the commit, before their events are stored.

    SQLite has one writer. In PostgreSQL a row that is not there yet is put there, so that there is one to wait for;
    in the order of the key, as otherwise two who hold many would wait for each other for ever.
    """
    if db.engine.dialect.name != "postgresql" or not ids:
        return
    ordered = sorted(ids)
    nothing = {**tables.values_of(maal([]), 0), "regler": NONE_YET, "beregnet_at": clock.now()}
    put = postgresql.insert(_rows).on_conflict_do_nothing(index_elements=["observation_id"])
    for start in range(0, len(ordered), AT_A_TIME):
        some = ordered[start : start + AT_A_TIME]
        db.session.execute(put, [{"observation_id": id_, **nothing} for id_ in some])
        held = select(_rows.c.observation_id).where(_rows.c.observation_id.in_(some))
        db.session.execute(held.order_by(_rows.c.observation_id).with_for_update())


def sum_up(ids: Collection[UUID]) -> None:
    """Make the rows of these ended logs anew from all that is stored of them; the caller holds them (`hold`)."""
    insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(_rows)
    made_anew = {name: insert.excluded[name] for name in (*tables.COLUMNS, "beregnet_at")}
    upsert = insert.on_conflict_do_update(index_elements=["observation_id"], set_=made_anew)
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_A_TIME):
        now = clock.now()
        rows = [
            {"observation_id": id_, **tables.values_of(maal(events), len(events)), "beregnet_at": now}
            for id_, events in list_logs(ordered[start : start + AT_A_TIME]).items()
        ]
        db.session.execute(upsert, rows)


def mend(ids: Collection[UUID]) -> None:
    """Make the rows of these logs what they should be: those that have ended get theirs, those that run have none.

    The logs are held against their end and against edits until the commit.
    """
    logs = select(Observation.id, Observation.afsluttet_at).where(Observation.id.in_(list(ids)))
    held = db.session.execute(logs.order_by(Observation.id).with_for_update(read=True)).all()
    ended = [id_ for id_, afsluttet_at in held if afsluttet_at is not None]
    running = [id_ for id_, afsluttet_at in held if afsluttet_at is None]
    if running:
        db.session.execute(delete(_rows).where(_rows.c.observation_id.in_(running)))
    hold(ended)
    sum_up(ended)
