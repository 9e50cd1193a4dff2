"""An organisation's principles: a few, short, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

from supervision.problems import RuleBroken

PRINCIPPER_MAX: Final = 10
TEKST_MAX: Final = 120
FORKLARING_MAX: Final = 300


class Ordnet(Protocol):
    """Something with a place in a list."""

    nr: int


O = TypeVar("O", bound=Ordnet)  # noqa: E741


def clean_princip(tekst: str, forklaring: str) -> tuple[str, str]:
    """The principle on one line, and its explanation, without space around them."""
    return " ".join(tekst.split()), forklaring.strip()


def check_princip(tekst: str, forklaring: str, others: Iterable[str]) -> None:
    """Raises RuleBroken: empty, too long, or among the others in use already. The texts are clean."""
    if not tekst:
        raise RuleBroken("Princippet mangler. Skriv det med jeres egne ord.", "tekst")
    if len(tekst) > TEKST_MAX:
        raise RuleBroken(
            f"Princippet er på {len(tekst)} tegn. Der er plads til {TEKST_MAX}: skriv det kortere.", "tekst"
        )
    if len(forklaring) > FORKLARING_MAX:
        raise RuleBroken(
            f"Forklaringen er på {len(forklaring)} tegn. Der er plads til {FORKLARING_MAX}: skriv den kortere.",
            "forklaring",
        )
    if tekst.casefold() in {other.casefold() for other in others}:
        raise RuleBroken("Det princip har I allerede. Skriv et andet.", "tekst")


def check_room(in_use: int) -> None:
    """A list that is to be remembered is short. Raises RuleBroken when it is full."""
    if in_use >= PRINCIPPER_MAX:
        raise RuleBroken(
            f"I har {PRINCIPPER_MAX} principper i brug. Tag et ud af brug, før I skriver et mere.", "tekst"
        )


def moved(ordered: Sequence[O], place: int, step: int) -> list[O]:
    """The list with the one at `place` moved one up (-1) or down (1); past an end nothing moves."""
    result, to = list(ordered), place + step
    if 0 <= to < len(result):
        result[place], result[to] = result[to], result[place]
    return result
