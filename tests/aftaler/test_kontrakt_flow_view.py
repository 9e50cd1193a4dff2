"""The whole way with two browsers: made, written, accepted, changed, accepted again, withdrawn."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from kontrakter import FOKUS, KODER, STEPS, look, page_fields, save, stored
from people import World, add_person

from supervision import clock
from supervision.aftaler import actions, queries
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.personer.models import Person


def create(browser: Any, med: UUID, **fields: Any) -> Any:
    """Fill in the page for a new kontrakt and send it."""
    given: dict[str, Any] = {
        "rolle": "fokusperson",
        "kollega": str(med),
        "slags": "kollegial",
        "dato": str(clock.today() + timedelta(days=1)),
        "tid": "10.30",
        "laengde_min": "45",
        "type": "cv_samtale",
        "form": "fysisk",
        "sted": "Lokale 2",
        "forloeb_nr": "1",
    }
    return browser.send("/kontrakter/ny", **{**given, **fields})


def made_id(answer: Any) -> UUID:
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return UUID(answer.location.split("/")[2])


def press_yes(browser: Any, kontrakt_id: UUID) -> Any:
    page = browser.get(f"/kontrakter/{kontrakt_id}").get_data(as_text=True)
    laest = re.search(r'name="laest" value="([^"]+)"', page)
    assert laest is not None, "no yes on the page"
    return browser.send(f"/kontrakter/{kontrakt_id}/ja", laest=laest[1])


def text_of(browser: Any, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_two_colleagues_go_all_the_way(app: Flask, world: World, browser_for: Any) -> None:
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    assert mette.get("/kontrakter/ny").status_code == 200
    answer = create(mette, world.jonas)
    kontrakt_id = made_id(answer)
    assert answer.location == f"/kontrakter/{kontrakt_id}/fokus"
    whole = f"/kontrakter/{kontrakt_id}"

    answer = save(mette, kontrakt_id, "fokus", **{"fokus-0": FOKUS})
    assert (answer.status_code, answer.location) == (303, f"{whole}/kendetegn")
    save(jonas, kontrakt_id, "kendetegn", handling="skabelon:cv_samtale")
    answer = save(jonas, kontrakt_id, "aftaler", plads="Ved bordets ende", borger_ja="ja")
    assert answer.location == f"{whole}/se-optageren"

    screen = text_of(jonas, f"{whole}/se-optageren")
    assert "Medarbejder" in screen
    assert "12 af 12" in text_of(mette, f"{whole}/kendetegn")
    press_yes(jonas, kontrakt_id)
    assert "Jonas sagde ja" in text_of(mette, whole)
    assert "Mette (dig) har ikke sagt ja endnu" in text_of(mette, whole)
    press_yes(mette, kontrakt_id)
    assert look(app, kontrakt_id, world.mette)["tilstand"] == "klar"
    assert f"/optager/{kontrakt_id}" in jonas.get(whole).get_data(as_text=True)
    assert f"/optager/{kontrakt_id}" not in mette.get(whole).get_data(as_text=True)

    answer = save(mette, kontrakt_id, "fokus", **{"fokus-0": "Noget andet", "siger_ja": "y"})
    assert answer.location == whole
    assert look(app, kontrakt_id, world.mette)["tilstand"] == "venter"
    assert "Jonas (dig) sagde ja til en tidligere udgave" in text_of(jonas, whole)
    press_yes(jonas, kontrakt_id)
    assert look(app, kontrakt_id, world.jonas)["tilstand"] == "klar"


def test_the_other_role_and_the_guests(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = made_id(
        create(browser_for(world.supervisor), world.mette, rolle="observatoer", slags="supervision")
    )
    seen = look(app, kontrakt_id, world.mette)
    assert (seen["fokusperson_id"], seen["observatoer_id"]) == (world.mette, world.supervisor)
    assert seen["organisation_id"] == world.organisations["jobcenter"]
    page = text_of(browser_for(world.mette), f"/kontrakter/{kontrakt_id}")
    assert "Kontrakten mangler et mål for samtalen" in page
    assert "Sig ja til kontrakten" not in page


def test_an_address_may_fill_in_the_colleague(world: World, browser_for: Any) -> None:
    address = f"/kontrakter/ny?rolle=observatoer&kollega={world.jonas}"
    page = browser_for(world.mette).get(address).get_data(as_text=True)
    assert f'<option selected value="{world.jonas}">' in page
    assert browser_for(world.mette).get("/kontrakter/ny?rolle=x&kollega=y&dato=z").status_code == 200


def test_namesakes_and_guests_can_be_told_apart(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        add_person("Jonas Øland", "jonas2@test.example", world.organisations["jobcenter"])
        db.session.commit()
        db.session.remove()
    page = browser_for(world.mette).get("/kontrakter/ny").get_data(as_text=True)
    for label in (
        "Jonas Øland, jonas@test.example",
        "Jonas Øland, jonas2@test.example",
        "Sune Super (Supervisionshuset)",
    ):
        assert label in page
    assert "Anja Anden" not in page


def test_who_has_no_colleagues_is_told_what_will_come(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        alene = add_person("Alene Alm", "alene@test.example", world.organisations["hus"])
        for guest in ("supervisor", "anden_supervisor"):
            kollega = db.session.get(Person, world.people[guest])
            assert kollega is not None
            kollega.active = False
        db.session.commit()
        db.session.remove()
    page = browser_for(alene).get("/kontrakter/ny").get_data(as_text=True)
    assert "Her er ingen kolleger endnu" in page
    assert "Opret og gå videre" not in page


def test_the_parties_follow_from_the_type(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = made_id(create(browser_for(world.mette), world.jonas, type="faellessamtale"))
    assert look(app, kontrakt_id, world.mette)["trin"]["samtalen"].parter == (
        "medarbejder",
        "borger",
        "medarbejder2",
    )


@pytest.mark.parametrize("tid", ["10.30", "10:30", "1030", "kl. 10.30", "10,30"])
def test_times_as_people_write_them(app: Flask, world: World, browser_for: Any, tid: str) -> None:
    kontrakt_id = made_id(create(browser_for(world.mette), world.jonas, tid=tid))
    assert f"{look(app, kontrakt_id, world.mette)['trin']['samtalen'].tid:%H:%M}" == "10:30"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tid": "halv elleve"}, "Skriv et klokkeslæt som 10.30."),
        ({"tid": "25.00"}, "Skriv et klokkeslæt som 10.30."),
        ({"tid": "10.75"}, "Skriv et klokkeslæt som 10.30."),
        ({"dato": "i morgen"}, "Skriv en dato som 3.3.2027."),
        ({"dato": "2020-01-01"}, "Datoen er gået."),
        ({"dato": "9999-12-31"}, "mere end et år frem"),
        ({"dato": ""}, "Vælg en dato."),
        ({"laengde_min": "3"}, "fra 5 til 240 minutter"),
        ({"laengde_min": "9" * 40}, "fra 5 til 240 minutter"),
        ({"laengde_min": "lang"}, "Skriv et helt tal."),
        ({"forloeb_nr": "99"}, "Skriv et tal fra 1 til 30"),
        ({"type": "hyggesnak"}, "Vælg en af mulighederne."),
        ({"form": "brevdue"}, "Vælg en af mulighederne."),
        ({"slags": "kontrol"}, "Vælg en af mulighederne."),
        ({"rolle": "chef"}, "Vælg en af mulighederne."),
        ({"kollega": "ikke-et-id"}, "Vælg en af mulighederne."),
        ({"kollega": ""}, "Vælg en kollega."),
        ({"sted": "x" * 10_000}, "Teksten er på 10000 tegn. Der er plads til 120"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    world: World, browser_for: Any, fields: dict[str, str], words: str
) -> None:
    answer = create(browser_for(world.mette), world.jonas, **{"sted": "Det lange bord", **fields})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert "aria-invalid" in page
    kept = fields.get("sted", "Det lange bord")
    assert kept in page


@pytest.mark.parametrize("name", ["noise", "administrator", "anden_supervisor", "mette"])
def test_one_cannot_pair_with_somebody_one_may_not_see(
    app: Flask, world: World, browser_for: Any, name: str
) -> None:
    answer = create(browser_for(world.mette), world.people[name])
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.query(FeedbackKontrakt).count() == 0
        db.session.remove()


def test_a_past_date_may_stand_but_not_be_chosen(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    with clock.travel(clock.now() + timedelta(days=3)):
        mette = browser_for(world.mette)
        assert save(mette, kontrakt_id, "samtalen", sted="Et andet lokale").status_code == 303
        gone = str(clock.today() - timedelta(days=1))
        answer = save(mette, kontrakt_id, "samtalen", dato=gone)
        assert answer.status_code == 422
        assert "Datoen er gået" in answer.get_data(as_text=True)


def test_fields_that_are_not_there_change_nothing(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    before = look(app, kontrakt_id, world.mette)
    more = {
        "observatoer_id": str(world.aase),
        "fokusperson_id": str(world.aase),
        "organisation_id": str(world.organisations["a_kasse"]),
        "laast_at": "2027-01-01T10:00:00",
        "trukket_at": "2027-01-01T10:00:00",
        "udgave": "99",
        "oprettet_af": str(world.aase),
    }
    for trin in STEPS:
        assert save(browser_for(world.mette), kontrakt_id, trin, **more).status_code == 303
    assert look(app, kontrakt_id, world.mette) == before
    made = made_id(create(browser_for(world.mette), world.jonas, **more))
    assert look(app, made, world.mette)["observatoer_id"] == world.jonas


def test_a_yes_to_a_page_that_was_overtaken_is_not_a_yes(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    page = mette.get(f"/kontrakter/{kontrakt_id}").get_data(as_text=True)
    laest = re.search(r'name="laest" value="([^"]+)"', page)
    assert laest is not None
    save(jonas, kontrakt_id, "fokus", **{"fokus-0": "Byttet ud"})
    for old in (laest[1], "", "vrøvl"):
        answer = mette.send(f"/kontrakter/{kontrakt_id}/ja", laest=old)
        assert answer.status_code == 303
    assert "Læs den igen, før du siger ja" in text_of(mette, f"/kontrakter/{kontrakt_id}")
    assert look(app, kontrakt_id, world.mette)["tilstand"] == "kladde"


@pytest.mark.parametrize("who", ["mette", "jonas"])
def test_either_takes_it_back_after_one_kind_question(
    app: Flask, world: World, browser_for: Any, who: str
) -> None:
    kontrakt_id = stored(app, world, ja=("mette", "jonas"))
    browser = browser_for(world.people[who])
    question = text_of(browser, f"/kontrakter/{kontrakt_id}/traek-tilbage")
    assert "Vil du trække kontrakten tilbage?" in question
    assert look(app, kontrakt_id, world.mette)["tilstand"] == "klar"
    answer = browser.send(f"/kontrakter/{kontrakt_id}/traek-tilbage")
    assert answer.location == f"/kontrakter/{kontrakt_id}"
    assert look(app, kontrakt_id, world.mette)["tilstand"] == "trukket"
    other = browser_for(world.jonas if who == "mette" else world.mette)
    assert "trak kontrakten tilbage" in text_of(other, f"/kontrakter/{kontrakt_id}")
    assert other.get(f"/kontrakter/{kontrakt_id}/fokus").location == f"/kontrakter/{kontrakt_id}"
    assert other.send(f"/kontrakter/{kontrakt_id}/fokus", **{"fokus-0": "x"}).status_code == 422


def test_after_the_recorder_started_the_pages_say_so(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world, ja=("mette", "jonas"))
    with app.app_context():
        jonas = db.session.get(Person, world.jonas)
        assert jonas is not None
        actions.lock_kontrakt(queries.get_kontrakt_to_record(kontrakt_id, viewer=jonas), by=jonas)
        db.session.commit()
        db.session.remove()
    before = look(app, kontrakt_id, world.mette)
    mette = browser_for(world.mette)
    assert "Optageren blev startet" in text_of(mette, f"/kontrakter/{kontrakt_id}")
    for path in ("fokus", "samtalen", "kendetegn", "aftaler", "traek-tilbage", "ja"):
        assert mette.send(f"/kontrakter/{kontrakt_id}/{path}", laest="x").status_code in (303, 422)
    assert look(app, kontrakt_id, world.mette) == before


@pytest.mark.one_process("counts statements")
def test_the_kontrakt_page_asks_the_database_the_same_whatever_it_holds(
    app: Flask, world: World, browser_for: Any
) -> None:
    small, large = stored(app, world, fokus=""), stored(app, world, ja=("mette", "jonas"))
    mette = browser_for(world.mette)
    save(mette, large, "kendetegn", koder=list(KODER))
    counts = []
    for kontrakt_id in (small, large):
        with counted_queries(app) as seen:
            assert mette.get(f"/kontrakter/{kontrakt_id}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1], counts
    assert counts[0] <= 11, counts


def test_the_page_fields_reader_reads_a_page(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    page = browser_for(world.mette).get(f"/kontrakter/{kontrakt_id}/fokus").get_data(as_text=True)
    assert page_fields(page)["fokus-0"] == FOKUS


class counted_queries:
    """`with counted_queries(app) as seen`: the statements that the database was sent."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.seen: list[str] = []

    def __enter__(self) -> list[str]:
        from sqlalchemy import event

        event.listen(self.engine, "before_cursor_execute", self._note)
        return self.seen

    def __exit__(self, *_: object) -> None:
        from sqlalchemy import event

        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            self.seen.append(statement)
