"""The timeline by touch: drawn closer, jumped in, mended; and on paper, where it is one sheet."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from optager import check_with_axe
from playwright.sync_api import Page, expect

from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.observationer.measures import effective
from supervision.observationer.queries import list_haendelser
from supervision.observationer.rules import Haendelse

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "observationer"))

from made_up_logs import MINUTE, log, ordinary, two_hours
from observed import observe

pytestmark = pytest.mark.browser

TOLD = "[data-tidslinje-nu]"
NOTE = 12 * MINUTE


def crowded() -> list[Haendelse]:
    """45 minutes with everything that a recorder can log: 12 kendetegn with long names, four parties, six emner."""
    named = sorted(load_katalog().observerbare(), key=lambda tegn: -len(tegn.kort))[:12]
    rows: list[tuple[int, str, str]] = [
        (0, "ur", "start"),
        (20 * MINUTE, "ur", "pause"),
        (22 * MINUTE, "ur", "genoptag"),
    ]
    parties = ("medarbejder", "borger", "samtidig", "medarbejder2", "stilhed", "tredje")
    rows += [(t, "taler", parties[(t // 8000) % 6]) for t in range(0, 45 * MINUTE, 8000)]
    for nr in range(6):
        at = (2 + 7 * nr) * MINUTE
        rows += [(at, "fase", "emne"), (at, "emne", str(nr + 1)), (at + 6 * MINUTE, "fase", "timeout")]
        rows += [
            (at + place * MINUTE, "ugu", kode)
            for place, kode in enumerate(("undersoeg", "giv", "undersoeg", "giv"))
        ]
        rows += [(at, "element", f"kontrakt.{kode}") for kode in ("formaal", "emne", "tid", "roller")]
        rows += [(at + 90_000, "note", "En ret lang note om, hvad der blev set lige her")]
    rows += [(nr * 50_000, "faerdighed", named[nr % 12].kode) for nr in range(50)]
    return log(*rows, (45 * MINUTE, "ur", "slut"))


def observed(live: Any, events: list[Haendelse]) -> str:
    with live.app.app_context():
        observation_id = observe(live.world, events)
        db.session.remove()
    return f"/observationer/{observation_id}"


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return dict(found)


def middle(page: Page, selector: str) -> float:
    found = box(page, selector)
    return found["x"] + found["width"] / 2


def pinch(page: Page, apart: float) -> None:
    """Two fingers on the picture, 60 px apart and then this far."""
    cdp, picture = page.context.new_cdp_session(page), box(page, "[data-tidslinje]")
    x, y = picture["x"] + picture["width"] / 2, picture["y"] + 60
    for kind, width in (("touchStart", 60), ("touchMove", 61), ("touchMove", apart), ("touchEnd", 0)):
        points = [{"x": x - width / 2, "y": y}, {"x": x + width / 2, "y": y}] if width else []
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    cdp.detach()


def test_closer_onwards_and_mended_by_touch(live: Any) -> None:
    address = observed(live, ordinary())
    page = live.phone_for("jonas")
    page.goto(address)
    check_with_axe(page, "the timeline on a phone")
    draw_closer(page)
    jump(page)
    page.get_by_text("Minut for minut").tap()
    page.locator(f"#t-{NOTE} a").tap()
    expect(page.locator("[data-tidslinje]")).to_be_focused()
    assert page.locator(".tl-sted").count() == 1
    expect(page.locator(TOLD)).to_contain_text("12.00")
    page.get_by_role("link", name="Ret tidslinjen").tap()
    mend(page)
    with live.app.app_context():
        stored = list_haendelser(UUID(address.rsplit("/", 1)[1]))
        standing = {(h.t_ms, h.spor) for h in effective(stored)}
        db.session.remove()
    assert {(NOTE + 5000, "note"), (13 * MINUTE, "ur")} <= standing
    assert (NOTE, "note") not in standing
    assert len(stored) == len(ordinary()) + 3, (
        "a move is two events, an addition one; nothing else was touched"
    )


def draw_closer(page: Page) -> None:
    """Buttons, keys and two fingers; the words keep their size and the names their place."""
    whole, name = box(page, ".tl-svg")["width"], middle(page, ".tl-navn")
    letters = "getComputedStyle(document.querySelector('.tl-navn')).fontSize"
    before = page.evaluate(letters)
    for _ in range(2):
        page.get_by_role("button", name="Zoom ind").tap()
    assert box(page, ".tl-svg")["width"] == pytest.approx(whole * 4, rel=0.05)
    assert middle(page, ".tl-navn") == name
    assert page.evaluate(letters) == before
    expect(page.locator("[data-tidslinje-sagt]")).to_contain_text("Viser")
    assert page.locator(".tl-tid").count() > page.locator(".tl-hele text").count(), "the axis is finer"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    pinch(page, 122)
    assert box(page, ".tl-svg")["width"] == pytest.approx(whole * 8, rel=0.1)
    page.locator("[data-tidslinje]").focus()
    page.keyboard.press("0")
    assert box(page, ".tl-svg")["width"] == pytest.approx(whole, abs=1)
    page.keyboard.press("-")
    page.keyboard.press("+")
    assert box(page, ".tl-svg")["width"] == pytest.approx(whole * 2, rel=0.05)
    page.get_by_role("button", name="Hele samtalen").tap()
    for way in "Hele samtalen", "Zoom ud":
        expect(page.get_by_role("button", name=way)).to_have_attribute("aria-disabled", "true")


def jump(page: Page) -> None:
    """To the next of its kind and back; what it leads to is in view, also drawn close."""
    for _ in range(4):
        page.get_by_role("button", name="Zoom ind").tap()
    kinds = page.get_by_role("combobox", name="Spring mellem")
    kinds.select_option("Noter")
    page.get_by_role("button", name="Næste").tap()
    expect(page.locator(TOLD)).to_contain_text("Mette lænede sig frem her, 12.00")
    flag, window = box(page, "use[href='#tl-flag'].tl-her"), box(page, "[data-tidslinje]")
    assert window["x"] < flag["x"] < window["x"] + window["width"]
    page.get_by_role("button", name="Næste").tap()
    expect(page.locator(TOLD)).to_have_text("Der kommer ikke flere.")
    kinds.select_option("G uden U efter")
    page.get_by_role("button", name="Næste").tap()
    expect(page.locator(TOLD)).to_contain_text("Her kom intet U, 33.00")
    kinds.select_option("Fase")
    page.get_by_role("button", name="Forrige").tap()
    expect(page.locator(TOLD)).to_contain_text("Emne, 22.00")


def mend(page: Page) -> None:
    """Move the note by a step, and add a pause at a place in the picture."""
    expect(page.locator("h1")).to_have_text("Ret tidslinjen")
    expect(page.locator("[data-tidslinje]")).to_have_role("slider")  # the picture answers to taps from here
    page.locator("use[href='#tl-flag']").first.tap()
    row = page.locator(f"tr[data-t-ms='{NOTE}']")
    expect(row).to_be_focused()
    row.get_by_role("link", name="Ret").tap()
    page.get_by_role("button", name="+5 sekunder").tap()
    expect(page.get_by_label("Ny tid")).to_have_value("12.05")
    page.emulate_media(color_scheme="dark")
    check_with_axe(page, "mending, in the dark")
    page.get_by_role("button", name="Flyt").tap()
    expect(page.locator(f"tr[data-t-ms='{NOTE + 5000}']")).to_contain_text("flyttet fra 12.00")
    page.get_by_text("Tilføj noget, der mangler").tap()
    expect(page.get_by_label("Notens ord")).to_be_hidden()
    page.get_by_label("Hvad skete der?").select_option("ur:pause")
    page.get_by_label("Tid", exact=True).tap()
    page.locator(".tl-g").first.tap(position={"x": 3, "y": 5})
    expect(page.get_by_label("Tid", exact=True)).to_have_value("7.00")
    page.get_by_label("Tid", exact=True).fill("13:00")
    page.get_by_role("button", name="Tilføj", exact=True).tap()
    expect(page.locator(f"tr[data-t-ms='{13 * MINUTE}'][data-spor=ur]")).to_contain_text("tilføjet bagefter")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.wide
def test_on_paper_it_is_one_sheet(live: Any) -> None:
    page = live.page_for("jonas", color_scheme="dark")
    for events in (two_hours(), crowded()):
        page.goto(observed(live, events))
        sheet = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
        width, height = map(float, re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", sheet)[0])
        assert (round(width), round(height)) == (842, 595), "A4, across"
    page.get_by_role("button", name="Zoom ind").click()
    page.emulate_media(media="print", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--bg')")
    assert paper.strip() in ("#fff", "#ffffff"), "white, also from the dark"
    assert box(page, ".tl-svg")["width"] <= box(page, ".tl-stage")["width"], (
        "the whole, however close it was drawn"
    )
    for shown in (".tl-hele", ".tl-papir", ".tl-saetninger"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in (
        ".frame-header",
        ".tl-knapper",
        ".tl-def",
        "[data-tidslinje-tabel]",
        ".main-menu",
        ".tl-naer",
    ):
        expect(page.locator(hidden).first).to_be_hidden()
    assert "En ret lang note" not in page.locator(".tl-papir").inner_text(), "notes are not for paper"
