"""`python -m benchmarks.browser_kill --kills 50`: Chromium killed with SIGKILL while somebody taps; exit 0 when nothing
was lost that the screen had shown as saved.

One samtale in a profile that is kept on disk. Each round opens the recorder again, every other one without a net, and
taps quickly. A watcher in the page, put there from outside the product, notes what the screen shows at every moment
when its state words say *Gemt* or *Gemt på enheden*: the ticks on each tile, and the ids given to the store so far.
Then the whole process group gets SIGKILL in the middle of the tapping. In the next round all that was noted must be
there, no tick may be there that was not tapped, and the shown clock is held against the wall clock. At the end the
server must have all of it, once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import BrowserContext, Error, Playwright, sync_playwright
from sqlalchemy import Engine

from .durability.databases import installation
from .durability.scene import Observer, make_scene
from .durability.server import HOST, Server
from .recorder_page import (
    ARGUMENTS,
    TABLET,
    NotOpened,
    RecorderPage,
    find_chromium,
    sign_in,
    stored_ids,
    twelve_kendetegn,
    wait_until_it_answers,
)
from .report import end_with

CLOCK_WITHIN_S = 1.0
TAPS_A_ROUND = (3, 14)
PAUSE_MS = (0, 60)
LAST_PAUSE_MS = (0, 120)
GONE_WITHIN_S = 10
BUGS = ("says-saved-first",)
READY = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    const [name] = await caches.keys();
    return active.state === "activated" && (await (await caches.open(name)).keys()).length > 30;
}"""
WATCHER = r"""(() => {
    const given = new Set();
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (record, ...rest) {
        if (this.name === "haendelser") given.add(record.id);
        return put.call(this, record, ...rest);
    };
    const told = new Set();
    let last = "";
    new MutationObserver(() => {
        const words = document.querySelector("[data-state-words]")?.textContent ?? "";
        if (words === last) return;
        last = words;
        if (!/^(Gemt|Uden net · gemt)/.test(words)) return;
        const ids = [...given].filter((id) => !told.has(id));
        ids.forEach((id) => told.add(id));
        const counts = {};
        for (const tile of document.querySelectorAll("[data-spor=faerdighed]")) {
            counts[tile.dataset.kode] = Number(tile.querySelector("[data-count]").textContent);
        }
        window.noteSaved({ ids, counts });
    }).observe(document, { subtree: true, childList: true, characterData: true });
    document.addEventListener("click", ({ target }) => {
        if (target.closest("[data-act=start]")) window.noteStart(Date.now());
    }, true);
})();"""
PLANTED = {
    "says-saved-first": """(() => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (record, ...rest) {
            if (this.name !== "haendelser") return put.call(this, record, ...rest);
            const database = this.transaction.db;
            const later = () => database.transaction("haendelser", "readwrite").objectStore("haendelser");
            setTimeout(() => put.call(later(), record), 400);
            return this.count();
        };
    })();"""
}
"""A bug put round the product from outside: the store answers before it has written."""
CLOCK_TURNS = """() => new Promise((done) => {
    const clock = document.querySelector("[data-clock]");
    const before = clock.textContent;
    const watch = new MutationObserver(() => {
        if (clock.textContent === before) return;
        watch.disconnect();
        done([clock.textContent, Date.now()]);
    });
    watch.observe(clock, { subtree: true, childList: true, characterData: true });
})"""


@dataclass
class Noted:
    """What the screen has said was saved, and what was found wrong. times: milliseconds of the wall clock."""

    ids: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    started_at: float = 0.0
    taps: int = 0
    lost_ids: set[str] = field(default_factory=set)
    lost_ticks: int = 0
    not_tapped: int = 0
    clock_errors_s: list[float] = field(default_factory=list)
    unsaid_at_kill: int = 0
    not_reopened: int = 0

    def saved(self, said: dict[str, Any]) -> None:
        """The screen says that these are saved."""
        self.ids.update(said["ids"])
        self.counts = {kode: max(count, self.counts.get(kode, 0)) for kode, count in said["counts"].items()}

    def compare(self, ids: set[str], shown: dict[str, int]) -> None:
        """After a kill: what the device holds and the tiles show now."""
        self.lost_ids |= self.ids - ids
        self.lost_ticks += sum(max(0, count - shown.get(kode, 0)) for kode, count in self.counts.items())
        self.not_tapped = max(self.not_tapped, sum(shown.values()) - self.taps)
        self.unsaid_at_kill += self.taps - sum(self.counts.values())
        self.counts, self.taps = shown, sum(shown.values())


