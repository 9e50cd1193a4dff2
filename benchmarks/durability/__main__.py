"""`python -m benchmarks.durability --engine sqlite --kills 200`: exit 0 when nothing was lost or doubled, else 1."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .databases import ENGINES
from .runner import Plan, run

RESULTS = Path(__file__).resolve().parents[1] / "results"
BUGS = ("answer-before-commit", "no-unique-id")


def main() -> int:
    """Run what the command line asks for, print the result as JSON, and keep it with `--save`."""
    chosen = _parser().parse_args()
    plan = Plan(chosen.engine, chosen.kills, chosen.seconds, chosen.bug, chosen.seed, chosen.processes)
    result, problems = run(plan)
    written = json.dumps(result, indent=2, ensure_ascii=False)
    print(written)
    if chosen.save:
        RESULTS.mkdir(exist_ok=True)
        several = f"{plan.processes}-processes" if plan.processes > 1 else ""
        name = "-".join(filter(None, ("durability", plan.engine, several, plan.bug)))
        (RESULTS / f"{name}.json").write_text(written + "\n", encoding="utf-8")
    return 1 if problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.durability", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=1800, help="no more kills after that")
    parser.add_argument("--bug", choices=BUGS, default="", help="plant a bug, which must make the check fail")
    parser.add_argument("--processes", type=int, default=1, help="app processes behind one proxy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    return parser


if __name__ == "__main__":
    sys.exit(main())
