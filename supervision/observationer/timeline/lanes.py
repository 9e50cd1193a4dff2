"""The picture itself: the axis, the pauses and the lanes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from supervision.observationer import measures
from supervision.observationer.rules import PARTER, PROCESFASER, SPOR_NAVNE, TALER_NAVNE, Haendelse
from supervision.observationer.timeline.letters import letters
from supervision.observationer.timeline.shapes import Bane, Billede, Maerke, Navn, Scale, Streg

ALWAYS: Final = ("medarbejder", "borger")
"""Those who have a lane as soon as anybody spoke, where no kontrakt says who takes part."""
FASE_KORT: Final = {"kontrakt": "K", "emne": "E", "timeout": "T/O", "afslutning": "A"}
STEPS_MS: Final = tuple(
    [seconds * 1000 for seconds in (1, 2, 5, 10, 15)]
    + [minutes * 60_000 for minutes in (1, 2, 5, 10, 15, 20, 30, 60, 120, 240)]
)
MOST_STEPS: Final = 6


def picture(haendelser: Iterable[Haendelse], navne: Navn, parter: Collection[str] = ALWAYS) -> Billede:
    """The picture of one log. Events in any order; notes without text are not drawn.

    parter: those who have a lane as soon as anybody spoke, also when they said nothing.
    """
    events = measures.effective(haendelser)
    start, end = measures.start_end(events)
    scale = Scale(start, end)
    enhed, streger = axis(scale)
    return Billede(
        start_ms=start,
        end_ms=end,
        enhed=enhed,
        streger=streger,
        pauser=tuple(scale.mark("pause", "pause", "Pause", run) for run in measures.pauses(events)),
        baner=tuple(_lanes(events, scale, navne, parter)),
    )


def axis(scale: Scale) -> tuple[str, tuple[Streg, ...]]:
    """The lines of the time axis, at most seven, in round numbers since its start; and their unit."""
    start, end = scale.start_ms, scale.end_ms
    step = next((step for step in STEPS_MS if end - start <= step * MOST_STEPS), STEPS_MS[-1])
    unit = 60_000 if step >= 60_000 else 1000
    lines = tuple(Streg(scale.x(start + ms), ms // unit) for ms in range(0, end - start + 1, step))
    return "min" if unit == 60_000 else "sek", lines


def _lanes(events: list[Haendelse], scale: Scale, navne: Navn, parter: Collection[str]) -> Iterator[Bane]:
    lanes = [
        Bane("fase", SPOR_NAVNE["fase"], tuple(_phases(events, scale, navne))),
        Bane("element", "Elementer", tuple(_moments(events, scale, navne, "element", "rude"))),
        *_speakers(events, scale, navne, parter),
        Bane("emne", SPOR_NAVNE["emne"], tuple(_emne_bands(events, scale, navne))),
        Bane("ugu", SPOR_NAVNE["ugu"], tuple(letters(events, scale, navne))),
        *_kendetegn(events, scale, navne),
        Bane("note", "Noter", tuple(m for m in _moments(events, scale, navne, "note", "flag") if m.navn)),
    ]
    return (lane for lane in lanes if lane.maerker or lane.spor == "taler")


def _phases(events: list[Haendelse], scale: Scale, navne: Navn) -> Iterator[Maerke]:
    for kode, fra, til in measures.intervals(events, "fase"):
        kind = "proces" if kode in PROCESFASER else "indhold"
        navn = navne("fase", kode)
        yield scale.mark("baand", kind, navn, (fra, til), (navn, FASE_KORT.get(kode, navn[:1])))


def _speakers(events: list[Haendelse], scale: Scale, navne: Navn, parter: Collection[str]) -> Iterator[Bane]:
    """A lane per code that spoke; those who take part are there as soon as anybody did."""
    runs = measures.intervals(events, "taler")
    said = {run.kode for run in runs}
    for kode in (*TALER_NAVNE, *sorted(said - set(TALER_NAVNE))):
        navn = navne("taler", kode)
        form = "baand" if kode in PARTER else "linje"
        own = tuple(scale.mark(form, kode, navn, (fra, til)) for found, fra, til in runs if found == kode)
        if own or (runs and kode in parter):
            yield Bane("taler", navn, own)


def _emne_bands(events: list[Haendelse], scale: Scale, navne: Navn) -> Iterator[Maerke]:
    for kode, fra, til in measures.intervals(events, "emne"):
        navn = navne("emne", kode)
        yield scale.mark("baand", "indhold", navn, (fra, til), (navn, kode))


def _kendetegn(events: list[Haendelse], scale: Scale, navne: Navn) -> Iterator[Bane]:
    """A lane per kendetegn, in the order in which they first came."""
    lanes: dict[str, list[Maerke]] = {}
    for h in measures.points(events, "faerdighed"):
        navn = navne("faerdighed", h.kode)
        lanes.setdefault(h.kode, []).append(scale.mark("prik", "faerdighed", navn, (h.t_ms, h.t_ms)))
    for marks in lanes.values():
        yield Bane("faerdighed", marks[0].navn, tuple(marks), tael=True)


def _moments(events: list[Haendelse], scale: Scale, navne: Navn, spor: str, form: str) -> Iterator[Maerke]:
    kind = "proces" if spor == "element" else "accent"
    for h in measures.points(events, spor):
        yield scale.mark(form, kind, navne(spor, h.kode), (h.t_ms, h.t_ms))
