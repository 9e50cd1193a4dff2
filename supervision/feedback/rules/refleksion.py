"""The fokusperson's own thoughts before the feedback: three questions, none of which must be answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from supervision.problems import RuleBroken

SPOERGSMAAL: Final[Mapping[str, str]] = {
    "lykkedes": "Hvad lykkedes for dig i samtalen?",
    "svaert": "Hvor blev det svært, eller hvor blev du i tvivl?",
    "hoere": "Hvad vil du helst høre om?",
}
"""Field to its question, in the order of the page."""

MAX_TEGN: Final = 1000
NOGET_FOERST: Final = "Skriv noget til et af spørgsmålene først. Ét er nok."


def check_refleksion(svar: Mapping[str, str]) -> None:
    """Raise RuleBroken, with the first question's field, when nothing is answered."""
    if not any(svar[felt] for felt in SPOERGSMAAL):
        raise RuleBroken(NOGET_FOERST, "lykkedes")
