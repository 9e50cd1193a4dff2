"""Reading shared points: sentence, owner's first name and day; never the log or the observatør."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from supervision import clock
from supervision.db import db
from supervision.feedback.models import Feedback, FeedbackPunkt
from supervision.feedback.queries import get_sent_feedback
from supervision.grupper.models import Deling, Gruppemedlem, Laeringsgruppe
from supervision.grupper.queries.grupper import list_grupper
from supervision.personer.models import Person, Rolletildeling
from supervision.personer.queries import list_teamledere
from supervision.personer.rules import MEDARBEJDER, TEAMLEDER
from supervision.problems import NotFound

GRUPPE = "gruppe"
LEDER = "teamleder"


@dataclass(frozen=True, slots=True)
class DeltPunkt:
    """A shared point as its receiver sees it."""

    id: UUID
    slags: str
    tekst: str
    ejer: str
    delt_at: datetime


@dataclass(frozen=True, slots=True)
class Modtager:
    """Somebody the owner can share with: a group (`slags` gruppe) or a teamleder."""

    slags: str
    id: UUID
    navn: str

    @property
    def key(self) -> str:
        """How the form names it."""
        return f"{self.slags}:{self.id}"

    @property
    def ord(self) -> str:
        """How it is offered: who it is, and what they are to the owner."""
        return f"{self.navn} (gruppe)" if self.slags == GRUPPE else f"{self.navn} (teamleder)"


@dataclass(frozen=True, slots=True)
class EgenDeling:
    """What the owner has shared and not taken back. `kan_ses`: whether the receiver can see it today."""

    id: UUID
    punkt_id: UUID
    tekst: str
    modtager: Modtager
    delt_at: datetime
    kan_ses: bool


def get_feedback_to_share(feedback_id: UUID, *, viewer: Person, hold: bool = False) -> Feedback:
    """Feedback that the viewer is the fokusperson of and has read. Raises NotFound, for its author too.

    hold: keep the row until the commit, so that two sharings at once wait for each other.
    """
    feedback = get_sent_feedback(feedback_id, viewer=viewer, hold=hold)
    if feedback.fokusperson_id != viewer.id or feedback.laest_at is None:
        raise NotFound
    return feedback


def get_own_deling(deling_id: UUID, *, viewer: Person) -> Deling:
    """A sharing that the viewer made. Raises NotFound."""
    deling = db.session.scalar(select(Deling).where(Deling.id == deling_id, Deling.delt_af == viewer.id))
    if deling is None:
        raise NotFound
    return deling


def list_modtagere(*, viewer: Person) -> list[Modtager]:
    """Whom the viewer can share with today: own groups by name, then own teamledere."""
    grupper = [Modtager(GRUPPE, gruppe.id, gruppe.navn) for gruppe in list_grupper(viewer=viewer)]
    return [*grupper, *(Modtager(LEDER, leder.id, leder.navn) for leder in list_teamledere(viewer))]


def list_delinger_of(feedback: Feedback, *, viewer: Person) -> list[EgenDeling]:
    """What the viewer has shared of one feedback and not withdrawn, oldest first."""
    reachable = {modtager.key for modtager in list_modtagere(viewer=viewer)}
    rows = db.session.execute(
        select(Deling, FeedbackPunkt.tekst, Laeringsgruppe.navn, Person.navn)
        .join(FeedbackPunkt, FeedbackPunkt.id == Deling.punkt_id)
        .outerjoin(Laeringsgruppe, Laeringsgruppe.id == Deling.gruppe_id)
        .outerjoin(Person, Person.id == Deling.teamleder_id)
        .where(FeedbackPunkt.feedback_id == feedback.id)
        .where(Deling.delt_af == viewer.id, Deling.trukket_at.is_(None))
        .order_by(Deling.delt_at, FeedbackPunkt.nr, Deling.id)
    )
    return [_own(deling, tekst, gruppe or leder, reachable) for deling, tekst, gruppe, leder in rows]


def list_delt_med_gruppe(gruppe: Laeringsgruppe) -> list[DeltPunkt]:
    """What people who are in the group now share with it, newest first. Load it by `get_gruppe`."""
    return _points(_shared().where(Deling.gruppe_id == gruppe.id, _owner_is_inside()))


def list_delt_med_teamleder(*, viewer: Person, since: timedelta | None = None) -> list[DeltPunkt]:
    """What people in the viewer's teams today have shared with the viewer, newest first.

    since: only what was shared so recently; None is all.
    """
    wanted = _shared().where(Deling.teamleder_id == viewer.id, _viewer_leads_owner(viewer))
    if since is not None:
        wanted = wanted.where(Deling.delt_at >= clock.now() - since)
    return _points(wanted)


def _own(deling: Deling, tekst: str, navn: str, reachable: set[str]) -> EgenDeling:
    slags, receiver = (GRUPPE, deling.gruppe_id) if deling.gruppe_id else (LEDER, deling.teamleder_id)
    assert receiver is not None
    modtager = Modtager(slags, receiver, navn)
    return EgenDeling(deling.id, deling.punkt_id, tekst, modtager, deling.delt_at, modtager.key in reachable)


def _shared() -> Select[UUID, str, str, str, datetime]:
    return (
        select(Deling.id, FeedbackPunkt.slags, FeedbackPunkt.tekst, Person.navn, Deling.delt_at)
        .join(FeedbackPunkt, FeedbackPunkt.id == Deling.punkt_id)
        .join(Feedback, Feedback.id == FeedbackPunkt.feedback_id)
        .join(Person, Person.id == Deling.delt_af)
        .where(Deling.trukket_at.is_(None), FeedbackPunkt.sendt_at.is_not(None))
        .where(Feedback.fokusperson_id == Deling.delt_af, Person.active)
        .order_by(Deling.delt_at.desc(), Feedback.sendt_at.desc(), FeedbackPunkt.nr, Deling.id)
    )


def _points(wanted: Select[UUID, str, str, str, datetime]) -> list[DeltPunkt]:
    return [
        DeltPunkt(id=id_, slags=slags, tekst=tekst, ejer=navn.split()[0], delt_at=delt_at)
        for id_, slags, tekst, navn, delt_at in db.session.execute(wanted)
    ]


def _owner_is_inside() -> ColumnElement[bool]:
    member = exists().where(
        Gruppemedlem.gruppe_id == Deling.gruppe_id,
        Gruppemedlem.person_id == Deling.delt_af,
        Gruppemedlem.ud_at.is_(None),
    )
    leads = exists().where(
        Laeringsgruppe.id == Deling.gruppe_id, Laeringsgruppe.facilitator_id == Deling.delt_af
    )
    return or_(member, leads)


def _viewer_leads_owner(viewer: Person) -> ColumnElement[bool]:
    """Today the owner is medarbejder in a team that the viewer leads today."""
    owner, leader = aliased(Rolletildeling), aliased(Rolletildeling)
    return exists().where(
        owner.person_id == Deling.delt_af,
        owner.rolle == MEDARBEJDER,
        leader.team_id == owner.team_id,
        leader.person_id == viewer.id,
        leader.rolle == TEAMLEDER,
        _in_force(owner),
        _in_force(leader),
    )


def _in_force(rolle: type[Rolletildeling]) -> ColumnElement[bool]:
    day = clock.today()
    return and_(rolle.fra <= day, or_(rolle.til.is_(None), rolle.til > day))
