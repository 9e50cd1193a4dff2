"""The rules of erasure and retention: how long there is to undo one, and from when something is due to go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from supervision.problems import RuleBroken

FORTRYDELSE_DAGE: Final = 7
FORTRYDELSE: Final = (1, 30)
LOGGEN: Final = "Loggen over, hvem der har set hvis data"
"""What the access log is called to whoever sets its time."""
VARSEL_DAGE: Final = 30
"""How long before their things go a person is told."""


class Klassen(Protocol):
    """What the rules need of a class of retention."""

    @property
    def key(self) -> str: ...
    @property
    def navn(self) -> str: ...
    @property
    def dage(self) -> int | None: ...
    @property
    def mindst(self) -> int: ...
    @property
    def hoejst(self) -> int: ...


def tidligst(bedt_at: datetime, dage: int) -> datetime:
    """From when an erasure that was asked for is carried out."""
    return bedt_at + timedelta(days=dage)


def graense(now: datetime, dage: int) -> datetime:
    """What happened before this moment is due to go; what happened at it stays one moment longer."""
    return now - timedelta(days=dage)


def gaeldende(klasser: Mapping[str, Klassen], valgt: Mapping[str, int]) -> dict[str, int]:
    """Class -> days, the organisation's choice before the default; classes without a time are left out."""
    return {key: valgt.get(key, klasse.dage) for key, klasse in klasser.items() if klasse.dage is not None}


def i_dage(maaneder: int) -> int:
    """Months as the days that `tid` says as the same months."""
    return 365 if maaneder == 12 else 30 * maaneder


def check_dage(klasse: Klassen, dage: int | None) -> int:
    """The days as they may be. Raises RuleBroken at the class's field."""
    if dage is None or not klasse.mindst <= dage <= klasse.hoejst:
        raise RuleBroken(f"Skriv et antal dage mellem {klasse.mindst} og {klasse.hoejst}.", klasse.key)
    return dage


def check_fortrydelse(dage: int | None) -> int:
    """The days in which an erasure can be undone. Raises RuleBroken at its field."""
    first, last = FORTRYDELSE
    if dage is None or not first <= dage <= last:
        raise RuleBroken(f"Skriv et antal dage mellem {first} og {last}.", "fortrydelse")
    return dage


def tid(dage: int) -> str:
    """Days as people say them: `30 dage`, `12 måneder`, `5 år`."""
    if dage % 365 == 0 and dage > 365:
        return f"{dage // 365} år"
    if dage == 365:
        return "12 måneder"
    if dage == 730 or (dage % 30 == 0 and dage >= 60):
        return f"{dage // 30} måneder"
    return "1 dag" if dage == 1 else f"{dage} dage"
