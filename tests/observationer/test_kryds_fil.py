"""The file with a device's queue: read, written, and brought in whole or not at all."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import add_kontrakt
from flask import Flask
from people import World
from sqlalchemy import func, select

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.history import Historik
from supervision.observationer import rules
from supervision.observationer.actions import recording
from supervision.observationer.formats import FileRefused, forseglet, kryds_fil
from supervision.observationer.models import Haendelse, Karantaene, Observation
from supervision.personer.models import Person

URL = "/observationer/hent-kryds"
START = "2026-11-03T10:30:00+01:00"
Change = Callable[[dict[str, Any]], Any]


def event(nr: int, spor: str = "taler", kode: str = "borger") -> dict[str, Any]:
    return {"id": str(uuid4()), "nr": nr, "t_ms": nr * 1000, "spor": spor, "kode": kode}


def a_file(kontrakt_id: UUID, *events: Any, **other: Any) -> dict[str, Any]:
    return {
        "format": "kollegial-supervision-kryds",
        "version": 1,
        "kontrakt": str(kontrakt_id),
        "startet_at": START,
        "gemt_at": START,
        "haendelser": list(events),
        **other,
    }


def test_what_is_written_can_be_read() -> None:
    kontrakt_id, began = uuid4(), datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    events = [rules.Haendelse(uuid4(), 1, 0, "note", "Æbler 🌱"), rules.Haendelse(uuid4(), 2, 5, "taler", "")]
    for startet_at in (began, None):
        content = kryds_fil.write(
            kontrakt=kontrakt_id, startet_at=startet_at, gemt_at=began, haendelser=events
        )
        fil = kryds_fil.read(b"\xef\xbb\xbf" + content)
        assert (fil.kontrakt, fil.startet_at) == (kontrakt_id, startet_at)
        assert [rules.check_haendelse(one) for one in fil.haendelser if isinstance(one, dict)] == events


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Linje 1 er ikke gyldig JSON"),
        (b'{\n"format": x', "Linje 2 er ikke gyldig JSON"),
        (b"\xff\xfe{\0}\0", "UTF-16"),
        (b"[]", "ikke en fil med kryds"),
        (b"{}", "ikke en fil med kryds"),
        (b'{"type": "FeatureCollection"}', "ikke en fil med kryds"),
    ],
)
def test_another_file_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        kryds_fil.read(content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 2}, "feltet version: Filen er fra en anden udgave"),
        ({"kontrakt": "1"}, "feltet kontrakt: Feltet skal være et UUID"),
        ({"kontrakt": None}, "feltet kontrakt: Feltet skal være et UUID"),
        ({"startet_at": "i dag"}, "tidspunkt med tidszone"),
        ({"haendelser": {}}, "feltet haendelser: Feltet mangler"),
        ({"haendelser": []}, "ingen hændelser i filen"),
    ],
)
def test_a_file_of_ours_that_is_wrong_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        kryds_fil.read(json.dumps(a_file(uuid4(), event(1), **change)).encode())


@pytest.fixture
def kontrakt_id(app: Flask, world: World) -> UUID:
    """Jonas' own. A colleague's log stands beside it."""
    with app.app_context():
        made = add_kontrakt(world)
        other = db.session.get_one(
            FeedbackKontrakt,
            add_kontrakt(world, fokusperson="aase", observatoer="mette", yes=("aase", "mette")),
        )
        mette = db.session.get_one(Person, world.mette)
        recording.store_haendelser(kontrakt=other, by=mette, startet_at=None, raw=[event(1)])
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def jonas(browser_for: Any, world: World) -> Any:
    return browser_for(world.jonas)


def bring(browser: Any, data: Any) -> Any:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return browser.send(URL, fil=(io.BytesIO(content), "kryds.json"))


def words(answer: Any) -> str:
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def stored(app: Flask, kontrakt_id: UUID) -> dict[str, str]:
    with app.app_context():
        rows = db.session.execute(
            select(Haendelse.id, Haendelse.kode)
            .join(Observation, Observation.id == Haendelse.observation_id)
            .where(Observation.kontrakt_id == kontrakt_id)
        ).all()
        db.session.remove()
    return {str(row.id): row.kode for row in rows}


def has_begun(app: Flask, kontrakt_id: UUID) -> bool:
    """Whether anything of an import is left: a log, a lock, or a line of history."""
    with app.app_context():
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        begun = db.session.scalar(select(Observation.id).where(Observation.kontrakt_id == kontrakt_id))
        noted = db.session.scalar(select(func.count()).where(Historik.genstand_id == kontrakt_id))
        found = kontrakt.laast_at is not None or begun is not None or bool(noted)
        db.session.remove()
    return found


def test_all_of_it_comes_in_and_again_adds_nothing(app: Flask, jonas: Any, kontrakt_id: UUID) -> None:
    key = forseglet.public_key(app.config["SECRET_KEY"])
    known, events = event(0), [event(nr) for nr in range(1, 1101)]
    note = event(2000, "note")
    sealed = {**note, "kode": forseglet.seal("Æbler 🌱", key, kontrakt_id)}
    jonas.send_json(f"/api/kontrakter/{kontrakt_id}/haendelser", {"startet_at": START, "haendelser": [known]})
    fil = a_file(kontrakt_id, *events, sealed, known)
    first = bring(jonas, fil)
    assert (first.status_code, first.location) == (303, f"/kontrakter/{kontrakt_id}/observation")
    assert "1101 hændelser er hentet ind. Én var der i forvejen." in words(jonas.get("/observationer"))
    found = stored(app, kontrakt_id)
    assert found.keys() == {one["id"] for one in (*events, sealed, known)}
    assert found[note["id"]] == "Æbler 🌱"
    assert bring(jonas, fil).status_code == 303
    page = words(jonas.get("/observationer"))
    assert "Der var ikke noget nyt i filen. 1102 var der i forvejen." in page
    assert stored(app, kontrakt_id) == found
    with app.app_context():
        noted = select(func.count()).where(Historik.handling == "hentede_kryds_ind")
        assert db.session.scalar(noted) == 1
        db.session.remove()


@pytest.mark.parametrize(
    ("place", "bad", "told"),
    [
        (0, "tekst", "Hændelse nr. 1, feltet haendelse: En hændelse skal være et objekt"),
        (700, {**event(9), "t_ms": "snart"}, "Hændelse nr. 701, feltet t_ms: Skal være et helt tal. Her står »snart«."),
        (700, {**event(9), "sendt": 0}, "Hændelse nr. 701, feltet sendt: Feltet hører ikke til en hændelse."),
        (700, event(9, "faerdighed", "ikke_valgt"), "Hændelse nr. 701, feltet kode: Det står ikke på skærmen"),
        (700, event(9, "note", f"forseglet.1.00000000.{'A' * 87}.{'A' * 16}.{'A' * 22}"), "en ældre nøgle"),
    ],
)  # fmt: skip
def test_one_wrong_event_and_nothing_is_kept(
    app: Flask, jonas: Any, kontrakt_id: UUID, place: int, bad: Any, told: str
) -> None:
    events: list[Any] = [event(nr) for nr in range(720)]
    events[place] = bad
    answer = bring(jonas, a_file(kontrakt_id, *events))
    assert answer.status_code == 422
    assert told in words(answer)
    assert "Intet er hentet ind" in words(answer)
    assert stored(app, kontrakt_id) == {}
    assert not has_begun(app, kontrakt_id)


def test_an_event_that_is_stored_with_another_body_stops_it_all(
    app: Flask, jonas: Any, kontrakt_id: UUID
) -> None:
    one, two = event(1), event(2)
    jonas.send_json(f"/api/kontrakter/{kontrakt_id}/haendelser", {"startet_at": START, "haendelser": [one]})
    answer = bring(jonas, a_file(kontrakt_id, two, {**one, "id": one["id"].upper(), "kode": "medarbejder"}))
    assert answer.status_code == 422
    assert "Hændelse nr. 2, feltet id: Hændelsen er gemt før med et andet indhold." in words(answer)
    assert stored(app, kontrakt_id) == {one["id"]: "borger"}


def test_many_wrong_ones_are_told_of_by_fifty(app: Flask, jonas: Any, kontrakt_id: UUID) -> None:
    page = words(bring(jonas, a_file(kontrakt_id, *({} for _ in range(600)))))
    assert "Hændelse nr. 50," in page
    assert "Hændelse nr. 51," not in page
    assert "De første 50 står her" in page


def test_a_foreign_kontrakt_a_missing_one_and_one_that_is_not_ready(
    app: Flask, world: World, jonas: Any, kontrakt_id: UUID, browser_for: Any
) -> None:
    with app.app_context():
        waiting = add_kontrakt(world, yes=("jonas",))
        foreign = db.session.scalar(
            select(FeedbackKontrakt.id).where(FeedbackKontrakt.observatoer_id == world.mette)
        )
        db.session.commit()
        db.session.remove()
    assert foreign is not None
    for browser, kontrakt in ((jonas, foreign), (jonas, uuid4()), (browser_for(world.mette), kontrakt_id)):
        answer = bring(browser, a_file(kontrakt, event(1)))
        assert answer.status_code == 422
        assert "Filen hører til en samtale, som du ikke er observatør i." in words(answer)
    assert "når I begge har sagt ja" in words(bring(jonas, a_file(waiting, event(1))))
    assert (len(stored(app, foreign)), stored(app, waiting), stored(app, kontrakt_id)) == (1, {}, {})
    assert not has_begun(app, kontrakt_id)


def test_the_form_says_what_is_missing_and_what_is_no_such_file(jonas: Any, kontrakt_id: UUID) -> None:
    page = words(jonas.get(URL))
    assert 'type="file"' in page
    assert "Intet er hentet ind" not in page
    nothing = jonas.send(URL)
    assert nothing.status_code == 422
    assert "Vælg en fil." in words(nothing)
    other = bring(jonas, b"observation,observatoer,t_ms\n")
    assert other.status_code == 422
    assert "Filen kan ikke læses. Linje 1 er ikke gyldig JSON." in words(other)
    assert bring(jonas, b" " * 1_100_000).status_code == 413
    assert "/observationer/hent-kryds" in words(jonas.get("/observationer"))


def test_after_the_handing_over_the_file_goes_to_quarantine(
    app: Flask, world: World, jonas: Any, kontrakt_id: UUID
) -> None:
    old, new = event(1), event(2)
    assert bring(jonas, a_file(kontrakt_id, old)).status_code == 303
    with app.app_context():
        observation = db.session.scalar(select(Observation).where(Observation.kontrakt_id == kontrakt_id))
        assert observation is not None
        recording.hand_over(observation, by=db.session.get_one(Person, world.jonas))
        db.session.commit()
        db.session.remove()
    for _ in range(2):
        answer = bring(jonas, a_file(kontrakt_id, old, new))
        assert (answer.status_code, answer.location) == (303, "/observationer/lagt-til-side")
    page = words(jonas.get("/observationer/lagt-til-side"))
    assert "Feedbacken er allerede sendt. Én hændelse er lagt til side. Én var der i forvejen." in page
    assert stored(app, kontrakt_id).keys() == {old["id"]}
    with app.app_context():
        assert db.session.scalars(select(Karantaene.haendelse_id)).all() == [UUID(new["id"])]
        db.session.remove()
