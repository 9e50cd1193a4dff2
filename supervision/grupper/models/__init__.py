"""Læringsgrupper with their rounds, and the points that members choose to share."""

from __future__ import annotations

from supervision.grupper.models.grupper import Deling, Gruppemedlem, Laeringsgruppe, Plenumaftale, Runde
from supervision.grupper.models.kalibrering import (
    FoersteDag,
    Kalibrering,
    KalibreringHaendelse,
    KalibreringLog,
)
from supervision.grupper.models.manual import Manual, ManualLaest
from supervision.grupper.models.moeder import Moede
from supervision.grupper.models.moedets_gang import (
    Billedbidrag,
    Billedseer,
    Dagsordenspunkt,
    Gruppebillede,
    Moededeltager,
    Moedeur,
    PaaBordet,
)
from supervision.grupper.models.oevelser import Oevelse, Oevelsesdeltager, Oevelseshold, Oevelsestekst
from supervision.grupper.models.par import LedigTid, Parbesoeg, Parplan, Supervisionspar
from supervision.grupper.models.runder import Hjemmeopgave, HjemmeopgaveKontrakt, Pligtsagt
from supervision.grupper.models.sammen import SammenHandling, SammenNr, Seddel, TjekUd

__all__ = [
    "Billedbidrag",
    "Billedseer",
    "Dagsordenspunkt",
    "Deling",
    "FoersteDag",
    "Gruppebillede",
    "Gruppemedlem",
    "Hjemmeopgave",
    "HjemmeopgaveKontrakt",
    "Kalibrering",
    "KalibreringHaendelse",
    "KalibreringLog",
    "Laeringsgruppe",
    "LedigTid",
    "Manual",
    "ManualLaest",
    "Moede",
    "Moededeltager",
    "Moedeur",
    "Oevelse",
    "Oevelsesdeltager",
    "Oevelseshold",
    "Oevelsestekst",
    "PaaBordet",
    "Parbesoeg",
    "Parplan",
    "Plenumaftale",
    "Pligtsagt",
    "Runde",
    "SammenHandling",
    "SammenNr",
    "Seddel",
    "Supervisionspar",
    "TjekUd",
]
