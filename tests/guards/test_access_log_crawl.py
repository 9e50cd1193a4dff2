"""Whatever of Mette's somebody else gets to see leaves a row that Mette can read, and nothing else leaves any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from crawling import READING_WRITES
from flask import Flask
from people import World
from seen_by_others import Reading, readings, unlogged
from sqlalchemy import select
from test_viewpoints import fill

from supervision.access import matrix
from supervision.adgangslog import objects
from supervision.db import db

KONTRAKT_TO_FEEDBACK = ("aftaler.kontrakt", "aftaler.linje", "observationer.o", "feedback.", "overblik.i_dag")


@pytest.fixture
def mettes(sqlite_app: Flask, sqlite_world: World) -> dict[str, Any]:
    with sqlite_app.app_context():
        made = fill(sqlite_world)
        db.session.commit()
        db.session.remove()
    return made


def scopes(mettes: dict[str, Any]) -> set[UUID | None]:
    return {mettes["gruppe_id"], mettes["team_id"], mettes["organisation_id"]}


def everything_else(app: Flask) -> dict[str, list[Any]]:
    """Every row of every table but the access log's, and of where reading leaves that somebody was there."""
    with app.app_context():
        tables = [table for table in db.metadata.sorted_tables if table.name not in READING_WRITES]
        found = {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in tables}
        db.session.remove()
    return found


def unfounded(found: list[Reading]) -> list[str]:
    """Rows of what was not shown, or to whom the matrix shows nothing; and one's own reading of one's own."""
    wrong = []
    for one in found:
        named = matrix()[one.endpoint].seen_by
        for row in one.rows:
            allowed = not named or one.viewpoint in named
            if one.status != 200 or not allowed or (row.ret == "egen" and row.handling == "laest"):
                wrong.append(f"{one.endpoint} as {one.viewpoint}: {one.status} {row.slags} {row.ret}")
    return wrong


def is_of_ones_own_export(one: Reading) -> bool:
    """A hjemmeopgave in the data of whoever wrote it: nothing about Mette, and noted as the writer's."""
    return one.endpoint.startswith("rettigheder.") and set(one.canaries) <= {"kanarie-opgave"}


@pytest.mark.gate("C8")
@pytest.mark.wide
@pytest.mark.timeout(600)
def test_everything_seen_by_another_leaves_a_row(
    sqlite_app: Flask,
    sqlite_world: World,
    mettes: dict[str, Any],
    record_property: Callable[[str, str], None],
) -> None:
    before = everything_else(sqlite_app)
    found = list(readings(sqlite_app, sqlite_world, mettes))
    assert everything_else(sqlite_app) == before, "a GET writes nothing but the access log"
    elsewhere = [one for one in found if not is_of_ones_own_export(one)]
    assert unlogged(elsewhere, sqlite_world.mette, scopes(mettes)) == []
    assert unfounded(found) == []
    shown = sum(1 for one in found if one.viewpoint != "ejer" and one.canaries)
    rows = sum(len(one.rows) for one in found)
    assert shown > 20
    record_property(
        "figure", f"{shown} of {shown} canary reads in {len(found)} pages left a row ({rows} rows)"
    )


@pytest.mark.gate("C8")
@pytest.mark.planted("C8")
def test_what_the_observer_sees_leaves_a_row_and_a_forgotten_kind_is_found(
    sqlite_app: Flask, sqlite_world: World, mettes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(readings(sqlite_app, sqlite_world, mettes, ["observatoer"], KONTRAKT_TO_FEEDBACK))
    assert unlogged(found, sqlite_world.mette, scopes(mettes)) == []
    assert unfounded(found) == []
    assert {"observatoer", "delt"} >= {row.ret for one in found for row in one.rows if row.ejer_id}
    declared = objects.declared()
    broken = replace(declared, kinds={**declared.kinds, "feedback": objects.Kind("feedback", nobody="?")})
    monkeypatch.setattr(objects, "declared", lambda: broken)
    again = readings(sqlite_app, sqlite_world, mettes, ["observatoer"], ("feedback.laes",))
    assert any("feedback.laes" in one for one in unlogged(again, sqlite_world.mette, scopes(mettes)))
