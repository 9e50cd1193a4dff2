"""The road itself, at the level of actions, on both engines."""

from __future__ import annotations

from flask import Flask
from people import World
from road import walk

from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.observationer.models import Observation


def test_from_kontrakt_to_question(app: Flask, world: World) -> None:
    with app.app_context():
        road = walk(world)
        db.session.commit()
        feedback = db.session.get(Feedback, road["feedback_id"])
        observation = db.session.get(Observation, road["observation_id"])
        assert feedback is not None
        assert observation is not None
        assert feedback.sendt_at is not None
        assert observation.overdraget_at is not None
        assert len(feedback.punkter) == 3
        db.session.remove()
