"""The recorder in a real browser: a whole samtale, and what each field, key and word on the screen does."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import ELEMENT
from optager import NO_NET, SECOND_TILE, Optager, of
from playwright.sync_api import expect

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.actions import recording
from supervision.observationer.measures import effective, maal
from supervision.personer.models import Person

pytestmark = pytest.mark.browser


def test_a_whole_samtale_on_a_phone(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.press("fase", "kontrakt")
    optager.press("element", ELEMENT)
    optager.press("taler", "medarbejder")
    optager.tick()
    optager.press("fase", "emne")
    optager.press("ugu", "undersoeg")
    optager.press("ugu", "giv")
    expect(page.locator("[data-loop-words]")).to_have_text("sidste U mangler")
    optager.press("taler", "borger")
    optager.press("taler", "borger")
    optager.saved()

    page.reload()
    expect(optager.field("taler", "borger")).to_have_attribute("aria-pressed", "true")
    expect(optager.field("fase", "emne")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-topic]")).to_have_text("Emne 1")
    expect(page.locator("[data-loop-words]")).to_have_text("sidste U mangler")

    page.context.set_offline(True)
    optager.tick()
    optager.tick()
    optager.press("ugu", "undersoeg")
    optager.note("Lænede sig frem")
    optager.state("Uden net · gemt på enheden · 4 venter")
    page.context.set_offline(False)
    optager.saved()

    optager.act("fortryd")
    optager.act("fortryd")
    expect(page.locator("[data-loop-words]")).to_have_text("sidste U mangler")
    optager.act("gendan")
    expect(page.locator("[data-loop-words]")).to_have_text("hel UGU")
    optager.act("gendan")
    optager.act("pause")
    page.wait_for_timeout(400)
    optager.act("pause")

    figures = optager.end()
    expect(page.locator("[data-end-words]")).to_have_text("Alt er gemt.")
    events = optager.stored()
    truth = maal(events)
    assert figures == {
        "varighed": truth["varighed_ms"],
        **truth["taletid_ms"],
        "indrammet": truth["ugu"]["indrammet"],
        "kryds": sum(truth["faerdigheder"].values()),
    }
    assert truth["faerdigheder"] == {SECOND_TILE: 3}
    assert truth["ugu"] == {"giv": 1, "indrammet": 1, "uden_foer": 0, "uden_efter": 0}
    assert of(events, "taler") == ["medarbejder", "borger"]
    assert of(events, "ur") == ["start", "pause", "genoptag", "slut"]
    assert of(events, "note") == ["Lænede sig frem"]
    assert optager.on_device() == 0, "what the server has does not stay on the tablet"
    expect(page.get_by_role("link", name="Skriv feedback")).to_be_visible()


def test_a_trembling_thumb_ticks_once(live: Any, kontrakt_id: UUID) -> None:
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    page.evaluate(
        f"""for (let i = 0; i < 5; i++) document.querySelector('[data-kode="{SECOND_TILE}"]').click()"""
    )
    optager.press("faerdighed", "ud_gang")
    page.wait_for_timeout(350)
    optager.tick()
    optager.saved()
    assert Counter(of(optager.stored(), "faerdighed")) == {SECOND_TILE: 2, "ud_gang": 1}


def test_an_element_tapped_twice_is_taken_back(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    chip = optager.field("element", ELEMENT)
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    optager.saved()
    assert of(optager.stored(), "element") == []
    assert len(optager.stored()) == 3


def test_one_undo_takes_back_the_phase_and_the_emne_it_began(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.press("fase", "emne")
    optager.act("fortryd")
    expect(page.locator("[data-topic]")).to_have_text("Emne –")
    expect(optager.field("fase", "emne")).to_have_attribute("aria-pressed", "false")
    optager.act("gendan")
    expect(page.locator("[data-topic]")).to_have_text("Emne 1")
    expect(optager.field("fase", "emne")).to_have_attribute("aria-pressed", "true")
    optager.saved()
    assert (of(optager.stored(), "fase"), of(optager.stored(), "emne")) == (["emne"], ["1"])


def test_keys_on_a_laptop(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.tick()
    for key in ("Space", "Space", "1", "2", "u", "g", "u", "Control+z", "Control+y"):
        page.keyboard.press(key)
    optager.field("faerdighed", "ud_gang").focus()
    page.keyboard.press("Space")
    optager.act("note")
    page.keyboard.type("u2 g 1")
    page.keyboard.press("Escape")
    optager.saved()
    events = optager.stored()
    assert of(events, "taler") == ["medarbejder", "borger"]
    assert of(events, "fase") == ["kontrakt", "emne"]
    assert of(events, "ugu") == ["undersoeg", "giv", "undersoeg"]
    assert of(events, "faerdighed") == [SECOND_TILE, "ud_gang"]
    assert of(events, "note") == []


def test_a_note_belongs_to_the_moment_it_was_opened(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.act("note")
    page.wait_for_timeout(900)
    page.locator("[data-note-text]").fill("Pause før svaret")
    page.get_by_role("button", name="Gem noten").click()
    optager.tick()
    optager.saved()
    [note, tick] = [event for event in effective(optager.stored()) if event.spor in ("note", "faerdighed")]
    assert tick.t_ms - note.t_ms >= 850


def test_the_clock_goes_on_and_a_calm_word_comes_from_four_fifths(live: Any, kontrakt_id: UUID) -> None:
    began = clock.now() - timedelta(minutes=3)
    spoken = [(0, "ur", "start"), (0, "taler", "medarbejder"), (150_000, "taler", "borger")]
    with live.app.app_context():
        recording.store_haendelser(
            kontrakt=db.session.get_one(FeedbackKontrakt, kontrakt_id),
            by=db.session.get_one(Person, live.world.jonas),
            startet_at=began,
            raw=[
                {"id": str(uuid4()), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}
                for nr, (t_ms, spor, kode) in enumerate(spoken)
            ],
        )
        db.session.commit()
        db.session.remove()
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^3\.[01]\d$"))
    expect(page.locator("[data-left]")).to_have_text("42 min. tilbage")
    expect(page.locator("[data-share=medarbejder]")).to_contain_text("Medarbejder har haft ordet længe")
    optager.press("taler", "stilhed")
    expect(page.locator("[data-share=borger]")).to_be_visible()
    expect(page.locator("[data-shares]")).to_have_attribute("aria-label", re.compile("Medarbejder 8[0-3]"))
