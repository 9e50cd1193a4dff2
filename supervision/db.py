"""The database: engine, session, base class, column types, and the one place that commits.

Held against four known traps: SQLite's silent lost updates (BEGIN IMMEDIATE), cascades that fire during a batch
migration (see migrations/env.py), time zones dropped by SQLite (`UtcDateTime`), and the WAL-reset bug of SQLite
libraries before 3.51.3 (`sqlite_journal`).
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from threading import Event, Lock
from typing import Annotated, Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

from flask import Flask, has_request_context, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.orm import DeclarativeBase, mapped_column

from supervision.config import Settings

P = ParamSpec("P")
R = TypeVar("R")

LOCK_TIMEOUT_MS = 10_000
CONNECTIONS = 32
"""As many as the server has threads, so that nobody waits for a connection while others wait for their turn."""
WRITES = "writes"
"""In a connection's execution options: it writes, though the request it belongs to only reads."""
TURN = "turn"
"""In a connection's info: whether it has the turn to write."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every engine. Raises ValueError when given a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must carry its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model."""

    metadata = metadata
    type_annotation_map = {datetime: UtcDateTime(), UUID: Uuid()}


UuidKey = Annotated[UUID, mapped_column(Uuid(), primary_key=True, default=uuid4)]
"""A random primary key that can stand in an address without telling how many there are."""

db = SQLAlchemy(metadata=metadata, disable_autonaming=True)
migrate = Migrate(db=db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the application to its database."""
    if settings.database_url.startswith("sqlite"):
        driver = sqlite_driver()
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "module": driver,
            "connect_args": {"check_same_thread": False},
        }
        if settings.database_url != "sqlite://":  # One in memory has one connection.
            app.config["SQLALCHEMY_ENGINE_OPTIONS"]["pool_size"] = CONNECTIONS
    else:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": True, "pool_size": CONNECTIONS}
    db.init_app(app)
    migrate.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)


before_commit: list[Callable[[Any], None]] = []
"""Called with the answer of a view that changes something, in its transaction, just before the commit."""


def writing_engine() -> Engine:
    """The engine for a transaction of its own that writes: let go of the session's own transaction first, since in
    the rollback journal a reader that stays keeps every writer waiting."""
    return db.engine.execution_options(**{WRITES: True})


def commits(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that changes something: one commit when it returns, a rollback when it raises."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            answer = view(*args, **kwargs)
            for act in before_commit:
                act(answer)
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        return answer

    wrapper.commits = True  # type: ignore[attr-defined]
    return wrapper


def sqlite_driver() -> Any:
    """The newest SQLite at hand: `pysqlite3` when it is installed and newer than Python's own."""
    try:
        import pysqlite3
    except ImportError:
        return sqlite3
    return pysqlite3 if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info else sqlite3


def sqlite_journal(version: Sequence[int]) -> tuple[str, str]:
    """(journal_mode, synchronous) that keep an answered commit on disk with this SQLite library.

    WAL loses data with two connections before 3.51.3, but for the mended 3.50.7 and 3.44.6 (sqlite.org, WAL-reset
    bug); there the rollback journal with an extra sync of the folder is used. In WAL only FULL has the commit on disk.
    """
    found = tuple(version[:3])
    mended = found >= (3, 51, 3) or (3, 50, 7) <= found < (3, 51) or (3, 44, 6) <= found < (3, 45)
    return ("WAL", "FULL") if mended else ("DELETE", "EXTRA")


def prepare_sqlite(engine: Engine) -> None:
    """Set each connection up, and let every transaction that may write take its lock at once."""
    dbapi: Any = engine.dialect.loaded_dbapi
    journal, synchronous = sqlite_journal(dbapi.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={LOCK_TIMEOUT_MS}",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"journal_mode={journal}",
            f"synchronous={synchronous}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    turns = Turns()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        if _only_reads() and not connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql("BEGIN")
            return
        if TURN not in connection.info:
            connection.info[TURN] = turns.take(LOCK_TIMEOUT_MS / 1000)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def _give_turn(_connection: Any, record: Any, *_why: Any) -> None:
        if record.info.pop(TURN, False):
            turns.give()

    event.listen(engine, "checkin", _give_turn)
    event.listen(engine, "invalidate", _give_turn)


class Turns:
    """Whoever will write waits for their turn here, first come first served.

    SQLite lets those who wait ask again and again, and whoever asks at the right moment gets the lock: under load some
    wait for seconds while others pass them. Other processes still meet at SQLite's own lock.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Event] = deque()
        self._taken = False

    def take(self, timeout_s: float) -> bool:
        """Wait for the turn. False when it did not come in time: then SQLite's own lock decides."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(timeout_s):
            return True
        with self._guard:
            if mine.is_set():
                return True
            self._waiting.remove(mine)
        return False

    def give(self) -> None:
        """Let the next one have it."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


def _only_reads() -> bool:
    return has_request_context() and request.method in ("GET", "HEAD", "OPTIONS")
