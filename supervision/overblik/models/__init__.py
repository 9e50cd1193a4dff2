"""The outbox: which notices were put out by e-mail, and how it went. No content, and no address."""

from __future__ import annotations

from supervision.overblik.models.beskeder import (
    Besked,
)

__all__ = [
    "Besked",
]
