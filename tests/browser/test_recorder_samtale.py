"""A samtale of 45 minutes on a phone: flight mode for half of it, two reloads, five ticks taken back, two speakers
backdated; and the figures afterwards are those of a count by hand.

The page's clock is moved from one tap to the next; everything else is as it is: taps, storage, network, server.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from agreed import ELEMENT
from optager import NO_NET, Optager
from playwright.sync_api import Page, expect
from test_recorder_hold import since

from supervision.observationer.measures import maal

pytestmark = pytest.mark.browser

NO_JUMPED_TIMEOUT = "AbortSignal.timeout = () => new AbortController().signal;"
"""A jump of the page's clock would otherwise cut off whatever the server is about to answer."""
ASKS, GOES_OUT, REASONS = "no_spoerger", "ud_gang", "sk_grunde"

BY_HAND = {
    "varighed_ms": 2_520_000,
    "taletid_ms": {"medarbejder": 1_080_000, "borger": 1_345_000, "samtidig": 30_000, "stilhed": 60_000},
    "laengste_tur_ms": {"medarbejder": 600_000, "borger": 390_000, "samtidig": 30_000, "stilhed": 60_000},
    "taletid_andel": {"medarbejder": 0.4454, "borger": 0.5546},
    "faser": {
        "kontrakt": {"antal": 1, "ms": 295_000},
        "emne": {"antal": 1, "ms": 2_040_000},
        "afslutning": {"antal": 1, "ms": 180_000},
    },
    "ugu": {"giv": 2, "indrammet": 1, "uden_foer": 0, "uden_efter": 1},
    "faerdigheder": {ASKS: 4, GOES_OUT: 2, REASONS: 1},
    "elementer": {ELEMENT: 1},
}
"""Medarbejder: 0.05–1.05, 4.05–6.05, 10.05–12.05, 17.05–20.05 and 30.05–40.05. Borger: 1.05–4.05, 6.05–10.05,
12.05–17.05, 20.35–30.05 without the pause 22.00–25.00, and 41.05–45.00. Samtidig 20.05–20.35, stilhed 40.05–41.05.
Kontrakt from 0.05, emne from 5.00 (without the pause), afslutning from 42.00. U G U in emne 1, U G in emne 2. Twelve
ticks, five taken back."""


class Samtale:
    """A recorder whose clock stands still between taps."""

    def __init__(self, live: Any, page: Page, kontrakt_id: UUID) -> None:
        self.page = page
        self.optager = Optager(live, page, kontrakt_id)
        expect(page.locator("[data-act=start]")).to_be_enabled()
        self.began = datetime.fromtimestamp(page.evaluate("Date.now()") / 1000 + 5)
        page.clock.pause_at(self.began)
        self.optager.start()

    def at(self, minutes: int, seconds: int = 0) -> Samtale:
        self.page.clock.pause_at(self.began + timedelta(minutes=minutes, seconds=seconds))
        return self

    def speaks(self, kode: str) -> None:
        self.optager.press("taler", kode)

    def spoke(self, kode: str, seconds_ago: int) -> None:
        """Held until it asks since when; the press began at the time the clock stands at."""
        box = self.optager.field("taler", kode).bounding_box()
        thumb = self.page.context.new_cdp_session(self.page)
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        thumb.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        self.page.clock.run_for(500)
        thumb.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        since(self.optager, seconds_ago)

    def tick(self, kode: str, *, wrong: bool = False) -> None:
        self.optager.press("faerdighed", kode)
        if wrong:
            self.optager.act("fortryd")

    def reload(self) -> None:
        """The same clock afterwards, to the second; the server gets its moment where there is a net."""
        before = self.page.locator("[data-clock]").inner_text()
        self.page.reload()
        expect(self.page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")
        expect(self.page.locator("[data-clock]")).to_have_text(before)

    def sent(self) -> None:
        """Let up to fifty seconds pass."""
        for _ in range(25):
            self.page.clock.run_for(2_000)
            self.page.wait_for_timeout(100)
            if self.page.locator("[data-state-words]").inner_text() == "Gemt":
                return
        self.optager.saved()


def test_forty_five_minutes_with_half_of_it_in_flight_mode(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.phone_for("jonas")
    page.clock.install()
    page.add_init_script(NO_JUMPED_TIMEOUT)
    samtale = Samtale(live, page, kontrakt_id)
    optager = samtale.optager
    begin(samtale)
    samtale.sent()
    samtale.at(15)
    page.context.set_offline(True)
    go_on_without_a_net(samtale)
    expect(page.locator("[data-state-words]")).to_contain_text("Uden net · gemt på enheden")
    samtale.at(38)
    page.context.set_offline(False)
    samtale.at(40, 5).speaks("stilhed")
    samtale.sent()
    samtale.at(41, 5).speaks("borger")
    samtale.at(42)
    optager.press("fase", "afslutning")
    samtale.at(45)
    shown = optager.end()
    page.clock.run_for(3_000)
    expect(page.locator("[data-end-words]")).to_have_text("Alt er gemt.")

    figures = maal(optager.stored())
    assert {name: figures[name] for name in BY_HAND} == BY_HAND
    assert shown == {
        "varighed": 2_520_000,
        "medarbejder": 1_080_000,
        "borger": 1_345_000,
        "indrammet": 1,
        "kryds": 7,
    }
    ids = [event.id for event in optager.stored()]
    assert len(ids) == len(set(ids))


def begin(samtale: Samtale) -> None:
    """The first fifteen minutes, with a net."""
    optager = samtale.optager
    samtale.at(0, 5)
    optager.press("fase", "kontrakt")
    optager.press("element", ELEMENT)
    samtale.speaks("medarbejder")
    samtale.at(1, 5).speaks("borger")
    samtale.at(2).tick(ASKS)
    samtale.at(3).tick(ASKS, wrong=True)
    samtale.at(4, 5).speaks("medarbejder")
    samtale.at(5)
    optager.press("fase", "emne")
    optager.press("ugu", "undersoeg")
    samtale.at(6, 5).speaks("borger")
    samtale.at(7).tick(GOES_OUT)
    samtale.at(8)
    optager.press("ugu", "giv")
    samtale.at(9)
    optager.press("ugu", "undersoeg")
    samtale.at(10, 15).spoke("medarbejder", 10)
    samtale.at(11).tick(REASONS, wrong=True)
    samtale.at(12, 5).speaks("borger")
    samtale.at(13).tick(REASONS)
    samtale.at(14).tick(ASKS)


def go_on_without_a_net(samtale: Samtale) -> None:
    """From minute 15 to 38 in flight mode: two reloads, a pause, a second emne."""
    optager = samtale.optager
    samtale.at(16).reload()
    samtale.tick(GOES_OUT, wrong=True)
    samtale.at(17, 5).speaks("medarbejder")
    samtale.at(18)
    optager.act("emne_efter")
    optager.press("ugu", "undersoeg")
    samtale.at(19)
    optager.press("ugu", "giv")
    samtale.at(20, 5).speaks("samtidig")
    samtale.at(20, 35).speaks("borger")
    samtale.at(21).tick(ASKS)
    samtale.at(22)
    optager.act("pause")
    samtale.at(25)
    optager.act("pause")
    samtale.at(26).reload()
    samtale.at(27).tick(ASKS, wrong=True)
    samtale.at(28).tick(GOES_OUT)
    samtale.at(30, 25).spoke("medarbejder", 20)
    samtale.at(33).tick(REASONS, wrong=True)
    samtale.at(35).tick(ASKS)