@dataclass(frozen=True)
class Run:
    """What stays the same through all rounds."""

    playwright: Playwright
    profile: Path
    base: str
    observer: Observer
    bug: str
    noted: Noted


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browser_kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bug", choices=BUGS, default="", help="plant a bug, which must make the check fail")
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    findings, browser = measure(chosen.kills, chosen.seed, chosen.bug)
    return end_with(
        "-".join(filter(None, ("browser-kill", chosen.bug))),
        "B11: Chromium killed with SIGKILL while somebody records",
        plan={"kills": chosen.kills, "seed": chosen.seed, "bug": chosen.bug},
        findings=findings,
        problems=judge(findings),
        save=chosen.save,
        used={"chromium": browser},
    )


def measure(kills: int, seed: int, bug: str = "") -> tuple[dict[str, Any], str]:
    """Run the rounds in an installation and a profile of their own. Returns the findings and Chromium's version."""
    with installation("sqlite") as made, tempfile.TemporaryDirectory(prefix="profile-") as profile:
        [observer] = make_scene(made, observers=1, kontrakter=1, kendetegn=twelve_kendetegn())
        server, engine = Server(made), made.engine()
        server.start()
        try:
            wait_until_it_answers(server.port)
            with sync_playwright() as playwright:
                base = f"http://{HOST}:{server.port}"
                run = Run(playwright, Path(profile), base, observer, bug, Noted())
                return rounds(run, kills, Random(seed), engine)
        finally:
            engine.dispose()
            server.kill()


def rounds(run: Run, kills: int, chance: Random, engine: Engine) -> tuple[dict[str, Any], str]:
    """Record and be killed so often; then open once more with a net and let all of it be sent."""
    begun, kept_on_device = time.monotonic(), 0
    for nr in range(kills):
        with launched(run, offline=nr % 2 == 1) as context:
            recorder = reopened(run, context, first=nr == 0)
            tap_for_a_while(recorder, chance, run.noted)
            kill_group(run.profile)
    with launched(run, offline=False) as context:
        recorder = reopened(run, context, first=False)
        recorder.wait_for_words("^Gemt$")
        device = {record["id"] for record in recorder.on_device()}
        kept_on_device = len(device)
        version = str(recorder.page.evaluate("navigator.userAgent")).partition("Chrome/")[2].split()[0]
        context.close()
    server = Counter(stored_ids(engine, recorder.kontrakt_id))
    return {
        "kills": kills,
        "offline_rounds": kills // 2,
        "seconds": round(time.monotonic() - begun, 1),
        "shown_as_saved": len(run.noted.ids),
        "lost_on_device": len(run.noted.lost_ids),
        "lost_ticks_on_screen": run.noted.lost_ticks,
        "not_reopened_without_a_net": run.noted.not_reopened,
        "shown_but_not_tapped": run.noted.not_tapped,
        "tapped_and_not_yet_said_saved_at_a_kill": run.noted.unsaid_at_kill,
        "on_device_at_the_end": kept_on_device,
        "on_server_at_the_end": len(server),
        "lost_on_server": len((run.noted.ids | device) - server.keys()),
        "unexpected_on_server": len(server.keys() - device),
        "doubled_on_server": sum(count - 1 for count in server.values()),
        "clock_error_s": {
            "largest": max(map(abs, run.noted.clock_errors_s)),
            "least_and_most": [min(run.noted.clock_errors_s), max(run.noted.clock_errors_s)],
        },
    }, version


