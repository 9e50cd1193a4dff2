"""What a quarter's figures are made of: who leads and works where, and the logs that count (R2, R6, R7).

It takes no viewer: whatever is read here is only ever shown as published figures.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.observationer.measures import Maal
from supervision.observationer.models import Observation
from supervision.observationer.rules import FASE_NAVNE
from supervision.overblik import rules, tables
from supervision.overblik.queries.logs import maal_of_logs
from supervision.personer.models import Rolletildeling, Team
from supervision.personer.rules import MEDARBEJDER, TEAMLEDER

EXERCISE = "oevelse"


def find_foerste_dag(organisation_id: UUID) -> date | None:
    """The day of the organisation's first samtale that was observed; None before that."""
    first = db.session.scalar(
        select(func.min(Observation.startet_at)).where(Observation.organisation_id == organisation_id)
    )
    return clock.local(first).date() if first else None


def list_teams(organisation_id: UUID) -> dict[UUID, str]:
    """Every team of the organisation, by id."""
    found = db.session.execute(
        select(Team.id, Team.navn).where(Team.organisation_id == organisation_id).order_by(Team.navn, Team.id)
    )
    return dict(found.all())


def list_roller(teams: Collection[UUID]) -> Sequence[Rolletildeling]:
    """Who leads the teams at any time, and all the team roles of everybody who ever worked in them."""
    workers = select(Rolletildeling.person_id).where(
        Rolletildeling.team_id.in_(teams), Rolletildeling.rolle == MEDARBEJDER
    )
    return db.session.scalars(
        select(Rolletildeling).where(
            or_(
                Rolletildeling.person_id.in_(workers) & (Rolletildeling.rolle == MEDARBEJDER),
                Rolletildeling.team_id.in_(teams) & (Rolletildeling.rolle == TEAMLEDER),
            )
        )
    ).all()


def list_observerede(
    organisation_id: UUID, kvartal: rules.Kvartal, *, personer: Collection[UUID], ledere: Collection[UUID]
) -> list[tables.Observeret]:
    """The logs that count in the quarter for these persons, with their figures; a constant number of queries."""
    counted = [
        observation
        for observation in _list_candidates(organisation_id, kvartal, personer)
        if _counts(observation, kvartal, ledere)
    ]
    figures = maal_of_logs([observation.id for observation in counted])
    found = [_observeret(observation, figures[observation.id]) for observation in counted]
    return [observeret for observeret in found if observeret.maal["varighed_ms"] > 0]


def list_observatoerer(organisation_id: UUID, kvartal: rules.Kvartal) -> frozenset[UUID]:
    """Who observed a samtale that lies in the quarter's figures."""
    found = db.session.execute(
        select(Observation.observatoer_id, Observation.startet_at, Observation.overdraget_at).where(
            Observation.organisation_id == organisation_id,
            Observation.afsluttet_at.is_not(None),
            _lies_near(kvartal),
        )
    )
    return frozenset(
        observatoer
        for observatoer, held, handed in found
        if observatoer
        and handed
        and rules.r6_kvartal(clock.local(held).date(), clock.local(handed).date()) == kvartal
    )


def elementnavne() -> dict[str, str]:
    """Code -> name of the elements of the phases that can be marked, in the order of the samtale."""
    faser = [fase for variant in load_katalog().gm_udgaver for fase in variant.faser]
    return {
        element.kode: f"{FASE_NAVNE[kode]}: {element.kort}"
        for kode in FASE_NAVNE
        for fase in faser
        if fase.kode == kode
        for element in fase.elementer
    }


def _elementer(kontrakt: FeedbackKontrakt) -> frozenset[str]:
    variant = load_katalog().gm_variant(kontrakt.gm_variant, kontrakt.gm_version)
    faser = variant.faser if variant else ()
    return frozenset(element.kode for fase in faser for element in fase.elementer)


def _list_candidates(
    organisation_id: UUID, kvartal: rules.Kvartal, people: Collection[UUID]
) -> Sequence[Observation]:
    """Ended and handed over; held in the quarter or late from an earlier one. `_counts` is exact."""
    return db.session.scalars(
        select(Observation)
        .options(
            joinedload(Observation.kontrakt).joinedload(FeedbackKontrakt.samtale),
            joinedload(Observation.kontrakt).selectinload(FeedbackKontrakt.kendetegn),
            joinedload(Observation.kontrakt).selectinload(FeedbackKontrakt.fokuspunkter),
        )
        .where(Observation.organisation_id == organisation_id)
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
        samtale=kontrakt.samtale_id if kontrakt else observation.id,
        type=kontrakt.samtale.type if kontrakt else None,
        maal=figures,
        elementer=_elementer(kontrakt) if kontrakt else frozenset(figures["elementer"]),
        fra_pilen=kontrakt is not None and any(fokus.linje_id for fokus in kontrakt.fokuspunkter),
        parter=frozenset(kontrakt.parter if kontrakt else figures["taletid_ms"]),
        kendetegn=frozenset(
            (tegn.kode for tegn in kontrakt.kendetegn) if kontrakt else figures["faerdigheder"]
        ),
    )
