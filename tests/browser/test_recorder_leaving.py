"""Signing out on a shared tablet: the unsent is sent first or kept locked, and the next person meets nothing of it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from optager import NO_NET, SECOND_TILE, Optager, check_with_axe, of
from playwright.sync_api import Page, expect
from test_recorder_offline import device_text

pytestmark = [pytest.mark.browser, pytest.mark.gate("F2")]


def test_sign_out_sends_first_and_leaves_nothing(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.tick_without_a_net()
    page.context.set_offline(False)
    page.goto("/profil")
    sign_out(page)
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE]
    held = device_text(page)
    assert str(live.world.people["jonas"]) not in held
    assert str(kontrakt_id) not in held
    page.go_back()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Jonas")


def test_the_unsent_stays_locked_until_its_owner_is_back(live: Any, kontrakt_id: UUID) -> None:
    """The server will not answer: a file, or to leave it. The next person neither sees nor sends it; the owner does."""
    live.expects("status of 503")
    live.expects("status of 404")
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.saved()
    page.route("**/api/kontrakter/**", lambda route: route.fulfill(status=503, json={}))
    optager.tick()
    optager.note("Han kiggede væk")
    expect(page.locator("[data-state-words]")).to_contain_text("2 venter")
    page.goto("/profil")
    sign_out(page)
    dialog = page.locator("[data-leave]")
    expect(dialog).to_contain_text("2 hændelser er ikke sendt endnu")
    check_with_axe(page, "the question at sign-out")
    with page.expect_download() as saved:
        dialog.get_by_role("button", name="Gem som fil").click()
    expect(dialog).to_contain_text("2 hændelser er ikke sendt endnu")
    dialog.get_by_role("button", name="Log ud alligevel").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    assert "Han kiggede" not in device_text(page)
    page.unroute("**/api/kontrakter/**")

    live.sign_in(page, "aase")
    page.goto(f"/optager/{kontrakt_id}")
    expect(page.locator("body")).not_to_contain_text("Mette")
    page.goto("/profil")
    assert of(optager.stored(), "faerdighed") == []
    sign_out(page)
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()

    live.sign_in(page, "jonas")
    expect(page.locator("[data-outbox-words]")).to_contain_text("er sendt nu")
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE]
    assert of(optager.stored(), "note") == ["Han kiggede væk"]
    take_in(page, saved.value.path())
    page.goto("/profil")
    expect(page.locator("main")).to_contain_text("2 var der i forvejen")
    assert len(optager.stored()) == 3


def take_in(page: Page, path: Any) -> None:
    """The file holds codes and a sealed note; taking it in after the sending adds nothing."""
    written = path.read_text(encoding="utf-8")
    assert json.loads(written)["format"] == "kollegial-supervision-kryds"
    assert "Han kiggede" not in written
    page.goto("/observationer/hent-kryds")
    page.locator("input[type=file]").set_input_files(
        {"name": "kryds.json", "mimeType": "application/json", "buffer": written.encode()}
    )
    page.locator("main form button[type=submit]").click()


def test_without_a_net_nobody_is_signed_out(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.tick_without_a_net()
    page.route("**/api/kontrakter/**", lambda route: route.abort("internetdisconnected"))
    page.context.set_offline(False)
    page.goto("/profil")
    page.context.set_offline(True)
    sign_out(page)
    dialog = page.locator("[data-leave]")
    expect(dialog).to_contain_text("du er uden net")
    dialog.get_by_role("button", name="Bliv logget ind").click()
    expect(dialog).to_be_hidden()
    page.unroute("**/api/kontrakter/**")
    page.context.set_offline(False)
    expect(page.locator("[data-outbox-words]")).to_contain_text("er sendt nu")
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE]


def sign_out(page: Page) -> None:
    page.locator(".person-menu summary").click()
    page.locator("[data-sign-out] button").click()
