"""What somebody may see ends with the request after it was taken away: sharing, sign-in, a team, a role, an address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from crawling import Quick
from flask import Flask
from people import World, give_role
from road import person
from test_viewpoints import fill

from supervision import clock
from supervision.db import db
from supervision.personer.actions import beskeder, people
from supervision.personer.models import Rolletildeling

SHARED = "kanarie-lykkedes"


@pytest.fixture
def made(sqlite_app: Flask, sqlite_world: World) -> dict[str, Any]:
    with sqlite_app.app_context():
        values = fill(sqlite_world)
        values["kalender"] = beskeder.make_kalenderlink(by=person(sqlite_world.jonas))
        db.session.commit()
        db.session.remove()
    return values


def act(app: Flask, change: Any) -> None:
    with app.app_context():
        change()
        db.session.commit()
        db.session.remove()


def end_role(person_id: UUID) -> None:
    """The person's roles end with yesterday."""
    for role in db.session.query(Rolletildeling).filter_by(person_id=person_id):
        role.til = clock.today() - timedelta(days=1)


@pytest.mark.gate("A5")
def test_what_is_taken_away_is_gone_with_the_next_request(
    sqlite_app: Flask, sqlite_world: World, made: dict[str, Any], record_property: Any
) -> None:
    world, steps = sqlite_world, 0
    who = {name: Quick.signed_in(sqlite_app, world.people[name]) for name in world.people}
    group, nord = f"/grupper/{made['gruppe_id']}", f"/overblik/team/{made['team_id']}"

    assert SHARED in who["leder"].get(group).get_data(as_text=True), "shared, so seen"
    assert who["mette"].send(f"/delinger/{made['deling_id']}/traek").status_code == 303
    assert SHARED not in who["leder"].get(group).get_data(as_text=True), "withdrawn, so gone"
    steps += 1

    team = who["sydleder"].get(nord).status_code, who["leder"].get(nord).status_code
    assert team == (404, 200)
    act(sqlite_app, lambda: (end_role(world.leder), end_role(world.sydleder)))
    act(sqlite_app, lambda: give_role(world.sydleder, "teamleder", team_id=world.teams["nord"]))
    team = who["sydleder"].get(nord).status_code, who["leder"].get(nord).status_code
    assert team == (200, 404), "the team has another leader: so have its pages"
    steps += 1

    grant = f"/overblik/organisation/{made['organisation_id']}"
    plan = f"/supervision/dage/{made['dag_id']}"
    assert {who["supervisor"].get(url).status_code for url in (grant, plan)} == {200}
    act(sqlite_app, lambda: end_role(world.supervisor))
    assert {who["supervisor"].get(url).status_code for url in (grant, plan)} == {404}, "the grant has ended"
    steps += 1

    written = f"/observationer/{made['observation_id']}"
    calendar = f"/kalender/{made['kalender']}.ics"
    assert {who["jonas"].get(url).status_code for url in (written, calendar)} == {200}
    act(sqlite_app, lambda: people.deactivate(person(world.jonas), by=person(world.administrator)))
    assert who["jonas"].get(written).status_code == 302, "shut out, so signed out"
    assert Quick.signed_in(sqlite_app, None).get(calendar).status_code == 404, "and the address is dead"
    steps += 1
    record_property("figure", f"{steps} ways of taking access away: refused with the next request")
