"""Reading what a group agreed in plenum: its members and its facilitator now, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from supervision.db import db
from supervision.grupper import rules
from supervision.grupper.models import Laeringsgruppe, Plenumaftale
from supervision.grupper.queries.grupper import seen_by
from supervision.personer.models import Person
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Plenum:
    """A group's agreements by their state, the newest first. `aabne` come back as the next meeting's first point."""

    aabne: list[Plenumaftale]
    fortsat: list[Plenumaftale]
    slut: list[Plenumaftale]

    @property
    def antal(self) -> int:
        """How many there are in all."""
        return len(self.aabne) + len(self.fortsat) + len(self.slut)


def list_plenum(gruppe: Laeringsgruppe) -> Plenum:
    """Everything the group agreed on. Load it by `get_gruppe`."""
    found = list(
        db.session.scalars(
            select(Plenumaftale)
            .where(Plenumaftale.gruppe_id == gruppe.id)
            .order_by(Plenumaftale.aftalt.desc(), Plenumaftale.skrevet_at, Plenumaftale.id)
        )
    )
    by_state: dict[str, list[Plenumaftale]] = {"aaben": [], "fortsat": [], "gjort": [], "droppet": []}
    for aftale in found:
        by_state[rules.aftale_tilstand(aftale)].append(aftale)
    slut = [aftale for aftale in found if aftale.slut is not None]
    slut.sort(key=lambda aftale: (aftale.slut, aftale.aftalt), reverse=True)
    return Plenum(by_state["aaben"], by_state["fortsat"], slut)


def get_plenumaftale(plenumaftale_id: UUID, *, viewer: Person, hold: bool = False) -> Plenumaftale:
    """An agreement of a group that the viewer is in or facilitates now. Raises NotFound.

    hold: keep the row until the commit, so that two changes at once wait for each other.
    """
    wanted = (
        select(Plenumaftale)
        .join(Plenumaftale.gruppe)
        .where(Plenumaftale.id == plenumaftale_id, seen_by(viewer))
        .options(joinedload(Plenumaftale.gruppe).joinedload(Laeringsgruppe.facilitator))
    )
    if hold:
        wanted = wanted.with_for_update(of=Plenumaftale).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def get_plenumaftale_to_rewrite(plenumaftale_id: UUID, *, viewer: Person, hold: bool = False) -> Plenumaftale:
    """As `get_plenumaftale`, for whoever wrote it and for the facilitator. Raises NotFound for the others."""
    found = get_plenumaftale(plenumaftale_id, viewer=viewer, hold=hold)
    if not rules.may_rewrite(found, viewer.id, found.gruppe.facilitator_id):
        raise NotFound
    return found
