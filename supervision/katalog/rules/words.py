"""Words as they are shown on a tile and as they are compared in a search."""

from __future__ import annotations

import re

KORT_MAX = 22
"""Most characters in a short name for a tile; a soft hyphen does not count."""

WORD_MAX = 16
"""Most characters a tile can hold unbroken; a longer word needs a soft or a hard hyphen."""

SOFT_HYPHEN = "\u00ad"

ENDELSER = (
    *("ernes", "enes", "erne", "ene", "ende", "ede", "ers", "ens", "ets"),
    *("er", "en", "et", "es", "e", "s", "r", "t"),
)
"""Danish endings, longest first."""

STEM_MIN = 4
"""Fewest letters that stay when an ending is taken off."""

_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", SOFT_HYPHEN: None})
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_TWICE = re.compile(r"(.)\1")
_BARE = str.maketrans({"æ": "a", "ø": "o", "å": "a"})
_VOWELS = "aeiouy"


def plain(kort: str) -> str:
    """Return the short name as it is counted, sorted and exported: without soft hyphens."""
    return kort.replace(SOFT_HYPHEN, "")


def fold(text: str) -> str:
    """Return the text as it is compared in a search: words in lower case, æ ø å written ae oe aa."""
    return _BETWEEN_WORDS.sub(" ", text.casefold().translate(_FOLDED)).strip()


def kort_problem(kort: str) -> str | None:
    """Say in Danish why a short name does not fit a tile, or None when it does."""
    if len(plain(kort)) > KORT_MAX:
        return f"det korte navn »{plain(kort)}« er på {len(plain(kort))} tegn; der må højst være {KORT_MAX}"
    for word in kort.split():
        if any(len(part) > WORD_MAX for part in word.replace("-", SOFT_HYPHEN).split(SOFT_HYPHEN)):
            return f"ordet »{word}« er for langt til et felt; sæt en blød bindestreg i det"
    return None


def stem(word: str) -> str:
    """Return a folded word without its Danish ending, so that tallet, tallene and tal become the same.

    At least STEM_MIN letters stay, or three and a doubled consonant; a shorter word comes back as it is.
    """
    for ending in ENDELSER:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= STEM_MIN:
            doubled = rest[-1] == rest[-2] and rest[-1] not in _VOWELS
            return rest[:-1] if doubled else rest
    return word


def skeleton(word: str) -> str:
    """Return a folded word as a hasty hand or a foreign keyboard might type it.

    ae, oe and aa become one letter, and a doubled letter becomes one.
    """
    bare = word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å").translate(_BARE)
    return _TWICE.sub(r"\1", bare)
