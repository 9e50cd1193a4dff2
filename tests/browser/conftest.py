"""The whole product in a real browser: a served application, people who sign in, pages that watch themselves.

`live.page_for("mette")` is a page signed in, `live.phone_for` the same on a phone; `live.sign_in` fills in the form.
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
from uuid import UUID

import pytest
import web
from flask import Flask
from optager import agree
from people import PASSWORD, World, make_world
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from road import person
from werkzeug.serving import make_server

from supervision.db import db
from supervision.grupper import actions
from supervision.static_files import StaticFiles

expect.set_options(timeout=10_000)  # two workers and a server share two cores

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
        context = self.open_context(base_url=self.base_url, locale="da-DK", **options)
        if person is not None:
            self.let_in(context, person)
        return self.watch(context.new_page())

    def phone_for(self, person: str | None) -> Page:
        """The same on a phone with a touch screen, 390 × 844."""
        return self.page_for(person, **PHONE)

    def let_in(self, context: BrowserContext, person: str) -> None:
        """Sign in without the form: the cookie that it would have given. For what is not about the sign-in."""
        client = web.Browser.signed_in(self.app, self.world.people[person])
        name = self.app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        context.add_cookies([{"name": name, "value": cookie.value, "url": self.base_url, "httpOnly": True}])

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
def chromium_path() -> str:
    """Where the system's Chromium is. Skips where there is none; fails in CI."""
    given = os.environ.get("CHROMIUM", "")
    found = given or next((path for name in NAMES if (path := shutil.which(name))), "")
    if not found or not Path(found).exists():
        if IN_CI:
            pytest.fail("there is no Chromium on this machine")
        pytest.skip("there is no Chromium on this machine (set CHROMIUM to its path)")
    return found


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """The system's Chromium, running."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-quic"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def compressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the static files lie compressed, for the whole run."""
    return tmp_path_factory.mktemp("compressed")


@pytest.fixture
def live(sqlite_app: Flask, chromium: Browser, compressed: Path, password_hash: str) -> Iterator[Live]:
    """The application on 127.0.0.1 with threads and the static files of a real server, and people with passwords."""
    with sqlite_app.app_context():
        world = make_world(password_hash)
        db.session.commit()
        db.session.remove()
    with served(StaticFiles(sqlite_app, compressed)) as base_url:
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


@pytest.fixture
def kontrakt_id(live: Live) -> UUID:
    """A kontrakt of today where jonas is the observatør."""
    return agree(live)


@contextmanager
def served(app: Callable[..., Any]) -> Iterator[str]:
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


@pytest.fixture
def gruppe_id(live: Any) -> UUID:
    """Lone's group with Mette and Jonas."""
    with live.app.app_context():
        leder = person(live.world.leder)
        gruppe = actions.create_gruppe(navn="Torsdagsgruppen", by=leder)
        for name in ("mette", "jonas"):
            actions.add_medlem(gruppe, person=person(live.world.people[name]), by=leder)
        made: UUID = gruppe.id
        db.session.commit()
        db.session.remove()
    return made
