"""After a sign-out on a shared tablet nothing is left of whoever used it: no page, no name, no word, no byte.

`Tablet` is a real Chromium with a profile on the disk. People use every page they have, type in every field, record and
sign out; then the next one looks everywhere, and the profile's files are searched byte by byte.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import web
from agreed import add_kontrakt
from conftest import served
from flask import Flask
from optager import WORKER_READY, Optager
from people import World, make_world
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from test_recorder_leaving import sign_out
from test_recorder_offline import device_text

from supervision import headers
from supervision.access import matrix
from supervision.db import db
from supervision.personer.models import Person
from supervision.static_files import StaticFiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "guards"))

from test_viewpoints import VIEWPOINTS, build, fill

pytestmark = [pytest.mark.browser, pytest.mark.gate("F1"), pytest.mark.gate("F3")]

CANARY = "kanarie"
"""In every text of the tests' data, in every name here, and in all that is typed."""
WHOSE = {"administrator": "administrator", "katalogredaktoer": "administrator", "teamleder": "leder"}
NOT_PAGES = ("/api/", "/static/", "/service-worker.js", "/log-ind")
TYPE_EVERYWHERE = """() => {
  for (const one of document.querySelectorAll("textarea, input:not([type]), input[type=text], input[type=search]")) {
    if (one.readOnly || one.disabled || !one.offsetParent) continue;
    one.focus();
    document.execCommand("insertText", false, "kanarie-tastet");
  }
}"""


@dataclass
class Tablet:
    """A profile on a disk and the browser that runs on it now."""

    chromium: Browser
    profile: Path
    base_url: str
    app: Flask
    world: World
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)

    def turn_on(self) -> None:
        """With the cache for the back button that test browsers lack and real ones have."""
        self.context = self.chromium.browser_type.launch_persistent_context(
            str(self.profile),
            executable_path=CHROMIUM[0],
            args=["--no-sandbox", "--disable-quic"],
            ignore_default_args=["--disable-back-forward-cache"],
            base_url=self.base_url,
            locale="da-DK",
        )
        self.context.set_default_timeout(8_000)
        self.page = self.context.new_page()

    def turn_off(self) -> None:
        self.context.close()

    def let_in(self, person: str) -> None:
        client = web.Browser.signed_in(self.app, self.world.people[person])
        name = self.app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        self.context.add_cookies(
            [{"name": name, "value": cookie.value, "url": self.base_url, "httpOnly": True}]
        )

    def use(self, addresses: list[str]) -> None:
        """Open each page and write in it. A file is taken down as from a link."""
        for address in addresses:
            with suppress(Error):
                self.page.goto(address, wait_until="load")
                self.page.evaluate(TYPE_EVERYWHERE)

    def record(self, kontrakt_id: UUID) -> None:
        optager = Optager(self, self.page, kontrakt_id)
        self.page.wait_for_function(WORKER_READY, timeout=60_000)
        optager.start()
        optager.tick()
        optager.note("kanarie-note Han så væk")
        optager.saved()

    def leave(self) -> None:
        self.page.goto("/profil")
        sign_out(self.page)
        expect(self.page.get_by_role("heading", name="Log ind")).to_be_visible()


CHROMIUM: list[str] = []


@dataclass
class Seen:
    """What the next one found, by where; addresses of pages that showed something, files with bytes of somebody."""

    found: list[str] = field(default_factory=list)
    looked_at: int = 0
    searched_bytes: int = 0

    def look(self, where: str, text: str) -> None:
        self.looked_at += 1
        if CANARY in text.lower():
            self.found.append(where)


@pytest.fixture
def tablet(
    sqlite_app: Flask,
    chromium: Browser,
    chromium_path: str,
    compressed: Path,
    password_hash: str,
    tmp_path: Path,
) -> Any:
    """`tablet(wrapped)` -> a Tablet on a served application whose people and texts are all canaries."""
    CHROMIUM[:] = [chromium_path]

    @contextmanager
    def make(wrapped: Callable[[Any], Any] = lambda app: app) -> Iterator[tuple[Tablet, dict[str, Any]]]:
        with sqlite_app.app_context():
            world = make_world(password_hash)
            for person in db.session.query(Person):
                person.navn = f"Kanarie{person.navn}"
            ids = {**fill(world), "ny_kontrakt": add_kontrakt(world)}
            db.session.commit()
            db.session.remove()
        with served(wrapped(StaticFiles(sqlite_app, compressed))) as base_url:
            yield Tablet(chromium, tmp_path / "profil", base_url, sqlite_app, world), ids

    return make


def pages_of(app: Flask, ids: dict[str, Any]) -> dict[str, list[str]]:
    """Each address with a GET once, with the first person who may see it."""
    found: dict[str, list[str]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=str):
        line = matrix()[rule.endpoint]
        if "GET" not in (rule.methods or ()) or str(rule).startswith(NOT_PAGES) or rule.arguments - set(ids):
            continue
        viewpoint = next(iter(line.seen_by), "")
        person = VIEWPOINTS[viewpoint] if viewpoint else WHOSE.get(line.who, "mette")
        found.setdefault(person or "mette", []).append(build(app, rule, ids))
    return found


def used_and_left(tablet: Tablet, pages: dict[str, list[str]], kontrakt_id: UUID) -> Seen:
    """Everybody in turn uses their pages; jonas records; all sign out. Then what can be found."""
    seen = Seen()
    tablet.turn_on()
    for person, addresses in pages.items():
        tablet.let_in(person)
        if person == "jonas":
            tablet.record(kontrakt_id)
        tablet.use(addresses)
        tablet.leave()
    nobody_looks(tablet, seen, [one for addresses in pages.values() for one in addresses])
    tablet.turn_off()
    search_bytes(tablet.profile, seen)
    return seen


