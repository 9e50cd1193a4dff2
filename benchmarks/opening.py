"""`python -m benchmarks.opening`: what crosses the wire when the recorder is opened, cold and warm; exit 0 within Y8.

The product's own server on an installation of its own; the system's Chromium, signed in without having loaded a page.
Cold is the first opening on a device, warm the next one after the service worker has settled. Bytes are those of the
answers as Chromium counts them on the wire, nothing for what came from a cache: compressed bodies, and their headers
apart, since HTTP/2 (the proxy in front) packs headers and the bare server here does not. The bar is for the bodies
that the page itself asks for; what the service worker fetches beside it, to be ready for a day without a net, is
reported apart.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, expect, sync_playwright

from supervision.server import port_taken

from .durability.databases import installation
from .durability.scene import PASSWORD, Observer, make_scene
from .durability.server import HOST, Server
from .versions import versions

RESULTS = Path(__file__).resolve().parent / "results"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COLD_KB = 60
COLD_WITH_FONTS_KB = 115
"""Y8: at most so many thousand bytes cold, besides fonts and with them; warm, no bytes of static files."""

STARTS_WITHIN_S = 60
QUIET_S = 3.0
KINDS = ("page", "data", "script", "style", "font", "picture")


@dataclass
class Asked:
    """One answer: its address, its kind, and the bytes of its body and its headers on the wire."""

    path: str
    kind: str
    body: int
    headers: int


@dataclass
class Traffic:
    """What was asked for over the wire, by the page and by the service worker."""

    page: list[Asked] = field(default_factory=list)
    worker: list[Asked] = field(default_factory=list)
    waiting: dict[str, tuple[str, int]] = field(default_factory=dict)

    def watch(self, context: BrowserContext, page: Page) -> None:
        """Listen from now on."""
        domain = context.new_cdp_session(page)
        domain.send("Network.enable")
        domain.on("Network.responseReceived", self._answered)
        domain.on("Network.loadingFinished", self._finished)
        context.on("requestfinished", self._of_the_worker)

    def clear(self) -> None:
        """Forget what was heard so far."""
        self.page.clear()
        self.worker.clear()

    def _answered(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        kept = (
            answer.get("fromDiskCache") or answer.get("fromServiceWorker") or answer.get("fromPrefetchCache")
        )
        if answer["url"].startswith("http") and not kept:
            self.waiting[event["requestId"]] = (answer["url"], int(answer["encodedDataLength"]))

    def _finished(self, event: dict[str, Any]) -> None:
        url, headers = self.waiting.pop(event["requestId"], ("", 0))
        if url and headers:
            body = int(event["encodedDataLength"]) - headers
            self.page.append(Asked(urlsplit(url).path, kind_of(url), body, headers))

    def _of_the_worker(self, request: Request) -> None:
        if request.service_worker is None:
            return
        url, sizes = request.url, request.sizes()
        body, headers = sizes["responseBodySize"], sizes["responseHeadersSize"]
        self.worker.append(Asked(urlsplit(url).path, kind_of(url), body, headers))


def kind_of(url: str) -> str:
    """One of KINDS, by the address."""
    path = urlsplit(url).path
    endings = {
        "js": "script",
        "css": "style",
        "woff2": "font",
        "svg": "picture",
        "png": "picture",
        "ico": "picture",
    }
    found = endings.get(path.rpartition(".")[2])
    return found or ("data" if "/api/" in path else "page")


def summed(asked: list[Asked]) -> dict[str, Any]:
    """Requests and bytes: bodies in all, besides fonts and of static files; headers; and bodies by kind."""
    by_kind = {kind: [one for one in asked if one.kind == kind] for kind in KINDS}
    return {
        "requests": len(asked),
        "bodies": sum(one.body for one in asked),
        "bodies_besides_fonts": sum(one.body for one in asked if one.kind != "font"),
        "static_bodies": sum(one.body for one in asked if one.path.startswith("/static/")),
        "headers": sum(one.headers for one in asked),
        "by_kind": {
            kind: {"requests": len(found), "bodies": sum(one.body for one in found)}
            for kind, found in by_kind.items()
            if found
        },
    }


def measure() -> dict[str, Any]:
    """Cold and warm, each with what the page and the service worker asked for."""
    with installation("sqlite") as made:
        [observer] = make_scene(made, observers=1, kontrakter=1)
        server = Server(made)
        server.start()
        try:
            base = f"http://{HOST}:{server.port}"
            wait_until_it_answers(server.port)
            with recorder_of(observer, base) as (context, page):
                return open_twice(context, page, f"{base}/optager/{observer.kontrakter[0]}")
        finally:
            server.kill()


def open_twice(context: BrowserContext, page: Page, address: str) -> dict[str, Any]:
    """Open the recorder, let it settle, leave it, and open it again."""
    traffic = Traffic()
    found: dict[str, Any] = {}
    traffic.watch(context, page)
    for which in ("cold", "warm"):
        traffic.clear()
        page.goto(address)
        expect(page.locator('[data-act="start"]').first).to_be_enabled()
        settle(page, traffic)
        found[which] = {"page": summed(traffic.page), "service_worker": summed(traffic.worker)}
        largest = sorted(
            (one for one in traffic.page if one.kind not in ("page", "data")), key=lambda one: -one.body
        )
        found[which]["largest"] = {one.path.removeprefix("/static/"): one.body for one in largest[:8]}
        page.goto("about:blank")
    return found


def settle(page: Page, traffic: Traffic) -> None:
    """Wait until nothing has been asked for in QUIET_S seconds."""
    heard, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET_S:
        page.wait_for_timeout(200)
        if len(traffic.page) + len(traffic.worker) != heard:
            heard, since = len(traffic.page) + len(traffic.worker), time.monotonic()


@contextmanager
def recorder_of(observer: Observer, base: str) -> Iterator[tuple[BrowserContext, Page]]:
    """A signed-in context with an empty cache, and a page in it."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("There is no Chromium on this machine (set CHROMIUM to its path).")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-quic"]
        )
        context = launched.new_context(locale="da-DK", viewport={"width": 390, "height": 844})
        form = context.request.get(f"{base}/log-ind").text()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert token is not None, "the sign-in page has no token"
        fields = {"csrf_token": token.group(1), "email": observer.email, "password": PASSWORD}
        answer = context.request.post(f"{base}/log-ind", form=fields)
        assert answer.ok, f"the sign-in was answered with {answer.status}"
        yield context, context.new_page()
        launched.close()


