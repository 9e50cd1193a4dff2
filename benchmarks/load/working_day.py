"""200 recorders send five ticks each five seconds, and 20 people read, for ten minutes (Y5, G1)."""

from __future__ import annotations

from dataclasses import asdict
from threading import Event
from time import monotonic
from typing import Any

from ..figures import spread
from .devices import Beat, Recorder
from .doors import in_parallel
from .session import ASKED_TO_WAIT
from .town import Size, Town, town

TICKS = 5
RECORDERS_GAP_S = (4.5, 5.5)
READERS_GAP_S = (1.0, 3.0)
ENDS_WITHIN_S = 240
P95_MS = 300
P99_MS = 1000
FLAT = (0.9, 1.1)


def measure(size: Size, minutes: float, seed: int) -> dict[str, Any]:
    """Run it in an installation of its own. Returns the findings."""
    with town(size, seed) as made:
        begun = monotonic()
        _everybody(made, minutes, seed)
        lasted = monotonic() - begun
        until = monotonic() + ENDS_WITHIN_S
        stored_after_ms = [ms for one in made.recorders for ms in one.stored_after_ms]
        left = [one for one in made.recorders if one.waiting]
        in_parallel(lambda one: one.send_all("what was left", due=monotonic(), until=until), left)
        findings = made.check()
        return {
            "set_up_s": made.set_up_s,
            "seconds": round(lasted, 1),
            "batches_a_second": round(len(made.answers.times.get("batch", [])) / lasted, 1),
            "stored_after_ms": spread(stored_after_ms),
            **told_of(made),
            "events": asdict(findings),
            "problems_of_the_set_check": findings.problems(),
        }


def told_of(made: Town) -> dict[str, Any]:
    """Milliseconds and statuses by kind, who was asked to wait, refused events, the server's memory."""
    statuses = {kind: dict(sorted(found.items())) for kind, found in sorted(made.answers.statuses.items())}
    return {
        "ms": {kind: spread(times) for kind, times in sorted(made.answers.times.items())},
        "ms_of_all_pages": spread(
            [ms for kind, times in made.answers.times.items() if kind.startswith("page") for ms in times]
        ),
        "statuses": statuses,
        **told_of_statuses(statuses),
        "refused_events": made.refused(),
        "server_mb": {"growth": made.memory.growth(), "every_10_s": made.memory.megabytes},
    }


def told_of_statuses(statuses: dict[str, dict[str, int]]) -> dict[str, int]:
    """How often somebody was told when to come again, and how often there was an error."""
    all_of_them = [one for found in statuses.values() for one in found.items()]
    asked = sum(count for status, count in all_of_them if status == ASKED_TO_WAIT)
    others = sum(count for status, count in all_of_them if status[0] != "2")
    return {"asked_to_wait": asked, "not_2xx": others - asked}


def judge(findings: dict[str, Any], *, crowded: bool = False) -> list[str]:
    """What must not be; empty when all is well. crowded: more than one process is for, so that ticks may wait, but
    people's pages no longer than at nine o'clock."""
    problems = list(findings["problems_of_the_set_check"])
    for name in ("not_2xx", "refused_events") if crowded else ("asked_to_wait", "not_2xx", "refused_events"):
        if findings[name]:
            problems.append(f"{name}: {findings[name]}")
    pages = findings["ms_of_all_pages"]
    if crowded and pages["p95"] > P99_MS:
        problems.append(f"pages: p95 {pages['p95']} ms")
    for kind, ms in () if crowded else (("batch", findings["ms"]["batch"]), ("pages", pages)):
        if ms["p95"] > P95_MS or ms["p99"] > P99_MS:
            problems.append(f"{kind}: p95 {ms['p95']} ms, p99 {ms['p99']} ms")
    growth = findings["server_mb"]["growth"]
    if growth is not None and not FLAT[0] <= growth <= FLAT[1]:
        problems.append(f"the server's memory became {growth} x")
    return problems


def _everybody(made: Town, minutes: float, seed: int) -> None:
    stop, over = Event(), monotonic() + minutes * 60

    def record(one: Recorder, due: float, beats: int) -> None:
        one.tap(TICKS * beats)
        one.send_all("batch", due=due, until=over)

    recorders = [
        Beat(
            lambda due, beats, one=one: record(one, due, beats),  # type: ignore[misc]
            RECORDERS_GAP_S,
            seed + nr,
            stop,
            gathers=True,
        )
        for nr, one in enumerate(made.recorders)
    ]
    readers = [
        Beat(lambda due, _, one=one: one.turn(due=due), READERS_GAP_S, seed - 1 - nr, stop)  # type: ignore[misc]
        for nr, one in enumerate(made.readers)
    ]
    for beat in [*recorders, *readers]:
        beat.start()
    stop.wait(minutes * 60)
    stop.set()
    for beat in [*recorders, *readers]:
        beat.join(ENDS_WITHIN_S)
