"""What a team's figures may say (R1–R9), and what one person may see of their own over time."""

from __future__ import annotations

from supervision.overblik.rules.team import (
    FOR_FAA,
    FRIST,
    MEST,
    K,
    Kvartal,
    Teamrolle,
    Vist,
    kvartal_of,
    r1_kvartal_at_vise,
    r2_gruppe,
    r3_vises,
    r4_andele_af_viste,
    r5_andel,
    r5_antal,
    r5_baand,
    r5_modsat,
    r6_kvartal,
    r7_ledere,
    r7_taeller,
    r9_ord,
)

__all__ = [
    "FOR_FAA",
    "FRIST",
    "MEST",
    "K",
    "Kvartal",
    "Teamrolle",
    "Vist",
    "kvartal_of",
    "r1_kvartal_at_vise",
    "r2_gruppe",
    "r3_vises",
    "r4_andele_af_viste",
    "r5_andel",
    "r5_antal",
    "r5_baand",
    "r5_modsat",
    "r6_kvartal",
    "r7_ledere",
    "r7_taeller",
    "r9_ord",
]
