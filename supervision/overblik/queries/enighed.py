"""The samtaler that several observers ticked: real ones, and practice samtaler whose group picture was opened.

It takes no viewer: only the mark on a kendetegn is ever shown of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.grupper.models import Kalibrering, Laeringsgruppe
from supervision.grupper.queries import koder_of, list_kryds, list_shown
from supervision.observationer.agreement.kendetegn import Observatoerlog
from supervision.observationer.content import find_manuskript
from supervision.observationer.models import Observation
from supervision.observationer.queries import list_logs
from supervision.overblik.rules import Kvartal, r6_aar

Sammen = list[Observatoerlog]


def list_set_sammen(organisation_id: UUID, kvartal: Kvartal) -> Iterator[Sammen]:
    """The logs of each samtale of an organisation in the year that ends with a quarter, where at least two saw it.

    A practice samtale belongs to the organisation of the group that held it.
    """
    begins = clock.from_local(r6_aar(kvartal), time.min)
    ends = clock.from_local(kvartal.til + timedelta(days=1), time.min)
    yield from _held(organisation_id, begins, ends, clock.from_local(kvartal.klar, time.min))
    yield from _practised(organisation_id, begins, ends)


def _held(organisation_id: UUID, begins: datetime, ends: datetime, ready: datetime) -> Iterator[Sammen]:
    """Handed over in time, of the same fokusperson: the other medarbejder's log is about somebody else."""
    per_samtale = (FeedbackKontrakt.samtale_id, Observation.fokusperson_id)
    counts = (
        Observation.organisation_id == organisation_id,
        Observation.startet_at >= begins,
        Observation.startet_at < ends,
        Observation.afsluttet_at.is_not(None),
        Observation.overdraget_at < ready,
    )
    several = (
        select(FeedbackKontrakt.samtale_id)
        .join(Observation, Observation.kontrakt_id == FeedbackKontrakt.id)
        .where(*counts)
        .group_by(*per_samtale)
        .having(func.count() > 1)
    )
    found = db.session.scalars(
        select(Observation)
        .join(Observation.kontrakt)
        .options(joinedload(Observation.kontrakt).selectinload(FeedbackKontrakt.kendetegn))
        .where(*counts, FeedbackKontrakt.samtale_id.in_(several))
        .order_by(*per_samtale, Observation.startet_at, Observation.id)
    ).all()
    for _, together in groupby(found, key=lambda o: (o.kontrakt and o.kontrakt.samtale_id, o.fokusperson_id)):
        observationer = list(together)
        if len(observationer) > 1:
            yield _logs(observationer)


def _logs(observationer: list[Observation]) -> Sammen:
    events = list_logs([o.id for o in observationer])
    first = min(o.startet_at for o in observationer)
    return [
        Observatoerlog(
            hvem=o.observatoer_id,
            koder=frozenset(tegn.kode for tegn in o.kontrakt.kendetegn),
            log=(round((o.startet_at - first) / timedelta(milliseconds=1)), events[o.id]),
        )
        for o in observationer
        if o.observatoer_id is not None and o.kontrakt is not None
    ]


def _practised(organisation_id: UUID, begins: datetime, ends: datetime) -> Iterator[Sammen]:
    found = db.session.scalars(
        select(Kalibrering)
        .join(Kalibrering.gruppe)
        .options(selectinload(Kalibrering.logge))
        .where(Laeringsgruppe.organisation_id == organisation_id)
        .where(Kalibrering.vist_at >= begins, Kalibrering.vist_at < ends)
        .order_by(Kalibrering.vist_at, Kalibrering.id)
    ).all()
    for kalibrering in found:
        shown = list_shown(kalibrering) if find_manuskript(kalibrering.manuskript) else []
        if shown:
            koder, events = frozenset(koder_of(kalibrering)), list_kryds([log.id for log in shown])
            yield [Observatoerlog(log.person_id, koder, (0, events[log.id])) for log in shown]
