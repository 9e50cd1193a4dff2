"""Metoder in a real browser: without scripts, by the keys, on a phone, in the dark, and on paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "/metoder?soeg=noglord&metode=smart",
    "/metoder?kategori=motiverende",
    "/metoder?soeg=xyzzy",
    "/metoder/abc_jobplan",
    "/metoder/smart/kort",
    "/metoder/guide?metode=noegleord&metode=smart",
    "/skabeloner",
    "/skabeloner/frederikshavn_virksomhed",
    "/kontrakter/ny?skabelon=cv_samtale",
)
A4, A5 = (595, 842), (420, 595)
"""Points."""


def sheets(page: Page, address: str) -> list[tuple[int, int]]:
    """The sheets a page is printed on, each as width and height in points."""
    page.goto(address)
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.wide), "dark"])
def test_every_page_is_for_everybody_and_fits_a_phone(live: Any, scheme: str) -> None:
    page = live.page_for("mette", color_scheme=scheme, viewport={"width": 390, "height": 844})
    for address in PAGES:
        page.goto(address)
        assert Axe().run(page).response["violations"] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_guide_is_made_by_the_keys_and_without_scripts(live: Any) -> None:
    page = live.page_for("mette", java_script_enabled=False)
    page.goto("/metoder")
    page.get_by_label("Søg efter en metode").focus()
    page.keyboard.type("aabne spørgsmaal")
    page.keyboard.press("Enter")
    page.get_by_label("Til guide: Åbne spørgsmål").focus()
    page.keyboard.press("Space")
    page.get_by_label("Søg efter en metode").fill("noglord")
    page.keyboard.press("Enter")
    page.get_by_label("Til guide: Nøgleord").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Lav en guide af de valgte").press("Enter")
    headings = page.locator(".guide-metode h2")
    expect(headings).to_have_text(["Nøgleord", "Åbne spørgsmål"])
    page.get_by_role("link", name="Ned med Nøgleord").press("Enter")
    expect(headings).to_have_text(["Åbne spørgsmål", "Nøgleord"])
    expect(page.locator("[data-udskriv]")).to_be_hidden()


def test_a_card_is_one_a5_and_a_guide_whole_a4_sheets(live: Any) -> None:
    page = live.page_for("mette")
    for longest in ("tro_paa_jobchancer", "smart", "gm_cabi", "r_jobvaerdier", "pejlemaerker"):
        assert sheets(page, f"/metoder/{longest}/kort") == [A5], longest
    guide = sheets(
        page, "/metoder/guide?metode=gm_cabi&metode=smart&metode=tro_paa_jobchancer&metode=abc_jobplan"
    )
    assert len(guide) > 1
    assert set(guide) == {A4}
