"""The recorder's page as a thumb uses it, and what its screen is held to at every size."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from agreed import add_kontrakt
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from supervision.db import db
from supervision.observationer.measures import effective
from supervision.observationer.queries import find_observation_of, list_haendelser
from supervision.observationer.rules import Haendelse

NO_NET = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
SIGNED_OUT = r"status of 401"
SECOND_TILE = "no_spoerger"
WORKER_READY = "() => navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')"
SIZES = [(390, 844), (820, 1180), (1180, 820), (1280, 720)]


class Optager:
    """The recorder's page as a thumb uses it."""

    def __init__(self, live: Any, page: Page, kontrakt_id: UUID) -> None:
        self.live, self.page, self.kontrakt_id = live, page, kontrakt_id
        self.touch: bool = page.evaluate("navigator.maxTouchPoints > 0")
        self.open()

    def open(self) -> None:
        self.page.goto(f"/optager/{self.kontrakt_id}")

    def start(self) -> None:
        self.act("start")
        expect(self.page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")

    def field(self, spor: str, kode: str) -> Any:
        return self.page.locator(f'[data-spor="{spor}"][data-kode="{kode}"]')

    def press(self, spor: str, kode: str) -> None:
        self.hit(self.field(spor, kode))

    def act(self, name: str) -> None:
        self.hit(self.page.locator(f'[data-act="{name}"]').first)

    def hit(self, target: Any) -> None:
        """With a thumb where there is a touch screen, else with the mouse."""
        target.tap() if self.touch else target.click()

    def tick(self, kode: str = SECOND_TILE) -> None:
        """One tick; the next on the same tile counts when 300 ms have passed."""
        self.press("faerdighed", kode)
        self.page.wait_for_timeout(320)

    def tick_without_a_net(self) -> None:
        """Start, and when that is stored, one tick that cannot be sent."""
        self.start()
        self.saved()
        self.page.context.set_offline(True)
        self.tick()

    def state(self, words: str) -> None:
        expect(self.page.locator("[data-state-words]")).to_have_text(words)

    def saved(self) -> None:
        self.state("Gemt")

    def note(self, text: str) -> None:
        self.act("note")
        self.page.locator("[data-note-text]").fill(text)
        self.page.get_by_role("button", name="Gem noten").click()

    def end(self) -> dict[str, int]:
        """Ask for the end, read the summary, and say yes. The figures by name."""
        self.act("afslut")
        figures = {
            figure.get_attribute("data-figure"): int(figure.get_attribute("data-value"))
            for figure in self.page.locator("[data-figure]").all()
        }
        self.act("afslut_nu")
        return figures

    def stored(self) -> list[Haendelse]:
        """What the server has, read from its database."""
        with self.live.app.app_context():
            observation = find_observation_of(self.kontrakt_id)
            found = list_haendelser(observation.id) if observation else []
            db.session.remove()
        return found

    def on_device(self) -> int:
        """How many events the device itself holds."""
        found: int = self.page.evaluate(
            """async () => {
                const { name } = (await indexedDB.databases()).find((one) => one.name !== "supervision-enhed");
                const database = await new Promise((done) => {
                    const asked = indexedDB.open(name);
                    asked.onsuccess = () => done(asked.result);
                });
                const count = database.transaction("haendelser").objectStore("haendelser").count();
                const found = await new Promise((done) => { count.onsuccess = () => done(count.result); });
                database.close();
                return found;
            }"""
        )
        return found


def agree(live: Any, **wishes: Any) -> UUID:
    with live.app.app_context():
        made = add_kontrakt(live.world, **wishes)
        db.session.commit()
        db.session.remove()
    return made


def of(events: list[Haendelse], spor: str) -> list[str]:
    return [event.kode for event in effective(events) if event.spor == spor]


def made_ready(page: Page) -> None:
    """The service worker has kept the recorder's files."""
    page.wait_for_function(WORKER_READY)
    page.wait_for_function(
        "async () => (await (await caches.open((await caches.keys())[0])).keys()).length > 30"
    )


def altered(page: Page, live: Any, name: str, was: str, becomes: str) -> None:
    """Give the page another version of one of our scripts: a bug that its check is to find."""
    script = Path(live.app.static_folder, name).read_text(encoding="utf-8")
    assert was in script
    broken = script.replace(was, becomes)
    page.context.route(
        f"**/static/{name}", lambda route: route.fulfill(body=broken, content_type="text/javascript")
    )


def soon(true: Callable[[], bool], within_s: float) -> float | None:
    """After how many seconds it became true; None when it did not."""
    began = time.monotonic()
    while time.monotonic() - began < within_s:
        if true():
            return time.monotonic() - began
        time.sleep(0.05)
    return None


def play_a_little(optager: Optager) -> None:
    optager.press("taler", "borger")
    optager.press("fase", "emne")
    optager.press("ugu", "giv")
    optager.tick("sk_grunde")
    optager.saved()
    optager.page.wait_for_timeout(300)


def check_fit(page: Page, *, phone: bool) -> None:
    """Nothing scrolls but the kendetegn, and those only on a phone; a tile is at least 72 px each way."""
    found = page.evaluate(
        """() => {
            const [root, tiles] = [document.documentElement, document.querySelector("[data-tiles]")];
            const sizes = [...tiles.querySelectorAll(".rec-tile")].map((tile) => tile.getBoundingClientRect());
            const buttons = [...document.querySelectorAll(".rec-screen button:not(.rec-step)")];
            const small = buttons.filter((one) => {
                const box = one.getBoundingClientRect();
                return box.width && (box.height < 32 || one.scrollWidth > one.clientWidth + 1);
            });
            return {
                page: root.scrollHeight <= innerHeight && root.scrollWidth <= innerWidth,
                tiles: tiles.scrollHeight <= tiles.clientHeight,
                side: tiles.scrollWidth <= tiles.clientWidth,
                least: Math.min(...sizes.flatMap((box) => [box.width, box.height])),
                small: small.map((one) => one.textContent.trim()),
            };
        }"""
    )
    assert found["page"], found
    assert found["side"], found
    assert found["tiles"] or phone, found
    assert found["least"] >= 72, found
    assert found["small"] == []


def check_with_axe(page: Page, when: str) -> None:
    page.wait_for_timeout(250)
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    violations = results.response["violations"]
    told = [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in violations]
    assert not told, f"{when}: {told}"
