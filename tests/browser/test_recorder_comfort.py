"""The recorder for everybody: no movement where none is wanted, forced colours, room for a thumb, and a voice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import NO_NET, SIZES, Optager, altered, play_a_little, soon
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.wide, pytest.mark.gate("I4")]

MOVES = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { transitionDuration, animationDuration, animationName } = getComputedStyle(one);
  const long = (text) => text.split(",").some((part) => parseFloat(part) > 0.001);
  return long(transitionDuration) || (animationName !== "none" && long(animationDuration));
}).map((one) => one.className)"""
SMALL = """() => {
  const extent = (one, dx, dy) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const hits = (by) => one.contains(document.elementFromPoint(x + dx * by, y + dy * by));
    let by = 0;
    while (by < 44 && hits(by + 0.5)) by += 0.5;
    return by;
  };
  const all = document.querySelectorAll(".rec-screen :is(button, a[href], summary, select, input)");
  return [...all].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    if (!width || !height || !one.checkVisibility() || one.disabled || one.closest(".sr-only")) return false;
    one.scrollIntoView({ block: "nearest" });
    return extent(one, 1, 0) + extent(one, -1, 0) < 43.5 || extent(one, 0, 1) + extent(one, 0, -1) < 43.5;
  }).map((one) => `${one.className} “${one.textContent.trim().slice(0, 20)}”`);
}"""
BARE = """(all) => all.filter((one) => {
  const shown = one.checkVisibility() && one.getBoundingClientRect().width > 0;
  return shown && parseFloat(getComputedStyle(one).borderTopWidth) === 0;
}).map((one) => one.className)"""
LOOKS = """(one) => {
  const { borderColor, backgroundColor, color, outlineStyle, borderWidth } = getComputedStyle(one);
  return [borderColor, backgroundColor, color, outlineStyle, borderWidth].join(" ");
}"""


def started(live: Any, kontrakt_id: UUID, **options: Any) -> tuple[Page, Optager]:
    page = live.page_for("jonas", **options)
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    play_a_little(optager)
    return page, optager


@pytest.mark.planted("I4")
def test_nothing_moves_and_every_target_has_room(live: Any, kontrakt_id: UUID, record_property: Any) -> None:
    page, _ = started(live, kontrakt_id, reduced_motion="reduce")
    assert page.evaluate(MOVES) == []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        small = page.evaluate(SMALL)
        assert small == [], (width, height, *small)
    page.evaluate("document.querySelector('.rec-tile').style.cssText = 'transition: all 2s !important'")
    assert page.evaluate(MOVES) != []
    made_small = (
        "min-height: 0 !important; height: 20px !important; align-self: start !important; overflow: hidden"
    )
    page.evaluate("(css) => { document.querySelector('.rec-tile').style.cssText = css; }", made_small)
    assert page.evaluate(SMALL) != []
    record_property("figure", f"0 targets under 44 px at {len(SIZES)} sizes, 0 movements with reduced motion")


@pytest.mark.planted("I4")
def test_forced_colours_tell_what_is_pressed(live: Any, kontrakt_id: UUID, record_property: Any) -> None:
    page, optager = started(live, kontrakt_id, forced_colors="active")
    spoken = optager.field("taler", "borger")
    expect(spoken).to_have_attribute("aria-pressed", "true")
    assert spoken.evaluate(LOOKS) != optager.field("taler", "medarbejder").evaluate(LOOKS)
    buttons = page.locator(".rec-screen [data-spor]")
    assert buttons.evaluate_all(BARE) == []
    page.evaluate("document.querySelector('[data-spor]').style.border = '0'")
    assert buttons.evaluate_all(BARE) != []
    record_property("figure", "every button has an edge in forced colours, and the pressed one differs")


def spoken(page: Page, words: str, within_s: float = 10.0) -> bool:
    """Whether the words come to whoever listens to the screen."""
    voice = page.locator("[data-state-live]")
    return soon(lambda: words in (voice.text_content() or ""), within_s) is not None


@pytest.mark.planted("I4")
def test_a_screen_without_a_voice_is_heard(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    mute = 'announcer(document.createElement("p"))'
    altered(page, live, "js/recorder/screen/foot.js", 'announcer(find("state-live"))', mute)
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.tick()
    optager.saved()
    assert not spoken(page, "Gemt", 1.0)


def test_the_state_is_spoken(live: Any, kontrakt_id: UUID, record_property: Any) -> None:
    live.expects(NO_NET)
    page, optager = started(live, kontrakt_id)
    voice = page.locator("[data-state-live]")
    expect(voice).to_have_attribute("role", "status")
    page.context.set_offline(True)
    optager.tick()
    assert spoken(page, "gemt på enheden")
    page.context.set_offline(False)
    optager.saved()
    assert spoken(page, "Gemt")
    page.route("**/haendelser", lambda route: route.fulfill(status=503, json={}))
    live.expects("status of 503")
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new Error(); }; }")
    optager.tick()
    assert spoken(page, "Kun på skærmen")
    record_property("figure", "gemt på enheden, Gemt and Kun på skærmen are each spoken")
