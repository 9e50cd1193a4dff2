"""What several modules here begin with: published figures of two teams, and an application with a post box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from held import crew, held, log
from people import World
from post_house import House, post_house
from published import DAY, SHOWN
from smtp_server import Postkasse, postkasse

from supervision import clock
from supervision.db import db
from supervision.overblik.actions import publish_due


@pytest.fixture
def two_teams(sqlite_app: Flask, sqlite_world: World) -> World:
    """Nord and Syd with six observed each, by somebody from elsewhere, and everything published."""
    world = sqlite_world
    with clock.travel(SHOWN), sqlite_app.app_context():
        house = world.organisations["jobcenter"]
        for team, share in (("nord", 0.4), ("syd", 0.6)):
            for person in crew(house, world.teams[team], 6, f"I{team}"):
                held(
                    person, world.noise, house, DAY, events=log(share=share, ticks={"k": 3}), kendetegn=["k"]
                )
        publish_due(clock.today())
        db.session.commit()
        db.session.remove()
    return world


@pytest.fixture
def post() -> Iterator[Postkasse]:
    with postkasse() as server:
        yield server


@pytest.fixture
def both(app: Flask, world: World, post: Postkasse, monkeypatch: pytest.MonkeyPatch) -> House:
    return post_house(app, world, post, monkeypatch)


@pytest.fixture
def house(sqlite_app: Flask, sqlite_world: World, post: Postkasse, monkeypatch: pytest.MonkeyPatch) -> House:
    return post_house(sqlite_app, sqlite_world, post, monkeypatch)
