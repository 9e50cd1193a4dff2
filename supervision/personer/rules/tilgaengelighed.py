"""The tilgængelighedserklæring: when it was written and last looked through, and what is known not to be good enough.

The law on accessibility of public bodies' websites asks for a status, the shortcomings, a contact, the way to the
Digitaliseringsstyrelse and a look-through at least once a year. A test holds the dates against the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

UDARBEJDET = date(2026, 11, 22)
GENNEMGAAET = date(2026, 11, 22)
"""The day somebody last held the words against the product. A change of the words needs a new day."""
GAELDER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Mangel:
    """What does not work for everybody, what the law's annex (WCAG 2.1) calls it, and what one can do instead."""

    hvad: str
    krav: str
    i_stedet: str


MANGLER = (
    Mangel(
        "Tegningen af en samtale og diagrammerne kan ikke læses streg for streg af en skærmlæser.",
        "1.1.1 Ikke-tekstligt indhold",
        "Ved hver tegning står det samme i ord, og under hvert diagram ligger tallene i en tabel.",
    ),
    Mangel(
        "Overskrifterne i de Excel-filer, du kan hente, er ikke mærket op til skærmlæsere.",
        "1.3.1 Information og relationer",
        "De samme tal står på sider i systemet.",
    ),
)


def er_for_gammel(gennemgaaet: date, today: date) -> bool:
    """Whether the statement has to be looked through again: the law says once a year."""
    return today - gennemgaaet > GAELDER
