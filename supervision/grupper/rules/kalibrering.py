"""A practice samtale that several people tick at once: its clock, who may steer it, and what may be shown of it.

Figures are about the practice, never about a person. A group's are shown from `FRA_TRE` on, opened by an act and
frozen by it, so that nobody's ticks can be found by comparing before and after; and they end when somebody takes
theirs back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from supervision.observationer.agreement.words import SPOR_ORD as SPOR_ORD
from supervision.observationer.agreement.words import kappa_ord as kappa_ord
from supervision.observationer.agreement.words import ud_af_ti as ud_af_ti
from supervision.problems import RuleBroken

FRA_TRE: Final = 3
TEMPOER: Final = {100: "Almindeligt tempo", 75: "Lidt langsommere"}
NEDTAELLING: Final = timedelta(seconds=5)
"""From the tap on the screen to the first word, so that everybody has a thumb ready."""
NAER_MS: Final = 2000
"""How close two ticks have to be to be the same one, as the event log's agreement has it."""
RUMMELIG_MS: Final = 5000
"""And what a thumb may need: it comes after the ear."""
HANDLINGER: Final = ("start", "pause", "genoptag", "stop", "forfra", "vis")

KLAR, I_GANG, PAUSE, SLUT, AFBRUDT = "klar", "i_gang", "pause", "slut", "afbrudt"


class Spil(Protocol):
    """The facts of a playing that its state follows from."""

    @property
    def tempo(self) -> int: ...
    @property
    def start_at(self) -> datetime | None: ...
    @property
    def pauset_ms(self) -> int | None: ...
    @property
    def slut_ms(self) -> int | None: ...
    @property
    def afbrudt_at(self) -> datetime | None: ...


def position(spil: Spil, now: datetime) -> int:
    """Where in the samtale it is, in its own ms; below 0 while it counts down, 0 before it was begun."""
    if spil.slut_ms is not None:
        return spil.slut_ms
    if spil.pauset_ms is not None:
        return spil.pauset_ms
    if spil.start_at is None:
        return 0
    return int((now - spil.start_at) / timedelta(milliseconds=1)) * spil.tempo // 100


def start_for(now: datetime, at_ms: int, tempo: int) -> datetime:
    """When 0 would have been for the samtale to be at `at_ms` now."""
    return now - timedelta(milliseconds=at_ms * 100 / tempo)


def tilstand(spil: Spil, now: datetime, varer_ms: int) -> str:
    """klar, i_gang (counting down too), pause, slut or afbrudt."""
    if spil.afbrudt_at is not None:
        return AFBRUDT
    if spil.start_at is None:
        return KLAR
    if spil.slut_ms is not None or position(spil, now) >= varer_ms:
        return SLUT
    return PAUSE if spil.pauset_ms is not None else I_GANG


def slut_ms(spil: Spil, varer_ms: int) -> int:
    """Where it ended, or will."""
    return varer_ms if spil.slut_ms is None else min(spil.slut_ms, varer_ms)


def check_handling(handling: str, tilstand_nu: str, *, i_gruppe: bool, faerdige: int) -> None:
    """Whether the screen may do this now. Raises RuleBroken."""
    allowed = {
        "start": (KLAR,), "pause": (I_GANG,), "genoptag": (PAUSE,), "stop": (I_GANG, PAUSE),
        "forfra": (I_GANG, PAUSE, SLUT), "vis": (SLUT,),
    }  # fmt: skip
    if handling not in allowed:
        raise RuleBroken("Det kan skærmen ikke.", "handling")
    if tilstand_nu not in allowed[handling]:
        raise RuleBroken("Samtalen er et andet sted nu. Genindlæs siden, og prøv igen.", "handling")
    if handling == "vis" and not i_gruppe:
        raise RuleBroken("Der er ikke noget gruppebillede, når man øver sig alene.", "handling")
    if handling == "vis" and faerdige < FRA_TRE:
        raise RuleBroken(
            "Gruppens billede kræver, at mindst tre er færdige. Så kan ingen se, hvem der har krydset hvad.",
            "handling",
        )


def may_steer(oprettet_af: UUID, facilitator_id: UUID | None, person_id: UUID) -> bool:
    """Whoever began it, and the group's facilitator."""
    return person_id in (oprettet_af, facilitator_id)


def check_tempo(tempo: int) -> int:
    """One of TEMPOER. Raises RuleBroken."""
    if tempo not in TEMPOER:
        raise RuleBroken("Vælg det almindelige tempo eller det langsommere.", "tempo")
    return tempo


def maengde(antal: int, af: int) -> str:
    """How many of a group did something, in words that point at nobody."""
    if af < FRA_TRE:
        raise ValueError(af)
    share = antal / af
    return "de fleste" if share >= 0.6 else "få eller ingen" if share <= 0.4 else "cirka halvdelen"


def gennemsnit(counts: Iterable[int]) -> int:
    """The mean of three or more people's counts, as a whole number. Raises ValueError for fewer."""
    known = list(counts)
    if len(known) < FRA_TRE:
        raise ValueError(len(known))
    return int(sum(known) / len(known) + 0.5)
