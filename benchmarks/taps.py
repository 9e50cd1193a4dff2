"""`python -m benchmarks.taps --taps 2000`: from a thumb's tap to the paint, and to *gemt på enheden* (Y7).

A samtale that has just begun and one with 3,000 events, each at the machine's own speed and slowed four times, in
Chromium with a touch screen. Blocks of taps with storing stand beside blocks of the same page without (its store's
`put` answers at once, put there on the wire and switched by a flag), in random order. The time runs from the tap's own
`timeStamp`: to the second animation frame after it, when the first has been painted, and to the moment when the
transaction that holds the tick is complete. Ratios are of neighbouring blocks' medians, with a bootstrap interval; a
bar is broken when the whole interval is past it.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from math import ceil
from random import Random
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Route, sync_playwright

from .durability.databases import installation
from .durability.scene import Observer, make_scene
from .durability.server import HOST, Server
from .figures import ratio_of, spread
from .recorder_log import fill_log
from .recorder_page import (
    ARGUMENTS,
    TABLET,
    RecorderPage,
    find_chromium,
    sign_in,
    twelve_kendetegn,
    wait_until_it_answers,
)
from .report import end_with

LOGS = (0, 3000)
SLOW_DOWNS = (1, 4)
ROUNDS = 4
BLOCK = 8
SHARES = {1: 0.75, 4: 0.25}
"""Of the taps, at each speed."""

PAUSE_MS = (15, 45)
AGAINST_NONE = 1.3
GROWTH = 1.1
STORED_WITHIN_MS = 50.0
"""Y7: paint at most 1.3 × the page without storing, no growth past 1.1 ×, stored within three frames at p95."""

PUT = "  put(records) {\n"
WITHOUT = "    if (window.withoutStoring) return Promise.resolve();\n"
STOPWATCH = """(() => {
    window.measured = [];
    const [waiting, seen] = [[], new Set()];
    document.addEventListener("click", ({ target, timeStamp }) => {
        if (!target.closest("[data-spor=faerdighed]")) return;
        const tap = { without: Boolean(window.withoutStoring), paint: null, stored: null };
        window.measured.push(tap);
        if (!tap.without) waiting.push([tap, timeStamp]);
        requestAnimationFrame(() => requestAnimationFrame(() => { tap.paint = performance.now() - timeStamp; }));
    }, true);
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (record, ...rest) {
        if (this.name === "haendelser" && record.spor === "faerdighed" && !record.sendt && !seen.has(record.id)) {
            seen.add(record.id);
            const [tap, timeStamp] = waiting.shift() ?? [];
            const note = () => { tap.stored = performance.now() - timeStamp; };
            if (tap) this.transaction.addEventListener("complete", note);
        }
        return put.call(this, record, ...rest);
    };
})();"""
SETTLED = """() => new Promise((done) => {
    const settled = (tap) => tap.paint !== null && (tap.without || tap.stored !== null);
    const look = () => (window.measured.every(settled) ? done() : setTimeout(look, 5));
    look();
})"""
TAKE = "() => { const taken = window.measured; window.measured = []; return taken; }"


@dataclass
class Cell:
    """One log's size at one speed: for each pair of blocks the milliseconds of every tap."""

    painted: list[list[float]] = field(default_factory=list)
    painted_without: list[list[float]] = field(default_factory=list)
    stored: list[float] = field(default_factory=list)


Cells = dict[tuple[int, int], Cell]


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.taps", description=__doc__)
    parser.add_argument("--taps", type=int, default=2000, help="with storing, over all four cells")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    a_pair = len(LOGS) * ROUNDS * BLOCK
    pairs = {slow: max(1, ceil(chosen.taps * share / a_pair)) for slow, share in SHARES.items()}
    cells, browser = measure(pairs, Random(chosen.seed))
    findings = summed(cells, Random(chosen.seed))
    return end_with(
        "taps",
        "Y7: from tap to paint and to stored on the device",
        plan={"taps": chosen.taps, "seed": chosen.seed, "rounds": ROUNDS, "pairs": pairs, "block": BLOCK},
        findings=findings,
        problems=judge(findings),
        save=chosen.save,
        used={"chromium": browser},
    )


