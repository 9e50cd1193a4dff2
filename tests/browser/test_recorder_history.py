"""The last event's words open the list of what has been logged: each can be taken back or moved in time."""

from __future__ import annotations

from typing import Any

import pytest
from optager import SECOND_TILE, SIZES, Optager, check_with_axe
from playwright.sync_api import Locator, Page, expect
from test_recorder_hold import opened, without_clock

from supervision.observationer.measures import maal

pytestmark = pytest.mark.browser


def rows(page: Page) -> Locator:
    return page.locator('[data-dialog="hvad_skete"] li')


def do(optager: Optager, row: Locator, words: str) -> None:
    optager.hit(row.get_by_role("button", name=words))


@pytest.mark.parametrize("device", ["phone", pytest.param("laptop", marks=pytest.mark.wide)])
def test_each_event_can_be_taken_back_and_moved(live: Any, device: str) -> None:
    page = live.phone_for("jonas") if device == "phone" else live.page_for("jonas")
    optager = opened(live, page)
    optager.press("taler", "medarbejder")
    page.wait_for_timeout(6_000)
    optager.press("taler", "borger")
    optager.tick()
    before = without_clock(optager)
    optager.act("vis_seneste")
    found = rows(page)
    expect(found).to_have_count(4)
    expect(found.nth(1)).to_contain_text("Borger")
    expect(found.nth(3)).to_contain_text("Samtalen er begyndt")
    expect(found.nth(3).get_by_role("button")).to_have_count(0)
    do(optager, found.nth(1), "−5 sek.")
    expect(found).to_have_count(4)
    do(optager, found.nth(0), "Tag tilbage")
    expect(found.nth(0)).to_contain_text("taget tilbage")
    assert found.nth(0).locator("s").inner_text() != ""
    expect(found.nth(0).get_by_role("button")).to_have_count(0)
    optager.hit(page.get_by_role("button", name="Luk", exact=True))
    expect(optager.field("faerdighed", SECOND_TILE).locator("[data-count]")).to_have_text("0")
    medarbejder, borger = without_clock(optager)
    assert medarbejder == before[0]
    assert borger.t_ms == before[1].t_ms - 5_000
    assert maal(optager.stored())["laengste_tur_ms"]["medarbejder"] < 3_500
    page.reload()
    optager.act("vis_seneste")
    expect(found).to_have_count(4)
    expect(page.locator(".rec-row-gone")).to_have_count(1)


def test_a_move_stops_at_the_start_and_at_now(live: Any) -> None:
    page = live.page_for("jonas")
    optager = opened(live, page)
    page.wait_for_timeout(1_000)
    optager.press("taler", "borger")
    optager.act("vis_seneste")
    do(optager, rows(page).nth(0), "−5 sek.")
    do(optager, rows(page).nth(0), "−5 sek.")
    assert [event.t_ms for event in without_clock(optager)] == [0]
    do(optager, rows(page).nth(0), r"+5 sek.")
    [moved] = without_clock(optager)
    assert 1_000 <= moved.t_ms <= 5_000
    expect(rows(page)).to_have_count(2)


def test_the_list_by_keyboard_keeps_its_place(live: Any) -> None:
    page = live.page_for("jonas")
    optager = opened(live, page)
    optager.tick()
    optager.press("fase", "emne")
    page.locator('[data-act="vis_seneste"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-history-heading]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator('[data-do="−5 sek."]:focus')).to_have_count(1)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.act") == "vis_seneste"
    optager.act("fortryd")
    optager.act("vis_seneste")
    assert len(page.locator(".rec-row-gone").all()) == 1
    page.keyboard.press("Escape")
    optager.act("gendan")
    optager.act("vis_seneste")
    expect(page.locator(".rec-row-gone")).to_have_count(0)


@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.wide), "dark"])
def test_the_list_is_whole_on_every_screen(live: Any, theme: str) -> None:
    page = live.page_for("jonas", color_scheme=theme)
    optager = opened(live, page)
    for kode in ("borger", "medarbejder", "stilhed", "samtidig", "borger"):
        optager.press("taler", kode)
    optager.note("Lænede sig frem og spurgte, hvad der skulle til, for at det kunne lykkes denne gang")
    optager.act("fortryd")
    optager.act("vis_seneste")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        check_with_axe(page, f"the list at {width}")
        dialog = page.locator('[data-dialog="hvad_skete"]')
        box = dialog.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        assert dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
