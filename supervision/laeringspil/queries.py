"""Reading a person's own læringspil."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from supervision.db import db
from supervision.laeringspil.models import Laeringspil
from supervision.personer.models import Person


def find_laeringspil(person: Person) -> Laeringspil | None:
    """The person's current arrow with its lines, or None before the first one is drawn."""
    return db.session.scalar(
        select(Laeringspil)
        .options(selectinload(Laeringspil.linjer))
        .where(Laeringspil.person_id == person.id, Laeringspil.afloest_at.is_(None))
    )
