"""A samtale and its feedback-kontrakter. State is derived from who said yes to which version, and when."""

from __future__ import annotations

from supervision.aftaler.models.aftaler import (
    FeedbackKontrakt,
    Fokuspunkt,
    KontraktJa,
    KontraktKendetegn,
    Samtale,
)

__all__ = [
    "FeedbackKontrakt",
    "Fokuspunkt",
    "KontraktJa",
    "KontraktKendetegn",
    "Samtale",
]
