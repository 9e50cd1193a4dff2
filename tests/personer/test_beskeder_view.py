"""The own choices of what to be told, and the secret address of the own calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from administrator_pages import words
from flask import Flask
from people import World
from sqlalchemy import select
from web import Browser

from supervision.config import MailSettings
from supervision.db import db
from supervision.history import Historik
from supervision.personer.actions.people import activate, deactivate
from supervision.personer.models import Beskedvalg, Kalenderlink, Person

NO_MAIL = "Der bliver ikke sendt e-mail fra jeres system endnu."


def chosen(page: str) -> set[str]:
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page)
    return {re.search(r'value="(\w+)"', box)[1] for box in boxes if " checked" in box}  # type: ignore[index]


def acts(app: Flask, person: Any) -> list[str]:
    with app.app_context():
        found = db.session.scalars(select(Historik.handling).where(Historik.person_id == person))
        return sorted(found)


def make_link(browser: Browser) -> str:
    page = browser.send("/profil/kalender").get_data(as_text=True)
    found = re.search(r'value="http://localhost(/kalender/[\w-]+\.ics)"', page)
    assert found is not None
    return found[1]


def test_one_chooses_for_oneself_and_the_choice_stands(app: Flask, world: World, browser_for: Any) -> None:
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    assert chosen(mette.get("/profil").get_data(as_text=True)) == {"feedback", "kontrakt", "runde"}
    for _ in range(2):
        answer = mette.send("/profil/beskeder", til=["svar", "feedback"])
        assert answer.location == "/profil#beskeder"
    assert chosen(mette.get("/profil").get_data(as_text=True)) == {"svar", "feedback"}
    assert chosen(jonas.get("/profil").get_data(as_text=True)) == {"feedback", "kontrakt", "runde"}
    assert acts(app, world.mette) == ["valgte_beskeder"]
    mette.send("/profil/beskeder")
    assert chosen(mette.get("/profil").get_data(as_text=True)) == set()
    with app.app_context():
        assert set(db.session.scalars(select(Beskedvalg.person_id))) == {world.mette}


def test_a_kind_that_does_not_exist_is_refused(app: Flask, world: World, browser_for: Any) -> None:
    answer = browser_for(world.mette).send("/profil/beskeder", til=["feedback", "alt"])
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Beskedvalg)).all() == []


def test_the_profile_says_whether_e_mail_is_sent(
    sqlite_app: Flask, sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    assert NO_MAIL in words(mette.get("/profil"))
    settings = sqlite_app.extensions["settings"]
    given = replace(
        settings, public_url="https://feedback.example", mail=MailSettings("localhost", 25, "nej@x.example")
    )
    monkeypatch.setitem(sqlite_app.extensions, "settings", given)
    assert NO_MAIL not in words(mette.get("/profil"))
    assert "https://feedback.example/kalender/" in mette.send("/profil/kalender").get_data(as_text=True)


def test_whoever_only_runs_the_system_has_nothing_to_choose(sqlite_app: Flask, sqlite_world: World) -> None:
    administrator = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    assert "E-mail til dig" not in words(administrator.get("/profil"))
    for address in ("/profil/beskeder", "/profil/kalender", "/profil/kalender/luk"):
        assert administrator.send(address).status_code == 404


def test_the_address_is_shown_once_and_only_its_hash_is_kept(
    app: Flask, world: World, browser_for: Any
) -> None:
    mette = browser_for(world.mette)
    address = make_link(mette)
    token = address.removeprefix("/kalender/").removesuffix(".ics")
    assert len(token) >= 43  # 256 bits, six to a character
    with app.app_context():
        link = db.session.scalars(select(Kalenderlink)).one()
        assert link.token_hash == sha256(token.encode()).hexdigest()
    page = mette.get("/profil").get_data(as_text=True)
    assert token not in page
    assert "Du har et link fra" in page
    assert "Du har et link fra" not in browser_for(world.jonas).get("/profil").get_data(as_text=True)


def test_a_new_address_ends_the_old_one_and_closing_ends_it_for_good(
    app: Flask, world: World, browser_for: Any
) -> None:
    mette, program = browser_for(world.mette), browser_for()
    first = make_link(mette)
    assert program.get(first).status_code == 200
    second = make_link(mette)
    assert first != second
    assert [program.get(address).status_code for address in (first, second)] == [404, 200]
    others = make_link(browser_for(world.jonas))
    for _ in range(2):
        assert mette.send("/profil/kalender/luk").location == "/profil#kalender"
    assert [program.get(address).status_code for address in (first, second, others)] == [404, 404, 200]
    made, closed = "lavede_kalenderlink", "lukkede_kalenderlink"
    assert acts(app, world.mette) == [made, made, closed, closed]


def test_shutting_somebody_out_closes_the_address_and_opening_up_does_not_open_it(
    app: Flask, world: World, browser_for: Any
) -> None:
    address, program = make_link(browser_for(world.mette)), browser_for()
    for act in (deactivate, activate):
        with app.app_context():
            mette, admin = db.session.get(Person, world.mette), db.session.get(Person, world.administrator)
            assert mette is not None
            assert admin is not None
            act(mette, by=admin)
            db.session.commit()
        assert program.get(address).status_code == 404
