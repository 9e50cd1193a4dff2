"""What somebody may read out of their own figures over time, and what is asked for on the page.

The figures are the fokusperson's own and for their own eyes. Types of samtale are never put together: each has its own
average, and none until there are enough of them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from supervision.katalog.rules import SAMTALETYPER

FEWEST: Final = 5
"""The fewest samtaler of one type behind an average. House rule: below it one samtale moves the average more
than a colleague could tell from chance."""
FEWEST_TWICE: Final = 2 * FEWEST
"""From how many on the first half is held against the last."""
FRA_FIL: Final = "fil"
"""The type of a samtale that came from a file: nobody said what kind it was, so it is kept for itself."""
TYPER: Final[Mapping[str, str]] = {**SAMTALETYPER, FRA_FIL: "Hentet fra en fil"}
PERIODER: Final[Mapping[str, str]] = {
    "halvt_aar": "Det sidste halve år",
    "aar": "Det sidste år",
    "alt": "Alle samtaler",
}
MAANEDER: Final[Mapping[str, int]] = {"halvt_aar": 6, "aar": 12}
FAST_PERIODE: Final = "aar"


@dataclass(frozen=True, slots=True)
class Valg:
    """What is asked for. type: "" is all of them; maal: one's own target for one's talk time, in per cent."""

    type: str = ""
    periode: str = FAST_PERIODE
    maal: int | None = None


def begins(periode: str, today: date) -> date | None:
    """The first day of a period that ends today; None when it has no beginning."""
    if periode not in MAANEDER:
        return None
    month = today.year * 12 + today.month - 1 - MAANEDER[periode]
    year, index = divmod(month, 12)
    return date(year, index + 1, min(today.day, monthrange(year, index + 1)[1]))


def is_enough(samtaler: int) -> bool:
    """Whether this many samtaler of one type may have an average."""
    return samtaler >= FEWEST


def is_enough_to_compare(samtaler: int) -> bool:
    """Whether the first half of this many may be held against the last."""
    return samtaler >= FEWEST_TWICE
