"""From logs to what a page shows of them: a team's pictures, and one person's own samtaler over time."""

from __future__ import annotations

from supervision.overblik.tables.brug import Brug, brug
from supervision.overblik.tables.over_tid import Forloeb, Linje, over_tid
from supervision.overblik.tables.team import (
    NOEGLER,
    PLIGTER,
    Billede,
    Celle,
    Observeret,
    Raekke,
    Vaerdi,
    billeder,
    celler,
    elementer,
    faerdigheder,
    faser,
    pligter,
    samlet,
    taletid,
    ugu,
)

__all__ = [
    "NOEGLER",
    "PLIGTER",
    "Billede",
    "Brug",
    "Celle",
    "Forloeb",
    "Linje",
    "Observeret",
    "Raekke",
    "Vaerdi",
    "billeder",
    "brug",
    "celler",
    "elementer",
    "faerdigheder",
    "faser",
    "over_tid",
    "pligter",
    "samlet",
    "taletid",
    "ugu",
]