@contextmanager
def launched(run: Run, *, offline: bool) -> Iterator[BrowserContext]:
    """Chromium on the kept profile, with the watcher in every page; signed in where there is a net."""
    context = run.playwright.chromium.launch_persistent_context(
        run.profile, executable_path=find_chromium(), args=list(ARGUMENTS), **TABLET
    )
    context.expose_binding("noteSaved", lambda _source, said: run.noted.saved(said))
    context.expose_binding("noteStart", lambda _source, at: setattr(run.noted, "started_at", at))
    if run.bug:
        context.add_init_script(PLANTED[run.bug])
    context.add_init_script(WATCHER)
    try:
        if offline:
            context.set_offline(True)
        else:
            sign_in(context, run.base, run.observer.email)
        yield context
    finally:
        with suppress(Error):
            context.close()


def reopened(run: Run, context: BrowserContext, *, first: bool) -> RecorderPage:
    """Open the recorder. After a kill: hold what is there against what was noted, and the clock against the wall."""
    page = context.pages[0] if context.pages else context.new_page()
    recorder = RecorderPage(page, run.base, run.observer.kontrakter[0])
    before = Noted(set(run.noted.ids), dict(run.noted.counts))
    try:
        recorder.open(running=not first)
    except NotOpened:
        run.noted.not_reopened += 1
        context.set_offline(False)
        sign_in(context, run.base, run.observer.email)
        recorder.open(running=True)
    if first:
        page.wait_for_function(READY)
        recorder.wait_for_words("^Gemt")
        return recorder
    run.noted.ids, run.noted.counts = before.ids, before.counts
    run.noted.compare({record["id"] for record in recorder.on_device()}, recorder.counts())
    shown, at = page.evaluate(CLOCK_TURNS)
    run.noted.clock_errors_s.append(round(seconds_of(shown) - (at - run.noted.started_at) / 1000, 3))
    return recorder


def tap_for_a_while(recorder: RecorderPage, chance: Random, noted: Noted) -> None:
    """Some quick ticks; the last ones are still being written when this ends."""
    for _ in range(chance.randint(*TAPS_A_ROUND)):
        recorder.tick()
        noted.taps += 1
        recorder.page.wait_for_timeout(chance.uniform(*PAUSE_MS))
    recorder.page.wait_for_timeout(chance.uniform(*LAST_PAUSE_MS))


def kill_group(profile: Path) -> None:
    """SIGKILL to the whole process group of the Chromium that uses this profile, and wait until it is gone."""
    group = os.getpgid(process_of(profile))
    if group == os.getpgrp():
        raise RuntimeError("Chromium has no process group of its own")
    os.killpg(group, signal.SIGKILL)
    give_up = time.monotonic() + GONE_WITHIN_S
    while time.monotonic() < give_up:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise RuntimeError("Chromium would not die")


def process_of(profile: Path) -> int:
    """The id of the browser's own process. Raises RuntimeError when it does not run."""
    wanted = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if wanted in words and not any(word.startswith(b"--type=") for word in words):
                return int(folder.name)
    raise RuntimeError("Chromium does not run")


def seconds_of(shown: str) -> int:
    """ "12.41" or "1.02.05" in seconds."""
    seconds = 0
    for part in shown.split("."):
        seconds = seconds * 60 + int(part)
    return seconds


def judge(findings: dict[str, Any]) -> list[str]:
    """What must not be; empty when all is well."""
    wanted_none = (
        "not_reopened_without_a_net",
        "lost_on_device",
        "lost_ticks_on_screen",
        "lost_on_server",
        "unexpected_on_server",
        "doubled_on_server",
    )
    problems = [f"{name}: {findings[name]}" for name in wanted_none if findings[name]]
    if findings["shown_but_not_tapped"] > 0:
        problems.append(f"shown_but_not_tapped: {findings['shown_but_not_tapped']}")
    if findings["clock_error_s"]["largest"] > CLOCK_WITHIN_S:
        problems.append(f"the clock was {findings['clock_error_s']['largest']} s off")
    if findings["shown_as_saved"] < findings["kills"]:
        problems.append("too little was shown as saved for the kills to say anything")
    return problems


if __name__ == "__main__":
    sys.exit(main())
