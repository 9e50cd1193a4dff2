"""Several kontrakter of one samtale: who may be in the room, what they share, and what each knows of the others.

Each observatør has their own kontrakt with the one they observe, and their own log. Time, place, length, form and
type belong to the samtale, so they are the same for all of them; everything else is between the two.

Why nobody observes two at once: a log follows one fokusperson. Its talk time says what *this* medarbejder had of
the word, its UGU is how *this* medarbejder asked and gave, its ticks are what *these* two agreed to look for. Two
fokuspersoner are two logs, and one thumb on one screen cannot keep two: each tick in the one would be a moment
missed in the other. So the second fokusperson in a fællessamtale has an observatør of their own, and whoever holds
the samtale observes nobody in it.

What the talk-time codes mean then (`observationer` counts by them): in each log `medarbejder` is that kontrakt's own
fokusperson and `medarbejder2` the other medarbejder in the room. So a fokusperson's share is always found under
the same code, whoever kept the log, and the logs of one fokusperson can stand above each other as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

from supervision.aftaler.rules.tilstand import Kontrakt, check_can_change
from supervision.aftaler.rules.trin import SamtaleTrin
from supervision.problems import RuleBroken

FAELLES_FELTER: Final = ("type", "form", "dato", "tid", "laengde_min", "sted", "forloeb_nr")
"""The fields of Samtalen that belong to the samtale itself, and so to every kontrakt of it."""
TO_FOKUSPERSONER: Final = "faellessamtale"
"""The only type of samtale that two fokuspersoner hold together."""


class Deltager(Protocol):
    """Somebody in the room."""

    @property
    def id(self) -> UUID: ...
    @property
    def fornavn(self) -> str: ...


class IRummet(Protocol):
    """A kontrakt of the samtale, as far as it says who is in the room."""

    @property
    def fokusperson(self) -> Deltager: ...
    @property
    def observatoer(self) -> Deltager: ...
    @property
    def laast_at(self) -> datetime | None: ...
    @property
    def trukket_at(self) -> datetime | None: ...


def check_open_to_more(kontrakt: Kontrakt, andre: Iterable[IRummet], *, dag: date, today: date) -> None:
    """Whether the samtale takes more people: open, not begun by anybody, and not past. Raises RuleBroken.

    andre: the samtale's other kontrakter. dag, today: Danish dates.
    """
    check_can_change(kontrakt)
    if any(other.trukket_at is None and other.laast_at is not None for other in andre):
        raise RuleBroken("Optageren er startet i samtalen. Derfor kan der ikke komme flere med i den.")
    if dag < today:
        raise RuleBroken("Dagen er gået. Derfor kan der ikke komme flere med i samtalen.")


def check_can_join(
    kontrakter: Iterable[IRummet], *, samtale_type: str, fokusperson: Deltager, observatoer: Deltager
) -> None:
    """Whether one more kontrakt between the two fits among the samtale's kontrakter.

    Raises RuleBroken, with the field (`kollega` for the observatør, `fokusperson`) that can be chosen anew. A
    withdrawn kontrakt leaves the room: then the same two may make another one.
    """
    present = [k for k in kontrakter if k.trukket_at is None]
    if (fokusperson.id, observatoer.id) in {(k.fokusperson.id, k.observatoer.id) for k in present}:
        two = f"{fokusperson.fornavn} og {observatoer.fornavn}"
        raise RuleBroken(f"{two} har allerede en kontrakt om samtalen. Vælg en anden.", "kollega")
    _check_observatoer(present, fokusperson, observatoer)
    _check_fokusperson(present, samtale_type, fokusperson)


def check_two_can_hold(samtale_type: str) -> None:
    """Raises RuleBroken for every type but the fællessamtale."""
    if samtale_type != TO_FOKUSPERSONER:
        raise RuleBroken("Kun en fællessamtale kan have to fokuspersoner.", "fokusperson")


def changes_samtalen(before: SamtaleTrin, after: SamtaleTrin) -> bool:
    """Whether something is changed that the other kontrakter of the samtale share."""
    return any(getattr(before, felt) != getattr(after, felt) for felt in FAELLES_FELTER)


def check_samtalen_can_change(
    kontrakt: IRummet, andre: Iterable[IRummet], *, before: SamtaleTrin, after: SamtaleTrin
) -> None:
    """What all share stands once one of them is recorded by; two fokuspersoner hold a fællessamtale.

    andre: the samtale's other kontrakter. Raises RuleBroken.
    """
    if not changes_samtalen(before, after):
        return
    present = [k for k in andre if k.trukket_at is None]
    started = next((k for k in present if k.laast_at is not None), None)
    if started is not None:
        raise RuleBroken(
            f"{started.observatoer.fornavn} har startet optageren i samme samtale. Derfor kan tid, sted, "
            "længde og type ikke ændres."
        )
    two = any(k.fokusperson.id != kontrakt.fokusperson.id for k in present)
    if two and after.type != TO_FOKUSPERSONER:
        raise RuleBroken(
            "To fokuspersoner holder samtalen sammen. Derfor må den blive ved med at være en fællessamtale.",
            "type",
        )


def ejefald(navn: str) -> str:
    """A name as an owner: Ingers, Jonas', Max'."""
    return navn + ("'" if navn[-1:].lower() in ("s", "x", "z") else "s")


def observerer_ogsaa(observatoer: str, tilstand: str, *, forbi: bool) -> str:
    """One sentence about another observatør of the same fokusperson; "" when there is nothing true to say.

    tilstand: of that kontrakt. forbi: the samtale is over.
    """
    if forbi:
        return f"{observatoer} observerede også." if tilstand == "i_gang" else ""
    if tilstand in ("klar", "i_gang"):
        return f"{observatoer} observerer også."
    return f"{observatoer} er også spurgt om at observere."


def holder_samtalen_med(fokusperson: str, observatoer: str, hos: str, tilstand: str, *, forbi: bool) -> str:
    """One sentence about the other fokusperson and their observatør. hos: the own fokusperson, or "dig"."""
    if forbi:
        held = f"{fokusperson} holdt samtalen sammen med {hos} og blev observeret af {observatoer}."
        return held if tilstand == "i_gang" else ""
    if tilstand in ("klar", "i_gang"):
        return f"{fokusperson} holder samtalen sammen med {hos} og observeres af {observatoer}."
    return f"{fokusperson} holder samtalen sammen med {hos} og er spurgt, om {observatoer} må observere."


def _check_observatoer(present: list[IRummet], fokusperson: Deltager, observatoer: Deltager) -> None:
    navn = observatoer.fornavn
    if observatoer.id == fokusperson.id or observatoer.id in {k.fokusperson.id for k in present}:
        raise RuleBroken(
            f"{navn} holder selv samtalen og kan ikke observere imens. Vælg en anden.", "kollega"
        )
    other = next((k.fokusperson for k in present if k.observatoer.id == observatoer.id), None)
    if other is not None:
        raise RuleBroken(
            f"{navn} observerer {other.fornavn} i samtalen. Man kan kun følge én ad gangen: vælg en anden.",
            "kollega",
        )


def _check_fokusperson(present: list[IRummet], samtale_type: str, fokusperson: Deltager) -> None:
    if fokusperson.id in {k.observatoer.id for k in present}:
        raise RuleBroken(
            f"{fokusperson.fornavn} observerer i samtalen og kan ikke selv være fokusperson i den.",
            "fokusperson",
        )
    holders = {k.fokusperson.id for k in present} | {fokusperson.id}
    if len(holders) > 2:
        raise RuleBroken("Der er allerede to fokuspersoner i samtalen.", "fokusperson")
    if len(holders) == 2:
        check_two_can_hold(samtale_type)
