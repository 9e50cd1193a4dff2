"""Giving a person a role, changing what goes with it, and ending it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.danish import kort_dato
from supervision.db import commits
from supervision.personer import rules
from supervision.personer.actions import roles as actions
from supervision.personer.forms import KatalogretForm, RolleForm, SlutForm
from supervision.personer.models import Organisation, Person, Rolletildeling, Team
from supervision.personer.queries import list_organisationer, list_teams
from supervision.personer.queries.administration import (
    get_anybody,
    get_organisation,
    get_rolletildeling,
    get_team,
)
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt
from supervision.problems import NotFound
from supervision.sign_in.sessions import renew


@blueprint.get("/administration/personer/<uuid:person_id>/roller/ny")
def ny_rolle(person_id: UUID) -> str:
    """The form for a role."""
    person = get_anybody(person_id, viewer=viewer())
    return _page(person, _rolle_form(person, RolleForm(fra=clock.today())))


@blueprint.post("/administration/personer/<uuid:person_id>/roller/ny")
@commits
def giv_rolle(person_id: UUID) -> Response | tuple[str, int]:
    """Give the role; a medarbejder leaves the old team by it."""
    person = get_anybody(person_id, viewer=viewer())
    form = _rolle_form(person, RolleForm())
    ny = attempt(form, lambda: _give(person, form))
    if ny is None:
        return _page(person, form), 422
    renew(person)
    flash(f"{person.navn} er {rules.ROLLE_NAVNE[ny.rolle].lower()} fra {kort_dato(ny.fra)}.", "success")
    return _to_person(person_id)


@blueprint.get("/administration/roller/<uuid:rolle_id>/slut")
def slut_rolle(rolle_id: UUID) -> str:
    """The form that ends a role."""
    rolle = get_rolletildeling(rolle_id, viewer=viewer())
    return _end_page(rolle, SlutForm(til=max(clock.today(), rolle.fra)))


@blueprint.post("/administration/roller/<uuid:rolle_id>/slut")
@commits
def afslut_rolle(rolle_id: UUID) -> Response | tuple[str, int]:
    """End the role."""
    rolle = get_rolletildeling(rolle_id, viewer=viewer())
    form = SlutForm()
    if attempt(form, lambda: actions.end_rolle(rolle, til=form.day, by=viewer())) is None:
        return _end_page(rolle, form), 422
    renew(rolle.person)
    flash("Rollen er sluttet. Den står stadig i personens historik.", "success")
    return _to_person(rolle.person_id)


@blueprint.get("/administration/roller/<uuid:rolle_id>/katalog")
def katalogret(rolle_id: UUID) -> str:
    """The form that gives or takes a supervisor's right to the organisation's catalogue."""
    rolle = _supervisor_rolle(rolle_id)
    return _right_page(rolle, KatalogretForm(obj=rolle))


@blueprint.post("/administration/roller/<uuid:rolle_id>/katalog")
@commits
def gem_katalogret(rolle_id: UUID) -> Response | tuple[str, int]:
    """Give or take the right."""
    rolle = _supervisor_rolle(rolle_id)
    form = KatalogretForm()
    wanted = form.retter_katalog.data
    if attempt(form, lambda: actions.set_katalogret(rolle, retter_katalog=wanted, by=viewer())) is None:
        return _right_page(rolle, form), 422
    renew(rolle.person)
    may = "må nu" if wanted else "må ikke"
    flash(f"{rolle.person.navn} {may} rette metoder og skabeloner for {_hus(rolle)}.", "success")
    return _to_person(rolle.person_id)


def _supervisor_rolle(rolle_id: UUID) -> Rolletildeling:
    """Raises NotFound when it is another role: only a supervisor's has the right."""
    rolle = get_rolletildeling(rolle_id, viewer=viewer())
    if rolle.rolle != rules.SUPERVISOR:
        raise NotFound
    return rolle


def _hus(rolle: Rolletildeling) -> str:
    assert rolle.organisation is not None
    return rolle.organisation.navn


def _rolle_form(person: Person, form: RolleForm) -> RolleForm:
    form.offer(list_teams(person.organisation_id), list_organisationer())
    return form


def _give(person: Person, form: RolleForm) -> Rolletildeling:
    team: Team | None = get_team(form.team.data, viewer=viewer()) if form.team.data else None
    organisation: Organisation | None = (
        get_organisation(form.organisation.data, viewer=viewer()) if form.organisation.data else None
    )
    return actions.give_rolle(
        person,
        rolle=form.rolle.data,
        team=team,
        organisation=organisation,
        fra=form.first_day,
        til=form.first_day_without,
        retter_katalog=form.retter_katalog.data,
        by=viewer(),
    )


def _page(person: Person, form: RolleForm) -> str:
    return render_template("personer/ny_rolle.html", person=person, form=form)


def _end_page(rolle: Rolletildeling, form: SlutForm) -> str:
    return render_template(
        "personer/slut_rolle.html", rolle=rolle, rolle_navn=rules.ROLLE_NAVNE[rolle.rolle], form=form
    )


def _right_page(rolle: Rolletildeling, form: KatalogretForm) -> str:
    return render_template("personer/katalogret.html", rolle=rolle, form=form)


def _to_person(person_id: UUID) -> Response:
    return redirect(url_for("personer.person", person_id=person_id), 303)
