"""Long words, piled-up signs and words from right to left keep inside a page of 320 px."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from every_page import NARROW, Place, places
from playwright.sync_api import Error, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "guards"))

from test_stored_scripts import plant
from test_viewpoints import fill

from supervision.db import db

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

MARK = "Fællesskabsbestyrelsesmødedagsordenspunktsforslag"
LONG = (
    f" {MARK * 4} https://eksempel.dk/{'a' * 150} "
    + "a"
    + "\u0301" * 200
    + " \u202eabc\u202c \u0634\u0643\u0631\u0627"
)
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const { right, width } = one.getBoundingClientRect();
  for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return false;
  }
  return width && right > innerWidth + 1;
}).slice(-2).map((one) => `${one.tagName}.${one.className}`).join(" ")"""


@pytest.fixture
def crowded(live: Any) -> list[Place]:
    """Every page, with such words after each text that somebody wrote and each name."""
    with live.app.app_context():
        ids = fill(live.world)
        plant(LONG)
        db.session.commit()
        db.session.remove()
    return list(places(live.app, ids))


def sideways(page: Page, address: str) -> tuple[bool, int]:
    """(whether the page shows the words, how many pixels it scrolls sideways)."""
    try:
        answer = page.goto(address, wait_until="domcontentloaded", timeout=60_000)
    except Error as problem:
        if "Download is starting" not in str(problem):
            raise
        return False, 0
    if answer is None or "text/html" not in answer.headers.get("content-type", ""):
        return False, 0
    shows = MARK in (page.locator("body").text_content() or "")
    return shows, page.evaluate(SIDEWAYS) if shows else 0


@pytest.mark.gate("D3")
@pytest.mark.parametrize(
    "every", [pytest.param(8, marks=pytest.mark.wide), pytest.param(1, marks=pytest.mark.soak)]
)
def test_no_words_push_a_page_wider(
    live: Any, crowded: list[Place], every: int, record_property: Any
) -> None:
    live.expects("status of 4(04|22)")
    windows: dict[str | None, Page] = {}
    found, pages = [], 0
    for place in crowded[2::every]:
        if place.person not in windows:
            windows[place.person] = live.page_for(place.person, viewport=NARROW, reduced_motion="reduce")
        page = windows[place.person]
        shows, wide = sideways(page, place.address)
        pages += shows
        if wide > 0:
            found.append(f"{place.endpoint} as {place.person}: {wide} px: {page.evaluate(WIDEST)}")
    assert not found, "\n".join(found)
    assert pages >= 60 // every
    record_property("figure", f"long, piled-up and turned words on {pages} pages of 320 px: 0 px sideways")


@pytest.mark.wide
@pytest.mark.planted("D3")
def test_a_page_that_lets_words_push_it_is_seen(live: Any) -> None:
    page = live.page_for(None, viewport=NARROW)
    page.goto("/was")
    assert page.evaluate(SIDEWAYS) == 0
    page.evaluate("(words) => document.querySelector('main p').append(words)", LONG)
    page.evaluate("document.querySelector('main p').style.overflowWrap = 'normal'")
    page.evaluate("document.querySelector('main p').style.whiteSpace = 'nowrap'")
    assert page.evaluate(SIDEWAYS) > 0
