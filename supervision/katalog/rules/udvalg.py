"""Choosing among the methods: by category, who they are for, and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from supervision.katalog.rules.metoder import KATEGORIER, KILDER, Metode
from supervision.katalog.rules.soegning import Fund, Soegning

FOR_HVEM = {
    "borger": "Samtale med en borger",
    "virksomhed": "Møde med en virksomhed",
    "begge": "Både borger og virksomhed",
    "kollega": "Mellem kolleger",
}
"""Who a method is for, as one looks for it. What is for both is also found under each of the two."""

EGNE = "egne"
KILDE_VALG = {**KILDER, EGNE: "Vores egne"}
"""Where a method comes from, as one looks for it: one of the sources, or the organisation itself."""

_RETNINGER = {
    "borger": {"borger", "begge"},
    "virksomhed": {"virksomhed", "begge"},
    "begge": {"begge"},
    "kollega": {"kollega"},
}


@dataclass(frozen=True, slots=True)
class Udvalg:
    """What one has chosen to see; "" is everything. kategori, hvem and kilde are words of the three lists."""

    kategori: str = ""
    hvem: str = ""
    kilde: str = ""

    def holds(self, metode: Metode) -> bool:
        """Whether the method is among the chosen. A word that is in no list chooses nothing."""
        return (
            self.kategori in ("", metode.kategori)
            and (not self.hvem or metode.retning in _RETNINGER.get(self.hvem, ()))
            and (not self.kilde or _comes_from(metode, self.kilde))
        )


@dataclass(frozen=True, slots=True)
class Visning:
    """What is shown: the search, the methods left, and the number behind each word of the three lists."""

    soegning: Soegning
    fund: tuple[Fund, ...]
    antal: Mapping[str, Mapping[str, int]]


def _comes_from(metode: Metode, kilde: str) -> bool:
    return metode.egen if kilde == EGNE else KILDER.get(kilde) in {one.navn for one in metode.kilder}


def count_choices(metoder: Iterable[Metode], udvalg: Udvalg) -> Mapping[str, Mapping[str, int]]:
    """Count the methods behind each word of each list, with the other two choices kept as they are.

    The word "" counts what is seen when nothing is chosen in that list.
    """
    given = tuple(metoder)
    lists: dict[str, tuple[str, ...]] = {
        "kategori": ("", *KATEGORIER),
        "hvem": ("", *FOR_HVEM),
        "kilde": ("", *KILDE_VALG),
    }
    return {
        name: {word: sum(replace(udvalg, **{name: word}).holds(metode) for metode in given) for word in words}
        for name, words in lists.items()
    }


def moved(keys: tuple[str, ...], key: str, step: int) -> tuple[str, ...]:
    """Return the order with one key moved step places (-1 is up); the ends stay where they are."""
    rest = [other for other in keys if other != key]
    rest.insert(max(0, keys.index(key) + step), key)
    return tuple(rest)
