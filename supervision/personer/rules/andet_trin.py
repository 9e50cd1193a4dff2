"""What stands behind a password: how many codes, how long one may take, and the words of the history."""

from __future__ import annotations

from datetime import timedelta

NOEDKODER = 10
VENTER = timedelta(minutes=10)
"""So long the second step may take after the first."""
NAVN_MAX = 60

KODE_TIL = "slaa_engangskoder_til"
KODE_FRA = "slaa_engangskoder_fra"
NOEDKODER_NYE = "lav_noedkoder"
NOEDKODE_BRUGT = "brug_noedkode"
NOEGLE_TIL = "tilfoej_passkey"
NOEGLE_FRA = "fjern_passkey"
NULSTILLET = "nulstil_andet_trin"


def er_engangskode(tastet: str) -> bool:
    """Whether what was typed is a code from a phone (six figures) and not one on paper."""
    return len(tastet) == 6 and tastet.isdecimal()
