"""What came just before: told of a modstand or a piece of advice, and never judged.

Just before is at most `JUST_BEFORE_MS` earlier on the clock of the log, pauses or not. Of that time the last kendetegn,
the last U or G and the last phase to begin are told, the nearest first. Of two things at one moment the one logged
first came first. Where a sequence asks for it, what came just after is told in the same way: the first of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from supervision.katalog.rules.modeller import Raekkefoelge
from supervision.observationer import measures
from supervision.observationer.rules import Haendelse

JUST_BEFORE_MS: Final = 60_000
TOLD: Final = ("faerdighed", "ugu", "fase")
"""The tracks that are looked at."""


@dataclass(frozen=True, slots=True)
class Forud:
    """Something that came before, or after: its track and code, and by how much."""

    spor: str
    kode: str
    ms: int


@dataclass(frozen=True, slots=True)
class Oejeblik:
    """One moment at raw `t_ms`, and what came just before it and just after, the nearest first; () for nothing."""

    t_ms: int
    spor: str
    kode: str
    forud: tuple[Forud, ...]
    bagefter: tuple[Forud, ...] = ()


def moments_of(haendelser: Iterable[Haendelse], raekkefoelge: Raekkefoelge) -> tuple[Oejeblik, ...]:
    """The moments that the sources want told with what came before, in time order."""
    events = list(_changes(haendelser))
    return tuple(
        Oejeblik(
            h.t_ms,
            h.spor,
            h.kode,
            _nearest(reversed(events[:place]), h.t_ms),
            _nearest(events[place + 1 :], h.t_ms) if raekkefoelge.efter else (),
        )
        for place, h in enumerate(events)
        if _is_wanted(h, raekkefoelge)
    )


def _is_wanted(h: Haendelse, raekkefoelge: Raekkefoelge) -> bool:
    if h.spor == "ugu":
        return raekkefoelge.giv and h.kode == "giv"
    return h.spor == "faerdighed" and h.kode in raekkefoelge.koder


def _changes(haendelser: Iterable[Haendelse]) -> Iterator[Haendelse]:
    """What is told, within start and end; of a state only its beginning. A new emne begins UGU afresh."""
    events = measures.effective(haendelser)
    start, end = measures.start_end(events)
    running: dict[str, str] = {}
    for h in events:
        if h.spor == "emne":
            running.pop("ugu", None)
        if h.spor not in TOLD or not start <= h.t_ms <= end:
            continue
        if h.spor != "faerdighed":
            if running.get(h.spor, "") == h.kode:
                continue
            running[h.spor] = h.kode
        if h.kode:
            yield h


def _nearest(events: Iterable[Haendelse], t_ms: int) -> tuple[Forud, ...]:
    """The nearest of each track; events: from the moment outwards."""
    found: dict[str, Forud] = {}
    for h in events:
        if abs(t_ms - h.t_ms) > JUST_BEFORE_MS:
            break
        found.setdefault(h.spor, Forud(h.spor, h.kode, abs(t_ms - h.t_ms)))
    return tuple(found.values())
