"""Overwriting what was deleted, so that a byte search of the database's files finds nothing of it.

SQLite: `secure_delete` has zeroed the cells already; the write-ahead log is folded in and cut to nothing, and VACUUM
writes the file anew. PostgreSQL: the planner lets go of its samples of people's words, and VACUUM FULL writes
every table anew, the samples' own too; its write-ahead log goes when it is recycled.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from supervision.db import db
from supervision.privacy import privacy_map


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


SAMPLED = text(
    "SELECT s.tablename, s.attname, format_type(a.atttypid, a.atttypmod) FROM pg_stats s"
    " JOIN pg_attribute a ON a.attname = s.attname"
    " AND a.attrelid = (quote_ident(s.schemaname) || '.' || quote_ident(s.tablename))::regclass"
    " WHERE s.schemaname = current_schema()"
)
"""The columns that PostgreSQL has taken samples of, for its planner, and their types."""


def _postgres() -> None:
    words = {(navn, column) for navn, tabel in privacy_map().tabeller.items() for column in tabel.text}
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table, column, kind in connection.execute(SAMPLED).all():
            if (table, column) in words:  # a change of type, be it to the same, lets go of the samples
                connection.execute(text(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}'))
        connection.execute(text("VACUUM (FULL)"))
        connection.execute(text("CHECKPOINT"))
