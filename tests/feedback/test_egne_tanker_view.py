"""The fokusperson's own thoughts first; what the observatør takes along; a point that becomes a line to train."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from letters import ended, sent, stored
from people import World
from sqlalchemy import select

from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt, Refleksion
from supervision.feedback.rules.refleksion import NOGET_FOERST
from supervision.laeringspil.models import LaeringspilLinje
from supervision.observationer.models import Observation

THOUGHTS = {"lykkedes": "kanarie-lykkedes", "svaert": "", "hoere": "kanarie-hoere"}


def kontrakt_of(app: Flask, observation_id: UUID) -> UUID:
    with app.app_context():
        observation = db.session.get(Observation, observation_id)
        assert observation is not None
        assert observation.kontrakt_id is not None
        return observation.kontrakt_id


def test_written_kept_private_shown_and_taken_back(app: Flask, world: World, browser_for: Any) -> None:
    observation_id = ended(app, world)
    address = f"/kontrakter/{kontrakt_of(app, observation_id)}/egne-tanker"
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    assert address in mette.get("/samtaler").get_data(as_text=True)
    empty = mette.send(address, lykkedes=" ", svaert="", hoere="")
    assert empty.status_code == 422
    assert NOGET_FOERST in empty.get_data(as_text=True)
    long = mette.send(address, **{**THOUGHTS, "svaert": "x" * 1001})
    assert long.status_code == 422
    assert "kanarie-hoere" in long.get_data(as_text=True)
    assert mette.send(f"{address}/vis", vis="ja").status_code in (303, 409, 422)
    assert mette.send(address, **THOUGHTS).status_code == 303
    assert "kanarie-hoere" in mette.get(address).get_data(as_text=True)
    writing = f"/observationer/{observation_id}/feedback"
    assert "kanarie-hoere" not in jonas.get(writing).get_data(as_text=True)
    for _ in range(2):
        mette.send(f"{address}/vis", vis="ja")
    assert "kanarie-hoere" in jonas.get(writing).get_data(as_text=True)
    mette.send(f"{address}/vis")
    assert "kanarie-hoere" not in jonas.get(writing).get_data(as_text=True)
    assert jonas.get(address).status_code == 404
    with app.app_context():
        [kept] = db.session.scalars(select(Refleksion))
        assert (kept.lykkedes, kept.svaert, kept.vist_at) == ("kanarie-lykkedes", "", None)


def test_beside_the_letter_for_the_two(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world)
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    address = f"/kontrakter/{kontrakt_of(app, stored(app, feedback_id)['observation_id'])}/egne-tanker"
    assert address in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True), "before it is opened"
    mette.send(address, **THOUGHTS)
    mette.send(f"/feedback/{feedback_id}/aabn")
    assert "kanarie-lykkedes" in mette.get(f"/feedback/{feedback_id}").get_data(as_text=True)
    assert "kanarie-lykkedes" not in jonas.get(f"/feedback/{feedback_id}").get_data(as_text=True)
    mette.send(f"{address}/vis", vis="ja")
    assert "kanarie-lykkedes" in jonas.get(f"/feedback/{feedback_id}").get_data(as_text=True)


def test_what_the_observatoer_takes_along_is_theirs_alone(app: Flask, world: World, browser_for: Any) -> None:
    feedback_id = sent(app, world, opened=True)
    mette, jonas = browser_for(world.mette), browser_for(world.jonas)
    address = f"/feedback/{feedback_id}"
    assert jonas.send(f"{address}/tager-med", tager_med="x" * 4001).status_code == 422
    assert jonas.send(f"{address}/tager-med", tager_med="kanarie-med").status_code == 303
    assert "kanarie-med" in jonas.get(address).get_data(as_text=True)
    assert "kanarie-med" not in mette.get(address).get_data(as_text=True)
    back = jonas.get("/laering/som-observatoer").get_data(as_text=True)
    assert "kanarie-med" in back
    assert "Du har sendt feedback én gang, 3 punkter i alt." in back
    assert "kanarie-med" not in mette.get("/laering/som-observatoer").get_data(as_text=True)


def test_a_point_becomes_a_line_once_and_three_are_enough(app: Flask, world: World, browser_for: Any) -> None:
    points = (("lykkedes", "Du ventede " + "længe " * 80), *(("iagttagelse", f"Nr. {nr}") for nr in range(3)))
    feedback_id = sent(app, world, points=points, opened=True)
    with app.app_context():
        ids = list(db.session.scalars(select(FeedbackPunkt.id).order_by(FeedbackPunkt.nr)))
    mette = browser_for(world.mette)

    def make(punkt_id: UUID) -> Any:
        return mette.send(f"/feedback/{feedback_id}/punkter/{punkt_id}/laeringspil")

    assert [make(ids[0]).location for _ in range(2)] == ["/laering/ret"] * 2
    assert [make(punkt_id).location for punkt_id in ids[1:3]] == ["/laering/ret"] * 2
    full = f"/feedback/{feedback_id}/punkter/{ids[3]}/laeringspil"
    assert make(ids[3]).location == full
    assert "har tre linjer" in mette.get(full).get_data(as_text=True)
    assert (
        browser_for(world.jonas).send(f"/feedback/{feedback_id}/punkter/{ids[0]}/laeringspil").status_code
        == 404
    )
    with app.app_context():
        lines = [line.faerdighed for line in db.session.scalars(select(LaeringspilLinje))][-3:]
    assert sorted(line[:5] for line in lines) == ["Du ve", "Nr. 0", "Nr. 1"]
    assert max(map(len, lines)) <= 300


@pytest.mark.parametrize("who", ["jonas", "aase", "administrator"])
def test_nobody_else_writes_them(app: Flask, world: World, browser_for: Any, who: str) -> None:
    address = f"/kontrakter/{kontrakt_of(app, ended(app, world))}/egne-tanker"
    other = browser_for(world.people[who])
    assert other.get(address).status_code == 404
    assert other.send(address, **THOUGHTS).status_code == 404
    assert other.send(f"{address}/vis", vis="ja").status_code == 404
    with app.app_context():
        assert db.session.scalar(select(Refleksion.id)) is None
        assert db.session.scalar(select(Feedback.tager_med)) in (None, "")
