"""A meeting in real browsers: the facilitator, the projector, three phones, and one that drops off and comes back."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from held import held, log
from playwright.sync_api import Page, expect
from road import person

from supervision import clock
from supervision.db import db
from supervision.grupper import actions

pytestmark = pytest.mark.browser


@pytest.fixture
def gruppe_id(live: Any) -> UUID:
    """Lone's group of four, each observed once; two of them have put their samtale on no table yet."""
    with live.app.app_context():
        world = live.world
        leder = person(world.leder)
        gruppe = actions.create_gruppe(navn="Torsdagsgruppen", by=leder)
        for name in ("mette", "jonas", "aase", "fremmed"):
            actions.add_medlem(gruppe, person=person(world.people[name]), by=leder)
            held(
                world.people[name],
                world.supervisor,
                world.organisations["jobcenter"],
                clock.today() - timedelta(days=5),
                events=log(share=0.4),
            )
        made: UUID = gruppe.id
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    """The day's meeting lies ahead whenever the tests run; every clock goes by the server's."""
    with clock.travel(clock.from_local(clock.today(), time(12, 0))):
        yield


def lay_on_the_table(phone: Page) -> None:
    phone.get_by_role("group", name="Kryds fra dine samtaler").get_by_role("checkbox").check()
    phone.get_by_role("button", name="Læg på bordet").click()
    expect(phone.get_by_text("Kun som en del af gruppens sum")).to_be_visible()


def call_a_meeting(page: Page, gruppe_id: UUID) -> str:
    """From the group's page, by clicking. Gives the meeting's address."""
    page.goto(f"/grupper/{gruppe_id}")
    page.get_by_role("link", name="Indkald til et møde").click()
    page.get_by_label("Dag", exact=True).fill(clock.today().isoformat())
    page.get_by_label("Klokken").fill("13.00")
    page.get_by_label("Sted").fill("Lokale 2")
    page.get_by_role("button", name="Indkald").click()
    expect(page.get_by_text("120 min. i alt")).to_be_visible()
    page.get_by_role("button", name="Gem dagsordenen").click()
    expect(page.get_by_role("heading", name="Du leder mødet")).to_be_visible()
    return page.url


def test_a_page_follows_what_happened_before_its_first_question(live: Any, gruppe_id: UUID) -> None:
    live.expects(r"net::ERR_FAILED|Failed to load resource")
    leder, phone = live.page_for("leder"), live.phone_for("aase")
    url = call_a_meeting(leder, gruppe_id)
    leder.get_by_role("link", name="Led mødet").click()
    leder.get_by_role("button", name="Begynd mødet").click()
    phone.route("**/api/moeder/*/nu", lambda route: route.abort())
    phone.goto(url)
    expect(phone.get_by_text("Ingen forbindelse lige nu")).to_be_visible()
    leder.get_by_role("button", name="Næste punkt").click()
    expect(leder.get_by_role("heading", name="Det, der ligger på bordet", level=2)).to_be_visible()
    expect(phone.get_by_role("heading", name="Siden sidst")).to_be_visible()
    phone.unroute("**/api/moeder/*/nu")
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.get_by_role("heading", name="Det, der ligger på bordet")).to_be_visible()