def wait_until_it_answers(port: int) -> None:
    """Raises RuntimeError when the server does not come up."""
    give_up = time.monotonic() + STARTS_WITHIN_S
    while not port_taken(HOST, port):
        if time.monotonic() > give_up:
            raise RuntimeError("the server did not answer")
        time.sleep(0.05)


def judge(found: dict[str, Any]) -> list[str]:
    """What breaks Y8; empty when nothing does."""
    cold, warm = found["cold"]["page"], found["warm"]["page"]
    problems = []
    if cold["bodies_besides_fonts"] > COLD_KB * 1000:
        problems.append(f"{cold['bodies_besides_fonts']} bytes cold besides fonts, over {COLD_KB} kB")
    if cold["bodies"] > COLD_WITH_FONTS_KB * 1000:
        problems.append(f"{cold['bodies']} bytes cold with fonts, over {COLD_WITH_FONTS_KB} kB")
    if warm["static_bodies"]:
        problems.append(f"{warm['static_bodies']} bytes of static files warm")
    return problems


def main() -> int:
    """Measure, print the result as JSON, and keep it with `--save`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.opening", description=__doc__)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    chosen = parser.parse_args()
    found = measure()
    problems = judge(found)
    result = {
        "what": "Y8: what crosses the wire when the recorder is opened",
        "passed": not problems,
        "problems": problems,
        "findings": found,
        "versions": versions(),
    }
    written = json.dumps(result, indent=2, ensure_ascii=False)
    print(written)
    if chosen.save:
        (RESULTS / "opening.json").write_text(written + "\n", encoding="utf-8")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
