"""The catalogue's sentences in an organisation's own words for borger, medarbejder and samtale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from supervision.katalog.rules.egne import KORT_TEGN_MAX
from supervision.katalog.rules.metoder import Kendetegn, Metode
from supervision.katalog.rules.skabeloner import Skabelon
from supervision.katalog.rules.words import kort_problem

Paa = Callable[[str], str]
"""A sentence of ours to the same one in other words."""

KONTRAKT_TEKST_MAX = 300
"""Most characters of a kendetegn's sentence that a kontrakt can keep."""


def metode_in_words(metode: Metode, paa: Paa) -> Metode:
    """The method with its sentences rewritten; its name, the sources' own words and its codes stay."""
    return replace(
        metode,
        trin=_all(metode.trin, paa),
        felter=_all(metode.felter, paa),
        faldgruber=_all(metode.faldgruber, paa),
        maaling=paa(metode.maaling),
        note=paa(metode.note),
        kendetegn=tuple(_kendetegn(tegn, paa) for tegn in metode.kendetegn),
    )


def skabelon_in_words(skabelon: Skabelon, paa: Paa) -> Skabelon:
    """The skabelon with its description rewritten; its name and own words stay."""
    return replace(skabelon, beskrivelse=paa(skabelon.beskrivelse))


def _kendetegn(tegn: Kendetegn, paa: Paa) -> Kendetegn:
    """A name that no longer fits a tile, or a sentence too long for a kontrakt, stays as it was."""
    kort, tekst = paa(tegn.kort), paa(tegn.tekst)
    fits = kort_problem(kort) is None and len(kort) <= KORT_TEGN_MAX
    return replace(
        tegn,
        kort=kort if fits else tegn.kort,
        tekst=tekst if len(tekst) <= KONTRAKT_TEKST_MAX else tegn.tekst,
    )


def _all(lines: tuple[str, ...], paa: Paa) -> tuple[str, ...]:
    return tuple(map(paa, lines))
