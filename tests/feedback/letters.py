"""Feedback for the tests: an ended samtale, a draft as a form sends it, a sent letter; and what is stored."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from people import World
from road import agreed, person, recorded
from sqlalchemy import select
from web import Browser
from werkzeug.test import TestResponse

from supervision.db import db
from supervision.feedback import queries
from supervision.feedback.actions import reading, writing
from supervision.feedback.models import Feedback, FeedbackPunkt
from supervision.feedback.rules.punkter import Kladdepunkt, fingerprint
from supervision.observationer.models import Observation

FIFTEEN_DAYS = timedelta(days=15)
THREE = (
    ("lykkedes", "Du sagde, hvor længe I havde."),
    ("iagttagelse", "Borgeren talte i to minutter."),
    ("oplevelse", "Jeg blev nysgerrig."),
)


def ended(
    app: Flask, world: World, fokusperson: str = "mette", observatoer: str = "jonas", **allowed: bool
) -> UUID:
    """The id of an ended observation. allowed: `fortolkning_tilladt`, `gode_raad_tilladt` of the kontrakt."""
    with app.app_context():
        observed, observing = person(world.people[fokusperson]), person(world.people[observatoer])
        kontrakt = agreed(observed, observing)
        for name, value in allowed.items():
            setattr(kontrakt, name, value)
        observation_id = recorded(kontrakt, observing).id
        db.session.commit()
        db.session.remove()
    return observation_id


def drafted(app: Flask, observation_id: UUID, points: Any = THREE) -> UUID:
    """The id of a draft with these (slags, tekst)."""
    with app.app_context():
        feedback = _written(observation_id, points)
        feedback_id = feedback.id
        db.session.commit()
        db.session.remove()
    return feedback_id


def sent(app: Flask, world: World, *, points: Any = THREE, opened: bool = False, **allowed: bool) -> UUID:
    """The id of feedback that Jonas has sent to Mette; opened: she has opened it."""
    observation_id = ended(app, world, **allowed)
    with app.app_context():
        feedback = _written(observation_id, points)
        to_send = queries.list_to_send(feedback)
        writing.send_feedback(feedback=feedback, by=feedback.observatoer, laest=fingerprint(to_send))
        if opened:
            reading.open_feedback(feedback=feedback, by=feedback.fokusperson)
        feedback_id = feedback.id
        db.session.commit()
        db.session.remove()
    return feedback_id


def draft_fields(*points: tuple[UUID, str, str] | tuple[UUID, str, str, int], **more: Any) -> dict[str, Any]:
    """What the writing page sends: (id, slags, tekst[, t_ms]) in the order of the page."""
    fields: dict[str, Any] = dict(more)
    for number, (id_, slags, tekst, *moment) in enumerate(points):
        fields[f"punkter-{number}-id"] = str(id_)
        fields[f"punkter-{number}-slags"] = slags
        fields[f"punkter-{number}-tekst"] = tekst
        fields[f"punkter-{number}-t_ms"] = str(moment[0]) if moment else ""
    return fields


def save_in_background(browser: Browser, observation_id: UUID, fields: dict[str, Any]) -> TestResponse:
    """As saving.js does it."""
    return browser.post(
        f"/observationer/{observation_id}/feedback",
        data={"csrf_token": browser.token(), **fields},
        headers={"Accept": "application/json"},
    )


def stored(app: Flask, feedback_id: UUID) -> dict[str, Any]:
    """What the database holds of a feedback: its own columns, and its points in order."""
    with app.app_context():
        feedback = db.session.get(Feedback, feedback_id)
        assert feedback is not None
        found: dict[str, Any] = {
            column.name: getattr(feedback, column.name) for column in Feedback.__table__.columns
        }
        found["punkter"] = [(p.slags, p.tekst, p.t_ms, p.sendt_at is not None) for p in feedback.punkter]
        found["punkt_ids"] = [p.id for p in feedback.punkter]
        found["spoergsmaal"] = [(s.id, s.tekst, s.svar) for p in feedback.punkter for s in p.spoergsmaal]
        found["beholdt"] = [p.id for p in feedback.punkter if p.beholdt_at]
        found["skuffer"] = {
            s.slags: (bool(s.spurgt_at), bool(s.aabnet_at), bool(s.lukket_at)) for s in feedback.skuffer
        }
        found["overdraget_at"] = feedback.observation.overdraget_at
        found["observatoer_indtil"] = feedback.observation.observatoer_indtil
        db.session.remove()
    return found


def feedback_of(app: Flask, observation_id: UUID) -> UUID | None:
    """The id of the feedback on an observation."""
    with app.app_context():
        found = db.session.scalar(select(Feedback.id).where(Feedback.observation_id == observation_id))
        db.session.remove()
    return found


def without_token(page: str) -> str:
    """The page without what differs between any two."""
    return re.sub(r'name="csrf_token"[^>]*>', "", page)


def texts(app: Flask, feedback_id: UUID) -> list[str]:
    """The texts of all points, in order."""
    return [tekst for _, tekst, _, _ in stored(app, feedback_id)["punkter"]]


def count_points(app: Flask) -> int:
    """All points of all feedback."""
    with app.app_context():
        found = len(db.session.scalars(select(FeedbackPunkt.id)).all())
        db.session.remove()
    return found


def _written(observation_id: UUID, points: Any) -> Feedback:
    observation = db.session.get(Observation, observation_id)
    assert observation is not None
    assert observation.observatoer is not None
    feedback = writing.begin_feedback(observation=observation, by=observation.observatoer)
    kladde = [Kladdepunkt(uuid4(), slags, tekst, None) for slags, tekst in points]
    writing.save_kladde(feedback=feedback, kladde=kladde, by=observation.observatoer)
    return feedback
