"""RTTM, what tools that hear who speaks write: `SPEAKER file channel onset duration <NA> <NA> name <NA> <NA>`.

Times are seconds. A file becomes the track `taler` of one log per name in its second column: one speaker at a time
is that speaker's code, two or more are `samtidig`, none is `stilhed`. The samtale begins at 0 and ends with the last
segment. Other known kinds of line, comments (`;;`) and the channel are passed over.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import BinaryIO, Final, NamedTuple

from supervision.observationer.formats import (
    FileProblem,
    LogName,
    LogRow,
    Progress,
    Reading,
    made_id,
    navn_problems,
)
from supervision.observationer.measures import runs_outside_pauses
from supervision.observationer.rules import MAX_T_MS, PARTER, Haendelse

OBSERVATOER: Final = "rttm"
"""Who is said to have observed: the format has no word for it."""
PROGRESS_EVERY: Final = 1000

_OTHERS: Final = frozenset(
    (
        *("SEGMENT", "NOSCORE", "NO_RT_METADATA", "LEXEME", "NON-LEX", "NON-SPEECH", "FILLER"),
        *("EDIT", "IP", "SU", "CB", "A/P", "SPKR-INFO"),
    )
)
_KNOWN: Final = {kode: kode for kode in (*PARTER, "samtidig")}
"""Speakers that are called by our own codes, as in the files that we write, need no mapping."""
_SECONDS: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


class Segment(NamedTuple):
    """One speaker's speech from `fra_ms` to `til_ms`; `line` is where it stands in the file."""

    fra_ms: int
    til_ms: int
    navn: str
    line: int


def read_logs(
    stream: BinaryIO, *, talere: Mapping[str, str], progress: Progress | None = None
) -> dict[LogName, list[LogRow]]:
    """The file's logs by name. talere: a speaker's name in the file -> code of `taler`.

    An event's id is made of its log, its time and its track, not of its code: when the same file comes again with
    another mapping, the events are known with another body. Raises `FileRefused`.
    """
    return _Reader(talere, progress).read(stream)


def write(observation: str, haendelser: Iterable[Haendelse]) -> Iterator[str]:
    """The runs of `taler` as lines: pauses are cut out, and `stilhed` and runs of 0 ms have no line.

    observation: the second column, with every white space made `_`.
    """
    fil = re.sub(r"\s", "_", observation) or "_"
    for kode, fra, til in runs_outside_pauses(list(haendelser), "taler"):
        if kode != "stilhed" and til > fra:
            yield f"SPEAKER {fil} 1 {fra / 1000:.3f} {(til - fra) / 1000:.3f} <NA> <NA> {kode} <NA> <NA>\n"


class _Reader(Reading):
    def __init__(self, talere: Mapping[str, str], progress: Progress | None) -> None:
        super().__init__(progress)
        self.koder = {**_KNOWN, **talere}
        self.talere = talere
        self.segments: dict[str, list[Segment]] = {}
        self.first_seen: dict[str, int] = {}

    def read(self, stream: BinaryIO) -> dict[LogName, list[LogRow]]:
        number = 0
        for number, line in enumerate(self.lines(stream), 1):
            self._line(number, line)
            if number % PROGRESS_EVERY == 0:
                self.progress(self.bytes_read, number)
        self._check_names()
        self.refuse_what_is_wrong()
        self.progress(self.bytes_read, number)
        return {
            (fil, OBSERVATOER): list(_rows(fil, segments, self.koder))
            for fil, segments in sorted(self.segments.items())
        }

    def _line(self, number: int, line: str) -> None:
        cells = line.split()
        if not cells or cells[0].startswith(";;") or cells[0] in _OTHERS:
            return
        if cells[0] != "SPEAKER":
            self.note(FileProblem(number, "type", f"»{cells[0][:40]}« er ikke en linje i RTTM."))
        elif len(cells) < 8:
            self.note(FileProblem(number, "", f"Linjen har {len(cells)} felter; SPEAKER har mindst 8."))
        else:
            self._segment(number, cells)

    def _segment(self, number: int, cells: Sequence[str]) -> None:
        fil, onset, duration, navn = cells[1], cells[3], cells[4], cells[7]
        wrong = [(field, text) for field, text in navn_problems((fil, OBSERVATOER))]
        for field, text in (("onset", onset), ("duration", duration)):
            if not _SECONDS.fullmatch(text):
                wrong.append((field, f"»{text[:20]}« er ikke et antal sekunder."))
        if not wrong:
            fra, til = _ms(Decimal(onset)), _ms(Decimal(onset) + Decimal(duration))
            if til > MAX_T_MS:
                wrong.append(("onset", "Tiden ligger mere end 24 timer efter samtalens begyndelse."))
            self.segments.setdefault(fil, []).append(Segment(fra, til, navn, number))
            self.first_seen.setdefault(navn, number)
        for field, text in wrong:
            self.note(FileProblem(number, field, text))

    def _check_names(self) -> None:
        if not self.segments and not self.problems:
            self.note(FileProblem(0, "", "Der er ingen linjer med SPEAKER i filen."))
        for navn, line in self.first_seen.items():
            if navn not in self.koder:
                text = f"Hvem er »{navn[:40]}«? Skriv --taler {navn[:40]}=borger, eller en anden kode."
                self.note(FileProblem(line, "name", text))
        for navn in self.talere.keys() - self.first_seen.keys():
            self.note(FileProblem(0, "", f"Ingen i filen hedder »{navn}«."))


def _ms(seconds: Decimal) -> int:
    return int((seconds * 1000).quantize(Decimal(1), ROUND_HALF_UP))


def _rows(fil: str, segments: Sequence[Segment], koder: Mapping[str, str]) -> Iterator[LogRow]:
    end = max(segment.til_ms for segment in segments)
    changes = [(0, "ur", "start", 0), *_states(segments, koder, end), (end, "ur", "slut", 0)]
    for nr, (t_ms, spor, kode, line) in enumerate(changes, 1):
        id_ = made_id("rttm", fil, t_ms, spor)
        yield LogRow(fil, OBSERVATOER, Haendelse(id_, nr, t_ms, spor, kode), line)


def _states(
    segments: Sequence[Segment], koder: Mapping[str, str], end: int
) -> Iterator[tuple[int, str, str, int]]:
    """(t_ms, "taler", kode, line) where who speaks changes, once at a time; a speaker may lie over themselves."""
    edges = sorted(
        edge for s in segments if s.til_ms > s.fra_ms for edge in ((s.fra_ms, 1, s), (s.til_ms, -1, s))
    )
    active: Counter[str] = Counter()
    running, at, line = "", 0, 0
    for t_ms, step, segment in [*edges, (end, 0, segments[-1])]:
        if t_ms > at:
            kode = _kode(active, koder)
            if kode != running:
                yield at, "taler", kode, line
                running = kode
            at, line = t_ms, segment.line
        active[segment.navn] += step


def _kode(active: Mapping[str, int], koder: Mapping[str, str]) -> str:
    speaking = [navn for navn, times in active.items() if times]
    return koder[speaking[0]] if len(speaking) == 1 else "samtidig" if speaking else "stilhed"
