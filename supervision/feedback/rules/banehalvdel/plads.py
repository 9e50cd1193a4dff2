"""Where in a letter a sentence has its place: the own half everywhere, the rest in a drawer that is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

VELKOMMEN: Final[dict[str, tuple[str, ...]]] = {
    "fortolkning": ("fortolkning", "ukonkret"),
    "godt_raad": ("godt_raad", "ukonkret"),
}
"""Drawer -> what has its place there beside what stands on one's own half."""

SKUFFE_AABEN: Final[dict[str, str]] = {
    "fortolkning": "Skuffen »Fortolkning« er åben, så dit gæt kan stå der.",
    "godt_raad": "Skuffen »Gode råd« er åben, så det kan stå der.",
}
"""Drawer -> the way on when the sentence stands outside the drawer, and the drawer is open."""


def velkommen(slags: str, aabne: Iterable[str]) -> tuple[str, ...]:
    """The labels that need no word in an area of the letter. aabne: the drawers that are open.

    Outside the drawers none does. In one of them a guess or advice is what was asked for, and it may be loose.
    """
    if slags not in VELKOMMEN:
        return ()
    return tuple(sorted({label for skuffe in (slags, *aabne) for label in VELKOMMEN[skuffe]}))
