"""When each job of the night last went well: a small file each in the instance folder, which `supervision tjek`
reads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from supervision import clock

FOLDER = "jobs"


def note_success(instance: Path, name: str) -> None:
    """Write down that the job went well now. Nothing when the folder cannot be written: the job itself was done."""
    folder = instance / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(clock.now().isoformat(timespec="seconds") + "\n")
    except OSError:
        return


def last_success(instance: Path, name: str) -> datetime | None:
    """When it last went well on this machine, or None."""
    try:
        return datetime.fromisoformat((instance / FOLDER / name).read_text().strip())
    except (OSError, ValueError):
        return None
