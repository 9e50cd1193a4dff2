"""Who has asked to be erased, and what a person is to be told on the front page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.db import db
from supervision.personer.models import Person
from supervision.personer.queries.administration import only_administrators
from supervision.rettigheder.models import Oplyst, Sletteanmodning


def find_anmodning(*, viewer: Person) -> Sletteanmodning | None:
    """The viewer's own."""
    return db.session.get(Sletteanmodning, viewer.id)


def has_read(udgave: str, *, viewer: Person) -> bool:
    """Whether the viewer has read who can see what, as the facts stand."""
    found = db.session.get(Oplyst, viewer.id)
    return found is not None and found.udgave == udgave


def list_anmodninger(*, viewer: Person) -> Sequence[Sletteanmodning]:
    """Everybody who has asked, the first due first. Raises NotFound for anybody but an administrator."""
    only_administrators(viewer)
    return db.session.scalars(
        select(Sletteanmodning)
        .options(joinedload(Sletteanmodning.person).joinedload(Person.organisation))
        .order_by(Sletteanmodning.tidligst_at, Sletteanmodning.person_id)
    ).all()


def list_modne() -> Sequence[Sletteanmodning]:
    """Those whose days to undo it are over."""
    return db.session.scalars(
        select(Sletteanmodning)
        .where(Sletteanmodning.tidligst_at <= clock.now())
        .order_by(Sletteanmodning.tidligst_at, Sletteanmodning.person_id)
    ).all()
