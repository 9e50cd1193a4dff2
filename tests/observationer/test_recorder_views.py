"""The recorder's page, and the JSON it speaks, from everybody's point of view."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import ELEMENT, FOKUS, add_kontrakt
from flask import Flask
from people import World
from sqlalchemy import func, select

from supervision import clock
from supervision.db import db
from supervision.observationer.actions import recording
from supervision.observationer.formats import forseglet
from supervision.observationer.models import Haendelse, Observation
from supervision.personer.models import Person

START = "2026-11-03T10:30:00+01:00"
OTHERS = ("mette", "aase", "leder", "sydleder", "supervisor", "noise", "administrator")


@pytest.fixture
def kontrakt_id(app: Flask, world: World) -> UUID:
    with app.app_context():
        made = add_kontrakt(world)
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def jonas(browser_for: Any, world: World) -> Any:
    return browser_for(world.jonas)


def address(kontrakt_id: UUID, what: str = "haendelser") -> str:
    return f"/api/kontrakter/{kontrakt_id}/{what}"


def event(nr: int, spor: str = "taler", kode: str = "borger") -> dict[str, Any]:
    return {"id": str(uuid4()), "nr": nr, "t_ms": nr * 1000, "spor": spor, "kode": kode}


def batch(*events: Any) -> dict[str, Any]:
    return {"startet_at": START, "haendelser": list(events)}


def count_events(app: Flask) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count()).select_from(Haendelse)) or 0
        db.session.remove()
    return found


def test_a_batch_is_stored_and_its_receipt_names_it(jonas: Any, kontrakt_id: UUID) -> None:
    events = [event(0, "ur", "start"), event(1), event(2, "element", ELEMENT)]
    answer = jonas.send_json(address(kontrakt_id), batch(*events))
    assert answer.status_code == 200
    assert answer.json["gemt"] == [one["id"] for one in events]
    assert (answer.json["konflikt"], answer.json["afvist"], answer.json["karantaene"]) == ([], [], [])
    assert (answer.json["antal"], answer.json["afsluttet_at"]) == (3, None)
    assert UUID(answer.json["observation"])


def test_the_log_comes_back_in_its_order(jonas: Any, kontrakt_id: UUID) -> None:
    late, early = event(5), event(1)
    jonas.send_json(address(kontrakt_id), batch(late))
    jonas.send_json(address(kontrakt_id), batch(early))
    answer = jonas.get(address(kontrakt_id)).json
    assert answer["haendelser"] == [early, late]
    assert datetime.fromisoformat(answer["startet_at"]) == datetime.fromisoformat(START)
    assert answer["afsluttet_at"] is None


def test_before_the_start_the_log_is_empty(jonas: Any, kontrakt_id: UUID) -> None:
    answer = jonas.get(address(kontrakt_id))
    assert answer.json == {"startet_at": None, "afsluttet_at": None, "haendelser": []}


def test_one_malformed_event_of_twenty(jonas: Any, kontrakt_id: UUID, app: Flask) -> None:
    events: list[Any] = [event(nr) for nr in range(20)]
    del events[4]["kode"]
    answer = jonas.send_json(address(kontrakt_id), batch(*events))
    assert answer.status_code == 200
    assert len(answer.json["gemt"]) == 19
    assert answer.json["afvist"] == [
        {
            "plads": 4,
            "id": events[4]["id"],
            "felt": "kode",
            "fejl": "Koden skal være tekst (den må gerne være tom).",
        }
    ]
    assert count_events(app) == 19


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "ikke gyldig JSON"),
        (b"{", "ikke gyldig JSON"),
        (b"\xff\xfe", "ikke gyldig JSON"),
        (b'{"haendelser": [NaN]}', "ikke gyldig JSON"),
        (b'{"haendelser": ["\\ud800"]}', "ikke gyldig JSON"),
        (b"[" * 100_000, "ikke gyldig JSON"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "ikke gyldig JSON"),
        (b"[]", "JSON-objekt"),
        (b"null", "JSON-objekt"),
        (b"{}", "skal være en liste"),
        (b'{"haendelser": {}}', "skal være en liste"),
        (b'{"haendelser": [], "organisation_id": 1}', "»organisation_id« hører ikke til her"),
        (b'{"haendelser": [], "startet_at": 5}', "tidspunkt med tidszone"),
        (b'{"haendelser": [], "startet_at": "i dag"}', "tidspunkt med tidszone"),
        (b'{"haendelser": [], "startet_at": "2026-11-03T10:30:00"}', "tidspunkt med tidszone"),
        (b'{"haendelser": [], "startet_at": "0001-01-01T00:00:00+23:00"}', "tidspunkt med tidszone"),
        (json.dumps({"haendelser": [{}] * 501}).encode(), "højst være 500"),
    ],
)
def test_what_cannot_be_read_is_said_in_danish(
    jonas: Any, kontrakt_id: UUID, app: Flask, body: bytes, words: str
) -> None:
    answer = jonas.post(
        address(kontrakt_id), data=body, content_type="application/json", headers={"X-Supervision": "1"}
    )
    assert answer.status_code == 400
    assert words in answer.json["fejl"]
    assert count_events(app) == 0


def test_three_megabytes_are_refused_in_json(jonas: Any, kontrakt_id: UUID) -> None:
    answer = jonas.send_json(address(kontrakt_id), {"haendelser": [], "fyld": "x" * 3_000_000})
    assert answer.status_code == 413
    assert answer.is_json
    assert "højst sendes 1 MB" in answer.json["fejl"]


@pytest.mark.parametrize(
    ("headers", "content_type"),
    [
        ({"X-Supervision": "1"}, "text/plain"),
        ({"X-Supervision": "1"}, "application/x-www-form-urlencoded"),
        ({}, "application/json"),
        ({"X-Supervision": "1", "Sec-Fetch-Site": "cross-site"}, "application/json"),
        ({"X-Supervision": "1", "Origin": "https://et.andet.sted.example"}, "application/json"),
    ],
)
@pytest.mark.parametrize("what", ["haendelser", "afslut"])
def test_only_our_own_pages_may_send(
    jonas: Any, kontrakt_id: UUID, app: Flask, headers: dict[str, str], content_type: str, what: str
) -> None:
    body = json.dumps(batch(event(1)) if what == "haendelser" else {})
    answer = jonas.post(address(kontrakt_id, what), data=body, content_type=content_type, headers=headers)
    assert answer.status_code == 403
    assert answer.is_json
    assert count_events(app) == 0


def test_nobody_gets_401_in_json(browser_for: Any, kontrakt_id: UUID) -> None:
    nobody = browser_for()
    for answer in (
        nobody.send_json(address(kontrakt_id), batch(event(1))),
        nobody.get(address(kontrakt_id)),
        nobody.send_json(address(kontrakt_id, "afslut"), {}),
        nobody.get("/api/hvem"),
    ):
        assert answer.status_code == 401
        assert "Log ind igen" in answer.json["fejl"]


@pytest.mark.parametrize("name", OTHERS)
def test_for_everybody_else_there_is_no_such_kontrakt(
    browser_for: Any, world: World, kontrakt_id: UUID, app: Flask, name: str
) -> None:
    other = browser_for(world.people[name])
    answers = [
        other.send_json(address(kontrakt_id), batch(event(1))),
        other.get(address(kontrakt_id)),
        other.send_json(address(kontrakt_id, "afslut"), {}),
        other.get(f"/optager/{kontrakt_id}"),
        other.get(address(kontrakt_id, "optager")),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert count_events(app) == 0


@pytest.mark.parametrize("yes", [(), ("mette",), ("jonas",)])
def test_a_kontrakt_without_both_yeses_takes_nothing(
    app: Flask, world: World, jonas: Any, yes: tuple[str, ...]
) -> None:
    with app.app_context():
        kontrakt_id = add_kontrakt(world, yes=yes)
        db.session.commit()
        db.session.remove()
    answer = jonas.send_json(address(kontrakt_id), batch(event(1)))
    assert answer.status_code == 409
    assert "sagt ja" in answer.json["fejl"]
    assert count_events(app) == 0
    page = jonas.get(f"/optager/{kontrakt_id}")
    assert page.status_code == 409
    text = page.get_data(as_text=True)
    assert "sagt ja" in text
    assert f"/kontrakter/{kontrakt_id}" in text


def test_the_screen_gets_exactly_what_was_agreed(jonas: Any, kontrakt_id: UUID, app: Flask) -> None:
    shell = jonas.get(f"/optager/{kontrakt_id}")
    assert shell.status_code == 200
    text = shell.get_data(as_text=True)
    assert "Mette" not in text
    assert FOKUS not in text
    data = jonas.get(address(kontrakt_id, "optager")).json
    screen = data["skaerm"]
    assert (screen["laengde_min"], screen["parter"]) == (45, ["medarbejder", "borger"])
    assert len(screen["kendetegn"]) == len(screen["navne"]["faerdighed"]) == 12
    assert len(screen["faser"]) == 4
    assert sum(len(fase["elementer"]) for fase in screen["faser"]) == 9
    assert "Mette" not in json.dumps(screen), "no names of people in what the device may keep"
    assert FOKUS not in json.dumps(screen)
    key = forseglet.public_key(app.config["SECRET_KEY"])
    assert screen["forsegling"] == {"kid": key.kid, "noegle": key.noegle}
    assert (data["start"]["fokusperson"], data["start"]["fokus"]) == ("Mette", [FOKUS])
    assert data["log"] == {"startet_at": None, "afsluttet_at": None, "haendelser": []}
    sealed = event(1, "note")
    sealed["kode"] = forseglet.seal("Æbler 🌱", key, kontrakt_id)
    receipt = jonas.send_json(address(kontrakt_id), batch(sealed)).json
    assert (receipt["gemt"], receipt["afvist"]) == ([sealed["id"]], [])
    [note] = jonas.get(address(kontrakt_id, "optager")).json["log"]["haendelser"]
    assert note == {**sealed, "kode": "Æbler 🌱"}


def test_ending_is_said_once_and_leads_to_the_timeline(jonas: Any, kontrakt_id: UUID) -> None:
    assert jonas.send_json(address(kontrakt_id, "afslut"), {}).status_code == 409
    jonas.send_json(address(kontrakt_id), batch(event(1)))
    assert jonas.send_json(address(kontrakt_id, "afslut"), {"hvad": 1}).status_code == 400
    first = jonas.send_json(address(kontrakt_id, "afslut"), {})
    again = jonas.send_json(address(kontrakt_id, "afslut"), {})
    assert first.status_code == 200
    assert again.json == first.json
    assert first.json["adresse"] == f"/observationer/{first.json['observation']}"
    page = jonas.get(f"/optager/{kontrakt_id}")
    assert (page.status_code, page.location) == (302, first.json["adresse"])


def test_after_the_hand_over_and_after_the_observers_time(
    app: Flask, world: World, jonas: Any, kontrakt_id: UUID
) -> None:
    old = event(1)
    receipt = jonas.send_json(address(kontrakt_id), batch(old)).json
    with app.app_context():
        observation = db.session.get_one(Observation, UUID(receipt["observation"]))
        recording.hand_over(observation, by=db.session.get_one(Person, world.jonas))
        recording.close_for_observer(observation, clock.now() + timedelta(days=14))
        db.session.commit()
        db.session.remove()
    answer = jonas.send_json(address(kontrakt_id), batch(old, event(2)))
    assert answer.status_code == 200
    assert answer.json["gemt"] == [old["id"]]
    assert answer.json["afvist"] == []
    assert len(answer.json["karantaene"]) == answer.json["antal"] == 1
    assert datetime.fromisoformat(answer.json["afsluttet_at"]) <= clock.now()
    with clock.travel(datetime.now(UTC) + timedelta(days=15)):
        assert jonas.get(address(kontrakt_id)).status_code == 404


def test_who_is_signed_in(jonas: Any, world: World) -> None:
    assert jonas.get("/api/hvem").json == {"person": str(world.jonas), "fornavn": "Jonas"}


def test_the_sign_in_from_a_recorder_ends_on_a_page_that_says_so(jonas: Any) -> None:
    assert "gå tilbage til optageren" in jonas.get("/optager/logget-ind").get_data(as_text=True)
