"""A supervisor's day as a plan: how long things take, what stands in the way of what, and a first proposal.

Times are whole minutes after midnight, Danish time. A plan may be kept with something in the way: it is a plan. What is
in the way is said in words, at the session that it concerns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from supervision.problems import RuleBroken

FORBEREDELSE: Final = 10
SAMTALE: Final = 40
FEEDBACK: Final = 15
SAMTALE_LAENGDE: Final = (20, 60)
PAUSE_LAENGDE: Final = (5, 180)
TRIN: Final = 5
"""A session is moved by whole steps of so many minutes."""
FLEST: Final = 24
"""The most sessions of one day."""
LOKALE_MAX: Final = 60
RAMME_MAX: Final = 1000
DOEGN: Final = 24 * 60
FROKOST_FRA: Final = 11 * 60 + 15
FROKOST: Final = 30
PAUSE: Final = 10
SIDSTE: Final = 19 * 60
"""When no session of a proposal ends later."""


class Session(Protocol):
    """A session of the plan."""

    @property
    def id(self) -> UUID: ...
    @property
    def supervisor_id(self) -> UUID: ...
    @property
    def fokusperson_id(self) -> UUID: ...
    @property
    def start(self) -> int: ...
    @property
    def forberedelse_min(self) -> int: ...
    @property
    def samtale_min(self) -> int: ...
    @property
    def feedback_min(self) -> int: ...
    @property
    def lokale(self) -> str: ...


class Pause(Protocol):
    """A break of the plan."""

    @property
    def start(self) -> int: ...
    @property
    def minutter(self) -> int: ...
    @property
    def navn(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Dagen:
    """The frame of the day. briefing: (from, to), or None."""

    fra: int
    til: int
    briefing: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Forslag:
    """A first plan. pladser: (place of the person, lane, start). pauser: (start, minutes, name)."""

    pladser: tuple[tuple[int, int, int], ...]
    pauser: tuple[tuple[int, int, str], ...]


def varer(session: Session) -> int:
    """All three parts together, in minutes."""
    return session.forberedelse_min + session.samtale_min + session.feedback_min


def slut(session: Session) -> int:
    """When its feedback is over."""
    return session.start + varer(session)


def kl(minut: int) -> str:
    """A time of the day: “9.05”."""
    return f"{minut // 60}.{minut % 60:02}"


def fra_til(fra: int, til: int) -> str:
    """“kl. 9.05–10.10”."""
    return f"kl. {kl(fra)}–{kl(til)}"


def list_konflikter(
    sessioner: Sequence[Session], pauser: Iterable[Pause], dagen: Dagen, navne: Mapping[UUID, str]
) -> dict[UUID, list[str]]:
    """Session id -> a sentence for each thing that is in its way; only sessions that have any.

    sessioner: without those that are cancelled. navne: person id -> first name.
    """
    resting = list(pauser)
    found = {
        session.id: [
            *_between(session, sessioner, navne),
            *_of_the_day(session, resting, dagen),
        ]
        for session in sessioner
    }
    return {id_: sentences for id_, sentences in found.items() if sentences}


def check_start(start: int, minutter: int) -> None:
    """It is over before midnight. Raises RuleBroken (tid)."""
    if not 0 <= start <= DOEGN - minutter:
        raise RuleBroken("Sessionen skal være slut inden midnat. Vælg et tidligere klokkeslæt.", "tid")


def check_samtale_min(minutter: int) -> None:
    """Raises RuleBroken (samtale_min) outside SAMTALE_LAENGDE."""
    least, most = SAMTALE_LAENGDE
    if not least <= minutter <= most:
        raise RuleBroken(f"Samtalen kan vare fra {least} til {most} minutter.", "samtale_min")


def check_pause(start: int, minutter: int, navn: str) -> None:
    """A break has a length and a name. Raises RuleBroken."""
    least, most = PAUSE_LAENGDE
    if not least <= minutter <= most or start + minutter > DOEGN:
        raise RuleBroken(f"En pause kan vare fra {least} til {most} minutter.", "minutter")
    if not navn:
        raise RuleBroken("Skriv, hvad pausen hedder, fx »Frokost«.", "navn")


def laeg(personer: int, baner: int, fra: int, samtale_min: int = SAMTALE) -> Forslag:
    """Sessions for so many people from `fra` on, in as many lanes at once, with breaks and a lunch for everybody.

    Everybody sits at the same time, so that the breaks are shared. Raises RuleBroken: nobody, too many, or too late.
    """
    if not 1 <= personer <= FLEST or baner < 1:
        raise RuleBroken("Vælg mindst én fokusperson.", "fokuspersoner")
    check_samtale_min(samtale_min)
    length = FORBEREDELSE + samtale_min + FEEDBACK
    pladser, pauser, at = [], [], fra
    had_lunch = fra >= FROKOST_FRA + 2 * FROKOST
    for first in range(0, personer, baner):
        if first:
            lunch = not had_lunch and at >= FROKOST_FRA
            had_lunch = had_lunch or lunch
            pauser.append((at, FROKOST, "Frokost") if lunch else (at, PAUSE, "Pause"))
            at += pauser[-1][1]
        pladser += [(first + bane, bane, at) for bane in range(min(baner, personer - first))]
        at += length
    if at > SIDSTE:
        raise RuleBroken(
            f"Dagen bliver for lang: den sidste session slutter først kl. {kl(at % DOEGN)}."
            " Vælg færre, eller vælg flere supervisorer.",
            "fokuspersoner",
        )
    return Forslag(tuple(pladser), tuple(pauser))


def _between(session: Session, others: Sequence[Session], navne: Mapping[UUID, str]) -> list[str]:
    found = []
    for other in others:
        if other.id == session.id or not _meet(session.start, slut(session), other.start, slut(other)):
            continue
        when = fra_til(other.start, slut(other))
        if other.fokusperson_id == session.fokusperson_id:
            found.append(f"{navne[session.fokusperson_id]} er også sat på {when}.")
        if other.supervisor_id == session.supervisor_id:
            found.append(
                f"{navne[session.supervisor_id]} er optaget af {navne[other.fokusperson_id]} {when}."
            )
        if session.lokale and other.lokale.casefold() == session.lokale.casefold():
            found.append(f"{session.lokale} er også brugt til {navne[other.fokusperson_id]} {when}.")
    return found


def _of_the_day(session: Session, pauser: Iterable[Pause], dagen: Dagen) -> list[str]:
    start, end, found = session.start, slut(session), []
    if start < dagen.fra or end > dagen.til:
        found.append(f"Den ligger uden for dagen, som er {fra_til(dagen.fra, dagen.til)}.")
    if dagen.briefing and _meet(start, end, *dagen.briefing):
        found.append(f"Den går ind over briefingen {fra_til(*dagen.briefing)}.")
    for pause in pauser:
        over = pause.start + pause.minutter
        if _meet(start, end, pause.start, over):
            found.append(
                f"Den går ind over {pause.navn[:1].lower()}{pause.navn[1:]} {fra_til(pause.start, over)}."
            )
    return found


def _meet(start: int, end: int, other_start: int, other_end: int) -> bool:
    return start < other_end and other_start < end
