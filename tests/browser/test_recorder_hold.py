"""Holding a field asks “Siden hvornår?”, logs the earlier time, and is never also a tap."""

from __future__ import annotations

from typing import Any

import pytest
from optager import SIZES, Optager, agree, check_with_axe
from playwright.sync_api import Page, expect

from supervision.observationer.measures import effective, maal
from supervision.observationer.rules import Haendelse

pytestmark = pytest.mark.browser

HELD_MS = 900


def opened(live: Any, page: Page) -> Optager:
    optager = Optager(live, page, agree(live))
    optager.start()
    return optager


def hold(optager: Optager, target: Any, ms: int = HELD_MS) -> None:
    """Press, wait, let go: with a thumb where there is a touch screen, else with the mouse."""
    box = target.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page = optager.page
    if optager.touch:
        device = page.context.new_cdp_session(page)
        touched = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
        device.send("Input.dispatchTouchEvent", touched)
        page.wait_for_timeout(ms)
        device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        device.detach()
    else:
        page.mouse.move(x, y)
        page.mouse.down()
        page.wait_for_timeout(ms)
        page.mouse.up()


def since(optager: Optager, seconds: int) -> None:
    optager.hit(optager.page.get_by_role("button", name=f"−{seconds} sek.", exact=True))


def without_clock(optager: Optager) -> list[Haendelse]:
    optager.saved()
    return [event for event in effective(optager.stored()) if event.spor != "ur"]


@pytest.mark.parametrize("device", ["phone", pytest.param("laptop", marks=pytest.mark.wide)])
def test_a_held_speaker_began_earlier(live: Any, device: str) -> None:
    page = live.phone_for("jonas") if device == "phone" else live.page_for("jonas")
    optager = opened(live, page)
    optager.press("taler", "medarbejder")
    page.wait_for_timeout(6_500)
    hold(optager, optager.field("taler", "borger"))
    dialog = page.locator('[data-dialog="siden"]')
    expect(dialog).to_contain_text("Borger")
    page.wait_for_timeout(2_000)
    assert [event.kode for event in without_clock(optager)] == ["medarbejder"], "a hold is not also a tap"
    since(optager, 5)
    expect(dialog).to_be_hidden()
    expect(optager.field("taler", "borger")).to_have_attribute("aria-pressed", "true")
    medarbejder, borger = without_clock(optager)
    assert borger.kode == "borger"
    assert 1_200 <= borger.t_ms - medarbejder.t_ms <= 4_000, "five seconds before the press began"
    optager.press("taler", "medarbejder")
    expect(optager.field("taler", "medarbejder")).to_have_attribute("aria-pressed", "true")
    assert len(without_clock(optager)) == 3


def test_never_before_the_start_and_emne_begins_with_its_phase(live: Any) -> None:
    page = live.phone_for("jonas")
    optager = opened(live, page)
    page.wait_for_timeout(1_200)
    hold(optager, optager.field("fase", "emne"))
    since(optager, 30)
    hold(optager, optager.field("ugu", "undersoeg"))
    since(optager, 20)
    events = without_clock(optager)
    assert [(event.spor, event.kode, event.t_ms) for event in events] == [
        ("emne", "1", 0),
        ("fase", "emne", 0),
        ("ugu", "undersoeg", 0),
    ]
    assert maal(events)["faser"]["emne"]["antal"] == 1
    optager.act("fortryd")
    optager.act("fortryd")
    expect(page.locator("[data-topic]")).to_have_text("Emne –")


def test_a_change_tapped_too_late_is_moved_back(live: Any) -> None:
    page = live.page_for("jonas")
    optager = opened(live, page)
    optager.press("taler", "medarbejder")
    page.wait_for_timeout(6_000)
    optager.press("taler", "borger")
    hold(optager, optager.field("taler", "borger"))
    since(optager, 5)
    optager.press("taler", "stilhed")
    optager.saved()
    spoken = maal(optager.stored())["taletid_ms"]
    assert spoken["borger"] >= 4_900
    assert spoken["medarbejder"] <= 2_500


def test_a_hold_that_is_left_logs_nothing(live: Any) -> None:
    page = live.phone_for("jonas")
    optager = opened(live, page)
    hold(optager, optager.field("ugu", "giv"))
    page.get_by_role("button", name="Luk", exact=True).tap()
    hold(optager, optager.field("fase", "timeout"))
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert without_clock(optager) == []
    hold(optager, optager.field("taler", "borger"), ms=50)
    assert [event.kode for event in without_clock(optager)] == ["borger"], "a short press is a tap"


def test_the_click_that_some_phones_send_after_a_hold_counts_for_nothing(live: Any) -> None:
    page = live.phone_for("jonas")
    optager = opened(live, page)
    field = optager.field("taler", "borger")
    hold(optager, field)
    late_click = "(one) => one.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))"
    field.evaluate(late_click)
    page.locator('[data-since="20"]').evaluate(late_click)
    expect(page.locator('[data-dialog="siden"]')).to_be_visible()
    assert without_clock(optager) == []
    page.get_by_role("button", name="Luk", exact=True).tap()
    optager.press("taler", "borger")
    assert [event.kode for event in without_clock(optager)] == ["borger"]


def test_by_keyboard_and_right_button(live: Any) -> None:
    page = live.page_for("jonas")
    optager = opened(live, page)
    dialog = page.locator('[data-dialog="siden"]')
    optager.field("taler", "borger").focus()
    page.keyboard.press("Shift+Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.kode") == "borger"
    optager.field("fase", "kontrakt").focus()
    page.keyboard.press("ContextMenu")
    expect(dialog).to_contain_text("Fase: Kontrakt")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    optager.field("ugu", "giv").click(button="right")
    expect(dialog).to_contain_text("Giv")
    page.keyboard.press("Escape")
    assert [event.kode for event in without_clock(optager)] == ["borger", "kontrakt"]


@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.wide), "dark"])
def test_the_question_is_whole_on_every_screen(live: Any, theme: str) -> None:
    page = live.page_for("jonas", color_scheme=theme)
    optager = opened(live, page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for spor, kode in (("taler", "borger"), ("fase", "kontrakt"), ("ugu", "giv")):
            optager.field(spor, kode).focus()
            page.keyboard.press("Shift+Enter")
            box = page.locator('[data-dialog="siden"]').bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= width - box["width"]
            assert 0 <= box["y"] <= height - box["height"]
            if spor == "taler":
                check_with_axe(page, f"asking since when at {width}")
            page.keyboard.press("Escape")
