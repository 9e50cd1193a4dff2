"""The recorder's benchmarks: their judgements each time, and with `-m soak` a short run of every one."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random
from typing import Any

import pytest

from supervision import HOUSE

sys.path.insert(0, str(HOUSE))

from benchmarks import offline, taps
from benchmarks.figures import percentile, ratio_of, spread
from benchmarks.load import nine, working_day
from benchmarks.load.session import ASKED_TO_WAIT, Answers

STORED = {"lost": 0, "unexpected": 0, "doubled": 0, "sent_while_offline": 0}
TABLET = {
    **STORED,
    "ticks_tapped": 600,
    "ticks_on_the_tiles": 600,
    "seconds_until_all_are_stored": 2.5,
    "answers_to_batches": {"200": 7},
}
CALM = {"p95": 80.0, "p99": 200.0}
DAY: dict[str, Any] = {
    "problems_of_the_set_check": [],
    "asked_to_wait": 0,
    "not_2xx": 0,
    "refused_events": 0,
    "ms": {"batch": CALM},
    "ms_of_all_pages": CALM,
    "server_mb": {"growth": 1.02},
}
NINE = {**DAY, "still_waiting": 0, "all_stored_after_s": 40.0, "in_bulk_s": 20.0, "against_bulk": 2.0}


def ratio(least: float) -> dict[str, Any]:
    return {"ratio": least + 0.1, "interval": [least, least + 0.2]}


def test_percentiles_and_ratios() -> None:
    values = [float(value) for value in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile([], 0.5)) == (51.0, 96.0, 0.0)
    assert spread([3.04, 1.0])["max"] == 3.0
    found = ratio_of([2.0, 2.2, 1.8], [1.0, 1.0, 1.0], Random(1))
    assert (found["pairs"], found["ratio"], found["interval"]) == (3, 2.0, [1.8, 2.2])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, ""),
        ({"lost": 1}, "lost 1"),
        ({"doubled": 2}, "doubled 2"),
        ({"sent_while_offline": 1}, "sent_while_offline 1"),
        ({"ticks_on_the_tiles": 599}, "599 of 600"),
        ({"seconds_until_all_are_stored": 10.2}, "stored after 10.2 s"),
        ({"seconds_until_all_are_stored": None}, "stored after None s"),
        ({"answers_to_batches": {"200": 7, "403": 1}}, "['403']"),
    ],
)
def test_what_offline_does_not_forgive(change: dict[str, Any], problem: str) -> None:
    problems = offline.judge({"signed_in": {**TABLET, **change}}, 600)
    assert (problem in problems[0]) if problem else problems == []


def test_only_who_was_signed_out_may_be_refused() -> None:
    refused = {**TABLET, "answers_to_batches": {"200": 7, "401": 1}}
    assert offline.judge({"expired": refused}, 600) == []
    assert offline.judge({"signed_in": refused}, 600) != []


@pytest.mark.parametrize(
    ("name", "found", "broken"),
    [
        ("log of 0, 1 x", {"against_without": ratio(1.25), "tap_to_stored_ms": {"p95": 49.0}}, False),
        ("log of 0, 1 x", {"against_without": ratio(1.31), "tap_to_stored_ms": {"p95": 49.0}}, True),
        ("log of 0, 1 x", {"against_without": ratio(1.0), "tap_to_stored_ms": {"p95": 51.0}}, True),
        ("log of 0, 4 x", {"against_without": ratio(1.0), "tap_to_stored_ms": {"p95": 51.0}}, False),
        ("growth, 4 x", ratio(1.05), False),
        ("growth, 4 x", ratio(1.11), True),
    ],
)
def test_what_a_slow_tap_is(name: str, found: dict[str, Any], broken: bool) -> None:
    assert bool(taps.judge({name: found})) is broken


@pytest.mark.planted("G1")
def test_what_a_bad_day_is() -> None:
    assert working_day.judge(DAY) == []
    assert working_day.judge({**DAY, "server_mb": {"growth": None}}) == []
    worse: list[dict[str, Any]] = [
        {"asked_to_wait": 1},
        {"not_2xx": 1},
        {"refused_events": 1},
        {"problems_of_the_set_check": ["lost: 1"]},
        {"ms": {"batch": {"p95": 301.0, "p99": 400.0}}},
        {"ms_of_all_pages": {"p95": 80.0, "p99": 1001.0}},
        {"server_mb": {"growth": 1.11}},
    ]
    assert [len(working_day.judge({**DAY, **change})) for change in worse] == [1] * len(worse)


def test_in_a_crowd_ticks_may_wait_and_people_may_not() -> None:
    slow = {"p95": 9000.0, "p99": 20_000.0}
    crowd: dict[str, Any] = {**DAY, "asked_to_wait": 5000, "ms": {"batch": slow}}
    assert working_day.judge(crowd, crowded=True) == []
    assert working_day.judge(crowd) != []
    for change in ({"not_2xx": 1}, {"ms_of_all_pages": slow}, {"problems_of_the_set_check": ["lost: 1"]}):
        assert len(working_day.judge({**crowd, **change}, crowded=True)) == 1


def test_a_refusal_with_a_time_is_no_error() -> None:
    """Counted apart, and timed apart: it would flatter the others."""
    answers = Answers()
    for status in ("200", ASKED_TO_WAIT, "503", "broken"):
        answers.note("batch", status, 1.0)
    assert {kind: len(times) for kind, times in answers.times.items()} == {
        "batch": 3,
        f"batch, {ASKED_TO_WAIT}": 1,
    }
    told = working_day.told_of_statuses({"batch": dict(answers.statuses["batch"])})
    assert told == {"asked_to_wait": 1, "not_2xx": 2}


@pytest.mark.planted("G2")
def test_what_a_bad_morning_is() -> None:
    assert nine.judge(NINE) == []
    assert nine.judge({**NINE, "in_bulk_s": 1.0, "against_bulk": 6.0}) == []
    assert nine.judge({**NINE, "asked_to_wait": 900}) == [], "they came again as told"
    worse: list[dict[str, Any]] = [
        {"still_waiting": 1},
        {"not_2xx": 1},
        {"all_stored_after_s": 120.1},
        {"against_bulk": 3.1},
        {"problems_of_the_set_check": ["doubled: 1"]},
        {"ms_of_all_pages": {"p95": 1001.0, "p99": 1001.0}},
    ]
    assert [len(nine.judge({**NINE, **change})) for change in worse] == [1] * len(worse)


def run(module: str, *options: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", f"benchmarks.{module}", *options]
    ended = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=540, check=False)
    assert ended.stdout, ended.stderr
    return ended.returncode, json.loads(ended.stdout)


@pytest.mark.soak
@pytest.mark.browser
@pytest.mark.timeout(600)
def test_offline_and_back() -> None:
    code, result = run("offline", "--minutes", "0.3", "--ticks", "40")
    assert (code, result["problems"]) == (0, [])
    assert [found["ticks_tapped"] for found in result["findings"].values()] == [40, 40]


@pytest.mark.soak
@pytest.mark.browser
@pytest.mark.timeout(600)
@pytest.mark.planted("B11")
def test_the_browser_killed() -> None:
    code, result = run("browser_kill", "--kills", "4")
    assert (code, result["problems"]) == (0, [])
    assert run("browser_kill", "--kills", "6", "--bug", "says-saved-first")[0] == 1


@pytest.mark.soak
@pytest.mark.browser
@pytest.mark.timeout(600)
def test_taps_are_measured_with_and_without_storing() -> None:
    """The bars are for a machine at rest: here only that every tap was heard, painted and stored."""
    _, result = run("taps", "--taps", "64")
    cells = [found for found in result["findings"].values() if "taps" in found]
    assert [found["taps"] for found in cells] == [32] * 4
    assert all(found["tap_to_stored_ms"]["p50"] > 0 for found in cells)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", ["--minutes=0.3", "--nine-o-clock"])
def test_many_at_once(kind: str) -> None:
    _, result = run("load", "--recorders", "8", "--readers", "3", "--ticks", "120", kind)
    found = result["findings"]
    assert (found["problems_of_the_set_check"], found["not_2xx"], found["refused_events"]) == ([], 0, 0)
    assert found["events"]["acked"] == found["events"]["stored"] > 800
