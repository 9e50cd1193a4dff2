"""How the fokuspersoner of a fællessamtale knew the seven elements: each one's own, until they show it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.models import Observation, Registrering
from supervision.personer.models import Person

SAMARBEJDE = "relationel"
"""The slags of it."""
FAELLES = "faellessamtale"


def get_samarbejde(
    observation: Observation, *, viewer: Person
) -> tuple[Registrering | None, tuple[Registrering, ...]]:
    """The viewer's own and what others show, of the samtale of an observation loaded through `get_observation`.

    With two observatører a fokusperson has two logs of the samtale, and one registrering.
    """
    kontrakt = observation.kontrakt
    if kontrakt is None or kontrakt.samtale.type != FAELLES:
        return None, ()
    rows = db.session.scalars(
        select(Registrering)
        .join(Registrering.observation)
        .join(FeedbackKontrakt, FeedbackKontrakt.id == Observation.kontrakt_id)
        .options(joinedload(Registrering.person))
        .where(FeedbackKontrakt.samtale_id == kontrakt.samtale_id, Registrering.slags == SAMARBEJDE)
        .where(or_(Registrering.person_id == viewer.id, Registrering.privat.is_(False)))
        .order_by(Registrering.oprettet_at, Registrering.id)
    )
    by_person: dict[UUID, Registrering] = {}
    for row in rows:
        by_person.setdefault(row.person_id, row)
    own = by_person.pop(viewer.id, None)
    return own, tuple(by_person.values())


def can_note_samarbejde(observation: Observation, *, viewer: Person) -> bool:
    """Whether the viewer is the fokusperson of a fællessamtale whose log they have been given."""
    kontrakt = observation.kontrakt
    return (
        viewer.id == observation.fokusperson_id
        and kontrakt is not None
        and kontrakt.samtale.type == FAELLES
        and observation.overdraget_at is not None
    )


def list_andre_i_samtalen(observation: Observation, *, viewer: Person) -> list[str]:
    """The names of those to whom the fokusperson can show it: all who have a part in the samtale. [] for others."""
    kontrakt = observation.kontrakt
    if kontrakt is None or not can_note_samarbejde(observation, viewer=viewer):
        return []
    rows = db.session.scalars(
        select(FeedbackKontrakt)
        .options(joinedload(FeedbackKontrakt.fokusperson), joinedload(FeedbackKontrakt.observatoer))
        .where(FeedbackKontrakt.samtale_id == kontrakt.samtale_id, FeedbackKontrakt.trukket_at.is_(None))
        .order_by(FeedbackKontrakt.oprettet_at, FeedbackKontrakt.id)
    )
    people = {person.id: person.navn for row in rows for person in (row.fokusperson, row.observatoer)}
    people.pop(observation.fokusperson_id, None)
    return list(people.values())
