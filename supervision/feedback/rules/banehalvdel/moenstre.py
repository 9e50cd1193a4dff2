"""The pattern language, and a matcher that walks all places of a sentence at once.

A pattern is made of elements with spaces between:

- `du|jer`   one of these words             - `VAERE|VIRKE` a word of one of these classes; both kinds may be mixed
- `x?` `x*`  none or one; up to five        - `!x`          what comes next is not x
- `..` `...` up to three or eight words that are no comma; `....` up to twelve of anything
- `^` `$`    the beginning and the end of the sentence (marks after it do not count)

The places where a pattern may stand are bits of one whole number, moved on by each element: no backtracking, no regular
expression, time proportional to the pattern. A small engine in another language needs and, or, not and shift.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .ordformer import fold

GAPS: Final = {"..": (3, False), "...": (8, False), "....": (12, True)}
MOST_REPEATED: Final = 5
UPPER: Final = re.compile(r"[A-ZÆØÅ]+")
COMMON: Final = frozenset(
    ["DU", "HUN", "VAERE", "HAVE", "FAA", "ADV", "EN", "JEG", "MIG", "ACT", "SIGE", "OBJ", "LED", "KAN",
    "det", "jeg", "at", "i", "på", "der", ",", "som"]
)  # fmt: skip
CLOSING: Final = frozenset(".!?…")
ONE, OPTIONAL, REPEATED, NOT, GAP, GAP_OF_ALL, BEGIN, END = range(8)

Element = tuple[int, tuple[str, ...], int]
"""(kind, names of classes and folded words, the gap's length)."""


@dataclass(frozen=True, slots=True)
class Moenster:
    """A pattern ready to be matched; `noegle` is its rarest element: without one of these it cannot match."""

    elementer: tuple[Element, ...]
    noegle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pladser:
    """Where each word and class stands in one sentence, as bits; `slut`: from where only closing marks follow."""

    antal: int
    hvor: Mapping[str, int]
    slut: int


def compile_moenster(source: str) -> Moenster:
    """Raises ValueError for an element that is not of the language, or when no word must be there."""
    elements = tuple(_element(element) for element in source.split())
    needed = [names for kind, names, _ in elements if kind == ONE]
    if not needed:
        raise ValueError(f"nothing that must be there: {source}")
    return Moenster(elements, min(needed, key=_commonness))


def _commonness(names: tuple[str, ...]) -> int:
    return sum(20 if name in COMMON else 3 if name.isupper() else 1 for name in names)


def pladser(words: Sequence[tuple[str, frozenset[str]]]) -> Pladser:
    """The places of a sentence of (folded word, classes)."""
    where: dict[str, int] = {}
    for place, (form, classes) in enumerate(words):
        bit = 1 << place
        where[form] = where.get(form, 0) | bit
        for name in classes:
            where[name] = where.get(name, 0) | bit
    count = len(words)
    ending = count
    while ending and words[ending - 1][0][:1] in CLOSING:
        ending -= 1
    return Pladser(count, where, ((1 << (count + 1)) - 1) & ~((1 << ending) - 1))


def find(pattern: Moenster, places: Pladser) -> tuple[int, int] | None:
    """(first word, word after the last) of the leftmost, shortest match; None when there is none."""
    if places.hvor.keys().isdisjoint(pattern.noegle):
        return None
    everywhere = (1 << (places.antal + 1)) - 1
    if not _walk(pattern, places, everywhere):
        return None
    for start in range(places.antal + 1):
        ends = _walk(pattern, places, 1 << start)
        if ends:
            return start, (ends & -ends).bit_length() - 1
    return None


def _walk(pattern: Moenster, places: Pladser, here: int) -> int:
    """The places after the pattern, when it begins at one of the bits of `here`."""
    where = places.hvor
    for kind, names, length in pattern.elementer:
        mask = 0
        for name in names:
            mask |= where.get(name, 0)
        if kind == ONE:
            here = (here & mask) << 1
        elif kind == NOT:
            here &= ~mask
        elif kind == BEGIN:
            here &= 1
        elif kind == END:
            here &= places.slut
        else:
            here = _moved(here, mask if kind in (OPTIONAL, REPEATED) else _passable(places, kind), length)
        if not here:
            return 0
    return here


def _passable(places: Pladser, kind: int) -> int:
    every = (1 << places.antal) - 1
    return every if kind == GAP_OF_ALL else every & ~places.hvor.get(",", 0)


def _moved(here: int, mask: int, times: int) -> int:
    moving = here
    for _ in range(times):
        moving = (moving & mask) << 1
        if not moving:
            break
        here |= moving
    return here


def _element(element: str) -> Element:
    if element in "^$":
        return (BEGIN if element == "^" else END), (), 0
    if element in GAPS:
        length, every = GAPS[element]
        return (GAP_OF_ALL if every else GAP), (), length
    if element.startswith("!"):
        return NOT, _names(element[1:]), 0
    if element.endswith("*"):
        return REPEATED, _names(element[:-1]), MOST_REPEATED
    if element.endswith("?") and len(element) > 1:
        return OPTIONAL, _names(element[:-1]), 1
    return ONE, _names(element), 0


def _names(core: str) -> tuple[str, ...]:
    names = core.split("|")
    if not all(names):
        raise ValueError(f"not an element: {core}")
    return tuple(name if UPPER.fullmatch(name) else fold(name) for name in names)
