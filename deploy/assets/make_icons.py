"""Draw the app's icons from static/icons/mark.svg, with the system's Chromium.

Run: python deploy/assets/make_icons.py   (needs the `test` extra; writes static/icons/app-*.png, which are committed)
"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).resolve().parents[2] / "static" / "icons"
SIZES = (180, 192, 512)
MARK_SHARE = 0.62
"""Of the side: small enough for the round mask that phones cut with (the safe zone is 80 % across)."""


def main() -> None:
    """One PNG for each size, the mark on white to the edge."""
    mark = (ICONS / "mark.svg").read_text(encoding="utf-8")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            width = round(size * MARK_SHARE)
            page.set_content(
                "<body style='margin:0;display:grid;place-items:center;height:100vh;background:#fff'>"
                f"<div style='width:{width}px'>{mark}</div>"
            )
            page.screenshot(path=ICONS / f"app-{size}.png")
        browser.close()


if __name__ == "__main__":
    main()
