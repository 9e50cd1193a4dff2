"""The pages of the logbog, as its writer meets them and as everybody else does not."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World
from sqlalchemy import select
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.history import Historik
from supervision.logbog import actions, queries
from supervision.logbog.models import Lognotat
from supervision.logbog.rules import TEKST_MAX, Notat
from supervision.personer.models import Person

XSS = "<img src=x onerror=alert(1)>\"'"
MORNING = datetime(2026, 3, 3, 8, tzinfo=UTC)


def test_an_empty_logbog_says_how_to_begin_and_who_reads_it(world: World, browser_for: Any) -> None:
    page = browser_for(world.mette).get("/logbog").get_data(as_text=True)
    assert "Skriv dit første notat" in page
    assert "Hverken kolleger, ledere eller administratoren" in page
    assert "Nævn ikke borgeren" in browser_for(world.mette).get("/logbog/ny").get_data(as_text=True)


def test_a_note_is_written_mended_and_taken_away(app: Flask, world: World, browser_for: Any) -> None:
    mette = browser_for(world.mette)
    answer = _write(mette, "spurgte åbent", skete="der blev stille", naeste="vente længere")
    assert (answer.status_code, answer.location) == (303, "/logbog")
    [notat_id] = _ids(app, world.mette)
    page = mette.get("/logbog").get_data(as_text=True)
    assert all(words in page for words in ("spurgte åbent", "der blev stille", "vente længere"))
    assert "spurgte åbent" in mette.get(f"/logbog/{notat_id}").get_data(as_text=True)
    mette.send(f"/logbog/{notat_id}", proevet="spurgte to gange", skete="", naeste="")
    page = mette.get("/logbog").get_data(as_text=True)
    assert "spurgte to gange" in page
    assert "der blev stille" not in page
    assert "spurgte to gange" in mette.get(f"/logbog/{notat_id}/slet").get_data(as_text=True)
    assert _ids(app, world.mette) == [notat_id]
    assert mette.send(f"/logbog/{notat_id}/slet").status_code == 303
    assert _ids(app, world.mette) == []
    assert mette.get(f"/logbog/{notat_id}").status_code == 404
    assert _verbs(app, notat_id) == ["skrev_lognotat", "rettede_lognotat", "slettede_lognotat"]


def test_pressing_twice_writes_one_note(app: Flask, world: World, browser_for: Any) -> None:
    mette = browser_for(world.mette)
    for text in ("prøvede", "prøvede", "prøvede noget mere"):
        assert _write(mette, text, notat_id=str(world.mette)).status_code == 303
    assert _texts(app, world.mette) == ["prøvede noget mere"]
    assert _write(browser_for(world.jonas), "min nu", notat_id=str(world.mette)).status_code == 404
    assert _texts(app, world.mette) == ["prøvede noget mere"]
    first, second = (mette.get("/logbog/ny").get_data(as_text=True) for _ in range(2))
    own_id = r'name="notat_id"[^>]*value="([^"]+)"'
    assert re.findall(own_id, first) != re.findall(own_id, second)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"proevet": ""}, "Et par ord er nok"),
        ({"proevet": " \r\n\x00"}, "Et par ord er nok"),
        ({"proevet": "ja", "skete": "x" * (TEKST_MAX + 1)}, "Skriv højst 4000 tegn"),
        ({"proevet": "ja", "notat_id": "1 or 1=1"}, "Kopiér din tekst"),
    ],
)
def test_what_cannot_be_kept_loses_nothing_typed(
    app: Flask, world: World, browser_for: Any, sent: dict[str, str], words: str
) -> None:
    answer = _write(browser_for(world.mette), **{"naeste": "bliv ved", **sent})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert "bliv ved" in page
    assert sent.get("skete", "") in page
    assert _ids(app, world.mette) == []


def test_mending_asks_the_same(app: Flask, world: World, browser_for: Any) -> None:
    [notat_id] = _fill(app, world.mette, 1)
    answer = browser_for(world.mette).send(f"/logbog/{notat_id}", proevet="", naeste="bliv ved")
    assert answer.status_code == 422
    assert "bliv ved" in answer.get_data(as_text=True)
    assert _texts(app, world.mette) == ["nr. 0"]


def test_nobody_else_reads_changes_or_deletes(app: Flask, world: World, browser_for: Any) -> None:
    for name, person_id in world.people.items():
        _fill(app, person_id, 1, text=f"hemmelighed {name}")
    [notat_id] = _ids(app, world.mette)
    for name, person_id in world.people.items():
        browser = browser_for(person_id)
        page = browser.get("/logbog").get_data(as_text=True)
        assert set(re.findall(r"hemmelighed (\w+)", page)) == {name}
        if name == "mette":
            continue
        assert browser.get(f"/logbog/{notat_id}").status_code == 404, name
        assert browser.get(f"/logbog/{notat_id}/slet").status_code == 404, name
        assert browser.send(f"/logbog/{notat_id}", proevet="ændret").status_code == 404, name
        assert browser.send(f"/logbog/{notat_id}/slet").status_code == 404, name
    assert _texts(app, world.mette) == ["hemmelighed mette"]
    for url in ("/logbog", "/logbog/ny", f"/logbog/{notat_id}", f"/logbog/{notat_id}/slet"):
        assert "/log-ind" in browser_for().get(url).location
    assert browser_for(world.mette).get(f"/logbog/{uuid4()}").status_code == 404


def test_twenty_a_page_newest_first(app: Flask, world: World, browser_for: Any) -> None:
    _fill(app, world.jonas, 30, text="støj")
    _fill(app, world.mette, 41)
    mette = browser_for(world.mette)
    shown = [
        re.findall(r"nr\. (\d+)", mette.get(f"/logbog?side={page}").get_data(as_text=True))
        for page in (1, 2, 3)
    ]
    assert [len(numbers) for numbers in shown] == [20, 20, 1]
    assert [int(number) for numbers in shown for number in numbers] == list(range(40, -1, -1))
    for page in ("0", "4", "-1", "9" * 30):
        assert mette.get(f"/logbog?side={page}").status_code == 404
    first, last = (mette.get(f"/logbog?side={page}").get_data(as_text=True) for page in (1, 3))
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last
    assert mette.get("/logbog?side=abc").status_code == 200


def test_odd_text_stays_text(app: Flask, world: World, browser_for: Any) -> None:
    mette = browser_for(world.mette)
    _write(mette, f"{XSS}\x00", skete=f"linje 1\r\nlinje 2\x00 {XSS}", naeste="å" * TEKST_MAX)
    [notat_id] = _ids(app, world.mette)
    for url in ("/logbog", f"/logbog/{notat_id}", f"/logbog/{notat_id}/slet"):
        page = mette.get(url).get_data(as_text=True)
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
        assert "linje 1\nlinje 2 " in page
        assert "å" * TEKST_MAX in page


def test_the_list_is_read_a_page_at_a_time(app: Flask, world: World) -> None:
    _fill(app, world.mette, 25)
    with app.app_context():
        mette = db.session.get(Person, world.mette)
        assert mette is not None
        assert len(queries.list_notater(viewer=mette)) == 25
        db.session.remove()


def test_the_same_words_again_change_nothing(app: Flask, world: World) -> None:
    [notat_id] = _fill(app, world.mette, 1)
    with app.app_context():
        mette = db.session.get(Person, world.mette)
        assert mette is not None
        found = queries.get_notat(notat_id, viewer=mette)
        before = found.aendret_at
        actions.change_notat(found, notat=Notat("nr. 0"), by=mette)
        assert found.aendret_at == before
        actions.change_notat(found, notat=Notat("nr. 0", "mere"), by=mette)
        assert found.aendret_at > before
        db.session.remove()


def _write(browser: Browser, proevet: str, **fields: str) -> Any:
    return browser.send("/logbog/ny", **{"notat_id": str(uuid4()), "proevet": proevet, **fields})


def _fill(app: Flask, person_id: UUID, number: int, text: str = "") -> list[UUID]:
    """Notes of one person, an hour apart, the last one newest."""
    ids = [uuid4() for _ in range(number)]
    with app.app_context():
        person = db.session.get(Person, person_id)
        assert person is not None
        for place, notat_id in enumerate(ids):
            with clock.travel(MORNING + timedelta(hours=place)):
                actions.write_notat(notat_id=notat_id, notat=Notat(text or f"nr. {place}"), by=person)
        db.session.commit()
        db.session.remove()
    return ids


def _read(app: Flask, wanted: Any) -> list[Any]:
    with app.app_context():
        found = list(db.session.scalars(wanted))
        db.session.remove()
    return found


def _ids(app: Flask, person_id: UUID) -> list[UUID]:
    return _read(
        app, select(Lognotat.id).where(Lognotat.person_id == person_id).order_by(Lognotat.skrevet_at)
    )


def _texts(app: Flask, person_id: UUID) -> list[str]:
    own = select(Lognotat.proevet).where(Lognotat.person_id == person_id)
    return _read(app, own.order_by(Lognotat.skrevet_at))


def _verbs(app: Flask, notat_id: UUID) -> list[str]:
    return _read(app, select(Historik.handling).where(Historik.genstand_id == notat_id).order_by(Historik.at))
