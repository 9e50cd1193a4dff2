"""One truth: two tabs, two devices, an end on one of them, and a log that has been handed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import NO_NET, SECOND_TILE, Optager, altered, of, soon
from playwright.sync_api import expect
from sqlalchemy import select

from supervision.db import db
from supervision.observationer.actions.recording import hand_over
from supervision.observationer.models import Karantaene
from supervision.observationer.queries import find_observation_of
from supervision.personer.models import Person

pytestmark = pytest.mark.browser


SHOWN = """() => JSON.stringify([...document.querySelectorAll("[data-spor]")].map((one) => {
  return [one.dataset.spor, one.dataset.kode, one.getAttribute("aria-pressed"), one.textContent.trim()];
}))"""


def alike(first: Optager, second: Optager, within_s: float = 10.0) -> float | None:
    """After how many seconds two screens show the same; None when they do not."""
    return soon(lambda: first.page.evaluate(SHOWN) == second.page.evaluate(SHOWN), within_s)


@pytest.mark.gate("B5")
def test_two_tabs_show_one_log(live: Any, kontrakt_id: UUID, record_property: Any) -> None:
    first = Optager(live, live.page_for("jonas"), kontrakt_id)
    second = Optager(live, live.watch(first.page.context.new_page()), kontrakt_id)
    first.start()
    expect(second.page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")
    second.tick()
    first.press("taler", "borger")
    expect(first.field("faerdighed", SECOND_TILE)).to_contain_text("1")
    expect(second.field("taler", "borger")).to_have_attribute("aria-pressed", "true")
    first.act("fortryd")
    expect(second.field("taler", "borger")).to_have_attribute("aria-pressed", "false")
    took = alike(first, second)
    assert took is not None
    record_property("figure", f"two tabs show the same after {took:.1f} s")
    first.saved()
    second.saved()
    assert [event.kode for event in first.stored() if event.spor in ("taler", "faerdighed")] == [
        SECOND_TILE,
        "borger",
    ]


@pytest.mark.wide
@pytest.mark.planted("B5")
def test_two_tabs_that_do_not_talk_are_seen(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    altered(page, live, "js/recorder/tabs.js", "this.#channel?.postMessage(news);", "")
    first = Optager(live, page, kontrakt_id)
    second = Optager(live, live.watch(page.context.new_page()), kontrakt_id)
    first.start()
    first.press("taler", "borger")
    first.saved()
    assert alike(first, second, 1.5) is None


@pytest.mark.gate("B5")
def test_one_device_ends_while_another_still_has_something(
    live: Any, kontrakt_id: UUID, record_property: Any
) -> None:
    """The other's ticks are not stuck: they are sent from whichever page its owner opens, once each."""
    live.expects(NO_NET)
    phone = Optager(live, live.phone_for("jonas"), kontrakt_id)
    phone.start()
    phone.saved()
    laptop = Optager(live, live.page_for("jonas"), kontrakt_id)
    laptop.saved()
    phone.page.context.set_offline(True)
    phone.tick()
    phone.tick()
    laptop.tick("ud_gang")
    laptop.end()
    expect(laptop.page.locator("[data-end-words]")).to_have_text("Alt er gemt.")
    phone.state("Uden net · gemt på enheden · 2 venter")
    context = phone.page.context
    phone.page.close()
    context.set_offline(False)
    page = live.watch(context.new_page())
    page.goto("/profil")
    expect(page.locator("[data-outbox-words]")).to_have_text(
        "Det, der lå på enheden fra en samtale, er sendt nu."
    )
    ticks = of(phone.stored(), "faerdighed")
    assert sorted(ticks) == sorted([SECOND_TILE, SECOND_TILE, "ud_gang"])
    record_property("figure", "two devices, one without a net while the other ends: 3 of 3 ticks stored once")


def test_what_comes_after_the_handing_over_is_put_aside_and_told_of(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.tick_without_a_net()
    hand_over_now(optager)
    page.context.set_offline(False)
    expect(page.locator("[data-banner]")).to_contain_text("Én hændelse hører ikke til i loggen")
    optager.saved()
    assert of(optager.stored(), "faerdighed") == []
    with live.app.app_context():
        assert db.session.scalars(select(Karantaene.kode)).all() == [SECOND_TILE]
        db.session.remove()
    page.goto("/observationer/lagt-til-side")
    expect(page.locator("main")).to_contain_text("Én hændelse")


def hand_over_now(optager: Optager) -> None:
    with optager.live.app.app_context():
        observation = find_observation_of(optager.kontrakt_id)
        observer = db.session.get(Person, optager.live.world.people["jonas"])
        assert observation is not None
        assert observer is not None
        hand_over(observation, by=observer)
        db.session.commit()
        db.session.remove()
