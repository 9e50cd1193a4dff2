"""A practice samtale on a screen, two phones that tick it, and the answers; the minutes are moved, not waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from optager import check_with_axe
from playwright.sync_api import Page, expect
from road import person
from sqlalchemy import select

from supervision.db import db
from supervision.grupper import actions, queries
from supervision.grupper.models import Kalibrering
from supervision.grupper.rules import kalibrering as rules
from supervision.observationer import content
from supervision.observationer.content import Manuskript, Replik, Svar

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SLOW = 40_000
"""How long a first page may take on a machine where much else runs."""


def script() -> Manuskript:
    """Two lines in five minutes, with a key of two things: the first is still said when a slow machine looks."""
    first = content.read_manuskripter(content.FOLDER)[0]
    lines = (
        Replik("medarbejder", 0, 290_000, "Hvad er vigtigst for dig i dag, nu hvor vi sidder her?"),
        Replik("borger", 291_000, 9_000, "Jeg vil gerne vide, om jeg kan få noget ud af kurset."),
    )
    svar = (Svar("fase", "kontrakt", 0, "De åbner.", 0), Svar("faerdighed", "aab_hv", 3000, "Åbent.", 0))
    return replace(first, replikker=lines, svar=svar)


@pytest.fixture(autouse=True)
def short_samtaler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "load_manuskripter", lambda: (script(),))
    monkeypatch.setattr(rules, "NEDTAELLING", timedelta(seconds=1))


@pytest.fixture
def kalibrering_id(live: Any) -> UUID:
    """Laid ready by the teamleder for mette and jonas."""
    with live.app.app_context():
        leader = person(live.world.leder)
        gruppe = actions.create_gruppe(navn="Øvegruppen", by=leader)
        for member in (live.world.mette, live.world.jonas):
            actions.add_medlem(gruppe, person=person(member), by=leader)
        made = actions.begin_kalibrering(manuskript="lageret", gruppe=gruppe, by=leader).id
        db.session.commit()
        db.session.remove()
    return made


def field(page: Page, spor: str, kode: str) -> Any:
    return page.locator(f'[data-spor="{spor}"][data-kode="{kode}"]')


def a_phone(live: Any, who: str) -> Page:
    """A phone that draws no movement, so that three pages at once leave the machine some time."""
    return patient(live.page_for(who, **PHONE, reduced_motion="reduce"))


def patient(page: Page) -> Page:
    page.set_default_timeout(SLOW)
    return page


@pytest.mark.wide
def test_a_screen_and_two_phones_are_at_the_same_word(live: Any, kalibrering_id: UUID) -> None:
    wall = patient(live.page_for("leder", viewport={"width": 1280, "height": 720}))
    phones = [a_phone(live, "mette"), a_phone(live, "jonas")]
    for phone in phones:
        phone.goto(f"/kalibrering/{kalibrering_id}")
        phone.get_by_role("link", name="Åbn optageren").tap()
        expect(phone.locator("[data-oeve-vent]")).to_contain_text("Vent på skærmen", timeout=SLOW)
    phones[1].get_by_label("Vis teksten her").check()
    wall.goto(f"/kalibrering/{kalibrering_id}/skaerm")
    expect(wall.locator("[data-med]")).to_have_text("2 er med", timeout=SLOW)
    wall.keyboard.press("Space")
    expect(wall.locator("[data-ord]")).to_contain_text("Hvad er vigtigst for dig", timeout=SLOW)
    for phone in phones:
        expect(phone.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")
        field(phone, "fase", "kontrakt").tap()
        field(phone, "faerdighed", "aab_hv").tap()
    field(phones[0], "taler", "medarbejder").tap()
    expect(phones[0].locator("[data-oeve-strimmel]")).to_be_hidden()
    expect(phones[1].locator("[data-oeve-strimmel]")).to_be_visible()
    expect(phones[0].get_by_role("button", name="Afslut", exact=True)).to_have_count(0)
    check_with_axe(wall, "playing")
    phones[0].reload()
    expect(field(phones[0], "taler", "medarbejder")).to_have_attribute("aria-pressed", "true", timeout=SLOW)
    wall.get_by_role("button", name="Stop her").click()
    for phone in phones:
        expect(phone.locator("[data-end-words]")).to_have_text("Alt er gemt.", timeout=SLOW)
    expect(wall.locator("[data-med]")).to_contain_text(
        "2 af 2 er færdige. Gruppens billede kræver mindst tre."
    )
    expect(wall.get_by_role("button", name="Vis gruppens billede")).to_be_hidden()
    phones[0].get_by_role("link", name="Se dine kryds og svarene").tap()
    phones[0].wait_for_url(f"**/kalibrering/{kalibrering_id}")
    expect(phones[0].get_by_role("heading", level=1)).to_have_text("Døren på lageret: svarene")
    expect(phones[0].locator("main")).to_contain_text("Nøglen har 1.")
    check_with_axe(phones[0], "the answers")
    with live.app.app_context():
        kalibrering = db.session.get_one(Kalibrering, kalibrering_id)
        logs = queries.list_kryds([log.id for log in queries.list_ended(kalibrering)])
        assert len(logs) == 2
        for events in logs.values():
            assert [h.t_ms for h in events if (h.spor, h.kode) == ("ur", "start")] == [0]
            assert [h.t_ms for h in events if (h.spor, h.kode) == ("ur", "slut")] == [kalibrering.slut_ms]
            assert [h.kode for h in events if h.spor == "faerdighed"] == ["aab_hv"]


def paused_at(live: Any) -> int:
    """Where the one practice stands, in ms."""
    with live.app.app_context():
        found = db.session.scalars(select(Kalibrering.pauset_ms)).one()
        db.session.remove()
    assert found is not None
    return found


def let_five_minutes_pass(live: Any) -> None:
    """The one practice began so much earlier."""
    with live.app.app_context():
        kalibrering = db.session.scalars(select(Kalibrering)).one()
        assert kalibrering.start_at is not None
        kalibrering.start_at -= timedelta(minutes=5)
        db.session.commit()
        db.session.remove()


@pytest.mark.wide
def test_alone_the_words_stand_over_the_recorder_and_it_can_wait(live: Any) -> None:
    page = a_phone(live, "mette")
    page.goto("/")
    page.get_by_role("link", name="Begynd øvelsen").tap()
    page.get_by_role("link", name="Lav en øveaftale").first.tap()
    page.get_by_role("button", name="Sig ja, og åbn optageren").tap()
    expect(page.locator("[data-oeve-vent]")).to_contain_text("Teksten kommer øverst", timeout=SLOW)
    page.get_by_role("button", name="Start samtalen").tap()
    expect(page.locator("[data-oeve-ord]")).to_contain_text("Hvad er vigtigst")
    page.get_by_role("button", name="Pause").tap()
    expect(page.get_by_role("button", name="Gå videre")).to_be_visible()
    seconds = paused_at(live) // 1000
    expect(page.locator("[data-clock]")).to_have_text(f"{seconds // 60}.{seconds % 60:02}")
    field(page, "faerdighed", "aab_hv").tap()
    expect(field(page, "faerdighed", "aab_hv").locator("[data-count]")).to_have_text("1")
    expect(page.locator("[data-clock]")).to_have_text(f"{seconds // 60}.{seconds % 60:02}")
    fits = page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert fits
    page.get_by_role("button", name="Gå videre").tap()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    let_five_minutes_pass(live)
    page.get_by_role("link", name="Se dine kryds og svarene").tap()
    page.get_by_role("link", name="Videre: skriv feedback").tap()
    page.get_by_label("Det, der lykkedes").fill("Jeg hørte dig spørge, hvad der var vigtigst.")
    page.get_by_role("button", name="Gem, og se et eksempel").tap()
    page.wait_for_url("**/foerste-dag/feedback#eksempel")
    expect(page.get_by_role("heading", name="Sådan kunne en kollega have skrevet")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("link", name="Lav din første feedback-kontrakt")).to_be_visible()
