"""Which kendetegn were used, which were hardly, and which the figures say nothing of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supervision.danish import sorteringsnoegle
from supervision.overblik.tables.team import Billede, Raekke


@dataclass(frozen=True, slots=True)
class Brug:
    """sjaeldent: under 1 a samtale where it was agreed on. uden: names that stand in a skabelon, but in no figure."""

    brugt: tuple[Raekke, ...]
    sjaeldent: tuple[Raekke, ...]
    uden: tuple[str, ...]


def brug(billeder: Sequence[Billede], skabelonernes: Mapping[str, str]) -> Brug:
    """skabelonernes: code -> short name of every kendetegn of the organisation's skabeloner as they are now.

    A kendetegn may be without a figure because it stood in few kontrakter or in none: the two look alike (R9).
    """
    rows = [row for billede in billeder if billede.noegle == "faerdigheder" for row in billede.raekker]
    shown = {row.kode for row in rows}
    return Brug(
        brugt=tuple(row for row in rows if row.vist.tegnet > 0),
        sjaeldent=tuple(row for row in rows if row.vist.tegnet == 0),
        uden=tuple(
            sorted((navn for kode, navn in skabelonernes.items() if kode not in shown), key=sorteringsnoegle)
        ),
    )
