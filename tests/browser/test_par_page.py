"""The oversigt of a round in a real browser: on one sheet, on a narrow phone, and two who change places."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from people import add_person
from playwright.sync_api import expect
from road import person

from supervision import clock
from supervision.db import db
from supervision.grupper.actions import save_par
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Parbesoeg, Runde

pytestmark = pytest.mark.browser


@pytest.fixture
def url(live: Any) -> str:
    """The oversigt of five pairs whose ten visits have all been moved, with two long methods each."""
    with live.app.app_context():
        world, now, home = live.world, clock.now(), live.world.organisations["jobcenter"]
        names = ("Bodil Brændgaard-Andersen", "Carl Christoffersen", "Dagny Damsgaard", "Elna Egeskov-Holm")
        extra = [add_person(navn, f"{nr}@test.example", home) for nr, navn in enumerate(names)]
        known = ("mette", "jonas", "aase", "fremmed", "sydleder", "supervisor")
        members = [*(world.people[name] for name in known), *extra]
        today = clock.today()
        gruppe = Laeringsgruppe(
            organisation_id=home,
            navn="Læringsgruppen med et langt navn",
            facilitator_id=world.leder,
            oprettet_at=now,
            medlemmer=[Gruppemedlem(person_id=who, ind_at=now) for who in members],
            runder=[Runde(navn="Efteråret", fra=today, til=today + timedelta(days=60))],
        )
        db.session.add(gruppe)
        db.session.flush()
        pairs = [two for nr, two in enumerate(pairwise(members)) if nr % 2 == 0]
        save_par(gruppe.runder[0], grupper=pairs, by=person(world.leder))
        for besoeg in db.session.query(Parbesoeg):
            besoeg.starter_at, besoeg.flyttet_fra = now + timedelta(days=20), now + timedelta(days=10)
            besoeg.metoder, besoeg.samtaletype = (
                ["relationel_koordinering", "modstand_tre_greb"],
                "opfoelgning",
            )
        runde_id = gruppe.runder[0].id
        db.session.commit()
        db.session.remove()
    return f"/runder/{runde_id}/par"


def test_ten_visits_stand_on_one_sheet_and_on_a_narrow_phone(live: Any, url: str) -> None:
    page = live.page_for("mette", viewport={"width": 320, "height": 700})
    page.goto(url)
    expect(page.locator(".oversigt tbody tr")).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 841" in paper  # lying down


def test_two_change_places(live: Any, url: str) -> None:
    page = live.page_for("leder")
    page.goto(f"{url}/dan")
    first, other = page.locator("#par-0-to"), page.locator("#par-3-en")
    stood, takes = first.input_value(), other.input_value()
    first.select_option(takes)
    assert other.input_value() == stood
    other.select_option(takes)
    assert (first.input_value(), other.input_value()) == (stood, takes)
    came = first.locator(f"option[value='{takes}']").inner_text()
    first.select_option(takes)
    page.get_by_role("button", name="Gem parrene").click()
    expect(page.locator("h1")).to_have_text("Supervisionspar")
    expect(page.locator(".oversigt tbody").first).to_contain_text(came)
