"""The pages of the læringspil, as its owner meets them and as everybody else does not."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World
from sqlalchemy import select

from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.laeringspil import actions
from supervision.laeringspil.forms import kendetegn_label
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.laeringspil.rules import Linje
from supervision.personer.models import Person

XSS = "<script>alert(1)</script>\"'"
KENDETEGN = load_katalog().observerbare(kollega=True)[0]


def test_an_empty_page_says_how_to_begin(world: World, browser_for: Any) -> None:
    page = browser_for(world.mette).get("/laering").get_data(as_text=True)
    assert "Tegn din læringspil" in page
    assert 'href="/laering/ret"' in page
    assert 'href="/logbog"' in page
    assert "Tidligere udgaver" not in page


def test_three_lines_are_written_and_shown(world: World, browser_for: Any) -> None:
    mette = browser_for(world.mette)
    answer = mette.send(
        "/laering/ret",
        **_line(
            0, "spørge åbent", "i første samtale", effekt="borgeren siger mere", kendetegn=KENDETEGN.kort
        ),
        **_line(1, "tie stille", maade="observere"),
        **_line(2, "samle op", effekt="vi ved, hvad der sker nu"),
    )
    assert (answer.status_code, answer.location) == (303, "/laering")
    page = mette.get("/laering").get_data(as_text=True)
    for words in ("spørge åbent", "i første samtale", "borgeren siger mere", "tie stille", "samle op"):
        assert words in page
    assert "Se det hos en kollega" in page
    assert page.count("Brug i en feedback-kontrakt") == 2
    assert page.count('href="/kontrakter/ny?rolle=fokusperson&amp;linje=') == 2
    assert page.count('href="/kontrakter/ny?rolle=observatoer"') == 1
    assert page.count('href="/laering/linjer/') == 3
    form = mette.get("/laering/ret").get_data(as_text=True)
    assert f'value="{kendetegn_label(load_katalog(), KENDETEGN.kode)}"' in form


def test_saving_what_the_page_shows_is_no_new_version(app: Flask, world: World, browser_for: Any) -> None:
    mette = browser_for(world.mette)
    mette.send(
        "/laering/ret", **_line(0, "spørge", kendetegn=kendetegn_label(load_katalog(), KENDETEGN.kode))
    )
    mette.send("/laering/ret", **_line(0, "  spørge\r\n", kendetegn=KENDETEGN.kort), **_line(1))
    assert len(_versions(app, world.mette)) == 1
    mette.send("/laering/ret", **_line(0, "spørge", kendetegn=""))
    assert len(_versions(app, world.mette)) == 2


def test_earlier_versions_are_listed_and_opened(app: Flask, world: World, browser_for: Any) -> None:
    mette = browser_for(world.mette)
    for faerdighed in ("spørge", "spørge og vente"):
        mette.send("/laering/ret", **_line(0, faerdighed))
    [old, new] = _versions(app, world.mette)
    page = mette.get("/laering").get_data(as_text=True)
    assert "Tidligere udgaver (1)" in page
    assert f"/laering/{old}" in page
    assert f"/laering/{new}" not in page
    assert "Den gjaldt til" in mette.get(f"/laering/{old}").get_data(as_text=True)
    assert "gælder nu" in mette.get(f"/laering/{new}").get_data(as_text=True)


def test_only_its_owner_ever_sees_it(app: Flask, world: World, browser_for: Any) -> None:
    for name, person_id in world.people.items():
        _draw(app, person_id, f"hemmelighed {name}")
        _draw(app, person_id, f"nyere hemmelighed {name}")
    old, new = _versions(app, world.mette)
    for name, person_id in world.people.items():
        browser = browser_for(person_id)
        status = 200 if name == "mette" else 404
        assert browser.get(f"/laering/{old}").status_code == status, name
        assert browser.get(f"/laering/{new}").status_code == status, name
        for url in ("/laering/ret",) if name == "administrator" else ("/laering", "/laering/ret"):
            seen = set(re.findall(r"hemmelighed (\w+)", browser.get(url).get_data(as_text=True)))
            assert seen == {name}, (name, url)
    for url in ("/laering", "/laering/ret", f"/laering/{old}"):
        assert "/log-ind" in browser_for().get(url).location
    assert browser_for(world.mette).get(f"/laering/{uuid4()}").status_code == 404


def test_nobody_writes_in_anothers(app: Flask, world: World, browser_for: Any) -> None:
    _draw(app, world.mette, "min")
    sent = {**_line(0, "din"), "person_id": str(world.mette), "id": str(_versions(app, world.mette)[0])}
    browser_for(world.jonas).send("/laering/ret", **sent)
    assert len(_versions(app, world.mette)) == 1
    assert len(_versions(app, world.jonas)) == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Skriv mindst én færdighed"),
        ({"linjer-1-situation": "mandag"}, "Linje 2 mangler en færdighed"),
        ({"linjer-0-faerdighed": "x" * 301}, "Skriv højst 300 tegn"),
        ({"linjer-0-faerdighed": "spørge", "linjer-0-kendetegn": "findes ikke"}, "ikke i kataloget"),
        ({"linjer-0-faerdighed": "spørge", "linjer-0-maade": "andet"}, "Vælg en af mulighederne"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(
    app: Flask, world: World, browser_for: Any, sent: dict[str, str], words: str
) -> None:
    answer = browser_for(world.mette).send("/laering/ret", **{"linjer-0-effekt": "", **sent})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert page.count(words) == 2  # in the list at the top, and at the field
    assert all(text in page for text in sent.values() if text != "andet")  # nothing typed is lost
    assert _versions(app, world.mette) == []


def test_odd_text_stays_text(app: Flask, world: World, browser_for: Any) -> None:
    mette = browser_for(world.mette)
    mette.send("/laering/ret", **_line(0, f"{XSS}\x00", f"a\x00b {XSS}", effekt=XSS))
    [version] = _versions(app, world.mette)
    for url in ("/laering", "/laering/ret", f"/laering/{version}", "/laering"):
        page = mette.get(url).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "\x00" not in page


def test_the_longest_texts_are_kept_on_both_engines(app: Flask, world: World, browser_for: Any) -> None:
    longest = "å" * 299 + "🙂"
    browser_for(world.mette).send("/laering/ret", **_line(0, longest, longest, effekt=longest))
    with app.app_context():
        linje = db.session.scalars(select(LaeringspilLinje)).one()
        assert {linje.faerdighed, linje.situation, linje.effekt} == {longest}
        db.session.remove()


def test_a_fourth_line_is_not_read(app: Flask, world: World, browser_for: Any) -> None:
    lines = {key: text for place in range(5) for key, text in _line(place, f"nr. {place}").items()}
    browser_for(world.mette).send("/laering/ret", **lines)
    with app.app_context():
        kept = db.session.scalars(select(LaeringspilLinje.faerdighed).order_by(LaeringspilLinje.nr)).all()
        assert list(kept) == ["nr. 0", "nr. 1", "nr. 2"]
        db.session.remove()


def test_a_kendetegn_the_catalogue_has_lost_can_stay(app: Flask, world: World, browser_for: Any) -> None:
    _draw(app, world.mette, "spørge", kendetegn_kode="gammel_kode")
    mette = browser_for(world.mette)
    assert "gammel kode" in mette.get("/laering").get_data(as_text=True)
    assert mette.send("/laering/ret", **_line(0, "spørge nu", kendetegn="gammel kode")).status_code == 303
    with app.app_context():
        koder = db.session.scalars(select(LaeringspilLinje.kendetegn_kode)).all()
        assert list(koder) == ["gammel_kode", "gammel_kode"]
        db.session.remove()
    assert browser_for(world.jonas).send(
        "/laering/ret", **_line(0, "spørge", kendetegn="gammel kode")
    ).status_code == 422  # fmt: skip


def test_every_kendetegn_has_its_own_label() -> None:
    offered = load_katalog().observerbare(kollega=True)
    assert len({kendetegn_label(load_katalog(), tegn.kode) for tegn in offered}) == len(offered)


def _line(place: int, faerdighed: str = "", situation: str = "", **rest: str) -> dict[str, str]:
    fields = {
        "faerdighed": faerdighed,
        "situation": situation,
        "maade": "afproeve",
        "effekt": "",
        "kendetegn": "",
    }
    return {f"linjer-{place}-{name}": text for name, text in {**fields, **rest}.items()}


def _draw(app: Flask, person_id: UUID, faerdighed: str, **rest: Any) -> None:
    with app.app_context():
        person = db.session.get(Person, person_id)
        assert person is not None
        actions.draw_laeringspil(linjer=[Linje(faerdighed, **rest)], by=person)
        db.session.commit()
        db.session.remove()


def _versions(app: Flask, person_id: UUID) -> list[UUID]:
    with app.app_context():
        own = (
            select(Laeringspil.id).where(Laeringspil.person_id == person_id).order_by(Laeringspil.oprettet_at)
        )
        found = list(db.session.scalars(own))
        db.session.remove()
    return found
