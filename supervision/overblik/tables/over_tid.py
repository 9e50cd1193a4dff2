"""A figure through the quarters, as each was shown: a quarter that is silent stays a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from supervision.overblik import rules
from supervision.overblik.tables.team import NOEGLER, Billede

LEFT_OUT: Final = frozenset({"mangler"})
"""What is the rest of another figure says nothing more over time."""


class Kvartalsbillede(Protocol):
    """A published quarter with its pictures."""

    @property
    def kvartal(self) -> rules.Kvartal: ...
    @property
    def billeder(self) -> list[Billede]: ...


@dataclass(frozen=True, slots=True)
class Linje:
    """One figure through the quarters: a value for each, None where too few were observed.

    baand: how many each value rests on, "" where there is none.
    """

    kode: str
    navn: str
    punkter: tuple[rules.Vist | None, ...]
    baand: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forloeb:
    """One picture through the quarters, the oldest first; its lines in the order of the newest quarter."""

    noegle: str
    kvartaler: tuple[rules.Kvartal, ...]
    linjer: tuple[Linje, ...]


def over_tid(overblikke: Sequence[Kvartalsbillede]) -> list[Forloeb]:
    """A picture for each of NOEGLER, also those without lines. overblikke: the oldest first."""
    kvartaler = tuple(one.kvartal for one in overblikke)
    found = []
    for noegle in NOEGLER:
        per_quarter = [
            {row.kode: row for billede in one.billeder if billede.noegle == noegle for row in billede.raekker}
            for one in overblikke
        ]
        names: dict[str, str] = {}
        for rows in reversed(per_quarter):
            for kode, row in rows.items():
                names.setdefault(kode, row.navn)
        linjer = tuple(
            Linje(
                kode,
                navn,
                tuple(rows[kode].vist if kode in rows else None for rows in per_quarter),
                tuple(rows[kode].baand if kode in rows else "" for rows in per_quarter),
            )
            for kode, navn in names.items()
            if kode not in LEFT_OUT
        )
        found.append(Forloeb(noegle, kvartaler, linjer))
    return found
