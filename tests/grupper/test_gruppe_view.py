"""The group in the browser: who sees it, what the board says, and what its facilitator does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from counting import count_queries
from flask import Flask
from people import World, add_person, give_role
from road import agreed, person, recorded

from supervision import clock
from supervision.db import db
from supervision.grupper import actions
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Runde
from supervision.history import Historik
from supervision.observationer.models import Observation

TODAY = date(2026, 11, 18)
NOON = datetime(2026, 11, 18, 12, tzinfo=clock.DANISH_TIME)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NOON):
        yield


@contextmanager
def adding(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()


@pytest.fixture
def gruppe_id(app: Flask, world: World) -> UUID:
    """Lone facilitates Mette and Jonas; beside it a namesake group in the other organisation."""
    with adding(app):
        other = Laeringsgruppe(
            organisation_id=world.organisations["a_kasse"],
            navn="Torsdagsgruppen",
            facilitator_id=world.anden_supervisor,
            oprettet_at=clock.now(),
            medlemmer=[Gruppemedlem(person_id=world.noise, ind_at=clock.now())],
            runder=[Runde(navn="Fremmed runde", fra=date(2026, 11, 1), til=date(2026, 12, 1))],
        )
        db.session.add(other)
        leder = person(world.leder)
        made = actions.create_gruppe(navn="Torsdagsgruppen", by=leder)
        for member in (world.mette, world.jonas):
            actions.add_medlem(made, person=person(member), by=leder)
        actions.create_runde(made, navn="2. runde", fra=date(2026, 11, 1), til=date(2026, 11, 30), by=leder)
        return made.id


def page_of(browser: Any, gruppe_id: UUID) -> str:
    answer = browser.get(f"/grupper/{gruppe_id}")
    assert answer.status_code == 200
    text: str = answer.get_data(as_text=True)
    return text


def marks(page: str) -> dict[str, list[str]]:
    """Name -> what is done, read from the board as a screen reader would."""
    board = page[page.index('class="tavle') : page.index("</main>")]
    found = {}
    for line in re.findall(r'<li class="tavle-linje">(.*?)</ul>', board, re.DOTALL):
        words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", line)
        name = re.search(r'aria-label="Runden for ([^"]+)"', line)
        assert name is not None
        found[name.group(1)] = re.findall(r"(observeret|har observeret)\s*: gjort", words)
    return found


WHO_GETS_IT = {
    "mette": 200,
    "jonas": 200,
    "leder": 200,
    "aase": 404,
    "fremmed": 404,
    "sydleder": 404,
    "noise": 404,
    "supervisor": 404,
    "anden_supervisor": 404,
    "administrator": 404,
    None: 302,
}


def test_members_and_facilitator_see_it_and_nobody_else(
    world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    for who, status in WHO_GETS_IT.items():
        browser = browser_for(world.people[who] if who else None)
        assert browser.get(f"/grupper/{gruppe_id}").status_code == status, who
        assert browser.get(f"/grupper/{uuid4()}").status_code == (404 if who else 302), who


def test_only_the_facilitator_changes_it(world: World, gruppe_id: UUID, browser_for: Any) -> None:
    for who in ("mette", "sydleder", "anden_supervisor", "administrator"):
        browser = browser_for(world.people[who])
        assert browser.get(f"/grupper/{gruppe_id}/rediger").status_code == 404
        assert browser.get(f"/grupper/{gruppe_id}/runder/ny").status_code == 404
        for path in ("rediger", "medlemmer", "facilitator", "nedlaeg", "runder/ny"):
            assert browser.send(f"/grupper/{gruppe_id}/{path}", navn="Kapret").status_code == 404, path
        removal = f"/grupper/{gruppe_id}/medlemmer/{world.jonas}/fjern"
        assert browser.send(removal).status_code == 404
    assert "Torsdagsgruppen" in page_of(browser_for(world.jonas), gruppe_id)


def test_the_menu_leads_to_the_one_group(world: World, gruppe_id: UUID, browser_for: Any) -> None:
    answer = browser_for(world.mette).get("/gruppe")
    assert answer.location == f"/grupper/{gruppe_id}"


def test_whoever_has_no_group_learns_what_will_come(world: World, gruppe_id: UUID, browser_for: Any) -> None:
    worker = browser_for(world.aase).get("/gruppe").get_data(as_text=True)
    assert "Du er ikke med i en læringsgruppe endnu" in worker
    assert "/grupper/ny" not in worker
    assert "/grupper/ny" in browser_for(world.sydleder).get("/gruppe").get_data(as_text=True)


def test_several_groups_are_listed_in_order(
    app: Flask, world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    with adding(app):
        for navn in ("Åens gruppe", "Alle mand"):
            actions.create_gruppe(navn=navn, by=person(world.leder))
    page = browser_for(world.leder).get("/gruppe").get_data(as_text=True)
    assert page.index("Alle mand") < page.index("Torsdagsgruppen") < page.index("Åens gruppe")
    assert page.count("Torsdagsgruppen") == 1


def test_the_board_shows_marks_with_words_and_no_counts(
    app: Flask, world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    with adding(app):
        for _ in range(3):
            recorded(agreed(person(world.mette), person(world.jonas)), person(world.jonas))
        recorded(agreed(person(world.aase), person(world.leder)), person(world.leder))
    page = page_of(browser_for(world.mette), gruppe_id)
    assert marks(page) == {
        "Jonas Øland": ["har observeret"],
        "Mette Ærø": ["observeret"],
        "Lone Leth": ["har observeret"],
    }
    assert "Åse" not in page[page.index("<main") :]
    assert marks(page_of(browser_for(world.leder), gruppe_id)) == marks(page)


@pytest.mark.parametrize(
    ("startet", "counts"),
    [
        (datetime(2026, 10, 31, 23, 59), False),
        (datetime(2026, 11, 1, 0, 0), True),
        (datetime(2026, 11, 30, 23, 59), True),
        (datetime(2026, 12, 1, 0, 0), False),
    ],
)
def test_the_rounds_days_are_danish_and_both_count(
    app: Flask, world: World, gruppe_id: UUID, browser_for: Any, startet: datetime, counts: bool
) -> None:
    with adding(app):
        observation = recorded(agreed(person(world.mette), person(world.jonas)), person(world.jonas))
        observation.startet_at = startet.replace(tzinfo=clock.DANISH_TIME)
    done = marks(page_of(browser_for(world.mette), gruppe_id))
    assert done["Mette Ærø"] == (["observeret"] if counts else [])


def test_the_days_follow_summer_time(app: Flask, world: World, gruppe_id: UUID, browser_for: Any) -> None:
    """29 March 2026 has 23 hours: a round that ends that day ends at 22 o'clock in UTC."""
    with adding(app):
        runde = db.session.query(Runde).filter_by(gruppe_id=gruppe_id).one()
        runde.fra, runde.til = date(2026, 3, 28), date(2026, 3, 29)
        observation = recorded(agreed(person(world.mette), person(world.jonas)), person(world.jonas))
        observation.startet_at = datetime.fromisoformat("2026-03-29T21:59:00+00:00")
        found = observation.id
    browser = browser_for(world.mette)
    assert marks(page_of(browser, gruppe_id))["Mette Ærø"] == ["observeret"]
    with adding(app):
        observation = db.session.get_one(Observation, found)
        observation.startet_at = datetime.fromisoformat("2026-03-29T22:00:00+00:00")
    assert marks(page_of(browser, gruppe_id))["Mette Ærø"] == []


