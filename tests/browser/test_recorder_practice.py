"""Prøv det: sixty seconds before the start, on the real screen, with nothing stored and nothing sent."""

from __future__ import annotations

from typing import Any

import pytest
from optager import SECOND_TILE, SIZES, Optager, agree, check_fit, check_with_axe, of
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COUNT_ROWS = """async () => {
    const { name } = (await indexedDB.databases()).find((one) => one.name !== "supervision-enhed");
    const database = await new Promise((done) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => done(asked.result);
    });
    const counts = ["haendelser", "samtaler"].map((store) => new Promise((done) => {
        const count = database.transaction(store).objectStore(store).count();
        count.onsuccess = () => done(count.result);
    }));
    const found = await Promise.all(counts);
    database.close();
    return found;
}"""


def practising(live: Any, page: Page) -> Optager:
    optager = Optager(live, page, agree(live))
    expect(page.locator('[data-act="proev"]')).to_be_enabled()
    page.wait_for_load_state("networkidle")
    return optager


def begin(optager: Optager) -> None:
    optager.act("proev")
    expect(optager.page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")


@pytest.mark.parametrize("device", ["phone", pytest.param("laptop", marks=pytest.mark.wide)])
def test_nothing_is_stored_and_nothing_is_sent(live: Any, device: str) -> None:
    page = live.phone_for("jonas") if device == "phone" else live.page_for("jonas")
    optager = practising(live, page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    begin(optager)
    expect(page.locator("[data-banner]")).to_contain_text("Prøve: intet gemmes.")
    optager.state("Prøve: intet gemmes")
    optager.press("taler", "borger")
    optager.press("fase", "timeout")
    optager.tick()
    optager.note("Kun en prøve")
    optager.act("fortryd")
    expect(page.locator("[data-last]")).to_contain_text("0.0")
    expect(optager.field("faerdighed", SECOND_TILE).locator("[data-count]")).to_have_text("1")
    page.wait_for_timeout(1_500)
    assert page.evaluate(COUNT_ROWS) == [0, 0]
    optager.act("afslut")
    expect(page.locator("[data-start-words]")).to_contain_text("Prøven er slut, og intet er gemt.")
    expect(page.locator("[data-banner]")).to_be_hidden()
    assert asked == []
    assert page.evaluate(COUNT_ROWS) == [0, 0]
    assert optager.stored() == []

    expect(page.locator('[data-act="start"]')).to_be_enabled()
    optager.start()
    expect(optager.field("taler", "borger")).to_have_attribute("aria-pressed", "false")
    expect(optager.field("faerdighed", SECOND_TILE).locator("[data-count]")).to_have_text("0")
    optager.tick("ud_gang")
    optager.saved()
    assert of(optager.stored(), "faerdighed") == ["ud_gang"]
    assert of(optager.stored(), "ur") == ["start"]


def test_it_ends_by_itself_and_a_tapping_thumb_does_not_start(live: Any) -> None:
    page = live.page_for("jonas")
    page.clock.install()
    optager = practising(live, page)
    begin(optager)
    optager.press("taler", "borger")
    optager.act("note")
    page.locator("[data-note-text]").fill("Ufærdig")
    page.clock.fast_forward(58_000)
    expect(page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 4)
    expect(page.locator("[data-recorder]")).to_have_attribute("data-state", "klar")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-start-heading]")).to_be_focused()
    expect(page.locator('[data-act="start"]')).to_be_disabled()
    page.keyboard.press("Space")
    page.clock.run_for(2_000)
    expect(page.locator("[data-recorder]")).to_have_attribute("data-state", "klar")
    expect(page.locator('[data-act="start"]')).to_be_enabled()
    assert optager.stored() == []


def test_by_keyboard_and_gone_after_a_reload(live: Any) -> None:
    page = live.page_for("jonas")
    optager = practising(live, page)
    page.locator('[data-act="proev"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-recorder]")).to_have_attribute("data-practice", "")
    page.keyboard.press("1")
    expect(optager.field("fase", "kontrakt")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.locator("[data-recorder]")).to_have_attribute("data-state", "klar")
    expect(optager.field("fase", "kontrakt")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.wide), "dark"])
def test_the_practice_fits_and_axe_finds_nothing(live: Any, theme: str) -> None:
    page = live.page_for("jonas", color_scheme=theme)
    optager = practising(live, page)
    check_with_axe(page, "before the start")
    begin(optager)
    optager.press("taler", "borger")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        check_fit(page, phone=width < 700)
        check_with_axe(page, f"practising at {width}")
