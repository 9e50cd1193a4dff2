"""Sentences as CSV: in `id,tekst` (comma or semicolon, UTF-8 with or without BOM), out `id,label,forklaring`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO, Final, TextIO

from supervision.observationer.formats import FileProblem, Reading, read_header, read_records

REQUIRED: Final = ("id", "tekst")
WRITTEN: Final = ("id", "label", "forklaring")
MAX_TEKST: Final = 20_000


def read_saetninger(stream: BinaryIO) -> list[tuple[str, str]]:
    """(id, tekst) of each row, in the order of the file; columns in any order, others are left unread.

    Raises `FileRefused` with every problem found (at most MAX_PROBLEMS): a missing column, an empty or doubled id,
    an empty or far too long text, a row of another width, bytes that are not UTF-8.
    """
    return _Reader().read(stream)


def write_domme(rows: Iterable[tuple[str, str, str]], out: TextIO) -> None:
    """Write (id, label, forklaring), comma separated, a header first, one line each."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(WRITTEN)
    writer.writerows(rows)


class _Reader(Reading):
    def __init__(self) -> None:
        super().__init__()
        self.lines_of: dict[str, int] = {}

    def read(self, stream: BinaryIO) -> list[tuple[str, str]]:
        lines = self.lines(stream)
        delimiter, columns = read_header(next(lines, ""))
        self._check_columns(columns)
        rows = [
            row
            for line, cells in read_records(lines, delimiter, on_problem=self.note)
            if any(cells) and (row := self._row(line, columns, cells))
        ]
        self.refuse_what_is_wrong()
        return rows

    def _check_columns(self, names: list[str]) -> None:
        counted = Counter(names)
        for name in REQUIRED:
            if not counted[name]:
                self.note(FileProblem(1, name, "Kolonnen mangler i overskriften."))
            elif counted[name] > 1:
                self.note(FileProblem(1, name, "Kolonnen står der flere gange."))
        self.refuse_what_is_wrong()

    def _row(self, line: int, columns: list[str], cells: list[str]) -> tuple[str, str] | None:
        if len(cells) != len(columns):
            text = f"Rækken har {len(cells)} felter, men overskriften har {len(columns)}."
            self.note(
                FileProblem(line, "", f"{text} Sæt en tekst med komma eller semikolon i anførselstegn.")
            )
            return None
        given = dict(zip(columns, cells, strict=True))
        ident, tekst = given["id"].strip(), given["tekst"].strip()
        self._check(line, ident, tekst)
        return ident, tekst

    def _check(self, line: int, ident: str, tekst: str) -> None:
        if not ident:
            self.note(FileProblem(line, "id", "Feltet er tomt. Giv sætningen et id."))
        elif ident in self.lines_of:
            text = (
                f"»{ident[:40]}« står også på linje {self.lines_of[ident]}. Hvert id må kun bruges én gang."
            )
            self.note(FileProblem(line, "id", text))
        self.lines_of.setdefault(ident, line)
        if not tekst:
            self.note(FileProblem(line, "tekst", "Feltet er tomt. Skriv en sætning, eller slet rækken."))
        elif len(tekst) > MAX_TEKST:
            text = f"Teksten er på {len(tekst)} tegn, men må højst være på {MAX_TEKST}."
            self.note(FileProblem(line, "tekst", text))
