"""A meeting's agenda: the split that is proposed, and the facilitator's questions to each kind of point.

Length, facilitator and duty are the sources' (fagligt grundlag 2d); the points and the split are derived there. The
questions are our own: a facilitator asks rather than answers. Those to the culture of feedback follow the four of 2c.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from supervision.grupper.rules.moeder import MINUTTER
from supervision.problems import RuleBroken

TITEL_MAX: Final = 80
MOST_PUNKTER: Final = 20
LONGEST: Final = 180


@dataclass(frozen=True, slots=True)
class Slags:
    """A kind of point. titel: unless the facilitator says otherwise; hvad: one line of what happens."""

    titel: str
    hvad: str
    spoergsmaal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Punkt:
    """One line of an agenda."""

    slags: str
    titel: str
    minutter: int


SLAGS: Final[Mapping[str, Slags]] = {
    "siden_sidst": Slags(
        "Siden sidst",
        "I hører, hvordan det er gået med runden og med det, I aftalte sidst.",
        (
            "Hvad er du glad for at have prøvet siden sidst?",
            "Hvordan gik det med det, vi aftalte?",
            "Hvem har været med hos hvem, og hvad har gjort det let at få det til at ske?",
            "Hvad kan vi gøre, så alle når at observere og at blive observeret?",
        ),
    ),
    "bordet": Slags(
        "Det, der ligger på bordet",
        "I ser sammen på det, nogen af jer har valgt at lægge frem.",
        (
            "Hvad lægger du først mærke til?",
            "Hvad gør dig nysgerrig?",
            "Hvilken samtale kommer du til at tænke på?",
            "Hvad siger billedet ikke noget om?",
            "Hvad kunne du tænke dig at høre mere om fra en af de andre?",
        ),
    ),
    "planche": Slags(
        "Opsamling på planchen",
        "I samler op på runden med fem spørgsmål og ét tal.",
        (
            "Hvem har et eksempel fra en samtale?",
            "Hvem har oplevet det anderledes?",
            "Hvad var det, du gjorde, da det lykkedes?",
            "Hvad skal stå på planchen, så vi forstår det om en måned?",
        ),
    ),
    "laeringspil": Slags(
        "Læringspil til næste runde",
        "Hver for sig: Hvad vil du øve, i hvilken situation, og hvad skal det føre til?",
        (
            "Hvad vil du gerne blive bedre til i næste runde?",
            "I hvilken samtale kan du prøve det af?",
            "Hvad skulle borgeren gerne kunne mærke?",
            "Hvem vil du bede om at lægge mærke til det?",
        ),
    ),
    "lykkes_bedre": Slags(
        "Lykkes bedre",
        "I vælger, hvad I fortsætter med, gør mere af, begynder på og holder op med.",
        (
            "Hvad virker, så vi skal blive ved?",
            "Hvad vil vi gerne se mere af hos os selv?",
            "Hvad har vi ikke prøvet endnu?",
            "Hvad kan vi lade være med?",
            "Hvem holder fast i det?",
        ),
    ),
    "tjek_ud": Slags(
        "Tjek ud",
        "Hver af jer siger kort, hvad I går herfra med.",
        (
            "Hvad tager du med hjem og bruger i morgen?",
            "Hvad var godt at blive mindet om?",
            "Hvad skal du tænke videre over?",
            "Hvad skal vi passe på?",
        ),
    ),
    "plenum": Slags(
        "Sådan giver vi hinanden feedback",
        "I taler om, hvordan I vil give og få feedback, og skriver ned, hvad I aftaler.",
        (
            "Hvad har du brug for, når du skal give en kollega feedback?",
            "Hvad har du brug for, når du får den?",
            "Hvad kan vi vinde ved det, som vi ikke får i dag?",
            "Hvad kræver det af os?",
            "Hvad vil vi aftale?",
        ),
    ),
    "pause": Slags("Pause", "Vi begynder igen til tiden.", ()),
    "andet": Slags(
        "Et punkt mere",
        "",
        ("Hvad vil vi gerne nå?", "Hvem har vi ikke hørt endnu?", "Hvad tager vi med videre?"),
    ),
}

TO_TIMER: Final = (
    ("siden_sidst", 15),
    ("bordet", 25),
    ("planche", 35),
    ("laeringspil", 20),
    ("lykkes_bedre", 15),
    ("tjek_ud", 10),
)
"""The proposed split of two hours."""


def foreslaa(minutter: int) -> list[Punkt]:
    """The agenda proposed for a meeting so long, in steps of five minutes; the longest point takes the rest."""
    scaled = {slags: max(5, round(tid * minutter / MINUTTER / 5) * 5) for slags, tid in TO_TIMER}
    scaled["planche"] = max(5, scaled["planche"] + minutter - sum(scaled.values()))
    return [Punkt(slags, SLAGS[slags].titel, tid) for slags, tid in scaled.items()]


def check_dagsorden(punkter: Sequence[Punkt]) -> list[Punkt]:
    """The lines with their titles cleaned, in their order. Raises RuleBroken: none, too many, without title or time."""
    if not punkter:
        raise RuleBroken("Dagsordenen er tom. Tilføj mindst ét punkt.")
    if len(punkter) > MOST_PUNKTER:
        raise RuleBroken(f"Der er plads til {MOST_PUNKTER} punkter. Læg nogle af dem sammen.")
    return [_check_punkt(punkt) for punkt in punkter]


def spoergsmaal_til(slags: str, nr: int) -> str:
    """The facilitator's question number `nr`, counted from 0 and round again; "" when the kind has none."""
    asked = SLAGS[slags].spoergsmaal
    return asked[nr % len(asked)] if asked else ""


def sted(punkt_id: UUID | None, nr: int) -> str:
    """Where a meeting stands, for whoever asks it to go on: the present point and its question's number."""
    return f"{punkt_id or ''}.{nr}"


def _check_punkt(punkt: Punkt) -> Punkt:
    if punkt.slags not in SLAGS:
        raise RuleBroken("Vælg et af punkterne på listen.")
    titel = " ".join(punkt.titel.split())
    if not titel:
        raise RuleBroken("Et punkt mangler en overskrift.")
    if len(titel) > TITEL_MAX:
        raise RuleBroken(f"En overskrift må højst fylde {TITEL_MAX} tegn.")
    if not 1 <= punkt.minutter <= LONGEST:
        raise RuleBroken(f"Et punkt skal vare mellem 1 og {LONGEST} minutter.")
    return Punkt(punkt.slags, titel, punkt.minutter)
