"""Three phones and a screen at one meeting: written at once, offline and back, and nothing on top of anything."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sammen_moede import make_moede

from supervision.db import db
from supervision.grupper.models import Moede, Seddel, TjekUd

pytestmark = pytest.mark.browser
NO_NET = r"ERR_INTERNET_DISCONNECTED|Failed to load resource"


@pytest.fixture
def moede_id(live: Any) -> UUID:
    """A meeting that runs, tjek ud without names."""
    with live.app.app_context():
        made: UUID = make_moede(live.world, anonymt=True).id
        db.session.commit()
        db.session.remove()
    return made


def at(page: Page, moede_id: UUID, place: str) -> Page:
    page.goto(f"/moeder/{moede_id}/{place}")
    expect(page.locator("[data-sammen][data-klar]")).to_be_attached()
    return page


def write(page: Page, felt: str, tekst: str) -> None:
    form = page.locator(f"[data-ny={felt}], [data-tjek={felt}]")
    form.locator("textarea").fill(tekst)
    form.get_by_role("button").click()


def note(page: Page, tekst: str) -> Any:
    return page.locator("[data-seddel]", has=page.locator("[data-tekst]", has_text=tekst)).first


def begin_to_put_right(page: Page, before: str, after: str) -> Any:
    found = note(page, before)
    found.locator("summary").click()
    found.locator("[data-felt-tekst]").fill(after)
    return found


def save(page: Page) -> None:
    page.locator(".seddel-ret[open]").get_by_role("button", name="Gem").click()


def check_paper(screen: Page) -> None:
    """Planchen is one page of A3, across (1190.6 × 841.9 points)."""
    printed = screen.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [(round(float(w)), round(float(h))) for w, h in boxes] == [(1191, 842)]


def status(page: Page, words: str) -> None:
    expect(page.locator("[data-status]")).to_contain_text(words)


@pytest.mark.wide
def test_three_phones_and_a_screen(live: Any, moede_id: UUID) -> None:
    live.expects(NO_NET)
    phones = [at(live.phone_for(who), moede_id, "planche") for who in ("mette", "jonas", "aase")]
    mette, jonas, aase = phones
    screen = live.page_for("leder")
    screen.goto(f"/moeder/{moede_id}/sammen/skaerm")
    texts = ["Timeout efter hvert emne", "Åbne spørgsmål", "Opsamling til sidst"]
    for phone, tekst in zip(phones, texts, strict=True):
        write(phone, "proevet", tekst)
    for page in (*phones, screen):
        expect(page.locator("[data-felt=proevet] [data-sedler] > li")).to_have_count(3)

    # Two put the same note right: one after the other, each from the words that both saw.
    for phone, tekst in ((mette, "Timeout to gange"), (jonas, "Timeout midtvejs")):
        begin_to_put_right(phone, texts[0], tekst)
    save(mette)
    expect(note(aase, "Timeout to gange")).to_be_visible()
    expect(jonas.locator(".seddel-ret[open] [data-felt-tekst]")).to_have_value("Timeout midtvejs")
    save(jonas)
    status(jonas, "Begge tekster står her")
    for page in (mette, aase, screen):
        for tekst in ("Timeout to gange", "Timeout midtvejs"):
            expect(
                page.locator("[data-felt=proevet] li").get_by_text(tekst, exact=True).first
            ).to_be_visible()

    # A phone loses its net, writes, is reloaded by nobody, and comes back.
    aase.context.set_offline(True)
    write(aase, "laert", "Stilhed er også et svar")
    status(aase, "Gemt på enheden")
    expect(note(aase, "Stilhed er også et svar")).to_contain_text("Ligger på enheden")
    write(mette, "laert", "Vi spørger for hurtigt")
    expect(screen.get_by_text("Vi spørger for hurtigt")).to_be_visible()
    aase.context.set_offline(False)
    expect(screen.get_by_text("Stilhed er også et svar")).to_be_visible()
    status(aase, "Gemt")
    expect(note(aase, "Vi spørger for hurtigt")).to_be_visible()

    # Taken back and put there again; one number.
    found = note(jonas, "Åbne spørgsmål")
    found.locator("summary").click()
    found.get_by_role("button", name="Tag tilbage").click()
    expect(screen.get_by_text("Åbne spørgsmål")).to_have_count(0)
    jonas.get_by_role("button", name="Fortryd").click()
    expect(screen.get_by_text("Åbne spørgsmål")).to_be_visible()
    mette.locator("[data-tal]").get_by_role("button", name="7", exact=True).click()
    expect(screen.locator("[data-stor-tal-ord]")).to_have_text("7")
    expect(aase.get_by_role("button", name="7", exact=True)).to_have_attribute("aria-pressed", "true")

    write(mette, "laert", "Om borgeren 010190-1234")
    expect(mette.locator("[data-ny=laert] [data-fejl]")).to_contain_text("CPR")
    with live.app.app_context():
        kept = {seddel.tekst for seddel in db.session.query(Seddel).filter_by(taget=False)}
        assert db.session.get_one(Moede, moede_id).planche_tal == 7
        db.session.remove()
    check_paper(screen)
    check_out(live, moede_id, phones, screen)
    assert kept == {
        *texts[1:],
        "Timeout to gange",
        "Timeout midtvejs",
        "Stilhed er også et svar",
        "Vi spørger for hurtigt",
    }


def test_what_was_written_without_a_net_outlives_the_page(live: Any, moede_id: UUID) -> None:
    """Sealed on the device: sent when the page is opened again, under lykkes bedre with its owner's yes."""
    live.expects(NO_NET)
    jonas = at(live.phone_for("jonas"), moede_id, "lykkes-bedre")
    context = jonas.context
    context.set_offline(True)
    write(jonas, "mere", "Vi øver timeout")
    status(jonas, "Gemt på enheden")
    kept = jonas.evaluate(
        """async () => {
          const database = await new Promise((done) => {
            const asked = indexedDB.open("supervision-sammen");
            asked.onsuccess = () => done(asked.result);
          });
          const asked = database.transaction("handlinger").objectStore("handlinger").getAll();
          return new Promise((done) => { asked.onsuccess = () => done(JSON.stringify(asked.result)); });
        }"""
    )
    assert "forseglet.1." in kept
    assert "timeout" not in kept
    jonas.close()
    context.set_offline(False)
    again = at(live.watch(context.new_page()), moede_id, "lykkes-bedre")
    expect(note(again, "Vi øver timeout")).to_be_visible()
    leder = at(live.page_for("leder"), moede_id, "lykkes-bedre")
    note(leder, "Vi øver timeout").locator("[data-ejer]").select_option(label="Jonas Øland")
    mine = note(again, "Vi øver timeout")
    expect(mine).to_contain_text("er spurgt")
    mine.get_by_role("button", name="Ja, jeg tager den").click()
    expect(note(leder, "Vi øver timeout")).to_contain_text("Jonas tager den")


