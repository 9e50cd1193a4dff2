"""The models in a browser: for everybody in light and dark, on a small phone, from a time to its place, on paper."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "observationer"))

from made_up_logs import MINUTE, log
from observed import observe

pytestmark = pytest.mark.browser

SAMTALE = log(
    (0, "ur", "start"),
    (0, "fase", "kontrakt"),
    (2 * MINUTE, "emne", "1"),
    (3 * MINUTE, "faerdighed", "sk_grunde"),
    (3 * MINUTE + 20_000, "ugu", "giv"),
    *((MINUTE * nr, "faerdighed", "fu_borger") for nr in range(4, 20)),
    (21 * MINUTE, "faerdighed", "mi_scenarie"),
    (30 * MINUTE, "ur", "slut"),
)
A4_INSIDE_PX = (688, 994)
"""What a page has room for inside the margins of print.css."""


def test_the_models_are_for_everybody_lead_to_the_timeline_and_stay_whole_on_paper(live: Any) -> None:
    with live.app.app_context():
        address = f"/observationer/{observe(live.world, SAMTALE)}/modeller"
    for scheme, width in (("light", 320), ("dark", 1280)):
        page = live.page_for("jonas", color_scheme=scheme, viewport={"width": width, "height": 900})
        page.goto(address)
        for box in page.locator("details.details").all():
            box.locator("summary").click()
        assert Axe().run(page).response["violations"] == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    page.get_by_role("link", name="3.20").click()
    expect(page.locator("[data-tidslinje-nu]")).to_contain_text("Giv, 3.20")
    page.set_viewport_size(dict(zip(("width", "height"), A4_INSIDE_PX, strict=True)))
    page.emulate_media(media="print", color_scheme="light")
    models = page.locator(".mo-modeller .mo-model")
    assert models.count() > 5
    heights = models.evaluate_all("models => models.map((one) => one.getBoundingClientRect().height)")
    assert max(heights) < A4_INSIDE_PX[1]
    assert models.evaluate_all("m => m.every((one) => getComputedStyle(one).breakInside === 'avoid')")
