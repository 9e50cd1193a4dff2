"""An organisation's own words in our sentences: “en borger” becomes “et medlem”, “Borgerens” becomes “Den lediges”.

Only for texts of ours, never for what people have written; what stands »quoted« in a text of ours stays. Compounds
(fællessamtale, samtaletype) and the names of the profession stay too; fokusperson and observatør are no choice at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from supervision.personer.rules.ordliste import (
    BORGER,
    EGET_ORD,
    ET,
    MEDARBEJDER,
    ORDLISTER,
    SAMTALE,
    Ord,
    ejefald,
)

SMART_A = {
    "begge": "Attraktivt eller accepteret",
    "attraktiv": "Attraktivt",
    "accepteret": "Accepteret",
    "ambitioes": "Ambitiøst",
}
"""What the A of SMART stands for where one works; the sources differ. The first is for whoever has not chosen."""

EKSEMPLER = (
    "Borgeren siger selv, hvad samtalen skal bruges til.",
    "En medarbejder taler med en borger.",
    "Medarbejderen bruger borgerens egne ord i hver samtale.",
    "Spørg altid borgere og medarbejdere, før samtalerne begynder.",
)
"""Sentences in which most of the forms of the three words are heard."""

FASTE_UDTRYK = (
    *("motiverende samtale", "undersøgende samtale", "samtalens pejlemærker", "jobrettede samtaler"),
    *("jobfokus i samtaler", "kompetenceudvikling – samtalen", "samtalen om samtalen", "samtalen om sagen"),
    *("anden medarbejder", "anden medarbejders"),
)
"""Names of models, sources and parties, in small letters: they hold one of the words and keep it."""


def _par(ord: str) -> dict[str, str]:
    """“ny/nyt fælles” -> each word as it is before a neuter noun."""
    return {begge[0]: begge[-1] for begge in (par.split("/") for par in ord.split())}


_BEGYNDER = _par(
    "en/et én/ét den/det denne/dette min/mit din/dit sin/sit hver/hvert enhver/ethvert ingen/intet nogen/noget"
    " anden/andet hvilken/hvilket egen/eget sådan vores jeres deres hans hendes samme næste sidste forrige første"
)
"""What may begin a noun's phrase."""
_TILLAEG = _par(
    "ny/nyt god/godt lang/langt svær/svært hel/helt tryg/trygt ung/ungt individuel/individuelt digital/digitalt"
    " færdig/færdigt vigtig/vigtigt rolig/roligt almindelig/almindeligt personlig/personligt åben/åbent enkelt kort"
    " fælles fysisk telefonisk jobrettet bestemt aftalt planlagt observeret tidligere senere"
)
_INTETKOEN = _BEGYNDER | _TILLAEG
_SVAGE = {
    *("den", "denne", "min", "din", "sin", "vores", "jeres", "deres", "hans", "hendes"),
    *("samme", "næste", "sidste", "forrige", "første"),
}
"""After these an adjective that stands for a person is weak: “din ledige”."""
_ENDELSER = {"": (False, False), "en": (True, False), "e": (False, True), "ne": (True, True)}
_ENDELSER |= {"n": (True, False), "r": (False, True), "rne": (True, True)}
"""The ending of one of our words -> (bestemt, flertal)."""


def _en_af(ord: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(ord, key=len, reverse=True)))


