"""The database: its version and schema, whether it is whole, its clock, and who can sign in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, text

from supervision import clock
from supervision.danish import antal
from supervision.db import CONNECTIONS, db, sqlite_driver, sqlite_journal
from supervision.history import Historik
from supervision.maintenance.checks.findings import ADVARSEL, FEJL, OK, Finding
from supervision.maintenance.migrating import schema_versions
from supervision.personer.models import Person
from supervision.personer.rules import ADMINISTRATOR

DEMO_END = "@demo.example"
CLOCK_OFF = timedelta(seconds=10)
OLDEST_POSTGRES = 14


def examine(app: Flask) -> Iterator[Finding]:
    """Everything about the database. Raises SQLAlchemy's errors when there is no contact."""
    sqlite = db.engine.dialect.name == "sqlite"
    file = Path(str(db.engine.url.database)) if sqlite else None
    if file is not None and not file.exists():
        yield Finding(FEJL, "database", f"Der er ingen database i {file}.", "Kør supervision migrer.")
        return
    yield from _sqlite(file) if file is not None else _postgres()
    current, head = schema_versions(app)
    if current != head:
        yield Finding(
            FEJL,
            "skema",
            f"Databasen er på {current or 'intet'}, systemet på {head}.",
            "Kør supervision migrer.",
        )
        return
    yield Finding(OK, "skema", f"Nyeste form ({head}).")
    yield _clock()
    yield _administrator()
    yield from _demo()


def _sqlite(file: Path) -> Iterator[Finding]:
    driver = sqlite_driver()
    version = driver.sqlite_version
    if sqlite_journal(driver.sqlite_version_info)[0] == "WAL":
        yield Finding(OK, "SQLite", f"Version {version}.")
    else:
        yield Finding(
            ADVARSEL,
            "SQLite",
            f"Version {version} har en fejl i WAL; derfor bruges den langsommere rollback-journal. Intet går tabt.",
            "Installer pysqlite3, eller brug en Python med SQLite 3.51.3 eller nyere.",
        )
    found = str(db.session.scalar(text("PRAGMA integrity_check")))
    if found == "ok":
        yield Finding(OK, "database", "Filen er hel.")
    else:
        yield Finding(
            FEJL,
            "database",
            f"Filen er beskadiget: {found}.",
            "Stop systemet, og gendan den seneste gode kopi.",
        )
    if os.name != "nt" and file.stat().st_mode & stat.S_IRWXO and file.parent.stat().st_mode & stat.S_IXOTH:
        yield Finding(
            ADVARSEL,
            "database",
            f"Filen {file} må læses af alle, der kan nå mappen.",
            f"Kør: chmod 600 {file}",
        )


def _postgres() -> Iterator[Finding]:
    number = int(str(db.session.scalar(text("SHOW server_version_num"))))
    most = int(str(db.session.scalar(text("SHOW max_connections"))))
    if number // 10_000 < OLDEST_POSTGRES:
        yield Finding(
            ADVARSEL,
            "PostgreSQL",
            f"Version {number // 10_000} er gammel.",
            f"Brug {OLDEST_POSTGRES} eller nyere.",
        )
    else:
        yield Finding(OK, "PostgreSQL", f"Version {number // 10_000}, højst {most} forbindelser.")
    if most < CONNECTIONS + 10:
        yield Finding(
            FEJL,
            "PostgreSQL",
            f"Der er plads til {most} forbindelser, og én proces kan bruge {CONNECTIONS}.",
            f"Sæt max_connections til mindst {CONNECTIONS} for hver proces og 10 mere.",
        )


def _clock() -> Finding:
    newest = db.session.scalar(select(func.max(Historik.at)))
    if newest is not None and newest > clock.now() + CLOCK_OFF:
        return Finding(
            FEJL,
            "ur",
            "Der er gemt noget senere end nu: maskinens ur er stillet tilbage.",
            "Ret uret, og slå NTP til.",
        )
    if db.engine.dialect.name == "postgresql":
        there = db.session.scalar(text("SELECT clock_timestamp()"))
        assert isinstance(there, datetime)
        if abs(there.astimezone(UTC) - clock.now()) > CLOCK_OFF:
            return Finding(
                FEJL, "ur", "Databasens ur og maskinens er ikke ens.", "Slå NTP til på begge maskiner."
            )
    return Finding(OK, "ur", "Går ikke bagud for det, der er gemt.")


def _administrator() -> Finding:
    people = db.session.scalars(select(Person).where(Person.active))
    number = sum(person.har_rolle(ADMINISTRATOR) and person.password is not None for person in people)
    if number == 0:
        return Finding(
            FEJL,
            "administrator",
            "Ingen administrator kan logge ind.",
            "Kør supervision opret-administrator.",
        )
    return Finding(OK, "administrator", antal(number, "Én administrator", "administratorer") + ".")


def _demo() -> Iterator[Finding]:
    demo = db.session.scalar(select(func.count()).where(Person.email.endswith(DEMO_END), Person.active)) or 0
    others = db.session.scalar(select(func.count()).where(~Person.email.endswith(DEMO_END))) or 0
    if demo and others:
        yield Finding(
            FEJL,
            "demo",
            f"{antal(demo, 'Én demoperson', 'demopersoner')} kan logge ind ved siden af rigtige mennesker.",
            "Luk dem under Administration: deres adgangskode kendes af alle.",
        )
    elif demo:
        yield Finding(ADVARSEL, "demo", "Det er en demo.", "Skriv ikke rigtige oplysninger i den.")
    else:
        yield Finding(OK, "demo", "Ingen demopersoner.")
