"""`python -m benchmarks.banehalvdel_browser`: the check of sentences in Chromium; exit 0 below 50 ms for 2,000 letters.

The scripts that the page loads, in the system's Chromium, at full speed (the bar) and slowed down as a phone is. Texts
are made as in `benchmarks.banehalvdel`, each judged once, nothing remembered but the lexicon. That is built once, in a
worker beside the page (`lexicon`), so that no key waits for it; `loaded` is the engine's bytes as they are sent.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from supervision.compression import packed
from supervision.static_files import without_comments

from .banehalvdel import HOUSE, MOST_MS, RESULTS, ROUNDS, SEED, TEXT_LENGTH, own
from .figures import spread
from .opening import BROWSERS
from .versions import versions

STATIC = HOUSE / "static"
ENGINE = STATIC / "js" / "feedback" / "banehalvdel"
SLOWED = (1, 4, 6)
"""Times slower than this machine; a phone of the middle is often counted as 4."""
SCRIPT = """async (texts) => {
    const ms = (work) => { const begun = performance.now(); work(); return performance.now() - begun; };
    const [{ bedoemTekst }, { prepare }] = await Promise.all(
        ["dom", "ord"].map((name) => import(`/js/feedback/banehalvdel/${name}.js`)));
    return { lexicon: ms(prepare), texts: texts.map((text) => ms(() => bedoemTekst(text))) };
}"""


class Files(SimpleHTTPRequestHandler):
    """The static files, and an empty page at /."""

    extensions_map = {".js": "text/javascript"}

    def do_GET(self) -> None:
        """One file, or the empty page."""
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>banehalvdel</title>")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the output."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the static files on 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(STATIC)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def texts() -> list[str]:
    """ROUNDS texts of TEXT_LENGTH characters, made of the project's own sentences."""
    chance, sentences, made = Random(SEED), own(), []
    for _ in range(ROUNDS):
        text = ""
        while len(text) < TEXT_LENGTH:
            text += chance.choice(sentences).tekst.rstrip(".") + ". "
        made.append(text[:TEXT_LENGTH])
    return made


def measure(browser: Browser, address: str, slower: int) -> dict[str, Any]:
    """Milliseconds for the lexicon, for the first text, and for each text."""
    page = browser.new_page()
    page.goto(address)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    found = page.evaluate(SCRIPT, texts())
    page.close()
    first, *_ = taken = found["texts"]
    return {
        "slower": slower,
        "lexicon": round(found["lexicon"]),
        "first": round(first, 1),
        "ms": spread(taken),
    }


def chromium_path() -> str | None:
    """The system's Chromium; None where there is none, and playwright then looks for its own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def loaded() -> int:
    """Bytes of the engine's scripts as they are sent."""
    scripts = [path.read_text(encoding="utf-8") for path in sorted(ENGINE.glob("*.js"))]
    return sum(len(packed(without_comments(script).encode(), "br", best=True)) for script in scripts)


def main() -> int:
    """Print (and with --save store) the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", action="store_true", help="write results/banehalvdel-browser.json")
    save = parser.parse_args().save
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        chromium = browser.version
        runs = [measure(browser, address, slower) for slower in SLOWED]
        browser.close()
    passed = all(run["ms"]["p95"] < MOST_MS for run in runs if run["slower"] == 1)
    found = {"characters": TEXT_LENGTH, "loaded": loaded(), "runs": runs, "passed": passed}
    print(json.dumps(found, indent=1))
    if save:
        whole = {"versions": {**versions(), "chromium": chromium}, **found}
        (RESULTS / "banehalvdel-browser.json").write_text(
            json.dumps(whole, indent=1) + "\n", encoding="utf-8"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