@pytest.mark.wide
def test_a_meeting_with_a_screen_and_three_phones_of_which_one_drops_off(live: Any, gruppe_id: UUID) -> None:
    live.expects(r"net::ERR_INTERNET_DISCONNECTED|Failed to load resource")
    leder, phone = live.page_for("leder"), live.phone_for("aase")
    url = call_a_meeting(leder, gruppe_id)
    others = [live.phone_for(who) for who in ("mette", "jonas")]
    for other in others:
        other.goto(f"{url}/bordet")
        lay_on_the_table(other)

    phone.goto("/")
    phone.get_by_role("link", name="Læringsgruppemøde").click()
    phone.get_by_role("button", name="Jeg er her").click()
    expect(phone.get_by_role("heading", name="Du er her")).to_be_visible()
    leder.get_by_role("link", name="Led mødet").click()
    expect(leder.get_by_role("button", name=re.compile("Er her.*Åse Ask"))).to_be_visible()
    with leder.expect_popup() as opened:
        leder.get_by_role("link", name="Åbn skærmen").click()
    screen = live.watch(opened.value)
    expect(screen.get_by_text("Velkommen")).to_be_visible()

    leder.get_by_role("button", name="Begynd mødet").click()
    for page in (screen, phone):
        expect(page.get_by_role("heading", name="Siden sidst")).to_be_visible()
    expect(screen.locator("[data-ur-tid]")).to_have_text(re.compile(r"^0\.(0[1-9]|[1-5]\d)$"))
    leder.get_by_role("button", name="Næste spørgsmål").click()
    asked = leder.locator(".moede-spoergsmaal").inner_text()
    expect(screen.locator(".skaerm-spoergsmaal")).to_have_text(asked)

    leder.get_by_role("button", name="Næste punkt").click()
    expect(phone.get_by_role("heading", name="Det, der ligger på bordet")).to_be_visible()
    phone.get_by_role("link", name="Læg noget på bordet").click()
    lay_on_the_table(phone)
    leder.get_by_role("button", name="Vis gruppebilledet").click()
    expect(leder.get_by_role("row", name="Borger ca. 60")).to_be_visible()
    expect(screen.get_by_role("row", name="Borger ca. 60")).to_be_visible()
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")

    phone.get_by_role("link", name="Tilbage til mødet").click()
    expect(phone.locator("[data-ur-tid]")).to_be_visible()
    phone.context.set_offline(True)
    expect(phone.get_by_text("Ingen forbindelse lige nu")).to_be_visible()
    leder.get_by_role("link", name="Tilbage til mødet").click()
    leder.get_by_role("button", name="Pause").click()
    leder.get_by_role("button", name="Næste punkt").click()
    expect(screen.get_by_role("heading", name="Opsamling på planchen")).to_be_visible()
    expect(phone.get_by_role("heading", name="Det, der ligger på bordet")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", name="Opsamling på planchen")).to_be_visible()
    expect(phone.get_by_text("Ingen forbindelse lige nu")).to_be_hidden()

    phone.get_by_role("link", name="Skriv på planchen").click()
    expect(phone.locator("[data-sammen][data-klar]")).to_be_attached()
    phone.locator("[data-ny=proevet] textarea").fill("Timeout efter hvert emne")
    phone.locator("[data-ny=proevet]").get_by_role("button").click()
    expect(screen.get_by_text("Timeout efter hvert emne")).to_be_visible()
    for who, line in zip((*others, phone), ("Det begynder jeg på", "Godt", "Aha"), strict=True):
        who.goto(f"{url}/tjek-ud")
        expect(who.locator("[data-sammen][data-klar]")).to_be_attached()
        who.locator("[data-tjek=yes] textarea").fill(line)
        who.locator("[data-tjek=yes]").get_by_role("button").click()
    for _ in range(3):
        leder.get_by_role("button", name="Næste punkt").click()
    expect(screen.get_by_role("heading", name="Tjek ud")).to_be_visible()
    expect(screen.get_by_text("Det begynder jeg på")).to_be_visible()

    phone.goto(f"{url}/bordet")
    phone.get_by_role("button", name="Tag tilbage").click()
    expect(phone.get_by_text("Det er væk for alle")).to_be_visible()
    leder.goto(f"{url}/gruppebillede")
    expect(leder.get_by_text("Der mangler nogen endnu")).to_be_visible()
    leder.goto(f"{url}/led")
    leder.get_by_text("Slut mødet", exact=True).click()
    leder.get_by_role("button", name="Slut mødet nu").click()
    expect(screen.get_by_text("Tak for i dag")).to_be_visible()
    leder.get_by_role("link", name="Se referatet").click()
    expect(leder.get_by_text("Åse Ask")).to_be_visible()
