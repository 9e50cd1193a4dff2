"""A samtale and its feedback-kontrakter. State is derived from who said yes to which version, and when."""

from __future__ import annotations

from supervision.aftaler.models.aftaler import (
    FeedbackKontrakt,
    Fokuspunkt,
    KontraktJa,
    KontraktKendetegn,
    Samtale,
)
from supervision.aftaler.models.supervisionsdag import (
    Dagbane,
    Dagenslinje,
    Dagpause,
    Supervisionsdag,
    Supervisionssession,
)

__all__ = [
    "Dagbane",
    "Dagenslinje",
    "Dagpause",
    "FeedbackKontrakt",
    "Fokuspunkt",
    "KontraktJa",
    "KontraktKendetegn",
    "Samtale",
    "Supervisionsdag",
    "Supervisionssession",
]
