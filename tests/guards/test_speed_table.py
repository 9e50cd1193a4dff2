"""The README's table of speed is what the last runs kept, and says so when one fails, is too noisy or is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.goals import GOALS
from benchmarks.table import BEGIN, END, FAILS, MISSING, PASSES, README, lacking_of, table, verdict

GOOD: dict[str, Any] = {"passed": True, "problems": []}
Y4, Y5 = GOALS[3], GOALS[4]


def test_the_table_is_what_the_last_runs_kept() -> None:
    written = README.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    assert written.strip() == table().strip(), "run `python -m benchmarks.table`"


def test_every_goal_is_there_once() -> None:
    assert [goal.name for goal in GOALS] == [f"Y{nr}" for nr in range(1, 15)]


@pytest.mark.parametrize(
    ("kept", "lacking", "word"),
    [
        ([GOOD], "", PASSES),
        ([], "", MISSING),
        ([GOOD], "BORIS", "in part: BORIS"),
        ([GOOD, {"passed": False, "problems": ["over 2.0"]}], "", FAILS),
        ([GOOD, {"passed": False, "problems": ["too noisy: the floor"]}], "", "**too noisy to say**"),
        ([{"passed": False, "problems": ["over 2.0", "too noisy: the floor"]}], "", FAILS),
    ],
)
def test_only_what_was_measured_and_held_passes(kept: list[dict[str, Any]], lacking: str, word: str) -> None:
    assert verdict(kept, lacking) == word


def test_a_problem_of_another_promise_is_not_this_one_s() -> None:
    kept = [{"passed": False, "problems": ["pages: p95 5949.6 ms"]}]
    assert verdict(kept, "", "pages:") == PASSES
    assert verdict([{"passed": False, "problems": ["pages: slow", "lost: 1"]}], "", "pages:") == FAILS


def test_what_was_measured_smaller_than_promised_is_said() -> None:
    short = {"plan": {"recorders": 200, "minutes": 3}}
    assert lacking_of(Y5, [short]) == (
        "200 for 3 min only; 2,000 recorders are not measured; 5,000 recorders are not measured"
    )
    whole = [{"plan": {"recorders": count, "minutes": 10}} for count in (200, 2000, 5000)]
    assert lacking_of(Y5, whole) == ""
    assert lacking_of(GOALS[0], [{"plan": {"blocks": 8}}]) == "8 of 30 rounds"
    assert lacking_of(Y4, [{"plan": {"engine": "sqlite"}}]) == "postgres is not measured"


def test_nothing_kept_is_nothing_measured(tmp_path: Path) -> None:
    assert table(tmp_path).count(MISSING) == len(GOALS)
    (tmp_path / "wal-bytes-sqlite.json").write_text(
        json.dumps({**GOOD, "plan": {"engine": "sqlite"}, "findings": {"kb_a_batch": 9.0}})
    )
    assert "9.0 kB (sqlite) | in part: postgres is not measured |" in table(tmp_path)
