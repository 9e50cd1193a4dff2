"""The whole product in a real browser: a served application, people who sign in, pages that watch themselves.

`live.page_for("mette")` is a page signed in by the real form; `live.phone_for` the same on a phone.
Whatever a page complains of (a script error, a breach of the content policy, a call to another host) fails the
test when it ends, unless the test said `live.expects(…)`.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from people import PASSWORD, World, make_world
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import make_server

from supervision.db import db
from supervision.sign_in import hash_of

IN_CI = os.environ.get("CI") == "true"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


@dataclass
class Live:
    """A served application. `complaints` is what the pages have complained of so far."""

    base_url: str
    app: Flask
    world: World
    open_context: Callable[..., BrowserContext]
    complaints: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def page_for(self, person: str | None, **options: Any) -> Page:
        """A page in a browser context of its own, signed in as this person of the world (None: nobody)."""
        page = self.watch(self.open_context(base_url=self.base_url, locale="da-DK", **options).new_page())
        if person is not None:
            self.sign_in(page, person)
        return page

    def phone_for(self, person: str | None) -> Page:
        """The same on a phone with a touch screen, 390 × 844."""
        return self.page_for(person, **PHONE)

    def sign_in(self, page: Page, person: str, target: str = "/profil") -> None:
        """Sign in by the form, as anybody would."""
        page.goto(f"/log-ind?next={target}")
        self.fill_sign_in(page, person)
        page.wait_for_url(f"**{target}")

    def fill_sign_in(self, page: Page, person: str) -> None:
        """Fill in the sign-in form that the page shows, and send it."""
        page.locator("[name=email]").fill(f"{person}@test.example")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Log ind").click()

    def watch(self, page: Page) -> Page:
        """Write down what the page complains of. For pages that a test opens itself in a context."""
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("console", self._heard)
        page.on("request", self._asked)
        return page

    def expects(self, pattern: str) -> None:
        """Let the pages complain of what matches: for tests that cut the net or sign somebody out."""
        self.allowed.append(pattern)

    def unexpected(self) -> list[str]:
        """The complaints that no test asked for."""
        return [text for text in self.complaints if not any(re.search(p, text) for p in self.allowed)]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") or "Content Security Policy" in message.text:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base_url, "data:", "blob:")):
            self.complaints.append(f"outside address: {request.url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Skips where there is none; fails in CI."""
    given = os.environ.get("CHROMIUM", "")
    found = given or next((path for name in NAMES if (path := shutil.which(name))), "")
    if not found or not Path(found).exists():
        if IN_CI:
            pytest.fail("there is no Chromium on this machine")
        pytest.skip("there is no Chromium on this machine (set CHROMIUM to its path)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-quic"])
        yield browser
        browser.close()


@pytest.fixture
def live(sqlite_app: Flask, chromium: Browser) -> Iterator[Live]:
    """The application on 127.0.0.1 with threads, and its people with real passwords."""
    with sqlite_app.app_context():
        world = make_world(hash_of(PASSWORD))
        db.session.commit()
        db.session.remove()
    with served(sqlite_app) as base_url:
        contexts: list[BrowserContext] = []

        def open_context(**options: Any) -> BrowserContext:
            contexts.append(chromium.new_context(**options))
            contexts[-1].set_default_timeout(10_000)
            return contexts[-1]

        serving = Live(base_url, sqlite_app, world, open_context)
        yield serving
        for context in contexts:
            context.close()
    assert not serving.unexpected(), "\n".join(serving.unexpected())


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """`with served(app) as base_url`: the application on a free port of 127.0.0.1."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