_BEGYND = rf"(?:{_en_af(_BEGYNDER)})\b(?: her\b)?(?: og\b| eller\b|,(?= (?:{_en_af(_BEGYNDER)})\b))?"
_ADJ = rf"(?:{_en_af(_TILLAEG)})(?:,(?= (?:{_en_af(_TILLAEG)})\b))?"
_FOER = rf"(?:{_BEGYND}\s+(?:(?!og\b|eller\b)(?:\w+e|{_ADJ})\s+)*|{_ADJ}\s+)*"
_SOEG = re.compile(
    rf"(?P<fast>»[^«]*«|(?<!\w){_FOER}(?:{_en_af(FASTE_UDTRYK)})(?![\w\u00ad-]))"
    rf"|(?<![\w\u00ad/-])(?P<foer>{_FOER})(?<![\w\u00ad/-])"
    r"(?P<ord>(?:borger|medarbejder)(?:en|e|ne|)s?|samtale(?:n|rne|r|)s?)(?![\w\u00ad-])"
    rf"(?P<efter>\s+(?:er|var|bliver|blev)(?:\s+(?:for|meget|lidt|så))?\s+(?:{_en_af(_TILLAEG)})\b)?",
    re.IGNORECASE,
)
_LED = re.compile(r"(borger|medarbejder|samtale)(.*?)(s?)", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Ordvalg:
    """The three words of an organisation. Hashable; equal to `Ordvalg()` when all are ours."""

    borger: Ord = BORGER
    medarbejder: Ord = MEDARBEJDER
    samtale: Ord = SAMTALE

    def paa(self, text: str) -> str:
        """A sentence of ours in these words, capitals and the words in front with them. Ours: as it was."""
        return text if self == ORDINAER else _paa(self, text)

    @classmethod
    def fra(cls, data: Mapping[str, Any] | None) -> Ordvalg:
        """As it is stored: the key of a listed word, or the forms of one's own; what is not there is ours.

        Raises KeyError for a word that is in no list, TypeError for forms that are none.
        """
        return cls(
            **{
                navn: ORDLISTER[navn][valg] if isinstance(valg, str) else Ord(**valg)
                for navn, valg in (data or {}).items()
            }
        )

    def som_data(self) -> dict[str, Any] | None:
        """As it is stored: only what is not ours; None when all is."""
        data = {navn: self._data(navn) for navn in ORDLISTER if self.ord(navn) != ORDINAER.ord(navn)}
        return data or None

    def ord(self, navn: str) -> Ord:
        """The word for borger, medarbejder or samtale."""
        valgt: Ord = getattr(self, navn)
        return valgt

    def noegle(self, navn: str) -> str:
        """The key of a word in its list, or EGET_ORD."""
        kendte = (noegle for noegle, ord in ORDLISTER[navn].items() if ord == self.ord(navn))
        return next(kendte, EGET_ORD)

    def _data(self, navn: str) -> str | dict[str, str]:
        noegle, ord = self.noegle(navn), self.ord(navn)
        if noegle != EGET_ORD:
            return noegle
        return {
            "ental": ord.ental,
            "koen": ord.koen,
            "bestemt": ord.bestemt,
            "flertal": ord.flertal,
            "bestemt_flertal": ord.bestemt_flertal,
        }


ORDINAER = Ordvalg()
"""Our own words."""


@lru_cache(maxsize=16_384)
def _paa(valg: Ordvalg, text: str) -> str:
    return _SOEG.sub(partial(_skift, valg), text)


def _skift(valg: Ordvalg, fundet: re.Match[str]) -> str:
    """One noun with what stands before it; after it only what a thing is said to be (“mødet er langt”)."""
    if fundet["fast"]:
        return fundet[0]
    led = _LED.fullmatch(fundet["ord"])
    assert led is not None
    navn, endelse, s = (del_.lower() for del_ in led.groups())
    ord = valg.ord(navn)
    if ord == ORDINAER.ord(navn):
        return fundet[0]
    bestemt, flertal = _ENDELSER[endelse]
    foer, efter = fundet["foer"], fundet["efter"] or ""
    svag = not _SVAGE.isdisjoint(_WORD.findall(foer.lower())) or bool(s and not foer)
    nyt = ord.form(bestemt=bestemt, flertal=flertal, svag=svag)
    if ord.koen == ET and not flertal:
        foer = foer if bestemt else _intetkoen(foer)
        efter = _intetkoen(efter) if navn == "samtale" else efter
    return foer + _som(fundet["ord"], ejefald(nyt) if s else nyt) + efter


def _intetkoen(ord: str) -> str:
    """What stands before or after a neuter noun."""
    return _WORD.sub(lambda fundet: _som(fundet[0], _INTETKOEN.get(fundet[0].lower(), fundet[0])), ord)


def _som(gammelt: str, nyt: str) -> str:
    """The new word with a capital where the old one had it."""
    return nyt[:1].upper() + nyt[1:] if gammelt[:1].isupper() else nyt
