"""What a note in the logbog is: what was tried, what happened, what next."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from supervision.problems import RuleBroken

TEKST_MAX = 4000
"""Most characters in each box."""


@dataclass(frozen=True, slots=True)
class Notat:
    """The three boxes as they are kept; only the first must be written in.

    linje_id: the line of the writer's læringspil that it is about. observation_id: the samtale.
    """

    proevet: str
    skete: str = ""
    naeste: str = ""
    linje_id: UUID | None = None
    observation_id: UUID | None = None


def check_notat(notat: Notat) -> None:
    """Raises RuleBroken when nothing was tried, or when a box is too long."""
    if not notat.proevet:
        raise RuleBroken("Skriv, hvad du prøvede. Et par ord er nok.", "proevet")
    for field in ("proevet", "skete", "naeste"):
        if len(getattr(notat, field)) > TEKST_MAX:
            raise RuleBroken(f"Skriv højst {TEKST_MAX} tegn.", field)
