"""When a kendetegn is called hard to see alike: nobody's fault, and nothing to read a person from."""

from __future__ import annotations

from typing import Final

MINDST_SAMTALER: Final = 5
MINDST_OBSERVATOERER: Final = 5
"""As R3 of the published figures: fewer than five persons are never a figure."""
MINDST_KRYDS: Final = 20
GRAENSE: Final = 50
"""Hundredths. Below it most of the ticks that the observers of a samtale set are set by one of them alone."""


def kan_staa(*, samtaler: int, observatoerer: int, kryds: int) -> bool:
    """Whether there is enough to say anything at all about how far observers agree on a kendetegn."""
    enough = samtaler >= MINDST_SAMTALER and kryds >= MINDST_KRYDS
    return enough and observatoerer >= MINDST_OBSERVATOERER


def er_svaert(*, enighed: int, uden_en: int) -> bool:
    """Whether a kendetegn is hard to see alike, whoever is left out: so the mark never says who sees it differently.

    enighed, uden_en: hundredths, of everybody and without any one observer at the most.
    """
    return max(enighed, uden_en) < GRAENSE
