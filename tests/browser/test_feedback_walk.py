"""Two browsers go round once: a line, a kontrakt, a samtale, feedback, a question, an answer, and the next line."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from test_road import heading, press

from supervision.db import db
from supervision.laeringspil.actions import draw_laeringspil
from supervision.laeringspil.queries import list_linjer
from supervision.laeringspil.rules import Linje
from supervision.personer.models import Person

pytestmark = pytest.mark.browser

LINE = "Stille åbne spørgsmål og vente"
NEXT = "Vente, til borgeren er helt færdig"
SEEN = "Jeg hørte to åbne spørgsmål i træk."
TABLET = {"width": 1180, "height": 820}
A4_LYING = re.compile(rb"/MediaBox ?\[0 0 84\d")


def draw(live: Any) -> UUID:
    """Mette's arrow of one line, whose kendetegn is in the catalogue; the line's id."""
    with live.app.app_context():
        mette = db.session.get_one(Person, live.world.mette)
        pil = draw_laeringspil(linjer=[Linje(LINE, "Første samtale", kendetegn_kode="aab_hv")], by=mette)
        [linje] = list_linjer(pil)
        assert linje.id is not None
        db.session.commit()
        db.session.remove()
    return linje.id


def begin_from_the_line(page: Page, line: str) -> None:
    """From Læring, by the line's one button, to the focus of a new kontrakt with Jonas."""
    page.goto("/laering")
    row = page.locator(".linje").filter(has_text=line)
    row.get_by_role("link", name="Brug i en feedback-kontrakt").click()
    heading(page, "Ny feedback-kontrakt")
    page.get_by_label("Kollega", exact=True).select_option(label="Jonas Øland")
    page.get_by_label("Klokkeslæt").fill("23.45")
    press(page, "Opret og gå videre til fokus")
    expect(page.get_by_label("Det vigtigste")).to_have_value(line)
    expect(page.get_by_text("Fra din læringspil:")).to_be_visible()


def agree_on_the_rest(page: Page) -> None:
    press(page, "Gem og gå videre")
    heading(page, "Feedback-kontrakt: Kendetegn")
    expect(page.locator("[data-antal]")).to_have_text("1 af 12")
    press(page, "Gem og gå videre")
    page.get_by_label("Ja", exact=True).check()
    press(page, "Gem og gå videre")
    press(page, "Sig ja til kontrakten")
    expect(page.get_by_text("Nu venter kontrakten på Jonas.")).to_be_visible()


def observe(page: Page) -> None:
    """Say yes, start, two ticks of the line's kendetegn, end."""
    page.goto("/")
    press(page, "Sig ja")
    press(page, "Sig ja til kontrakten")
    press(page, "Åbn optageren")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled()
    press(page, "Start")
    tile = page.locator("[data-tiles] [data-spor]")
    for count in ("1", "2"):
        tile.tap()
        expect(tile.locator("[data-count]")).to_have_text(count)
        page.wait_for_timeout(320)  # within 300 ms it would be the same tick
    expect(page.locator("[data-state-words]")).to_contain_text("Gemt", timeout=15_000)
    press(page, "Afslut")
    press(page, "Afslut samtalen")
    expect(page.get_by_role("link", name="Skriv feedback")).to_be_visible(timeout=15_000)


def give_feedback(page: Page) -> None:
    """One thing that succeeded, one that was seen, hung on a tick; read as Mette will see it, and sent."""
    press(page, "Skriv feedback")
    if page.get_by_role("link", name="Skriv feedback").count():
        press(page, "Skriv feedback")
    heading(page, "Din feedback til Mette")
    expect(page.locator("[data-kun-script]").first).to_be_visible()
    page.get_by_label("Det, der lykkedes, punkt 1").fill("Du ventede, til borgeren var færdig.")
    page.get_by_label("Iagttagelser, punkt 1").fill(SEEN)
    page.locator("circle.tl-mark").first.click()
    expect(page.locator("[data-omraade=iagttagelse] [data-chip]").first).to_have_text(re.compile(r"^kl\. "))
    press(page, "Læs den, som Mette vil se den")
    press(page, "Send til Mette")


def ask_about_it(page: Page) -> None:
    page.goto("/")
    press(page, "Læs feedback")
    press(page, "Åbn din feedback")
    point = page.locator(".fb-brevpunkt").filter(has_text=SEEN)
    point.get_by_text("Spørg ind til det").click()
    point.get_by_role("textbox").fill("Hvilke to var det?")
    point.get_by_role("button", name="Send spørgsmålet").click()
    expect(page.get_by_text("Dit spørgsmål er givet videre til Jonas.")).to_be_visible()


def answer_it(page: Page) -> None:
    page.goto("/")
    press(page, "Svar")
    page.locator(".fb-brevpunkt").filter(has_text=SEEN).get_by_role("textbox").fill(
        "Om lageret, og om mandag."
    )
    press(page, "Send svaret")
    expect(page.get_by_text("Dit svar er givet videre til Mette.")).to_be_visible()


def keep_it_and_make_it_a_line(page: Page) -> None:
    page.goto("/")
    press(page, "Læs svaret")
    expect(page.get_by_text("Om lageret, og om mandag.")).to_be_visible()
    point = page.locator(".fb-brevpunkt").filter(has_text=SEEN)
    point.get_by_role("button", name="Tag det med").click()
    expect(point.get_by_role("button", name="Det tager jeg med")).to_be_visible()
    point.get_by_role("button", name="Øv det: læg i læringspilen").click()
    heading(page, "Tegn din læringspil")
    page.locator("[name=linjer-1-faerdighed]").fill(NEXT)
    press(page, "Gem læringspilen")
    expect(page.locator(".linje")).to_have_count(2)


def check_the_way(page: Page, linje_id: UUID) -> None:
    """All of it on the line's page, and from the feedback back to it."""
    page.goto("/laering")
    page.locator(".linje").filter(has_text=LINE).get_by_role("link", name="Se linjens vej").click()
    page.wait_for_url(f"**/laering/linjer/{linje_id}")
    way = page.locator(".vej")
    expect(way.get_by_role("link", name="Feedback-kontrakt med Jonas")).to_be_visible()
    expect(way.get_by_text("2 kryds ved »")).to_be_visible()
    expect(way.get_by_text(SEEN)).to_be_visible()
    expect(way.get_by_text("Det tager du med. Om et øjeblik med linjens kendetegn.")).to_be_visible()
    expect(way.locator(".vej-trin--naeste").get_by_role("link", name=NEXT)).to_be_visible()
    way.get_by_role("link", name="Feedback fra Jonas").click()
    heading(page, "Feedback fra Jonas")
    page.get_by_role("link", name="Fra din læringspil: se linjens vej").click()
    heading(page, "Linjens vej")


def test_from_a_line_to_the_next_one(live: Any) -> None:
    linje_id = draw(live)
    mette, jonas = live.phone_for("mette"), live.page_for("jonas", viewport=TABLET, has_touch=True)
    begin_from_the_line(mette, LINE)
    agree_on_the_rest(mette)
    observe(jonas)
    give_feedback(jonas)
    ask_about_it(mette)
    answer_it(jonas)
    keep_it_and_make_it_a_line(mette)
    check_the_way(mette, linje_id)
    begin_from_the_line(mette, NEXT)
    mette.goto("/laering")
    paper = mette.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == len(A4_LYING.findall(paper)) == 1
