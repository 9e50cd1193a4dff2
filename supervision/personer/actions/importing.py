"""Storing a list of people: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from supervision import history
from supervision.db import db
from supervision.personer.actions.uniqueness import flushed
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.personer.queries.importing import plan_of
from supervision.personer.rules.import_plan import NY_PERSON, LineProblem, Plan, Row, Step
from supervision.problems import RuleBroken

MEANWHILE = "Noget er ændret, siden du så listen. Se den igen, og prøv en gang til. Intet er gemt."


def import_people(
    rows: Sequence[Row], problems: Sequence[LineProblem], *, organisation: Organisation, by: Person
) -> Plan:
    """Plan once more and do what the plan says. Raises RuleBroken, and stores nothing, on any problem."""
    plan = plan_of(rows, problems, organisation, viewer=by)
    if plan.problems:
        first = plan.problems[0]
        raise RuleBroken(f"Linje {first.line}: {first.reason} Intet er gemt.")
    with flushed(MEANWHILE):
        _store_teams(plan, organisation, by)
        _store_people(plan, organisation, by)
        _end_roles(plan, by)
        db.session.flush()
        for step in plan.steps:
            _give(step, by)
    return plan


def _store_teams(plan: Plan, organisation: Organisation, by: Person) -> None:
    for navn, team_id in plan.new_teams.items():
        team = Team(id=team_id, organisation_id=organisation.id, navn=navn)
        db.session.add(team)
        history.note("opret", team, by=by.id)


def _store_people(plan: Plan, organisation: Organisation, by: Person) -> None:
    for step in plan.steps:
        if NY_PERSON in step.outcomes:
            person = Person(id=step.person_id, navn=step.row.navn, email=step.row.email)
            person.organisation_id = organisation.id
            db.session.add(person)
            history.note("opret", person, by=by.id)


def _end_roles(plan: Plan, by: Person) -> None:
    for step in plan.steps:
        for old in step.ends:
            assert isinstance(old, Rolletildeling)
            old.til = step.rolle.fra if step.rolle else old.til
            history.note("slut", old, by=by.id)


def _give(step: Step, by: Person) -> None:
    if step.rolle is None:
        return
    rolle = Rolletildeling(
        id=uuid4(),
        person_id=step.person_id,
        rolle=step.rolle.rolle,
        team_id=step.rolle.team_id,
        organisation_id=step.rolle.organisation_id,
        fra=step.rolle.fra,
        givet_af=by.id,
    )
    db.session.add(rolle)
    history.note("giv", rolle, by=by.id)
