"""Every page there is, held to axe with contrast on and to a ruler: filled, empty, folded out, in dialogs, in error.

All of them in the long run; each sixteenth beside the suite. Nothing is left out but files to fetch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from every_page import NARROW, PHONE, WIDE, Place, accessible, axe, fits, ours, places
from playwright.sync_api import Error, Page
from test_viewpoints import fill

from supervision.db import db

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

SHARE = pytest.mark.parametrize(
    "every", [pytest.param(16, marks=pytest.mark.wide), pytest.param(1, marks=pytest.mark.soak)]
)
FILE = "Download is starting"


@pytest.fixture
def filled(live: Any) -> list[Place]:
    """Every page of an organisation where everything has happened."""
    with live.app.app_context():
        ids = fill(live.world)
        db.session.commit()
        db.session.remove()
    return list(places(live.app, ids))


def walk(live: Any, where: list[Place], look: Callable[[Page], list[str]]) -> tuple[list[str], int]:
    """What is wrong on these pages, and how many there were. Each person has a window of their own."""
    windows: dict[str | None, Page] = {}
    found, seen = [], 0
    for place in where:
        if place.person not in windows:
            windows[place.person] = live.page_for(place.person, viewport=WIDE, reduced_motion="reduce")
        page = windows[place.person]
        try:
            answer = page.goto(place.address, wait_until="load")
        except Error as problem:
            if FILE not in str(problem):
                raise
            continue
        if answer and "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen += 1
        found += [f"{place.endpoint} as {place.person}: {one}" for one in look(page)]
    return found, seen


@SHARE
@pytest.mark.gate("I1")
def test_axe_finds_nothing_on_any_page(
    live: Any, filled: list[Place], every: int, record_property: Any
) -> None:
    live.expects("status of 4(04|22)")
    found, seen = walk(live, filled[::every], accessible)
    assert not found, "\n".join(found)
    assert seen >= 200 // every
    record_property(
        "figure", f"0 violations on {seen} pages at 1280 and 390 px, light and dark, folded out, in dialogs"
    )


@SHARE
@pytest.mark.gate("I3")
def test_every_page_fits(live: Any, filled: list[Place], every: int, record_property: Any) -> None:
    live.expects("status of 4(04|22)")
    found, seen = walk(live, filled[4::every], fits)
    assert not found, "\n".join(found)
    assert seen >= 190 // every
    record_property(
        "figure", f"0 of {seen} pages scroll both ways or cut at 320 px, 200 % text, WCAG 1.4.12 spacing"
    )


@SHARE
@pytest.mark.gate("I1")
def test_axe_finds_nothing_where_nothing_has_happened(live: Any, every: int, record_property: Any) -> None:
    live.expects("status of 4(04|22)")
    found, seen = walk(live, list(places(live.app, {}))[1::every], accessible)
    assert not found, "\n".join(found)
    assert seen >= 50 // every
    record_property("figure", f"0 violations on {seen} empty pages")


@SHARE
@pytest.mark.gate("I1")
def test_axe_finds_nothing_in_a_form_with_errors(
    live: Any, filled: list[Place], every: int, record_property: Any
) -> None:
    live.expects("status of 4")
    refused: list[str] = []

    def send_empty(page: Page) -> list[str]:
        if not ours(page, "canSendEmpty"):
            return []
        with page.expect_navigation() as sent:
            ours(page, "sendEmpty")
        if sent.value.status != 422:
            return []
        refused.append(page.url)
        return accessible(page)

    found, _ = walk(live, filled[::every], send_empty)
    assert not found, "\n".join(found)
    assert len(refused) >= 16 // every
    record_property("figure", f"0 violations on {len(refused)} forms with errors")


@pytest.mark.wide
@pytest.mark.gate("I1")
@pytest.mark.gate("I3")
@pytest.mark.planted("I1", "I3")
def test_each_look_finds_what_is_planted(live: Any) -> None:
    page = live.page_for(None, viewport=WIDE, reduced_motion="reduce")
    page.goto("/was")
    assert accessible(page) == fits(page) == []
    plants = {
        "color-contrast": "document.querySelector('main p').style.color = '#999'",
        "image-alt": "document.querySelector('main').append(new Image())",
        "label": "document.querySelector('main').append(document.createElement('textarea'))",
        "dialog": "document.body.append(document.createElement('dialog')); "
        "document.querySelector('dialog').append(document.createElement('button'))",
    }
    for sign, plant in plants.items():
        page.goto("/was")
        page.evaluate(f"() => {{ {plant} }}")
        assert any(sign in one for one in accessible(page)), sign
    for sign, plant in (
        ("scrolls sideways", "document.querySelector('h1').style.minWidth = '400px'"),
        ("cut", "Object.assign(document.querySelector('h1').style, { overflow: 'hidden', height: '10px' })"),
        (
            "200 %",
            "Object.assign(document.querySelector('main p').style, { overflow: 'clip', height: '90px', minWidth: 0 })",
        ),
    ):
        page.goto("/was")
        page.evaluate(f"() => {{ {plant} }}")
        assert any(sign in one for one in fits(page)), sign
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert axe(page) == []
    page.set_viewport_size(NARROW)
    assert ours(page, "measure") == [] or sign == "200 %"
