"""The log as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from supervision.observationer import measures
from supervision.observationer.rules import TILSTANDSSPOR, Haendelse
from supervision.observationer.timeline.edits import rettelser
from supervision.observationer.timeline.shapes import Navn, Raekke, Ting


def rows(haendelser: Iterable[Haendelse], navne: Navn, startet_at: datetime | None = None) -> list[Raekke]:
    """The log as the rows of a table, one a moment; what only repeats the running state is left out.

    startet_at: the wall clock of `t_ms` 0, where it is known.
    """
    logged = list(haendelser)
    events = measures.effective(logged)
    changed = rettelser(logged)
    start, end = measures.start_end(events)
    found: list[Raekke] = []
    for h in _without_repeats(events):
        ting = Ting(h.spor, h.kode, navne(h.spor, h.kode), changed.get(h.id))
        if found and found[-1].t_ms == h.t_ms:
            found[-1] = replace(found[-1], ting=(*found[-1].ting, ting))
        else:
            at = startet_at + timedelta(milliseconds=h.t_ms) if startet_at else None
            found.append(Raekke(h.t_ms, at, (ting,), not start <= h.t_ms <= end))
    return found


def elementer(haendelser: Iterable[Haendelse]) -> tuple[str, ...]:
    """The elements that were reached, in the order in which they first were."""
    return tuple(dict.fromkeys(h.kode for h in measures.points(haendelser, "element")))


def _without_repeats(events: list[Haendelse]) -> Iterator[Haendelse]:
    """The events that changed something; a new emne begins UGU afresh. Notes without text are left out."""
    running: dict[str, str] = {}
    for h in events:
        if h.spor in TILSTANDSSPOR:
            if running.get(h.spor, "") == h.kode:
                continue
            running[h.spor] = h.kode
            if h.spor == "emne":
                running.pop("ugu", None)
        elif h.spor == "note" and not h.kode:
            continue
        yield h
