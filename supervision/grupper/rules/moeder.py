"""A læringsgruppe's meeting: when it is what, who may do what to it, and how its clock counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from supervision.problems import RuleBroken

MINUTTER: Final = 120
"""Two hours, one in each round (fagligt grundlag 2d)."""
KORTEST, LAENGST = 30, 240
STED_MAX: Final = 120
FREM: Final = timedelta(days=366)
GLEMT: Final = timedelta(hours=10)
"""So long after its time a meeting that nobody ended counts as over, and one that nobody began as not held."""
TIL_TIDEN: Final = timedelta(minutes=30)
"""Begun within this of its time, it ends when it was called to end; else so long after it was begun."""
FORLAENG_MIN: Final = 5

INDKALDT, I_GANG, SLUT, AFLYST, IKKE_HOLDT = "indkaldt", "i_gang", "slut", "aflyst", "ikke_holdt"
SVAR: Final = {"kommer": "Jeg kommer", "kan_ikke": "Jeg kan ikke"}


class Moede(Protocol):
    """A meeting, by the facts that its state follows from."""

    @property
    def start_at(self) -> datetime: ...
    @property
    def minutter(self) -> int: ...
    @property
    def aflyst_at(self) -> datetime | None: ...
    @property
    def begyndt_at(self) -> datetime | None: ...
    @property
    def sluttet_at(self) -> datetime | None: ...


def moede_tilstand(moede: Moede, now: datetime) -> str:
    """indkaldt, i_gang, slut, aflyst, or ikke_holdt (its day went by and nobody began it)."""
    if moede.aflyst_at is not None:
        return AFLYST
    if moede.begyndt_at is None:
        return IKKE_HOLDT if now > moede.start_at + _varer(moede) + GLEMT else INDKALDT
    if moede.sluttet_at is not None or now > slutter_at(moede) + GLEMT:
        return SLUT
    return I_GANG


def slutter_at(moede: Moede) -> datetime:
    """When it is meant to end: people have been promised that time, so a late start does not move it much."""
    begun = moede.begyndt_at
    if begun is None or abs(begun - moede.start_at) <= TIL_TIDEN:
        return moede.start_at + _varer(moede)
    return begun + _varer(moede)


def brugt_ms(brugt_s: int, fra_at: datetime | None, now: datetime) -> int:
    """How long a point has had, in ms: what it had before, and since `fra_at` when its clock runs."""
    running = max(timedelta(0), now - fra_at) if fra_at is not None else timedelta(0)
    return brugt_s * 1000 + int(running / timedelta(milliseconds=1))


def check_indkaldelse(start_at: datetime, minutter: int, sted: str, now: datetime) -> str:
    """A meeting is called for a time to come, of 30–240 minutes. Gives the place cleaned. Raises RuleBroken."""
    if start_at <= now:
        raise RuleBroken("Tidspunktet er gået. Vælg et, der ikke er kommet endnu.", "dato")
    if start_at > now + FREM:
        raise RuleBroken("Det ligger mere end et år fremme. Vælg en dag inden for det næste år.", "dato")
    if not KORTEST <= minutter <= LAENGST:
        raise RuleBroken(f"Mødet skal vare mellem {KORTEST} og {LAENGST} minutter.", "minutter")
    cleaned = " ".join(sted.split())
    if len(cleaned) > STED_MAX:
        raise RuleBroken(f"Stedet må højst fylde {STED_MAX} tegn.", "sted")
    return cleaned


def check_can_change(moede: Moede, now: datetime) -> None:
    """Time, place and whether it is held: until it is begun. Raises RuleBroken."""
    tilstand = moede_tilstand(moede, now)
    if tilstand == AFLYST:
        raise RuleBroken("Mødet er aflyst. Indkald et nyt i stedet.")
    if tilstand != INDKALDT:
        raise RuleBroken("Mødet er begyndt eller forbi og kan ikke ændres.")


def check_can_begin(moede: Moede, now: datetime, today: date, dag: date) -> None:
    """It is begun once, on its own day. today, dag: Danish dates of now and of the meeting. Raises RuleBroken."""
    check_can_change(moede, now)
    if dag != today:
        raise RuleBroken("Mødet er en anden dag. Ret dagen, hvis I holder det nu.")


def check_running(moede: Moede, now: datetime) -> None:
    """Raises RuleBroken when it does not run."""
    if moede_tilstand(moede, now) != I_GANG:
        raise RuleBroken("Mødet er ikke i gang.")


def check_open_table(moede: Moede, now: datetime) -> None:
    """Things are put on the table from the call until the end. Raises RuleBroken."""
    if moede_tilstand(moede, now) not in (INDKALDT, I_GANG):
        raise RuleBroken("Mødet er forbi, så der kan ikke lægges mere på bordet.")


def check_svar(moede: Moede, svar: str, now: datetime) -> None:
    """An answer is known, and the meeting is still to come. Raises RuleBroken."""
    if svar not in SVAR:
        raise RuleBroken("Vælg et af svarene.")
    check_can_change(moede, now)


def check_can_arrive(moede: Moede, now: datetime, today: date, dag: date) -> None:
    """One says “Jeg er her” on the meeting's day, until it is over. Raises RuleBroken."""
    if moede_tilstand(moede, now) not in (INDKALDT, I_GANG) or dag != today:
        raise RuleBroken("Det kan du sige på dagen, til mødet er slut.")


def check_can_tick(moede: Moede, now: datetime, today: date, dag: date) -> None:
    """The facilitator ticks who is there from the meeting's day on, and can put it right later. Raises RuleBroken."""
    if moede_tilstand(moede, now) in (AFLYST, IKKE_HOLDT) or today < dag:
        raise RuleBroken("Fremmødet sættes fra den dag, mødet holdes.")


def skal_svare(svaret_at: datetime | None, flyttet_at: datetime | None) -> bool:
    """Whether somebody still owes an answer: none yet, or the meeting was moved since."""
    return svaret_at is None or (flyttet_at is not None and svaret_at < flyttet_at)


def rest_min(punkter: Collection[tuple[int, int]]) -> int:
    """What is left of an agenda in whole minutes, rounded up. punkter: (minutes given, seconds used)."""
    left = sum(max(0, minutter * 60 - brugt_s) for minutter, brugt_s in punkter)
    return -(-left // 60)


def _varer(moede: Moede) -> timedelta:
    return timedelta(minutes=moede.minutter)
