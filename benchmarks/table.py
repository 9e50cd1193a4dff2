"""`python -m benchmarks.table`: the README's table of Y1-Y14, from the results that the last runs kept.

The table stands between two marks; the rest of the README stays as it is. Whoever runs a measurement anew with `--save`
writes the table anew with this.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from supervision import HOUSE

from .goals import GOALS, Goal
from .paired import BLOCKS
from .report import RESULTS

README = HOUSE / "README.md"
BEGIN, END = "<!-- speed: made by `python -m benchmarks.table` -->", "<!-- speed: end -->"
RECORDERS = {200: 10.0, 2000: 5.0, 5000: 0.0}
"""Y5: how many, and for how many minutes at least."""

LOGS = 10_000
"""Y11: how many logs the figures of logs are to be linear to."""

PASSES, FAILS, IN_PART, MISSING = "passes", "**fails**", "in part", "**not measured**"


def kept_of(goal: Goal, folder: Path) -> list[tuple[dict[str, Any], str]]:
    """Every kept result of a goal and its figure, by the name of the file."""
    found = []
    for pattern, read in goal.sources:
        for path in sorted(folder.glob(f"{pattern}.json")):
            kept = json.loads(path.read_text(encoding="utf-8"))
            found.append((kept, read(kept)))
    return found


def lacking_of(goal: Goal, kept: list[dict[str, Any]]) -> str:
    """What of the goal has not been measured; empty when all of it has."""
    lacking = [goal.lacking] if goal.lacking else []
    patterns = [pattern.split("-*")[0] for pattern, _ in goal.sources if pattern.endswith("-*")]
    if patterns:
        engines = {one["plan"]["engine"] for one in kept}
        lacking += [f"{engine} is not measured" for engine in ("sqlite", "postgres") if engine not in engines]
    if goal.name == "Y5":
        done = {one["plan"]["recorders"]: one["plan"]["minutes"] for one in kept}
        lacking += [
            f"{count:,} recorders are not measured"
            if count not in done
            else f"{count:,} for {done[count]:g} min only"
            for count, minutes in RECORDERS.items()
            if done.get(count, -1) < minutes
        ]
    lacking += [
        f"{one['plan']['largest']:,} logs only"
        for one in kept
        if one.get("plan", {}).get("largest", LOGS) < LOGS
    ]
    rounds = min((one.get("plan", {}).get("blocks", BLOCKS) for one in kept), default=BLOCKS)
    lacking += [f"{rounds} of {BLOCKS} rounds"] if rounds < BLOCKS else []
    return "; ".join(lacking)


def verdict(kept: list[dict[str, Any]], lacking: str, apart: str = "") -> str:
    """Passes, fails, in part, not measured, or too noisy to say. apart: how another promise's problems begin."""
    if not kept:
        return f"{MISSING}: {lacking}" if lacking else MISSING
    problems = [one for found in kept for one in found["problems"] if not (apart and one.startswith(apart))]
    if problems:
        noisy = all(one.startswith("too noisy") for one in problems)
        return "**too noisy to say**" if noisy else FAILS
    return f"{IN_PART}: {lacking}" if lacking else PASSES


def table(folder: Path = RESULTS) -> str:
    """The table in Markdown: a row a goal."""
    rows = []
    for goal in GOALS:
        found = kept_of(goal, folder)
        kept = [one for one, _ in found]
        lacking = lacking_of(goal, kept)
        word = verdict(kept, lacking, goal.apart)
        more = [lacking] if lacking and word == FAILS else []
        said = "; ".join([*(figure for _, figure in found), *more])
        rows.append((goal.name, goal.words, goal.goal, said, word))
    good = sum(row[4] == PASSES for row in rows)
    head = [
        "",
        f"{good} of {len(rows)} goals are met.",
        "",
        "| | What | Goal | Figure | |",
        "|---|---|---|---|---|",
    ]
    lines = [
        "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join([*head, *lines, ""]) + "\n"


def write_into(readme: Path) -> None:
    """Put the table between the two marks of the README."""
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    readme.write_text(before + BEGIN + "\n" + table() + END + rest.split(END)[1], encoding="utf-8")


def main() -> int:
    """Write it."""
    write_into(README)
    return 0


if __name__ == "__main__":
    sys.exit(main())
