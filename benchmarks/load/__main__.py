"""`python -m benchmarks.load --recorders 200 --readers 20 --minutes 10`, or `--nine-o-clock`; exit 0 within the bars.

Every device signs in by the form and keeps its connection; the product's own server, the devices and the database
share the machine. Afterwards the set check: every event that was answered for is stored, once. A time runs from when
the request was due, so that a device that falls behind does not hide it.
"""

from __future__ import annotations

import argparse
import sys

from ..durability.databases import ENGINES
from ..report import end_with
from . import nine, working_day
from .town import Size

TABLETS = 200


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--recorders", type=int, default=TABLETS)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument(
        "--nine-o-clock", action="store_true", help="all tablets online within 5 s with 600 ticks each"
    )
    parser.add_argument("--ticks", type=int, default=nine.TICKS, help="of each tablet at nine o'clock")
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--processes", type=int, default=1, help="beyond one: behind a proxy, on PostgreSQL")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    if chosen.processes > 1 and chosen.engine == "sqlite":
        parser.error("two processes need PostgreSQL")
    size = Size(chosen.recorders, chosen.readers, engine=chosen.engine, processes=chosen.processes)
    plan = {"recorders": size.recorders, "readers": size.readers, "seed": chosen.seed}
    plan |= {"engine": size.engine, "processes": size.processes}
    if chosen.nine_o_clock:
        findings = nine.measure(size, chosen.seed, chosen.ticks)
        what, problems = "Y6: tablets come online at nine o'clock", nine.judge(findings)
        name, plan = "nine-o-clock", {**plan, "ticks": chosen.ticks}
    else:
        findings = working_day.measure(size, chosen.minutes, chosen.seed)
        what, problems = (
            "Y5: recorders and readers at once",
            working_day.judge(findings, crowded=size.recorders > TABLETS),
        )
        name, plan = "load", {**plan, "minutes": chosen.minutes}
    return end_with(
        named(name, size), what, plan=plan, findings=findings, problems=problems, save=chosen.save
    )


def named(name: str, size: Size) -> str:
    """The result's file: with what is other than 200 recorders on SQLite and one process."""
    more = [str(size.recorders)] if size.recorders != TABLETS else []
    more += [size.engine] if size.engine != "sqlite" else []
    more += [f"{size.processes}-processes"] if size.processes > 1 else []
    return "-".join([name, *more])


if __name__ == "__main__":
    sys.exit(main())
