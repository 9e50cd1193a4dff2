"""A meeting over the web: call it, answer, lead, follow, put on the table, read the minutes; and who sees what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from counting import count_queries
from flask import Flask
from moeder import MOEDET, NU, add_noise, call, make_gruppe, names, put, samtale_of
from people import World
from road import person, walk
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.grupper import actions, rules
from supervision.grupper.models import Moede
from supervision.personer.actions.beskeder import make_kalenderlink

WHEN = {"dato": "2026-11-18", "tid": "13.00", "minutter": "120", "sted": "Lokale 2", "runde": ""}


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NU):
        yield


@pytest.fixture
def gruppe_id(sqlite_app: Flask, sqlite_world: World) -> UUID:
    with sqlite_app.app_context():
        found = make_gruppe(sqlite_world).id
        db.session.commit()
        db.session.remove()
    return found


@pytest.fixture
def browse(sqlite_app: Flask, sqlite_world: World) -> Any:
    return lambda name: Browser.signed_in(sqlite_app, sqlite_world.people[name])


@pytest.fixture
def moede_id(sqlite_app: Flask, sqlite_world: World, gruppe_id: UUID) -> UUID:
    """Called for today at one, with three people's samtaler on the table, and another group's beside it."""
    with sqlite_app.app_context():
        from supervision.grupper.queries import get_gruppe

        add_noise(sqlite_world)
        moede = call(get_gruppe(gruppe_id, viewer=person(sqlite_world.leder)), sqlite_world)
        for name, share in zip(names()[:3], (0.2, 0.4, 0.6), strict=True):
            put(moede, sqlite_world, name, samtale_of(sqlite_world, name, share))
        found = moede.id
        db.session.commit()
        db.session.remove()
    return found


def text(browser: Browser, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def test_a_facilitator_calls_a_meeting_and_the_others_answer(
    sqlite_app: Flask, sqlite_world: World, gruppe_id: UUID, browse: Any
) -> None:
    leder, mette = browse("leder"), browse("mette")
    url = f"/grupper/{gruppe_id}/moeder/ny"
    assert "Indkald til et møde" in text(leder, f"/grupper/{gruppe_id}")
    assert mette.get(url).status_code == 404
    wrong = leder.send(url, **{**WHEN, "dato": "2026-11-17", "sted": "Et sted, der stadig står der"})
    assert wrong.status_code == 422
    assert "Tidspunktet er gået" in wrong.get_data(as_text=True)
    assert "Et sted, der stadig står der" in wrong.get_data(as_text=True)
    assert leder.send(url, **{**WHEN, "sted": "cpr 010190-1234"}).status_code == 422
    made = leder.send(url, **{**WHEN, "dato": "2026-11-20", "tjek_ud_anonymt": "y"})
    assert made.status_code == 303
    agenda = made.headers["Location"]
    page = text(leder, agenda)
    assert "120 min. i alt" in page
    lines = {
        key: re.findall(rf'name="{key}" value="([^"]*)"', page)
        for key in ("id", "slags", "titel", "minutter")
    }
    assert len(lines["titel"]) == 6
    moved = leder.send(agenda, **{**lines, "minutter": ["30", *lines["minutter"][1:]], "handling": "ned:0"})
    assert moved.status_code == 303
    page = text(leder, agenda)
    assert "Det er 15 min. mere, end mødet varer" in page
    assert re.findall(r'name="titel" value="([^"]*)"', page)[:2] == [
        "Det, der ligger på bordet",
        "Siden sidst",
    ]
    refused = leder.send(agenda, **{**lines, "titel": ["Min egen", *[""] * 5]})
    assert refused.status_code == 422
    assert "Min egen" in refused.get_data(as_text=True)

    moede = agenda.removesuffix("/dagsorden")
    i_dag = text(mette, "/")
    assert "Læringsgruppemøde" in i_dag
    assert "Jeg kan ikke" in i_dag
    assert mette.send(f"{moede}/svar", svar="kommer").status_code == 303
    assert "Jeg kan ikke" not in text(mette, "/")
    assert "kommer" in text(leder, moede)
    assert leder.send(f"{moede}/ret", **{**WHEN, "dato": "2026-11-20", "tid": "14"}).status_code == 303
    assert "er flyttet" in text(mette, "/")
    ics = mette.get(f"{moede}/kalender.ics")
    assert (ics.status_code, ics.mimetype) == (200, "text/calendar")
    assert b"DTSTART;TZID=Europe/Copenhagen:20261120T140000" in ics.data
    assert b"Lokale" not in ics.data
    with sqlite_app.app_context():
        token = make_kalenderlink(by=person(sqlite_world.mette))
        db.session.commit()
        db.session.remove()
    assert ics.data.split(b"BEGIN:VEVENT")[1] in browse("jonas").get(f"/kalender/{token}.ics").data
    assert leder.send(f"{moede}/aflys").status_code == 303
    assert "er aflyst" in text(mette, "/")


def test_it_is_led_followed_and_minuted(
    sqlite_app: Flask, sqlite_world: World, moede_id: UUID, browse: Any
) -> None:
    leder, mette = browse("leder"), browse("mette")
    url, api = f"/moeder/{moede_id}", f"/api/moeder/{moede_id}/nu"
    assert mette.get(f"{url}/led").status_code == 404
    before = mette.get(api)
    assert before.json is not None
    assert (before.json["tilstand"], before.json["punkt"]) == ("indkaldt", None)
    assert mette.send(f"{url}/her").status_code == 303
    assert leder.send(f"{url}/fremmoede", person=str(sqlite_world.jonas), her="ja").status_code == 303
    assert leder.send(f"{url}/fremmoede", person="vrøvl", her="ja").status_code == 404
    with clock.travel(MOEDET):
        assert leder.send(f"{url}/begynd").status_code == 303
        first = mette.get(api)
        assert first.json is not None
        assert first.json["punkt"]["titel"] == "Siden sidst"
        assert set(first.json["her"]) == {str(sqlite_world.mette), str(sqlite_world.jonas)}
        same = mette.get(api, headers={"If-None-Match": first.headers["ETag"]})
        assert (same.status_code, same.data) == (304, b"")
        assert mette.send(f"{url}/gang", handling="naeste").status_code == 404
        for handling in ("naeste", "naeste_spoergsmaal"):
            assert leder.send(f"{url}/gang", handling=handling).status_code == 303
        moved = mette.get(api, headers={"If-None-Match": first.headers["ETag"]})
        assert moved.json is not None
        assert moved.json["punkt"]["slags"] == "bordet"
        assert moved.json["scene"] != first.json["scene"]
        question = rules.SLAGS["bordet"].spoergsmaal[1]
        for page in (text(mette, url), text(leder, f"{url}/led"), text(mette, f"{url}/skaerm")):
            assert question in page
        assert "Læg noget på bordet" in text(mette, url)
        assert "Vi prøver" not in text(leder, f"{url}/led")
        assert leder.send(f"{url}/slut").status_code == 303
    minutes = text(mette, f"{url}/referat")
    assert "Jonas Øland og Mette Ærø" in minutes
    assert "Opsamling på planchen" in minutes
    assert "kanarie" not in minutes
    assert count_queries(sqlite_app, lambda: mette.get(api)) <= 12


def test_two_presses_on_one_page_go_on_once(moede_id: UUID, browse: Any) -> None:
    leder, url = browse("leder"), f"/moeder/{moede_id}"

    def stands(page: str) -> str:
        found = re.search(r'name="sted" value="([^"]+)"', page)
        assert found
        return found.group(1)

    with clock.travel(MOEDET):
        leder.send(f"{url}/begynd")
        first = stands(text(leder, f"{url}/led"))
        for handling in ("naeste", "naeste", "naeste_spoergsmaal", "forlaeng"):
            assert leder.send(f"{url}/gang", handling=handling, sted=first).status_code == 303
        page = text(leder, f"{url}/led")
        assert "Punkt 2 af 6" in page
        assert "af 25 min." in page
        second = stands(page)
        for handling in ("naeste_spoergsmaal", "naeste_spoergsmaal"):
            leder.send(f"{url}/gang", handling=handling, sted=second)
        assert rules.SLAGS["bordet"].spoergsmaal[1] in text(leder, f"{url}/led")
        leder.send(f"{url}/gang", handling="pause", sted=first)
        assert "Fortsæt" in text(leder, f"{url}/led")


def test_the_table_and_the_picture_show_what_their_owners_chose(
    sqlite_app: Flask, sqlite_world: World, moede_id: UUID, browse: Any
) -> None:
    with sqlite_app.app_context():
        road = walk(sqlite_world)  # Mette is observed by Jonas and reads three points
        punkt_id, own = str(road["punkt_id"]), str(road["observation_id"])
        actions.begin_moede(db.session.get_one(Moede, moede_id), by=person(sqlite_world.leder))
        db.session.commit()
        db.session.remove()
    leder, mette, jonas = browse("leder"), browse("mette"), browse("jonas")
    url = f"/moeder/{moede_id}"
    assert own in text(mette, f"{url}/bordet")
    assert own not in text(jonas, f"{url}/bordet")
    assert "kanarie" not in text(jonas, f"{url}/bordet")
    assert jonas.send(f"{url}/bordet", punkter=punkt_id).status_code == 422
    assert mette.send(f"{url}/bordet").status_code == 422
    leder.send(f"{url}/gang", handling="naeste")
    before = jonas.get(f"/api{url}/nu").json["scene"]
    assert mette.send(f"{url}/bordet", punkter=punkt_id).status_code == 303
    assert jonas.get(f"/api{url}/nu").json["scene"] != before  # the screens show what came
    leder.send(f"{url}/gang", handling="tilbage")
    seen = text(jonas, f"{url}/bordet")
    assert "kanarie-lykkedes" in seen
    assert "Mette" not in seen
    assert "Der mangler nogen endnu" in text(jonas, f"{url}/gruppebillede")
    assert jonas.send(f"{url}/gruppebillede").status_code == 404
    assert leder.send(f"{url}/gruppebillede").status_code == 303
    pages = [text(browser, f"{url}/gruppebillede") for browser in (leder, jonas)]
    pages = [page[page.index("moede-forklar") : page.rindex("</table>")] for page in pages]
    assert "ca. 40" in pages[0]
    assert pages[0] == pages[1]  # the same for members and facilitator
    assert not re.search(r"Mette|Jonas|Åse|\b[345] (?:af|har|personer|samtaler)", pages[1])
    assert "ca. 40" not in text(jonas, f"{url}/skaerm")  # another point is held
    leder.send(f"{url}/gang", handling="naeste")
    assert "ca. 40" in text(jonas, f"{url}/skaerm")
    taken = re.findall(r"/paa-bordet/([0-9a-f-]{36})/tag", text(mette, f"{url}/bordet"))
    assert len(taken) == 2
    assert jonas.send(f"/paa-bordet/{taken[0]}/tag").status_code == 404
    for one in taken:
        assert mette.send(f"/paa-bordet/{one}/tag").status_code == 303
    assert "Der mangler nogen endnu" in text(jonas, f"{url}/gruppebillede")
    assert "kanarie-lykkedes" not in text(jonas, f"{url}/bordet")
    refused = leder.post(f"{url}/gruppebillede", data={"csrf_token": leder.token()}, follow_redirects=True)
    assert rules.IKKE_NU.split(".")[0] in refused.get_data(as_text=True)


def test_meetings_of_others_are_not_there(moede_id: UUID, gruppe_id: UUID, browse: Any) -> None:
    for name in ("fremmed", "sydleder", "supervisor", "administrator"):
        stranger = browse(name)
        for url in (f"/moeder/{moede_id}", f"/moeder/{moede_id}/skaerm", f"/api/moeder/{moede_id}/nu",
                    f"/moeder/{moede_id}/gruppebillede", f"/grupper/{gruppe_id}/moeder"):  # fmt: skip
            assert stranger.get(url).status_code == 404, (name, url)
    page = text(browse("mette"), f"/grupper/{gruppe_id}/moeder")
    assert str(moede_id) in page
    assert "kanarie-sted" not in page
    assert "kanarie-sted" not in text(browse("mette"), "/")


def test_nobody_is_asked_whether_they_come_when_the_meeting_is_over(moede_id: UUID, browse: Any) -> None:
    with clock.travel(MOEDET + timedelta(minutes=119)):
        assert "Jeg kan ikke" in text(browse("mette"), "/")
    with clock.travel(MOEDET + timedelta(minutes=121)):
        assert "Læringsgruppemøde" in text(browse("mette"), "/")
        assert "Jeg kan ikke" not in text(browse("mette"), "/")


def test_a_meeting_that_nobody_began_is_over_the_day_after(
    sqlite_world: World, moede_id: UUID, browse: Any
) -> None:
    with clock.travel(MOEDET + timedelta(days=1)):
        leder = browse("leder")
        assert "Ikke holdt" in text(leder, f"/grupper/{_gruppe_of(leder, moede_id)}/moeder")
        assert leder.send(f"/moeder/{moede_id}/begynd").status_code == 422
        assert leder.get(f"/moeder/{moede_id}/ret").status_code == 422
        assert "Læringsgruppemøde" not in text(browse("mette"), "/")


def _gruppe_of(browser: Browser, moede_id: UUID) -> str:
    found = re.search(r"/grupper/([0-9a-f-]{36})", text(browser, f"/moeder/{moede_id}"))
    assert found is not None
    return found.group(1)
