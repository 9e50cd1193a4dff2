"""`python -m benchmarks.maal`: `supervision maal` over a thousand logs and ten thousand, beside polars (Y11).

A CSV of made logs of 280 events; what counts is the CPU from the opened file to the last line, start-up apart. polars
(a development dependency of `benchmarks/` alone) reads the same file on one thread and sums the time of each state and
the count of each tick. BORIS itself needs a desktop and is not run here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from supervision.observationer.cli import maal

from .figures import ratio_of
from .many_logs import pattern
from .report import end_with

EVENTS = 280
SMALL, LARGE = 1_000, 10_000
ROUNDS = 3
OF_POLARS = 2.5
GROWTH = 1.10
STATES = ("taler", "fase")


def write_logs(path: Path, logs: int, seed: int) -> None:
    """So many logs, one after the other, the same each time."""
    chance = Random(seed)
    patterns = [pattern(chance, EVENTS) for _ in range(20)]
    with path.open("w", encoding="utf-8") as out:
        out.write("observation,observatoer,id,nr,t_ms,spor,kode\n")
        for nr in range(logs):
            out.writelines(
                f"samtale-{nr},Observatør,{UUID(int=nr * EVENTS + place + 1)},{row[0]},{row[1]},{row[2]},{row[3]}\n"
                for place, row in enumerate(patterns[nr % 20])
            )


def product(path: Path) -> float:
    """CPU seconds of the command, from the opened file to the last line."""
    assert maal.callback is not None
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        return _cpu(lambda: maal.callback(str(path), ()))  # type: ignore[misc]


def by_polars(path: Path) -> float:
    """CPU seconds of the same file's times and counts in polars."""
    polars: Any = import_module("polars")

    def work() -> None:
        frame = polars.read_csv(path)
        ordered = frame.sort("observation", "spor", "t_ms", "nr")
        states = ordered.filter(polars.col("spor").is_in(STATES)).with_columns(
            til=polars.col("t_ms").shift(-1).over("observation", "spor")
        )
        times = states.group_by("observation", "spor", "kode").agg(
            (polars.col("til") - polars.col("t_ms")).sum()
        )
        counts = (
            ordered.filter(~polars.col("spor").is_in(STATES)).group_by("observation", "spor", "kode").len()
        )
        out = StringIO()
        for one in (times, counts):
            out.writelines(json.dumps(row) + "\n" for row in one.rows())

    return _cpu(work)


def _cpu(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def measure(large: int, seed: int) -> dict[str, Any]:
    """The small file again and again, polars beside it, and the large one once."""
    small = SMALL
    with tempfile.TemporaryDirectory(prefix="maal-") as folder:
        paths = {size: Path(folder) / f"{size}.csv" for size in (small, large)}
        for size, path in paths.items():
            write_logs(path, size, seed)
        ours = [product(paths[small]) for _ in range(ROUNDS)]
        beside = {}
        if find_spec("polars") is not None:
            theirs = [by_polars(paths[small]) for _ in range(ROUNDS)]
            beside["polars"] = {**ratio_of(ours, theirs, Random(seed)), "cpu_s": round(median(theirs), 3)}
        most = product(paths[large])
    return {
        "sizes": [small, large],
        "cpu_s": {str(small): round(median(ours), 3), str(large): round(most, 3)},
        "growth": round(most / large / (median(ours) / small), 3),
        "beside": beside,
    }


def judge(found: dict[str, Any]) -> list[str]:
    """What breaks Y11, BORIS left out; empty when nothing does."""
    problems = []
    polars = found["beside"].get("polars")
    if polars is None:
        problems.append("polars is not installed")
    elif polars["interval"][0] > OF_POLARS:
        problems.append(f"{polars['ratio']} × polars, over {OF_POLARS}")
    if found["growth"] > GROWTH:
        problems.append(f"a log takes {found['growth']} × as long in the large file, over {GROWTH}")
    return problems


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.maal", description=__doc__)
    parser.add_argument("--largest", type=int, default=LARGE, help="logs of the large file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    found = measure(chosen.largest, chosen.seed)
    return end_with(
        "maal",
        "Y11: supervision maal over a thousand logs and ten thousand",
        plan={"events_a_log": EVENTS, "largest": chosen.largest, "seed": chosen.seed},
        findings=found,
        problems=judge(found),
        save=chosen.save,
    )


if __name__ == "__main__":
    sys.exit(main())
