"""The search in the step Kendetegn as one types: it is the server's, so it forgives what the server forgives."""

from __future__ import annotations

from typing import Any

import pytest
from optager import agree
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser


def test_the_search_forgives_and_what_is_found_can_be_put_in(live: Any) -> None:
    page = live.page_for("mette")
    page.goto(f"/kontrakter/{agree(live, yes=())}/kendetegn")
    found, said = page.locator("[data-soeg-liste] [data-tegn] b"), page.locator("[data-soeg-svar]")
    page.get_by_label("Søg i metodekataloget").fill("aabne sporgsmaal")
    expect(said).to_have_text("3 kendetegn fundet.")
    expect(found.first).to_have_text("Spørger åbent")
    page.locator('button[value="fjern:no_spoerger"]').first.click()
    expect(page.locator("[data-antal]")).to_have_text("11 af 12")
    page.locator('[data-soeg-liste] button[value="tilfoej:aab_hv"]').click()
    expect(page.locator('[data-valgte] [data-kode="aab_hv"]')).to_be_visible()
    expect(page.locator("#valg-aab_hv")).to_contain_text("Fjern")
    page.get_by_label("Søg i metodekataloget").fill("")
    expect(page.locator("[data-soeg-liste] details")).not_to_have_count(0)


@pytest.mark.wide
def test_an_answer_to_what_is_not_asked_any_more_is_not_shown(live: Any) -> None:
    page = live.page_for("mette")
    page.goto(f"/kontrakter/{agree(live, yes=())}/kendetegn")
    held: list[Route] = []
    page.route("**/kendetegn?soeg=aabne", lambda route: held.append(route))
    with page.expect_request("**/kendetegn?soeg=aabne"):
        page.get_by_label("Søg i metodekataloget").fill("aabne")
    with page.expect_event("requestfailed"):
        page.get_by_label("Søg i metodekataloget").fill("")
    expect(page.locator("[data-soeg-svar]")).to_have_text("")
