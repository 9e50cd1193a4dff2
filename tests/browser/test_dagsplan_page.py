"""A supervision day in a real browser: six sessions planned, two moved, one run through its parts with its lock."""

from __future__ import annotations

import re
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from people import add_person, give_role
from playwright.sync_api import Locator, Page, Route, expect
from road import agreed, person, recorded

from supervision import clock
from supervision.aftaler.actions import dagsplan
from supervision.aftaler.models import FeedbackKontrakt, Supervisionssession
from supervision.db import db
from supervision.personer.models import Organisation

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1280, "height": 900}}


def plan_a_day(live: Any) -> Page:
    """The supervisor plans six sessions from 9 o'clock in two lanes, and sends them."""
    with live.app.app_context():
        house = live.world.organisations["jobcenter"]
        nina = add_person("Nina Nord", "nina@test.example", house)
        give_role(nina, "medarbejder", team_id=live.world.teams["nord"])
        db.session.commit()
        db.session.remove()
    page: Page = live.page_for("supervisor", **WIDE)
    page.goto("/supervision/dage")
    page.get_by_role("link", name="Planlæg en dag").click()
    page.get_by_label("Åse Ask").check()
    page.get_by_label("Lokaler").fill("Lokale 1\nLokale 2")
    page.get_by_role("button", name="Opret og læg sessioner").click()
    for navn in ("Mette Ærø", "Jonas Øland", "Lone Leth", "Frede Fjord", "Sanne Syd", "Nina Nord"):
        page.get_by_label(navn, exact=True).check()
    page.get_by_role("button", name="Læg samtalerne").click()
    expect(page.locator("[data-session]")).to_have_count(6)
    page.get_by_role("button", name="Send 6 kontrakter").click()
    expect(page.get_by_text("Sendt: 6 kontrakter")).to_be_visible()
    return page


def session_of(page: Page, navn: str) -> Locator:
    return page.locator(f'[data-session][data-navn="{navn}"]')


def lane(page: Page, navn: str) -> Locator:
    return page.locator(f'[data-bane][data-navn="{navn}"]')


def drag(page: Page, handle: Locator, *, to: Locator, minutes: int) -> None:
    """By the handle, so many minutes down and into another lane."""
    box, target = handle.bounding_box(), to.bounding_box()
    assert box is not None
    assert target is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + minutes * 3.2 / 2, steps=3)
    page.mouse.move(target["x"] + target["width"] / 2, y + minutes * 3.2, steps=4)
    page.mouse.up()


def stored(live: Any, session_id: str) -> tuple[int, UUID, time]:
    """(start, supervisor, the samtale's time of day) as the database has it."""
    with live.app.app_context():
        session = db.session.get_one(Supervisionssession, UUID(session_id))
        assert session.kontrakt is not None
        found = session.start, session.supervisor_id, clock.local(session.kontrakt.samtale.starter_at).time()
        db.session.remove()
    return found


@pytest.mark.wide
def test_a_day_of_six_is_planned_and_two_are_moved(live: Any) -> None:
    page = plan_a_day(live)
    words, sune, aase = page.locator("[data-dag-ord]"), lane(page, "Sune"), lane(page, "Åse")
    first = sune.locator("[data-session]").first
    navn, session_id = first.get_attribute("data-navn"), str(first.get_attribute("data-session"))
    first = session_of(page, str(navn))
    before = stored(live, session_id)
    other: Page = live.watch(page.context.new_page())
    other.goto(page.url)

    drag(page, first.locator("[data-greb]"), to=aase, minutes=30)
    expect(words).to_contain_text("Gemt.")
    expect(words).to_contain_text(f"{navn}: kl. 9.30–10.25 hos Åse. Gemt. Åse er optaget af")
    expect(first.locator("[data-konflikter]")).to_contain_text("Åse er optaget af")
    expect(first.locator("[data-lokale]")).to_have_text("Lokale 2")
    assert stored(live, session_id) == (570, live.world.aase, time(9, 40))

    live.expects("status of 409")  # who moves what has just been moved is told, and theirs is not stored
    session_of(other, str(navn)).locator("[data-greb]").press("ArrowDown")
    expect(other.locator("[data-dag-ord]")).to_contain_text("ændret af en anden")
    expect(lane(other, "Åse").locator(f'[data-navn="{navn}"] [data-tid]')).to_have_text("9.30–10.25")
    assert stored(live, session_id) == (570, live.world.aase, time(9, 40))

    page.get_by_role("button", name="Fortryd").click()
    expect(sune.locator(f'[data-navn="{navn}"] [data-tid]')).to_have_text("9.00–9.55")
    expect(first.locator("[data-konflikter]")).to_be_empty()
    expect(words).to_contain_text("Intet i vejen")
    assert stored(live, session_id) == before

    last = aase.locator("[data-session]").last
    last_id = str(last.get_attribute("data-session"))
    handle = page.locator(f'[data-session="{last_id}"] [data-greb]')
    handle.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(words).to_contain_text("hos Åse. Gemt. Intet i vejen.")
    expect(handle).to_be_focused()
    assert stored(live, last_id)[0] == 680  # from 11.10: fifteen minutes down and five up
    moved_and_taken_back_while_it_is_saved(page)
    expect(page.locator(f'[data-session="{last_id}"]')).to_have_attribute("data-start", "680")
    expect(words).to_contain_text("hos Åse. Gemt. Intet i vejen.")
    page.reload()
    expect(page.locator(f'[data-session="{last_id}"]')).to_have_attribute("data-start", "680")
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheet = page.context.new_page()
    sheet.goto(f"{page.url}/udskriv")
    assert len(re.findall(rb"/MediaBox", sheet.pdf(prefer_css_page_size=True))) == 1


