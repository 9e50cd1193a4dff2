"""What a person may be told by e-mail, when they may be disturbed, and how long an e-mail is tried.

Every moment here is an aware one in the person's own time zone, so that 7 o'clock is 7 o'clock on both sides of
the change to summer time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

KONTRAKT: Final = "kontrakt"
SAMTALE: Final = "samtale"
FEEDBACK: Final = "feedback"
SPOERGSMAAL: Final = "spoergsmaal"
SVAR: Final = "svar"
RUNDE: Final = "runde"


@dataclass(frozen=True, slots=True)
class Slags:
    """A kind of notice. valg: its words where it is chosen. en, flere: its line in the e-mail, which says nothing of
    what or whom it is about. til: whether it is on for whoever has not chosen."""

    valg: str
    en: str
    flere: str
    til: bool = False


SLAGS: Final = {
    FEEDBACK: Slags("jeg har fået feedback", "Du har fået feedback.", "Du har fået feedback.", til=True),
    KONTRAKT: Slags(
        "en feedback-kontrakt venter på mit ja",
        "En feedback-kontrakt venter på dit ja.",
        "{n} feedback-kontrakter venter på dit ja.",
        til=True,
    ),
    SAMTALE: Slags(
        "jeg har en samtale med kollegial feedback næste arbejdsdag",
        "Du har en samtale med kollegial feedback {dag}.",
        "Du har {n} samtaler med kollegial feedback {dag}.",
    ),
    SPOERGSMAAL: Slags(
        "en kollega spørger ind til feedback fra mig",
        "Der er et spørgsmål til feedback fra dig.",
        "Der er {n} spørgsmål til feedback fra dig.",
    ),
    SVAR: Slags(
        "jeg har fået svar på et spørgsmål", "Du har fået svar på et spørgsmål.", "Du har fået {n} svar."
    ),
    RUNDE: Slags(
        "runden i min læringsgruppe slutter om 14 dage",
        "Runden i din læringsgruppe slutter om et par uger.",
        "{n} runder i dine læringsgrupper slutter om et par uger.",
        til=True,
    ),
}
"""In the order of the page and of the e-mail."""

MORGEN: Final = time(7)
AFTEN: Final = time(18)
LOERDAG: Final = 5
VENTETID: Final = timedelta(minutes=10)
"""How long an e-mail waits: whoever is here already has seen it by then, and gets none."""
PAAMINDES: Final = time(12)
MENS_DET_ER_NYT: Final = timedelta(days=4)
"""How old what happened may be when it is first found. The command may rest over a weekend; a system that has just been
given its e-mail does not tell about last year."""
FOERSTE_PAUSE: Final = timedelta(minutes=1)
LAENGSTE_PAUSE: Final = timedelta(hours=1)
OPGIVES: Final = timedelta(hours=24)
GEMMES: Final = timedelta(days=30)
"""How long a notice that is over is remembered, so that it is not sent once more."""
_UGEDAGE: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


def er_til(slags: str, valg: Mapping[str, bool]) -> bool:
    """Whether a kind is on for whoever made these choices."""
    return valg.get(slags, SLAGS[slags].til)


def tidligst(moment: datetime) -> datetime:
    """The first moment from this one on when nobody is disturbed: weekdays from 7 up to 18."""
    day, clock = moment.date(), moment.time()
    if day.weekday() < LOERDAG and MORGEN <= clock < AFTEN:
        return moment
    if clock >= AFTEN or day.weekday() >= LOERDAG:
        day += timedelta(days=1)
    while day.weekday() >= LOERDAG:
        day += timedelta(days=1)
    return datetime.combine(day, MORGEN, moment.tzinfo)


def paamindes(day: date, zone: tzinfo) -> datetime:
    """When somebody is reminded of a samtale on this day: at noon on the weekday before it."""
    before = day - timedelta(days=1)
    while before.weekday() >= LOERDAG:
        before -= timedelta(days=1)
    return datetime.combine(before, PAAMINDES, zone)


def dag_i_ord(day: date, today: date) -> str:
    """“i dag”, “i morgen”, “på mandag”."""
    known = {0: "i dag", 1: "i morgen"}
    return known.get((day - today).days) or f"på {_UGEDAGE[day.weekday()]}"


def pause(forsoeg: int) -> timedelta:
    """How long to wait after this many attempts (1 or more): a minute, doubled each time up to an hour."""
    return min(LAENGSTE_PAUSE, FOERSTE_PAUSE * (1 << min(forsoeg - 1, 10)))


def opgives(foerste: datetime, now: datetime) -> bool:
    """Whether an attempt that failed now was the last one."""
    return now - foerste >= OPGIVES


def linjer(antal: Mapping[tuple[str, date | None], int], today: date) -> list[str]:
    """The lines of an e-mail: (kind, day of the samtale or None) -> how many, in the order of the kinds."""
    kinds = list(SLAGS)
    ordered = sorted(antal.items(), key=lambda one: (kinds.index(one[0][0]), one[0][1] or today))
    return [
        (SLAGS[slags].en if n == 1 else SLAGS[slags].flere).format(n=n, dag=dag_i_ord(day or today, today))
        for (slags, day), n in ordered
    ]
