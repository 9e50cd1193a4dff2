"""What stands beside the product under load, on the product's own server with as many threads.

`/tom` answers an empty POST. `/orm` stores a batch as one would write it first: an object a row, asked for and added, a
transaction a request. `/raa` stores it by `sqlite3` alone with the product's key, journal and sync, a commit a request.

Run as a module it serves: `python -m benchmarks.bare_server PORT FOLDER`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Lock
from uuid import uuid4

import orjson
from flask import Flask, request
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from supervision.db import sqlite_driver, sqlite_journal
from supervision.server import THREADS

from .durability.databases import Installation
from .durability.server import HOST, Server

FOLDER = "BENCHMARK_FOLDER"
TABLE = (
    "CREATE TABLE haendelse (observation_id TEXT, id TEXT, nr INT, t_ms INT, spor TEXT, kode TEXT, modtaget_at TEXT,"
    " PRIMARY KEY (observation_id, id)) WITHOUT ROWID"
)
INSERT = "INSERT INTO haendelse VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"


class Base(DeclarativeBase):
    """Of the naive table."""


class Naiv(Base):
    """An event with a random key of its own."""

    __tablename__ = "naiv"

    id: Mapped[str] = mapped_column(primary_key=True)
    log: Mapped[str] = mapped_column(index=True)
    nr: Mapped[int]
    t_ms: Mapped[int]
    spor: Mapped[str]
    kode: Mapped[str]


class BareServer(Server):
    """The server of this module, on a free port."""

    def __init__(self, made: Installation, folder: Path, prefix: tuple[str, ...] = ()) -> None:
        super().__init__(made)
        self._command = [*prefix, sys.executable, "-m", "benchmarks.bare_server", str(self.port), str(folder)]


def create_app() -> Flask:
    """The application, with its two databases in the folder of the environment."""
    folder = Path(os.environ[FOLDER])
    app = Flask("bare")
    _empty(app)
    _orm(app, folder)
    _raw(app, folder)
    return app


def _empty(app: Flask) -> None:
    @app.post("/tom")
    def tom() -> str:
        return ""


def _orm(app: Flask, folder: Path) -> None:
    engine = create_engine(
        f"sqlite:///{folder / 'orm.sqlite3'}", module=sqlite_driver(), pool_size=THREADS, pool_timeout=60
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: object, _record: object) -> None:
        _durable(connection)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    Base.metadata.create_all(engine)

    @app.post("/orm/<log>")
    def orm(log: str) -> str:
        with Session(engine) as session:
            for one in orjson.loads(request.get_data())["haendelser"]:
                if session.get(Naiv, one["id"]) is None:
                    session.add(Naiv(log=log, **one))
                    session.flush()
            session.commit()
        return ""


def _raw(app: Flask, folder: Path) -> None:
    connection = sqlite_driver().connect(folder / "raa.sqlite3", check_same_thread=False)
    _durable(connection)
    connection.execute(TABLE)
    turn = Lock()

    @app.post("/raa/<log>")
    def raa(log: str) -> str:
        rows = [
            (log, one["id"], one["nr"], one["t_ms"], one["spor"], one["kode"], "2026-03-02")
            for one in orjson.loads(request.get_data())["haendelser"]
        ]
        with turn:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(INSERT, rows)
            connection.execute("COMMIT")
        return str(uuid4())


def _durable(connection: object) -> None:
    driver = sqlite_driver()
    journal, synchronous = sqlite_journal(driver.sqlite_version_info)
    connection.isolation_level = None  # type: ignore[attr-defined]
    for pragma in ("busy_timeout=60000", f"journal_mode={journal}", f"synchronous={synchronous}"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def serve(port: int, folder: str) -> None:
    """Serve as the product does."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ[FOLDER] = folder
    Granian(
        "benchmarks.bare_server:create_app",
        factory=True,
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2])
