"""Who has asked to be erased, and what a person is to be told on the front page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from supervision import clock
from supervision.db import db
from supervision.observationer.models import Observation
from supervision.personer.models import Person
from supervision.personer.queries.administration import only_administrators
from supervision.privacy import privacy_map
from supervision.rettigheder import rules
from supervision.rettigheder.models import Opbevaring, Oplyst, Sletteanmodning
from supervision.rettigheder.queries.opbevaring import count_soon


def find_anmodning(*, viewer: Person) -> Sletteanmodning | None:
    """The viewer's own."""
    return db.session.get(Sletteanmodning, viewer.id)


def has_read(udgave: str, *, viewer: Person) -> bool:
    """Whether the viewer has read who can see what, as the facts stand."""
    found = db.session.get(Oplyst, viewer.id)
    return found is not None and found.udgave == udgave


def get_forside(udgave: str, *, viewer: Person) -> tuple[bool, tuple[int, datetime | None]]:
    """For the front page: whether the page is read, and what goes soon (`count_soon`); one query, most often."""
    own, chosen, first = db.session.execute(
        select(
            select(Oplyst.udgave).where(Oplyst.person_id == viewer.id).scalar_subquery(),
            select(Opbevaring.dage)
            .filter_by(organisation_id=viewer.organisation_id, klasse="feedback")
            .scalar_subquery(),
            select(func.min(Observation.overdraget_at))
            .where(Observation.fokusperson_id == viewer.id)
            .scalar_subquery(),
        )
    ).one()
    dage = chosen or privacy_map().klasser["feedback"].dage or 0
    soon = first is not None and first < rules.graense(clock.now() + timedelta(days=rules.VARSEL_DAGE), dage)
    return own == udgave, count_soon(viewer=viewer) if soon else (0, None)


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
