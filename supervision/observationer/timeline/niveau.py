"""The two levels of a samtale: talk about the samtale itself (proces), and about the matter (indhold).

A phase is of one of them; time without a phase is of neither, and a pause counts in none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from supervision.observationer import measures
from supervision.observationer.rules import PROCESFASER, Haendelse


@dataclass(frozen=True, slots=True)
class Niveauer:
    """Milliseconds on each level, and how often the samtale went from one to the other."""

    proces_ms: int
    indhold_ms: int
    skift: int

    @property
    def proces_andel(self) -> float:
        """The share of the time with a phase that was on the process level (0–1)."""
        return self.proces_ms / (self.proces_ms + self.indhold_ms)


def niveauer(haendelser: Iterable[Haendelse]) -> Niveauer | None:
    """The levels of one log; None when no time has a phase."""
    events = list(haendelser)
    faser = measures.maal(events)["faser"]
    proces = sum(maal["ms"] for kode, maal in faser.items() if kode in PROCESFASER)
    indhold = sum(maal["ms"] for kode, maal in faser.items() if kode not in PROCESFASER)
    if not proces + indhold:
        return None
    levels = [run.kode in PROCESFASER for run in measures.intervals(events, "fase") if run.kode]
    return Niveauer(proces, indhold, sum(one != other for one, other in pairwise(levels)))
