"""What has come since one last looked: an answer, later points from a drawer, a thank-you.

A first letter, a question and a drawer to answer about are not among it: those wait as the next step (`forloeb`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import Select, and_, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload
from sqlalchemy.sql.elements import ColumnElement

from supervision import clock
from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt, Laesning, Spoergsmaal
from supervision.observationer.models import Observation
from supervision.personer.models import Person

SVAR: Final = "svar"
MERE: Final = "mere"
TAK: Final = "tak"
NYLIGT: Final = timedelta(days=14)
"""How long something is new for whoever does not look."""
ORD: Final = {
    SVAR: ("{} har svaret på dit spørgsmål", "Læs svaret"),
    MERE: ("{} har sendt dig mere feedback", "Læs det"),
    TAK: ("{} siger tak for din feedback", "Se takken"),
}

Rows: TypeAlias = "Select[UUID, UUID, str, UUID, datetime | None]"


@dataclass(frozen=True, slots=True)
class Nyt:
    """The newest that has come in one feedback. ord: a sentence; knap: the words of the button. punkt_id: where an
    answer stands, else None."""

    feedback_id: UUID
    slags: str
    at: datetime
    ord: str
    knap: str
    punkt_id: UUID | None


def list_nyt(*, viewer: Person) -> list[Nyt]:
    """What is new to the viewer, one for each feedback, the newest first."""
    rows: list[tuple[UUID, str, UUID, datetime]] = []
    for wanted in (unseen_svar(), unseen_mere(), unseen_tak()):
        found = db.session.execute(wanted.where(wanted.selected_columns[0] == viewer.id))
        rows += [(feedback_id, slags, row_id, at) for _, feedback_id, slags, row_id, at in found if at]
    if not rows:
        return []
    newest = {row[0]: row for row in sorted(rows, key=lambda row: row[3])}
    return sorted(_in_words(list(newest.values()), viewer), key=lambda nyt: nyt.at, reverse=True)


def find_nyt(feedback: Feedback, *, viewer: Person) -> Nyt | None:
    """What is new to the viewer in this feedback."""
    return next((nyt for nyt in list_nyt(viewer=viewer) if nyt.feedback_id == feedback.id), None)


def unseen_svar() -> Rows:
    """(who asked, feedback, kind, question, when) of answers that whoever asked has not been shown."""
    return (
        _unseen(Feedback.fokusperson_id, SVAR, Spoergsmaal.id, Spoergsmaal.svaret_at)
        .join(FeedbackPunkt, FeedbackPunkt.feedback_id == Feedback.id)
        .join(Spoergsmaal, Spoergsmaal.punkt_id == FeedbackPunkt.id)
        .where(Feedback.lukket_at.is_(None))
    )


def unseen_mere() -> Rows:
    """(fokusperson, feedback, kind, feedback, when) of points that came after the letter had been opened."""
    at = func.max(FeedbackPunkt.sendt_at)
    return (
        _unseen(Feedback.fokusperson_id, MERE, Feedback.id, FeedbackPunkt.sendt_at, shown=at)
        .join(FeedbackPunkt, FeedbackPunkt.feedback_id == Feedback.id)
        .where(Feedback.lukket_at.is_(None), FeedbackPunkt.sendt_at > Feedback.laest_at)
        .group_by(Feedback.fokusperson_id, Feedback.id)
    )


def unseen_tak() -> Rows:
    """(observatør, feedback, kind, feedback, when) of thanks, while the observatør may still read."""
    return (
        _unseen(Feedback.observatoer_id, TAK, Feedback.id, Feedback.tak_at)
        .join(Observation, Observation.id == Feedback.observation_id)
        .where(or_(Observation.observatoer_indtil.is_(None), Observation.observatoer_indtil > clock.now()))
    )


def _unseen(
    person: InstrumentedAttribute[UUID],
    slags: str,
    row_id: InstrumentedAttribute[UUID],
    at: InstrumentedAttribute[datetime | None],
    *,
    shown: ColumnElement[datetime | None] | None = None,
) -> Rows:
    seen = and_(Laesning.feedback_id == Feedback.id, Laesning.person_id == person)
    wanted = select(person, Feedback.id, literal(slags), row_id, shown if shown is not None else at)
    return (
        wanted.select_from(Feedback)
        .outerjoin(Laesning, seen)
        .where(at > clock.now() - NYLIGT, or_(Laesning.set_at.is_(None), at > Laesning.set_at))
    )


def _in_words(rows: list[tuple[UUID, str, UUID, datetime]], viewer: Person) -> list[Nyt]:
    feedback = {row.id: row for row in db.session.scalars(_with_people([row[0] for row in rows]))}
    asked = select(Spoergsmaal.id, Spoergsmaal.punkt_id).where(Spoergsmaal.id.in_([row[2] for row in rows]))
    points = {row[0]: row[1] for row in db.session.execute(asked)}
    found = []
    for feedback_id, slags, row_id, at in rows:
        own = feedback[feedback_id]
        other = own.observatoer if own.fokusperson_id == viewer.id else own.fokusperson
        ord_, knap = ORD[slags]
        found.append(Nyt(feedback_id, slags, at, ord_.format(other.fornavn), knap, points.get(row_id)))
    return found


def _with_people(ids: list[UUID]) -> Select[Feedback]:
    return (
        select(Feedback)
        .where(Feedback.id.in_(ids))
        .options(joinedload(Feedback.fokusperson), joinedload(Feedback.observatoer))
    )
