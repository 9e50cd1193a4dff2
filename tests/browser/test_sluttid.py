"""Whoever is asked whether they are still there, and has no net just then, keeps the page and what is written on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser

ENDS = {"rest_s": 100, "laengst_s": 40_000}
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.mark.wide
def test_without_a_net_the_page_stays_and_an_old_answer_does_not_ask_again(live: Any) -> None:
    live.expects(r"net::ERR_FAILED")
    page = live.page_for("mette")
    page.goto("/profil")
    held: list[Route] = []
    answers: list[Callable[[Route], object]] = [
        lambda route: route.fulfill(json=ENDS),
        lambda route: route.abort(),
        held.append,
        lambda route: route.fulfill(json={**ENDS, "rest_s": 1800}),
    ]
    page.route("**/api/indlogning", lambda route: answers.pop(0)(route))
    page.evaluate("window.same = true")
    dialog, stay = page.locator("#sluttid"), page.get_by_role("button", name="Bliv logget ind")
    page.evaluate(LOOK)
    expect(dialog).to_be_visible()
    stay.click()
    expect(dialog).to_contain_text("Du er uden net")
    expect(dialog.get_by_role("status")).to_be_visible()
    with page.expect_request("**/api/indlogning"):
        page.evaluate(LOOK)
    stay.click()
    expect(dialog).to_be_hidden()
    with page.expect_response("**/api/indlogning"):
        held[0].fulfill(json=ENDS)
    page.wait_for_timeout(100)
    expect(dialog).to_be_hidden()
    assert page.evaluate("window.same")
