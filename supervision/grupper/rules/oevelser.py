"""An exercise without a citizen: how people are divided, whose turn it is, what is written, the group's number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from supervision.cpr import CPR_FEJL, ligner_cpr
from supervision.grupper.rules.oevelser_indhold import ALLE, FELTER, OEVELSER, Felt, Slags, Trin
from supervision.problems import RuleBroken

TEKST_MAX: Final = 300
GLEMT: Final = timedelta(hours=4)
"""So long after it was begun an exercise that nobody ended counts as over."""
MINDST_TAL: Final = 3
"""So many must have given both numbers before the group gets one (issue 6; tillid.md: never one person's)."""
LAVEST, HOEJEST = 4, 18
"""The ends that are shown, in halves: beyond them all have answered nearly the same, and each one's would be known."""
SAMLES, FORDELT, SLUT = "samles", "fordelt", "slut"
I_GANG_ALLEREDE: Final = "Der er allerede en øvelse i gang i gruppen. Vær med i den, eller slut den først."


class Tider(Protocol):
    """An exercise, by the facts that its state follows from."""

    @property
    def begyndt_at(self) -> datetime: ...
    @property
    def fordelt_at(self) -> datetime | None: ...
    @property
    def sluttet_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Skridt:
    """A step at its place. tur: in which turn, counted from 0; in what is before and after the turns 0."""

    trin: Trin
    tur: int


def get_slags(key: str) -> Slags:
    """The exercise of that name. Raises RuleBroken."""
    if key not in OEVELSER:
        raise RuleBroken("Vælg en af øvelserne.", "slags")
    return OEVELSER[key]


def tilstand(oevelse: Tider, now: datetime) -> str:
    """SAMLES, FORDELT or SLUT."""
    if oevelse.sluttet_at is not None or now > oevelse.begyndt_at + GLEMT:
        return SLUT
    return SAMLES if oevelse.fordelt_at is None else FORDELT


def check_i_gang(oevelse: Tider, now: datetime) -> None:
    """It is not over. Raises RuleBroken."""
    if tilstand(oevelse, now) == SLUT:
        raise RuleBroken("Øvelsen er slut. Det, I skrev, står, som det var.")


def forloeb(slags: Slags, ture: int) -> list[Skridt]:
    """All the steps one after the other: what is first, the turns, what is last."""
    nr = [place for place, trin in enumerate(slags.trin) if trin.pr_tur]
    if not nr:
        return [Skridt(trin, 0) for trin in slags.trin]
    first, last = nr[0], nr[-1] + 1
    turns = [Skridt(trin, tur) for tur in range(ture) for trin in slags.trin[first:last]]
    before = [Skridt(trin, 0) for trin in slags.trin[:first]]
    return [*before, *turns, *(Skridt(trin, 0) for trin in slags.trin[last:])]


def del_op(antal: int, slags: Slags) -> list[int]:
    """How many there are in each small group, the larger ones first. Raises RuleBroken when there are too few.

    Of the ways that keep within the exercise's sizes the one nearest to `helst`; the leftover are spread over all.
    """
    ways = [n for n in range(1, antal + 1) if slags.mindst <= antal // n and -(-antal // n) <= slags.flest]
    if not ways:
        raise RuleBroken(f"I skal være mindst {slags.mindst} for at begynde. Vent på de andre.")
    n = min(ways, key=lambda ways: (abs(antal / ways - slags.helst), ways))
    return [antal // n + (place < antal % n) for place in range(n)]


def rolle_i(slags: Slags, plads: int, tur: int, antal: int) -> str:
    """The key of the role at a place in a turn; roles move one place each turn. "" in an exercise without roles.

    plads: counted from 0. antal: how many are in the small group. More people than roles: the rest have the last one.
    """
    if not slags.roller or antal < 1:
        return ""
    return slags.roller[min((plads - tur) % antal, len(slags.roller) - 1)][0]


def har_roller(skridt: Skridt, nr: int) -> bool:
    """Whether people have a role at the step: in the turns, and at the first step, so that they know how they begin."""
    return skridt.trin.pr_tur or nr == 0


def rolle_navn(slags: Slags, key: str) -> str:
    """What the role is called."""
    return dict(slags.roller).get(key, "")


def instruks(trin: Trin, rolle: str) -> str:
    """What whoever has the role does now."""
    return trin.ord.get(rolle) or trin.ord.get(ALLE, "")


def skal_saette_tal(trin: Trin, rolle: str) -> bool:
    """Whether the number is asked of that role at this step."""
    return bool(trin.tal) and trin.tal_rolle in ("", rolle)


def check_tal(tal: int | None) -> int:
    """One of 1 to 10. Raises RuleBroken."""
    if tal is None or not 1 <= tal <= 10:
        raise RuleBroken("Vælg et tal fra 1 til 10.", "tal")
    return tal


def check_felt(key: str, trin: Trin) -> Felt:
    """What may be written at this step. Raises RuleBroken."""
    if key not in trin.felter:
        raise RuleBroken(
            "I er gået videre til et andet trin. Gå et trin tilbage, hvis I vil skrive mere her.", "tekst"
        )
    return FELTER[key]


def check_tekst(tekst: str, felt: Felt) -> str:
    """The words as they are kept, on one line. Raises RuleBroken: none, too many, no sentence, or like a CPR number."""
    cleaned = " ".join("".join(char if char.isprintable() else " " for char in tekst).split())
    if not cleaned:
        raise RuleBroken("Skriv et par ord.", "tekst")
    if len(cleaned) > TEKST_MAX:
        raise RuleBroken(f"Skriv højst {TEKST_MAX} tegn. Nu er der {len(cleaned)}.", "tekst")
    if felt.saetning and len(cleaned.split()) < 3:
        raise RuleBroken("Skriv rådet som en hel sætning, så andre kan følge det.", "tekst")
    if ligner_cpr(cleaned):
        raise RuleBroken(CPR_FEJL, "tekst")
    return cleaned


def check_plads(antal: int, felt: Felt) -> None:
    """There is room for one more line. Raises RuleBroken. What holds one line is written over instead."""
    if felt.hoejst > 1 and antal >= felt.hoejst:
        raise RuleBroken(f"Der er plads til {felt.hoejst}. Tag én væk, hvis I vil skrive en anden.", "tekst")


def gruppens_tal(svar: Iterable[tuple[int | None, int | None]]) -> tuple[int, int] | None:
    """(before, after) in halves: the means of those who gave both, kept within the ends; None with fewer than three."""
    both = [(foer, efter) for foer, efter in svar if foer is not None and efter is not None]
    if len(both) < MINDST_TAL:
        return None
    return _halve([foer for foer, _ in both]), _halve([efter for _, efter in both])


def tal_ord(halve: int) -> str:
    """A mean in halves as it is shown: “4½”, “9 eller højere”."""
    if halve >= HOEJEST:
        return f"{HOEJEST // 2} eller højere"
    if halve <= LAVEST:
        return f"{LAVEST // 2} eller lavere"
    return f"{halve // 2}½" if halve % 2 else str(halve // 2)


def bevaegelse(foer: int | None, efter: int | None) -> str:
    """How the group moved, in a sentence; "" where the group has no number."""
    if foer is None or efter is None:
        return ""
    if foer == efter:
        return f"Gruppen lå på {tal_ord(foer)} både før og efter."
    return f"Gruppen gik fra {tal_ord(foer)} til {tal_ord(efter)}."


def _halve(values: Sequence[int]) -> int:
    nearest = (4 * sum(values) + len(values)) // (2 * len(values))
    return max(LAVEST, min(HOEJEST, nearest))
