"""What makes a password easy to guess. No rule of capitals and signs, and none of changing it now and then.

A password is refused when nothing is left of it once the words that are tried first (the commonest passwords, Danish
words, words of the house and of the person) and figures, signs and repetitions are taken away, and there were at most
two of those words. Three or more words, however common, are a sentence, and sentences are what we ask for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Set
from itertools import pairwise

KORTEST = 15
KORTEST_MED_ANDET_TRIN = 8
LAENGST = 128
SAMME_TEGN = 3
"""With so few different letters or figures it is a pattern, however long."""
ORD = 2
"""So many known words are not enough."""
SHORTEST_WORD = 3


def er_for_kendt(adgangskode: str, kendte: Set[str]) -> bool:
    """Whether the password is among the first that are tried. kendte: known words, as `som_kendt` makes them."""
    plain = som_kendt(adgangskode)
    if plain in kendte or len(set(plain)) <= SAMME_TEGN or _runs(plain):
        return True
    return _made_of(plain, kendte)


def som_kendt(tekst: str) -> str:
    """Small letters and figures only: what is left when somebody dresses a word up."""
    folded = unicodedata.normalize("NFKC", tekst).casefold()
    return "".join(sign for sign in folded if sign.isalnum()) or folded


def ord_om(navne: Iterable[str]) -> set[str]:
    """The words of names (a person's, a team's, an organisation's), whole and one by one."""
    found: set[str] = set()
    for navn in navne:
        parts = "".join(sign if sign.isalnum() else " " for sign in navn).split()
        found |= {som_kendt(part) for part in (*parts, navn) if len(part) >= SHORTEST_WORD}
    return found


def _made_of(plain: str, kendte: Set[str]) -> bool:
    """Whether at most ORD different known words, each as often as one likes, make it up; figures between are free."""
    found: list[set[frozenset[str]]] = [{frozenset()}, *(set() for _ in plain)]
    longest = max(map(len, kendte), default=0)
    for end in range(1, len(plain) + 1):
        if plain[end - 1].isdigit():
            found[end] |= found[end - 1]
        for start in range(max(0, end - longest), end - SHORTEST_WORD + 1):
            word = plain[start:end]
            if found[start] and word in kendte:
                found[end] |= {grown for known in found[start] if len(grown := known | {word}) <= ORD}
    return bool(found[-1])


def _runs(plain: str) -> bool:
    """Whether it goes up or down by one all the way (12345678, abcdefgh), or is one short piece again and again."""
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    if (len(plain) > 1 and steps <= {1, -9}) or steps <= {-1, 9}:
        return True
    return any(
        len(plain) % size == 0 and plain == plain[:size] * (len(plain) // size)
        for size in range(1, min(5, len(plain)))
    )
