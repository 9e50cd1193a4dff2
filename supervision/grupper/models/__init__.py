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
from supervision.grupper.models.par import LedigTid, Parbesoeg, Parplan, Supervisionspar
from supervision.grupper.models.sammen import SammenHandling, SammenNr, Seddel, TjekUd

__all__ = [
    "Deling",
    "Gruppemedlem",
    "Laeringsgruppe",
    "LedigTid",
    "Moede",
    "Parbesoeg",
    "Parplan",
    "Plenumaftale",
    "Runde",
    "SammenHandling",
    "SammenNr",
    "Seddel",
    "Supervisionspar",
    "TjekUd",
]
