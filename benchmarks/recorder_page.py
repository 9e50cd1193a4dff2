"""The recorder in the system's Chromium, as the measurements use it: signed in, tapped by a thumb, read past the page.

What is read from the device is read from IndexedDB by another connection than the product's own.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from typing import Any
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import Engine, text

from supervision.katalog.content import load_katalog
from supervision.server import port_taken

from .durability.scene import PASSWORD
from .durability.server import HOST

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-quic")
TABLET: dict[str, Any] = {
    "locale": "da-DK",
    "viewport": {"width": 820, "height": 1180},
    "is_mobile": True,
    "has_touch": True,
}
SAME_TILE_S = 0.3
"""Ticks on one tile within this time are one tick to the product."""

STARTS_WITHIN_S = 60
PATIENCE_MS = 60_000
STORED = (
    "SELECT haendelse.id FROM haendelse JOIN observation ON observation.id = haendelse.observation_id WHERE "
)
ON_DEVICE = """async () => {
    const all = [];
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((done, failed) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => done(asked.result);
            asked.onerror = () => failed(asked.error);
        });
        if (database.objectStoreNames.contains("haendelser")) {
            const asked = database.transaction("haendelser").objectStore("haendelser").getAll();
            all.push(...(await new Promise((done) => { asked.onsuccess = () => done(asked.result); })));
        }
        database.close();
    }
    return all;
}"""
TILES = """() => [...document.querySelectorAll("[data-spor=faerdighed]")].map((tile) => {
    const { x, y, width, height } = tile.getBoundingClientRect();
    return [tile.dataset.kode, x + width / 2, y + height / 2];
})"""
COUNTS = """() => Object.fromEntries([...document.querySelectorAll("[data-spor=faerdighed]")].map(
    (tile) => [tile.dataset.kode, Number(tile.querySelector("[data-count]").textContent)]))"""


def twelve_kendetegn() -> tuple[str, ...]:
    """As many kendetegn as a kontrakt may have, by a skabelon."""
    return max((skabelon.kendetegn for skabelon in load_katalog().skabeloner), key=len)


def find_chromium() -> str:
    """The system's Chromium; ends the command when there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("There is no Chromium on this machine (set CHROMIUM to its path).")
    return found


def wait_until_it_answers(port: int) -> None:
    """Raises RuntimeError when the server does not come up."""
    give_up = time.monotonic() + STARTS_WITHIN_S
    while not port_taken(HOST, port):
        if time.monotonic() > give_up:
            raise RuntimeError("the server did not answer")
        time.sleep(0.05)


def sign_in(context: BrowserContext, base: str, email: str) -> None:
    """Sign in by the form without loading a page. Raises RuntimeError when it is refused."""
    form = context.request.get(f"{base}/log-ind").text()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
    if token is None:
        raise RuntimeError("the sign-in page has no token")
    fields = {"csrf_token": token[1], "email": email, "password": PASSWORD}
    answer = context.request.post(f"{base}/log-ind", form=fields)
    if not answer.ok or answer.url.endswith("/log-ind"):
        raise RuntimeError(f"the sign-in was answered with {answer.status}")


def stored_ids(engine: Engine, kontrakt_id: UUID) -> list[str]:
    """The ids that the server's database has of this kontrakt, read past the product; one more for every double."""
    hexed = engine.dialect.name == "sqlite"
    asked = text(STORED + "observation.kontrakt_id = :kontrakt")
    with engine.connect() as connection:
        rows = connection.execute(asked, {"kontrakt": kontrakt_id.hex if hexed else kontrakt_id}).all()
    return [str(UUID(str(row[0]))) for row in rows]


class NotOpened(Exception):
    """The page has a message instead of a recorder; its heading."""


class RecorderPage:
    """The recorder of one kontrakt on one page, with a touch screen."""

    def __init__(self, page: Page, base: str, kontrakt_id: UUID) -> None:
        self.page, self.kontrakt_id = page, kontrakt_id
        self.address = f"{base}/optager/{kontrakt_id}"
        self.tiles: list[tuple[str, float, float]] = []
        self.taps = 0
        self._next = 0
        self._tapped_at: dict[str, float] = {}
        page.set_default_timeout(PATIENCE_MS)

    def open(self, *, running: bool) -> None:
        """Open it (running: the samtale has begun on this device) and wait until it can be used.

        Raises NotOpened when the page says that there is nothing to open.
        """
        self.page.goto(self.address)
        if not running:
            start = self.page.locator('[data-act="start"]').first
            expect(start).to_be_enabled(timeout=PATIENCE_MS)
            start.tap()
        root = self.page.locator("[data-recorder]")
        expect(root).to_have_attribute("data-state", re.compile("i_gang|besked"), timeout=PATIENCE_MS)
        if root.get_attribute("data-state") == "besked":
            raise NotOpened(self.page.locator("[data-message-heading]").inner_text())
        self.tiles = [tuple(tile) for tile in self.page.evaluate(TILES)]

    def tick(self) -> str:
        """Touch the next tile, waiting only until it counts again. Returns its code."""
        kode, x, y = self.tiles[self._next % len(self.tiles)]
        self._next += 1
        early = self._tapped_at.get(kode, 0.0) + SAME_TILE_S + 0.05 - time.monotonic()
        if early > 0:
            self.page.wait_for_timeout(early * 1000)
        self.page.touchscreen.tap(x, y)
        self._tapped_at[kode] = time.monotonic()
        self.taps += 1
        return kode

    def words(self) -> str:
        """What the screen says of where the log is."""
        return self.page.locator("[data-state-words]").inner_text()

    def wait_for_words(self, pattern: str) -> None:
        """Wait until the state words match."""
        words = self.page.locator("[data-state-words]")
        expect(words).to_have_text(re.compile(pattern), timeout=PATIENCE_MS)

    def counts(self) -> dict[str, int]:
        """How many ticks each tile shows."""
        found: dict[str, int] = self.page.evaluate(COUNTS)
        return found

    def on_device(self) -> list[dict[str, Any]]:
        """The records that the device holds of this kontrakt."""
        records: list[dict[str, Any]] = self.page.evaluate(ON_DEVICE)
        return [record for record in records if record["kontrakt"] == str(self.kontrakt_id)]
