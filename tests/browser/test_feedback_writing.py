"""Writing feedback in a browser: begun by a starter, hung on the timeline, saved as you write."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feedback"))

from letters import drafted, ended, feedback_of, texts

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Gemt kl\. \d\d\.\d\d$")
STATUS = "[data-gemt]"


@pytest.fixture
def observation_id(live: Any) -> UUID:
    return ended(live.app, live.world)


def opened(live: Any, observation_id: UUID) -> Page:
    page: Page = live.page_for("jonas")
    page.goto(f"/observationer/{observation_id}/feedback")
    return page


def area(page: Page, slags: str) -> Locator:
    return page.locator(f"[data-omraade={slags}]")


def stored_texts(live: Any, observation_id: UUID) -> list[str]:
    feedback_id = feedback_of(live.app, observation_id)
    return texts(live.app, feedback_id) if feedback_id else []


def test_begun_hung_on_a_moment_and_saved_without_a_button(live: Any, observation_id: UUID) -> None:
    page = opened(live, observation_id)
    seen = area(page, "iagttagelse")
    seen.get_by_role("button", name="Jeg hørte").click()
    page.keyboard.type("dig vente.")
    expect(page.locator(STATUS)).to_have_text(re.compile("^(Gemmer …|Gemt på enheden)$"))
    page.locator("circle.tl-mark").first.click()
    expect(seen.locator("[data-chip]").first).to_have_text(re.compile(r"^kl\. \d\d\.\d\d$"))
    expect(page.locator(STATUS)).to_have_text(SAVED)
    assert stored_texts(live, observation_id) == ["Jeg hørte dig vente."]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.reload()
    expect(seen.locator("textarea").first).to_have_value("Jeg hørte dig vente.")
    expect(seen.locator("[data-chip]").first).to_be_visible()


def test_moved_taken_away_and_brought_back(live: Any, observation_id: UUID) -> None:
    drafted(live.app, observation_id, (("lykkedes", "A"), ("lykkedes", "B")))
    page = opened(live, observation_id)
    good = area(page, "lykkedes")
    good.get_by_role("button", name="Flyt punkt 2 op").click()
    expect(page.locator(STATUS)).to_have_text(SAVED)
    assert stored_texts(live, observation_id) == ["B", "A"]
    good.get_by_role("button", name="Slet punkt 1").click()
    expect(page.locator(STATUS)).to_have_text("Gemt på enheden")
    expect(page.locator(STATUS)).to_have_text(SAVED)
    assert stored_texts(live, observation_id) == ["A"]
    page.get_by_role("button", name="Fortryd").click()
    expect(page.locator(STATUS)).to_have_text("Gemt på enheden")
    expect(page.locator(STATUS)).to_have_text(SAVED)
    assert stored_texts(live, observation_id) == ["B", "A"]


def test_signed_out_it_says_so_and_keeps_the_words_on_the_page(live: Any, observation_id: UUID) -> None:
    live.expects("Failed to load resource")
    page = opened(live, observation_id)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    area(page, "lykkedes").locator("textarea").last.fill("Skrevet uden adgang")
    expect(page.locator(STATUS)).to_contain_text("Gemt på enheden, men ikke sendt: Er du logget ud")
    assert stored_texts(live, observation_id) == []
    page.context.add_cookies(cookies)
    expect(page.locator(STATUS)).to_have_text(SAVED, timeout=15_000)
    assert stored_texts(live, observation_id) == ["Skrevet uden adgang"]


def test_the_button_takes_along_what_was_just_typed(live: Any, observation_id: UUID) -> None:
    page = opened(live, observation_id)
    area(page, "lykkedes").locator("textarea").last.fill("Skrevet i sidste øjeblik")
    page.get_by_role("button", name="Læs den, som Mette vil se den").click()
    expect(page.get_by_role("heading", name="Sådan ser Mette din feedback")).to_be_visible()
    expect(page.get_by_text("Skrevet i sidste øjeblik")).to_be_visible()