def nobody_looks(tablet: Tablet, seen: Seen, addresses: list[str]) -> None:
    """The back button, what scripts can find, and every address without a net."""
    page = tablet.page
    for steps in range(1, 7):
        with suppress(Error):
            page.go_back(wait_until="load")
        seen.look(f"{steps} back", source_of(page))
    page.goto("/log-ind")
    seen.look("the device", device_text(page))
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
            (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat()"""
    )
    seen.found += [
        f"kept: {path}" for path in kept if not path.startswith("/static/") and path != "/optager/skal"
    ]
    tablet.context.set_offline(True)
    for address in addresses:
        with suppress(Error):
            page.goto(address, wait_until="commit")
        seen.look(f"without a net: {re.sub(r'[0-9a-f-]{36}', '*', address)}", source_of(page))
    tablet.context.set_offline(False)


def source_of(page: Page) -> str:
    """What the page shows now; again when it was on its way to another.

    A page that comes whole from the back button's cache cannot be asked any more: then it is found, whatever it says.
    """
    for _ in range(5):
        with suppress(Error):
            page.wait_for_load_state("load")
            return page.content()
    return f"{CANARY}: shown from the memory of the back button"


def search_bytes(profile: Path, seen: Seen) -> None:
    """Every file of the profile, in the two ways that Chromium writes letters."""
    wanted = [re.compile(re.escape(CANARY.encode(how)), re.IGNORECASE) for how in ("utf-8", "utf-16-le")]
    for path in (path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()):
        raw = path.read_bytes()
        seen.searched_bytes += len(raw)
        seen.found += [
            f"bytes in {path.relative_to(profile).parts[1:2]}: {raw[max(0, hit.start() - 40) : hit.end() + 40]!r}"
            for one in wanted
            for hit in one.finditer(raw)
        ]


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "every", [pytest.param(3, marks=pytest.mark.wide), pytest.param(1, marks=pytest.mark.soak)]
)
def test_the_next_one_finds_nothing(tablet: Any, every: int, record_property: Any) -> None:
    with tablet() as (device, ids):
        pages = {person: found[::every] for person, found in pages_of(device.app, ids).items()}
        seen = used_and_left(device, pages, ids["ny_kontrakt"])
        next_one_signs_in(device, seen)
    assert seen.found == []
    assert sum(map(len, pages.values())) > 150 // every
    record_property(
        "figure",
        f"0 canaries in {seen.looked_at} looks after {sum(map(len, pages.values()))} addresses and a samtale,"
        f" and in {seen.searched_bytes // 1000} kB of raw profile",
    )


def next_one_signs_in(tablet: Tablet, seen: Seen) -> None:
    """Another person, with a net: the recorder that jonas used is not theirs, and the device tells nothing."""
    tablet.turn_on()
    tablet.page.goto("/log-ind")
    seen.look("signed out, with a net", source_of(tablet.page))
    tablet.let_in("fremmed")
    tablet.page.goto("/hjaelp")
    tablet.page.go_back()
    seen.look("the device, of the next one", device_text(tablet.page))
    tablet.turn_off()


class CachesPages:
    """The planted bug of most offline products: the worker keeps each page it has fetched."""

    MORE = """
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.stopImmediatePropagation();
  event.respondWith(fetch(event.request).then(async (answer) => {
    (await caches.open("sider")).put(event.request, answer.clone());
    return answer;
  }).catch(() => caches.match(event.request)));
});
"""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: Any, start: Any) -> Any:
        if environ["PATH_INFO"] != "/service-worker.js":
            return self.app(environ, start)
        environ.pop("HTTP_ACCEPT_ENCODING", None)

        def begin(status: str, lines: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [line for line in lines if line[0].lower() != "content-length"], *more)

        return [self.MORE.encode(), *self.app(environ, begin)]


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`planted(name)` breaks the product and gives what to wrap the application in."""

    def plant(name: str) -> Callable[[Any], Any]:
        if name == "worker":
            monkeypatch.setattr(headers, "CLEAR_ALL", headers.CLEAR_PAGES)
            return CachesPages
        if name == "titles":
            monkeypatch.setattr("supervision.danish._NAVN", re.compile("(?P<i_stedet>(?!))"))
        if name == "headers":
            monkeypatch.setattr(headers, "CLEAR_ALL", '"executionContexts"')
            monkeypatch.setattr(headers, "CLEAR_PAGES", '"executionContexts"')
            monkeypatch.setattr(headers, "KEPT_BY_ITS_OWNER", "feedback.laes")
        return lambda app: app

    return plant


@pytest.mark.wide
@pytest.mark.parametrize(
    ("bug", "where"),
    [("worker", "kept: /feedback/"), ("titles", "bytes in"), ("headers", "back")],
)
@pytest.mark.planted("F1", "F3")
def test_the_search_finds_what_is_left(tablet: Any, planted: Any, bug: str, where: str) -> None:
    with tablet(planted(bug)) as (device, ids):
        address = f"/feedback/{ids['feedback_id']}"
        device.turn_on()
        device.let_in("jonas")
        device.record(ids["ny_kontrakt"])
        device.leave()
        device.turn_off()
        seen = used_and_left(device, {"mette": [address, "/hjaelp"]}, ids["ny_kontrakt"])
    assert any(where in found for found in seen.found), seen.found
