"""Event logs as CSV: UTF-8, comma or semicolon, header `observation,observatoer[,id][,nr],t_ms,spor,kode`.

Columns and rows come in any order. Texts are taken as they are: no formula prefix is added or removed, so
that a log survives the way out and in. So what is written here is for machines; what a person opens in a
spreadsheet is written by `regneark`.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final, TextIO
from uuid import UUID

from supervision.observationer.formats import (
    FileProblem,
    LogName,
    LogRow,
    Progress,
    Reading,
    made_id,
    navn_problems,
    read_header,
    read_records,
)
from supervision.observationer.rules import FELTER, SPOR_NAVNE, FieldProblem, check_haendelse, list_problems

REQUIRED: Final = ("observation", "observatoer", "t_ms", "spor", "kode")
COLUMNS: Final = ("observation", "observatoer", "id", "nr", "t_ms", "spor", "kode")
PROGRESS_EVERY: Final = 1000

_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]+")
# A space after the comma is no part of a code; in notes and unknown tracks every character is kept.
_TRIMMED: Final = frozenset(SPOR_NAVNE) - {"note"}


def read_csv(stream: BinaryIO, *, progress: Progress | None = None) -> Iterator[LogRow]:
    """Yield the rows of a CSV file of event logs, in the order of the file.

    A row without `id` gets one that is made from observation, observatoer, t_ms, spor, kode and its number
    among equal rows: reading the same file again gives the same ids. Without the column `nr` a row's number
    within its log (from 1) is its `nr`. The same event twice in a log is yielded once.

    Raises `FileRefused`, at the latest when the file is read to its end: whoever stores rows on the way must
    throw them away then. From the first problem on nothing more is yielded.
    """
    return _Reader(progress).read(stream)


def read_logs(stream: BinaryIO, *, progress: Progress | None = None) -> dict[LogName, list[LogRow]]:
    """The whole file as rows per (observation, observatoer), sorted by both. Raises `FileRefused`."""
    logs: dict[LogName, list[LogRow]] = {}
    for row in read_csv(stream, progress=progress):
        logs.setdefault((row.observation, row.observatoer), []).append(row)
    return dict(sorted(logs.items()))


def write_csv(rows: Iterable[LogRow], out: TextIO) -> None:
    """Write all columns, comma separated, CRLF. `out` is opened with `newline=""` and UTF-8."""
    csv.writer(out).writerow(COLUMNS)
    write_rows(rows, out)


def write_rows(rows: Iterable[LogRow], out: TextIO) -> None:
    """The same without the header."""
    writer = csv.writer(out)
    for row in rows:
        h = row.haendelse
        writer.writerow((row.observation, row.observatoer, h.id, h.nr, h.t_ms, h.spor, h.kode))


class _Reader(Reading):
    def __init__(self, progress: Progress | None) -> None:
        super().__init__(progress)
        self.rows = 0
        self.rows_in_log: Counter[LogName] = Counter()
        self.equal_rows: dict[UUID, int] = {}
        self.seen: dict[LogName, dict[UUID, tuple[int, int]]] = {}

    def read(self, stream: BinaryIO) -> Iterator[LogRow]:
        lines = self.lines(stream)
        delimiter, columns = read_header(next(lines, ""))
        self._check_columns(columns)
        for line, cells in read_records(lines, delimiter, on_problem=self.note):
            if any(cells):
                row = self._row(line, columns, cells)
                if row and not self.problems:
                    yield row
        self.progress(self.bytes_read, self.rows)
        self.refuse_what_is_wrong()

    def _check_columns(self, names: list[str]) -> None:
        for name in REQUIRED:
            if name not in names:
                self.note(FileProblem(1, name, "Kolonnen mangler i overskriften."))
        for name, times in Counter(names).items():
            if name not in COLUMNS:
                self.note(FileProblem(1, name[:40], "Kolonnen kender vi ikke. Slet den, eller ret navnet."))
            elif times > 1:
                self.note(FileProblem(1, name, "Kolonnen står der flere gange."))
        self.refuse_what_is_wrong()

    def _row(self, line: int, columns: list[str], cells: list[str]) -> LogRow | None:
        self.rows += 1
        if self.rows % PROGRESS_EVERY == 0:
            self.progress(self.bytes_read, self.rows)
        if len(cells) != len(columns):
            text = f"Linjen har {len(cells)} felter; overskriften har {len(columns)}."
            self.note(FileProblem(line, "", text))
            return None
        row = dict(zip(columns, cells, strict=True))
        names = (row["observation"].strip(), row["observatoer"].strip())
        raw = self._raw(names, row)
        found = [FileProblem(line, field, text) for field, text in navn_problems(names)]
        try:
            h = check_haendelse(raw)
        except FieldProblem:
            found += [FileProblem(line, problem.field, problem.text) for problem in list_problems(raw)]
        for problem in found:
            self.note(problem)
        if found:
            return None
        new = LogRow(*names, h, line)
        return self._once(new, has_nr="nr" in row) if row.get("id") else new

    def _raw(self, names: LogName, row: Mapping[str, str]) -> dict[str, object]:
        self.rows_in_log[names] += 1
        spor = row["spor"].strip()
        raw: dict[str, object] = {
            "nr": _number(row["nr"]) if "nr" in row else self.rows_in_log[names],
            "t_ms": _number(row["t_ms"]),
            "spor": spor,
            "kode": row["kode"].strip() if spor in _TRIMMED else row["kode"],
        }
        raw["id"] = row.get("id", "").strip() or self._made_id(names, raw)
        return {field: raw[field] for field in FELTER}

    def _made_id(self, names: LogName, raw: Mapping[str, object]) -> UUID:
        body = (*names, raw["t_ms"], raw["spor"], raw["kode"])
        first = made_id(*body, 1)
        number = self.equal_rows[first] = self.equal_rows.get(first, 0) + 1
        return first if number == 1 else made_id(*body, number)

    def _once(self, row: LogRow, *, has_nr: bool) -> LogRow | None:
        """The row, or None if the same event was read before; another event with its id is a problem."""
        h = row.haendelse
        body = hash((h.nr if has_nr else None, h.t_ms, h.spor, h.kode))
        seen = self.seen.setdefault((row.observation, row.observatoer), {})
        earlier, line = seen.setdefault(h.id, (body, row.line))
        if line == row.line:
            return row
        if earlier != body:
            self.note(FileProblem(row.line, "id", f"Linje {line} har samme id, men er en anden hændelse."))
        return None


def _number(text: str) -> object:
    """The whole number, or the text itself; digits beyond any limit are cut before they cost time."""
    text = text.strip()
    return int(text[:16]) if _WHOLE_NUMBER.fullmatch(text) else text
