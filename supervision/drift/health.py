"""Whether this process is there, and whether it can do its work. Answers hold no data, and names of no tables."""

from __future__ import annotations

import shutil
from functools import cache
from typing import Final

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from supervision.db import db

MIN_FREE_BYTES: Final = 200 * 1024 * 1024
DATABASE, MIGRERET, PLADS = "database", "migreret", "plads"


def readiness() -> dict[str, bool]:
    """What work needs, each with whether it is so: the database answers, has the newest form, and the disk has room."""
    try:
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return {DATABASE: False, MIGRERET: False, PLADS: has_room()}
    return {DATABASE: True, MIGRERET: current == _head(current_app._get_current_object()), PLADS: has_room()}  # type: ignore[attr-defined]


def has_room() -> bool:
    """Whether at least 200 MB are free where the installation keeps its things."""
    return shutil.disk_usage(current_app.instance_path).free >= MIN_FREE_BYTES


@cache
def _head(app: Flask) -> str | None:
    return ScriptDirectory.from_config(app.extensions["migrate"].migrate.get_config()).get_current_head()