def moved_and_taken_back_while_it_is_saved(page: Page) -> None:
    """Five minutes down, and the press on the button comes before the server's answer."""
    held: list[Route] = []
    page.route("**/flyt", lambda route: held.append(route), times=1)
    with page.expect_request("**/flyt"):
        page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Fortryd").click()
    held[0].continue_()


def ready_session(live: Any) -> tuple[UUID, UUID]:
    """(session, kontrakt) of Mette's today: the plan is sent, and both have said yes."""
    with live.app.app_context():
        mette, sune = person(live.world.mette), person(live.world.supervisor)
        home = db.session.get_one(Organisation, live.world.organisations["jobcenter"])
        valg = dagsplan.Dagsvalg(clock.today(), "", 540, 960, None, 15, "", ())
        dag = dagsplan.create_dag(organisation=home, valg=valg, supervisorer=[sune], by=sune)
        chosen = dagsplan.Sessionsvalg(sune, 540)
        session = dagsplan.add_session(dag, fokusperson=mette, valg=chosen, by=sune)
        session.kontrakt, dag.sendt_at = agreed(mette, sune), clock.now()
        made = session.id, session.kontrakt.id
        db.session.commit()
        db.session.remove()
    return made


def test_a_session_runs_through_its_three_parts_with_its_lock(live: Any) -> None:
    session_id, kontrakt_id = ready_session(live)
    page: Page = live.page_for("supervisor", **WIDE)
    address = f"/supervision/sessioner/{session_id}"
    page.goto(address)
    page.get_by_role("button", name="Begynd forberedelsen").click()
    face = page.locator("[data-ur-tal]")
    expect(face).to_have_text(re.compile(r"^(10\.00|9\.5\d)$"))
    page.reload()  # the clock is the server's
    expect(face).to_have_text(re.compile(r"^9\.[345]\d$"))
    expect(page.get_by_text("låst, til borgeren er gået")).to_be_visible()
    page.get_by_role("button", name="Forberedelsen er slut").click()
    page.wait_for_url(f"**/optager/{kontrakt_id}")
    with live.app.app_context():
        observation_id = recorded(
            db.session.get_one(FeedbackKontrakt, kontrakt_id), person(live.world.supervisor)
        ).id
        db.session.commit()
        db.session.remove()
    page.goto(f"/observationer/{observation_id}/feedback")
    expect(page).to_have_url(re.compile(f"{address}$"))  # locked: to where the citizen is said to have left
    expect(page.get_by_text("Feedbacken åbner, når supervisoren har trykket")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Borgeren er gået").click()
    expect(face).to_have_text(re.compile(r"^(15\.00|14\.5\d)$"))
    page.goto(f"/observationer/{observation_id}/feedback")
    expect(page).to_have_url(re.compile("/feedback$"))
    page.goto(address)
    page.get_by_role("textbox", name="Din linje").fill("Vent tre sekunder efter et åbent spørgsmål.")
    page.get_by_role("button", name="Gem linjen").click()
    expect(page.get_by_text("Linjen er gemt")).to_be_visible()
    page.get_by_role("button", name="Feedbacken er givet").click()
    expect(page.get_by_text("færdig")).to_have_count(3)
