"""What could not go where it was sent: the device's JSON, the page of it, the file and the deletion."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import add_kontrakt
from flask import Flask
from people import World
from sqlalchemy import func, select

from supervision import clock, danish
from supervision.aftaler.actions import withdraw
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.actions import quarantine, recording
from supervision.observationer.models import Haendelse, Karantaene, Observation
from supervision.personer.models import Person

START = "2026-11-03T10:30:00+01:00"
URL = "/api/karantaene"
PAGE = "/observationer/lagt-til-side"


@pytest.fixture
def jonas(browser_for: Any, world: World) -> Any:
    return browser_for(world.jonas)


def event(nr: int, spor: str = "taler", kode: str = "borger") -> dict[str, Any]:
    return {"id": str(uuid4()), "nr": nr, "t_ms": nr * 1000, "spor": spor, "kode": kode}


def stranded(kontrakt_id: UUID, *events: Any) -> dict[str, Any]:
    return {"kontrakt": str(kontrakt_id), "startet_at": START, "haendelser": list(events)}


def made(app: Flask, world: World, **how: Any) -> UUID:
    with app.app_context():
        kontrakt_id = add_kontrakt(world, **how)
        db.session.commit()
        db.session.remove()
    return kontrakt_id


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count()).select_from(model)) or 0
        db.session.remove()
    return found


def text_of(browser: Any, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def test_missing_and_foreign_are_answered_alike(app: Flask, world: World, jonas: Any) -> None:
    foreign = made(app, world, fokusperson="aase", observatoer="mette", yes=("aase", "mette"))
    events = [event(1), event(2, "note", "Æbler"), {"id": "x"}]
    answers = [jonas.send_json(URL, stranded(kontrakt_id, *events)) for kontrakt_id in (foreign, uuid4())]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json == answers[1].json
    assert answers[0].json["karantaene"] == [one["id"] for one in events[:2]]
    assert [refused["plads"] for refused in answers[0].json["afvist"]] == [2]
    page = text_of(jonas, PAGE)
    assert page.count("hører ikke til en samtale, som du er observatør i") == 2
    assert page.count("En samtale, der begyndte tirsdag den 3. november kl. 10.30</h2>") == 2
    assert "Åse" not in page
    assert count(app, Haendelse) == 0


def test_what_can_be_sent_is_sent_back_with_nothing_stored(app: Flask, world: World, jonas: Any) -> None:
    open_now = made(app, world)
    answer = jonas.send_json(URL, stranded(open_now, event(1)))
    assert (answer.status_code, answer.json["kan_sendes"]) == (409, True)
    assert answer.json["fejl"] == quarantine.STILL_OPEN
    assert (count(app, Karantaene), count(app, Observation)) == (0, 0)


def test_a_full_quarantine_is_said(
    app: Flask, world: World, jonas: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MAX_ROWS", 1)
    answer = jonas.send_json(URL, stranded(uuid4(), event(1), event(2)))
    assert answer.status_code == 409
    assert "ikke plads" in answer.json["fejl"]
    assert "kan_sendes" not in answer.json
    assert count(app, Karantaene) == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kontrakt": None}, "UUID på 36 tegn"),
        ({"kontrakt": "1"}, "UUID på 36 tegn"),
        ({"kontrakt": ["a"]}, "UUID på 36 tegn"),
        ({"startet_at": "i dag"}, "tidspunkt med tidszone"),
        ({"haendelser": None}, "skal være en liste"),
        ({"haendelser": [{}] * 501}, "højst være 500"),
        ({"grund": "overdraget"}, "»grund« hører ikke til her"),
        ({"person": "x"}, "»person« hører ikke til her"),
    ],
)
def test_what_cannot_be_read_is_said_in_danish(
    app: Flask, jonas: Any, change: dict[str, Any], words: str
) -> None:
    answer = jonas.send_json(URL, {**stranded(uuid4(), event(1)), **change})
    assert answer.status_code == 400
    assert words in answer.json["fejl"]
    assert count(app, Karantaene) == 0


def test_only_our_own_pages_and_those_signed_in_may_send(
    app: Flask, world: World, jonas: Any, browser_for: Any
) -> None:
    body = stranded(uuid4(), event(1))
    assert browser_for().send_json(URL, body).status_code == 401
    assert jonas.post(URL, json=body).status_code == 403
    assert jonas.post(URL, data=json.dumps(body), headers={"X-Supervision": "1"}).status_code == 403
    assert browser_for(world.administrator).send_json(URL, body).status_code == 404
    assert count(app, Karantaene) == 0


def test_the_page_tells_of_each_samtale_why_and_how_long(app: Flask, world: World, jonas: Any) -> None:
    handed_over, withdrawn = made(app, world), made(app, world, fokusperson="aase", yes=("aase", "jonas"))
    receipt = jonas.send_json(
        f"/api/kontrakter/{handed_over}/haendelser", {"startet_at": START, "haendelser": [event(1)]}
    ).json
    with app.app_context():
        jonas_himself = db.session.get_one(Person, world.jonas)
        recording.hand_over(db.session.get_one(Observation, UUID(receipt["observation"])), by=jonas_himself)
        withdraw(db.session.get_one(FeedbackKontrakt, withdrawn), by=jonas_himself)
        db.session.commit()
        db.session.remove()
    for nr in (2, 3):
        answer = jonas.send_json(
            f"/api/kontrakter/{handed_over}/haendelser", {"startet_at": START, "haendelser": [event(nr)]}
        )
        assert (answer.status_code, len(answer.json["karantaene"])) == (200, 1)
    assert (
        jonas.send_json(
            f"/api/kontrakter/{withdrawn}/haendelser", {"startet_at": START, "haendelser": [event(4)]}
        ).status_code
        == 409
    )
    assert jonas.send_json(URL, stranded(withdrawn, event(4))).status_code == 200
    page = text_of(jonas, PAGE)
    assert "Samtalen med Mette" in page
    assert "Samtalen med Åse" in page
    assert "<b>2 hændelser.</b>" in page
    assert "<b>Én hændelse.</b>" in page
    assert "Feedbacken var allerede sendt, da de her kryds kom. De er ikke med i tidslinjen." in page
    assert "Kontrakten var trukket tilbage" in page
    assert f"gemmes til {danish.dato(clock.now() + timedelta(days=30))}" in page
    assert "3 hændelser er lagt til side</a>" in text_of(jonas, "/observationer")


def test_home_as_a_file_and_then_deleted(app: Flask, world: World, jonas: Any, browser_for: Any) -> None:
    kontrakt_id, other = uuid4(), uuid4()
    events = [event(1), event(2, "note", "Æbler 🌱")]
    mette = browser_for(world.mette)
    jonas.send_json(URL, stranded(kontrakt_id, *reversed(events)))
    jonas.send_json(URL, stranded(other, event(3)))
    mette.send_json(URL, stranded(kontrakt_id, event(7)))
    answer = jonas.get(f"{PAGE}/{kontrakt_id}/hent")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kryds-2026-11-03-1030.json"'
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/json", "no-store")
    data = json.loads(answer.data)
    assert (data["format"], data["version"]) == ("kollegial-supervision-kryds", 1)
    assert (data["kontrakt"], data["haendelser"]) == (str(kontrakt_id), events)
    assert datetime.fromisoformat(data["startet_at"]) == datetime.fromisoformat(START)
    assert datetime.fromisoformat(data["gemt_at"]).tzinfo is not None
    page = text_of(jonas, PAGE)
    assert "Ja, slet 2 hændelser" in page
    aase = browser_for(world.aase)
    for method in (aase.get(f"{PAGE}/{kontrakt_id}/hent"), aase.send(f"{PAGE}/{kontrakt_id}/slet")):
        assert method.status_code == 404
    assert "Her er ikke noget" in text_of(aase, PAGE)
    assert "hændelser er lagt til side</a>" not in text_of(aase, "/observationer")
    gone = jonas.send(f"{PAGE}/{kontrakt_id}/slet")
    assert (gone.status_code, gone.location) == (303, PAGE)
    page = text_of(jonas, PAGE)
    assert "2 hændelser er slettet." in page
    assert page.count("Hent som fil") == 1
    assert jonas.get(f"{PAGE}/{kontrakt_id}/hent").status_code == 404
    assert mette.get(f"{PAGE}/{kontrakt_id}/hent").status_code == 200
    assert jonas.get(f"{PAGE}/{other}/hent").status_code == 200
