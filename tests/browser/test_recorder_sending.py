"""Nothing tapped is lost, doubled or sent in another's name: signed out, offline, refused, on two devices."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from optager import NO_NET, SECOND_TILE, SIGNED_OUT, Optager, altered, made_ready, of, soon
from playwright.sync_api import Page, expect

from supervision.db import db
from supervision.observationer.queries import find_observation_of

pytestmark = pytest.mark.browser


@pytest.mark.gate("B4")
def test_an_expired_sign_in_loses_nothing(live: Any, kontrakt_id: UUID) -> None:
    live.expects(SIGNED_OUT)
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.tick()
    optager.saved()
    page.context.clear_cookies()
    for _ in range(3):
        optager.tick()
    banner = page.locator("[data-banner]")
    expect(banner).to_contain_text("Du er logget ud")
    optager.state("Gemt på enheden · 3 venter")
    optager.tick()
    assert len(of(optager.stored(), "faerdighed")) == 1

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log ind igen for at sende").click()
    tab = live.watch(opened.value)
    live.fill_sign_in(tab, "jonas")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Du er logget ind igen")
    page.bring_to_front()
    optager.saved()
    expect(banner).to_be_hidden()
    ids = Counter(event.id for event in optager.stored() if event.spor == "faerdighed")
    assert len(ids) == 5
    assert set(ids.values()) == {1}


def lost_while_signed_out(live: Any, page: Page, kontrakt_id: UUID) -> int:
    """How many of five ticks are not stored, when the sign-in ended after the first two and came back."""
    live.expects(SIGNED_OUT)
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.tick()
    optager.saved()
    page.context.clear_cookies()
    for _ in range(4):
        optager.tick()
    page.wait_for_timeout(1000)
    live.let_in(page.context, "jonas")
    page.reload()
    stored = soon(lambda: len(of(optager.stored(), "faerdighed")) == 5, 3.0)
    return 0 if stored is not None else 5 - len(of(optager.stored(), "faerdighed"))


@pytest.mark.wide
@pytest.mark.planted("B4")
@pytest.mark.parametrize("bug", [False, True])
def test_ticks_that_are_dropped_with_the_sign_in_are_seen(live: Any, kontrakt_id: UUID, bug: bool) -> None:
    """The planted bug: a 401 is taken for an answer, and what was sent counts as sent."""
    page = live.page_for("jonas")
    if bug:
        asked = "if (status === 401) return said(LOGGET_UD, wait);"
        named = "for (const { id } of this.journal.waiting(99)) await this.journal.acknowledge([id]);"
        drops = f"if (status === 401) {{ {named} return said(RO); }}"
        altered(page, live, "js/recorder/courier.js", asked, drops)
    assert bool(lost_while_signed_out(live, page, kontrakt_id)) is bug


def test_nothing_is_sent_in_another_persons_name(live: Any, kontrakt_id: UUID) -> None:
    live.expects(SIGNED_OUT)
    live.expects("status of 404")
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.saved()
    page.context.clear_cookies()
    live.sign_in(live.watch(page.context.new_page()), "aase")
    page.bring_to_front()
    optager.tick()
    expect(page.locator("[data-banner]")).to_contain_text("En anden er logget ind")
    assert of(optager.stored(), "faerdighed") == []
    page.context.clear_cookies()
    live.sign_in(live.watch(page.context.new_page()), "jonas")
    page.bring_to_front()
    optager.saved()
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE]


def test_the_samtale_ends_offline_and_after_a_reload(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.press("taler", "borger")
    optager.saved()
    made_ready(page)
    page.context.set_offline(True)
    optager.tick()
    optager.end()
    expect(page.locator("[data-end-words]")).to_contain_text("sendes, når der er net igen")
    page.reload()
    expect(page.locator("[data-end-words]")).to_contain_text("sendes, når der er net igen")
    page.context.set_offline(False)
    expect(page.locator("[data-end-words]")).to_have_text("Alt er gemt.")
    assert of(optager.stored(), "ur") == ["start", "slut"]
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE]
    optager.open()
    expect(page).to_have_url(f"{live.base_url}{observation_address(optager)}")


def observation_address(optager: Optager) -> str:
    with optager.live.app.app_context():
        observation = find_observation_of(optager.kontrakt_id)
        assert observation is not None
        address = f"/observationer/{observation.id}"
        db.session.remove()
    return address


def test_what_the_server_refuses_is_shown_and_the_rest_arrives(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    page.evaluate(f"""document.querySelector('[data-kode="{SECOND_TILE}"]').dataset.kode = "forfalsket" """)
    optager.tick("forfalsket")
    optager.tick("ud_gang")
    optager.state("Gemt · 1 kunne ikke sendes")
    optager.act("vis_afviste")
    expect(page.locator("[data-refused-list] li")).to_contain_text(
        "Det står ikke på skærmen i jeres kontrakt."
    )
    page.keyboard.press("Escape")
    page.reload()
    optager.state("Gemt · 1 kunne ikke sendes")
    assert of(optager.stored(), "faerdighed") == ["ud_gang"]


@pytest.mark.gate("B5")
def test_a_second_device_continues_the_same_log(live: Any, kontrakt_id: UUID) -> None:
    first = Optager(live, live.page_for("jonas"), kontrakt_id)
    first.start()
    first.press("taler", "borger")
    first.tick()
    first.saved()
    second = Optager(live, live.phone_for("jonas"), kontrakt_id)
    expect(second.field("taler", "borger")).to_have_attribute("aria-pressed", "true")
    second.tick()
    expect(second.field("faerdighed", SECOND_TILE)).to_contain_text("2")
    second.saved()
    first.page.reload()
    expect(first.field("faerdighed", SECOND_TILE)).to_contain_text("2")
    assert len(of(first.stored(), "faerdighed")) == 2
    clocks = [page.locator("[data-clock]").inner_text() for page in (first.page, second.page)]
    seconds = [int(shown.split(".")[0]) * 60 + int(shown.split(".")[1]) for shown in clocks]
    assert abs(seconds[0] - seconds[1]) <= 1
