"""Wrong tries: how many, how fast, and how long to wait before the next one.

Five wrong passwords within a minute, and the next must wait: 30 seconds, then twice as long each time, up to 15
minutes. After 100 in a row the password opens nothing until the person has chosen a new one (NIST SP 800-63B). What is
tried while one waits is not looked at and does not count, so nobody can make a colleague wait for ever. From one
address at most 30 wrong a minute, whoever they are for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

VINDUE = timedelta(seconds=60)
PR_KONTO = 5
PR_ADRESSE = 30
FOERSTE_VENTETID = timedelta(seconds=30)
LAENGSTE_VENTETID = timedelta(minutes=15)
I_TRAEK = 100
"""So many wrong in a row close the password."""
GLEMMES = timedelta(days=7)
"""What has been quiet for so long is forgotten, but for an account that is closed."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What is known of one account or address. seneste: seconds since 1970 of the last wrong ones, oldest first.

    fejl: wrong ones at an account since the last right one. trin: how many times it has been told to wait.
    """

    fejl: int = 0
    trin: int = 0
    seneste: tuple[float, ...] = ()
    vent_til: datetime | None = None


@dataclass(frozen=True, slots=True)
class Afvist:
    """Why a try is not looked at. til: when the next one is; None when no try is."""

    til: datetime | None


def afvist_konto(stand: Stand, now: datetime) -> Afvist | None:
    """Whether a try at this account has to wait, or is not to be had at all."""
    if stand.fejl >= I_TRAEK:
        return Afvist(None)
    if stand.vent_til is not None and now < stand.vent_til:
        return Afvist(stand.vent_til)
    return None


def efter_forkert(stand: Stand, now: datetime) -> Stand:
    """After a wrong try at an account."""
    seneste = (*_inden_for(stand.seneste, now)[-(PR_KONTO - 1) :], now.timestamp())
    ny = replace(stand, fejl=stand.fejl + 1, seneste=seneste)
    if stand.trin == 0 and len(seneste) < PR_KONTO:
        return ny
    return replace(ny, trin=stand.trin + 1, vent_til=now + ventetid(stand.trin))


def ventetid(trin: int) -> timedelta:
    """How long the wait is the next time, when one has waited `trin` times."""
    doubled: int = 2 ** min(trin, 20)
    return min(FOERSTE_VENTETID * doubled, LAENGSTE_VENTETID)


def afvist_adresse(stand: Stand, now: datetime) -> Afvist | None:
    """Whether a try from this address has to wait."""
    lately = _inden_for(stand.seneste, now)
    if len(lately) < PR_ADRESSE:
        return None
    return Afvist(datetime.fromtimestamp(lately[-PR_ADRESSE], now.tzinfo) + VINDUE)


def efter_forkert_fra(stand: Stand, now: datetime) -> Stand:
    """After a wrong try from an address."""
    seneste = (*_inden_for(stand.seneste, now)[-(PR_ADRESSE - 1) :], now.timestamp())
    return replace(stand, seneste=seneste)


def besked(afvist: Afvist, now: datetime) -> str:
    """The words for somebody who has to wait; the same whether the account exists or not."""
    if afvist.til is None:
        return (
            "Der er skrevet forkert så mange gange, at adgangskoden er lukket. "
            "Bed den, der administrerer systemet hos jer, om et nyt link."
        )
    return f"Der er skrevet forkert for mange gange. Vent {_hvor_laenge(afvist.til - now)}, og prøv igen."


def _hvor_laenge(rest: timedelta) -> str:
    seconds = max(1, -(-int(rest.total_seconds() * 1000) // 1000))
    if seconds < 60:
        return "1 sekund" if seconds == 1 else f"{seconds} sekunder"
    minutes = -(-seconds // 60)
    return "1 minut" if minutes == 1 else f"{minutes} minutter"


def _inden_for(seneste: tuple[float, ...], now: datetime) -> tuple[float, ...]:
    since = (now - VINDUE).timestamp()
    return tuple(at for at in seneste if at > since)
