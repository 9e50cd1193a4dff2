"""The set check (after Jepsen's `set`): what was answered for is there, once, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from .databases import Installation
from .logs import Event, Log

STORED = """
SELECT observation.kontrakt_id, haendelse.id, haendelse.nr, haendelse.t_ms, haendelse.spor, haendelse.kode
FROM haendelse JOIN observation ON observation.id = haendelse.observation_id
"""
BEGUN_IN_PART = """
SELECT count(*) FROM feedback_kontrakt LEFT JOIN observation ON observation.kontrakt_id = feedback_kontrakt.id
WHERE (observation.id IS NULL) <> (feedback_kontrakt.laast_at IS NULL)
"""

Key = tuple[UUID, UUID]
"""The kontrakt and the event."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Counts of events, but for `begun_in_part` (kontrakter of which half of the first batch was kept)."""

    attempted: int
    acked: int
    stored: int
    lost: int
    unexpected: int
    doubled: int
    changed: int
    undelivered: int
    begun_in_part: int
    integrity: str

    def problems(self) -> list[str]:
        """What must not be, in words; empty is well."""
        wanted_none = ("lost", "unexpected", "doubled", "changed", "undelivered", "begun_in_part")
        found = [f"{name}: {asdict(self)[name]}" for name in wanted_none if asdict(self)[name]]
        return found if self.integrity == "ok" else [*found, f"integrity: {self.integrity}"]


def check(made: Installation, logs: Iterable[Log]) -> Findings:
    """Compare what the clients know with what the database holds. The server must be down, the clients done."""
    engine = made.engine()
    with engine.connect() as connection:
        stored = [
            (UUID(str(row[0])), UUID(str(row[1])), *row[2:]) for row in connection.execute(text(STORED))
        ]
        begun_in_part = int(connection.scalar(text(BEGUN_IN_PART)) or 0)
        integrity = _integrity(connection)
    engine.dispose()
    return compare(list(logs), stored, begun_in_part=begun_in_part, integrity=integrity)


def compare(logs: list[Log], stored: list[Any], *, begun_in_part: int, integrity: str) -> Findings:
    """The check itself. stored: rows of kontrakt_id, id, nr, t_ms, spor, kode, in any order."""
    attempted: dict[Key, Event] = {
        (log.kontrakt_id, id_): event for log in logs for id_, event in log.attempted.items()
    }
    acked = {(log.kontrakt_id, id_) for log in logs for id_ in log.acked}
    times = Counter((row[0], row[1]) for row in stored)
    return Findings(
        attempted=len(attempted),
        acked=len(acked),
        stored=len(stored),
        lost=len(acked - times.keys()),
        unexpected=len(times.keys() - attempted.keys()),
        doubled=sum(count - 1 for count in times.values()),
        changed=sum(attempted.get((row[0], row[1]), tuple(row[2:])) != tuple(row[2:]) for row in stored),
        undelivered=len(attempted.keys() - times.keys() - acked),
        begun_in_part=begun_in_part,
        integrity=integrity,
    )


def _integrity(connection: Connection) -> str:
    """SQLite's own check of the file; PostgreSQL itself was not killed, so there is nothing to look for."""
    if connection.dialect.name != "sqlite":
        return "ok"
    return str(connection.scalar(text("PRAGMA integrity_check")))
