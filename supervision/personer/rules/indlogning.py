"""How long a sign-in lasts, and what it is called where its person sees it.

Thirty minutes without a request end it, fifteen for an administrator, twelve hours in any case (OWASP ASVS 7.3).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

HVILE_MIN = 30
HVILE_ADMINISTRATOR_MIN = 15
LAENGST = timedelta(hours=12)
VARSEL = timedelta(minutes=3)
"""So long before the end the page asks whether to go on (WCAG 2.2.1)."""
SET_HVER = timedelta(minutes=1)
"""So often at most it is written down that the person was seen."""
TOKEN_BYTES = 32
"""256 bits of chance; at least 128 are asked for."""
ENHED_UKENDT = "En ukendt enhed"
KUN_OPTAGEREN = ", kun optageren"
"""What the list says of a device that was opened by a code, after what the device is."""

BROWSERE = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
ENHEDER = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


class Indlogning(Protocol):
    """When it began to be quiet, when it ends at the latest, and how long it may be quiet."""

    @property
    def set_at(self) -> datetime: ...
    @property
    def slutter_at(self) -> datetime: ...
    @property
    def hvile_min(self) -> int | None: ...


def hvile_min(*, administrator: bool) -> int:
    """How many minutes a person may be quiet."""
    return HVILE_ADMINISTRATOR_MIN if administrator else HVILE_MIN


def slut(indlogning: Indlogning) -> datetime:
    """When it is over unless the person is seen again before. Without minutes (begun before an upgrade): at its end."""
    if indlogning.hvile_min is None:
        return indlogning.slutter_at
    return min(indlogning.slutter_at, indlogning.set_at + timedelta(minutes=indlogning.hvile_min))


def er_aaben(indlogning: Indlogning, now: datetime) -> bool:
    """Whether it still opens the door."""
    return now < slut(indlogning)


def skal_ses(indlogning: Indlogning, now: datetime) -> bool:
    """Whether it is time to write down that the person was seen."""
    return now - indlogning.set_at >= SET_HVER


def enhed(user_agent: str) -> str:
    """A browser's own words in plain ones: “Chrome på Windows”. Nothing else of them is kept."""
    browser = next((navn for ord, navn in BROWSERE if ord in user_agent), "")
    device = next((navn for ord, navn in ENHEDER if ord in user_agent), "")
    if browser and device:
        return f"{browser} på {device}"
    return browser or device or ENHED_UKENDT
