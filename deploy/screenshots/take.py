"""Take the README's screenshots from a running demo: `python deploy/screenshots/take.py [address]`.

Start `supervision demo` first. Signs in as the demo's own people with the system's Chromium, looks and leaves: nothing
is pressed that stores anything. Writes PNG files beside this script; `overview.png` is put together from the others.
"""

from __future__ import annotations

import base64
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from supervision.demo.people import BY_KEY, PASSWORD

HERE = Path(__file__).parent
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
RECORDED = (
    ("Kontrakt", 4), ("Medarbejder", 6), ("Formål", 20), ("Emne", 15), ("Borger", 40), ("Tid", 30),
    ("Medarbejder", 25),
    (re.compile("^Emne$"), 5), ("U: undersøg", 20), ("Borger", 110), ("G: giv", 4), ("Medarbejder", 70),
    ("U: undersøg", 6), ("Borger", 130), ("Næste emne", 2), ("U: undersøg", 10), ("Medarbejder", 45), ("G: giv", 20),
    ("Borger", 48),
)  # fmt: skip
"""What is tapped in the recorder, and for how many seconds it then runs."""
OVERVIEW = """<!doctype html><style>
body {{ margin: 0; padding: 32px; background: #e9e7e1; width: 1560px;
  display: flex; gap: 28px; align-items: flex-start }}
img {{ border-radius: 14px; box-shadow: 0 2px 14px rgba(0, 0, 0, .16); display: block }}
</style><img src="{phone}" width="370"><img src="{desk}" width="1100">"""


def main(address: str) -> None:
    """Take every picture. Raises playwright's TimeoutError when a page does not show what it should."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium mangler.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        _idag(_signed_in(browser, address, "tobias", DESK))
        _tidslinje(_signed_in(browser, address, "maja", DESK))
        _overblik(_signed_in(browser, address, "birgitte", DESK))
        _optager(_signed_in(browser, address, "tobias", PHONE))
        _overview(browser)
        browser.close()


def _signed_in(browser: Browser, address: str, key: str, size: dict[str, int]) -> Page:
    scale = 2 if size is PHONE else 1
    context = browser.new_context(
        base_url=address,
        viewport={"width": size["width"], "height": size["height"]},
        device_scale_factor=scale,
        locale="da-DK",
    )
    page = context.new_page()
    page.goto("/log-ind")
    page.locator("[name=email]").fill(BY_KEY[key].email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/")
    return page


def _idag(page: Page) -> None:
    page.screenshot(path=HERE / "idag.png")


def _tidslinje(page: Page) -> None:
    page.goto("/samtaler")
    page.get_by_role("link", name="Læs den igen").first.click()
    page.screenshot(path=HERE / "feedback.png", full_page=True)
    page.get_by_role("link", name="Se tidslinjen").click()
    page.locator("svg").first.wait_for()
    page.screenshot(path=HERE / "tidslinje.png")


def _overblik(page: Page) -> None:
    page.goto("/overblik")
    page.locator("html[data-charts=drawn]").wait_for()
    page.screenshot(path=HERE / "overblik.png", full_page=True)


def _optager(page: Page) -> None:
    """A samtale on a device without network: the taps stay in this browser and are gone with it."""
    page.clock.install()
    page.get_by_role("link", name="Åbn optageren").click()
    start = page.get_by_role("button", name="Start", exact=True)
    page.locator("[data-act=start]:enabled").wait_for()
    page.context.set_offline(True)
    start.click()
    for name, then in RECORDED:
        page.locator(".rec-screen").get_by_role("button", name=name).first.click()
        page.clock.run_for(then * 1000)
    for tile, ticks in ((0, 3), (1, 5), (2, 2), (4, 1), (1, 1)):
        for _ in range(ticks):
            page.locator("[data-tiles] [data-spor]").nth(tile).click()
            page.clock.run_for(7_000)
    page.screenshot(path=HERE / "optager.png")


def _overview(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1624, "height": 860})
    page.set_content(OVERVIEW.format(phone=_data("optager.png"), desk=_data("tidslinje.png")))
    page.screenshot(path=HERE / "overview.png", full_page=True)


def _data(name: str) -> str:
    return "data:image/png;base64," + base64.b64encode((HERE / name).read_bytes()).decode()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
