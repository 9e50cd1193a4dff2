"""`python -m benchmarks.offline --minutes 30 --ticks 600`: two tablets record without a net; exit 0 when all of it is
on the server, once, within 10 seconds of the net (B4).

Two observers, each in a browser context of their own, begin with a net, lose it, and tap for so long in real time.
The sign-in of one of them ends meanwhile. Then the net comes back to the first: the time runs from there until the
server's database, read past the product, has every event that the device holds. Then it comes back to the other, who
is told to sign in again, follows the recorder's own link to another tab, signs in as the same person and goes back:
there the time runs from the press on the sign-in button. While the net is gone nothing may reach the server.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Response, expect, sync_playwright
from sqlalchemy import Engine, select, update

from supervision import clock
from supervision.personer.models import Indlogning, Person

from .durability.databases import installation
from .durability.scene import PASSWORD, Observer, make_scene
from .durability.server import HOST, Server
from .recorder_page import (
    ARGUMENTS,
    PATIENCE_MS,
    TABLET,
    RecorderPage,
    find_chromium,
    sign_in,
    stored_ids,
    twelve_kendetegn,
    wait_until_it_answers,
)
from .report import end_with

WITHIN_S = 10.0
GIVE_UP_S = 330
"""Longer than the longest wait between two tries, so that a late delivery is told from none."""

LOOK_EVERY_MS = 20
HEAR_ONLINE = """() => {
    window.heardOnline = null;
    window.addEventListener("online", () => { window.heardOnline ??= Date.now(); });
}"""


@dataclass
class Tablet:
    """One observer's browser. answers: the statuses of the replies to its batches since the net came back."""

    name: str
    observer: Observer
    context: BrowserContext
    recorder: RecorderPage
    answers: Counter[str] = field(default_factory=Counter)
    began_with: int = 0

    def heard(self, response: Response) -> None:
        """Count the reply when it is one to a batch."""
        if response.request.method == "POST" and response.url.endswith("/haendelser"):
            self.answers[str(response.status)] += 1


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.offline", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--ticks", type=int, default=600, help="by each observer, evenly over the minutes")
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    findings, browser = measure(chosen.minutes, chosen.ticks)
    return end_with(
        "offline",
        "B4: recorded without a net, then online; one of two with the sign-in expired meanwhile",
        plan={"minutes": chosen.minutes, "ticks": chosen.ticks, "within_s": WITHIN_S},
        findings=findings,
        problems=judge(findings, chosen.ticks),
        save=chosen.save,
        used={"chromium": browser},
    )


def measure(minutes: float, ticks: int) -> tuple[dict[str, Any], str]:
    """Run it in an installation of its own. Returns the findings by tablet, and Chromium's version."""
    with installation("sqlite") as made:
        scene = make_scene(made, observers=2, kontrakter=1, kendetegn=twelve_kendetegn())
        server, engine = Server(made), made.engine()
        server.start()
        try:
            wait_until_it_answers(server.port)
            with sync_playwright() as playwright:
                launched = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
                names = ("signed_in", "expired")
                base = f"http://{HOST}:{server.port}"
                tablets = [begin(launched, base, *one, engine) for one in zip(names, scene, strict=True)]
                record_offline(tablets, minutes, ticks)
                findings = {one.name: come_back(one, engine) for one in tablets}
                version = launched.version
                launched.close()
                return findings, version
        finally:
            engine.dispose()
            server.kill()


def begin(launched: Browser, base: str, name: str, observer: Observer, engine: Engine) -> Tablet:
    """Begin the samtale with a net, then lose it."""
    context = launched.new_context(**TABLET)
    sign_in(context, base, observer.email)
    recorder = RecorderPage(context.new_page(), base, observer.kontrakter[0])
    recorder.open(running=False)
    recorder.wait_for_words("^Gemt$")
    tablet = Tablet(name, observer, context, recorder)
    tablet.began_with = len(stored_ids(engine, recorder.kontrakt_id))
    context.set_offline(True)
    return tablet


def record_offline(tablets: list[Tablet], minutes: float, ticks: int) -> None:
    """All of them tap so often in that time; half-way the cookies of one go."""
    begun, gap_s = time.monotonic(), minutes * 60 / ticks
    for nr in range(ticks):
        if nr == ticks // 2:
            tablets[-1].context.clear_cookies()
        early = begun + nr * gap_s - time.monotonic()
        if early > 0:
            tablets[0].recorder.page.wait_for_timeout(early * 1000)
        for tablet in tablets:
            tablet.recorder.tick()
    for tablet in tablets:
        tablet.recorder.wait_for_words(f"gemt på enheden · {ticks} venter$")


