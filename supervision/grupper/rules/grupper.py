"""What a læringsgruppe and its rounds are, and what a group agrees in plenum."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final, Protocol, TypeVar
from uuid import UUID

from supervision.problems import RuleBroken

NAVN_MAX: Final = 120
MAX_MEDLEMMER: Final = 60
LONGEST_ROUND: Final = timedelta(days=366)
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2100, 1, 1)
NYLIGT: Final = timedelta(days=14)
"""How long a shared point counts as new on I dag."""

AFTALE_MAX: Final = 500
MAERKER: Final = {
    "fortsat": "Det holder vi fast i",
    "gjort": "Det er gjort",
    "droppet": "Det lader vi ligge",
    "aaben": "Vi er ikke færdige med det. Tag det op igen næste gang",
}
"""What a group says of an agreement when it comes back, by its state."""


class Periode(Protocol):
    """A round: its name and its days, both included."""

    @property
    def navn(self) -> str: ...
    @property
    def fra(self) -> date: ...
    @property
    def til(self) -> date: ...


class Aftale(Protocol):
    """What was agreed in plenum: who wrote it down, and the days of the meetings that it was taken up at."""

    @property
    def skrevet_af(self) -> UUID: ...
    @property
    def aftalt(self) -> date: ...
    @property
    def fortsat(self) -> date | None: ...
    @property
    def slut(self) -> date | None: ...
    @property
    def udfald(self) -> str | None: ...


R = TypeVar("R", bound=Periode)


def check_navn(navn: str, what: str = "Gruppen") -> str:
    """The name without spaces around it. Raises RuleBroken when it is empty or too long."""
    cleaned = " ".join(navn.split())
    if not cleaned:
        raise RuleBroken(f"{what} mangler et navn.", "navn")
    if len(cleaned) > NAVN_MAX:
        raise RuleBroken(f"Navnet må højst fylde {NAVN_MAX} tegn.", "navn")
    return cleaned


def check_periode(fra: date, til: date, andre: Iterable[Periode]) -> None:
    """A round has an end after its beginning, lasts at most a year, and no two of a group share a day.

    andre: the group's other rounds. Raises RuleBroken.
    """
    if not FIRST_DAY <= fra <= LAST_DAY:
        raise RuleBroken("Vælg en dag mellem år 2000 og 2100.", "fra")
    if til <= fra:
        raise RuleBroken("Runden skal slutte efter den dag, den begynder.", "til")
    if til - fra > LONGEST_ROUND:
        raise RuleBroken("En runde kan højst vare et år. Lav hellere flere runder.", "til")
    for anden in andre:
        if anden.fra <= til and fra <= anden.til:
            raise RuleBroken(
                f"Runden falder oven i »{anden.navn}« ({_dag(anden.fra)}–{_dag(anden.til)}). "
                "Vælg dage uden for den.",
                "fra",
            )


def check_not_ended(runde: Periode, today: date) -> None:
    """A round that is over stands: narrowing it day by day would tell who was observed when. Raises RuleBroken."""
    if runde.til < today:
        raise RuleBroken("Runden er slut og kan ikke ændres. Lav en ny runde.")


def find_runde_paa(runder: Iterable[R], day: date) -> R | None:
    """The round that runs on the day."""
    return next((runde for runde in runder if runde.fra <= day <= runde.til), None)


def find_i_periode(days: Iterable[date], periode: Periode) -> list[int]:
    """The places of the days that lie in the round."""
    return [place for place, day in enumerate(days) if periode.fra <= day <= periode.til]


def find_runde_at_vise(runder: Collection[R], day: date) -> R | None:
    """The round that runs; else the next to begin; else the last that ended."""
    running = find_runde_paa(runder, day)
    if running is not None:
        return running
    coming = [runde for runde in runder if runde.fra > day]
    if coming:
        return min(coming, key=lambda runde: runde.fra)
    return max(runder, key=lambda runde: runde.fra, default=None)


def check_can_join(person_id: UUID, facilitator_id: UUID, member_ids: Collection[UUID]) -> None:
    """A person is in a group once, as member or facilitator. Raises RuleBroken."""
    if person_id == facilitator_id:
        raise RuleBroken("Facilitatoren er allerede med i gruppen.", "person")
    if person_id in member_ids:
        raise RuleBroken("Personen er allerede med i gruppen.", "person")
    if len(member_ids) >= MAX_MEDLEMMER:
        raise RuleBroken(f"En gruppe kan højst have {MAX_MEDLEMMER} medlemmer. Lav en gruppe til.", "person")


def check_can_share(chosen: Collection[UUID], own: Collection[UUID]) -> None:
    """At least one point is chosen, and only points that the owner has received. Raises RuleBroken."""
    if not chosen:
        raise RuleBroken("Vælg mindst ét punkt at dele.", "punkter")
    if not set(chosen) <= set(own):
        raise RuleBroken("Et af punkterne er ikke dit at dele. Genindlæs siden.", "punkter")


def aftale_tilstand(aftale: Aftale) -> str:
    """One of MAERKER: aaben (it comes back next time), fortsat (kept going), gjort, or droppet."""
    if aftale.slut is not None and aftale.udfald is not None:
        return aftale.udfald
    return "fortsat" if aftale.fortsat is not None else "aaben"


def check_aftale(tekst: str, aftalt: date, today: date) -> str:
    """The text without space around it. Raises RuleBroken: empty, too long, or agreed on a day to come."""
    cleaned = tekst.strip()
    if not cleaned:
        raise RuleBroken("Aftalen mangler. Skriv, hvad I blev enige om.", "tekst")
    if len(cleaned) > AFTALE_MAX:
        raise RuleBroken(
            f"Teksten er på {len(cleaned)} tegn. Der er plads til {AFTALE_MAX}: skriv det kortere.", "tekst"
        )
    _check_moededag(aftalt, FIRST_DAY, today, "aftalt")
    return cleaned


def check_maerke(aftale: Aftale, maerke: str, dag: date, today: date) -> None:
    """A mark is known, and is set at a meeting after the agreement was made (or kept going). Raises RuleBroken."""
    if maerke not in MAERKER:
        raise RuleBroken("Vælg en af mulighederne.", "maerke")
    if maerke == "aaben":
        return
    last = aftale.aftalt
    if maerke != "fortsat" and aftale.fortsat is not None:
        last = aftale.fortsat
    _check_moededag(dag, last, today, "dag")


def may_rewrite(aftale: Aftale, person_id: UUID, facilitator_id: UUID) -> bool:
    """Whoever wrote it down may put it right, and so may the facilitator."""
    return person_id in (aftale.skrevet_af, facilitator_id)


def check_can_rewrite(aftale: Aftale) -> None:
    """The words stand once the group has said how it went. Raises RuleBroken."""
    if aftale_tilstand(aftale) != "aaben":
        raise RuleBroken(
            "I har taget stilling til aftalen. Derfor står ordene, som de var. Skriv en ny aftale i stedet."
        )


def _check_moededag(dag: date, first: date, today: date, field: str) -> None:
    if dag > today:
        raise RuleBroken("Datoen er ikke kommet endnu. Vælg dagen for mødet.", field)
    if dag < first:
        raise RuleBroken(f"Datoen ligger for langt tilbage. Vælg {_dag(first)} eller senere.", field)


def _dag(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
