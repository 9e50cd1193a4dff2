"""A draft that the device kept comes back late, or not at first, while its writer goes on: nothing written is lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feedback"))

from letters import ended

pytestmark = pytest.mark.browser

SENDING, RESTORING = "**/observationer/*/feedback", "**/feedback/genopret"


@pytest.fixture
def address(live: Any) -> str:
    live.expects(r"net::ERR_")
    return f"/observationer/{ended(live.app, live.world)}/feedback"


def words_on(page: Page) -> str:
    found: str = page.evaluate("[...document.querySelectorAll('textarea')].map((one) => one.value).join('|')")
    return found


def leave_unsent(page: Page, field: Locator, words: str) -> None:
    """Write without a net, and be gone as in a crash: without the last sending of a page that is left."""
    page.context.set_offline(True)
    page.evaluate("addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), true)")
    field.fill(words)
    expect(page.locator("p[data-gemt]")).to_contain_text("Gemt på enheden, men ikke sendt")
    page.goto("about:blank")
    page.context.set_offline(False)


def with_an_unsent_draft(live: Any, address: str) -> Page:
    """The server has “Du ventede.”, the device “Du ventede. Længe.”; the page is about to be opened again."""
    page: Page = live.page_for("jonas")
    page.goto(address)
    page.locator("textarea").first.fill("Du ventede.")
    expect(page.locator("p[data-gemt]")).to_contain_text("Gemt kl.")
    leave_unsent(page, page.locator("textarea").first, "Du ventede. Længe.")
    return page


@pytest.mark.wide
def test_what_is_written_before_the_old_words_are_back_stays(live: Any, address: str) -> None:
    page = with_an_unsent_draft(live, address)
    held: list[Route] = []
    page.route(RESTORING, lambda route: held.append(route), times=1)
    with page.expect_request(RESTORING):
        page.goto(address)
    page.locator("textarea").first.fill("Du ventede. Og så spurgte du.")
    held[0].continue_()
    expect(page.locator("[data-genoprettet]")).to_be_visible()
    assert "Du ventede. Længe." in words_on(page)
    assert "Og så spurgte du." in words_on(page)


@pytest.mark.wide
def test_old_words_that_did_not_come_back_are_not_written_over(live: Any, address: str) -> None:
    page = with_an_unsent_draft(live, address)
    page.route(RESTORING, lambda route: route.abort(), times=1)
    page.goto(address)
    leave_unsent(page, page.locator("textarea").last, "Og så spurgte du.")
    page.goto(address)
    expect(page.locator("[data-genoprettet]")).to_be_visible()
    expect(page.locator("p[data-gemt]")).to_contain_text("Gemt kl.")
    assert words_on(page).count("Du ventede. Længe.") == 1
    assert "Og så spurgte du." in words_on(page)


@pytest.mark.wide
def test_one_saving_at_a_time_however_often_it_is_asked_for(live: Any, address: str) -> None:
    page = live.page_for("jonas")
    page.goto(address)
    held: list[Route] = []
    page.route(SENDING, lambda route: held.append(route))
    page.locator("textarea").first.fill("Du ventede.")
    button = page.get_by_role("button", name="Gem kladden")
    with page.expect_request(SENDING):
        button.click()
    button.click()
    button.click()
    with page.expect_request(SENDING):
        held[0].continue_()
    page.wait_for_timeout(200)
    assert len(held) == 2, "two at once: an older text could land on a newer"
    held[1].continue_()
    expect(page.locator("p[data-gemt]")).to_contain_text("Gemt kl.")
