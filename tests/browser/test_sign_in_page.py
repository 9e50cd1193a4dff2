"""Signing in by a passkey that Chromium itself holds, and the question before a sign-in ends."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from supervision.db import db
from supervision.personer.models import Indlogning

pytestmark = [pytest.mark.browser, pytest.mark.wide]
VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(live: Any) -> Page:
    """A page by the name that passkeys need: an address of figures has none."""
    live.base_url = live.base_url.replace("127.0.0.1", "localhost")
    found: Page = live.page_for("mette")
    client = found.context.new_cdp_session(found)
    client.send("WebAuthn.enable")
    client.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
    return found


def test_a_passkey_is_made_and_signs_in(live: Any, page: Page) -> None:
    page.goto("/profil/adgang")
    page.get_by_role("button", name="Tilføj en passkey").click()
    expect(page.get_by_text("Din passkey er gemt.")).to_be_visible()
    expect(page.locator("#passkeys").get_by_role("heading", name="Chrome på Linux")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/log-ind?next=/profil")
    page.get_by_role("button", name="Brug din passkey").click()
    page.wait_for_url("**/profil")
    page.get_by_role("link", name="Hvor er du logget ind?").click()
    expect(page.get_by_text(re.compile("sidst brugt"))).to_be_visible()


def test_the_password_alone_is_asked_for_a_second_step(live: Any, page: Page) -> None:
    page.goto("/profil/adgang")
    page.get_by_role("button", name="Tilføj en passkey").click()
    expect(page.get_by_text("Din passkey er gemt.")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/log-ind")
    live.fill_sign_in(page, "mette")
    page.wait_for_url("**/log-ind/kode")
    page.get_by_role("button", name="Brug din passkey").click()
    page.wait_for_url("**/profil/hvem-ser-hvad")  # in, for the first time: who can see what comes first


@pytest.mark.gate("I4")
def test_one_is_asked_before_the_sign_in_ends_and_can_go_on(live: Any) -> None:
    page = live.page_for("mette")
    page.clock.install()
    page.goto("/hjaelp")
    page.get_by_role("link", name="Hjælp").first.focus()
    seen(live, minutes_ago=28)
    page.clock.run_for(13 * 60 * 1000)
    question = page.get_by_role("dialog", name="Er du her stadig?")
    expect(question).to_be_visible()
    expect(question).to_contain_text(re.compile(r"Du bliver logget ud kl\. \d\d\.\d\d"))
    expect(question.get_by_role("button", name="Bliv logget ind")).to_be_focused()
    page.keyboard.press("Enter")
    expect(question).to_be_hidden()
    expect(page.get_by_role("link", name="Hjælp").first).to_be_focused()
    with live.app.app_context():
        left = db.session.query(Indlogning).one()
        assert left.slutter_at - left.set_at > timedelta(hours=11)
        db.session.remove()


def seen(live: Any, minutes_ago: int) -> None:
    """Let the one sign-in there is be as old, and have been quiet for as long."""
    from supervision import clock

    at = clock.now() - timedelta(minutes=minutes_ago)
    with live.app.app_context():
        values = {"begyndt_at": at, "set_at": at, "slutter_at": at + timedelta(hours=12)}
        db.session.query(Indlogning).update(values)
        db.session.commit()
        db.session.remove()
