"""Sharing points and taking them back. Only the owner does either."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.grupper import rules
from supervision.grupper.models import Deling
from supervision.grupper.queries import Modtager, list_modtagere
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken


def share_points(
    feedback: Feedback, *, punkt_ids: Collection[UUID], modtager_key: str, by: Person
) -> Modtager:
    """Share chosen points of own feedback; what is shared with the receiver already stays as it is.

    Raises RuleBroken when nothing is chosen or the receiver is not one of the owner's today.
    """
    if feedback.fokusperson_id != by.id:
        raise NotAllowed
    rules.check_can_share(punkt_ids, [p.id for p in feedback.punkter if p.sendt_at is not None])
    modtager = next((m for m in list_modtagere(viewer=by) if m.key == modtager_key), None)
    if modtager is None:
        raise RuleBroken("Vælg en af dine grupper eller din teamleder.", "modtager")
    group_id, leader_id = (modtager.id, None) if modtager.slags == "gruppe" else (None, modtager.id)
    already = _shared_already(by, modtager)
    for punkt_id in [p.id for p in feedback.punkter if p.id in set(punkt_ids) - already]:
        deling = Deling(
            punkt_id=punkt_id, delt_af=by.id, gruppe_id=group_id, teamleder_id=leader_id, delt_at=clock.now()
        )
        db.session.add(deling)
        db.session.flush()
        history.note("del", deling, by=by.id)
    return modtager


def withdraw_deling(deling: Deling, *, by: Person) -> None:
    """Take a sharing back: from the next request on nobody sees it. Doing it again changes nothing."""
    if deling.delt_af != by.id:
        raise NotAllowed
    if deling.trukket_at is None:
        deling.trukket_at = clock.now()
        history.note("traek_deling", deling, by=by.id)
    db.session.flush()


def _shared_already(by: Person, modtager: Modtager) -> set[UUID]:
    column = Deling.gruppe_id if modtager.slags == "gruppe" else Deling.teamleder_id
    return set(
        db.session.scalars(
            select(Deling.punkt_id).where(
                column == modtager.id, Deling.delt_af == by.id, Deling.trukket_at.is_(None)
            )
        )
    )
