"""The journal of deletions: ids alone, in a file beside the database, never in it and never in a backup of it.

A backup holds what was deleted after it was taken. When it is restored, this file says what has to go again. A line is
on the disk before the deletion is committed, so that no crash can lose it; one that was cut off is passed over.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

FILE = "sletninger.jsonl"


@dataclass(frozen=True, slots=True)
class Sletning:
    """One deletion. slags: the table whose row went (`person`, `feedback_kontrakt`, `observation`)."""

    at: str
    slags: str
    id: UUID


def journal_of(instance: Path) -> Path:
    """Where an installation's journal lies."""
    return instance / FILE


def append(journal: Path, slags: str, id: UUID, at: datetime) -> None:
    """Add a line and wait until it is on the disk."""
    new = not journal.exists()
    handle = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps({"at": at.isoformat(timespec="seconds"), "slags": slags, "id": str(id)}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        _sync_folder(journal.parent)


def read(journal: Path) -> list[Sletning]:
    """Every deletion, the first one first; no file: none."""
    if not journal.exists():
        return []
    found = []
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
            found.append(Sletning(row["at"], row["slags"], UUID(row["id"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
