"""The sheet of keys: behind “?”, and a small “?” on a laptop; what it promises is what the keys do."""

from __future__ import annotations

from typing import Any

import pytest
from optager import SECOND_TILE, SIZES, check_with_axe
from playwright.sync_api import expect
from test_recorder_hold import opened, without_clock

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.wide), "dark"])
def test_the_sheet_opens_by_key_and_by_button(live: Any, theme: str) -> None:
    page = live.page_for("jonas", color_scheme=theme)
    optager = opened(live, page)
    sheet = page.locator('[data-dialog="taster"]')
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    page.keyboard.press("u")
    page.keyboard.press("1")
    check_with_axe(page, "the sheet of keys")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    optager.act("vis_taster")
    expect(sheet).to_be_visible()
    page.get_by_role("button", name="Luk", exact=True).click()
    optager.act("note")
    page.keyboard.type("Hvorfor?")
    expect(sheet).to_be_hidden()
    page.keyboard.press("Escape")
    assert without_clock(optager) == [], "keys in a dialog are its own"


def test_every_key_on_the_sheet_does_what_it_says(live: Any) -> None:
    page = live.page_for("jonas")
    optager = opened(live, page)
    page.keyboard.press("?")
    expect(page.locator('[data-dialog="taster"]')).to_be_visible()
    keys = page.locator('[data-dialog="taster"] kbd').all_inner_texts()
    assert keys[:12] == ["Mellemrum", "1", "2", "3", "4", "U", "G", "Q", "W", "E", "Ctrl+Z", "Ctrl+Y"]
    page.keyboard.press("Escape")
    expect(page.locator('[data-dialog="taster"]')).to_be_hidden()
    for key in ("Space", "1", "2", "3", "4", "u", "g", "Control+z", "Control+y", "w", "x"):
        page.keyboard.press(key)
    codes = [(event.spor, event.kode) for event in without_clock(optager)]
    assert codes == [
        ("taler", "medarbejder"),
        ("fase", "kontrakt"),
        ("emne", "1"),
        ("fase", "emne"),
        ("fase", "timeout"),
        ("fase", "afslutning"),
        ("ugu", "undersoeg"),
        ("ugu", "giv"),
        ("faerdighed", SECOND_TILE),
    ]


@pytest.mark.gate("I2")
def test_keys_of_one_letter_can_be_switched_off(live: Any) -> None:
    """WCAG 2.1.4: whoever dictates to the machine must be able to silence them; the browser remembers it."""
    page = live.page_for("jonas")
    optager = opened(live, page)
    expect(page.locator("[data-key-letter]").first).to_be_visible()
    page.keyboard.press("?")
    page.get_by_label("Brug taster med ét bogstav eller tal").uncheck()
    page.keyboard.press("Escape")
    for key in ("u", "1", "w"):
        page.keyboard.press(key)
    expect(page.locator("[data-key-letter]").first).to_be_hidden()
    page.reload()
    expect(page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")
    page.keyboard.press("w")
    page.keyboard.press("Space")
    assert [(event.spor, event.kode) for event in without_clock(optager)] == [("taler", "medarbejder")]


def test_the_small_mark_is_there_on_a_laptop_only(live: Any) -> None:
    page = live.page_for("jonas")
    opened(live, page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator(".rec-help")).to_be_visible(visible=width >= 1200)
