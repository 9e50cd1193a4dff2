"""A kontrakt made from each of the eleven skabeloner, as it is now, opens a recorder that fits a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import SIZES, Optager, agree, check_fit
from playwright.sync_api import Page, expect

from supervision.aftaler import actions, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.katalog.rules import Skabelon, plain

pytestmark = pytest.mark.browser

CUT_OFF = """() => {
    const cut = (one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
    const outside = (one, box) => one.right > box.right + 1 || one.bottom > box.bottom + 1;
    const name = (one) => one.querySelector("[data-name]").getBoundingClientRect();
    return [...document.querySelectorAll(".rec-tile, .rec-phase, .rec-party")]
        .filter((one) => cut(one) || outside(name(one), one.getBoundingClientRect()))
        .map((one) => one.textContent.trim());
}"""
"""The names that do not fit in their field."""


def agree_on(live: Any, skabelon: Skabelon) -> tuple[UUID, dict[str, Any]]:
    """A kontrakt from the skabelon on a samtale that it fits, with a yes from both; and the screen agreed on."""
    kontrakt_id = agree(live, yes=())
    with live.app.app_context():
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        kontrakt.samtale.type = skabelon.passer_til[0]
        actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key=skabelon.key)
        assert kontrakt.skabelon_version == skabelon.udgave.version
        for person in (kontrakt.fokusperson, kontrakt.observatoer):
            actions.say_yes(kontrakt, by=person)
        screen = queries.recorder_screen(kontrakt)
        db.session.commit()
        db.session.remove()
    return kontrakt_id, screen


def names(page: Page, kind: str) -> list[str]:
    return [plain(found) for found in page.locator(f"{kind} [data-name]").all_text_contents()]


def check_names(optager: Optager, screen: dict[str, Any], skabelon: Skabelon) -> None:
    """Every name that was agreed on stands whole on the screen, and the elements of each phase under it."""
    page, faser = optager.page, screen["faser"]
    assert names(page, ".rec-tile") == [plain(tegn["kort"]) for tegn in screen["kendetegn"]]
    assert names(page, ".rec-party") == [part["navn"] for part in screen["parter"]]
    assert names(page, ".rec-phase") == [fase["navn"] for fase in faser]
    own = dict(skabelon.ord)
    assert {own[part] for part in skabelon.parter if part in own} <= set(names(page, ".rec-party"))
    for fase in faser:
        optager.press("fase", fase["kode"])
        if fase["elementer"]:
            assert names(page, ".rec-chip:visible") == [element["navn"] for element in fase["elementer"]]
            assert {own[e["kode"]] for e in fase["elementer"] if e["kode"] in own} <= set(
                names(page, ".rec-chip:visible")
            )
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.wide
def test_every_skabelon_fits_a_phone(live: Any) -> None:
    width, height = SIZES[0]
    page = live.page_for("jonas", viewport={"width": width, "height": height})
    skabeloner = load_katalog().skabeloner
    assert len(skabeloner) == 11
    for skabelon in skabeloner:
        kontrakt_id, screen = agree_on(live, skabelon)
        optager = Optager(live, page, kontrakt_id)
        optager.start()
        expect(page.locator(".rec-tile")).to_have_count(len(skabelon.kendetegn))
        check_names(optager, screen, skabelon)
        check_fit(page, phone=True)
        role_play = rules.samtaletype(skabelon.passer_til[0]).tilskuere
        optager.press("fase", "timeout")
        expect(optager.field("element", "timeout.tilskuer")).to_have_count(int(role_play))
