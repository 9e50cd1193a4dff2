"""How many questions an act asks the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from second_process import alone
from sqlalchemy import event

from supervision import adgangslog
from supervision.db import db


def count_queries(app: Flask, act: Callable[[], Any]) -> int:
    """The number of statements sent while `act` runs, the access log's among them each time."""
    adgangslog.forget()
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        with alone(app):
            act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)
