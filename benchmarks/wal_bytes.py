"""`python -m benchmarks.wal_bytes`: how much is written to the log of the disk for a batch of ten ticks (Y4).

The table of events holds a million rows of other samtaler first. The product stores the batches, asked past any server:
the events, the sign-in that was seen, the access log, and what the first batch of a log does. In SQLite the WAL is kept
from being begun anew by a reader that stays, so its growth is what was written; in PostgreSQL it is the distance
between two places in its WAL, whole pages after a checkpoint included.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import redirect_stderr
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from supervision import create_app

from .durability.databases import ENGINES, Installation, installation
from .durability.scene import Observer, make_scene
from .recorder_page import twelve_kendetegn
from .report import end_with
from .tick_cpu import BATCHES_OF_A_LOG, EVENTS, Client, batches, id_of

ROWS = 1_000_000
ROWS_OF_A_LOG = 240
AT_A_TIME = 24_000
LOGS = 5
MOST_KB = {"sqlite": 14.0, "postgres": 3.0}
FILL = (
    "INSERT INTO haendelse (observation_id, id, nr, t_ms, spor, kode, modtaget_at)"
    " VALUES (:log, :id, :nr, :t_ms, 'faerdighed', 'k_tid', '2026-03-02 10:30:00')"
)
PG_PLACE = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"


def fill(made: Installation, rows: int, chance: Random) -> None:
    """So many events of logs that are not there otherwise, past the product and its keys to other tables."""
    sqlite = made.settings.database_url.startswith("sqlite")
    engine = made.engine()
    with engine.begin() as connection:
        if not sqlite:
            connection.execute(text("SET session_replication_role = replica"))
        for first in range(0, rows, AT_A_TIME):
            connection.execute(text(FILL), _rows(first, min(AT_A_TIME, rows - first), chance, sqlite))
    if not sqlite:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE haendelse"))
            connection.execute(text("CHECKPOINT"))
    engine.dispose()


def _rows(first: int, count: int, chance: Random, as_hex: bool) -> list[dict[str, Any]]:
    rows = []
    for place in range(count):
        if (first + place) % ROWS_OF_A_LOG == 0 or place == 0:
            log = UUID(int=chance.getrandbits(128), version=4)
        nr = place % ROWS_OF_A_LOG
        id_ = id_of(nr, chance)
        rows.append(
            {
                "log": log.hex if as_hex else log,
                "id": id_.hex if as_hex else id_,
                "nr": nr,
                "t_ms": nr * 1000,
            }
        )
    return rows


class Wal:
    """How many bytes the database has written to its log so far."""

    def __init__(self, made: Installation) -> None:
        self._file: Path | None = None
        self._engine = made.engine()
        self._connection: Connection = self._engine.connect()
        if made.settings.database_url.startswith("sqlite"):
            self._file = Path(f"{made.settings.database_url.removeprefix('sqlite:///')}-wal")
            self._connection.exec_driver_sql("BEGIN")
            self._connection.scalar(text("SELECT count(*) FROM team"))

    def written(self) -> int:
        """Bytes since some moment before."""
        if self._file is not None:
            return self._file.stat().st_size
        found = int(self._connection.scalar(text(PG_PLACE)) or 0)
        self._connection.rollback()
        return found

    def close(self) -> None:
        """Stay no longer."""
        self._connection.close()
        self._engine.dispose()


def measure(engine: str, rows: int, seed: int) -> dict[str, Any]:
    """Batch after batch of a few logs; bytes of each."""
    chance = Random(seed)
    with installation(engine) as made:
        [observer] = make_scene(made, observers=1, kontrakter=LOGS + 1, kendetegn=twelve_kendetegn())
        fill(made, rows, chance)
        app = create_app(made.settings)
        client = Client(app)
        client.sign_in(observer.email)
        wal = Wal(made)
        try:
            with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
                found = written_by(client, observer, wal, chance)
        finally:
            wal.close()
        version = made.database_version()
    first = [one for nr, one in enumerate(found) if nr % BATCHES_OF_A_LOG == 0]
    later = [one for nr, one in enumerate(found) if nr % BATCHES_OF_A_LOG]
    return {
        "rows_before": rows,
        "batches": len(found),
        "kb_a_batch": round(mean(found) / 1000, 2),
        "kb_a_batch_median": round(median(found) / 1000, 2),
        "kb_the_first_of_a_log": round(mean(first) / 1000, 2),
        "kb_the_later": round(mean(later) / 1000, 2),
        "database": version,
    }


def written_by(client: Client, observer: Observer, wal: Wal, chance: Random) -> list[int]:
    """Bytes of every batch, the first log left out: it is for warming up. Raises RuntimeError at a refusal."""
    found = []
    for nr, (path, body) in enumerate(batches(observer.kontrakter, chance)):
        before = wal.written()
        status, answer = client.ask(
            "POST", path, body, CONTENT_TYPE="application/json", HTTP_X_SUPERVISION="1"
        )
        if status != 200:
            raise RuntimeError(f"a batch was answered with {status}: {answer[:300]!r}")
        if nr >= BATCHES_OF_A_LOG:
            found.append(wal.written() - before)
    return found


def judge(engine: str, found: dict[str, Any]) -> list[str]:
    """What breaks Y4; empty when nothing does."""
    if found["kb_a_batch"] <= MOST_KB[engine]:
        return []
    return [f"{found['kb_a_batch']} kB of WAL a batch, over {MOST_KB[engine]}"]


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wal_bytes", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    found = measure(chosen.engine, chosen.rows, chosen.seed)
    return end_with(
        f"wal-bytes-{chosen.engine}",
        f"Y4: bytes of WAL for a batch of {EVENTS} events",
        plan={"engine": chosen.engine, "rows": chosen.rows, "seed": chosen.seed},
        findings=found,
        problems=judge(chosen.engine, found),
        save=chosen.save,
    )


if __name__ == "__main__":
    sys.exit(main())
