"""From the tablet to the phone: the code is opened in another browser, and ticks arrive under the right name."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import segno
from agreed import add_kontrakt
from axe_playwright_python.sync_playwright import Axe
from conftest import PHONE
from playwright.sync_api import Page, Request, expect

from supervision.db import db
from supervision.observationer.queries import find_observation_of, list_haendelser
from supervision.personer.models import Indlogning

pytestmark = pytest.mark.browser

TILE = '[data-spor="faerdighed"][data-kode="no_spoerger"]'


def accessible(page: Page) -> None:
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    assert found == [], f"{page.url}: {found}"


def test_the_code_opens_the_recorder_on_a_phone(live: Any) -> None:
    live.expects(r"status of (403|404)")
    with live.app.app_context():
        kontrakt_id = add_kontrakt(live.world)
        db.session.commit()
        db.session.remove()
    tablet = live.page_for("jonas", color_scheme="dark")
    tablet.goto(f"/kontrakter/{kontrakt_id}/anden-enhed")
    accessible(tablet)
    tablet.get_by_role("button", name="Lav en kode").click()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Scan koden med den anden enhed")
    accessible(tablet)
    address = tablet.locator(".device-address").inner_text()
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=4, omitsize=True)
    ink = tablet.locator(".device-qr path").last
    assert f'd="{ink.get_attribute("d")}"' in drawn
    assert ink.evaluate("(path) => getComputedStyle(path).stroke") == "rgb(0, 0, 0)"
    paper = tablet.locator(".device-qr path").first
    assert paper.evaluate("(path) => getComputedStyle(path).fill") == "rgb(255, 255, 255)"

    phone, told = live.page_for(None, **PHONE), []
    phone.on("request", lambda request: told.append(_referrer(request)))
    phone.goto(address)
    accessible(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Åbn optageren på denne enhed?")
    phone.get_by_role("button", name="Åbn optageren").tap()
    phone.wait_for_url(f"**/optager/{kontrakt_id}")
    phone.locator('[data-act="start"]').first.tap()
    expect(phone.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")
    phone.locator(TILE).tap()
    expect(phone.locator("[data-state-words]")).to_have_text("Gemt")
    code = address.rsplit("/", 1)[1]
    assert any(told), "something was said of where it came from"
    assert not [referrer for referrer in told if code in referrer]

    with live.app.app_context():
        observation = find_observation_of(kontrakt_id)
        assert observation is not None
        assert observation.observatoer_id == live.world.jonas
        assert [event.kode for event in list_haendelser(observation.id) if event.spor == "faerdighed"] == [
            "no_spoerger"
        ]
        db.session.remove()
    phone.goto("/profil")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Denne enhed er kun åben til optageren")
    accessible(phone)
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Linket virker ikke længere")

    phone.goto("/log-ind?next=/profil")
    live.fill_sign_in(phone, "jonas")
    phone.wait_for_url(re.compile("/profil$"))


@pytest.mark.wide
@pytest.mark.gate("E4")
def test_quiet_ends_the_phone_s_sign_in_while_it_records_on_and_a_new_code_sends_the_rest(live: Any) -> None:
    live.expects(r"status of 401")
    with live.app.app_context():
        kontrakt_id = add_kontrakt(live.world)
        db.session.commit()
        db.session.remove()
    tablet, phone = live.page_for("jonas"), live.page_for(None, **PHONE)
    _open_by_code(tablet, phone, kontrakt_id)
    phone.locator('[data-act="start"]').first.tap()
    phone.locator(TILE).tap()
    expect(phone.locator("[data-state-words]")).to_have_text("Gemt")

    _shut_by_quiet(live)
    phone.locator(TILE).tap()
    banner = phone.get_by_text("Lav en ny kode på din egen enhed, og åbn den her, så sendes det.")
    expect(banner).to_be_visible()
    phone.locator(TILE).tap()
    expect(phone.locator("[data-state-words]")).to_have_text("Gemt på enheden · 2 venter")
    accessible(phone)

    _open_by_code(tablet, phone, kontrakt_id)
    expect(phone.locator("[data-state-words]")).to_have_text("Gemt")
    with live.app.app_context():
        observation = find_observation_of(kontrakt_id)
        assert observation is not None
        taps = [event for event in list_haendelser(observation.id) if event.spor == "faerdighed"]
        assert len(taps) == 3, "nothing is lost, nothing is there twice"
        db.session.remove()


@pytest.mark.wide
def test_a_running_samtale_gives_a_sign_of_life_until_nobody_has_touched_the_device_for_an_hour(
    live: Any,
) -> None:
    with live.app.app_context():
        kontrakt_id = add_kontrakt(live.world)
        db.session.commit()
        db.session.remove()
    page, asked = live.page_for("jonas"), []
    page.on("request", lambda request: asked.append(1) if request.url.endswith("/api/hvem") else None)
    page.clock.install()
    page.goto(f"/optager/{kontrakt_id}")
    expect(page.locator('[data-act="start"]').first).to_be_enabled()
    page.clock.fast_forward("15:00")
    assert not asked, "nothing runs yet"
    page.locator('[data-act="start"]').first.click()
    page.locator(TILE).click()
    for _ in range(3):
        page.clock.fast_forward("05:30")
        page.wait_for_timeout(50)
    assert len(asked) == 3
    page.clock.fast_forward("46:00")
    page.wait_for_timeout(50)
    before = len(asked)
    for _ in range(3):
        page.clock.fast_forward("10:00")
        page.wait_for_timeout(50)
    assert len(asked) == before, "nobody is there"
    page.locator(TILE).click()
    page.clock.fast_forward("01:00")
    page.wait_for_timeout(50)
    assert len(asked) > before


def _open_by_code(tablet: Page, phone: Page, kontrakt_id: Any) -> None:
    tablet.goto(f"/kontrakter/{kontrakt_id}/anden-enhed")
    tablet.get_by_role("button", name=re.compile("^Lav en (ny )?kode$")).click()
    phone.goto(tablet.locator(".device-address").inner_text())
    phone.get_by_role("button", name="Åbn optageren").tap()
    phone.wait_for_url(f"**/optager/{kontrakt_id}")


def _shut_by_quiet(live: Any) -> None:
    """As if the phone had not been heard from for longer than it may."""
    with live.app.app_context():
        for row in db.session.query(Indlogning).filter(Indlogning.enhed.endswith("kun optageren")):
            row.begyndt_at -= timedelta(minutes=40)
            row.set_at -= timedelta(minutes=31)
        db.session.commit()
        db.session.remove()


def _referrer(request: Request) -> str:
    return request.headers.get("referer", "")
