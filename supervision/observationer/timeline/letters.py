"""U and G: the runs behind the letters, the place of a U that never came, and how each emne went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from supervision.observationer import measures
from supervision.observationer.measures import Interval
from supervision.observationer.rules import UGU_BOGSTAVER, Haendelse
from supervision.observationer.timeline.shapes import Emner, Maerke, Navn, Scale

MISSING_WIDTH: Final = 4.0
"""Per cent: the width of the dashed place of a U that never came."""


def emner(haendelser: Iterable[Haendelse]) -> Emner:
    """How U and G met in each emne that was named; an emne that was left and taken up again is one."""
    loops: dict[str, list[tuple[str, ...]]] = {}
    for loop in measures.ugu_loops(haendelser):
        if loop.emne:
            loops.setdefault(loop.emne, []).append(loop.bogstaver)
    before = tuple(emne for emne, found in loops.items() if any(letters[:1] == ("G",) for letters in found))
    after = tuple(emne for emne, found in loops.items() if any(letters[-1:] == ("G",) for letters in found))
    none = tuple(emne for emne, found in loops.items() if not any("G" in letters for letters in found))
    whole = tuple(emne for emne in loops if emne not in {*before, *after, *none})
    return Emner(tuple(loops), whole, before, after, none)


def ugu_runs(haendelser: Iterable[Haendelse]) -> Iterator[list[Interval]]:
    """The runs behind the letters of each loop of `measures.ugu_loops` that has any, cut to [start, end].

    Two equal letters are one run, from the first one's beginning to the last one's end.
    """
    events = measures.effective(haendelser)
    start, end = measures.start_end(events)
    emne, inside = "", list[Haendelse]()
    for h in events:
        if h.t_ms > end:
            break
        if h.spor == "ugu":
            inside.append(h)
        elif h.spor == "emne" and h.kode != emne:
            yield from _merged(inside, start, h.t_ms)
            emne, inside = h.kode, []
    yield from _merged(inside, start, end)


def _merged(inside: list[Haendelse], start: int, end: int) -> Iterator[list[Interval]]:
    found: list[Interval] = []
    for h, til in zip(inside, [h.t_ms for h in inside[1:]] + [end], strict=False):
        run = Interval(h.kode, max(h.t_ms, start), til)
        if h.kode not in UGU_BOGSTAVER or (h.t_ms < start and til <= start):
            continue
        if found and found[-1].kode == run.kode:
            run = Interval(run.kode, found.pop().fra_ms, run.til_ms)
        found.append(run)
    if found:
        yield found


def letters(events: list[Haendelse], scale: Scale, navne: Navn) -> Iterator[Maerke]:
    """U and G of each loop, and a dashed place where a loop ends on a G."""
    loops = list(ugu_runs(events))
    begins = [loop[0].fra_ms for loop in loops]
    for loop, limit in zip(loops, [*begins[1:], scale.end_ms], strict=False):
        marks = [
            scale.mark(
                UGU_BOGSTAVER[kode].lower(), "accent", navne("ugu", kode), (fra, til), (UGU_BOGSTAVER[kode],)
            )
            for kode, fra, til in loop
        ]
        if loop[-1].kode == "giv":
            marks = _with_missing(marks, scale.x(limit))
        yield from marks


def _with_missing(marks: list[Maerke], limit: float) -> list[Maerke]:
    """Add the dashed U after the last G, or in the G's own tail when there is no room before `limit`."""
    last = marks[-1]
    end = last.x + last.bredde
    width = min(MISSING_WIDTH, limit - end)
    if width < MISSING_WIDTH / 2:
        width = min(MISSING_WIDTH, last.bredde * 0.4)
        end -= width
        last = replace(last, bredde=round(last.bredde - width, 3))
    missing = Maerke(
        "mangler", "accent", "Her kom intet U", round(end, 3), round(width, 3), last.til_ms, last.til_ms
    )
    return [*marks[:-1], last, missing]
