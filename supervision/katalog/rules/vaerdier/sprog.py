"""Small numbers and lists in Danish words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_TREND: Final = {-1: "lavere", 1: "højere"}
_TAL: Final = ("nul", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")


def change(steps: int) -> str:
    """The way from one number of a scale to another: »to trin højere«."""
    if steps == 0:
        return "det samme"
    return f"{in_words(abs(steps))} trin {_TREND[1 if steps > 0 else -1]}"


def count(number: int, one: str, many: str) -> str:
    """How many, as »to felter«."""
    return f"{in_words(number)} {one if number == 1 else many}"


def in_words(number: int) -> str:
    """A number as a word below ten."""
    return _TAL[number] if number < len(_TAL) else str(number)


def inside(words: str) -> str:
    """Words as they stand inside a sentence: names in capitals keep them."""
    first = words.split()[0]
    return (
        words if first.isupper() or first == "JobKon" or first[0].isdigit() else words[0].lower() + words[1:]
    )


def listing(words: Iterable[str]) -> str:
    """»a, b og c«; "" for none."""
    given = list(words)
    return given[0] if len(given) == 1 else f"{', '.join(given[:-1])} og {given[-1]}" if given else ""
