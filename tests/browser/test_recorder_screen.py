"""The recorder's screen at every size, light and dark: it fits, and axe finds nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import SIZES, Optager, agree, check_fit, check_with_axe, play_a_little
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        (SIZES[0], "light"),
        (SIZES[2], "dark"),
        pytest.param(SIZES[0], "dark", marks=pytest.mark.wide),
        pytest.param(SIZES[2], "light", marks=pytest.mark.wide),
    ],
    ids=["phone-light", "tablet-dark", "phone-dark", "tablet-light"],
)
def test_axe_finds_nothing(live: Any, kontrakt_id: UUID, size: tuple[int, int], theme: str) -> None:
    page = live.page_for("jonas", viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
    optager = Optager(live, page, kontrakt_id)
    expect(page.locator('[data-act="start"]')).to_be_enabled()
    check_with_axe(page, "before the start")
    optager.start()
    play_a_little(optager)
    check_with_axe(page, "while it runs")
    optager.act("pause")
    check_with_axe(page, "in a pause")
    optager.act("afslut")
    check_with_axe(page, "at the summary")


@pytest.mark.parametrize(
    ("skabelon", "parter"),
    [
        ("frederikshavn_borger", ("medarbejder", "borger")),
        ("cabi_9_trin", ("medarbejder", "borger", "medarbejder2", "tredje")),
    ],
)
def test_the_screen_fits(live: Any, skabelon: str, parter: tuple[str, ...]) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, agree(live, skabelon=skabelon, parter=parter))
    optager.start()
    play_a_little(optager)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        check_fit(page, phone=width < 700)
