"""The rules of a new password, and what is kept of it."""

from __future__ import annotations

import hashlib
import re
import time
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from people import PASSWORD, World
from test_sign_in import enter, is_in

from supervision import clock
from supervision.db import db
from supervision.personer.models import Kodegenerator, Person
from supervision.personer.rules import adgangskoder as rules
from supervision.problems import RuleBroken
from supervision.sign_in import passwords
from supervision.sign_in.passwords import check_password

OWASP = {(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)}
"""(memory in KiB, passes) that the OWASP Password Storage Cheat Sheet counts as equal, at one lane."""
LISTED = [
    line
    for line in (passwords.CONTENT / "commonest.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]
SENTENCES = (
    "tre grønne cykler på taget",
    "fire små blå æbler på bordet",
    "en lang adgangskode til test",
    "regnen faldt stille over fjorden",
    "correct horse battery staple",
    "мой дом стоит у реки",
    "猫が窓の外を静かに見ているよ今日も",
    "🚲🍎🌧️🐈🪁🎻🌳🚂🧀🦉🌙🔑🍓🥨🧦",
    "xK9#mQ2$vL7!pR4",
)
KNOWN = (
    "password12345678",
    "Password!Password!",
    "kollegialfeedback2026",
    "JobcenterTestby2026!",
    "Mette Ærø Mette Ærø",
    "TeamNord-TeamNord",
    "sommersommersommer",
    "aaaaaaaaaaaaaaaa",
    "1234567890123456",
    "abcdefghijklmnopq",
    "9876543210987654",
    "adgangskode123456",
    "ＰＡＳＳＷＯＲＤ１２３４５６７８",
    "abc1abc1abc1abc1",
)


def accepted(passwords_: list[str], person: Person | None = None) -> list[str]:
    """Those of them that somebody may choose."""
    found = []
    for password in passwords_:
        try:
            check_password(password, person)
        except RuleBroken:
            continue
        found.append(password)
    return found


@pytest.fixture
def mette(sqlite_app: Flask, sqlite_world: World) -> Any:
    with sqlite_app.app_context():
        yield db.session.get_one(Person, sqlite_world.mette)
        db.session.rollback()
        db.session.remove()


@pytest.mark.gate("E5")
def test_the_three_thousand_commonest_are_refused_whatever_the_length(
    monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    monkeypatch.setattr(passwords, "shortest_for", lambda person: 1)
    assert len(set(LISTED)) == 3000
    assert accepted(LISTED) == []
    known = passwords._known()
    dressed = [f"{one.upper()}2026!" for one in LISTED if len(rules.som_kendt(one)) >= rules.SHORTEST_WORD]
    assert len(dressed) > 2990
    assert [one for one in dressed if not rules.er_for_kendt(one, known)] == []
    record_property("figure", "3,000 of 3,000 refused, and again in capitals with a year and a sign")


@pytest.mark.wide
@pytest.mark.planted("E5")
def test_the_check_sees_a_list_that_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "shortest_for", lambda person: 1)
    monkeypatch.setattr(passwords, "_known", frozenset)
    assert len(accepted(LISTED)) > 2000


def test_the_list_is_as_it_was_made() -> None:
    text = (passwords.CONTENT / "commonest.txt").read_text(encoding="utf-8")
    said = re.search(r"sha256 of the lines below: ([0-9a-f]{64})", text)
    assert said is not None
    assert hashlib.sha256("".join(f"{one}\n" for one in LISTED).encode()).hexdigest() == said[1]


@pytest.mark.gate("E5")
def test_sentences_are_welcome_and_dressed_up_words_are_not(mette: Person) -> None:
    assert accepted(list(SENTENCES), mette) == list(SENTENCES)
    assert accepted(list(KNOWN), mette) == []


@pytest.mark.gate("E5")
def test_fifteen_alone_eight_with_a_second_step_and_at_most_128(mette: Person) -> None:
    grown = "kvæ8Zuløt4Wåpr9Xym7bDtgæpw"
    sizes = (7, 8, 14, 15)
    assert accepted([grown[:size] for size in sizes], mette) == [grown[:15]]
    assert [len(one) for one in accepted([(grown * 6)[:size] for size in (128, 129)], mette)] == [128]
    db.session.add(Kodegenerator(person_id=mette.id, hemmelighed="{}", oprettet_at=clock.now()))
    db.session.flush()
    assert accepted([grown[:size] for size in sizes], mette) == [grown[:size] for size in (8, 14, 15)]


def test_no_password_is_slow_to_judge() -> None:
    began = time.monotonic()
    assert not rules.er_for_kendt("dragon monkey master " * 6, passwords._known())
    assert time.monotonic() - began < 0.5


@pytest.mark.gate("E5")
def test_the_hash_costs_what_owasp_asks_and_an_old_one_is_made_anew(
    sqlite_app: Flask, sqlite_world: World, record_property: Any
) -> None:
    from web import Browser

    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    assert not strong(cheap), "the check sees a hash that costs too little"
    with sqlite_app.app_context():
        db.session.get_one(Person, sqlite_world.mette).password = cheap
        db.session.commit()
        db.session.remove()
    browser = Browser.signed_in(sqlite_app, None)
    enter(browser, "mette@test.example", PASSWORD)
    assert is_in(browser)
    with sqlite_app.app_context():
        kept = str(db.session.get_one(Person, sqlite_world.mette).password)
        db.session.remove()
    assert strong(kept)
    assert is_in(browser), "still signed in"
    record_property("figure", kept.split("$")[3])


def strong(kept: str) -> bool:
    """Whether a stored hash is argon2id at a cost that OWASP names, or above it."""
    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$", kept)
    return found is not None and any(int(found[1]) >= m and int(found[2]) >= t for m, t in OWASP)
