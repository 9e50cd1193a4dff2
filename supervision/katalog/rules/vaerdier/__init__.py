"""The values that can be noted after a samtale: the kinds of registrering, what is offered first, and their words."""

from __future__ import annotations

from typing import Final

from supervision.katalog.rules.vaerdier import alene, redskaber, samtalen, vejen
from supervision.katalog.rules.vaerdier.felter import (
    INGEN,
    Data,
    Felt,
    Omgivelser,
    Slags,
    check,
    problems,
)
from supervision.katalog.rules.vaerdier.redskaber import ANDRE, ELLEVE, REDSKABER, Redskab

__all__ = [
    "ANDRE",
    "ELLEVE",
    "INGEN",
    "REDSKABER",
    "SLAGS",
    "Data",
    "Felt",
    "Omgivelser",
    "Redskab",
    "Slags",
    "check",
    "problems",
]

_ALL: Final = (
    Slags("foer", "Før samtalen", "Hvad var gjort klar på forhånd, og hvad blev brugt?", samtalen.foer),
    Slags("skala", "Et skalaspørgsmål", "Tallet, som det blev sagt, og hvad der blev spurgt til bagefter.",
          samtalen.skala, hoejst=12, tid=True, mere=samtalen.skala_mere),
    Slags("motivation", "Motivation før og efter", "Tal fra 1 til 10, som de blev sagt. Udfyld kun dem, du hørte.",
          samtalen.motivation, hoejst=6, tid=True, tom="Skriv mindst ét tal."),
    Slags("aftale", "En aftale", "Hvad der blev talt om i aftalen, bogstav for bogstav. Selve aftalen skriver du ikke.",
          vejen.aftale, hoejst=8, tid=True, fast=vejen.aftale_fast),
    Slags("plus_minus", "Plus- og minusliste", "Hvor mange punkter der kom på hver side. Ikke, hvad der stod.",
          samtalen.plus_minus, hoejst=4, tid=True, mere=samtalen.plus_minus_mere),
    Slags("abc", "ABC-jobplan", "Hvilke planer der blev talt om, og hvor vægten ligger. Ikke, hvilke job det er.",
          vejen.abc, tid=True, fast=vejen.abc_fast),
    Slags("trappe", "Progressionstrappen", "Ét trin for hver opgave, der blev placeret.",
          vejen.trappe, hoejst=6, tid=True),
    Slags("samtaleskema", "Samtaleskema (mål og delmål)", "Tallene kan udelades. Skriv aldrig, hvad de handlede om.",
          vejen.samtaleskema, tid=True, mere=vejen.samtaleskema_mere),
    Slags("antonovsky", "Oplevelsen af sammenhæng", "Antonovskys tre elementer. En kort profil, ikke et tal.",
          samtalen.antonovsky),
    Slags("emner", "Emnerne: jobmål og sagsmål", "Hvad hvert emne i loggen handlede om, og hvem der kom med det.",
          samtalen.emner, tom="Vælg mindst ét sted."),
    Slags("jobvaerdi", "Værdien af job", "Hvad der blev nævnt, og hvem der nævnte det.", samtalen.jobvaerdi),
    Slags("redskab", "Et redskab", "At det blev taget i brug. Intet af det, der stod i det.", redskaber.redskab_felter,
          hoejst=20, tid=True, mere=redskaber.redskab_mere, fast=redskaber.redskab_fast, tom=""),
    Slags("mi_aand", "MI's ånd", "Dit eget bud på ånden i samtalen.", alene.mi_aand, privat=True,
          fast=alene.mi_aand_fast),
    Slags("stadie", "Forandringscirklen", "Dit eget bud på, hvor borgeren er.", alene.stadie, privat=True),
    Slags("relationel", "Samarbejdet om samtalen", "Relationel koordinering: de syv elementer, som du selv kender dem.",
          alene.relationel, fokusperson=True),
)  # fmt: skip

SLAGS: Final = {slags.key: slags for slags in _ALL}
"""Every kind of registrering by its key, in the order in which a log's own are told."""
