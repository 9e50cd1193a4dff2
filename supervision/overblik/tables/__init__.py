"""From logs to what a page shows of them: a team's pictures, and one person's own samtaler over time."""

from __future__ import annotations

from supervision.overblik.tables.team import (
    Billede,
    Celle,
    Observeret,
    Raekke,
    Vaerdi,
    billeder,
    celler,
    faerdigheder,
    faser,
    samlet,
    taletid,
    ugu,
)

__all__ = [
    "Billede",
    "Celle",
    "Observeret",
    "Raekke",
    "Vaerdi",
    "billeder",
    "celler",
    "faerdigheder",
    "faser",
    "samlet",
    "taletid",
    "ugu",
]
