"""Which kendetegn were used, which were hardly, and which the figures say nothing of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supervision.danish import sorteringsnoegle
from supervision.overblik.tables.team import Billede, Raekke


@dataclass(frozen=True, slots=True)
class Brug:
    """sjaeldent: under 1 a samtale where it was agreed on. uden: (skabelon, those of its kendetegn in no figure).

    skabeloner: those of which no kendetegn has a figure.
    """

    brugt: tuple[Raekke, ...]
    sjaeldent: tuple[Raekke, ...]
    uden: tuple[tuple[str, tuple[str, ...]], ...]
    skabeloner: tuple[str, ...]


def brug(billeder: Sequence[Billede], skabeloner: Mapping[str, Mapping[str, str]]) -> Brug:
    """skabeloner: name -> (code -> short name) of the kendetegn of each of the organisation's as they are now.

    A kendetegn may be without a figure because it stood in few kontrakter or in none: the two look alike (R9).
    """
    rows = [row for billede in billeder if billede.noegle == "faerdigheder" for row in billede.raekker]
    shown = {row.kode for row in rows}
    missing = [
        (
            skabelon,
            tuple(sorted((navn for kode, navn in tegn.items() if kode not in shown), key=sorteringsnoegle)),
        )
        for skabelon, tegn in skabeloner.items()
    ]
    return Brug(
        brugt=tuple(row for row in rows if row.vist.tegnet > 0),
        sjaeldent=tuple(row for row in rows if row.vist.tegnet == 0),
        uden=tuple((skabelon, left) for skabelon, left in missing if left),
        skabeloner=tuple(skabelon for skabelon, tegn in skabeloner.items() if shown.isdisjoint(tegn)),
    )
