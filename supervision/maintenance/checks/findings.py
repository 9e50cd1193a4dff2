"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass

FEJL, ADVARSEL, OK = "fejl", "advarsel", "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. slags: FEJL (must be mended), ADVARSEL (should be) or OK. goer: what to do, or
    empty."""

    slags: str
    navn: str
    siger: str
    goer: str = ""
