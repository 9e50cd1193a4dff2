"""Organisations and their teams."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.personer import rules
from supervision.personer.actions import organisations as actions
from supervision.personer.forms import OrganisationForm, TeamForm
from supervision.personer.models import Organisation, Team
from supervision.personer.queries.administration import (
    get_organisation,
    get_team,
    list_supervisorer,
    list_team_lines,
)
from supervision.personer.queries.invitations import list_without_password
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt


@blueprint.get("/administration/organisationer/<uuid:organisation_id>")
def organisation(organisation_id: UUID) -> str:
    """One organisation: its teams, its supervisors, who still waits for a password."""
    found = get_organisation(organisation_id, viewer=viewer())
    return render_template(
        "personer/organisation.html",
        organisation=found,
        slags=rules.ORGANISATION_SLAGS[found.slags],
        teams=list_team_lines(found, viewer=viewer()),
        supervisorer=list_supervisorer(found, viewer=viewer()),
        waiting=len(list_without_password(found.id, viewer=viewer())),
    )


@blueprint.get("/administration/organisationer/ny")
def ny_organisation() -> str:
    """The form for a new organisation."""
    return render_template("personer/ny_organisation.html", form=OrganisationForm())


@blueprint.post("/administration/organisationer/ny")
@commits
def opret_organisation() -> Response | tuple[str, int]:
    """Make the organisation."""
    form = OrganisationForm()
    made = attempt(
        form,
        lambda: actions.create_organisation(navn=form.navn.data or "", slags=form.slags.data, by=viewer()),
    )
    if made is None:
        return render_template("personer/ny_organisation.html", form=form), 422
    flash(f"{made.navn} er oprettet. Nu kan du lave teams.", "success")
    return _to_organisation(made.id)


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/ret")
def ret_organisation(organisation_id: UUID) -> str:
    """The form that changes an organisation."""
    found = get_organisation(organisation_id, viewer=viewer())
    return _organisation_page(found, OrganisationForm(obj=found))


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/ret")
@commits
def gem_organisation(organisation_id: UUID) -> Response | tuple[str, int]:
    """Change the organisation."""
    found = get_organisation(organisation_id, viewer=viewer())
    form = OrganisationForm()
    changed = attempt(
        form,
        lambda: actions.change_organisation(
            found,
            navn=form.navn.data or "",
            slags=form.slags.data,
            by=viewer(),
        ),
    )
    if changed is None:
        return _organisation_page(found, form), 422
    flash("Gemt.", "success")
    return _to_organisation(organisation_id)


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/teams/nyt")
def nyt_team(organisation_id: UUID) -> str:
    """The form for a new team."""
    return _new_team_page(get_organisation(organisation_id, viewer=viewer()), TeamForm())


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/teams/nyt")
@commits
def opret_team(organisation_id: UUID) -> Response | tuple[str, int]:
    """Make the team."""
    found = get_organisation(organisation_id, viewer=viewer())
    form = TeamForm()
    made = attempt(
        form, lambda: actions.create_team(organisation=found, navn=form.navn.data or "", by=viewer())
    )
    if made is None:
        return _new_team_page(found, form), 422
    flash(f"{made.navn} er oprettet.", "success")
    return _to_organisation(organisation_id)


@blueprint.get("/administration/teams/<uuid:team_id>/ret")
def ret_team(team_id: UUID) -> str:
    """The form that changes a team."""
    team = get_team(team_id, viewer=viewer())
    return _team_page(team, TeamForm(obj=team))


@blueprint.post("/administration/teams/<uuid:team_id>/ret")
@commits
def gem_team(team_id: UUID) -> Response | tuple[str, int]:
    """Change the team."""
    team = get_team(team_id, viewer=viewer())
    form = TeamForm()
    if attempt(form, lambda: actions.change_team(team, navn=form.navn.data or "", by=viewer())) is None:
        return _team_page(team, form), 422
    flash("Gemt.", "success")
    return _to_organisation(team.organisation_id)


def _organisation_page(found: Organisation, form: OrganisationForm) -> str:
    return render_template("personer/ret_organisation.html", organisation=found, form=form)


def _new_team_page(found: Organisation, form: TeamForm) -> str:
    return render_template("personer/nyt_team.html", organisation=found, form=form)


def _team_page(team: Team, form: TeamForm) -> str:
    return render_template("personer/ret_team.html", team=team, form=form)


def _to_organisation(organisation_id: UUID) -> Response:
    return redirect(url_for("personer.organisation", organisation_id=organisation_id), 303)
