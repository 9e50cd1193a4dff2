"""Every address with a page, with something in it; and what a page is held to by axe and by a ruler."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
from flask import Flask
from playwright.sync_api import Page

from supervision.access import matrix

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "guards"))

from test_viewpoints import VIEWPOINTS, build

WHOSE = {
    "administrator": "administrator",
    "katalogredaktoer": "administrator",
    "teamleder": "leder",
    "supervisor": "supervisor",
}
NOT_PAGES = ("/api/", "/static/", "/service-worker.js")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WIDE, PHONE, NARROW = (
    {"width": 1280, "height": 800},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)

OURS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Place:
    """One page: who opens it (None: nobody), where, and what it is called in the matrix."""

    person: str | None
    address: str
    endpoint: str


def places(app: Flask, ids: dict[str, Any]) -> Iterator[Place]:
    """Each address with a GET once for each kind of viewer who may see it differently: owner first, then observatør."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        line = matrix()[rule.endpoint]
        if "GET" not in (rule.methods or ()) or str(rule).startswith(NOT_PAGES) or rule.arguments - set(ids):
            continue
        address = build(app, rule, ids)
        if not line.seen_by:
            nobody = line.who == "public" and not str(rule).startswith("/optager")
            yield Place(None if nobody else WHOSE.get(line.who, "mette"), address, rule.endpoint)
            continue
        for viewpoint in [one for one in ("ejer", "observatoer", *line.seen_by) if one in line.seen_by][:2]:
            if viewpoint not in ("teamleder", "kollega") or viewpoint == line.seen_by[0]:
                yield Place(VIEWPOINTS[viewpoint], address, rule.endpoint)


def ours(page: Page, name: str, *given: Any) -> Any:
    """Run one of the functions of every_page.js in the page."""
    if not page.evaluate("() => 'ours' in window"):
        page.evaluate(f"{AXE}; window.ours = {OURS.strip().rstrip(';')}; ours.still()")
    return page.evaluate("([name, given]) => window.ours[name](...given)", [name, given])


def axe(page: Page, only: str | None = None) -> list[str]:
    """What axe finds on the page as it stands; only: one of its rules."""
    found: list[str] = ours(page, "axe", only)
    return found


def accessible(page: Page) -> list[str]:
    """Every state of the page that can be had without sending anything, on two widths, light and dark."""
    found = []
    for width, opened in ((WIDE, False), (PHONE, True)):
        page.set_viewport_size(width)
        if opened:
            ours(page, "openAll")
        for theme, only in (("light", None), ("dark", "color-contrast")):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"{width['width']} {theme}: {one}" for one in axe(page, only)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found + in_the_dialogs(page)


def in_the_dialogs(page: Page) -> list[str]:
    """Each dialog opened in turn, and the menu of the person."""
    found = []
    for nr in range(page.locator("dialog").count()):
        page.evaluate(
            "(nr) => { const one = document.querySelectorAll('dialog')[nr]; one.open || one.showModal(); }",
            nr,
        )
        for theme, only in (("light", None), ("dark", "color-contrast")):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"dialog {nr} {theme}: {one}" for one in axe(page, only)]
        page.evaluate("(nr) => document.querySelectorAll('dialog')[nr].close()", nr)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found


def fits(page: Page) -> list[str]:
    """320 px, text at 200 %, and the spacing of WCAG 1.4.12: nothing scrolls both ways, nothing is cut off."""
    found = []
    ours(page, "openAll")
    page.set_viewport_size(NARROW)
    found += [f"320 px: {one}" for one in ours(page, "measure")]
    ours(page, "spacing", True)
    found += [f"320 px, spaced: {one}" for one in ours(page, "measure")]
    ours(page, "spacing", False)
    page.set_viewport_size(WIDE)
    ours(page, "large", 2)
    found += [f"200 %: {one}" for one in ours(page, "measure")]
    ours(page, "large", 1)
    return found
