"""The number of a samtale in its forløb: choosing by it, and the topics that are often on the list then.

Numbers stand in their own order and never by how many samtaler there were: more samtaler are not better (fagligt
grundlag V-22).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from supervision.aftaler.rules.words import FORLOEB
from supervision.problems import RuleBroken

UDEN: Final = "uden"
"""What an address says for the samtaler that have no number."""
UDEN_EMNELISTE: Final = ("virksomhedsmoede", "oevelse")
"""Types of samtale that are no part of a citizen's forløb."""


@dataclass(frozen=True, slots=True)
class NrValg:
    """One choice in the row: what the address says ("" for all), its words, how many it leaves, if it is chosen."""

    vaerdi: str
    navn: str
    antal: int
    valgt: bool


def read_nr(typed: str) -> str:
    """A number of a forløb, UDEN, or "" for all of them: also for whatever else an address may say."""
    text = typed.strip()
    if text == UDEN:
        return UDEN
    known = text.isascii() and text.isdecimal() and len(text) <= 2 and FORLOEB[0] <= int(text) <= FORLOEB[1]
    return str(int(text)) if known else ""


def holds_nr(chosen: str, forloeb_nr: int | None) -> bool:
    """Whether a samtale with this number is among the chosen."""
    return chosen in ("", UDEN if forloeb_nr is None else str(forloeb_nr))


def list_nr_valg(antal: Mapping[int | None, int], chosen: str) -> list[NrValg]:
    """The row of choices: all, each number that occurs (and the chosen one), those without.

    antal: number (None: without one) -> how many, of the whole list. [] when nothing has a number: then there is
    nothing to choose by.
    """
    counts = Counter(antal)
    wanted = {nr for nr in counts if nr is not None}
    if not wanted and chosen in ("", UDEN):
        return []
    if chosen not in ("", UDEN):
        wanted.add(int(chosen))
    rows = [("", "Alle", counts.total())]
    rows += [(str(nr), f"{nr}. samtale", counts[nr]) for nr in sorted(wanted)]
    if counts[None] or chosen == UDEN:
        rows.append((UDEN, "Uden nummer", counts[None]))
    return [NrValg(vaerdi, navn, antal, vaerdi == chosen) for vaerdi, navn, antal in rows]


def har_emneliste(forloeb_nr: int | None, samtale_type: str) -> bool:
    """Only a numbered samtale in a citizen's forløb has one."""
    return forloeb_nr is not None and samtale_type not in UDEN_EMNELISTE


def planned(koder: Collection[str], known: Sequence[str]) -> list[str]:
    """The chosen topics in the list's order. Raises RuleBroken when one is not on it."""
    if not set(koder) <= set(known):
        raise RuleBroken("Et af emnerne står ikke på listen. Genindlæs siden, og vælg igen.", "emner")
    return [kode for kode in known if kode in koder]
