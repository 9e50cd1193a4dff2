"""R7: putting down who has been able to see whose figures of a quarter. The one place that writes it.

Two moments need it: when a quarter is published or tried again, since its figures stand for years; and when a log or a
gruppebillede is deleted, since what was seen in it is known all the same, also of a quarter that is not published yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite

from supervision.db import db
from supervision.grupper.models import Gruppebillede
from supervision.observationer.models import Observation
from supervision.overblik.models import Kendskab
from supervision.overblik.queries.kendskab import Kendt, kendt_af_billeder, kendt_af_logs

MANY = 150
"""Rows in one statement: five values each, and an engine may take only 999."""


def remember(known: Iterable[Kendt]) -> None:
    """Put it down; what stands there already stays as it is."""
    rows = [
        {
            "organisation_id": kendt.organisation_id,
            "aar": kendt.kvartal.aar,
            "nr": kendt.kvartal.nr,
            "seer_id": kendt.seer_id,
            "person_id": kendt.person_id,
        }
        for kendt in dict.fromkeys(known)
        if kendt.seer_id != kendt.person_id
    ]
    rows.sort(
        key=lambda row: tuple(map(str, row.values()))
    )  # one order for all, so that two never wait for each other
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    for start in range(0, len(rows), MANY):
        db.session.execute(insert(Kendskab).values(rows[start : start + MANY]).on_conflict_do_nothing())


def remember_what_goes(*, observationer: Collection[UUID] = (), billeder: Collection[UUID] = ()) -> None:
    """Put down what is known by these logs and gruppebilleder; called before they are deleted."""
    for part in _in_pieces(observationer):
        remember(kendt_af_logs(Observation.id.in_(part)))
    for part in _in_pieces(billeder):
        remember(kendt_af_billeder(Gruppebillede.id.in_(part)))


def _in_pieces(ids: Collection[UUID]) -> Iterable[list[UUID]]:
    known = list(ids)
    return (known[start : start + MANY] for start in range(0, len(known), MANY))
