"""The lexicon as it is looked up: exact form, slip of spelling, compound, prefix. Built when it is first asked."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from . import ord_foelelser, ord_grammatik, ord_handling, ord_vurdering
from .ordformer import PREFIXES, SHORTEST_LOOSE, fold, lexicon, loosen

TABLES: Final = (ord_grammatik.ORD, ord_foelelser.ORD, ord_vurdering.ORD, ord_handling.ORD)
COMPOUNDED: Final = frozenset({"OBJ", "HUN", "HANS", "FOELN", "DADELPERSON", "VAGEMNE", "FOLK", "VAGTING"})
"""Classes that a compound has from its last part: `skalaspørgsmålet` is a `spørgsmål`."""
PREFIXED: Final = frozenset(
    {"ROS", "PERSONROS", "PERSONDADEL", "DADEL", "FOEL", "HOLDN", "TILRAAB", "FORMEGET"}
)
SHORTEST_HEAD: Final = 4
NOTHING: Final[frozenset[str]] = frozenset()


FOLDED_PREFIXES: Final = tuple(fold(prefix) for prefix in PREFIXES)


@lru_cache(maxsize=20_000)
def classes_of(folded: str) -> frozenset[str]:
    """The classes of a folded word; empty when nothing is known of it."""
    if folded in _lexicon():
        return _lexicon()[folded]
    return _negated(folded) or _prefixed(folded) or _loosely(folded) or _compound(folded)


def _negated(folded: str) -> frozenset[str]:
    """`u` before a word of praise: `uhensigtsmæssig`."""
    praised = folded.startswith("u") and _lexicon().get(folded[1:], NOTHING) & {"ROS", "PERSONROS"}
    return frozenset({"DADEL", "PERSONDADEL"}) if praised else NOTHING


def _prefixed(folded: str) -> frozenset[str]:
    for prefix in FOLDED_PREFIXES:
        if folded.startswith(prefix) and folded[len(prefix) :] in _lexicon():
            return _lexicon()[folded[len(prefix) :]] & PREFIXED
    return NOTHING


def _loosely(folded: str) -> frozenset[str]:
    return _loose_lexicon().get(loosen(folded), NOTHING) if len(folded) >= SHORTEST_LOOSE else NOTHING


def _compound(folded: str) -> frozenset[str]:
    for start in range(2, min(len(folded), 40) - SHORTEST_HEAD + 1):
        found = _lexicon().get(folded[start:].lstrip("-'’"), NOTHING) & COMPOUNDED
        if found:
            return found
    return NOTHING


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    return lexicon(TABLES, ord_handling.BYD_IKKE)


@cache
def _loose_lexicon() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for form, classes in _lexicon().items():
        if len(form) >= SHORTEST_LOOSE and not classes & {"BYD", "BYDMAASKE"}:
            key = loosen(form)
            if len(key) >= SHORTEST_LOOSE - 1:
                found[key] = found.get(key, NOTHING) | classes
    return found
