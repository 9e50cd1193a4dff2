"""R10, the audit: can anybody take the published figures apart into one person's, or into those of four or fewer?

A published figure is a sum of hidden values with known weights: one row. Whoever has the rows can make every linear
combination of them. If one combination holds the values of a small group and nothing else, that group stands exposed,
however large each figure's own n was. The test is exact (whole numbers modulo a prime), as in Hundepool et al.,
Statistical Disclosure Control (2012), ch. 4; rounding and bands are not relied on here.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, TypeAlias

Kolonne: TypeAlias = Hashable
"""A hidden value: one person's mean in one figure of one period."""
Raekke: TypeAlias = Mapping[Kolonne, int]
"""A published figure: hidden value -> its whole weight, never 0."""

PRIMTAL: Final = 2**31 - 1
SMAA: Final = 4
"""Groups of up to this many must not stand alone."""


def r10_afsloerede(
    raekker: Iterable[Raekke],
    hold: Iterable[Collection[Kolonne]],
    *,
    kendte: Collection[Kolonne] = (),
    stoerst: int = SMAA,
) -> frozenset[Kolonne] | None:
    """The first group of at most `stoerst` hidden values of one team that a combination holds alone, or None.

    hold: the hidden values of each team. kendte: those that the viewer has seen elsewhere, so can subtract.
    """
    basis = reducer({k: v for k, v in raekke.items() if k not in kendte} for raekke in raekker)
    touched = {kolonne for raekke in basis.values() for kolonne in raekke}
    if sum(map(len, basis.values())) == len(touched):
        return _mindste(basis.values(), hold, stoerst)
    for medlemmer in hold:
        hidden = sorted((k for k in medlemmer if k in touched and k not in kendte), key=repr)
        for antal in range(1, stoerst + 1):
            for gruppe in combinations(hidden, antal):
                if staar_alene(basis, frozenset(gruppe)):
                    return frozenset(gruppe)
    return None


def _mindste(
    raekker: Iterable[Raekke], hold: Iterable[Collection[Kolonne]], stoerst: int
) -> frozenset[Kolonne] | None:
    """Rows that share no column: a combination holds the whole of each row it uses, so the rows are the smallest."""
    small = [frozenset(raekke) for raekke in raekker if len(raekke) <= stoerst]
    teams = [frozenset(medlemmer) for medlemmer in hold] if small else []
    return next((gruppe for gruppe in small for team in teams if gruppe <= team), None)


def r10_alene(
    raekker: Iterable[Raekke], kolonner: Collection[Kolonne], *, kendte: Collection[Kolonne] = ()
) -> bool:
    """Whether a combination of the figures holds these hidden values, some or all of them, and no others."""
    basis = reducer({k: v for k, v in raekke.items() if k not in kendte} for raekke in raekker)
    return staar_alene(basis, frozenset(kolonner) - frozenset(kendte))


def staar_alene(basis: Mapping[Kolonne, Raekke], gruppe: frozenset[Kolonne]) -> bool:
    """The same of rows that `reducer` has made.

    A combination that is 0 outside the group uses only rows whose first column lies in it (every other row would leave
    its first column), so few rows have to be tried.
    """
    own = [basis[kolonne] for kolonne in gruppe if kolonne in basis]
    outside = reducer([{k: v for k, v in raekke.items() if k not in gruppe} for raekke in own])
    return len(outside) < len(own)


def reducer(raekker: Iterable[Raekke]) -> dict[Kolonne, dict[Kolonne, int]]:
    """Gauss-Jordan: pivot column -> its row, with a 1 there and 0 at the other pivots. Its size is the rank."""
    basis: dict[Kolonne, dict[Kolonne, int]] = {}
    for raekke in raekker:
        new = _without_pivots(raekke, basis)
        if not new:
            continue
        pivot = next(iter(new))
        inverse = pow(new[pivot], -1, PRIMTAL)
        new = {k: v * inverse % PRIMTAL for k, v in new.items()}
        for known in basis.values():
            if pivot in known:
                _subtract(known, new, known[pivot])
        basis[pivot] = new
    return basis


def _without_pivots(raekke: Raekke, basis: Mapping[Kolonne, dict[Kolonne, int]]) -> dict[Kolonne, int]:
    left = {k: v % PRIMTAL for k, v in raekke.items() if v % PRIMTAL}
    for kolonne in [k for k in left if k in basis]:
        _subtract(left, basis[kolonne], left[kolonne])
    return left


def _subtract(raekke: dict[Kolonne, int], other: Mapping[Kolonne, int], times: int) -> None:
    for kolonne, weight in other.items():
        value = (raekke.get(kolonne, 0) - times * weight) % PRIMTAL
        if value:
            raekke[kolonne] = value
        else:
            raekke.pop(kolonne, None)


def sammenhaengende(raekker: Sequence[Raekke]) -> list[list[Raekke]]:
    """The rows in parts that share no hidden value: each part can be tried by itself."""
    part_of: dict[Kolonne, int] = {}
    parts: dict[int, list[Raekke]] = {}
    for nr, raekke in enumerate(raekker):
        joined = {part_of[k] for k in raekke if k in part_of}
        parts[nr] = [raekke, *(row for part in sorted(joined) for row in parts.pop(part))]
        for row in parts[nr] if joined else [raekke]:
            part_of.update(dict.fromkeys(row, nr))
    return list(parts.values())
