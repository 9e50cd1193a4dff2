"""What each type of samtale means: who talks, how long it takes, what is offered first. One table, read by all."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Samtaletype:
    """What a type proposes, and the little that it decides.

    parter: those who most often talk, as the event log codes them. mindst: the fewest that it has. ord: its own words
    for parties. laengde_min: how long it is planned to last until somebody says otherwise. foerst: methods offered
    before all others. kollega: whether all the methods about the colleagues' own feedback are offered; those in
    `foerst` always are. tilskuere: whether those who look on may ask for a timeout, as in a role play.
    """

    parter: tuple[str, ...] = ("medarbejder", "borger")
    mindst: int = 2
    ord: tuple[tuple[str, str], ...] = ()
    laengde_min: int = 45
    foerst: tuple[str, ...] = ()
    kollega: bool = False
    tilskuere: bool = False


ALMINDELIG: Final = Samtaletype()

_TYPER: Final = MappingProxyType(
    {
        "faellessamtale": Samtaletype(
            parter=("medarbejder", "borger", "medarbejder2"),
            mindst=3,
            laengde_min=60,
            foerst=("faellessamtale", "relationel_koordinering", "taletid", "gm_kontrakt"),
        ),
        "cv_samtale": Samtaletype(
            foerst=("cv_dialog", "kompetence_og_profilkort", "r_kvalificeret_jobsoegning", "abc_jobplan"),
        ),
        "raadighedssamtale": Samtaletype(
            laengde_min=30,
            foerst=("roller_medarbejder", "ugu", "modstand_tre_greb", "min_plan_joblog"),
        ),
        "opfoelgning": Samtaletype(
            laengde_min=30,
            foerst=(
                "progressionstrappe",
                "loennede_timer",
                "laeringskontrakt",
                "delmaal_zoner",
                "smaa_skridt",
            ),
        ),
        "virksomhedsmoede": Samtaletype(
            parter=("medarbejder", "tredje"),
            ord=(("tredje", "Virksomhed"),),
            laengde_min=30,
            foerst=("kontaktcirkel", "bala", "efu", "substitutionshjul", "loennede_timer"),
        ),
        "oevelse": Samtaletype(
            laengde_min=10,
            foerst=("sparringstriade", "motivationsoevelse", "reformuleringsoevelse", "feedback_giv"),
            kollega=True,
            tilskuere=True,
        ),
    }
)


def samtaletype(kode: str) -> Samtaletype:
    """What a type of samtale means; a type with nothing of its own, or an unknown one, is an ordinary samtale."""
    return _TYPER.get(kode, ALMINDELIG)


def parter_i(samtale_type: str, parter: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of a skabelon in a type of samtale: with those the type cannot do without, when there are too few."""
    own = samtaletype(samtale_type)
    if len(parter) >= own.mindst:
        return parter
    return tuple(dict.fromkeys((*parter, *own.parter)))
