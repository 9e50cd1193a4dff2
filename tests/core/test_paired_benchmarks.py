"""The measurements in pairs: what each of them would fail on, and that the runner sees what costs more."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from benchmarks import charts, maal, page_cpu, startup, throughput, tick_cpu, wal_bytes
from benchmarks.generator import request_of
from benchmarks.paired import past, run_paired, summed, too_noisy

QUIET = {"pairs": 30, "ratio": 1.01, "interval": [0.99, 1.02]}


def ratio(least: float, width: float = 0.2) -> dict[str, Any]:
    return {"pairs": 30, "ratio": round(least + width / 2, 3), "interval": [least, round(least + width, 3)]}


def timed(name: str, least: float) -> dict[str, Any]:
    return {"same_against_itself": QUIET, name: {"cpu": ratio(least)}}


def test_the_runner_sees_what_costs_three_times_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("benchmarks.paired.gc.collect", lambda: None)
    monkeypatch.setattr("benchmarks.paired.time.process_time", lambda: now[0])

    def costs(seconds: float) -> Callable[[], None]:
        def work() -> None:
            now[0] += seconds

        return work

    spent = run_paired({"dear": (costs(3), 1), "twice": (costs(2), 2)}, (costs(1), 1), blocks=9)
    found = summed(spent)
    assert {len(blocks) for blocks in spent.values()} == {9}
    assert (found["dear"]["cpu"]["ratio"], found["dear"]["cpu_ms"]) == (3.0, 3000.0)
    assert found["twice"]["cpu"]["ratio"] == 1.0, "a block's work is shared by how often it was done"
    assert found["same_against_itself"]["ratio"] == 1.0


def test_noise_is_no_result_and_only_a_whole_interval_breaks_a_bar() -> None:
    assert too_noisy({"same_against_itself": QUIET}) == []
    assert "0.96" in too_noisy({"same_against_itself": {**QUIET, "ratio": 0.96}})[0]
    assert past("it", ratio(1.9), 2.0) == []
    assert "over 2.0" in past("it", ratio(2.01), 2.0)[0]


@pytest.mark.parametrize(("least", "broken"), [(1.9, False), (2.05, True)])
def test_what_too_dear_a_tick_is(least: float, broken: bool) -> None:
    assert bool(tick_cpu.judge(timed("product", least))) is broken
    assert "noisy" in tick_cpu.judge({**timed("product", 9.0), "same_against_itself": ratio(1.2)})[0]


@pytest.mark.parametrize(
    ("engine", "kb", "broken"),
    [("sqlite", 14.0, False), ("sqlite", 14.1, True), ("postgres", 3.0, False), ("postgres", 3.1, True)],
)
def test_what_too_much_writing_is(engine: str, kb: float, broken: bool) -> None:
    assert bool(wal_bytes.judge(engine, {"kb_a_batch": kb})) is broken


STARTED: dict[str, Any] = {
    "create_app against its frameworks": timed("create_app", 1.2),
    "--help against argparse and sqlite3": timed("help", 2.4),
    "loaded by create_app": [],
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"loaded by create_app": ["xlsxwriter"]}, "loads xlsxwriter"),
        ({"create_app against its frameworks": timed("create_app", 1.31)}, "create_app()"),
        ({"--help against argparse and sqlite3": timed("help", 2.51)}, "--help"),
    ],
)
def test_what_a_slow_start_is(change: dict[str, Any], words: str) -> None:
    problems = startup.judge({**STARTED, **change})
    assert (words in problems[0]) if words else problems == []


PAGE: dict[str, Any] = {"times": timed("page", 1.6), "queries": {"50 rows": 5, "5 rows": 5}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"times": timed("page", 1.71)}, "over 1.7"),
        ({"queries": {"50 rows": 6, "5 rows": 6}}, "6 queries, over 5"),
        ({"queries": {"50 rows": 5, "5 rows": 4}}, "4 at 5"),
    ],
)
def test_what_a_dear_page_is(change: dict[str, Any], words: str) -> None:
    problems = page_cpu.judge({**PAGE, **change})
    assert (words in problems[0]) if words else problems == []


HEAD = '<script src="/static/{}?v=1"{}></script><figure class="chart"><table>'


def test_a_script_that_must_come_first_is_counted_and_one_that_waits_is_not() -> None:
    vendor = "vendor/plotly/plotly-basic.min.js"
    assert charts.kb_before_the_table(HEAD.format(vendor, "")) > charts.MOST_KB
    assert charts.kb_before_the_table(HEAD.format(vendor, " defer")) == 0
    assert charts.kb_before_the_table(HEAD.format(vendor, ' type="module"')) == 0
    good = {"kb_before_the_table": 100.0, "times": timed("product", 2.9)}
    assert charts.judge(good) == []
    assert "before the first picture" in charts.judge({**good, "kb_before_the_table": 100.1})[0]
    assert "a figure's JSON" in charts.judge({**good, "times": timed("product", 3.01)})[0]


def test_what_slow_figures_of_logs_are() -> None:
    good = {"beside": {"polars": ratio(2.4)}, "growth": 1.1}
    assert maal.judge(good) == []
    assert "over 2.5" in maal.judge({**good, "beside": {"polars": ratio(2.51)}})[0]
    assert "1.11 ×" in maal.judge({**good, "growth": 1.11})[0]
    assert maal.judge({**good, "beside": {}}) == ["polars is not installed"]


FAST: dict[str, Any] = {
    "cases": {"product": {"tail": 3.5, "not_2xx": 0}, "empty": {"tail": 9.0, "not_2xx": 0}},
    "shares": {"of the empty POST": ratio(0.3), "of the naive endpoint": ratio(9.9)},
    "locked": 0,
}


def test_what_too_few_batches_are() -> None:
    assert throughput.judge(FAST) == []
    worse: list[tuple[Any, str]] = [
        (lambda found: found["shares"].update({"of the empty POST": ratio(0.1)}), "empty POST"),
        (lambda found: found["shares"].update({"of the naive endpoint": ratio(9.0)}), "naive"),
        (lambda found: found["shares"].update({"slow, of its own rate": ratio(0.2)}), "its own rate"),
        (
            lambda found: found["shares"].update({"slow, of a commit a request": ratio(5.0)}),
            "a commit a request",
        ),
        (lambda found: found["cases"]["product"].update(tail=3.51), "p99"),
        (lambda found: found["cases"]["product"].update(not_2xx=1), "1 not 2xx"),
        (lambda found: found.update(locked=2), "2 times locked"),
    ]
    for spoil, words in worse:
        found = deepcopy(FAST)
        spoil(found)
        [problem] = throughput.judge(found)
        assert words in problem


def test_a_request_says_how_long_it_is_and_who_asks() -> None:
    sent = request_of("/tom", b"{}", "a=1").decode()
    assert sent.startswith("POST /tom HTTP/1.1\r\n")
    assert "Content-Length: 2\r\n" in sent
    assert "Cookie: a=1\r\n\r\n{}" in sent
