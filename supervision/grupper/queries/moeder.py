"""Reading a group's meetings: through the group, so whoever is not in it now sees nothing of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.aftaler.rules.kalender import FREM, TILBAGE, Begivenhed
from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import (
    Dagsordenspunkt,
    Gruppemedlem,
    Laeringsgruppe,
    Moede,
    Moededeltager,
    Moedeur,
)
from supervision.grupper.queries.grupper import seen_by
from supervision.personer.models import Person
from supervision.problems import NotFound

TITEL = "Læringsgruppemøde"
"""What a meeting is called in a calendar: no group, no place."""


@dataclass(frozen=True, slots=True)
class Gang:
    """Where a meeting is. punkt: the present point (None before it is begun, or when its agenda was emptied).

    brugt_ms: how long the present point has had. loebet_fra: since when that would be without a break; None while the
    clock stands.
    """

    tilstand: str
    punkter: list[Dagsordenspunkt]
    punkt: Dagsordenspunkt | None
    brugt_ms: int
    loebet_fra: datetime | None
    spoergsmaal_nr: int
    slutter_at: datetime

    @property
    def koerer(self) -> bool:
        """Whether the present point's clock runs."""
        return self.loebet_fra is not None

    @property
    def plads(self) -> int:
        """The present point's place in the agenda, counted from 1; 0 when there is none."""
        return self.punkter.index(self.punkt) + 1 if self.punkt else 0

    @property
    def spoergsmaal(self) -> str:
        """The question that is shown now, or ""."""
        return rules.spoergsmaal_til(self.punkt.slags, self.spoergsmaal_nr) if self.punkt else ""

    @property
    def sted(self) -> str:
        """As `rules.sted` has it."""
        return rules.sted(self.punkt.id if self.punkt else None, self.spoergsmaal_nr)

    @property
    def minutter(self) -> int:
        """What the whole agenda takes."""
        return sum(punkt.minutter for punkt in self.punkter)

    @property
    def rest_min(self) -> int:
        """What is left of the agenda, from the present point on, in minutes."""
        coming = self.punkter[max(0, self.plads - 1) :]
        return rules.rest_min(
            [
                (punkt.minutter, self.brugt_ms // 1000 if punkt is self.punkt else punkt.brugt_s)
                for punkt in coming
            ]
        )


def get_moede(moede_id: UUID, *, viewer: Person, hold: bool = False) -> Moede:
    """A meeting of a group that the viewer is in or facilitates now. Raises NotFound.

    hold: keep the row until the commit, so that two changes at once wait for each other.
    """
    wanted = (
        select(Moede)
        .join(Moede.gruppe)
        .where(Moede.id == moede_id, seen_by(viewer))
        .options(
            joinedload(Moede.gruppe).joinedload(Laeringsgruppe.facilitator),
            joinedload(Moede.gruppe)
            .selectinload(Laeringsgruppe.medlemmer)
            .joinedload(Gruppemedlem.person)
            .joinedload(Person.organisation),
            joinedload(Moede.runde),
        )
    )
    if hold:
        wanted = wanted.with_for_update(of=Moede).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def get_moede_to_lead(moede_id: UUID, *, viewer: Person, hold: bool = False) -> Moede:
    """As `get_moede`, for the group's facilitator. Raises NotFound for its members too."""
    found = get_moede(moede_id, viewer=viewer, hold=hold)
    if found.gruppe.facilitator_id != viewer.id:
        raise NotFound
    return found


def list_moeder(gruppe: Laeringsgruppe) -> list[Moede]:
    """All meetings of a group that was loaded by `get_gruppe`, the newest first."""
    return list(
        db.session.scalars(
            select(Moede)
            .where(Moede.gruppe_id == gruppe.id)
            .options(joinedload(Moede.runde))
            .order_by(Moede.start_at.desc(), Moede.id)
        )
    )


def find_naeste_moede(moeder: Sequence[Moede]) -> Moede | None:
    """Of a group's meetings the one that runs, else the next that is called."""
    now = clock.now()
    by_state: dict[str, list[Moede]] = {}
    for moede in sorted(moeder, key=lambda one: (one.start_at, one.id)):
        by_state.setdefault(rules.moede_tilstand(moede, now), []).append(moede)
    running, called = by_state.get(rules.I_GANG, []), by_state.get(rules.INDKALDT, [])
    return next(iter([*running, *called]), None)


def list_naeste_moeder(*, viewer: Person) -> list[tuple[Moede, str, bool]]:
    """(meeting, state, whether the viewer owes an answer) of what runs, comes, or was cancelled before its time came.

    Of all the viewer's groups, in the order of the clock.
    """
    now = clock.now()
    rows = db.session.scalars(
        _own_moeder(viewer).where(Moede.start_at > now - timedelta(days=1)).order_by(Moede.start_at, Moede.id)
    ).all()
    mine = _deltager_af(viewer, [moede.id for moede in rows])
    found = []
    for moede in rows:
        tilstand = rules.moede_tilstand(moede, now)
        gone_by = tilstand == rules.AFLYST and moede.start_at < now
        if tilstand in (rules.INDKALDT, rules.I_GANG, rules.AFLYST) and not gone_by:
            found.append((moede, tilstand, tilstand == rules.INDKALDT and _owes(moede, viewer, mine)))
    return found


def list_moedetider(viewer: Person, now: datetime) -> list[Begivenhed]:
    """The meetings of the viewer's groups as times in a calendar, in its window."""
    rows = db.session.scalars(
        _own_moeder(viewer)
        .where(Moede.start_at >= now - TILBAGE, Moede.start_at <= now + FREM)
        .order_by(Moede.start_at, Moede.id)
    )
    return [begivenhed_of(moede) for moede in rows]


def begivenhed_of(moede: Moede) -> Begivenhed:
    """A meeting as a time in a calendar: when and how long, and nothing of where or with whom."""
    changed = (moede.indkaldt_at, moede.flyttet_at, moede.aflyst_at)
    return Begivenhed(
        samtale_id=moede.id,
        starter_at=moede.start_at,
        laengde_min=moede.minutter,
        titel=TITEL,
        status="CANCELLED" if moede.aflyst_at else "CONFIRMED",
        aendret_at=max(at for at in changed if at is not None),
    )


def get_gang(moede: Moede) -> Gang:
    """Where a meeting is, from its agenda and clock; two queries. Load it by `get_moede`."""
    now = clock.now()
    punkter = list_dagsorden(moede)
    ur = db.session.get(Moedeur, moede.id)
    punkt = next((one for one in punkter if ur is not None and one.id == ur.punkt_id), None)
    tilstand = rules.moede_tilstand(moede, now)
    fra_at = ur.fra_at if ur is not None and tilstand == rules.I_GANG else None
    return Gang(
        tilstand=tilstand,
        punkter=punkter,
        punkt=punkt if tilstand == rules.I_GANG else None,
        brugt_ms=rules.brugt_ms(punkt.brugt_s, fra_at, now) if punkt else 0,
        loebet_fra=fra_at - timedelta(seconds=punkt.brugt_s) if fra_at and punkt else None,
        spoergsmaal_nr=ur.spoergsmaal if ur else 0,
        slutter_at=rules.slutter_at(moede),
    )


def list_dagsorden(moede: Moede) -> list[Dagsordenspunkt]:
    """The meeting's points in their order."""
    return list(
        db.session.scalars(
            select(Dagsordenspunkt)
            .where(Dagsordenspunkt.moede_id == moede.id)
            .order_by(Dagsordenspunkt.nr, Dagsordenspunkt.id)
        )
    )


def _own_moeder(viewer: Person) -> Select[Moede]:
    return (
        select(Moede)
        .join(Moede.gruppe)
        .where(seen_by(viewer))
        .options(joinedload(Moede.gruppe).selectinload(Laeringsgruppe.medlemmer))
    )


def _deltager_af(viewer: Person, ids: Sequence[UUID]) -> dict[UUID, Moededeltager]:
    rows = db.session.scalars(
        select(Moededeltager).where(Moededeltager.person_id == viewer.id, Moededeltager.moede_id.in_(ids))
    )
    return {row.moede_id: row for row in rows}


def _owes(moede: Moede, viewer: Person, mine: dict[UUID, Moededeltager]) -> bool:
    if moede.gruppe.facilitator_id == viewer.id or clock.now() > rules.slutter_at(moede):
        return False
    kept = mine.get(moede.id)
    return rules.skal_svare(kept.svaret_at if kept else None, moede.flyttet_at)
