"""A visit of a pair: what it has come to, and what may be said of it.

Either of the pair says when, with which redskaber, that it was held, and that feedback was given; the facilitator
forms the pairs and sees where they are, but says nothing for them. Where a kontrakt is booked there is one truth: its
samtale's time counts, and it is held and answered when the recorder was ended and the feedback sent.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from supervision.problems import RuleBroken

AABEN, FORESLAAET, PLANLAGT, FLYTTET = "aaben", "foreslaaet", "planlagt", "flyttet"
HOLDT, FEEDBACK, AFLYST = "holdt", "feedback", "aflyst"
BESOEG_TILSTANDE: Final = {
    AABEN: "mangler tid",
    FORESLAAET: "tid foreslået",
    PLANLAGT: "planlagt",
    FLYTTET: "flyttet",
    HOLDT: "holdt",
    FEEDBACK: "feedback givet",
    AFLYST: "aflyst",
}
"""What a visit has come to, in words."""

KOMMER: Final = (AABEN, FORESLAAET, PLANLAGT, FLYTTET)
"""Still to be held."""

MAERK: Final = ("passer", "holdt", "feedback", "aflys", "fortryd")
"""What either of the pair can say with one tap."""

METODER_MAX: Final = 4
EFTERSLAEB: Final = timedelta(days=28)
"""How long after its round a visit can be put off to."""

AENDRET: Final = (
    "En anden har ændret det her, siden du åbnede siden. Se, hvad der står nu, før du gemmer igen."
)


class Besoeg(Protocol):
    """What either of the pair has said here."""

    @property
    def starter_at(self) -> datetime | None: ...
    @property
    def foreslaaet(self) -> bool: ...
    @property
    def laengde_min(self) -> int: ...
    @property
    def samtaletype(self) -> str | None: ...
    @property
    def flyttet_fra(self) -> datetime | None: ...
    @property
    def holdt_at(self) -> datetime | None: ...
    @property
    def feedback_at(self) -> datetime | None: ...
    @property
    def aflyst_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Besoegsplan:
    """When, what kind of samtale, and with which methods (keys of the catalogue). `dato`, `tid`: Danish."""

    dato: date
    tid: time
    laengde_min: int
    samtaletype: str
    metoder: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Booket:
    """The facts of the kontrakt that a visit has, and nothing of its content."""

    starter_at: datetime
    laengde_min: int
    samtaletype: str
    trukket: bool
    laast: bool
    holdt: bool
    feedback: bool


@dataclass(frozen=True, slots=True)
class Samlet:
    """A visit as it stands. foer_at: the time it was moved from, while it is still to be held."""

    tilstand: str
    starter_at: datetime | None
    foer_at: datetime | None
    laengde_min: int
    samtaletype: str | None

    @property
    def kommer(self) -> bool:
        """Whether it is still to be held."""
        return self.tilstand in KOMMER


def samlet(besoeg: Besoeg, booket: Booket | None) -> Samlet:
    """What the visit has come to. booket: its kontrakt's facts, None when it has none."""
    if booket is None:
        return Samlet(
            _said(besoeg), besoeg.starter_at, _moved(besoeg), besoeg.laengde_min, besoeg.samtaletype
        )
    planned = besoeg.starter_at if besoeg.starter_at != booket.starter_at else besoeg.flyttet_fra
    state = _derived(booket, FLYTTET if planned else PLANLAGT)
    return Samlet(
        state,
        booket.starter_at,
        planned if state == FLYTTET else None,
        booket.laengde_min,
        booket.samtaletype,
    )


def is_begun(besoeg: Besoeg, booket: Booket | None) -> bool:
    """Whether something has come of it that must not disappear: a kontrakt, or that it was held."""
    return besoeg.holdt_at is not None or (booket is not None and not booket.trukket)


def check_udgave(seen: int | None, stands: int) -> None:
    """Nobody overwrites what they have not seen. Raises RuleBroken."""
    if seen != stands:
        raise RuleBroken(AENDRET)


def check_besoegstid(dag: date, *, fra: date, til: date) -> None:
    """A visit lies in its round or a little after it. Raises RuleBroken (field `dato`)."""
    if not fra <= dag <= til + EFTERSLAEB:
        raise RuleBroken(
            f"Runden går fra {_dag(fra)} til {_dag(til)}. Vælg en dag i runden eller højst fire uger efter.",
            "dato",
        )


def check_metoder(valgt: Sequence[str], kendte: Collection[str]) -> list[str]:
    """The chosen methods, each once. Raises RuleBroken (field `metoder`) for too many or an unknown one."""
    found = list(dict.fromkeys(kode for kode in valgt if kode))
    if len(found) > METODER_MAX:
        raise RuleBroken(f"Vælg højst {METODER_MAX} redskaber. Færre er lettere at holde øje med.", "metoder")
    if not set(found) <= set(kendte):
        raise RuleBroken("Et af redskaberne findes ikke i metodekataloget. Vælg fra listen.", "metoder")
    return found


def check_maerk(stands: Samlet, maerk: str, *, booket: Booket | None, now: datetime) -> None:
    """Whether it can be said now. Raises RuleBroken."""
    if maerk not in MAERK:
        raise RuleBroken("Vælg en af mulighederne.")
    if booket is not None and not booket.trukket:
        if maerk != "aflys":
            raise RuleBroken("I har en feedback-kontrakt. Så følger status det, der sker med den.")
        if booket.laast:
            raise RuleBroken("Optageren har været startet. Derfor kan besøget ikke aflyses.")
        return
    if maerk not in may_say(stands, now=now):
        raise RuleBroken(_why_not(stands, maerk, now))


def may_say(stands: Samlet, *, now: datetime) -> list[str]:
    """What can be said with one tap of a visit without a kontrakt."""
    if stands.tilstand == AFLYST:
        return ["fortryd"]
    if stands.tilstand == FEEDBACK:
        return ["fortryd"]
    if stands.tilstand == HOLDT:
        return ["feedback", "fortryd"]
    begun = stands.starter_at is not None and stands.starter_at <= now
    yes = ["passer"] if stands.tilstand == FORESLAAET else []
    return [*yes, *(["holdt"] if begun else []), "aflys"]


def _said(besoeg: Besoeg) -> str:
    if besoeg.aflyst_at is not None:
        return AFLYST
    if besoeg.feedback_at is not None:
        return FEEDBACK
    if besoeg.holdt_at is not None:
        return HOLDT
    if besoeg.starter_at is None:
        return AABEN
    if besoeg.foreslaaet:
        return FORESLAAET
    return FLYTTET if besoeg.flyttet_fra is not None else PLANLAGT


def _moved(besoeg: Besoeg) -> datetime | None:
    return besoeg.flyttet_fra if _said(besoeg) == FLYTTET else None


def _derived(booket: Booket, coming: str) -> str:
    if booket.trukket:
        return AFLYST
    if booket.feedback:
        return FEEDBACK
    return HOLDT if booket.holdt else coming


def _why_not(stands: Samlet, maerk: str, now: datetime) -> str:
    if maerk == "holdt" and stands.starter_at is None:
        return "Skriv først, hvornår besøget var."
    if maerk == "holdt" and stands.starter_at is not None and stands.starter_at > now:
        return "Tiden er ikke kommet endnu. Ret den, hvis besøget er holdt."
    if maerk == "feedback":
        return "Sig først, at besøget er holdt."
    return "Det er ændret, siden du åbnede siden. Se, hvad der står nu."


def _dag(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
