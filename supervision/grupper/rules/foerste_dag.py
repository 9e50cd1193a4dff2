"""A new person's first round: three steps on a practice samtale, with nobody waiting for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from supervision.problems import RuleBroken

KOLLEGA: Final = "din øvekollega"
"""Whom one observes: a made-up colleague."""
MANUSKRIPT: Final = "lageret"
MINUTTER: Final = 90
MAX_KENDETEGN: Final = 6
LAENGST: Final = 2000
FELTER: Final = {
    "lykkedes": "Det, der lykkedes",
    "iagttagelse": "Iagttagelser",
    "oplevelse": "Oplevelser",
}
TRIN: Final = ("kontrakt", "optager", "feedback")


class Dag(Protocol):
    """The facts of somebody's first round."""

    @property
    def kontrakt_at(self) -> datetime | None: ...
    @property
    def skrevet_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Trin:
    """One step. gjort: it is done; nu: it is the one to do now."""

    key: str
    navn: str
    minutter: int
    gjort: bool
    nu: bool


def trin(dag: Dag | None, *, optaget: bool) -> list[Trin]:
    """The three steps in their order; the first that is not done is `nu`."""
    done = {
        "kontrakt": dag is not None and dag.kontrakt_at is not None,
        "optager": optaget,
        "feedback": dag is not None and dag.skrevet_at is not None,
    }
    first = next((key for key in TRIN if not done[key]), None)
    words = {
        "kontrakt": ("Lav en øveaftale", 10),
        "optager": ("Kryds med i en øvesamtale", 20),
        "feedback": ("Skriv feedback, og sammenlign", 25),
    }
    return [Trin(key, *words[key], gjort=done[key], nu=key == first) for key in TRIN]


def check_valg(chosen: list[str], offered: tuple[str, ...]) -> list[str]:
    """The kendetegn somebody wants on the screen, in the samtale's order. Raises RuleBroken."""
    known = [kode for kode in offered if kode in chosen]
    if not known:
        raise RuleBroken("Vælg mindst ét kendetegn.", "kendetegn")
    if len(known) > MAX_KENDETEGN:
        raise RuleBroken(f"Vælg højst {MAX_KENDETEGN}. Det er rigeligt den første gang.", "kendetegn")
    return known


def check_tekster(tekster: dict[str, str]) -> dict[str, str]:
    """What was written, cleaned. Something has to stand under what succeeded. Raises RuleBroken."""
    cleaned = {key: tekster[key].replace("\r\n", "\n").strip() for key in FELTER}
    for key, words in cleaned.items():
        if len(words) > LAENGST:
            raise RuleBroken(f"Skriv højst {LAENGST} tegn.", key)
    if not cleaned["lykkedes"]:
        raise RuleBroken("Skriv mindst én ting, der lykkedes. Det er altid der, vi begynder.", "lykkedes")
    return cleaned
