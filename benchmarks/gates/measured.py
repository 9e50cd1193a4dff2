"""What the measurements of `benchmarks/results` say of the checks that are held by a measurement."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ..report import RESULTS

Findings = dict[str, Any]


def _kills(found: Findings) -> str:
    return f"{found['acked']:,} acknowledged, {found['lost']} lost, {found['doubled']} doubled"


def _offline(found: Findings) -> str:
    slowest = max(one["seconds_until_all_are_stored"] for one in found.values())
    lost = sum(one["lost"] for one in found.values())
    return f"2 × 600 ticks stored {slowest} s after the net or the sign-in, {lost} lost"


def _browser(found: Findings) -> str:
    return f"{found['kills']} kills, {found['shown_as_saved']} shown as saved, {found['lost_on_device']} lost"


def _load(found: Findings) -> str:
    batch = found["ms"]["batch"]
    return f"p95 {batch['p95']:.0f} ms, p99 {batch['p99']:.0f} ms"


def _nine(found: Findings) -> str:
    pages_s = found["ms_of_all_pages"]["p95"] / 1000
    apart = f"; {found['asked_to_wait']:,} asked to come again" if "asked_to_wait" in found else ""
    return f"all stored after {found['all_stored_after_s']:.0f} s; pages p95 {pages_s:.1f} s{apart}"


MEASURED: dict[str, list[tuple[str, Callable[[Findings], str]]]] = {
    "B1": [("durability-sqlite", _kills), ("durability-postgres", _kills)],
    "B2": [("fsync", lambda found: f"{found['replies']} replies, {found['early']} before their sync")],
    "B4": [("offline", _offline)],
    "B11": [("browser-kill", _browser)],
    "G1": [("load", _load)],
    "G2": [("nine-o-clock", _nine)],
}
"""Check → the result files it is read from, and the figure in each."""


def figures_of(check: str) -> list[tuple[str, bool, str]]:
    """(file, passed, figure) of each measurement of a check; none where it was never measured."""
    found = []
    for name, figure in MEASURED.get(check, []):
        path = RESULTS / f"{name}.json"
        if path.exists():
            kept = json.loads(path.read_text(encoding="utf-8"))
            found.append((path.stem, bool(kept["passed"]), figure(kept["findings"])))
    return found
