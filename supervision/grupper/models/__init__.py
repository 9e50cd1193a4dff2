"""Læringsgrupper with their rounds, and the points that members choose to share."""

from __future__ import annotations

from supervision.grupper.models.grupper import (
    Deling,
    Gruppemedlem,
    Laeringsgruppe,
    Plenumaftale,
    Runde,
)
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

__all__ = [
    "Billedbidrag",
    "Billedseer",
    "Dagsordenspunkt",
    "Deling",
    "Gruppebillede",
    "Gruppemedlem",
    "Laeringsgruppe",
    "Moede",
    "Moededeltager",
    "Moedeur",
    "PaaBordet",
    "Plenumaftale",
    "Runde",
]
