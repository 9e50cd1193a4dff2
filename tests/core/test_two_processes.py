"""Two processes on one database: they say the same, and a process that forgets alone is found.

What stands in the way of two is looked for by the whole suite with `--processes 2`; here is what shows that the way of
looking works.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from difflib import unified_diff

import pytest
from egne import copied, editor, house, published, renamed
from flask import Flask
from people import World
from road import walk
from second_process import ALONE, IN_PROCESS, OWN_PROCESS, Processes, alone, way_of
from web import Browser, fingerprint

from supervision import HOUSE, adgangslog
from supervision.adgangslog.model import Adgang
from supervision.db import db
from supervision.katalog import actions
from supervision.katalog.actions import egne as egne_actions
from supervision.katalog.queries import katalog as katalog_queries

sys.path.insert(0, str(HOUSE / "tests" / "guards"))

from crawling import Quick, open_addresses
from populated import populate

METODE, KODE = "noegleord", "no_spoerger"
PAGE = f"/metoder/{METODE}"
WORD = "Griber et ord og giver det tilbage"
NEVER_THE_SAME = {"/profil/adgang/kode"}
"""Makes a new secret each time it is asked."""
pytestmark = [pytest.mark.wide, pytest.mark.one_process("has a second process of its own")]


@pytest.fixture(scope="module")
def two() -> Iterator[Processes]:
    found = Processes(2)
    yield found
    found.end()


def test_requests_are_answered_in_turn_by_two(sqlite_app: Flask, two: Processes) -> None:
    with two.in_turn(sqlite_app, OWN_PROCESS) as turns:
        for _ in range(6):
            assert sqlite_app.test_client().get("/sundhed").status_code == 200
        assert turns.answered == [3, 3]
    assert two.pid not in (None, os.getpid())
    assert "wsgi_app" not in vars(sqlite_app), "and no longer"


def test_the_clock_and_the_settings_cross(sqlite_app: Flask, sqlite_world: World, two: Processes) -> None:
    sqlite_app.config["SESSION_COOKIE_NAME"] = "another-name"
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    with two.in_turn(sqlite_app, OWN_PROCESS):
        assert [mette.get("/profil").status_code for _ in range(4)] == [200] * 4


def test_a_reading_that_repeats_itself_is_logged_once_by_each(
    sqlite_app: Flask, sqlite_world: World, two: Processes
) -> None:
    """What a process says that it remembers alone is no more than that: one row for each process, none missing."""
    with sqlite_app.app_context():
        adgangslog.forget()
        ids = walk(sqlite_world).ids
        db.session.commit()
        before = db.session.query(Adgang).count()
        db.session.remove()
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    with two.in_turn(sqlite_app, OWN_PROCESS):
        for _ in range(6):
            assert jonas.get(f"/api/kontrakter/{ids['kontrakt_id']}/haendelser").status_code == 200
    with sqlite_app.app_context():
        assert db.session.query(Adgang).count() == before + 2
        db.session.remove()


@pytest.mark.timeout(600)
def test_every_page_is_the_same_from_both(sqlite_app: Flask, two: Processes) -> None:
    """Not even the order of a set may differ: the other process hashes with another seed."""
    with sqlite_app.app_context():
        everything = populate()
    mette = Quick.signed_in(sqlite_app, everything.world.mette)
    compared = 0
    for url in open_addresses(sqlite_app, everything.own):
        mine = mette.get(url)
        if mine.mimetype != "text/html" or mine.status_code != 200:
            mette.get("/profil")  # where what a redirect had to say is said
            continue
        if said(mette.get(url).text) != said(mine.text):
            assert url in NEVER_THE_SAME, difference(url, mette.get(url).text, mine.text)
            continue
        with two.only_the_other(sqlite_app):
            theirs = mette.get(url)
        assert theirs.status_code == 200, url
        assert said(theirs.text) == said(mine.text), difference(url, theirs.text, mine.text)
        compared += 1
    assert compared > 60


def said(page: str) -> str:
    """What a page says, less what differs by nature: its tokens, and a clock that runs."""
    return fingerprint(re.sub(r"(<span data-ur-tid>)[^<]*", r"\1", page))


def difference(url: str, theirs: str, mine: str) -> str:
    lines = unified_diff(mine.splitlines(), theirs.splitlines(), "here", "there", n=0)
    return "\n".join([url, *lines][:20])


def publish_a_word(app: Flask, world: World) -> None:
    """Another word at one kendetegn, published in this process."""
    with app.app_context():
        row = copied(world, "metode", METODE)
        actions.save_kladde(row, by=editor(world), indhold=renamed(row, KODE, tekst=WORD))
        published(world, row)
        db.session.commit()
        db.session.remove()


def known_by(app: Flask, jonas: Browser) -> list[bool]:
    """Whether each of four answers in turn has the published word."""
    return [WORD in jonas.get(PAGE).get_data(as_text=True) for _ in range(4)]


def only_here(world: World) -> Callable[..., None]:
    """The bug: whoever publishes forgets what it kept, and the number that tells the others stays."""

    def forget_here(_organisation: object) -> None:
        db.session.flush()
        katalog_queries._kept.cache_clear()

    return forget_here


@pytest.mark.parametrize("planted", [False, True])
def test_a_catalogue_that_one_process_forgets_alone_is_found(
    sqlite_app: Flask, sqlite_world: World, two: Processes, monkeypatch: pytest.MonkeyPatch, planted: bool
) -> None:
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    with sqlite_app.app_context():
        egne_actions.raise_nr(house(sqlite_world))  # from here on its catalogue is kept by number
        db.session.commit()
        db.session.remove()
    with two.in_turn(sqlite_app, OWN_PROCESS):
        assert known_by(sqlite_app, jonas) == [False] * 4
        if planted:
            monkeypatch.setattr(egne_actions, "raise_nr", only_here(sqlite_world))
        publish_a_word(sqlite_app, sqlite_world)
        found = known_by(sqlite_app, jonas)
        assert found == ([True, False] * 2 if planted else [True] * 4)
        with alone(sqlite_app):
            assert known_by(sqlite_app, jonas) == [True] * 4, "one process never sees it"


@pytest.mark.parametrize(
    ("fixtures", "marks", "way"),
    [
        (["app"], [], OWN_PROCESS),
        (["app", "monkeypatch"], [], IN_PROCESS),
        (["app"], [pytest.mark.same_process], IN_PROCESS),
        (["app"], [pytest.mark.one_process("counts")], ALONE),
    ],
)
def test_each_test_gets_the_other_that_it_can_have(
    request: pytest.FixtureRequest, fixtures: list[str], marks: list[pytest.MarkDecorator], way: str
) -> None:
    class Item:
        fixturenames = fixtures

        def get_closest_marker(self, name: str) -> pytest.Mark | None:
            return next((one.mark for one in marks if one.name == name), None)

    assert way_of(Item()) == way  # type: ignore[arg-type]
