"""`python -m benchmarks.exports`: files of 10,000 and 100,000 events, their memory, and the bare writer beside (Y12).

Each file is written by the product's own `write_samtaler` in a process of its own, from logs made on the way, so that
nothing but the writing can grow. The bare writer is `csv.writer` with the same rows and nothing else. Where DuckDB is
installed, the figures of a thousand logs are made anew from their events in both, the events in memory.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any, BinaryIO
from uuid import UUID

from supervision.observationer.formats.boris import UdLog
from supervision.observationer.formats.filtyper import write_samtaler
from supervision.observationer.formats.samtaler_ud import Samtale
from supervision.observationer.measures import maal
from supervision.observationer.rules import Haendelse

from .many_logs import pattern
from .report import end_with

EVENTS = 240
SIZES = (10_000, 100_000)
KINDS = ("csv", "xlsx", "json")
MEMORY_MB = 10.0
"""Y12: how much more memory the larger file may take."""
OF_BARE = 0.6
"""Y12: the CSV's rows a second against the bare writer's."""
OF_DUCKDB = 6.0
"""Y12: the figures made anew against DuckDB."""
NOON = datetime(2026, 3, 2, 12)
ROUNDS = 5
DUCK_LOGS = 1000
TALK_TIME = """
SELECT log, kode, SUM(til - t_ms) FROM (
    SELECT log, spor, kode, t_ms, LEAD(t_ms, 1, 3600000) OVER (PARTITION BY log, spor ORDER BY t_ms, nr) AS til
    FROM haendelse
) runs WHERE spor IN ('taler', 'fase') GROUP BY log, kode
"""
TICKS = (
    "SELECT log, spor, kode, COUNT(*) FROM haendelse WHERE spor IN ('faerdighed', 'element') GROUP BY 1, 2, 3"
)


class Nowhere(io.RawIOBase):
    """A file that keeps nothing and knows how much came."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


def logs(events: int) -> Iterator[list[Haendelse]]:
    """So many events in logs of EVENTS, one at a time, the same each time."""
    chance = Random(20261122)
    patterns = [pattern(chance, EVENTS) for _ in range(10)]
    for nr in range(events // EVENTS):
        yield [
            Haendelse(UUID(int=nr * EVENTS + place + 1), *row) for place, row in enumerate(patterns[nr % 10])
        ]


def samtaler(events: int) -> Iterator[Samtale]:
    """The logs as the product writes them out."""
    for nr, one in enumerate(logs(events)):
        yield Samtale(
            UdLog((f"samtale-{nr}", "Observatør"), NOON, one), "individuel", lambda spor, kode: kode
        )


def write(kind: str, events: int) -> dict[str, float]:
    """One file, in this process: CPU seconds and the most memory it held, MB."""
    out: BinaryIO = io.BufferedWriter(Nowhere()) if kind != "xlsx" else io.BytesIO()
    began = time.process_time()
    write_samtaler(kind, samtaler(events), out, navn="x", lavet_at=NOON)
    spent = time.process_time() - began
    with open("/proc/self/status", encoding="ascii") as status:
        held = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    return {"cpu_s": round(spent, 3), "peak_mb": round(held / 1024, 1)}


def in_its_own_process(kind: str, events: int) -> dict[str, float]:
    """`write`, alone."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exports", "--one", kind, str(events)],
        env=dict(os.environ), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def bare(events: int) -> None:
    """The same rows by `csv.writer` alone."""
    out = io.TextIOWrapper(io.BufferedWriter(Nowhere()), encoding="utf-8", newline="")
    writer = csv.writer(out, delimiter=";")
    for nr, one in enumerate(logs(events)):
        for h in one:
            writer.writerow([f"samtale-{nr}", "Observatør", h.id, h.nr, h.t_ms, h.spor, h.kode])
    out.flush()


def shortest(do: Callable[[], object]) -> float:
    """CPU seconds, the shortest of ROUNDS."""
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        do()
        taken.append(time.process_time() - began)
    return round(min(taken), 3)


def made_anew() -> dict[str, Any]:
    """The figures of DUCK_LOGS logs by `maal`, and times and counts of the same events in DuckDB; CPU seconds."""
    events = list(logs(DUCK_LOGS * EVENTS))
    found: dict[str, Any] = {"logs": len(events), "maal_s": shortest(lambda: [maal(one) for one in events])}
    if find_spec("duckdb") is None:
        return found
    duckdb = import_module("duckdb")
    duck = duckdb.connect(":memory:", config={"threads": 1})
    duck.execute("CREATE TABLE haendelse (log INT, nr INT, t_ms INT, spor VARCHAR, kode VARCHAR)")
    import pandas as pd

    frame = pd.DataFrame([(n, h.nr, h.t_ms, h.spor, h.kode) for n, one in enumerate(events) for h in one])
    duck.register("frame", frame)
    duck.execute("INSERT INTO haendelse SELECT * FROM frame")
    spent = shortest(lambda: [duck.execute(ask).fetchall() for ask in (TALK_TIME, TICKS)])
    return {
        **found,
        "duckdb": duckdb.__version__,
        "duckdb_s": spent,
        "ratio": round(found["maal_s"] / spent, 1),
    }


def measure() -> dict[str, Any]:
    """Files of both sizes, the bare writer, and the figures made anew."""
    files = {kind: {str(size): in_its_own_process(kind, size) for size in SIZES} for kind in KINDS}
    small, large = map(str, SIZES)
    made = shortest(lambda: [None for one in logs(SIZES[1]) for _ in one])
    plain = shortest(lambda: bare(SIZES[1])) - made
    ours = files["csv"][large]["cpu_s"] - made
    return {
        "files": files,
        "growth_mb": {k: round(f[large]["peak_mb"] - f[small]["peak_mb"], 1) for k, f in files.items()},
        "bare_csv_cpu_s": round(plain, 3),
        "csv_of_bare": round(plain / ours, 2),
        "figures_anew": made_anew(),
    }


def judge(found: dict[str, Any]) -> list[str]:
    """What breaks Y12; empty when nothing does."""
    problems = [
        f"{kind} of {SIZES[1]} events holds {grown} MB more, over {MEMORY_MB}"
        for kind, grown in found["growth_mb"].items()
        if grown > MEMORY_MB
    ]
    if found["csv_of_bare"] < OF_BARE:
        problems.append(f"CSV is {found['csv_of_bare']} × as fast as the bare writer, under {OF_BARE}")
    ratio = found["figures_anew"].get("ratio")
    if ratio and ratio > OF_DUCKDB:
        problems.append(f"figures made anew take {ratio} × DuckDB, over {OF_DUCKDB}")
    return problems


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("KIND", "EVENTS"), help="one file in this process")
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(write(chosen.one[0], int(chosen.one[1]))))
        return 0
    found = measure()
    return end_with(
        "exports",
        "Y12: the memory and speed of files out, and figures made anew",
        plan={"sizes": list(SIZES), "kinds": list(KINDS), "events_a_log": EVENTS},
        findings=found,
        problems=judge(found),
        save=chosen.save,
    )


if __name__ == "__main__":
    sys.exit(main())