def test_an_observation_that_is_not_ended_is_no_mark(
    app: Flask, world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    with adding(app):
        observation = recorded(agreed(person(world.mette), person(world.jonas)), person(world.jonas))
        observation.afsluttet_at = None
    assert set(map(tuple, marks(page_of(browser_for(world.mette), gruppe_id)).values())) == {()}


def test_the_page_asks_the_same_number_of_questions_for_two_and_for_twenty(
    app: Flask, world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    browser = browser_for(world.leder)
    few = count_queries(app, lambda: page_of(browser, gruppe_id))
    with adding(app):
        made = db.session.get_one(Laeringsgruppe, gruppe_id)
        for nr in range(18):
            new = add_person(f"Ny {nr}", f"ny{nr}@test.example", world.organisations["jobcenter"])
            actions.add_medlem(made, person=person(new), by=person(world.leder))
    assert count_queries(app, lambda: page_of(browser, gruppe_id)) == few <= 25


def test_a_teamleder_makes_a_group_in_the_browser(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.leder)
    assert browser.get("/grupper/ny").status_code == 200
    assert browser.send("/grupper/ny", navn="  ").status_code == 422
    answer = browser.send("/grupper/ny", navn="Fredagsgruppen", facilitator_id=str(world.mette))
    assert answer.status_code == 303
    page = browser.get(answer.location).get_data(as_text=True)
    assert "Åse Ask" in page[: page.index('name="person"')], "one's own team comes first"
    assert "Frede Fjord" in page
    assert "a_kasse" not in page
    added = browser.send(
        answer.location.replace("rediger", "medlemmer"),
        eget_team=[str(world.mette), str(world.jonas)],
        person=str(world.fremmed),
    )
    assert added.status_code == 303
    seen = browser_for(world.fremmed).get("/gruppe", follow_redirects=True).get_data(as_text=True)
    assert "Fredagsgruppen" in seen
    assert "facilitator: Lone Leth" in seen
    with app.app_context():
        acts = {
            row.handling
            for row in db.session.query(Historik)
            if row.genstand.startswith(("laeringsgr", "gruppem"))
        }
        db.session.remove()
    assert acts == {"opret", "tilfoej_medlem"}


def test_others_than_teamledere_cannot_make_one(world: World, browser_for: Any) -> None:
    for who in ("mette", "supervisor", "administrator"):
        browser = browser_for(world.people[who])
        assert browser.get("/grupper/ny").status_code == 404
        assert browser.send("/grupper/ny", navn="X").status_code == 404


def test_only_colleagues_can_be_taken_in_and_only_once(
    app: Flask, world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    browser = browser_for(world.leder)
    for wrong in (world.noise, world.mette, world.leder, world.administrator, uuid4()):
        answer = browser.send(f"/grupper/{gruppe_id}/medlemmer", person=str(wrong))
        assert answer.status_code == 422, wrong
    assert browser.send(f"/grupper/{gruppe_id}/medlemmer").status_code == 422
    assert browser.send(f"/grupper/{gruppe_id}/medlemmer", person=str(world.supervisor)).status_code == 303
    assert browser_for(world.noise).get(f"/grupper/{gruppe_id}").status_code == 404
    assert browser_for(world.supervisor).get(f"/grupper/{gruppe_id}").status_code == 200


def test_who_is_taken_out_or_leaves_sees_nothing_from_the_next_request_on(
    world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    jonas, mette, leder = (browser_for(p) for p in (world.jonas, world.mette, world.leder))
    page_of(jonas, gruppe_id)
    assert leder.send(f"/grupper/{gruppe_id}/medlemmer/{world.jonas}/fjern").status_code == 303
    assert jonas.get(f"/grupper/{gruppe_id}").status_code == 404
    assert leder.send(f"/grupper/{gruppe_id}/medlemmer/{world.jonas}/fjern").status_code == 404
    assert mette.send(f"/grupper/{gruppe_id}/forlad").status_code == 303
    assert mette.get(f"/grupper/{gruppe_id}").status_code == 404
    assert leder.send(f"/grupper/{gruppe_id}/forlad").status_code == 404, "the facilitator hands it over"
    assert leder.send(f"/grupper/{gruppe_id}/medlemmer", eget_team=str(world.jonas)).status_code == 303
    page_of(jonas, gruppe_id)


def test_rounds_are_made_and_changed_and_never_overlap(
    world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    leder = browser_for(world.leder)
    url = f"/grupper/{gruppe_id}/runder/ny"
    clash = leder.send(url, navn="3. runde", fra="2026-11-30", til="2026-12-20")
    assert clash.status_code == 422
    assert "»2. runde« (1.11.2026–30.11.2026)" in clash.get_data(as_text=True)
    assert 'value="3. runde"' in clash.get_data(as_text=True), "what was typed is kept"
    assert leder.send(url, navn="", fra="2026-12-01", til="2026-12-20").status_code == 422
    assert leder.send(url, navn="3. runde", fra="en dag", til="").status_code == 422
    assert leder.send(url, navn="3. runde", fra="1.12.2026", til="20.12.2026").status_code == 303
    page = leder.get(f"/grupper/{gruppe_id}/rediger").get_data(as_text=True)
    third, second = re.findall(r'href="(/runder/[0-9a-f-]+)"', page)
    assert leder.send(third, navn="3. runde", fra="2026-11-20", til="2026-12-20").status_code == 422
    assert leder.send(second, navn="Anden", fra="2026-11-01", til="2026-11-29").status_code == 303
    assert "Anden" in page_of(browser_for(world.mette), gruppe_id)
    for who in ("mette", "anden_supervisor", "sydleder"):
        assert browser_for(world.people[who]).get(second).status_code == 404
        assert (
            browser_for(world.people[who])
            .send(second, navn="X", fra="2026-11-01", til="2026-11-29")
            .status_code
            == 404
        )


def test_another_facilitator_takes_over(world: World, gruppe_id: UUID, browser_for: Any) -> None:
    leder, jonas = browser_for(world.leder), browser_for(world.jonas)
    url = f"/grupper/{gruppe_id}/facilitator"
    for wrong in (world.aase, world.noise, uuid4()):
        assert leder.send(url, facilitator=str(wrong)).status_code == 422
    assert leder.send(url, facilitator=str(world.jonas)).status_code == 303
    assert leder.get(f"/grupper/{gruppe_id}").status_code == 404
    assert jonas.get(f"/grupper/{gruppe_id}/rediger").status_code == 200
    page = page_of(jonas, gruppe_id)
    assert "facilitator: Jonas Øland" in page
    assert list(marks(page)) == ["Mette Ærø", "Jonas Øland"]
    assert jonas.send(url, facilitator=str(world.sydleder)).status_code == 303
    assert "Torsdagsgruppen" in page_of(browser_for(world.sydleder), gruppe_id)


def test_a_closed_group_is_gone_for_all(world: World, gruppe_id: UUID, browser_for: Any) -> None:
    leder = browser_for(world.leder)
    assert leder.send(f"/grupper/{gruppe_id}/nedlaeg").status_code == 303
    for who in ("leder", "mette"):
        assert browser_for(world.people[who]).get(f"/grupper/{gruppe_id}").status_code == 404
    assert "Du er ikke med" in browser_for(world.mette).get("/gruppe").get_data(as_text=True)


def test_a_former_teamleder_still_facilitates_but_makes_no_new_group(
    app: Flask, world: World, gruppe_id: UUID, browser_for: Any
) -> None:
    with adding(app):
        [role] = [r for r in person(world.leder).rolletildelinger if r.rolle == "teamleder"]
        role.til = TODAY
        give_role(world.leder, "medarbejder", fra=TODAY - timedelta(days=1), team_id=world.teams["syd"])
    leder = browser_for(world.leder)
    assert leder.get(f"/grupper/{gruppe_id}/rediger").status_code == 200
    assert leder.get("/grupper/ny").status_code == 404
