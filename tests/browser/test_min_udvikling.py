"""Min udvikling in a real browser: on a phone, by the keyboard, in the dark, and on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from held import held, log
from playwright.sync_api import Page, expect

from supervision import clock
from supervision.db import db

pytestmark = pytest.mark.browser

PICTURES = ("taletid", "tur", "ugu", "proces", "faser", "kendetegn")
PAGE = "/laering/min-udvikling?maal=50"
CANVASES = "[...document.querySelectorAll('.chart-canvas')].map((c) => c.clientWidth)"
DRAWN = "[...document.querySelectorAll('.main-svg:first-child')].map((svg) => +svg.getAttribute('width'))"


@pytest.fixture
def six(live: Any) -> None:
    """Six samtaler of Mette's, of two types."""
    with live.app.app_context():
        world, first = live.world, clock.today() - timedelta(days=90)
        for nr in range(6):
            held(
                world.mette,
                world.jonas,
                world.organisations["jobcenter"],
                first + timedelta(days=10 * nr),
                events=log(share=0.4 + nr / 50, ticks={"k_tid": nr}),
                kendetegn=["k_tid"],
                type="cv_samtale" if nr == 5 else "individuel",
            )
        db.session.commit()
        db.session.remove()


def drawn(page: Page) -> Page:
    page.goto(PAGE)
    expect(page.locator("html[data-charts=drawn]")).to_have_count(1, timeout=20_000)
    return page


def test_on_a_phone_a_point_tells_and_the_keyboard_reaches_the_samtale(live: Any, six: None) -> None:
    page = drawn(live.phone_for("mette"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(DRAWN) == page.evaluate(CANVASES)
    points = page.locator("#taletid .points path")
    assert points.count() == 6
    points.first.hover(force=True)
    expect(page.locator("#taletid .hovertext")).to_contain_text("Individuel samtale")
    page.locator("#taletid summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#taletid tbody tr").first).to_contain_text("CV-samtale")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Din samtale")


def test_in_the_dark_and_then_on_paper_it_is_drawn_to_fit(live: Any, six: None) -> None:
    page = drawn(live.page_for("mette", color_scheme="dark"))
    style = page.locator("#taletid .points path").first.get_attribute("style") or ""
    assert "140, 199, 214" in style
    on_screen = page.evaluate(DRAWN)
    page.evaluate(f"addEventListener('beforeprint', () => {{ window.onPaper = {DRAWN}; }})")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 1
    assert all(250 < width < 352 for width in page.evaluate("window.onPaper")), "two side by side on A4"
    expect(page.locator("#taletid .main-svg").first).to_have_attribute("width", str(on_screen[0]))


def test_without_scripts_the_tables_open(live: Any, six: None) -> None:
    page = live.page_for(None, java_script_enabled=False)
    live.sign_in(page, "mette")
    page.goto(PAGE)
    page.select_option("#type", "individuel")
    page.get_by_role("button", name="Vis", exact=True).click()
    assert page.url.endswith("type=individuel&periode=aar&maal=50")
    for picture in PICTURES:
        page.locator(f"#{picture} summary").click()
        expect(page.locator(f"#{picture} tbody tr")).to_have_count(5)
