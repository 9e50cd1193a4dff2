"""Nine o'clock: 200 tablets come online within five seconds with 600 ticks each, while people read (Y6, G2)."""

from __future__ import annotations

from dataclasses import asdict, replace
from random import Random
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

from .devices import Beat, Recorder
from .doors import in_parallel
from .town import Size, town
from .working_day import READERS_GAP_S, told_of

TICKS = 600
COME_WITHIN_S = 5.0
ALL_WITHIN_S = 120.0
PAGES_P95_MS = 1000
AGAINST_BULK = 3.0
"""Y6: at most so many times the bulk insert, where that takes longer than the tablets take to come."""

GIVE_UP_S = 300.0
LARGEST_BATCH = 500
"""As many events as the server takes at a time: what the bulk insert uses."""

BULK_AT_ONCE = 4


def measure(size: Size, seed: int, ticks: int = TICKS) -> dict[str, Any]:
    """Run it in an installation of its own, then the same rows in bulk to the tablets' next kontrakter."""
    with town(replace(size, kontrakter=2), seed) as made:
        for one in made.recorders:
            one.tap(ticks)
        tablets, bulk = made.recorders[: size.recorders], made.recorders[size.recorders :]
        stop = Event()
        readers = [
            Beat(lambda due, _, one=one: one.turn(due=due), READERS_GAP_S, seed - 1 - nr, stop)  # type: ignore[misc]
            for nr, one in enumerate(made.readers)
        ]
        for reader in readers:
            reader.start()
        all_stored_s, largest_wait_s = come_online(tablets, Random(seed))
        stop.set()
        for reader in readers:
            reader.join()
        unsent = sum(one.waiting for one in tablets)
        told = told_of(made)
        bulk_s = in_bulk(bulk)
        findings = made.check()
        return {
            "set_up_s": made.set_up_s,
            "all_stored_after_s": round(all_stored_s, 2),
            "longest_wait_of_a_tablet_s": round(largest_wait_s, 2),
            "still_waiting": unsent,
            "in_bulk_s": round(bulk_s, 2),
            "against_bulk": round(all_stored_s / bulk_s, 2),
            **told,
            "events": asdict(findings),
            "problems_of_the_set_check": findings.problems(),
        }


def come_online(tablets: list[Recorder], chance: Random) -> tuple[float, float]:
    """Each at a moment of its own, then batch after batch. Seconds until the last is done, and the longest wait."""
    begun = monotonic()
    waits: list[float] = []

    def one_comes(tablet: Recorder, after_s: float) -> None:
        sleep(after_s)
        online = monotonic()
        tablet.send_all("batch", due=online, until=begun + GIVE_UP_S)
        waits.append(monotonic() - online)

    threads = [
        Thread(target=one_comes, args=(tablet, chance.uniform(0, COME_WITHIN_S)), daemon=True)
        for tablet in tablets
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return monotonic() - begun, max(waits)


def in_bulk(recorders: list[Recorder]) -> float:
    """As many rows in the largest batches, with a few connections that never pause. Seconds."""
    begun = monotonic()

    def send(one: Recorder) -> None:
        one.send_all("bulk", due=monotonic(), at_most=LARGEST_BATCH, until=begun + GIVE_UP_S)

    in_parallel(send, recorders, BULK_AT_ONCE)
    return monotonic() - begun


def judge(findings: dict[str, Any]) -> list[str]:
    """What must not be; empty when all is well."""
    problems = list(findings["problems_of_the_set_check"])
    for name in ("still_waiting", "not_2xx", "refused_events"):
        if findings[name]:
            problems.append(f"{name}: {findings[name]}")
    if findings["all_stored_after_s"] > ALL_WITHIN_S:
        problems.append(f"all stored only after {findings['all_stored_after_s']} s")
    if findings["in_bulk_s"] > COME_WITHIN_S and findings["against_bulk"] > AGAINST_BULK:
        problems.append(f"{findings['against_bulk']} x the bulk insert, over {AGAINST_BULK}")
    if findings["ms_of_all_pages"]["p95"] > PAGES_P95_MS:
        problems.append(f"pages: p95 {findings['ms_of_all_pages']['p95']} ms")
    return problems
