"""A kontrakt made from each of the eleven skabeloner opens a recorder that fits a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import SIZES, Optager, agree, check_fit
from playwright.sync_api import expect

from supervision.aftaler import actions
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.katalog.content import load_katalog

pytestmark = pytest.mark.browser


def agree_on(live: Any, skabelon: str) -> UUID:
    """A kontrakt from the skabelon, with a yes from both."""
    kontrakt_id = agree(live, yes=())
    with live.app.app_context():
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key=skabelon)
        for person in (kontrakt.fokusperson, kontrakt.observatoer):
            actions.say_yes(kontrakt, by=person)
        db.session.commit()
        db.session.remove()
    return kontrakt_id


def test_every_skabelon_fits_a_phone(live: Any) -> None:
    width, height = SIZES[0]
    page = live.page_for("jonas", viewport={"width": width, "height": height})
    for skabelon in load_katalog().skabeloner:
        optager = Optager(live, page, agree_on(live, skabelon.key))
        optager.start()
        expect(page.locator(".rec-tile")).to_have_count(len(skabelon.kendetegn))
        check_fit(page, phone=True)