def measure(pairs: dict[int, int], chance: Random) -> tuple[Cells, str]:
    """So many pairs of blocks a round, by the speed, in an installation of its own. Also Chromium's version."""
    wanted = [(log, slow) for log in LOGS for slow in SLOW_DOWNS]
    cells: Cells = {one: Cell() for one in wanted}
    with installation("sqlite") as made:
        kontrakter = ROUNDS * len(wanted)
        [observer] = make_scene(made, observers=1, kontrakter=kontrakter, kendetegn=twelve_kendetegn())
        server = Server(made)
        server.start()
        try:
            wait_until_it_answers(server.port)
            with sync_playwright() as playwright:
                launched = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
                context = watched(launched, f"http://{HOST}:{server.port}", observer)
                order = [one for _ in range(ROUNDS) for one in chance.sample(wanted, len(wanted))]
                for nr, one in enumerate(order):
                    recorder = opened(context, f"http://{HOST}:{server.port}", observer, nr, one)
                    tap_blocks(recorder, cells[one], pairs[one[1]], chance)
                    recorder.page.close()
                version = launched.version
                launched.close()
                return cells, version
        finally:
            server.kill()


def watched(launched: Browser, base: str, observer: Observer) -> BrowserContext:
    """A signed-in context with the stopwatch in every page, and a store that can be switched off."""
    context = launched.new_context(**TABLET, service_workers="block")
    context.add_init_script(STOPWATCH)
    context.route("**/recorder/store*.js*", _with_a_switch)
    sign_in(context, base, observer.email)
    return context


def _with_a_switch(route: Route) -> None:
    reply = route.fetch()
    body = reply.text()
    if PUT not in body:
        raise RuntimeError("the store has no put() where the switch belongs")
    route.fulfill(response=reply, body=body.replace(PUT, PUT + WITHOUT))


def opened(
    context: BrowserContext, base: str, observer: Observer, nr: int, cell: tuple[int, int]
) -> RecorderPage:
    """The recorder of a kontrakt of its own with a log of that size, slowed down so many times."""
    log, slow_down = cell
    kontrakt_id = observer.kontrakter[nr]
    if log:
        fill_log(context, base, kontrakt_id, log)
    recorder = RecorderPage(context.new_page(), base, kontrakt_id)
    recorder.open(running=log > 0)
    recorder.wait_for_words("^Gemt$")
    context.new_cdp_session(recorder.page).send("Emulation.setCPUThrottlingRate", {"rate": slow_down})
    for _ in range(BLOCK):
        recorder.tick()
        recorder.page.evaluate(SETTLED)
    recorder.page.evaluate(TAKE)
    return recorder


def tap_blocks(recorder: RecorderPage, cell: Cell, pairs: int, chance: Random) -> None:
    """Pairs of a block with storing and one without, in random order; each tap when the last one is through."""
    for _ in range(pairs):
        for without in chance.sample((False, True), 2):
            recorder.page.evaluate("(without) => { window.withoutStoring = without; }", without)
            for _ in range(BLOCK):
                recorder.page.wait_for_timeout(chance.uniform(*PAUSE_MS))
                recorder.tick()
                recorder.page.evaluate(SETTLED)
            taps = recorder.page.evaluate(TAKE)
            painted = [tap["paint"] for tap in taps]
            (cell.painted_without if without else cell.painted).append(painted)
            cell.stored += [tap["stored"] for tap in taps if not without]


def summed(cells: Cells, chance: Random) -> dict[str, Any]:
    """Each cell's figures by its name, and the growth from the small log to the large one."""
    found: dict[str, Any] = {}
    for (log, slow), cell in cells.items():
        with_, without = list(map(median, cell.painted)), list(map(median, cell.painted_without))
        found[f"log of {log}, {slow} x"] = {
            "taps": sum(map(len, cell.painted)),
            "tap_to_paint_ms": spread([ms for block in cell.painted for ms in block]),
            "without_storing_ms": spread([ms for block in cell.painted_without for ms in block]),
            "tap_to_stored_ms": spread(cell.stored),
            "against_without": ratio_of(with_, without, chance),
            "same_against_itself": ratio_of(without[::2], without[1::2], chance),
        }
    for slow in SLOW_DOWNS:
        small, large = (list(map(median, cells[log, slow].painted)) for log in LOGS)
        found[f"growth, {slow} x"] = ratio_of(large, small, chance)
    return found


def judge(findings: dict[str, Any]) -> list[str]:
    """What breaks Y7; empty when nothing does."""
    problems = []
    for name, found in findings.items():
        ratio, bar = (
            (found, GROWTH) if name.startswith("growth") else (found["against_without"], AGAINST_NONE)
        )
        if ratio["interval"][0] > bar:
            problems.append(f"{name}: paint is {ratio['ratio']} x, over {bar}")
        if name.endswith(" 1 x") and "tap_to_stored_ms" in found:
            p95 = found["tap_to_stored_ms"]["p95"]
            if p95 > STORED_WITHIN_MS:
                problems.append(f"{name}: stored after {p95} ms at p95, over {STORED_WITHIN_MS}")
    return problems


if __name__ == "__main__":
    sys.exit(main())
