"""What an import of people would do to an organisation."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from supervision import clock
from supervision.db import db
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.personer.queries.administration import only_administrators
from supervision.personer.rules import wording
from supervision.personer.rules.import_plan import Known, LineProblem, Plan, Row, Situation, make_plan


def plan_of(
    rows: Sequence[Row], problems: Sequence[LineProblem], organisation: Organisation, *, viewer: Person
) -> Plan:
    """The plan for a file's rows in this organisation, as things stand now. Four reads, whatever the size."""
    only_administrators(viewer)
    return make_plan(rows, _situation(organisation), problems)


def _situation(organisation: Organisation) -> Situation:
    people = {
        person.email: Known(person.id, person.navn, person.active)
        for person in db.session.scalars(select(Person).where(Person.organisation_id == organisation.id))
    }
    by_id = {known.id: known for known in people.values()}
    for rolle in db.session.scalars(
        select(Rolletildeling)
        .join(Person, Person.id == Rolletildeling.person_id)
        .where(Person.organisation_id == organisation.id)
    ):
        by_id[rolle.person_id].roller.append(rolle)
    others = select(Person.email).where(Person.organisation_id != organisation.id)
    teams = select(Team.navn, Team.id).where(Team.organisation_id == organisation.id)
    return Situation(
        organisation_id=organisation.id,
        people=people,
        elsewhere=frozenset(db.session.scalars(others)),
        teams={wording.clean(navn).casefold(): team_id for navn, team_id in db.session.execute(teams)},
        today=clock.today(),
    )
