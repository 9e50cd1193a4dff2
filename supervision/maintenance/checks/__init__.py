"""`supervision tjek`: each check looks at one thing, and says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from supervision import create_app
from supervision.config import Settings
from supervision.db import db
from supervision.drift.jobs import Koersel
from supervision.maintenance.checks import database, jobs, machine, settings
from supervision.maintenance.checks.findings import ADVARSEL, FEJL, OK, Finding
from supervision.problems import SettingsProblem

__all__ = ["ADVARSEL", "FEJL", "OK", "Finding", "examine"]


def examine(instance: Path, environ: Mapping[str, str]) -> list[Finding]:
    """Everything that can be looked at. What cannot work without the settings or the database is left out then.

    instance: the folder when the environment names none. Changes nothing but for what a start makes.
    """
    try:
        chosen = Settings.from_environment(instance, environ)
    except SettingsProblem as problem:
        return [
            Finding(FEJL, "indstillinger", problem.text, "Ret indstillingen, og kør supervision tjek igen.")
        ]
    app = create_app(chosen)
    found = [*settings.examine(chosen, environ), *machine.examine(chosen)]
    with app.test_request_context("/"):  # as a page that only reads: nobody's turn to write is taken
        try:
            found += database.examine(app)
            found += _jobs(chosen)
        except SQLAlchemyError as problem:
            found.append(
                _spoilt(problem)
                if isinstance(problem, DatabaseError) and not isinstance(problem, OperationalError)
                else Finding(
                    FEJL,
                    "database",
                    f"Der er ingen forbindelse til databasen ({type(problem.__cause__ or problem).__name__}).",
                    "Se efter, om den kører, og om DATABASE_URL har den rigtige vært, bruger og adgangskode.",
                )
            )
        finally:
            db.session.remove()
            db.engine.dispose()
    return found


def _jobs(chosen: Settings) -> list[Finding]:
    """Nothing where the database is of an older form: that is said already."""
    return list(jobs.examine(chosen)) if inspect(db.engine).has_table(Koersel.__tablename__) else []


def _spoilt(problem: DatabaseError) -> Finding:
    return Finding(
        FEJL,
        "database",
        f"Databasen er beskadiget ({type(problem.orig).__name__}).",
        "Stop systemet, og gendan den seneste gode kopi.",
    )
