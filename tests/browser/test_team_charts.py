"""The team's charts in a real browser: drawn, quiet, readable without scripts, and with no way out of the house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from held import crew, held, log
from playwright.sync_api import Page, expect

from supervision import clock
from supervision.db import db
from supervision.overblik.actions import publish, publish_due
from supervision.overblik.rules import r1_kvartal_at_vise

pytestmark = pytest.mark.browser

PICTURES = ("taletid", "faser", "ugu", "elementer", "faerdigheder", "pligter")


@pytest.fixture
def address(live: Any) -> str:
    """Team Nord's page, with six colleagues observed in the quarter that is shown today."""
    with live.app.app_context():
        world, day = live.world, r1_kvartal_at_vise(clock.today()).fra + timedelta(days=30)
        organisation = world.organisations["jobcenter"]
        for person in crew(organisation, world.teams["nord"], 6):
            events = log(share=0.4, ticks={"k_tid": 3, "k_formaal": 1})
            held(person, world.jonas, organisation, day, events=events, kendetegn=["k_tid", "k_formaal"])
        publish(organisation, r1_kvartal_at_vise(clock.today()))
        publish_due(clock.today())
        db.session.commit()
        db.session.remove()
    return f"/overblik/team/{live.world.teams['nord']}"


def drawn(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("html[data-charts=drawn]")).to_have_count(1, timeout=20_000)
    return page


def test_the_charts_draw_with_their_words_and_colours(live: Any, address: str) -> None:
    page = drawn(live.page_for("mette"), address)
    for picture in PICTURES:
        assert page.locator(f"#{picture} .main-svg").count() >= 1
    shares = [
        text.replace("\N{NO-BREAK SPACE}", " ")
        for text in page.locator("#taletid .bartext").all_text_contents()
    ]
    assert shares == ["ca. 40 %", "ca. 60 %"]
    assert page.locator("#faerdigheder .bartext").all_text_contents() == ["ca. 3", "ca. 1"]
    fills = [bar.get_attribute("style") or "" for bar in page.locator("#taletid .point path").all()]
    assert "31, 90, 107" in fills[0]
    assert "122, 62, 99" in fills[1]


def test_no_button_sends_the_figures_anywhere(live: Any, address: str) -> None:
    page = drawn(live.page_for("leder"), address)
    page.locator("#taletid .plot-container").hover()
    assert page.locator(".modebar-btn").count() == 0
    words = page.locator("main").inner_text().lower()
    assert not [word for word in ("share", "cloud", "plotly", "chart studio") if word in words]
    assert page.locator("a[href*='plot']").count() == 0


def test_on_a_phone_nothing_hangs_over_the_edge(live: Any, address: str) -> None:
    page = drawn(live.phone_for("mette"), address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for picture in PICTURES:
        box = page.locator(f"#{picture} .main-svg").first.bounding_box()
        assert box is not None
        assert box["width"] <= 390


def test_the_charts_follow_the_theme(live: Any, address: str) -> None:
    page = drawn(live.page_for("mette", color_scheme="dark"), address)
    fill = page.locator("#taletid .point path").first.get_attribute("style") or ""
    assert "140, 199, 214" in fill


def test_without_scripts_the_tables_say_it_all(live: Any, address: str) -> None:
    page = live.page_for(None, java_script_enabled=False)
    live.sign_in(page, "mette")
    page.goto(address)
    for picture in PICTURES:
        assert page.locator(f"#{picture} table").is_visible()
        assert not page.locator(f"#{picture} .chart-canvas").is_visible()
    assert page.locator("#taletid tbody tr").first.inner_text().split() == [
        "Medarbejder",
        "ca.",
        "40",
        "%",
        "5–9",
    ]
