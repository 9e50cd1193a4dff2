"""Words that would be a script stay words where our own scripts write them: the recorder, the planche, the projector.

A script that ran would speak of a name that is not there, and one that was stopped would be told of by the browser: the
pages complain of both, and a complaint fails the test.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect
from sammen_moede import make_moede
from scripts_as_text import MARK, PAYLOADS
from sqlalchemy import text

from supervision.db import db
from supervision.grupper.models import Dagsordenspunkt, Moedeur, Seddel, TjekUd

pytestmark = [pytest.mark.browser, pytest.mark.wide]
WORDS = "\n".join(PAYLOADS)
PLANTED = {
    "fokuspunkt": ("tekst",),
    "kontrakt_kendetegn": ("kort", "tekst"),
    "feedback_kontrakt": ("udenfor", "plads", "praesentation"),
    "person": ("navn",),
    "laeringsgruppe": ("navn",),
    "seddel": ("tekst",),
    "tjek_ud": ("tekst",),
}


@pytest.fixture
def moede_id(live: Any, kontrakt_id: UUID) -> UUID:
    """A meeting that runs, with a note and a "Men"; every text there and in the kontrakt is all the attempts."""
    with live.app.app_context():
        moede_id = make_moede(live.world).id
        punkt = Dagsordenspunkt(moede_id=moede_id, nr=1, slags="planche", titel="Planche", minutter=10)
        seddel = Seddel(
            id=uuid4(), moede_id=moede_id, felt="proevet", tekst="x", nr=1, oprettet_nr=1, plads=1
        )
        men = TjekUd(
            moede_id=moede_id,
            boks="men",
            tekst="x",
            forfatter_id=live.world.mette,
            kvittering="a" * 64,
            vist=True,
        )
        db.session.add_all([punkt, seddel, men])
        db.session.flush()
        db.session.add(Moedeur(moede_id=moede_id, punkt_id=punkt.id))
        for table, columns in PLANTED.items():
            for column in columns:
                db.session.execute(text(f"UPDATE {table} SET {column} = :words"), {"words": WORDS})
        db.session.commit()
        db.session.remove()
    return moede_id


@pytest.mark.gate("D4")
def test_no_words_come_to_life_in_our_own_scripts(
    live: Any, kontrakt_id: UUID, moede_id: UUID, record_property: Any
) -> None:
    pages = {
        "jonas": [f"/optager/{kontrakt_id}", f"/moeder/{moede_id}/planche", f"/moeder/{moede_id}/tjek-ud"],
        "leder": [
            f"/moeder/{moede_id}/sammen/skaerm",
            f"/moeder/{moede_id}/skaerm",
            f"/moeder/{moede_id}/sammen",
        ],
    }
    for person, addresses in pages.items():
        page = live.page_for(person)
        page.on(
            "dialog", lambda dialog: (live.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )
        for address in addresses:
            page.goto(address)
            expect(page.locator("body")).to_contain_text(MARK)
            page.wait_for_load_state("networkidle")
            assert (
                page.locator("iframe, object, embed, [onerror], [onload], [ontoggle], base").count() == 0
            ), address
    assert live.unexpected() == []
    count = sum(map(len, pages.values()))
    record_property(
        "figure", f"{len(PAYLOADS)} strings on {count} pages written by scripts: 0 dialogs, runs, reports"
    )
    page.evaluate("words => { document.querySelector('main').innerHTML = words }", PAYLOADS[1])
    page.wait_for_timeout(200)
    assert live.unexpected() != [], "put on the page as they are, they are stopped and told of"
    live.complaints.clear()
