"""The machine: disk, folder and backups."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from supervision import clock
from supervision.config import Settings
from supervision.danish import tidspunkt
from supervision.maintenance.backup import list_backups
from supervision.maintenance.checks.findings import ADVARSEL, FEJL, OK, Finding
from supervision.maintenance.kopi import Damaged, open_kopi

MB = 1 << 20
ROOM_LEAST, ROOM_WANTED = 200 * MB, 1000 * MB
A_DAY = timedelta(hours=26)
A_WEEK = timedelta(days=7)


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything about the machine and what runs on it."""
    yield _room(settings)
    yield _folder(settings)
    yield from _backups(settings)


def _room(settings: Settings) -> Finding:
    folder = settings.instance_path
    free = shutil.disk_usage(folder).free
    said = f"{free // MB} MB ledig i {folder}."
    if free < ROOM_LEAST:
        return Finding(FEJL, "diskplads", said, "Skaf plads nu: uden plads kan intet gemmes.")
    if free < ROOM_WANTED:
        return Finding(ADVARSEL, "diskplads", said, "Skaf plads: en sikkerhedskopi skal kunne ligge der.")
    return Finding(OK, "diskplads", said)


def _folder(settings: Settings) -> Finding:
    if os.name == "nt":
        return Finding(
            OK, "mappens rettigheder", "Se dem efter i Windows: kun tjenestens bruger må læse mappen."
        )
    path = settings.instance_path
    mode = path.stat().st_mode
    if mode & stat.S_IRWXO:
        return Finding(
            FEJL, "mappens rettigheder", f"Alle på maskinen kan se i {path}.", f"Kør: chmod 700 {path}"
        )
    if mode & stat.S_IWGRP:
        return Finding(
            ADVARSEL, "mappens rettigheder", f"Gruppen kan skrive i {path}.", f"Kør: chmod 700 {path}"
        )
    return Finding(OK, "mappens rettigheder", "Kun tjenesten kan se i den.")


def _backups(settings: Settings) -> Iterator[Finding]:
    found = list_backups(settings.backup_dir)
    if not found:
        yield Finding(
            FEJL,
            "sikkerhedskopi",
            f"Der er ingen i {settings.backup_dir}.",
            "Kør supervision sikkerhedskopi hver nat.",
        )
        return
    newest, at = found[-1]
    said = f"Den nyeste er fra {tidspunkt(at)}."
    age = clock.now() - at
    if age > A_WEEK:
        yield Finding(FEJL, "sikkerhedskopi", said, "Se efter, hvorfor jobbet ikke kører.")
    elif age > A_DAY:
        yield Finding(
            ADVARSEL, "sikkerhedskopi", said, "Den skal laves hver nat. Se efter, hvorfor jobbet ikke kører."
        )
    else:
        yield Finding(OK, "sikkerhedskopi", said)
    yield from _sound(newest)
    if settings.backup_dir.stat().st_dev == settings.instance_path.stat().st_dev:
        yield Finding(
            ADVARSEL,
            "sikkerhedskopi",
            "Kopierne ligger på samme disk som instance-mappen.",
            "Sæt BACKUP_DIR til en anden disk, eller hent dem til en anden maskine hver nat.",
        )


def _sound(newest: Path) -> Iterator[Finding]:
    try:
        with open_kopi(newest):
            return
    except Damaged as problem:
        yield Finding(FEJL, "sikkerhedskopi", problem.text, "Kør supervision sikkerhedskopi nu.")
