"""An exercise in real browsers: the facilitator and two phones, one of which drops off and comes back."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.wide
def test_two_phones_take_turns_and_one_drops_off(live: Any, gruppe_id: UUID) -> None:
    live.expects(r"net::ERR_INTERNET_DISCONNECTED|Failed to load resource")
    leder, mette, jonas = live.page_for("leder"), live.phone_for("mette"), live.phone_for("jonas")
    leder.goto(f"/grupper/{gruppe_id}")
    leder.get_by_role("link", name="Hold en øvelse").click()
    leder.get_by_role("button", name="Begynd Plus og minus").click()
    for phone in (mette, jonas):
        phone.goto("/")
        phone.get_by_role("link", name="En øvelse er i gang").click()
        phone.get_by_role("button", name="Vær med").click()
        expect(phone.get_by_role("heading", name="Du er med")).to_be_visible()
    expect(leder.get_by_text("Jonas Øland")).to_be_visible()
    leder.get_by_role("button", name="Del os op").click()
    expect(mette.get_by_text("Du begynder som fokusperson")).to_be_visible()
    expect(jonas.get_by_text("Du begynder som samtalepartner")).to_be_visible()

    mette.get_by_role("button", name="3", exact=True).click()
    expect(mette.get_by_text("Du har sat 3")).to_be_visible()
    leder.get_by_role("button", name="Begynd for hold 1").click()
    expect(jonas.locator("[data-ur-tid]")).to_have_text(re.compile(r"^0\.0[1-9]$"))
    leder.get_by_role("button", name="Næste trin for hold 1").click()
    expect(mette.get_by_text("Du er fokusperson")).to_be_visible()
    expect(jonas.get_by_text("Du er samtalepartner")).to_be_visible()

    line = mette.get_by_role("textbox", name="Plus")
    line.fill("Ro til at")
    jonas.get_by_role("button", name="Pause").click()
    expect(mette.get_by_text("Pause", exact=True)).to_be_visible()
    expect(line).to_have_value("Ro til at")  # the scene was drawn anew around what she writes
    line.press_sequentially(" lytte")
    mette.context.set_offline(True)
    mette.get_by_role("button", name="Skriv : Plus").click()
    expect(mette.get_by_text("bliver stående")).to_be_visible()
    expect(line).to_have_value("Ro til at lytte")
    jonas.get_by_role("button", name="Næste trin").click()
    expect(jonas.get_by_text("Du er fokusperson")).to_be_visible()  # the roles have turned
    expect(mette.get_by_text("Siden kommer med igen")).to_be_visible()
    expect(mette.get_by_text("Du er fokusperson")).to_be_visible()
    jonas.get_by_role("button", name="Et trin tilbage").click()
    mette.context.set_offline(False)
    expect(mette.get_by_text("Siden kommer med igen")).to_be_hidden()
    expect(line).to_have_value("Ro til at lytte")
    mette.get_by_role("button", name="Skriv : Plus").click()
    expect(jonas.get_by_text("Ro til at lytte", exact=True)).to_be_visible()
    leder.get_by_role("button", name="Næste trin for hold 1").click()
    expect(mette.get_by_text("Du er samtalepartner")).to_be_visible()
    before = mette.locator("[data-ur-tid]").inner_text()
    mette.reload()
    expect(mette.locator("[data-ur-tid]")).not_to_have_text(before)
    assert mette.evaluate("document.documentElement.scrollWidth <= innerWidth")

    leder.get_by_text("Slut øvelsen", exact=True).click()
    leder.get_by_role("button", name="Slut øvelsen nu").click()
    expect(leder.get_by_role("heading", name="Gruppens tal")).to_be_visible()
    expect(mette.get_by_text("Det blev I ikke denne gang")).to_be_visible()
