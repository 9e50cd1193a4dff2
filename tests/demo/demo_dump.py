"""The whole database as plain values, and the days that the tests of the demo stand on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from supervision.config import Settings, database_url
from supervision.db import db

Dump = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
WEEK = timedelta(weeks=1)


def dump() -> Dump:
    """Table -> primary key -> the whole row."""
    found: Dump = {}
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(select(table)).mappings()
        found[table.name] = {
            tuple(row[column.name] for column in table.primary_key): dict(row) for row in rows
        }
    db.session.remove()
    return found


def settings_in(folder: Path) -> Settings:
    """Settings of a test installation on SQLite."""
    return Settings(folder, database_url("", folder), "a secret of the tests", testing=True)
