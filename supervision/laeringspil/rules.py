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

FELTER = {
    "faerdighed": "færdigheden",
    "situation": "situationen",
    "maade": "om du prøver eller ser det hos en kollega",
    "effekt": "den forventede effekt",
    "kendetegn_kode": "kendetegnet",
}
"""A line's fields, as one tells what was changed."""

_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Linje:
    """One line as it is kept. kendetegn_kode: what in the catalogue shows the færdighed, or None.

    id: what it is known by from version to version, None until it is kept; two lines of the same words are equal.
    fra_punkt: the point of feedback that became it. afloeser: the id of the line that it took the place of.
    er_ny: written as a new line in the place of one that stood there.
    """

    faerdighed: str
    situation: str = ""
    maade: str = "afproeve"
    effekt: str = ""
    kendetegn_kode: str | None = None
    id: UUID | None = field(default=None, compare=False)
    fra_punkt: UUID | None = field(default=None, compare=False)
    afloeser: UUID | None = field(default=None, compare=False)
    er_ny: bool = field(default=False, compare=False)

    @property
    def er_tom(self) -> bool:
        """Whether nothing is written in it; the way of doing it alone is nothing."""
        return not (self.faerdighed or self.situation or self.effekt or self.kendetegn_kode)


@dataclass(frozen=True, slots=True)
class Aendring:
    """One thing that a version changed. slags: "ny", "rettet" or "ude".

    foer: the færdighed as it was, and felter: the fields that are different, when it is rettet.
    """

    slags: str
    linje: Linje
    foer: str = ""
    felter: tuple[str, ...] = ()


def carry_ids(before: Sequence[Linje], after: Sequence[Linje]) -> tuple[Linje, ...]:
    """The new lines with the ids of those they come from: by the same færdighed, else by the same place.

    What they came from goes along. One that is written as a new line takes the place of the one that stood there.
    """
    by_words = {linje.faerdighed: linje for linje in before}
    words = {linje.faerdighed for linje in after}
    found = []
    for place, linje in enumerate(after):
        there = before[place] if place < len(before) and before[place].faerdighed not in words else None
        known = by_words.get(linje.faerdighed) or (None if linje.er_ny else there)
        if known is None:
            replaced = there.id if there and linje.er_ny else None
            found.append(replace(linje, afloeser=linje.afloeser or replaced))
        else:
            found.append(
                replace(linje, id=known.id or linje.id, fra_punkt=known.fra_punkt, afloeser=known.afloeser)
            )
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


def list_aendringer(before: Sequence[Linje], after: Sequence[Linje]) -> tuple[Aendring, ...]:
    """What is different between two versions: what is new or written anew in its order, then what was taken out."""
    known = {_key(linje): linje for linje in before}
    found = []
    for linje in after:
        foer = known.pop(_key(linje), None)
        if foer is None:
            found.append(Aendring("ny", linje))
        elif foer != linje:
            felter = tuple(
                words for name, words in FELTER.items() if getattr(foer, name) != getattr(linje, name)
            )
            found.append(Aendring("rettet", linje, foer.faerdighed, felter))
    return (*found, *(Aendring("ude", linje) for linje in known.values()))


def _key(linje: Linje) -> UUID | str:
    return linje.id or linje.faerdighed


def _check_linje(place: int, linje: Linje) -> None:
    field = f"linjer-{place}-faerdighed"
    if not linje.faerdighed:
        raise RuleBroken(f"Linje {place + 1} mangler en færdighed. Skriv den, eller tøm linjen.", field)
    if linje.maade not in MAADER:
        raise RuleBroken("Vælg en af mulighederne.", f"linjer-{place}-maade")
    if max(map(len, (linje.faerdighed, linje.situation, linje.effekt))) > TEKST_MAX:
        raise RuleBroken(f"Linje {place + 1} er for lang. Skriv højst {TEKST_MAX} tegn i hvert felt.", field)
