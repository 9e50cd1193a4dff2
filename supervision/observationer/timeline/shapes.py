"""The shapes of the picture and its table; and the scale that turns a time into a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from supervision.observationer.rules import Haendelse

Navn = Callable[[str, str], str]
"""`navn(spor, kode)`: the Danish word for a code."""

WIDTHS_PX: Final = (260, 460, 860, 1800, 3600)
"""The least width of the lanes on a phone, with room for names beside them, on a wide screen, and drawn closer."""
LETTER_PX: Final = 7.5
PADDING_PX: Final = 5
LEAST_WIDTH: Final = 0.2
"""Per cent: how wide a run is drawn at least."""
MOMENTS: Final = frozenset({"prik", "rude", "flag"})
"""The forms of marks that have no width."""


@dataclass(frozen=True, slots=True)
class Maerke:
    """One mark. x, bredde: per cent of the lanes' width (bredde 0: a moment). fra_ms, til_ms: raw times.

    form: baand, linje, u, g, mangler, pause, or one of MOMENTS. kind: the colour class of what it is.
    ord: the word that fits inside it at each of WIDTHS_PX ("" when none does).
    """

    form: str
    kind: str
    navn: str
    x: float
    bredde: float
    fra_ms: int
    til_ms: int
    ord: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bane:
    """One lane with its marks in time order. tael: whether the number of marks says something."""

    spor: str
    navn: str
    maerker: tuple[Maerke, ...]
    tael: bool = False


@dataclass(frozen=True, slots=True)
class Streg:
    """A line of the time axis: `tal` is in the picture's unit."""

    x: float
    tal: int


@dataclass(frozen=True, slots=True)
class Billede:
    """The whole picture. enhed: `min` or `sek`. An empty log has no lanes."""

    start_ms: int
    end_ms: int
    enhed: str
    streger: tuple[Streg, ...]
    pauser: tuple[Maerke, ...]
    baner: tuple[Bane, ...]


@dataclass(frozen=True, slots=True)
class Rettelse:
    """What became of one event: `flyttet` (from fra_ms), `tilfoejet`, `sat_ind`, `taget_tilbage`, or `fortrudt`.

    `fortrudt`: it was taken back while the samtale ran, by the device.
    """

    art: str
    fra_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Linje:
    """One thing in the list that is edited. staar: it counts; udenfor: before the start or after the end."""

    haendelse: Haendelse
    navn: str
    staar: bool
    udenfor: bool
    rettelse: Rettelse | None


@dataclass(frozen=True, slots=True)
class Ting:
    """One thing that happened: the event's track and code, its Danish name, and whether it was mended afterwards."""

    spor: str
    kode: str
    navn: str
    rettelse: Rettelse | None = None


@dataclass(frozen=True, slots=True)
class Raekke:
    """All that happened at one moment. udenfor: before the start or after the end, where nothing counts.

    at: the time of day, where it is known.
    """

    t_ms: int
    at: datetime | None
    ting: tuple[Ting, ...]
    udenfor: bool


@dataclass(frozen=True, slots=True)
class Emner:
    """How the loops went, by the codes of the emner in order. hele: with G, and each G between two U."""

    alle: tuple[str, ...]
    hele: tuple[str, ...]
    uden_foer: tuple[str, ...]
    uden_efter: tuple[str, ...]
    uden_giv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Start and end of the samtale in ms; across is per cent of what lies between."""

    start_ms: int
    end_ms: int

    def x(self, t_ms: int) -> float:
        return round(100 * (t_ms - self.start_ms) / max(1, self.end_ms - self.start_ms), 3)

    def mark(
        self, form: str, kind: str, navn: str, run: tuple[int, int], words: tuple[str, ...] = ()
    ) -> Maerke:
        """A mark from one time to another; one that is a run is never too thin to see, nor beyond the end."""
        x, width = self.x(run[0]), round(self.x(run[1]) - self.x(run[0]), 3)
        if form not in MOMENTS:
            width = max(width, LEAST_WIDTH)
            x = max(0.0, min(x, round(100 - width, 3)))
        fitting = tuple(_fitting(words, width, px) for px in WIDTHS_PX) if words else ()
        return Maerke(form, kind, navn, x, width, *run, fitting)


def _fitting(words: tuple[str, ...], width: float, px: int) -> str:
    """The first of the words that has room in `width` per cent of `px` pixels, or ""."""
    room = width * px / 100 - PADDING_PX
    return next((word for word in words if len(word) * LETTER_PX <= room), "")
