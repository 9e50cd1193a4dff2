"""`python -m benchmarks.restore --observations 10000`: how long a backup and its restore on an empty machine take
(B14).

100,000 observations are to be back within five minutes. Smaller runs are held against their share of that.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert

from supervision import clock, create_app
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.db import db
from supervision.maintenance import restore, upgrade_database, write_backup
from supervision.observationer.models import Haendelse, Observation
from supervision.personer.models import Organisation, Person

from .dump import fingerprint
from .durability.databases import ENGINES, Installation, installation
from .report import end_with

WANTED = 100_000
WITHIN_S = 300
LEAST_S = 15
"""What a small run may take: a migrated database and its start are in every one."""
BATCH = 200
"""Observations that are put there at a time."""


def main() -> int:
    """Fill, back up, restore on an empty machine, compare, and say how long it took."""
    chosen = _parser().parse_args()
    with installation(chosen.engine) as made, installation(chosen.engine) as empty:
        _fill(made, chosen.observations, chosen.events)
        found = _measure(made, empty, compare=chosen.compare)
    allowed = max(LEAST_S, WITHIN_S * chosen.observations / WANTED)
    problems = (
        []
        if found["restore_s"] <= allowed
        else [f"restored in {found['restore_s']} s, allowed {allowed:.0f}"]
    )
    problems += [] if found["equal"] in (True, None) else ["the restored database is another one"]
    plan = {name: getattr(chosen, name) for name in ("engine", "observations", "events")}
    return end_with(
        f"restore-{chosen.engine}",
        "B14: a backup restored on an empty machine",
        plan=plan,
        findings=found,
        problems=problems,
        save=chosen.save,
        used={chosen.engine: found.pop("version")},
    )


def _measure(made: Installation, empty: Installation, *, compare: bool) -> dict[str, Any]:
    version = made.database_version()
    with TemporaryDirectory() as folder:
        kopi = Path(folder) / "hel.kopi"
        backup_s = _timed(lambda: write_backup(create_app(made.settings), kopi))
        size = kopi.stat().st_size
        restore_s = _timed(lambda: restore(create_app(empty.settings), kopi))
    equal = fingerprint(made.engine()) == fingerprint(empty.engine()) if compare else None
    return {
        "backup_s": backup_s,
        "restore_s": restore_s,
        "file_mb": round(size / 1e6, 1),
        "equal": equal,
        "version": version,
    }


def _timed(act: Any) -> float:
    began = time.monotonic()
    act()
    return round(time.monotonic() - began, 2)


def _fill(made: Installation, observations: int, events: int) -> None:
    app = create_app(made.settings)
    upgrade_database(app)
    with app.app_context(), db.engine.begin() as connection:
        people = _people(connection)
        for begin in range(0, observations, BATCH):
            _observe(connection, people, min(BATCH, observations - begin), events)
    with app.app_context():
        db.engine.dispose()


def _people(connection: Connection) -> tuple[UUID, UUID, UUID]:
    home, fokusperson, observer = uuid4(), uuid4(), uuid4()
    connection.execute(insert(Organisation), [{"id": home, "navn": "Jobcenter Måling", "slags": "jobcenter"}])
    people = ((fokusperson, "Fie"), (observer, "Ole"))
    rows = [
        {
            "id": id_,
            "navn": navn,
            "email": f"{navn.lower()}@test.example",
            "organisation_id": home,
            "active": True,
        }
        for id_, navn in people
    ]
    connection.execute(insert(Person), rows)
    return home, fokusperson, observer


def _observe(connection: Connection, people: tuple[UUID, UUID, UUID], number: int, events: int) -> None:
    home, fokusperson, observer = people
    now = clock.now()
    both = {"organisation_id": home, "fokusperson_id": fokusperson, "observatoer_id": observer}
    samtaler = [uuid4() for _ in range(number)]
    of_samtale = {
        "organisation_id": home,
        "type": "individuel",
        "form": "fysisk",
        "starter_at": now,
        "laengde_min": 45,
    }
    connection.execute(
        insert(Samtale), [{"id": id_, **of_samtale, "oprettet_af": observer} for id_ in samtaler]
    )
    kontrakter = [uuid4() for _ in range(number)]
    by = {"oprettet_af": observer, "aendret_af": observer}
    rows = [
        {"id": id_, "samtale_id": samtale, **both, **by}
        for id_, samtale in zip(kontrakter, samtaler, strict=True)
    ]
    connection.execute(insert(FeedbackKontrakt), rows)
    ids = [uuid4() for _ in range(number)]
    when: dict[str, Any] = {"kilde": "optager", "startet_at": now - timedelta(hours=1), "oprettet_at": now}
    rows = [{"id": id_, "kontrakt_id": of, **both, **when} for id_, of in zip(ids, kontrakter, strict=True)]
    connection.execute(insert(Observation), rows)
    ticks = [
        {
            "observation_id": id_,
            "id": uuid4(),
            "nr": nr,
            "t_ms": nr * 10_000,
            "spor": "taler",
            "kode": "borger",
        }
        for id_ in ids
        for nr in range(events)
    ]
    connection.execute(insert(Haendelse), [{**tick, "modtaget_at": now} for tick in ticks])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.restore", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--observations", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=240, help="events in each")
    parser.add_argument(
        "--compare", action="store_true", help="hold the two dumps against each other as well"
    )
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    return parser


if __name__ == "__main__":
    sys.exit(main())
