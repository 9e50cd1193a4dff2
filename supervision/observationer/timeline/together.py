"""Several logs of one samtale above each other on one clock: their pictures moved and scaled, their tables merged.

The clock is the wall clock: each device knows when its own `t_ms` 0 was, so a moment of one log can be put beside the
same moment of another. How well they fit depends on the devices' clocks and on nothing else; no log is moved to
fit another. The common axis goes from the earliest start to the latest end, in ms since that start.

Talk time can be read across because `medarbejder` is in each log that kontrakt's own fokusperson, and
`medarbejder2` the other medarbejder (`aftaler.rules.samtalen`). Nothing here says how well two logs agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from supervision.observationer.timeline.lanes import axis
from supervision.observationer.timeline.shapes import (
    MOMENTS,
    Bane,
    Billede,
    Maerke,
    Navn,
    Raekke,
    Scale,
    Ting,
)

SHOWN: Final = ("fase", "taler", "ugu", "faerdighed")
"""The tracks that can be looked at across logs; the others are in the table and in each log's own picture."""
TICKS: Final = "Kendetegn"


@dataclass(frozen=True, slots=True)
class Log:
    """One log on its own clock. hvem: whose it is, in a word that no other log has. startet_at: of `t_ms` 0."""

    hvem: str
    billede: Billede
    raekker: Sequence[Raekke]
    startet_at: datetime


@dataclass(frozen=True, slots=True)
class Gruppe:
    """One log in the picture, on the common clock. navne: what stands beside its lanes, in their order.

    fra_at, til_at: when it began and ended; fra_x, til_x: where that is, in per cent.
    """

    hvem: str
    billede: Billede
    navne: tuple[str, ...]
    fra_at: datetime
    til_at: datetime
    fra_x: float
    til_x: float


@dataclass(frozen=True, slots=True)
class FaellesRaekke:
    """All that was logged at one moment, by log in the order of the groups."""

    t_ms: int
    at: datetime
    ting: tuple[tuple[Ting, ...], ...]


@dataclass(frozen=True, slots=True)
class Samlet:
    """The whole: all lanes with names that no other lane has, the same by log, and the merged table.

    overlapper: some moment is in all the logs. Where there is none, a clock is likely to be wrong.
    """

    billede: Billede
    grupper: tuple[Gruppe, ...]
    raekker: tuple[FaellesRaekke, ...]
    overlapper: bool


def together(logs: Sequence[Log]) -> Samlet:
    """The logs, in the order given, on one clock. Raises ValueError for none."""
    begins = [_at(log, log.billede.start_ms) for log in logs]
    ends = [_at(log, log.billede.end_ms) for log in logs]
    origin = min(begins)
    scale = Scale(0, _ms(max(ends) - origin))
    enhed, streger = axis(scale)
    empty = Billede(0, scale.end_ms, enhed, streger, (), ())
    grupper = tuple(_group(log, origin, scale, empty) for log in logs)
    return Samlet(
        billede=replace(empty, baner=tuple(bane for gruppe in grupper for bane in gruppe.billede.baner)),
        grupper=grupper,
        raekker=tuple(_rows(logs, origin)),
        overlapper=max(begins) < min(ends),
    )


def with_names(navn: Navn, names: Mapping[str, str]) -> Navn:
    """The same words, but for those who speak: names by code of `taler`."""
    return lambda spor, kode: names[kode] if spor == "taler" and kode in names else navn(spor, kode)


def _group(log: Log, origin: datetime, scale: Scale, empty: Billede) -> Gruppe:
    shift = _ms(log.startet_at - origin)
    own = Scale(log.billede.start_ms, log.billede.end_ms)
    lanes = [
        replace(bane, maerker=tuple(_moved(log.hvem, m, shift, own, scale) for m in bane.maerker))
        for bane in _shown(log.billede.baner)
    ]
    return Gruppe(
        hvem=log.hvem,
        billede=replace(
            empty,
            baner=tuple(replace(bane, navn=f"{bane.navn}, {log.hvem}") for bane in lanes),
            pauser=tuple(_moved(log.hvem, pause, shift, own, scale) for pause in log.billede.pauser),
        ),
        navne=tuple(bane.navn for bane in lanes),
        fra_at=_at(log, own.start_ms),
        til_at=_at(log, own.end_ms),
        fra_x=scale.x(own.start_ms + shift),
        til_x=scale.x(own.end_ms + shift),
    )


def _shown(baner: Sequence[Bane]) -> Iterator[Bane]:
    """The lanes of `SHOWN`, with all ticks in one lane: each is named by its mark."""
    yield from (bane for bane in baner if bane.spor in SHOWN and bane.spor != "faerdighed")
    ticks = [m for bane in baner if bane.spor == "faerdighed" for m in bane.maerker]
    if ticks:
        yield Bane("faerdighed", TICKS, tuple(sorted(ticks, key=lambda m: m.fra_ms)), tael=True)


def _moved(hvem: str, mark: Maerke, shift: int, own: Scale, scale: Scale) -> Maerke:
    """The mark at its time on the common clock, told with whose it is; words without room are left out."""
    run = (mark.fra_ms + shift, mark.til_ms + shift)
    words = tuple(dict.fromkeys(word for word in reversed(mark.ord) if word))
    moved = scale.mark(mark.form, mark.kind, f"{hvem}: {mark.navn}", run, words)
    if mark.form in MOMENTS or mark.til_ms > mark.fra_ms:
        return moved
    part = (own.end_ms - own.start_ms) / max(
        1, scale.end_ms
    )  # a place without a time of its own: the dashed U
    left = scale.x(own.start_ms + shift)
    return replace(moved, x=round(left + mark.x * part, 3), bredde=round(mark.bredde * part, 3))


def _rows(logs: Sequence[Log], origin: datetime) -> Iterator[FaellesRaekke]:
    """The rows of all logs in the order of time."""
    found: dict[int, list[tuple[Ting, ...]]] = {}
    for place, log in enumerate(logs):
        shift = _ms(log.startet_at - origin)
        for raekke in log.raekker:
            found.setdefault(raekke.t_ms + shift, [()] * len(logs))[place] = raekke.ting
    for t_ms, ting in sorted(found.items()):
        yield FaellesRaekke(t_ms, origin + timedelta(milliseconds=t_ms), tuple(ting))


def _at(log: Log, t_ms: int) -> datetime:
    return log.startet_at + timedelta(milliseconds=t_ms)


def _ms(span: timedelta) -> int:
    return round(span / timedelta(milliseconds=1))
