"""Reading an organisation's principles."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from supervision.db import db
from supervision.katalog.models import Princip
from supervision.katalog.queries.egne import get_organisation_to_edit
from supervision.personer.models import Person
from supervision.problems import NotFound


def list_principper(organisation_id: UUID) -> list[Princip]:
    """Those in use, in the organisation's order. For everybody who makes a kontrakt in it."""
    return list(
        db.session.scalars(
            select(Princip)
            .where(Princip.organisation_id == organisation_id, Princip.ude_at.is_(None))
            .order_by(Princip.nr, Princip.id)
        )
    )


def list_principper_ude(organisation_id: UUID) -> list[Princip]:
    """Those that are out of use, the last one taken out first."""
    return list(
        db.session.scalars(
            select(Princip)
            .where(Princip.organisation_id == organisation_id, Princip.ude_at.is_not(None))
            .order_by(Princip.ude_at.desc(), Princip.id)
        )
    )


def get_princip(princip_id: UUID, *, viewer: Person) -> Princip:
    """A principle of an organisation whose catalogue the viewer may change. Raises NotFound."""
    found = db.session.get(Princip, princip_id)
    if found is None or not viewer.maa_rette_katalog(found.organisation_id):
        raise NotFound
    return found


def get_princip_to_change(princip_id: UUID, *, viewer: Person) -> Princip:
    """As `get_princip`, with the organisation held until the commit: two who change at once wait for each other."""
    found = get_princip(princip_id, viewer=viewer)
    get_organisation_to_edit(found.organisation_id, viewer=viewer, hold=True)
    db.session.refresh(found)
    return found
