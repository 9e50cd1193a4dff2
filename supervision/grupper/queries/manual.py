"""Reading the supervisionsmanual: everybody reads their own organisation's, a supervisor also those they work in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.grupper.content import standardmanual
from supervision.grupper.models import Manual, ManualLaest
from supervision.grupper.rules import STANDARD
from supervision.personer.models import Organisation, Person
from supervision.personer.rules import ADMINISTRATOR, SUPERVISOR
from supervision.problems import NotFound


@dataclass(frozen=True, slots=True)
class Udgave:
    """The manual as it is read. id, udgivet_at: None for our own text, which is version 0."""

    version: int
    tekst: str
    aendring: str = ""
    id: UUID | None = None
    udgivet_at: datetime | None = None


def list_manual_organisationer(*, viewer: Person) -> list[Organisation]:
    """Those whose manual the viewer reads, the own one first, then by name."""
    other_ids = {rolle.organisation_id for rolle in viewer.roller(SUPERVISOR)} - {viewer.organisation_id}
    others = (
        db.session.scalars(select(Organisation).where(Organisation.id.in_(other_ids))) if other_ids else ()
    )
    return [viewer.organisation, *sorted(others, key=lambda one: sorteringsnoegle(one.navn))]


def get_manual_organisation(organisation_id: UUID, *, viewer: Person) -> Organisation:
    """One whose manual the viewer reads; an administrator reads them all. Raises NotFound."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    if found not in list_manual_organisationer(viewer=viewer) and not viewer.har_rolle(ADMINISTRATOR):
        raise NotFound
    return found


def get_manual(organisation_id: UUID) -> Udgave:
    """The newest published version; our own text where there is none."""
    newest = db.session.scalar(
        select(Manual)
        .where(Manual.organisation_id == organisation_id, Manual.udgivet_at.is_not(None))
        .order_by(Manual.version.desc())
        .limit(1)
    )
    return _udgave(newest) if newest else Udgave(STANDARD, standardmanual())


def list_manualudgaver(organisation_id: UUID) -> list[Udgave]:
    """All published versions, the newest first."""
    found = db.session.scalars(
        select(Manual)
        .where(Manual.organisation_id == organisation_id, Manual.udgivet_at.is_not(None))
        .order_by(Manual.version.desc())
    )
    return [_udgave(row) for row in found]


def get_manualudgave(manual_id: UUID, *, viewer: Person) -> tuple[Organisation, Udgave]:
    """A published version of a manual that the viewer reads. Raises NotFound, for drafts too."""
    row = db.session.get(Manual, manual_id)
    if row is None or row.udgivet_at is None:
        raise NotFound
    return get_manual_organisation(row.organisation_id, viewer=viewer), _udgave(row)


def find_manualkladde(organisation_id: UUID) -> Manual | None:
    """The draft of the next version, for whoever may write it."""
    return db.session.scalar(
        select(Manual).where(Manual.organisation_id == organisation_id, Manual.udgivet_at.is_(None))
    )


def find_laest_at(organisation_id: UUID, version: int, *, viewer: Person) -> datetime | None:
    """When the viewer confirmed having read the limits in this version."""
    return db.session.scalar(
        select(ManualLaest.laest_at).where(
            ManualLaest.person_id == viewer.id,
            ManualLaest.organisation_id == organisation_id,
            ManualLaest.version == version,
        )
    )


def count_laest(people: Iterable[Person]) -> int:
    """How many of these have read the limits in the newest version of their own organisation's manual."""
    home = {person.id: person.organisation_id for person in people}
    if not home:
        return 0
    newest = _newest(set(home.values()))
    rows = db.session.execute(
        select(ManualLaest.person_id, ManualLaest.organisation_id, ManualLaest.version).where(
            ManualLaest.person_id.in_(home)
        )
    )
    return sum(
        home[person_id] == organisation_id and newest.get(organisation_id, STANDARD) == version
        for person_id, organisation_id, version in rows
    )


def _newest(organisation_ids: set[UUID]) -> dict[UUID, int]:
    rows = db.session.execute(
        select(Manual.organisation_id, func.max(Manual.version))
        .where(Manual.organisation_id.in_(organisation_ids), Manual.udgivet_at.is_not(None))
        .group_by(Manual.organisation_id)
    )
    return {row[0]: row[1] for row in rows}


def _udgave(row: Manual) -> Udgave:
    return Udgave(row.version, row.tekst, row.aendring, row.id, row.udgivet_at)
