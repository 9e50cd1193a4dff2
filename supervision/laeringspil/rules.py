"""What a læringspil is: up to three lines, from a færdighed over a situation to an effect one can notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from supervision.problems import RuleBroken

LINJER_MAX = 3
TEKST_MAX = 300
"""Most characters in each of a line's texts, as a kontrakt's focus holds no more."""

MAADER = {"afproeve": "Prøve det af", "observere": "Se det hos en kollega"}
"""What one does in the situation, and its words on the screen."""

ROLLE_I_KONTRAKT = {"afproeve": "fokusperson", "observere": "observatoer"}
"""Whoever tries is observed; whoever wants to see it done observes."""

_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Linje:
    """One line as it is kept. kendetegn_kode: what in the catalogue shows the færdighed, or None.

    id: what it is known by from version to version, None until it is kept; two lines of the same words are equal.
    """

    faerdighed: str
    situation: str = ""
    maade: str = "afproeve"
    effekt: str = ""
    kendetegn_kode: str | None = None
    id: UUID | None = field(default=None, compare=False)

    @property
    def er_tom(self) -> bool:
        """Whether nothing is written in it; the way of doing it alone is nothing."""
        return not (self.faerdighed or self.situation or self.effekt or self.kendetegn_kode)


def carry_ids(before: Sequence[Linje], after: Sequence[Linje]) -> tuple[Linje, ...]:
    """The new lines with the ids of those they come from: by the same færdighed, else by the same place."""
    by_words = {linje.faerdighed: linje.id for linje in before}
    words = {linje.faerdighed for linje in after}
    found = []
    for place, linje in enumerate(after):
        there = before[place] if place < len(before) and before[place].faerdighed not in words else None
        known = by_words.get(linje.faerdighed) or (there.id if there else None)
        found.append(replace(linje, id=known or linje.id))
    return tuple(found)


def clean_line(text: str) -> str:
    """Text as it is kept: on one line, with single spaces, and none of the characters a database refuses."""
    return " ".join(_UNSTORABLE.sub(" ", text).split())


def check_linjer(linjer: Sequence[Linje]) -> tuple[Linje, ...]:
    """The written lines in their order, the empty ones left out.

    Raises RuleBroken, with `field` as the form names it: no line, too many, one without a færdighed, one too
    long, an unknown way.
    """
    for place, linje in enumerate(linjer):
        if not linje.er_tom:
            _check_linje(place, linje)
    written = tuple(linje for linje in linjer if not linje.er_tom)
    if not written:
        raise RuleBroken("Skriv mindst én færdighed, du vil øve.", "linjer-0-faerdighed")
    if len(written) > LINJER_MAX:
        raise RuleBroken(f"Der er plads til {LINJER_MAX} linjer. Vælg de vigtigste.", "linjer-0-faerdighed")
    return written


def _check_linje(place: int, linje: Linje) -> None:
    field = f"linjer-{place}-faerdighed"
    if not linje.faerdighed:
        raise RuleBroken(f"Linje {place + 1} mangler en færdighed. Skriv den, eller tøm linjen.", field)
    if linje.maade not in MAADER:
        raise RuleBroken("Vælg en af mulighederne.", f"linjer-{place}-maade")
    if max(map(len, (linje.faerdighed, linje.situation, linje.effekt))) > TEKST_MAX:
        raise RuleBroken(f"Linje {place + 1} er for lang. Skriv højst {TEKST_MAX} tegn i hvert felt.", field)
