"""What the tests of the administrator's pages share: reading pages and database, counting questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask
from second_process import alone
from sqlalchemy import event, select

from supervision.db import db
from supervision.history import Historik
from supervision.personer.models import Person, Rolletildeling, Team


def words(page: Any) -> str:
    """The text of a page's main part, on one line."""
    body = page.get_data(as_text=True).split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#34;", '"').split())


def field_error(page: Any, field: str) -> str:
    """What stands as the error of one field; empty when there is none."""
    source = page.get_data(as_text=True)
    start = source.find(f'id="{field}-error"')
    return source[start:].split("Fejl: </span>")[1].split("</span>")[0] if start >= 0 else ""


def person_of(app: Flask, email: str) -> dict[str, Any] | None:
    """One person as the database has them now."""
    with app.app_context():
        person = db.session.scalar(select(Person).where(Person.email == email))
        if person is None:
            return None
        return {
            "id": person.id,
            "navn": person.navn,
            "organisation": person.organisation_id,
            "active": person.active,
            "password": person.password,
            "uniquifier": person.fs_uniquifier,
        }


def roles_of(app: Flask, person_id: UUID) -> list[tuple[str, str, date, date | None]]:
    """(role, team name, first day, first day without) in the order of their beginning."""
    with app.app_context():
        rows = db.session.execute(
            select(Rolletildeling, Team.navn)
            .outerjoin(Team, Team.id == Rolletildeling.team_id)
            .where(Rolletildeling.person_id == person_id)
            .order_by(Rolletildeling.fra, Rolletildeling.rolle, Team.navn)
        )
        return [(row.rolle, navn or "", row.fra, row.til) for row, navn in rows]


def noted(app: Flask, genstand: str) -> list[str]:
    """The verbs in the history about one kind of thing, in order."""
    with app.app_context():
        rows = db.session.scalars(
            select(Historik).where(Historik.genstand == genstand).order_by(Historik.at, Historik.handling)
        )
        return [row.handling for row in rows]


def count_of(app: Flask, model: Any) -> int:
    """How many rows a table has."""
    with app.app_context():
        return db.session.query(model).count()


@contextmanager
def questions(app: Flask) -> Iterator[list[str]]:
    """The statements that are sent to the database inside the block."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        with alone(app):
            yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
