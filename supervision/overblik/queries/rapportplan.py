"""The administrator's fixed plan: which teams are one group, and from which quarter. It holds no figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from supervision.db import db
from supervision.overblik import rules
from supervision.overblik.models import Rapportgruppe, Rapportplan, Rapportvalg
from supervision.overblik.queries.grundlag import list_roller, list_teams
from supervision.personer.models import Organisation, Person
from supervision.personer.queries.administration import get_organisation


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands for the next quarter that opens. navne: team -> the group it is merged into.

    grupper: what they make of today's roles. loebende: the names of the groups that the running quarter has already.
    """

    organisation: Organisation
    teams: Mapping[UUID, str]
    navne: Mapping[UUID, str]
    opdeling: str
    fra: rules.Kvartal
    grupper: Sequence[rules.Gruppe]
    loebende: Sequence[str]


def get_plan(organisation_id: UUID, kvartal: rules.Kvartal, *, viewer: Person) -> Plan:
    """The plan of an organisation. kvartal: the running one. Raises NotFound."""
    organisation = get_organisation(organisation_id, viewer=viewer)
    teams = list_teams(organisation_id)
    navne = dict(
        db.session.execute(
            select(Rapportplan.team_id, Rapportplan.navn).where(
                Rapportplan.organisation_id == organisation_id
            )
        ).all()
    )
    valg = db.session.get(Rapportvalg, organisation_id)
    fixed = db.session.scalars(
        select(Rapportgruppe.navn)
        .filter_by(organisation_id=organisation_id, aar=kvartal.aar, nr=kvartal.nr)
        .order_by(Rapportgruppe.navn, Rapportgruppe.noegle)
    ).all()
    following = kvartal.next()
    return Plan(
        organisation,
        teams,
        navne,
        valg.opdeling if valg else "team",
        following,
        rules.r2_grupper(list_roller(teams), teams, navne, following),
        fixed,
    )
