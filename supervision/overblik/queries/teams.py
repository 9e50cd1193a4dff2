"""Whose figures one may open."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from supervision.danish import sorteringsnoegle
from supervision.db import db
from supervision.personer.models import Organisation, Person, Team
from supervision.personer.rules import MEDARBEJDER, SUPERVISOR, TEAMLEDER
from supervision.problems import NotFound


def list_teams_to_see(*, viewer: Person) -> list[Team]:
    """Own team, the teams one leads, and those of organisations one supervises, today; by name."""
    ids = viewer.team_ids(MEDARBEJDER) | viewer.team_ids(TEAMLEDER)
    granted = {rolle.organisation_id for rolle in viewer.roller(SUPERVISOR) if rolle.organisation_id}
    found = db.session.scalars(
        select(Team)
        .options(joinedload(Team.organisation))
        .where(or_(Team.id.in_(ids), Team.organisation_id.in_(granted)))
    )
    return sorted(
        found,
        key=lambda team: (sorteringsnoegle(team.organisation.navn), sorteringsnoegle(team.navn), team.id),
    )


def get_team(team_id: UUID, *, viewer: Person) -> Team:
    """A team whose figures the viewer may see. Raises NotFound."""
    for team in list_teams_to_see(viewer=viewer):
        if team.id == team_id:
            return team
    raise NotFound


def get_organisation_to_see(organisation_id: UUID, *, viewer: Person) -> Organisation:
    """An organisation of whose teams the viewer may see at least one. Raises NotFound."""
    for team in list_teams_to_see(viewer=viewer):
        if team.organisation_id == organisation_id:
            return team.organisation
    raise NotFound


def list_organisationer_to_see(*, viewer: Person) -> list[Organisation]:
    """The organisations that the viewer supervises today, by name."""
    granted = {rolle.organisation_id for rolle in viewer.roller(SUPERVISOR) if rolle.organisation_id}
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(granted)))
    return sorted(found, key=lambda one: (sorteringsnoegle(one.navn), one.id))
