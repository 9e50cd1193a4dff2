"""Closed accounts: when each was closed, and which have been so for as long as their organisation keeps them.

A person is closed and opened again by an administrator (`personer.actions.people`); the history says when.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from supervision import clock
from supervision.db import db
from supervision.history import Historik
from supervision.personer.models import Organisation, Person
from supervision.rettigheder import rules
from supervision.rettigheder.queries.opbevaring import dage_for

KLASSE = "lukkede"


def list_lukkede(now: datetime) -> list[UUID]:
    """Everybody whose account is due to go at this moment, of all organisations."""
    found: list[UUID] = []
    for organisation_id in db.session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
        before = rules.graense(now, dage_for(organisation_id)[KLASSE])
        found += db.session.scalars(_closed_before(organisation_id, before))
    return found


def count_lukkede(organisation_id: UUID, before: datetime) -> int:
    """How many of the organisation's accounts were closed before then, and have been since."""
    closed = _closed_before(organisation_id, before).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(closed)) or 0


def find_lukket(person: Person) -> tuple[date, date] | None:
    """(the Danish day the account was closed, the day from which the night erases it); None while it is open."""
    at = db.session.scalar(select(_last_closed().where(Historik.genstand_id == person.id).subquery().c.at))
    if person.active or at is None:
        return None
    due = at + timedelta(days=dage_for(person.organisation_id)[KLASSE])
    return clock.local(at).date(), clock.local(due).date()


def _closed_before(organisation_id: UUID, before: datetime) -> Select[UUID]:
    closed = _last_closed().subquery()
    return (
        select(Person.id)
        .join(closed, closed.c.genstand_id == Person.id)
        .where(Person.organisation_id == organisation_id, Person.slettet_at.is_(None))
        .where(Person.active.is_(False), closed.c.at < before)
        .order_by(Person.id)
    )


def _last_closed() -> Select[UUID, datetime]:
    """Whom -> when last. These rows of the history are never tidied away (`opbevaring._of_the_past`)."""
    return (
        select(Historik.genstand_id, func.max(Historik.at).label("at"))
        .where(Historik.genstand == Person.__tablename__, Historik.handling == "luk")
        .group_by(Historik.genstand_id)
    )
