"""The state of a kontrakt, derived from who said yes to which version, and what it still lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sized
from datetime import datetime
from typing import Protocol
from uuid import UUID

from supervision.problems import RuleBroken


class Ja(Protocol):
    """One person's yes to one version."""

    @property
    def person_id(self) -> UUID: ...
    @property
    def udgave(self) -> int: ...
    @property
    def at(self) -> datetime: ...


class Kontrakt(Protocol):
    """The facts that the state follows from."""

    @property
    def fokusperson_id(self) -> UUID: ...
    @property
    def observatoer_id(self) -> UUID: ...
    @property
    def udgave(self) -> int: ...
    @property
    def laast_at(self) -> datetime | None: ...
    @property
    def trukket_at(self) -> datetime | None: ...
    @property
    def jaer(self) -> Iterable[Ja]: ...


class Indhold(Protocol):
    """What must be written before anybody can say yes."""

    @property
    def slags(self) -> str: ...
    @property
    def maal(self) -> str: ...
    @property
    def redskaber(self) -> str: ...
    @property
    def bidrag(self) -> str: ...
    @property
    def borger_ja(self) -> bool | None: ...
    @property
    def fokuspunkter(self) -> Sized: ...
    @property
    def kendetegn(self) -> Sized: ...
    @property
    def plads(self) -> str: ...


class HeleKontrakten(Kontrakt, Indhold, Protocol):
    """State and content together."""


def tilstand(kontrakt: Kontrakt) -> str:
    """One of TILSTANDE: kladde, venter (one yes), klar (both), i_gang (the recorder was started), trukket."""
    if kontrakt.trukket_at is not None:
        return "trukket"
    if kontrakt.laast_at is not None:
        return "i_gang"
    return ("kladde", "venter", "klar")[len(_said_yes(kontrakt))]


def has_said_yes(kontrakt: Kontrakt, person_id: UUID) -> bool:
    """Whether the person's yes is to the version as it stands."""
    return person_id in _said_yes(kontrakt)


def gives_yes(kontrakt: Kontrakt) -> bool:
    """Whether anybody's yes hangs on the version as it stands, so that a change asks again."""
    return bool(_said_yes(kontrakt))


def ja_at(kontrakt: Kontrakt, person_id: UUID) -> tuple[datetime | None, bool]:
    """When the person last said yes (None: never), and whether it is to the version as it stands."""
    own = [ja for ja in kontrakt.jaer if ja.person_id == person_id]
    if not own:
        return None, False
    newest = max(own, key=lambda ja: ja.udgave)
    return newest.at, newest.udgave == kontrakt.udgave


def venter_paa(kontrakt: Kontrakt) -> Collection[UUID]:
    """Whose yes is still wanted; nobody's once the kontrakt is locked or withdrawn."""
    if tilstand(kontrakt) in ("trukket", "i_gang"):
        return set()
    return _parties(kontrakt) - _said_yes(kontrakt)


def mangler(kontrakt: Indhold) -> list[tuple[str, str]]:
    """What stands in the way of a yes: (step, sentence), in the order of the steps."""
    missing = []
    if kontrakt.slags == "supervision":
        for text, sentence in (
            (kontrakt.maal, "Kontrakten mangler et mål for samtalen. Skriv, hvad der skal lykkes."),
            (kontrakt.redskaber, "Kontrakten mangler redskaber. Skriv, hvad der skal bruges i samtalen."),
            (
                kontrakt.bidrag,
                "Kontrakten mangler det forventede bidrag. Skriv, hvad redskaberne skal hjælpe med.",
            ),
        ):
            if not text.strip():
                missing.append(("samtalen", sentence))
    if not len(kontrakt.fokuspunkter):
        missing.append(("fokus", "Kontrakten mangler et fokus. Skriv mindst ét."))
    if kontrakt.borger_ja is False:
        missing.append(("aftaler", "Borgeren har sagt nej til, at en kollega er med. Find en anden samtale."))
    return missing


def trin_tilstande(kontrakt: Indhold) -> dict[str, str]:
    """Per step "done", "error" (something stands in the way of a yes) or "" (may be left as it is)."""
    lacking = {trin for trin, _ in mangler(kontrakt)}
    done = {
        "samtalen": True,
        "fokus": True,
        "kendetegn": len(kontrakt.kendetegn) > 0,
        "aftaler": bool(kontrakt.plads) or kontrakt.borger_ja is not None,
    }
    return {trin: "error" if trin in lacking else "done" if ready else "" for trin, ready in done.items()}


def check_can_change(kontrakt: Kontrakt) -> None:
    """Nothing changes after the recorder was started or the kontrakt withdrawn. Raises RuleBroken."""
    if kontrakt.trukket_at is not None:
        raise RuleBroken(
            "Kontrakten er trukket tilbage og kan ikke ændres. Lav en ny, hvis I vil prøve igen."
        )
    if kontrakt.laast_at is not None:
        raise RuleBroken("Optageren har været startet. Derfor står kontrakten, som I aftalte den.")


def check_can_say_yes(kontrakt: HeleKontrakten) -> None:
    """A yes is to a whole and open kontrakt. Raises RuleBroken with what is missing first."""
    check_can_change(kontrakt)
    for _, sentence in mangler(kontrakt):
        raise RuleBroken(sentence)


def check_can_record(kontrakt: HeleKontrakten) -> None:
    """The recorder opens on what both have agreed, unless the citizen said no. Raises RuleBroken."""
    state = tilstand(kontrakt)
    if state == "trukket":
        raise RuleBroken("Kontrakten er trukket tilbage. Lav en ny, før I går i gang.")
    if state in ("kladde", "venter"):
        raise RuleBroken("Optageren åbner, når I begge har sagt ja til kontrakten.")
    if state == "klar" and kontrakt.borger_ja is False:
        raise RuleBroken("Borgeren har sagt nej til, at en kollega er med. Find en anden samtale.")


def _parties(kontrakt: Kontrakt) -> set[UUID]:
    return {kontrakt.fokusperson_id, kontrakt.observatoer_id}


def _said_yes(kontrakt: Kontrakt) -> set[UUID]:
    return {ja.person_id for ja in kontrakt.jaer if ja.udgave == kontrakt.udgave} & _parties(kontrakt)
