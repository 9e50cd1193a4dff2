"""People: find, make, change, shut out and let in."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import adgangslog, clock
from supervision.access import viewer
from supervision.db import commits, db
from supervision.personer import rules
from supervision.personer.actions import people as actions
from supervision.personer.forms import PersonForm
from supervision.personer.models import Person
from supervision.personer.queries import list_organisationer
from supervision.personer.queries.administration import get_anybody, get_organisation, list_personer
from supervision.personer.queries.andet_trin import has_second_step
from supervision.personer.queries.invitations import list_open_invitations
from supervision.personer.rules import wording
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt
from supervision.problems import RuleBroken


@blueprint.get("/administration/personer")
def personer() -> str:
    """Everybody, page by page; `q` searches name and e-mail, `organisation` keeps one organisation's."""
    search = wording.clean(request.args.get("q", "")[:120])
    chosen = request.args.get("organisation", type=UUID)
    found = list_personer(
        viewer=viewer(),
        search=search,
        organisation_id=chosen,
        page=request.args.get("side", 1, type=int),
    )
    looked = adgangslog.SOEGT if search else adgangslog.LAEST
    adgangslog.seen("konti", {one.organisation_id for one in found.people}, handling=looked)
    return render_template(
        "personer/personer.html",
        found=found,
        search=search,
        organisationer=list_organisationer(),
        chosen=chosen,
        day=clock.today(),
        gaelder=rules.gaelder,
        rolle_navne=rules.ROLLE_NAVNE,
    )


@blueprint.get("/administration/personer/<uuid:person_id>")
def person(person_id: UUID) -> str:
    """One person: who, which roles when, and the way in."""
    found = get_anybody(person_id, viewer=viewer())
    day = clock.today()
    return render_template(
        "personer/person.html",
        person=found,
        roller=sorted(found.rolletildelinger, key=lambda rolle: rolle.fra, reverse=True),
        rolle_navne=rules.ROLLE_NAVNE,
        day=day,
        gaelder=rules.gaelder,
        links=list_open_invitations(found.id),
        is_oneself=found.id == viewer().id,
        andet_trin=has_second_step(found.id),
    )


@blueprint.get("/administration/personer/ny")
def ny_person() -> str:
    """The form for a new person; `organisation` in the query is chosen beforehand."""
    form = _person_form(PersonForm(organisation=request.args.get("organisation", type=UUID)))
    return render_template("personer/ny_person.html", form=form)


@blueprint.post("/administration/personer/ny")
@commits
def opret_person() -> Response | tuple[str, int]:
    """Make the person."""
    form = _person_form(PersonForm())
    made = attempt(form, lambda: _create(form))
    if made is None:
        return render_template("personer/ny_person.html", form=form), 422
    adgangslog.seen("person", [made.id], handling=adgangslog.AENDRET)
    flash(f"{made.navn} er oprettet. Giv en rolle, og lav en invitation.", "success")
    return _to_person(made.id)


@blueprint.get("/administration/personer/<uuid:person_id>/ret")
def ret_person(person_id: UUID) -> str:
    """The form that changes a person."""
    found = get_anybody(person_id, viewer=viewer())
    form = _person_form(PersonForm(obj=found, organisation=found.organisation_id))
    form.organisation.data = found.organisation_id
    return render_template("personer/ret_person.html", person=found, form=form)


@blueprint.post("/administration/personer/<uuid:person_id>/ret")
@commits
def gem_person(person_id: UUID) -> Response | tuple[str, int]:
    """Change the person."""
    found = get_anybody(person_id, viewer=viewer())
    form = _person_form(PersonForm())
    if attempt(form, lambda: _change(found, form)) is None:
        return render_template("personer/ret_person.html", person=found, form=form), 422
    flash("Gemt.", "success")
    return _to_person(person_id)


@blueprint.post("/administration/personer/<uuid:person_id>/luk")
@commits
def luk_person(person_id: UUID) -> Response:
    """Shut the person's way in."""
    found = get_anybody(person_id, viewer=viewer())
    try:
        actions.deactivate(found, by=viewer())
    except RuleBroken as problem:
        db.session.rollback()
        flash(problem.text, "error")
    else:
        flash(
            f"{found.navn} er lukket ude og logget ud alle steder. Roller og historik er urørte.", "success"
        )
    return _to_person(person_id)


@blueprint.post("/administration/personer/<uuid:person_id>/luk-op")
@commits
def luk_op_person(person_id: UUID) -> Response:
    """Open the person's way in again."""
    found = actions.activate(get_anybody(person_id, viewer=viewer()), by=viewer())
    flash(f"{found.navn} kan logge ind igen med sin adgangskode.", "success")
    return _to_person(person_id)


def _person_form(form: PersonForm) -> PersonForm:
    form.offer(list_organisationer())
    return form


def _create(form: PersonForm) -> Person:
    organisation = get_organisation(form.organisation.data, viewer=viewer())
    return actions.create_person(
        navn=form.navn.data or "", email=form.email.data or "", organisation=organisation, by=viewer()
    )


def _change(found: Person, form: PersonForm) -> Person:
    organisation = get_organisation(form.organisation.data, viewer=viewer())
    return actions.change_person(
        found, navn=form.navn.data or "", email=form.email.data or "", organisation=organisation, by=viewer()
    )


def _to_person(person_id: UUID) -> Response:
    return redirect(url_for("personer.person", person_id=person_id), 303)
