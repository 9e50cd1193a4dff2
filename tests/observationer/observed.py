"""Observationer for the tests of the timeline: written straight into the database, handed over or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from agreed import add_kontrakt
from people import World

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.models import Haendelse, Observation
from supervision.observationer.rules import Haendelse as Event

BEGAN = clock.from_local(date(2026, 3, 3), time(10, 29))


def observe(
    world: World,
    events: Iterable[Event],
    *,
    fokusperson: str = "mette",
    observatoer: str = "jonas",
    ended: bool = True,
    handed_over: bool = False,
    until: datetime | None = None,
    began: datetime = BEGAN,
) -> UUID:
    """An observation from the recorder with its kontrakt; committed."""
    kontrakt_id = add_kontrakt(world, fokusperson=fokusperson, observatoer=observatoer)
    kontrakt = db.session.get(FeedbackKontrakt, kontrakt_id)
    assert kontrakt is not None
    kontrakt.laast_at = began
    return _stored(
        events,
        organisation_id=world.organisations["jobcenter"],
        kontrakt_id=kontrakt_id,
        fokusperson_id=world.people[fokusperson],
        observatoer_id=world.people[observatoer],
        kilde="optager",
        startet_at=began,
        oprettet_at=began,
        afsluttet_at=began + timedelta(hours=1) if ended else None,
        overdraget_at=began + timedelta(hours=2) if handed_over else None,
        observatoer_indtil=until,
    )


def from_file(
    world: World,
    events: Iterable[Event],
    *,
    fokusperson: str = "mette",
    navn: str = "samtale-1",
    hvem: str = "a1",
) -> UUID:
    """An observation from a file, as the importer leaves it; committed."""
    organisation = "a_kasse" if fokusperson == "noise" else "jobcenter"
    return _stored(
        events,
        organisation_id=world.organisations[organisation],
        fokusperson_id=world.people[fokusperson],
        kilde="fil",
        fil_observation=navn,
        fil_observatoer=hvem,
        startet_at=BEGAN,
        oprettet_at=BEGAN,
        afsluttet_at=BEGAN,
        overdraget_at=BEGAN,
    )


def _stored(events: Iterable[Event], **facts: object) -> UUID:
    observation = Observation(**facts)
    db.session.add(observation)
    db.session.flush()
    db.session.add_all(
        Haendelse(
            observation_id=observation.id,
            id=h.id,
            nr=h.nr,
            t_ms=h.t_ms,
            spor=h.spor,
            kode=h.kode,
            modtaget_at=BEGAN,
        )
        for h in events
    )
    db.session.commit()
    return observation.id
