"""The page Samtaler and its list: only mine, in the right group, with a constant number of queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from letters import drafted, ended, sent
from people import World
from road import agreed, person, recorded
from sqlalchemy import event

from supervision import clock
from supervision.db import db
from supervision.feedback.queries import list_forloeb


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SELECTs that were sent."""
    seen: list[str] = []
    listen = lambda conn, cursor, statement, *rest: seen.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_new_person_is_told_how_to_begin(app: Flask, world: World, browser_for: Any) -> None:
    page = browser_for(world.aase).get("/samtaler").get_data(as_text=True)
    assert "Her kommer dine samtaler" in page
    assert page.count("/kontrakter/ny") == 1
    assert "Venter på dig" not in page


def test_each_sees_their_own_role_and_step(app: Flask, world: World, browser_for: Any) -> None:
    ended(app, world)
    jonas = words(browser_for(world.jonas).get("/samtaler").get_data(as_text=True))
    mette = words(browser_for(world.mette).get("/samtaler").get_data(as_text=True))
    assert "Du observerede Mette" in jonas
    assert "Skriv feedback" in jonas
    assert "Jonas observerede dig" in mette
    assert "Skriv feedback" not in mette


def test_the_groups_come_in_order(app: Flask, world: World, browser_for: Any) -> None:
    ended(app, world)
    with app.app_context():
        agreed(person(world.aase), person(world.jonas), days=2)
        db.session.commit()
        db.session.remove()
    sent(app, world)
    page = browser_for(world.jonas).get("/samtaler").get_data(as_text=True)
    places = [page.index(f">{navn}</h2>") for navn in ("Venter på dig", "Kommende", "Tidligere")]
    assert places == sorted(places)
    assert page.count("button-primary") == 1


def test_other_peoples_samtaler_are_not_in_the_list(app: Flask, world: World) -> None:
    ended(app, world)
    sent(app, world)
    drafted(app, ended(app, world, "aase", "fremmed"))
    with app.app_context():
        agreed(person(world.noise), person(world.anden_supervisor))
        db.session.commit()
        for name, expected in (
            ("mette", 2),
            ("jonas", 2),
            ("aase", 1),
            ("noise", 1),
            ("leder", 0),
            ("administrator", 0),
        ):
            rows = list_forloeb(viewer=person(world.people[name]))
            assert len(rows) == expected, name
            mine = world.people[name]
            assert all(mine in (row.kontrakt.fokusperson_id, row.kontrakt.observatoer_id) for row in rows)
        db.session.remove()


def test_the_list_gives_nothing_that_the_viewer_may_not_see(app: Flask, world: World) -> None:
    drafted(app, ended(app, world))
    with app.app_context():
        [mine] = list_forloeb(viewer=person(world.mette))
        [theirs] = list_forloeb(viewer=person(world.jonas))
        assert (mine.rolle, mine.tilstand, mine.observation, mine.feedback) == (
            "fokusperson",
            "afventer",
            None,
            None,
        )
        assert theirs.observation is not None
        assert theirs.feedback is not None
        assert theirs.naeste == (
            "Skriv feedback",
            "feedback.skriv",
            {"observation_id": theirs.observation.id},
        )
        db.session.remove()


def test_a_day_that_went_by_says_so(app: Flask, world: World) -> None:
    with app.app_context():
        agreed(person(world.mette), person(world.jonas))
        db.session.commit()
        with clock.travel(clock.now() + timedelta(days=2)):
            [row] = list_forloeb(viewer=person(world.jonas))
        assert (row.tilstand, row.gruppe) == ("ikke_holdt", "venter")
        db.session.remove()


@pytest.mark.parametrize("page", ["/samtaler"])
def test_as_many_queries_for_sixty_as_for_three(
    app: Flask, world: World, browser_for: Any, page: str
) -> None:
    counts = []
    for rows in (3, 57):
        with app.app_context():
            mette, jonas = person(world.mette), person(world.jonas)
            for number in range(rows):
                kontrakt = agreed(mette, jonas, days=number % 30)
                if number % 3 == 0:
                    recorded(kontrakt, jonas)
            db.session.commit()
            db.session.remove()
        for name in ("jonas", "mette"):
            with app.app_context(), statements() as seen:
                assert browser_for(world.people[name]).get(page).status_code == 200
            counts.append(len(seen))
    assert counts[0] == counts[2]
    assert counts[1] == counts[3]
    assert max(counts) <= 19, counts
