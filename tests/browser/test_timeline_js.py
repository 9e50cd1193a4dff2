"""The timeline in a browser: told under the pointer and by arrow keys, and to the table by a tap."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from supervision.db import db

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "observationer"))

from made_up_logs import ordinary, two_hours
from observed import observe

pytestmark = pytest.mark.browser

TOLD = "[data-tidslinje-nu]"


@pytest.fixture
def address(live: Any) -> str:
    """The page of an ordinary samtale that jonas observed."""
    with live.app.app_context():
        observation_id = observe(live.world, ordinary())
        db.session.remove()
    return f"/observationer/{observation_id}"


def focused_row(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('tr')?.id ?? ''"))


def test_the_pointer_tells_and_the_legend_comes_back(live: Any, address: str) -> None:
    page = live.page_for("jonas")
    page.goto(address)
    legend = page.locator(TOLD).inner_text()
    assert "Skraveret: pause" in legend
    page.locator(".tl-g").first.hover()
    expect(page.locator(TOLD)).to_have_text("Giv, 7.00–13.00")
    page.locator("h1").hover()
    expect(page.locator(TOLD)).to_have_text(legend)


def test_arrow_keys_walk_the_marks_and_enter_opens_the_row(live: Any, address: str) -> None:
    page = live.page_for("jonas")
    page.goto(address)
    page.locator("[role=slider]").focus()
    expect(page.locator(TOLD)).to_contain_text("Piletasterne")
    page.keyboard.press("ArrowRight")
    expect(page.locator(TOLD)).to_have_text("Kontrakt, 0.00–4.00")
    page.keyboard.press("ArrowRight")
    slider = page.locator("[role=slider]")
    expect(slider).to_have_attribute("aria-valuetext", "Emne, 4.00–18.00")
    expect(slider).to_have_attribute("aria-valuenow", "240000")
    page.keyboard.press("End")
    expect(page.locator(TOLD)).to_have_text("Afslutning, 35.00–41.00")
    page.keyboard.press("ArrowDown")
    expect(page.locator(TOLD)).to_contain_text("Opsummering, 39.00")
    page.keyboard.press("Enter")
    assert focused_row(page) == "t-2340000"
    expect(page.locator("#t-2340000")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Samtalen med Mette")


def test_a_tap_on_a_phone_leads_to_the_row(live: Any, address: str) -> None:
    page = live.phone_for("jonas")
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#t-420000")).to_be_hidden()
    page.locator(".tl-g").first.tap()
    assert focused_row(page) == "t-420000"
    expect(page.locator("#t-420000")).to_be_in_viewport()


def test_who_listens_gets_the_moment_and_may_keep_the_page_still(live: Any, address: str) -> None:
    page = live.page_for("jonas")
    page.goto(address)
    page.evaluate(
        """() => document.addEventListener("tidslinje:valg", (event) => {
            window.chosen = event.detail;
            event.preventDefault();
        })"""
    )
    page.locator(".tl-g").first.click()
    assert page.evaluate("window.chosen") == {"tMs": 420_000, "tekst": "Giv, 7.00–13.00", "spor": "ugu"}
    assert focused_row(page) == ""
    box = page.locator(".tl-svg").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + 8)
    chosen = page.evaluate("window.chosen")
    assert chosen["tekst"] == ""
    assert chosen["tMs"] == pytest.approx(0.75 * 41 * 60_000, abs=5_000)


@pytest.mark.parametrize("width", [320, pytest.param(820, marks=pytest.mark.wide), 1280])
def test_two_hours_fit_every_width(live: Any, width: int) -> None:
    with live.app.app_context():
        observation_id = observe(live.world, two_hours())
        db.session.remove()
    page = live.page_for("jonas", viewport={"width": width, "height": 800})
    page.goto(f"/observationer/{observation_id}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    drawing = page.locator(".tl-svg").bounding_box()
    card = page.locator(".card").first.bounding_box()
    assert drawing is not None
    assert card is not None
    for name in page.locator(".tl-navn").all():
        box = name.bounding_box()
        assert box is not None
        assert card["x"] <= box["x"], "names stay inside the card"
        assert width < 700 or box["x"] + box["width"] <= drawing["x"], (
            "and beside the drawing when there is room"
        )
    assert drawing["x"] + drawing["width"] <= card["x"] + card["width"]