def check_out(live: Any, moede_id: UUID, phones: list[Page], screen: Page) -> None:
    """Each in their box; nothing is shown before three have sent; one takes theirs back, one keeps theirs."""
    for phone in phones:
        at(phone, moede_id, "tjek-ud")
    screen.goto(f"/moeder/{moede_id}/sammen/skaerm?vis=tjek-ud")
    for phone, boks in zip(phones, ("yes", "men", "tak"), strict=True):
        expect(screen.locator("[data-synlige] li")).to_have_count(0)
        write(phone, boks, f"Noget om {boks}")
        expect(phone.locator(f"[data-boks={boks}] [data-egne] > li")).to_have_count(1)
        status(phone, "Gemt")
    expect(screen.locator("[data-synlige] li")).to_have_count(3)
    mette, jonas, _ = phones
    jonas.locator("[data-egne]").get_by_role("button", name="Tag tilbage").click()
    expect(screen.locator("[data-synlige] li")).to_have_count(2)
    mette.get_by_role("button", name="Læg i min læringspil").first.click()
    expect(mette.get_by_text("Den står nu som en linje i din læringspil")).to_be_visible()
    mette.goto("/laering")
    expect(mette.get_by_text("Noget om yes").first).to_be_visible()
    with live.app.app_context():
        assert {row.forfatter_id for row in db.session.query(TjekUd)} == {None}
        db.session.remove()
