"""An organisation's supervisionsmanual: its versions, and how many have read the limits of the role."""

from __future__ import annotations

from typing import Final

from supervision.problems import RuleBroken

MANUAL_MAX: Final = 30_000
AENDRING_MAX: Final = 200
MINDST: Final = 5
"""From so many members on, how many have read the limits is told as a number; below, it would tell of persons."""
STANDARD: Final = 0
"""The version of our own text, which is read where an organisation has published none."""


def check_manual(tekst: str, aendring: str) -> tuple[str, str]:
    """The text with plain line ends, and the line on what is new. Raises RuleBroken: empty or too long."""
    cleaned, line = tekst.replace("\r\n", "\n").replace("\r", "\n").strip(), " ".join(aendring.split())
    if not cleaned:
        raise RuleBroken("Manualen er tom. Skriv, hvad en kollegial supervisor skal vide.", "tekst")
    for text, room, field in ((cleaned, MANUAL_MAX, "tekst"), (line, AENDRING_MAX, "aendring")):
        if len(text) > room:
            raise RuleBroken(
                f"Teksten er på {len(text)} tegn. Der er plads til {room}: skriv den kortere.", field
            )
    return cleaned, line


def laest_ord(laest: int, antal: int) -> str:
    """How many of a group's members have read the limits, in words for its facilitator."""
    if antal < MINDST:
        return f"Når I er mindst {MINDST} medlemmer, kan du her se, hvor mange der har læst grænserne for rollen."
    if laest == antal:
        return f"Alle {antal} har læst grænserne for rollen."
    return f"{laest} af {antal} har læst grænserne for rollen."
