"""What all file formats share: lines of text, records, a row of a log, a problem, the refusal of a file."""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final
from uuid import UUID, uuid5

from supervision.observationer.rules import Haendelse

MAX_PROBLEMS = 50
MAX_BYTES = 200 * 1024 * 1024
MAX_NAVN: Final = 120

LogName = tuple[str, str]
"""(observation, observatoer)"""

Progress = Callable[[int, int], None]
"""Called with (bytes read, rows read), now and then and at the end."""

_NAMESPACE: Final = UUID("6f0d0a0e-4a53-5b0c-9a0e-7b1f6f5f2d11")


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event and the log that it belongs to; `line` is where it began in the file (1 = first)."""

    observation: str
    observatoer: str
    haendelse: Haendelse
    line: int


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong in a file. `line` 0 = the whole file; `field` may be empty; `text` is Danish.

    place: where it is, in Danish, in a file whose lines say nothing (an event of a JSON project).
    """

    line: int
    field: str
    text: str
    place: str = ""

    def __str__(self) -> str:
        where = [self.place] if self.place else [f"linje {self.line}"] if self.line else []
        where += [f"feltet {self.field}"] if self.field else []
        return ", ".join(where) + (": " if where else "") + self.text


class FileRefused(Exception):
    """The file is refused whole: nothing of it may be stored.

    `problems` are in the order of the file, at most `MAX_PROBLEMS`; `stopped` says that reading stopped
    before the file's end, so that there may be more.
    """

    def __init__(self, problems: list[FileProblem], *, stopped: bool = False) -> None:
        super().__init__("; ".join(str(problem) for problem in problems[:3]))
        self.problems = problems
        self.stopped = stopped


class Reading:
    """A text file while it is read: how far, and what is wrong with it so far."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.progress = progress or (lambda _bytes, _rows: None)
        self.bytes_read = 0
        self.problems: list[FileProblem] = []

    def lines(self, stream: BinaryIO) -> Iterator[str]:
        """As `read_lines`, counted; a line's problem is noted."""
        return read_lines(stream, on_bytes=self._count, on_problem=self.note)

    def note(self, problem: FileProblem) -> None:
        """Go on after a problem; after `MAX_PROBLEMS` raises `FileRefused`."""
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise FileRefused(self._in_order(), stopped=True)

    def refuse_what_is_wrong(self) -> None:
        """Raises `FileRefused` when a problem was noted."""
        if self.problems:
            raise FileRefused(self._in_order())

    def _in_order(self) -> list[FileProblem]:
        return sorted(self.problems, key=lambda problem: problem.line)

    def _count(self, size: int) -> None:
        self.bytes_read += size


def read_lines(
    stream: BinaryIO, *, on_bytes: Callable[[int], None], on_problem: Callable[[FileProblem], None]
) -> Iterator[str]:
    """The lines of a UTF-8 file (with or without BOM; LF, CRLF or CR), each with its line ending.

    `on_bytes` gets the size of what was read, line by line. A line that is not UTF-8 or holds a NUL goes to
    `on_problem` and comes out mended, so that reading can go on. Raises `FileRefused` for UTF-16 and beyond
    `MAX_BYTES`. The stream is left open.
    """
    number = total = 0
    while raw := stream.readline(MAX_BYTES - total + 1):
        total += len(raw)
        on_bytes(len(raw))
        if total > MAX_BYTES:
            raise FileRefused([FileProblem(0, "", _TOO_BIG)], stopped=True)
        if number == 0:
            _refuse_utf16(raw)
            raw = raw.removeprefix(BOM_UTF8)
        for line in _physical_lines(raw):
            number += 1
            yield _text(line, number, on_problem)


def read_header(line: str) -> tuple[str, list[str]]:
    """The delimiter of a CSV and its columns' names in small letters, from its first line. Raises `FileRefused`."""
    if not line.strip():
        raise FileRefused([FileProblem(0, "", "Filen er tom, eller den første linje er tom.")])
    delimiter = ";" if line.count(";") > line.count(",") else ","
    return delimiter, [name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter))]


def read_records(
    lines: Iterator[str], delimiter: str, *, on_problem: Callable[[FileProblem], None]
) -> Iterator[tuple[int, list[str]]]:
    """Each record of a CSV after its header, with the line on which it begins (the header is line 1).

    A field that is never closed goes to `on_problem` and ends the reading.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 2
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 2
    except csv.Error:
        text = "Et felt i anførselstegn er ikke lukket, eller det er for langt. Læsningen stopper her."
        on_problem(FileProblem(begins, "", text))


def made_id(*parts: object) -> UUID:
    """An id for what a file gave none: the same parts give the same id, in every reading of the file."""
    return uuid5(_NAMESPACE, "\x1f".join(map(str, parts)))


def navn_problems(names: LogName) -> Iterator[tuple[str, str]]:
    """What is wrong with a log's name, as (field, Danish text)."""
    for field, name in zip(("observation", "observatoer"), names, strict=True):
        if not name:
            yield field, "Navnet mangler."
        elif len(name) > MAX_NAVN:
            yield field, f"Navnet må højst fylde {MAX_NAVN} tegn; her er {len(name)}."
        elif not name.isprintable():
            yield field, "Navnet har skjulte tegn, som ikke må være der."


_TOO_BIG = f"Filen fylder over {MAX_BYTES // 1024 // 1024} MB. Del den i flere filer."


def _refuse_utf16(raw: bytes) -> None:
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise FileRefused([FileProblem(0, "", "Filen er gemt som UTF-16. Gem den i UTF-8.")])


def _physical_lines(raw: bytes) -> list[bytes]:
    """What `readline` took for one line is several where a file ends its lines with CR alone."""
    if b"\r" not in raw[:-2]:
        return [raw]
    return [part for part in re.split(rb"(?<=\r)(?!\n)|(?<=\n)", raw) if part]


def _text(line: bytes, number: int, on_problem: Callable[[FileProblem], None]) -> str:
    if b"\0" in line:
        on_problem(FileProblem(number, "", "Linjen har et NUL-tegn, som ikke kan gemmes."))
    try:
        return line.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        on_problem(FileProblem(number, "", "Linjen er ikke gemt i UTF-8. Gem filen i UTF-8."))
    return line.decode("utf-8", "replace").replace("\0", "")
