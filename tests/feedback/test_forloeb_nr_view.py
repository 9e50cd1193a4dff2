"""The lists of one's own, narrowed to a number in the forløb: in its own order, with counts of the whole list."""

from __future__ import annotations

import re

from flask import Flask
from people import World
from road import agreed, person, recorded
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.observationer.models import Observation


def numbered(app: Flask, world: World) -> None:
    """Jonas follows Mette in samtale 1, 1, 2 and one without a number, each recorded but the last; and a file of his.

    Noise: Åse and Frede's samtale 1.
    """
    with app.app_context():
        mette, jonas = person(world.mette), person(world.jonas)
        for nr in (2, 1, 1, None):
            kontrakt = agreed(mette, jonas)
            kontrakt.samtale.forloeb_nr = nr
            if nr is not None:
                recorded(kontrakt, jonas)
        other = agreed(person(world.aase), person(world.fremmed))
        other.samtale.forloeb_nr = 1
        recorded(other, person(world.fremmed))
        db.session.add(
            Observation(
                organisation_id=mette.organisation_id,
                fokusperson_id=world.jonas,
                observatoer_id=world.jonas,
                fil_observation="samtale-1",
                fil_observatoer="a1",
                kilde="fil",
                startet_at=clock.now(),
                oprettet_at=clock.now(),
            )
        )
        db.session.commit()
        db.session.remove()


def choices(page: str) -> list[tuple[str, str]]:
    """(words, count) of the row of choices."""
    row = page[page.index("filter-links") : page.index("</nav>", page.index("filter-links"))]
    found = re.findall(r"<a href=[^>]*>([^<]+) <span[^>]*>(\d+)</span>", row)
    assert len(re.findall(r'aria-current="true"', row)) == 1
    return [(words.strip(), count) for words, count in found]


def test_a_list_without_numbers_has_nothing_to_choose_by(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        agreed(person(sqlite_world.mette), person(sqlite_world.jonas)).samtale.forloeb_nr = None
        db.session.commit()
        db.session.remove()
    page = Browser.signed_in(sqlite_app, sqlite_world.jonas).get("/samtaler").get_data(as_text=True)
    assert "filter-links" not in page
    assert "Du observerer Mette" in page


def test_samtaler_by_number(sqlite_app: Flask, sqlite_world: World) -> None:
    numbered(sqlite_app, sqlite_world)
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    row = [("Alle", "4"), ("1. samtale", "2"), ("2. samtale", "1"), ("Uden nummer", "1")]
    for nr, cards, words in (
        ("", 4, ""),
        ("1", 2, "Du ser 2 af 4. Én mere venter på dig"),
        ("2", 1, "Du ser 1 af 4. 2 mere venter på dig"),
        ("uden", 1, "Du ser 1 af 4. 3 mere venter på dig"),
        ("alt muligt", 4, ""),
    ):
        page = jonas.get("/samtaler", query_string={"nr": nr}).get_data(as_text=True)
        assert choices(page) == row, nr
        assert page.count('class="card fb-kort"') == cards, nr
        assert words in page
        assert ("Du ser" in page) == bool(words)
    none = jonas.get("/samtaler?nr=9").get_data(as_text=True)
    assert ("9. samtale", "0") in choices(none)
    assert "Du ser 0 af 4." in none
    assert "Ny feedback-kontrakt" in none


def test_observationer_by_number(sqlite_app: Flask, sqlite_world: World) -> None:
    numbered(sqlite_app, sqlite_world)
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    row = [("Alle", "4"), ("1. samtale", "2"), ("2. samtale", "1"), ("Uden nummer", "1")]
    for nr, rows in (("", 4), ("1", 2), ("2", 1), ("uden", 1), ("x", 4)):
        page = jonas.get("/observationer", query_string={"nr": nr}).get_data(as_text=True)
        assert choices(page) == row
        assert page.count('<th scope="row">') == rows, nr
        assert ("samtale-1" in page) == (nr in ("", "uden", "x"))
    assert "Der er ingen med det nummer" in jonas.get("/observationer?nr=9").get_data(as_text=True)
    assert jonas.get("/observationer?nr=1&side=2").status_code == 404
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette).get("/observationer").get_data(as_text=True)
    assert "filter-links" not in mette  # nothing has been handed over to her
