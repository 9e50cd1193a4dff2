"""How far observers agree on each kendetegn, over many samtaler that several of them saw.

The measure is the matched ticks, 2·faelles / (a + b): a tick has no "nothing happened" beside it, so kappa would say
something else with every definition of one. Each samtale counts alike, however many ticks or observers it had; one in
which nobody ticked the kendetegn says nothing about it. Ticks within RUMMELIG_MS are the same: it is what was seen that
is asked for, not how quick the thumb was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final
from uuid import UUID

from supervision.observationer.agreement import point_agreement
from supervision.observationer.agreement.beside import Log, on_one_clock

RUMMELIG_MS: Final = 5000


@dataclass(frozen=True, slots=True)
class Observatoerlog:
    """One observer's log of a samtale. koder: the kendetegn that were on their screen."""

    hvem: UUID
    koder: frozenset[str]
    log: Log


@dataclass(frozen=True, slots=True)
class Tegnenighed:
    """What is known of one kendetegn. kryds: ticks in all the logs. enighed: 0-1, the mean over the samtaler.

    uden_en: the highest it becomes when one observer's logs are left out; 1.0 when nothing is left without them.
    """

    samtaler: int
    observatoerer: frozenset[UUID]
    kryds: int
    enighed: float
    uden_en: float


@dataclass(slots=True)
class _Fundet:
    """One kendetegn on the way: (samtale, the two, ticks of both, matched pairs), and the ticks of each log."""

    par: list[tuple[int, frozenset[UUID], int, int]] = field(default_factory=list)
    kryds: dict[tuple[int, UUID], int] = field(default_factory=dict)


def per_kendetegn(samtaler: Iterable[Sequence[Observatoerlog]]) -> dict[str, Tegnenighed]:
    """Code -> what is known of it; samtaler: the logs of each, one for each observer."""
    found: dict[str, _Fundet] = {}
    for nr, logs in enumerate(samtaler):
        for one, other in combinations(logs, 2):
            for kode, a, b, faelles in _pair(one, other):
                here = found.setdefault(kode, _Fundet())
                here.par.append((nr, frozenset({one.hvem, other.hvem}), a + b, faelles))
                for who, ticks in ((one.hvem, a), (other.hvem, b)):
                    here.kryds[nr, who] = max(ticks, here.kryds.get((nr, who), 0))
    return {kode: _sum(here) for kode, here in found.items()}


def _pair(one: Observatoerlog, other: Observatoerlog) -> Iterator[tuple[str, int, int, int]]:
    """(code, ticks of one, of the other, matched) of what both had on their screens and at least one ticked."""
    ours, theirs = on_one_clock(one.log, other.log)
    for kode, tal in point_agreement(ours, theirs, "faerdighed", RUMMELIG_MS)["koder"].items():
        if kode in one.koder & other.koder:
            yield kode, tal["a"], tal["b"], tal["faelles"]


def _sum(found: _Fundet) -> Tegnenighed:
    people = frozenset().union(*(both for _, both, _, _ in found.par))
    without = (_mean([par for par in found.par if who not in par[1]]) for who in people)
    return Tegnenighed(
        samtaler=len({par[0] for par in found.par}),
        observatoerer=people,
        kryds=sum(found.kryds.values()),
        enighed=_mean(found.par),
        uden_en=max(without),
    )


def _mean(par: Sequence[tuple[int, frozenset[UUID], int, int]]) -> float:
    """The mean of each samtale's agreement; 1.0 of none."""
    ticks: dict[int, int] = {}
    same: dict[int, int] = {}
    for nr, _, both, faelles in par:
        ticks[nr] = ticks.get(nr, 0) + both
        same[nr] = same.get(nr, 0) + 2 * faelles
    return sum(same[nr] / ticks[nr] for nr in ticks) / len(ticks) if ticks else 1.0
