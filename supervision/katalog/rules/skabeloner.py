"""What a GameMaster variant and a skabelon are, their versions, and what changed from one version to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from supervision.katalog.rules.metoder import ABC_VAEGT, SAMTALETYPER, TALERE, Udgave

FIRST = Udgave(1, date(2026, 11, 22))
"""The version and the day of what has no other."""


@dataclass(frozen=True, slots=True)
class Element:
    """Element of a phase. kode: as in the event log, `kontrakt.formaal`. kort: the name on a chip."""

    kode: str
    navn: str
    kort: str


TILSKUER_TIMEOUT = Element("timeout.tilskuer", "Tilskuer bad om det", "Tilskuer bad om det")
"""Whoever looks on a role play asked for the timeout; of no GameMaster, and in no other samtale."""


@dataclass(frozen=True, slots=True)
class Fase:
    """Phase of a GameMaster variant, under the variant's own name. kode: one of FASER."""

    kode: str
    navn: str
    elementer: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class GmVariant:
    """One version of one source's GameMaster; the variants stand side by side and are never merged.

    key: its method's. aendret: what the version changed, in words.
    """

    key: str
    navn: str
    faser: tuple[Fase, ...]
    udgave: Udgave = FIRST
    aendret: str = ""

    def in_words(self, ord: Iterable[tuple[str, str]]) -> GmVariant:
        """The same phases and elements under other names, by kode. What is not named keeps its own."""
        words = dict(ord)
        return replace(
            self,
            faser=tuple(
                Fase(
                    fase.kode,
                    words.get(fase.kode, fase.navn),
                    tuple(_renamed(element, words.get(element.kode)) for element in fase.elementer),
                )
                for fase in self.faser
            ),
        )

    def with_element(self, fase: str, element: Element) -> GmVariant:
        """The same with one more element, last in a phase; as it is when it has the element."""
        if any(own.kode == element.kode for one in self.faser for own in one.elementer):
            return self
        return replace(
            self,
            faser=tuple(
                replace(one, elementer=(*one.elementer, element)) if one.kode == fase else one
                for one in self.faser
            ),
        )


@dataclass(frozen=True, slots=True)
class Skabelon:
    """One version of a template pack: a first palette, and what it is to be recorded with.

    kendetegn: the tiles in order. metoder: the methods it draws on, also those without a tile. ord: its own words for
    parties, phases and elements, by kode. passer_til: codes of SAMTALETYPER. aendret: what the version changed. abc:
    one of ABC_VAEGT, "" when it says nothing of an ABC-jobplan.
    """

    key: str
    navn: str
    beskrivelse: str
    gm_variant: str
    parter: tuple[str, ...]
    kendetegn: tuple[str, ...]
    metoder: tuple[str, ...] = ()
    ord: tuple[tuple[str, str], ...] = ()
    passer_til: tuple[str, ...] = ()
    udgave: Udgave = FIRST
    aendret: str = ""
    abc: str = ""

    @property
    def egen(self) -> bool:
        """Whether an organisation has made it: see `rules.egne`."""
        return self.key.startswith("egen_")

    def part_navn(self, part: str) -> str | None:
        """The skabelon's own word for a party, None when it has none."""
        return dict(self.ord).get(part)


Versioned = TypeVar("Versioned", GmVariant, Skabelon)


def newest(udgaver: Iterable[Versioned]) -> tuple[Versioned, ...]:
    """The last version of each key, in the order in which the keys first stand."""
    found: dict[str, Versioned] = {}
    for one in udgaver:
        found[one.key] = one
    return tuple(found.values())


def at_version(udgaver: Iterable[Versioned], key: str, version: int | None) -> Versioned | None:
    """The given version of a key; the newest when it is None or is not there. None for an unknown key."""
    found = None
    for one in udgaver:
        if one.key == key:
            found = one
            if one.udgave.version == version:
                break
    return found


def forskelle(before: Skabelon, after: Skabelon, navn: Callable[[str], str]) -> tuple[str, ...]:
    """What changed from one version to the next, as Danish sentences.

    navn: the name of a kendetegn, a method, a GameMaster variant, a party, a phase or an element.
    """
    return tuple(_forskelle(before, after, navn))


def _forskelle(before: Skabelon, after: Skabelon, navn: Callable[[str], str]) -> Iterator[str]:
    if after.navn != before.navn:
        yield f"Hedder nu »{after.navn}«. Før hed den »{before.navn}«."
    if after.beskrivelse != before.beskrivelse:
        yield f"Beskrivelsen er nu: »{after.beskrivelse}«"
    if after.gm_variant != before.gm_variant:
        yield f"GameMaster er nu {navn(after.gm_variant)}. Før var det {navn(before.gm_variant)}."
    yield from _lists("Kendetegn", before.kendetegn, after.kendetegn, navn)
    if _common(before.kendetegn, after.kendetegn) != _common(after.kendetegn, before.kendetegn):
        yield "Kendetegnene står i en ny rækkefølge."
    yield from _lists("Metoder", before.metoder, after.metoder, navn)
    yield from _lists("Taletid", before.parter, after.parter, TALERE.__getitem__)
    yield from _lists("Passer til", before.passer_til, after.passer_til, SAMTALETYPER.__getitem__)
    if after.abc != before.abc:
        yield f"ABC-jobplanen: {ABC_VAEGT.get(after.abc, 'står der ikke længere noget om.')}"
    old, new = dict(before.ord), dict(after.ord)
    for kode in dict.fromkeys((*old, *new)):
        if old.get(kode) != new.get(kode):
            yield f"»{old.get(kode) or navn(kode)}« hedder nu »{new.get(kode) or navn(kode)}«."


def _common(koder: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    return [kode for kode in koder if kode in others]


def _lists(
    what: str, before: tuple[str, ...], after: tuple[str, ...], navn: Callable[[str], str]
) -> Iterator[str]:
    new = [navn(kode) for kode in after if kode not in before]
    gone = [navn(kode) for kode in before if kode not in after]
    if new:
        yield f"{what}, nyt: {', '.join(new)}."
    if gone:
        yield f"{what}, ikke længere med: {', '.join(gone)}."


def _renamed(element: Element, word: str | None) -> Element:
    return Element(element.kode, word, word) if word else element
