"""A meeting's pages when the net, another device and a finger meet: requests are held, cut off and refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect
from road import person
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.grupper import actions
from supervision.grupper.actions import oevelser
from supervision.grupper.models import Laeringsgruppe

pytestmark = pytest.mark.browser

NU = "**/api/moeder/*/nu"
ASK_AT_ONCE = "window.dispatchEvent(new Event('online'))"
SHORT_PATIENCE = (
    "{ const timeout = AbortSignal.timeout; AbortSignal.timeout = () => timeout.call(AbortSignal, 400); }"
)
SECOND = "Det, der ligger på bordet"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """The day's meeting can begin whenever the tests run."""
    with clock.travel(clock.from_local(clock.today(), time(12, 0))):
        yield


@pytest.fixture
def url(live: Any, gruppe_id: UUID) -> str:
    """A meeting that runs, at its first point."""
    with live.app.app_context():
        gruppe, leder = db.session.get_one(Laeringsgruppe, gruppe_id), person(live.world.leder)
        moede = actions.call_moede(
            gruppe,
            start_at=clock.now() + timedelta(hours=1),
            minutter=120,
            sted="Lokale 2",
            runde=None,
            tjek_ud_anonymt=True,
            by=leder,
        )
        actions.begin_moede(moede, by=leder)
        made = f"/moeder/{moede.id}"
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def leder(live: Any) -> Browser:
    """The facilitator's other device, without a page."""
    return Browser.signed_in(live.app, live.world.leder)


def on(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, level=2)).to_be_visible()


@pytest.mark.wide
def test_an_answer_that_was_cut_off_is_not_taken_for_known(live: Any, url: str) -> None:
    phone = live.phone_for("mette")
    cut: list[str] = []

    def cut_off(route: Route) -> None:
        cut.append(route.request.url)
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body()[:30])

    phone.route(NU, cut_off, times=1)
    phone.goto(url)
    expect(phone.get_by_text("Ingen forbindelse lige nu")).to_be_visible()
    phone.evaluate(ASK_AT_ONCE)
    expect(phone.get_by_text("Ingen forbindelse lige nu")).to_be_hidden()
    assert cut


@pytest.mark.wide
def test_back_on_the_net_it_asks_at_once_though_a_question_was_under_way(live: Any, url: str) -> None:
    live.expects(r"net::ERR_FAILED")
    phone = live.phone_for("mette")
    held: list[Route] = []
    phone.route(NU, lambda route: held.append(route), times=1)
    phone.clock.install()
    with phone.expect_request(NU):
        phone.goto(url)
    phone.clock.pause_at(phone.evaluate("Date.now() / 1000") + 1)  # no wait ends by itself from here on
    phone.evaluate(ASK_AT_ONCE)
    with phone.expect_response(NU):
        held[0].abort()
    expect(phone.get_by_text("Ingen forbindelse lige nu")).to_be_hidden()


@pytest.mark.wide
def test_a_scene_that_does_not_come_is_asked_for_again(live: Any, url: str, leder: Browser) -> None:
    phone = live.phone_for("mette")
    phone.add_init_script(SHORT_PATIENCE)
    phone.goto(url)
    on(phone, "Siden sidst")
    held: list[Route] = []
    phone.route(f"**{url}", lambda route: held.append(route), times=1)
    leder.send(f"{url}/gang", handling="naeste")
    with phone.expect_request(lambda request: request.url.endswith(url)):
        phone.evaluate(ASK_AT_ONCE)
    on(phone, SECOND)
    assert held


@pytest.mark.wide
def test_a_press_counts_though_the_scene_is_drawn_anew_under_it(live: Any, url: str) -> None:
    page = live.page_for("leder")
    page.goto(f"{url}/led")
    on(page, "Siden sidst")
    box = page.get_by_role("button", name="Næste punkt").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    Browser.signed_in(live.app, live.world.mette).send(f"{url}/her")
    with page.expect_response(lambda answer: answer.url.endswith("/led")) as drawn:
        page.evaluate(ASK_AT_ONCE)
    drawn.value.finished()
    with page.expect_response(NU):  # whatever the page does with what it got, it has done by now
        page.evaluate(ASK_AT_ONCE)
    page.mouse.up()
    on(page, SECOND)


@pytest.mark.wide
def test_a_page_that_a_form_gave_back_goes_on_following(live: Any, gruppe_id: UUID) -> None:
    live.expects(r"status of 422")
    with live.app.app_context():
        leder, mette, jonas = (person(live.world.people[name]) for name in ("leder", "mette", "jonas"))
        gruppe = db.session.get_one(Laeringsgruppe, gruppe_id)
        oevelse = oevelser.begin_oevelse(gruppe, slags="plus_minus", moede=None, by=leder)
        for who in (mette, jonas):
            oevelser.join(oevelse, by=who)
        oevelser.divide(oevelse, by=leder)
        oevelser.steer(oevelse, hold_id=None, handling="begynd", trin=0, by=leder)
        oevelser.steer(oevelse, hold_id=None, handling="naeste", trin=0, by=leder)
        url = f"/oevelser/{oevelse.id}"
        db.session.commit()
        db.session.remove()
    phone = live.phone_for("mette")
    phone.goto(url)
    phone.get_by_role("textbox", name="Plus").fill("Tal med 010190-1234")
    phone.get_by_role("button", name="Skriv : Plus").click()
    expect(phone.get_by_text("CPR-nummer").first).to_be_visible()
    assert phone.url.endswith("/tekst")
    Browser.signed_in(live.app, live.world.leder).send(f"{url}/slut")
    phone.evaluate(ASK_AT_ONCE)
    expect(phone.get_by_role("heading", name="Gruppens tal")).to_be_visible()
