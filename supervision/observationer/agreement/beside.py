"""Two who sat in on the same samtale, beside each other: each track, and each kendetegn.

Logs of one samtale begin when each observer began. They are laid on one clock by the wall time of their starts, and
compared from the moment when both had begun up to the earliest end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from supervision.observationer import measures
from supervision.observationer.agreement import PunktPar, point_agreement, state_agreement
from supervision.observationer.agreement.words import SPOR_ORD
from supervision.observationer.rules import PUNKTSPOR, TILSTANDSSPOR, Haendelse

Log = tuple[int, list[Haendelse]]
"""(milliseconds after the first log of the samtale began, its events)."""


@dataclass(frozen=True, slots=True)
class Spor:
    """The agreement on one state track. sekunder: how many moments it was looked at, one a second."""

    spor: str
    sekunder: int
    enighed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Par:
    """Two observers, by their places. uden: tracks that only one of them used; kryds: all kendetegn, and each."""

    a: int
    b: int
    spor: tuple[Spor, ...]
    uden: tuple[str, ...]
    kryds: PunktPar


def beside(logs: Sequence[Log]) -> list[Par]:
    """Every two of the logs, in their order; [] for one."""
    return [_pair(logs, a, b) for a, b in combinations(range(len(logs)), 2)]


def on_one_clock(a: Log, b: Log) -> tuple[list[Haendelse], list[Haendelse]]:
    """Both logs from the moment when both observers had begun; points that only one was there for are left out."""
    begin = max(a[0], b[0])
    ours, theirs = (_from(events, begin - offset) for offset, events in (a, b))
    end = min(measures.start_end(log)[1] for log in (ours, theirs))
    return _until(ours, end), _until(theirs, end)


def _pair(logs: Sequence[Log], a: int, b: int) -> Par:
    ours, theirs = on_one_clock(logs[a], logs[b])
    used = [[bool(measures.intervals(log, spor)) for log in (ours, theirs)] for spor in SPOR_ORD]
    both = [spor for spor, has in zip(SPOR_ORD, used, strict=True) if all(has)]
    return Par(
        a=a,
        b=b,
        spor=tuple(found for spor in both if (found := _spor([ours, theirs], spor)) is not None),
        uden=tuple(spor for spor, has in zip(SPOR_ORD, used, strict=True) if any(has) and not all(has)),
        kryds=point_agreement(ours, theirs, "faerdighed"),
    )


def _spor(logs: Sequence[list[Haendelse]], spor: str) -> Spor | None:
    found = state_agreement(logs, spor)
    numbers = found.par[0, 1]
    share = numbers["enighed"]
    return None if share is None else Spor(spor, found.enheder, share, numbers["kappa"])


def _from(events: list[Haendelse], begin_ms: int) -> list[Haendelse]:
    """The log from a moment on: states that ran then begin there, points before it are left out."""
    kept = ("ur", "fortryd", *TILSTANDSSPOR)
    ordered = sorted(events, key=lambda event: (event.t_ms, event.nr, event.id))
    return [
        replace(event, nr=nr, t_ms=max(0, event.t_ms - begin_ms))
        for nr, event in enumerate(ordered)
        if event.t_ms >= begin_ms or event.spor in kept
    ]


def _until(events: list[Haendelse], end_ms: int) -> list[Haendelse]:
    """The log without the points after a moment."""
    return [event for event in events if event.t_ms <= end_ms or event.spor not in PUNKTSPOR]
