"""Overwriting what was deleted, so that a byte search of the database's files finds nothing of it.

SQLite: `secure_delete` has zeroed the cells already; the write-ahead log is folded in and cut to nothing, and VACUUM
writes the file anew. PostgreSQL: VACUUM FULL writes the tables anew; its own write-ahead log goes when it is recycled.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from supervision.db import db


def overwrite_deleted() -> bool:
    """Write the database anew. False when somebody else was at it: the next night does it. Ends the session."""
    db.session.remove()
    try:
        if db.engine.dialect.name == "sqlite":
            _sqlite()
        else:
            _postgres()
    except Exception as problem:  # the driver of SQLite raises its own kinds
        if isinstance(problem, DBAPIError) or type(problem).__name__ == "OperationalError":
            return False
        raise
    return True


def _sqlite() -> None:
    raw = db.engine.raw_connection()
    try:
        driver: Any = raw.dbapi_connection
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            driver.execute(statement).fetchall()
    finally:
        raw.close()


def _postgres() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM (FULL)"))
        connection.execute(text("CHECKPOINT"))
