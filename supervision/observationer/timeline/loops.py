"""The værdiloop in the log: when each began, how many rounds it had, and whether it ended with a choice.

A loop begins with the question what the change would give, or with a round when nobody ticked the question. Every
further round is a tick of its own. It ends when the borger picks what matters most, or when the next one begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from supervision.observationer import measures
from supervision.observationer.rules import Haendelse

START: Final = "vl_start"
RUNDE: Final = "vl_runder"
VALG: Final = "vl_prioritet"


@dataclass(frozen=True, slots=True)
class Vaerdiloop:
    """One loop from its first tick to its last, in raw ms. runder: from 1. valgt: it ended with what matters most."""

    fra_ms: int
    til_ms: int
    runder: int
    valgt: bool = False


def vaerdiloops(haendelser: Iterable[Haendelse]) -> tuple[Vaerdiloop, ...]:
    """The loops in time order. A choice with no loop before it belongs to none."""
    found: list[Vaerdiloop] = []
    for h in measures.points(list(haendelser), "faerdighed"):
        running = bool(found) and not found[-1].valgt
        if h.kode == START or (h.kode == RUNDE and not running):
            found.append(Vaerdiloop(h.t_ms, h.t_ms, 1))
        elif running and h.kode in (RUNDE, VALG):
            last = found[-1]
            more = int(h.kode == RUNDE)
            found[-1] = replace(last, til_ms=h.t_ms, runder=last.runder + more, valgt=h.kode == VALG)
    return tuple(found)
