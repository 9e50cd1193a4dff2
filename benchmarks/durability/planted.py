"""Bugs planted round the product, so that the checks can show that they see them. The product itself is not touched.

`answer-before-commit`: the receipt leaves at once, and the batch is stored a moment afterwards.
`no-unique-id`: the table of events has no key, and the insert does not look for what is there.
`no-sync`: SQLite commits without waiting for the disk (for fsync.py; a kill cannot show it, the page cache lives on).
"""

from __future__ import annotations

import re
from io import BytesIO
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection, event, text
from werkzeug.test import run_wsgi_app

from supervision import create_app
from supervision.db import db

from .databases import Installation

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FACTORIES = {
    "answer-before-commit": "answer_before_commit",
    "no-unique-id": "no_unique_id",
    "no-sync": "no_sync",
}
AHEAD = 1
"""How many batches may wait behind the one being stored: few, so that the bug is a small one."""
ON_CONFLICT = re.compile(r"ON CONFLICT \([^)]*\) DO NOTHING")
WITHOUT_KEY = {
    "sqlite": (
        "CREATE TABLE uden_noegle AS SELECT * FROM haendelse",
        "DROP TABLE haendelse",
        "ALTER TABLE uden_noegle RENAME TO haendelse",
    ),
    "postgresql": ("ALTER TABLE haendelse DROP CONSTRAINT pk_haendelse",),
}


def spoil_database(made: Installation, bug: str) -> None:
    """What a bug needs of the database before the server starts. Nothing for most."""
    if bug != "no-unique-id":
        return
    engine = made.engine()
    with engine.begin() as connection:
        for statement in WITHOUT_KEY[engine.dialect.name]:
            connection.execute(text(statement))
    engine.dispose()


def answer_before_commit() -> WSGIApplication:
    """The product behind a wrapper that answers for every batch before it is stored."""
    app = create_app()
    later: Queue[WSGIEnvironment] = Queue(maxsize=AHEAD)
    Thread(target=_store_later, args=(app, later), daemon=True).start()

    def wrapper(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].endswith("/haendelser"):
            return app(environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        later.put({**environ, "wsgi.input": BytesIO(body)})
        ids = [one["id"] for one in orjson.loads(body)["haendelser"]]
        start_response("200 OK", [("Content-Type", "application/json")])
        return [orjson.dumps({"gemt": ids, "konflikt": [], "afvist": []})]

    return wrapper


def no_unique_id() -> WSGIApplication:
    """The product, inserting whatever it is sent; the table must have lost its key (`spoil_database`)."""
    app = create_app()
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", _without_on_conflict, retval=True)
    return app


def no_sync() -> WSGIApplication:
    """The product on SQLite connections that were told not to wait for the disk."""
    app = create_app()
    with app.app_context():
        event.listen(db.engine, "connect", _careless)
    return app


def _store_later(app: WSGIApplication, later: Queue[WSGIEnvironment]) -> None:
    while True:
        run_wsgi_app(app, later.get(), buffered=True)


def _without_on_conflict(
    _connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any
) -> Any:
    if statement.startswith("INSERT INTO haendelse"):
        statement = ON_CONFLICT.sub("", statement)
    return statement, parameters


def _careless(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
