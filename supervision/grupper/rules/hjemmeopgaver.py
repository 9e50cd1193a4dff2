"""What a hjemmeopgave is: a task between two course days, and how far each pair is with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

from supervision.problems import RuleBroken

TITEL_MAX: Final = 120
TEKST_MAX: Final = 2000
KURSUSDAG_MAX: Final = 60
METODER_MAX: Final = 4

PLANLAGT: Final = "planlagt"
HOLDT: Final = "holdt"
FEEDBACK: Final = "feedback givet"


class Dage(Protocol):
    """The days of a round, both included."""

    @property
    def fra(self) -> date: ...
    @property
    def til(self) -> date: ...


class Opgave(Protocol):
    """Until when it is to be done, and whether it was ended before."""

    @property
    def frist(self) -> date: ...
    @property
    def afsluttet_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Indhold:
    """What the facilitator writes. metoder: keys of the catalogue. kursusdag: the label of the day it was given on."""

    titel: str
    tekst: str
    kursusdag: str
    metoder: tuple[str, ...]
    frist: date


def check_indhold(indhold: Indhold, runde: Dage, *, earliest: date) -> Indhold:
    """The same with clean texts. earliest: the first day that the deadline may be. Raises RuleBroken."""
    titel, kursusdag = (" ".join(text.split()) for text in (indhold.titel, indhold.kursusdag))
    tekst, metoder = indhold.tekst.strip(), tuple(dict.fromkeys(indhold.metoder))
    if not titel:
        raise RuleBroken("Opgaven mangler en overskrift. Skriv kort, hvad I skal prøve.", "titel")
    _check_room(titel, TITEL_MAX, "titel")
    _check_room(kursusdag, KURSUSDAG_MAX, "kursusdag")
    _check_room(tekst, TEKST_MAX, "tekst")
    if len(metoder) > METODER_MAX:
        raise RuleBroken(f"Vælg højst {METODER_MAX} metoder. Så er der tid til at prøve dem.", "metoder")
    if not max(runde.fra, earliest) <= indhold.frist <= runde.til:
        raise RuleBroken(
            f"Vælg en dag fra {_dag(max(runde.fra, earliest))} til {_dag(runde.til)}, mens runden er i gang.",
            "frist",
        )
    return Indhold(titel, tekst, kursusdag, metoder, indhold.frist)


def er_aaben(opgave: Opgave, today: date) -> bool:
    """Whether it is still to be done: through its deadline, unless the facilitator has ended it."""
    return opgave.afsluttet_at is None and today <= opgave.frist


def check_not_afsluttet(opgave: Opgave) -> None:
    """What has been ended stands. Raises RuleBroken."""
    if opgave.afsluttet_at is not None:
        raise RuleBroken("Opgaven er afsluttet. Derfor står den, som den var.")


def laengst(knyttede: Iterable[tuple[bool, bool]]) -> str:
    """How far a pair is with the kontrakt that is furthest: never how many they have, or what was seen or written.

    knyttede: (held, feedback sent) of each kontrakt that the pair linked, at least one.
    """
    each = list(knyttede)
    if any(sent for _, sent in each):
        return FEEDBACK
    return HOLDT if any(held for held, _ in each) else PLANLAGT


def check_kan_knyttes(par: Sequence[UUID], inside: Collection[UUID]) -> None:
    """Both of a kontrakt's two are in the group now. Raises RuleBroken."""
    if not set(par) <= set(inside):
        raise RuleBroken("Vælg en kontrakt med en kollega fra gruppen.", "kontrakt")


def _check_room(text: str, room: int, field: str) -> None:
    if len(text) > room:
        raise RuleBroken(
            f"Teksten er på {len(text)} tegn. Der er plads til {room}: skriv det kortere.", field
        )


def _dag(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
