"""What is often on the list in a numbered samtale, and the citizen's own agenda beside it.

The list is a help and not an agenda to be followed: the two stand side by side (fagligt grundlag V-24). Topics are a
closed list of codes, since nothing that is written freely about a samtale with a citizen has a field.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from supervision.katalog.rules.metoder import Udgave


@dataclass(frozen=True, slots=True)
class Emne:
    """A topic: its code, and its words."""

    kode: str
    navn: str


@dataclass(frozen=True, slots=True)
class Emneliste:
    """The topics of one number. belaeg: `kilde`, or `navn` when the source only names the number."""

    nr: int
    hvornaar: str
    belaeg: str
    emner: tuple[Emne, ...]


@dataclass(frozen=True, slots=True)
class Emnelister:
    """The lists of every number that has one, and the citizen's own agenda. model: whose plan it is made after."""

    lister: tuple[Emneliste, ...] = ()
    dagsorden: tuple[Emne, ...] = ()
    model: str = ""
    udgave: Udgave = field(default_factory=lambda: Udgave(1, date(2026, 11, 22)))

    def for_nr(self, nr: int | None) -> Emneliste | None:
        """The list of a number in the forløb; None without a number, and for the numbers that have no list."""
        return next((liste for liste in self.lister if liste.nr == nr), None)

    def emner_for(self, nr: int | None) -> tuple[Emne, ...]:
        """Everything that can be ticked for a number, in the order of the page; () when there is no list."""
        liste = self.for_nr(nr)
        return (*liste.emner, *self.dagsorden) if liste else ()

    def planlagt(self, nr: int | None, koder: Collection[str]) -> tuple[Emne, ...]:
        """Those of the codes that the number's list has, in its order: an old tick from another number is left out."""
        return tuple(emne for emne in self.emner_for(nr) if emne.kode in koder)
