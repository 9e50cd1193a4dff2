"""What a round asks of its people, and what is said of it: yes or not yet, never how often, by whom or how it went.

The duties are the union of the sources' opening and closing lists (fagligt grundlag 2d, V-20); a round may leave any of
them out. Three are a group's quiet marks; the rest is each member's own word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol
from uuid import UUID

from supervision.problems import RuleBroken

EFTER: Final = timedelta(days=14)
"""How long after a round one may still say what one did in it."""
PAAMINDES: Final = timedelta(days=14)
"""How long before its end a round reminds its people."""


class Runde(Protocol):
    """The days of a round, both included, and the codes of the duties that it does not ask for."""

    @property
    def fra(self) -> date: ...
    @property
    def til(self) -> date: ...
    @property
    def uden_pligter(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Pligt:
    """ord: the mark. at: what the round asks one to do. egne_ord: what one says yes to.

    siges: one may say so oneself. kerne: one of the three marks.
    """

    kode: str
    ord: str
    at: str
    egne_ord: str
    siges: bool = True
    kerne: bool = False


MEDLEM: Final = (
    Pligt(
        "planlagt",
        "planlagt sin træning",
        "planlægge, hvad man vil træne",
        "Jeg har planlagt, hvad jeg vil træne, og i hvilke samtaler",
    ),
    Pligt(
        "oevet", "trænet i samtaler", "træne det i egne samtaler", "Jeg har trænet det i mine egne samtaler"
    ),
    Pligt(
        "observeret",
        "observeret",
        "blive observeret mindst én gang",
        "Jeg har haft en kollega eller min teamleder med til mindst én samtale",
        siges=False,
        kerne=True,
    ),
    Pligt(
        "har_observeret",
        "har observeret",
        "observere en kollega mindst én gang",
        "Jeg har været med til mindst én kollegas samtale",
        siges=False,
        kerne=True,
    ),
    Pligt(
        "metoder",
        "brugt feedback-metoderne",
        "bruge feedback-metoderne",
        "Jeg har brugt feedback-metoderne, da jeg gav eller fik feedback",
    ),
    Pligt("logbog", "ført logbog", "føre logbog", "Jeg har ført min logbog"),
    Pligt(
        "moede",
        "møde",
        "være med til mødet på to timer",
        "Jeg har været med til læringsgruppens møde på to timer",
        kerne=True,
    ),
)
"""What a round asks of a medarbejder."""

FACILITATOR: Final = (
    Pligt(
        "rolle",
        "planlagt sin facilitatorrolle",
        "planlægge, hvordan rollen som facilitator skal trænes",
        "Jeg har planlagt, hvordan jeg vil træne rollen som facilitator",
    ),
    Pligt(
        "fokus",
        "holdt fokus på runden",
        "holde fokus på aktionslæringen i teamet og afdelingen",
        "Jeg har holdt fokus på aktionslæringen i teamet og i afdelingen",
    ),
    Pligt(
        "leder",
        "talt med sin egen leder",
        "tale med sin nærmeste leder om rollen og om opbakning",
        "Jeg har talt med min nærmeste leder om, hvorfor det er vigtigt, om min rolle og om opbakning",
    ),
    Pligt(
        "f_har_observeret",
        "har observeret",
        "observere mindst én gang",
        "Jeg har været med til mindst én medarbejders samtale",
        siges=False,
        kerne=True,
    ),
    Pligt(
        "f_metoder",
        "brugt feedback-metoderne",
        "bruge feedback-metoderne",
        "Jeg har brugt feedback-metoderne, da jeg gav feedback",
    ),
    Pligt(
        "indkaldt",
        "indkaldt",
        "planlægge og indkalde til mødet på to timer",
        "Jeg har planlagt og indkaldt til læringsgruppens møde på to timer",
        kerne=True,
    ),
    Pligt("ledet", "ledet mødet", "lede mødet", "Jeg har ledet mødet som facilitator", kerne=True),
)
"""What a round asks of the teamleder who facilitates it. No code is in both lists, so each can be left out alone."""

KODER: Final = frozenset(pligt.kode for pligt in (*MEDLEM, *FACILITATOR))


def pligter_i(runde: Runde, *, leads: bool) -> list[Pligt]:
    """What the round asks of a member, or of whoever leads it, in the sources' order."""
    return [one for one in (FACILITATOR if leads else MEDLEM) if one.kode not in runde.uden_pligter]


def kerne_marks(runde: Runde, gjort: Collection[str], *, leads: bool) -> list[tuple[str, bool]]:
    """The quiet marks: (word, done)."""
    return [(one.ord, one.kode in gjort) for one in pligter_i(runde, leads=leads) if one.kerne]


def af_samtaler(person_id: UUID, samtaler: Iterable[tuple[UUID, UUID | None]]) -> set[str]:
    """The duties that samtaler show as done. samtaler: (observed, observer or None) of ended observations."""
    pairs = list(samtaler)
    found = {"observeret"} if any(observed == person_id for observed, _ in pairs) else set()
    if any(observer == person_id for _, observer in pairs):
        found |= {"har_observeret", "f_har_observeret"}
    return found


def check_sagt(runde: Runde, sagt: Collection[str], today: date, *, leads: bool) -> set[str]:
    """What somebody says yes to, of what may be said. Raises RuleBroken: not in this round, too early or too late."""
    if not may_say(runde, today):
        raise RuleBroken("Runden er ikke i gang. Derfor står det, som det er.")
    known = {one.kode for one in pligter_i(runde, leads=leads) if one.siges}
    if not set(sagt) <= known:
        raise RuleBroken("Vælg blandt det, runden beder om.", "sagt")
    return set(sagt)


def may_say(runde: Runde, today: date) -> bool:
    """From the round's first day until two weeks after its last."""
    return runde.fra <= today <= runde.til + EFTER


def slutter_snart(runde: Runde, today: date) -> bool:
    """Whether the round runs and ends within the days in which its people are reminded."""
    return runde.fra <= today <= runde.til <= today + PAAMINDES


def check_uden(uden: Collection[str]) -> list[str]:
    """The codes of the duties that a round leaves out, sorted. Raises RuleBroken on one that is none."""
    if not set(uden) <= KODER:
        raise RuleBroken("Vælg blandt de pligter, der står på listen.", "medlem")
    return sorted(set(uden))


def sagt_ja(runde: Runde, linjer: Iterable[tuple[str, bool, Collection[str]]]) -> list[tuple[str, list[str]]]:
    """Duty beside the three marks -> who has said yes, in the order given; nobody is named for what they have not said.

    linjer: (name, leads the round, codes of what is done).
    """
    words: dict[str, list[str]] = {}
    people = list(linjer)
    for asked_of_leader in (False, True):
        for pligt in pligter_i(runde, leads=asked_of_leader):
            names = [
                navn for navn, leads, gjort in people if leads is asked_of_leader and pligt.kode in gjort
            ]
            if names and not pligt.kerne:
                words.setdefault(pligt.ord, []).extend(names)
    return list(words.items())
