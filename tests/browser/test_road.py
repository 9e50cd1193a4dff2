"""Two people who have never seen it go the whole road on their phones, following only the screen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    """Press the first link or button whose words begin with these, as the screen shows it."""
    begins = re.compile(rf"^\s*{re.escape(name)}(\b|$)")
    found = page.get_by_role("button", name=begins).or_(page.get_by_role("link", name=begins))
    found.locator("visible=true").first.click()


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def make_the_kontrakt(page: Page) -> None:
    page.goto("/")
    press(page, "Lav din første feedback-kontrakt")
    page.get_by_label("Jeg skal observeres").check()
    page.get_by_label("Kollega", exact=True).select_option(label="Jonas Øland")
    page.get_by_label("Klokkeslæt").fill("23.45")
    press(page, "Opret og gå videre til fokus")
    heading(page, "Feedback-kontrakt: Fokus")
    page.get_by_label("Det vigtigste").fill("Om jeg lader borgeren tale ud")
    press(page, "Gem og gå videre")
    heading(page, "Feedback-kontrakt: Kendetegn")
    page.get_by_text("Tag en skabelon", exact=True).click()
    press(page, "Brug Cabi – 9 trin")
    press(page, "Gem og gå videre")
    heading(page, "Feedback-kontrakt: Aftaler")
    page.get_by_label("Ja", exact=True).check()
    press(page, "Gem og gå videre")
    heading(page, "Feedback-kontrakt: Se optageren")
    press(page, "Sig ja til kontrakten")
    expect(page.get_by_text("Du har sagt ja. Nu venter kontrakten på Jonas.")).to_be_visible()


def record(page: Page) -> None:
    """A short samtale: contract, an emne with a whole UGU, both speaking, two ticks of which one is taken back."""
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled()
    press(page, "Start")
    for step in ("Kontrakt", "Medarbejder", "Borger", "Emne", "U", "G", "U"):
        _tap(page, step)
    tile = page.locator("[data-tiles] [data-spor]").first
    tile.tap()
    expect(tile.locator("[data-count]")).to_have_text("1")
    page.locator("[data-tiles] [data-spor]").nth(1).tap()
    press(page, "Fortryd")
    expect(page.locator("[data-tiles] [data-spor]").nth(1).locator("[data-count]")).to_have_text("0")
    _tap(page, "Afslutning")
    expect(page.locator("[data-state-words]")).to_contain_text("Gemt", timeout=15_000)
    press(page, "Afslut")
    expect(page.get_by_role("heading", name="Er samtalen slut?")).to_be_visible()
    press(page, "Afslut samtalen")
    expect(page.get_by_role("link", name="Skriv feedback")).to_be_visible(timeout=15_000)


def _tap(page: Page, step: str) -> None:
    names = {"U": "U: undersøg", "G": "G: giv"}
    button = page.locator(".rec-screen").get_by_role(
        "button", name=names.get(step, step), exact=step in names
    )
    button.first.tap()
    expect(button.first).to_have_attribute("aria-pressed", "true")


def write_the_feedback(page: Page) -> None:
    press(page, "Skriv feedback")
    if page.get_by_role("link", name="Skriv feedback").count():
        press(page, "Skriv feedback")
    heading(page, "Din feedback til Mette")
    page.get_by_label("Det, der lykkedes, punkt 1").fill(
        "Du spurgte først og ventede, til borgeren var færdig."
    )
    page.get_by_label("Iagttagelser, punkt 1").fill("Jeg hørte to åbne spørgsmål i træk.")
    page.get_by_label("Oplevelser, punkt 1").fill("Jeg blev nysgerrig på det, borgeren sagde om lageret.")
    press(page, "Læs den, som Mette vil se den")
    heading(page, "Sådan ser Mette din feedback")
    press(page, "Send til Mette")


def receive(page: Page) -> None:
    page.goto("/")
    press(page, "Læs feedback")
    expect(page.get_by_text("to åbne spørgsmål i træk")).to_have_count(0)
    press(page, "Åbn din feedback")
    heading(page, "Feedback fra Jonas")
    expect(page.get_by_text("Jeg hørte to åbne spørgsmål i træk.")).to_be_visible()
    page.get_by_label("Skriv et par ord").fill("Tusind tak. Det kan jeg bruge i morgen.")
    press(page, "Sig tak til Jonas")
    expect(page.get_by_text("Du sagde tak")).to_be_visible()


def test_from_kontrakt_to_thanks_with_two_phones(live: Any) -> None:
    mette, jonas = live.phone_for("mette"), live.phone_for("jonas")
    make_the_kontrakt(mette)
    jonas.goto("/")
    press(jonas, "Sig ja")
    press(jonas, "Sig ja til kontrakten")
    press(jonas, "Åbn optageren")
    record(jonas)
    mette.goto("/samtaler")
    expect(mette.get_by_role("link", name=re.compile("Læs"))).to_have_count(0)
    write_the_feedback(jonas)
    receive(mette)
    jonas.goto("/samtaler")
    expect(jonas.get_by_text("Mette siger tak")).to_be_visible()
    press(jonas, "Læs den igen")
    expect(jonas.get_by_text("Det kan jeg bruge i morgen.")).to_be_visible()