def come_back(tablet: Tablet, engine: Engine) -> dict[str, Any]:
    """Give the tablet its net again, and see how long it takes until the server has what the device holds."""
    recorder = tablet.recorder
    device = {record["id"] for record in recorder.on_device()}
    sent_offline = len(stored_ids(engine, recorder.kontrakt_id)) - tablet.began_with
    recorder.page.evaluate(HEAR_ONLINE)
    tablet.context.on("response", tablet.heard)
    if tablet.name == "signed_in":
        keep_signed_in(tablet, engine)
    online_at, wall_at = time.monotonic(), time.time()
    tablet.context.set_offline(False)
    from_ = online_at if tablet.name == "signed_in" else sign_in_again(tablet)
    seconds = wait_until_stored(tablet, engine, device, from_)
    recorder.wait_for_words("^Gemt$")
    said_saved = time.monotonic() - from_
    heard = recorder.page.evaluate("window.heardOnline")
    stored = Counter(stored_ids(engine, recorder.kontrakt_id))
    return {
        "ticks_tapped": recorder.taps,
        "ticks_on_the_tiles": sum(recorder.counts().values()),
        "events_on_device": len(device),
        "sent_while_offline": sent_offline,
        "seconds_until_all_are_stored": seconds,
        "seconds_until_the_screen_says_so": round(said_saved, 2),
        "the_page_heard_that_it_is_online_after_s": heard and round(heard / 1000 - wall_at, 2),
        "answers_to_batches": dict(sorted(tablet.answers.items())),
        "lost": len(device - stored.keys()),
        "unexpected": len(stored.keys() - device),
        "doubled": sum(count - 1 for count in stored.values()),
    }


def keep_signed_in(tablet: Tablet, engine: Engine) -> None:
    """As if its person had been seen elsewhere just now: half an hour's quiet is the other case."""
    theirs = select(Person.id).where(Person.email == tablet.observer.email)
    with engine.begin() as connection:
        connection.execute(
            update(Indlogning).where(Indlogning.person_id.in_(theirs)).values(set_at=clock.now())
        )


def sign_in_again(tablet: Tablet) -> float:
    """As the same person, by the recorder's own link, in another tab; then back. Returns when it was pressed."""
    page = tablet.recorder.page
    link = page.locator("[data-banner-link]")
    expect(link).to_be_visible(timeout=PATIENCE_MS)
    with tablet.context.expect_page() as opened:
        link.tap()
    tab = opened.value
    tab.locator("[name=email]").fill(tablet.observer.email)
    tab.locator("[name=password]").fill(PASSWORD)
    pressed_at = time.monotonic()
    tab.get_by_role("button", name="Log ind").tap()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Du er logget ind igen", timeout=PATIENCE_MS)
    tab.close()
    page.bring_to_front()
    return pressed_at


def wait_until_stored(tablet: Tablet, engine: Engine, wanted: set[str], from_: float) -> float | None:
    """Seconds until the server's database has all of these; None when it never came to that."""
    while time.monotonic() - from_ < GIVE_UP_S:
        if wanted <= set(stored_ids(engine, tablet.recorder.kontrakt_id)):
            return round(time.monotonic() - from_, 2)
        tablet.recorder.page.wait_for_timeout(LOOK_EVERY_MS)
    return None


def judge(findings: dict[str, Any], ticks: int) -> list[str]:
    """What must not be; empty when all is well."""
    problems = []
    for name, found in findings.items():
        wanted_none = ("lost", "unexpected", "doubled", "sent_while_offline")
        problems += [f"{name}: {what} {found[what]}" for what in wanted_none if found[what]]
        if (found["ticks_tapped"], found["ticks_on_the_tiles"]) != (ticks, ticks):
            problems.append(f"{name}: {found['ticks_on_the_tiles']} of {ticks} taps became ticks")
        seconds = found["seconds_until_all_are_stored"]
        if seconds is None or seconds > WITHIN_S:
            problems.append(f"{name}: stored after {seconds} s")
        strange = set(found["answers_to_batches"]) - {"200", *(["401"] if name == "expired" else [])}
        if strange:
            problems.append(f"{name}: answers {sorted(strange)}")
    return problems


if __name__ == "__main__":
    sys.exit(main())
