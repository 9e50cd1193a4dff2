"""A person's samtaler as times in a calendar: when, how long, and nothing of whom or what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from supervision.aftaler.rules.tilstand import Kontrakt as MedTilstand
from supervision.aftaler.rules.tilstand import tilstand

TILBAGE: Final = timedelta(days=30)
FREM: Final = timedelta(days=366)
SOM_FOKUSPERSON: Final = "Samtale med kollegial feedback"
SOM_OBSERVATOER: Final = "Observation"


class Samtale(Protocol):
    """When it is held."""

    @property
    def starter_at(self) -> datetime: ...
    @property
    def laengde_min(self) -> int: ...


class Kontrakt(MedTilstand, Protocol):
    """One kontrakt of a samtale, with when it was changed."""

    @property
    def samtale_id(self) -> UUID: ...
    @property
    def samtale(self) -> Samtale: ...
    @property
    def aendret_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Begivenhed:
    """One samtale in a person's calendar. status: CONFIRMED, TENTATIVE or CANCELLED. aendret_at: the last change."""

    samtale_id: UUID
    starter_at: datetime
    laengde_min: int
    titel: str
    status: str
    aendret_at: datetime


def begivenheder(kontrakter: Iterable[Kontrakt], person_id: UUID, now: datetime) -> list[Begivenhed]:
    """The person's own samtaler from 30 days back to a year ahead, in the order of the clock; one for each samtale,
    however many kontrakter it has. kontrakter: those in which the person is one of the two."""
    together: dict[UUID, list[Kontrakt]] = defaultdict(list)
    for kontrakt in kontrakter:
        if now - TILBAGE <= kontrakt.samtale.starter_at <= now + FREM:
            together[kontrakt.samtale_id].append(kontrakt)
    found = [_begivenhed(samtale_id, own, person_id) for samtale_id, own in together.items()]
    return sorted(found, key=lambda one: (one.starter_at, one.samtale_id))


def _begivenhed(samtale_id: UUID, kontrakter: Sequence[Kontrakt], person_id: UUID) -> Begivenhed:
    samtale = kontrakter[0].samtale
    standing = [kontrakt for kontrakt in kontrakter if tilstand(kontrakt) != "trukket"]
    agreed = any(tilstand(kontrakt) in ("klar", "i_gang") for kontrakt in standing)
    holds = any(kontrakt.fokusperson_id == person_id for kontrakt in standing or kontrakter)
    return Begivenhed(
        samtale_id=samtale_id,
        starter_at=samtale.starter_at,
        laengde_min=samtale.laengde_min,
        titel=SOM_FOKUSPERSON if holds else SOM_OBSERVATOER,
        status="CANCELLED" if not standing else "CONFIRMED" if agreed else "TENTATIVE",
        aendret_at=max(moment for kontrakt in kontrakter for moment in _moments(kontrakt)),
    )


def _moments(kontrakt: Kontrakt) -> list[datetime]:
    yes = [ja.at for ja in kontrakt.jaer]
    return [moment for moment in (kontrakt.aendret_at, kontrakt.trukket_at, *yes) if moment is not None]
