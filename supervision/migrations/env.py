"""Runs the migrations: foreign keys off while SQLite's tables are rebuilt, checked afterwards.

Alembic rebuilds a SQLite table by copy, drop and rename; with foreign keys on, the drop would cascade to every child
row. So they are switched off before the transaction begins, and `foreign_key_check` must find nothing before it ends.
"""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from supervision.db import db


def run() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:  # a restore: in its transaction, on PostgreSQL
        _migrate(given, sqlite=False)
        return
    engine = db.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            _foreign_keys(connection, on=False)
        try:
            _migrate(connection, sqlite=sqlite)
        finally:
            if sqlite:
                _foreign_keys(connection, on=True)


def _migrate(connection: Connection, *, sqlite: bool) -> None:
    options = current_app.extensions["migrate"].configure_args
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        transaction_per_migration=True,
        transactional_ddl=True,
        **options,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        connection.rollback()
        if broken:
            raise RuntimeError(f"foreign keys broken after migration: {broken[:5]}")


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


run()
