"""Holding a tile adds a note to its tick; its count opens its ticks, each of which can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from optager import SECOND_TILE, SIZES, check_with_axe, of
from playwright.sync_api import expect
from test_recorder_hold import hold, opened, without_clock

pytestmark = pytest.mark.browser

OTHER_TILE = "ud_gang"


@pytest.mark.parametrize("device", ["phone", pytest.param("laptop", marks=pytest.mark.wide)])
def test_a_held_tile_is_one_tick_with_a_note(live: Any, device: str) -> None:
    page = live.phone_for("jonas") if device == "phone" else live.page_for("jonas")
    optager = opened(live, page)
    hold(optager, optager.field("faerdighed", SECOND_TILE))
    expect(page.locator('[data-dialog="note"] h2')).to_contain_text("Note til ")
    page.wait_for_timeout(400)
    page.locator("[data-note-text]").fill("Ventede på svaret")
    optager.hit(page.get_by_role("button", name="Gem noten"))
    tick, note = without_clock(optager)
    assert (tick.spor, tick.kode) == ("faerdighed", SECOND_TILE)
    assert (note.spor, note.kode) == ("note", "Ventede på svaret")
    assert note.t_ms == tick.t_ms
    optager.tick(OTHER_TILE)
    optager.act("note")
    expect(page.locator('[data-dialog="note"] h2')).not_to_contain_text("til")


def test_a_note_left_unwritten_keeps_the_tick_and_the_keyboard_holds_too(live: Any) -> None:
    page = live.page_for("jonas")
    optager = opened(live, page)
    hold(optager, optager.field("faerdighed", SECOND_TILE))
    page.keyboard.press("Escape")
    optager.field("faerdighed", OTHER_TILE).focus()
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Set")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert [event.kode for event in without_clock(optager)] == [SECOND_TILE, OTHER_TILE, "Set"]


def test_a_trembling_thumb_that_then_holds_notes_the_tick_it_made(live: Any) -> None:
    page = live.page_for("jonas")
    optager = opened(live, page)
    tile = optager.field("faerdighed", SECOND_TILE)
    tile.evaluate("(tile) => tile.addEventListener('pointerdown', () => tile.click(), { once: true })")
    hold(optager, tile)
    page.locator("[data-note-text]").fill("Samme kryds")
    page.get_by_role("button", name="Gem noten").click()
    tick, note = without_clock(optager)
    assert tick.t_ms == note.t_ms


@pytest.mark.parametrize("device", ["phone", pytest.param("laptop", marks=pytest.mark.wide)])
def test_the_count_opens_the_ticks_and_each_can_be_taken_back(live: Any, device: str) -> None:
    page = live.phone_for("jonas") if device == "phone" else live.page_for("jonas")
    optager = opened(live, page)
    tile = optager.field("faerdighed", SECOND_TILE)
    count = page.locator(f'[data-act="vis_kryds"][data-of="{SECOND_TILE}"]')
    expect(count).to_be_hidden()
    for _ in range(3):
        optager.tick()
    optager.tick(OTHER_TILE)
    ticks = [event.id for event in without_clock(optager) if event.kode == SECOND_TILE]
    optager.hit(count)
    rows = page.locator('[data-dialog="hvad_skete"] li')
    expect(rows).to_have_count(3)
    check_with_axe(page, "the ticks of a tile")
    optager.hit(rows.nth(1).get_by_role("button", name="Tag tilbage"))
    expect(rows.nth(1)).to_contain_text("taget tilbage")
    expect(rows.get_by_role("button")).to_have_count(2)
    optager.hit(page.get_by_role("button", name="Luk", exact=True))
    expect(tile.locator("[data-count]")).to_have_text("2")
    left = [event.id for event in without_clock(optager) if event.kode == SECOND_TILE]
    assert left == [ticks[0], ticks[2]]
    assert of(optager.stored(), "faerdighed").count(OTHER_TILE) == 1


def test_the_count_is_reached_by_the_keyboard(live: Any) -> None:
    page = live.page_for("jonas")
    optager = opened(live, page)
    optager.tick()
    optager.field("faerdighed", SECOND_TILE).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-history-heading]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(optager.field("faerdighed", SECOND_TILE).locator("[data-count]")).to_have_text("0")
    assert without_clock(optager) == []


@pytest.mark.parametrize(
    "size", [SIZES[0], *(pytest.param(size, marks=pytest.mark.wide) for size in SIZES[1:])]
)
def test_a_tap_beside_the_count_is_still_a_tick(live: Any, size: tuple[int, int]) -> None:
    page = live.page_for("jonas", viewport={"width": size[0], "height": size[1]})
    optager = opened(live, page)
    tile = optager.field("faerdighed", SECOND_TILE)
    box = tile.bounding_box()
    for position in (
        {"x": 6, "y": 6},
        {"x": box["width"] / 2, "y": box["height"] / 2},
        {"x": 6, "y": box["height"] - 6},
    ):
        tile.click(position=position)
        page.wait_for_timeout(320)
    expect(tile.locator("[data-count]")).to_have_text("3")
