"""How one's own sent feedback has been: on the own half, concrete, hung on moments. Read by the banehalvdel rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from supervision.feedback.rules.banehalvdel import bedoem_tekst
from supervision.feedback.rules.punkter import EGEN_BANEHALVDEL

SENESTE: Final = 3
"""Letters that stand for how it is now."""
FAA: Final = 12
"""Fewer sentences than this are too few to say anything by."""
ENS: Final = 0.1
"""A smaller difference between two shares is none."""


@dataclass(frozen=True, slots=True)
class SendtPunkt:
    """One sent point: its letter and when that was sent, its kind and words, and whether it hangs on a moment."""

    brev: UUID
    sendt_at: datetime
    slags: str
    tekst: str
    oejeblik: bool


@dataclass(frozen=True, slots=True)
class Maade:
    """What the letters hold outside the drawers.

    egen: sentences on the own half. konkrete: those of them that a camera or a microphone could confirm.
    oejeblikke: points that hang on a moment.
    """

    breve: int
    saetninger: int
    egen: int
    konkrete: int
    punkter: int
    oejeblikke: int

    @property
    def faa(self) -> bool:
        """Too few sentences to say anything by."""
        return self.saetninger < FAA


@dataclass(frozen=True, slots=True)
class Udvikling:
    """All letters; when there are enough of them, also the latest SENESTE and those before."""

    alle: Maade
    seneste: Maade | None
    foer: Maade | None

    @property
    def ord(self) -> str:
        """The latest letters against those before: `flere`, `ens`, `faerre` on the own half; "" when too few to say."""
        if self.seneste is None or self.foer is None or self.seneste.faa or self.foer.faa:
            return ""
        more = self.seneste.egen / self.seneste.saetninger - self.foer.egen / self.foer.saetninger
        return "ens" if abs(more) < ENS else "flere" if more > 0 else "faerre"


def look_back(punkter: Sequence[SendtPunkt]) -> Udvikling:
    """One person's own sent points, counted. What was said in a drawer was asked for, and does not count."""
    own = [punkt for punkt in punkter if punkt.slags in EGEN_BANEHALVDEL]
    letters = sorted({(punkt.sendt_at, punkt.brev) for punkt in own})
    if len(letters) <= SENESTE:
        return Udvikling(_counted(own), None, None)
    new = {brev for _, brev in letters[-SENESTE:]}
    latest = _counted([punkt for punkt in own if punkt.brev in new])
    before = _counted([punkt for punkt in own if punkt.brev not in new])
    return Udvikling(_sum(latest, before), latest, before)


def _counted(punkter: Sequence[SendtPunkt]) -> Maade:
    domme = [dom for punkt in punkter for dom in bedoem_tekst(punkt.tekst)]
    return Maade(
        breve=len({punkt.brev for punkt in punkter}),
        saetninger=len(domme),
        egen=sum(dom.egen for dom in domme),
        konkrete=sum(dom.label == "iagttagelse" for dom in domme),
        punkter=len(punkter),
        oejeblikke=sum(punkt.oejeblik for punkt in punkter),
    )


def _sum(one: Maade, other: Maade) -> Maade:
    return Maade(
        breve=one.breve + other.breve,
        saetninger=one.saetninger + other.saetninger,
        egen=one.egen + other.egen,
        konkrete=one.konkrete + other.konkrete,
        punkter=one.punkter + other.punkter,
        oejeblikke=one.oejeblikke + other.oejeblikke,
    )
