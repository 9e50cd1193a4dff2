"""A team's figures. Who may open the page is asked first; what it says takes no viewer (R8)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.katalog.queries import katalog_for
from supervision.katalog.rules import plain
from supervision.observationer.measures import Maal
from supervision.observationer.models import Observation
from supervision.overblik import rules, tables
from supervision.overblik.queries.logs import maal_of_logs
from supervision.personer.models import Person, Rolletildeling, Team
from supervision.personer.rules import MEDARBEJDER, SUPERVISOR, TEAMLEDER
from supervision.personer.rules.ordvalg import Ordvalg
from supervision.problems import NotFound

EXERCISE = "oevelse"


@dataclass(frozen=True, slots=True)
class Overblik:
    """One team's quarter. baand: how many were observed, as a band, or that they are too few."""

    kvartal: rules.Kvartal
    baand: str
    billeder: list[tables.Billede]


def list_teams_to_see(*, viewer: Person) -> list[Team]:
    """Own team, the teams one leads, and those of organisations one supervises, today; by name."""
    ids = viewer.team_ids(MEDARBEJDER) | viewer.team_ids(TEAMLEDER)
    granted = {rolle.organisation_id for rolle in viewer.roller(SUPERVISOR) if rolle.organisation_id}
    found = db.session.scalars(
        select(Team)
        .options(joinedload(Team.organisation))
        .where(or_(Team.id.in_(ids), Team.organisation_id.in_(granted)))
    )
    return sorted(
        found,
        key=lambda team: (sorteringsnoegle(team.organisation.navn), sorteringsnoegle(team.navn), team.id),
    )


def get_team(team_id: UUID, *, viewer: Person) -> Team:
    """A team whose figures the viewer may see. Raises NotFound."""
    for team in list_teams_to_see(viewer=viewer):
        if team.id == team_id:
            return team
    raise NotFound


def get_overblik(team: Team, today: date) -> Overblik:
    """The figures of the one quarter that is shown today. A constant number of queries."""
    kvartal = rules.r1_kvartal_at_vise(today)
    observerede = _list_observerede(team, kvartal)
    katalog = katalog_for(team.organisation)
    return Overblik(
        kvartal=kvartal,
        baand=rules.r9_ord(len({o.person_id for o in observerede})),
        billeder=[
            _in_words(billede, team.organisation.ord)
            for billede in tables.billeder(observerede, lambda kode: plain(katalog.navn(kode)))
        ],
    )


def _in_words(billede: tables.Billede, ord: Ordvalg) -> tables.Billede:
    """The parties of the talk time as the organisation calls them; the other pictures name nobody."""
    if billede.noegle != "taletid":
        return billede
    rows = (replace(row, navn=ord.paa(row.navn)) for row in billede.raekker)
    return replace(billede, raekker=tuple(rows))


def _list_observerede(team: Team, kvartal: rules.Kvartal) -> list[tables.Observeret]:
    roller = _list_roller(team)
    people = rules.r2_gruppe(roller, team.id, kvartal)
    ledere = rules.r7_ledere(roller, team.id, kvartal)
    counted = [
        observation
        for observation in _list_candidates(team, kvartal, people)
        if _counts(observation, kvartal, ledere)
    ]
    figures = maal_of_logs([observation.id for observation in counted])
    found = [_observeret(observation, figures[observation.id]) for observation in counted]
    return [observeret for observeret in found if observeret.maal["varighed_ms"] > 0]


def _list_roller(team: Team) -> Sequence[Rolletildeling]:
    """Who leads the team at any time, and all the team roles of everybody who ever worked in it."""
    workers = select(Rolletildeling.person_id).where(
        Rolletildeling.team_id == team.id, Rolletildeling.rolle == MEDARBEJDER
    )
    return db.session.scalars(
        select(Rolletildeling).where(
            or_(
                Rolletildeling.person_id.in_(workers) & (Rolletildeling.rolle == MEDARBEJDER),
                (Rolletildeling.team_id == team.id) & (Rolletildeling.rolle == TEAMLEDER),
            )
        )
    ).all()


def _list_candidates(team: Team, kvartal: rules.Kvartal, people: Collection[UUID]) -> Sequence[Observation]:
    """Ended and handed over; held in the quarter or late from an earlier one. `_counts` is exact."""
    return db.session.scalars(
        select(Observation)
        .options(
            joinedload(Observation.kontrakt).joinedload(FeedbackKontrakt.samtale),
            joinedload(Observation.kontrakt).selectinload(FeedbackKontrakt.kendetegn),
        )
        .where(Observation.organisation_id == team.organisation_id)
        .where(Observation.fokusperson_id.in_(people), Observation.afsluttet_at.is_not(None))
        .where(_lies_near(kvartal))
        .order_by(Observation.id)
    ).all()


def _lies_near(kvartal: rules.Kvartal) -> ColumnElement[bool]:
    begins, ends = clock.from_local(kvartal.fra, time.min), _midnight_after(kvartal.til)
    shown, shown_before = (clock.from_local(k.klar, time.min) for k in (kvartal, kvartal.previous()))
    in_time = (Observation.startet_at < ends) & (Observation.overdraget_at < shown)
    return in_time & or_(Observation.startet_at >= begins, Observation.overdraget_at >= shown_before)


def _midnight_after(day: date) -> datetime:
    return clock.from_local(day + timedelta(days=1), time.min)


def _counts(observation: Observation, kvartal: rules.Kvartal, ledere: Collection[UUID]) -> bool:
    if observation.overdraget_at is None:
        return False
    if observation.kontrakt is not None and observation.kontrakt.samtale.type == EXERCISE:
        return False
    held = clock.local(observation.startet_at).date()
    handed_over = clock.local(observation.overdraget_at).date()
    return rules.r6_kvartal(held, handed_over) == kvartal and rules.r7_taeller(
        observation.fokusperson_id, observation.observatoer_id, ledere
    )


def _observeret(observation: Observation, figures: Maal) -> tables.Observeret:
    """What could be seen is what the kontrakt agreed on; a log from a file has none: it is what was seen."""
    kontrakt = observation.kontrakt
    return tables.Observeret(
        person_id=observation.fokusperson_id,
        maal=figures,
        parter=frozenset(kontrakt.parter if kontrakt else figures["taletid_ms"]),
        kendetegn=frozenset(
            (tegn.kode for tegn in kontrakt.kendetegn) if kontrakt else figures["faerdigheder"]
        ),
    )
