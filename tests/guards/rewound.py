"""A database that is put back after each act, and what the act wrote in it; for one process alone (`one_process`)."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawling import ID
from flask import Flask
from sqlalchemy import event

from supervision.db import db

TRACES = re.compile(r"(INTO|UPDATE) (adgang|adgangsforsoeg|indlogning)\b|FROM (adgang|adgangsforsoeg)\b")
"""Who has seen what, and when somebody was last there: written once in a while, whatever is sent."""


class Rewound:
    """A SQLite file that is put back as it was after whatever wrote in it, and a note of what was written."""

    def __init__(self, app: Flask, keep: Path) -> None:
        self.app, self.keep, self.file = app, keep, Path(app.instance_path) / "supervision.db"
        with app.app_context():
            self.known = {
                word
                for table in db.metadata.sorted_tables
                for row in db.session.execute(table.select())
                for word in ID.findall(" ".join(map(str, row)))
            }
        self.stay()

    def after(self, act: Callable[[], int], *, traces: bool = False) -> tuple[int, Counter[str]]:
        """What answered, and what it wrote: each statement with what was put in it, but for what is by chance.

        traces: also who was there and when, which is otherwise left out.
        """
        written: Counter[str] = Counter()

        touched = []

        def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
            if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
                touched.append(statement)
                if traces or not TRACES.search(statement):
                    told = self._told(given)
                    if "brugt_s" in statement:  # a clock that runs meanwhile
                        told = re.sub(r"\b\d{1,4}\b", "seconds", told)
                    written[f"{statement} {told}"] += 1

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            status = act()
        finally:
            event.remove(engine, "before_cursor_execute", note)
        if touched:
            self._put_back()
        return status, written

    @contextmanager
    def from_here(self) -> Iterator[None]:
        """Inside: what is put in first is put back each time; at the end all is as it was before."""
        before, self.keep = self.keep, self.keep.with_name("here.db")
        try:
            yield
        finally:
            self.keep = before
            self._put_back()

    def stay(self) -> None:
        """From now on, and to the end of `from_here`, the file is put back as it is now."""
        self._close()
        shutil.copy(self.file, self.keep)

    def _put_back(self) -> None:
        self._close()
        for more in self.file.parent.glob("supervision.db-*"):
            more.unlink()
        shutil.copy(self.keep, self.file)

    def _told(self, given: Any) -> str:
        """Values without moments, sums and ids that were made just now."""
        told = re.sub(
            r"\b([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\b",
            r"\1-\2-\3-\4-\5",
            repr(given),
        )
        told = ID.sub(lambda match: match[0] if match[0] in self.known else "new", told)
        told = re.sub(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d+|\b\d{10}\.\d+\b", "moment", told)
        return re.sub(r"\b[0-9a-f]{64}\b|\$argon2[^']*|\b[\w-]{43}\b|\begen_[0-9a-f]{8}\b", "by chance", told)

    def _close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
