"""Læringsgrupper with their rounds, and the points that members choose to share."""

from __future__ import annotations

from supervision.grupper.models.grupper import (
    Deling,
    Gruppemedlem,
    Laeringsgruppe,
    Plenumaftale,
    Runde,
)
from supervision.grupper.models.kalibrering import (
    FoersteDag,
    Kalibrering,
    KalibreringHaendelse,
    KalibreringLog,
)
from supervision.grupper.models.moeder import Moede

__all__ = [
    "Deling",
    "FoersteDag",
    "Gruppemedlem",
    "Kalibrering",
    "KalibreringHaendelse",
    "KalibreringLog",
    "Laeringsgruppe",
    "Moede",
    "Plenumaftale",
    "Runde",
]
