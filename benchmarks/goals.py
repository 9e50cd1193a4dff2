"""The promises about speed, Y1-Y14: few words, the goal, and how each kept result is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Result = dict[str, Any]
Read = Callable[[Result], str]


@dataclass(frozen=True)
class Goal:
    """sources: the names of the result files (a `*` stands for any) and what each says in few words.

    lacking: what of the goal nothing here has measured. Then it passes in part only. apart: how a problem begins that
    belongs to another promise than this.
    """

    name: str
    words: str
    goal: str
    sources: tuple[tuple[str, Read], ...]
    lacking: str = ""
    apart: str = ""


def _ratio(found: Any) -> str:
    return f"{found['ratio']} × ({found['interval'][0]}-{found['interval'][1]})"


def _tick_cpu(kept: Result) -> str:
    product, floor = kept["findings"]["product"], kept["findings"]["floor"]
    return f"{_ratio(product['cpu'])}: {product['cpu_ms']} ms against {floor['cpu_ms']}"


def _throughput(kept: Result) -> str:
    found = kept["findings"]
    product, shares = found["cases"]["product"], found["shares"]
    refused = sum(one["not_2xx"] for one in found["cases"].values())
    return (
        f"{product['a_second']} a second: {shares['of the empty POST']['ratio']} of the empty POST,"
        f" {shares['of the naive endpoint']['ratio']} × the naive, {shares['of a bare commit a request']['ratio']} of a"
        f" bare commit a request; p99 {product['tail']} × p50; {refused} refused, {found['locked']} locked"
    )


def _slow(kept: Result) -> str:
    shares = kept["findings"]["shares"]
    own, commits = shares["slow, of its own rate"]["ratio"], shares["slow, of a commit a request"]["ratio"]
    return f"{own} of its own rate, {commits} × a commit a request"


def _wal(kept: Result) -> str:
    return f"{kept['findings']['kb_a_batch']} kB ({kept['plan']['engine']})"


def _load(kept: Result) -> str:
    plan, found = kept["plan"], kept["findings"]
    batch, growth = found["ms"]["batch"], found["server_mb"]["growth"]
    return (
        f"{plan['recorders']:,} recorders, {plan['minutes']:g} min: {found['events']['lost']} lost,"
        f" {found['not_2xx']} not 2xx, p99 {batch['p99']:.0f} ms, memory {growth or '?'} ×"
    )


def _nine(kept: Result) -> str:
    found = kept["findings"]
    pages = found["ms_of_all_pages"]["p95"] / 1000
    return f"{found['against_bulk']} × in bulk, {found['events']['lost']} lost; pages p95 {pages:.1f} s (G2)"


def _taps(kept: Result) -> str:
    found = kept["findings"]
    storing = [one["against_without"]["ratio"] for name, one in found.items() if name.startswith("log")]
    grown = [one["ratio"] for name, one in found.items() if name.startswith("growth")]
    stored = max(
        one["tap_to_stored_ms"]["p95"]
        for name, one in found.items()
        if name.endswith(", 1 x") and "taps" in one
    )
    return f"{max(storing)} × without storing, growth {max(grown)} ×, stored p95 {stored:.0f} ms"


def _opening(kept: Result) -> str:
    page = kept["findings"]["cold"]["page"]
    return f"{page['bodies_besides_fonts'] / 1000:.1f} kB cold, {page['bodies'] / 1000:.1f} with fonts"


def _page(kept: Result) -> str:
    found = kept["findings"]
    many, few = found["queries"]["50 rows"], found["queries"]["5 rows"]
    return f"{_ratio(found['times']['page']['cpu'])}; {many} queries at 50 rows, {few} at 5"


def _aggregates(kept: Result) -> str:
    last, grown = kept["findings"]["countries"][-1], kept["findings"]["growth"]
    plans = sum(last["plans_with_events"].values())
    growth = f", a team's page {grown['team_quarter']} × from the smallest" if grown else ""
    return f"{last['logs']:,} logs on {kept['plan']['engine']}: {plans} plans name the events{growth}"


def _rebuilt(kept: Result) -> str:
    last, grown = kept["findings"]["countries"][-1], kept["findings"]["growth"]
    more = f", {grown['rebuild_peak_mb']} MB more" if grown else ""
    return f"rows of {last['logs']:,} logs made anew in {last['rebuild']['cpu_s']:.0f} s of CPU{more}"


def _exports(kept: Result) -> str:
    found = kept["findings"]
    most = max(found["growth_mb"].values())
    duck = found["figures_anew"].get("ratio", "?")
    return f"CSV {found['csv_of_bare']} × bare, {most} MB more, figures anew {duck} × DuckDB"


def _maal(kept: Result) -> str:
    found = kept["findings"]
    beside = (
        ", ".join(f"{one['ratio']} × {name}" for name, one in found["beside"].items()) or "nothing beside"
    )
    return f"{beside}; {found['growth']} × a log from {found['sizes'][0]:,} to {found['sizes'][-1]:,}"


def _startup(kept: Result) -> str:
    found = kept["findings"]
    app, help_ = found["create_app against its frameworks"], found["--help against argparse and sqlite3"]
    loaded = ", ".join(found["loaded by create_app"]) or "none"
    started, helped = _ratio(app["create_app"]["cpu"]), _ratio(help_["help"]["cpu"])
    return f"create_app {started}; heavy ones loaded: {loaded}; --help {helped}"


def _charts(kept: Result) -> str:
    found = kept["findings"]
    written = _ratio(found["times"]["product"]["cpu"])
    return f"{found['kb_before_the_table']} kB before the table stands; {written} a plain dump"


GOALS = (
    Goal(
        "Y1",
        "CPU of a batch of ticks, sign-in and access check included",
        "≤ 2.0 × bare",
        (("tick-cpu", _tick_cpu),),
    ),
    Goal(
        "Y2",
        "durable batches at 50 connections",
        "≥ 0.40 of an empty POST, ≥ 10 × naive, p99 ≤ 3.5 × p50, none locked",
        (("throughput", _throughput),),
    ),
    Goal(
        "Y3",
        "the same with 5 ms more a sync",
        "≥ 0.45 of its own rate, ≥ 6 × a commit a request",
        (("throughput-slow-disk", _slow),),
    ),
    Goal(
        "Y4",
        "WAL of a batch of ten at a million rows",
        "≤ 14 kB SQLite, ≤ 3 kB PostgreSQL",
        (("wal-bytes-*", _wal),),
    ),
    Goal(
        "Y5",
        "recorders and readers at once",
        "200 for 10 min, 2,000 for 5, 5,000: 0 errors, 0 lost",
        (("load*", _load),),
    ),
    Goal(
        "Y6",
        "nine o'clock: 200 tablets × 600 ticks",
        "once each, ≤ 3 × in bulk",
        (("nine-o-clock", _nine),),
        apart="pages:",
    ),
    Goal(
        "Y7",
        "tap to paint and to stored",
        "≤ 1.3 × without storing, growth ≤ 1.1 ×, p95 ≤ 50 ms",
        (("taps", _taps),),
    ),
    Goal("Y8", "opening the recorder", "≤ 60 kB, ≤ 115 with fonts, 0 static warm", (("opening", _opening),)),
    Goal("Y9", "a page of 50 rows", "≤ 1.7 × raw, ≤ 5 queries whatever the rows", (("page-cpu", _page),)),
    Goal(
        "Y10",
        "pictures at 100,000 samtaler",
        "no plan scans events, growth ≤ 1.5 ×",
        (("aggregates-*", _aggregates),),
    ),
    Goal(
        "Y11",
        "`supervision maal` over 1,000 logs",
        "≥ 50 × BORIS, ≤ 2.5 × polars, linear within 10 %",
        (("maal", _maal),),
        lacking="BORIS needs a desktop and is not run",
    ),
    Goal(
        "Y12",
        "rebuild and exports at 100,000",
        "≤ 6 × DuckDB, CSV ≥ 0.6 × bare, ≤ 10 MB more",
        (("exports", _exports), ("aggregates-sqlite", _rebuilt)),
    ),
    Goal(
        "Y13",
        "a new process",
        "≤ 1.3 × its frameworks, `--help` ≤ 2.5 × argparse + sqlite3",
        (("startup", _startup),),
    ),
    Goal(
        "Y14",
        "a page with charts",
        "≤ 100 kB before the first picture, JSON ≤ 3 × a plain dump",
        (("charts", _charts),),
    ),
)
