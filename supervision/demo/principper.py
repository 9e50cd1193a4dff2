"""The jobcenter's principles, one of them taken out of use, and the focus points that are about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from uuid import UUID

import yaml

from supervision import clock
from supervision.aftaler.actions import known_principper
from supervision.aftaler.rules import FokusTrin
from supervision.db import db
from supervision.demo.houses import ADMINISTRATOR, Byen
from supervision.demo.ids import numbered, row_id
from supervision.demo.samtalen import Samtalen
from supervision.demo.texts import CONTENT, in_house
from supervision.demo.year import WEEK
from supervision.katalog.actions.principper import create_princip, take_out_princip
from supervision.katalog.models import Princip

HUS = "birgitte"
"""Somebody of the house whose principles they are."""


@dataclass(frozen=True, slots=True)
class Hensigt:
    """A principle as the house writes it. fokus: what is about it. ude: weeks until it is taken out; None: never."""

    key: str
    tekst: str
    forklaring: str
    fokus: tuple[str, ...]
    ude: int | None = None

    @property
    def id(self) -> UUID:
        """The id of its row."""
        return row_id(f"princip:{self.key}", "princip")


@cache
def load_principper() -> tuple[Hensigt, ...]:
    """Read the content file once."""
    raw = yaml.safe_load((CONTENT / "principper.yaml").read_text(encoding="utf-8"))
    return tuple(Hensigt(**{**one, "fokus": tuple(one["fokus"])}) for one in raw["principper"])


def make_principper(byen: Byen, first: datetime) -> None:
    """Palle writes them down in the week before the first, when they are not there."""
    palle, organisation_id = byen.people[ADMINISTRATOR], byen.people[HUS].organisation_id
    for nr, one in enumerate(load_principper()):
        if db.session.get(Princip, one.id) is None:
            with clock.travel(first - WEEK + timedelta(minutes=nr)), numbered(f"princip:{one.key}"):
                create_princip(
                    organisation_id=organisation_id, tekst=one.tekst, forklaring=one.forklaring, by=palle
                )


def retire_principper(byen: Byen, since: datetime | None, until: datetime) -> None:
    """Those that are to be taken out between two moments (since None: from the beginning)."""
    for one in load_principper():
        princip = db.session.get(Princip, one.id)
        at = _out_at(one, princip) if princip else None
        if princip and at and at < until and (since is None or at >= since):
            with clock.travel(at), numbered(f"princip:{one.key}:ude"):
                take_out_princip(princip, by=byen.people[ADMINISTRATOR])


def tagged(samtalen: Samtalen) -> FokusTrin:
    """The planned focus points, most of them with the principle that they are about."""
    known = known_principper(samtalen.get_kontrakt())
    rng = samtalen.plan.rng("principper")
    pairs: list[tuple[str, UUID | None]] = []
    for tekst in samtalen.plan.fokus:
        about = next((one for one in load_principper() if tekst in one.fokus), None)
        chosen = about is not None and about.id in known and rng.random() < 0.8 and _offered(about)
        pairs.append((in_house(tekst, samtalen.hus), about.id if about and chosen else None))
    return FokusTrin.of(pairs)


def _offered(one: Hensigt) -> bool:
    """Whether it is still in use at the moment that is played, which may lie before it is taken out."""
    at = _out_at(one, db.session.get_one(Princip, one.id))
    return at is None or clock.now() < at


def _out_at(one: Hensigt, princip: Princip) -> datetime | None:
    if one.ude is None:
        return None
    day = clock.local(princip.oprettet_at).date() + one.ude * WEEK
    return clock.from_local(day, time(9, 30))
