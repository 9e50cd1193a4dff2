"""What the facilitator does: makes the group, chooses its members, hands it over, closes it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.danish import opremsning
from supervision.db import commits
from supervision.grupper import actions, forms, queries
from supervision.grupper.models import Laeringsgruppe
from supervision.grupper.views import blueprint
from supervision.problems import RuleBroken


@blueprint.get("/grupper/ny")
def ny_gruppe() -> str:
    """A teamleder makes a group and becomes its facilitator."""
    return render_template("grupper/ny_gruppe.html", form=forms.GruppeForm())


@blueprint.post("/grupper/ny")
@commits
def opret_gruppe() -> Response:
    """Make it, and go on to its members."""
    form = forms.GruppeForm()
    try:
        made = actions.create_gruppe(navn=form.navn.data or "", by=viewer())
    except RuleBroken as problem:
        form.show_problem(problem)
        return make_response(render_template("grupper/ny_gruppe.html", form=form), 422)
    flash(f"Gruppen {made.navn} er oprettet. Vælg nu, hvem der er med.", "success")
    return redirect(url_for("grupper.rediger_gruppe", gruppe_id=made.id), 303)


@blueprint.get("/grupper/<uuid:gruppe_id>/rediger")
def rediger_gruppe(gruppe_id: UUID) -> str:
    """Name, members, facilitator, and closing it."""
    return _page(queries.get_gruppe_to_lead(gruppe_id, viewer=viewer()))


@blueprint.post("/grupper/<uuid:gruppe_id>/rediger")
@commits
def omdoeb_gruppe(gruppe_id: UUID) -> Response:
    """Give it another name."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer(), hold=True)
    form = forms.GruppeForm()
    try:
        actions.rename_gruppe(found, navn=form.navn.data or "", by=viewer())
    except RuleBroken as problem:
        form.show_problem(problem)
        return make_response(_page(found, navn=form), 422)
    flash(f"Gruppen hedder nu {found.navn}.", "success")
    return _back(gruppe_id)


@blueprint.post("/grupper/<uuid:gruppe_id>/medlemmer")
@commits
def tilfoej_medlemmer(gruppe_id: UUID) -> Response:
    """Take the chosen colleagues in, all or none."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer(), hold=True)
    form = _member_form(found)
    valid = form.validate_on_submit()
    if not valid or not form.person_ids:
        if valid:
            form.show_problem(RuleBroken("Vælg mindst én kollega.", "person"))
        return make_response(_page(found, medlem=form), 422)
    own, others = queries.list_mulige_medlemmer(found, viewer=viewer())
    chosen = [person for person in (*own, *others) if person.id in form.person_ids]
    for person in chosen:
        actions.add_medlem(found, person=person, by=viewer())
    flash(f"{opremsning(p.fornavn for p in chosen)} er nu med i gruppen.", "success")
    return _back(gruppe_id)


@blueprint.post("/grupper/<uuid:gruppe_id>/medlemmer/<uuid:person_id>/fjern")
@commits
def fjern_medlem(gruppe_id: UUID, person_id: UUID) -> Response:
    """Take somebody out."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer(), hold=True)
    actions.remove_medlem(found, person_id=person_id, by=viewer())
    flash("Personen er ude af gruppen og kan ikke længere se den.", "success")
    return _back(gruppe_id)


@blueprint.post("/grupper/<uuid:gruppe_id>/facilitator")
@commits
def skift_facilitator(gruppe_id: UUID) -> Response:
    """Hand the group over; the one who does is out of it."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer(), hold=True)
    form = _facilitator_form(found)
    if not form.validate_on_submit():
        return make_response(_page(found, facilitator=form), 422)
    possible = queries.list_mulige_facilitatorer(found, viewer=viewer())
    chosen = next(person for person in possible if person.id == form.facilitator.data)
    actions.hand_over_facilitator(found, to=chosen, by=viewer())
    flash(f"{chosen.navn} er nu facilitator for gruppen {found.navn}.", "success")
    return redirect(url_for("grupper.gruppe"), 303)


@blueprint.post("/grupper/<uuid:gruppe_id>/nedlaeg")
@commits
def nedlaeg_gruppe(gruppe_id: UUID) -> Response:
    """Close it for good."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer(), hold=True)
    actions.close_gruppe(found, by=viewer())
    flash(f"Gruppen {found.navn} er nedlagt.", "success")
    return redirect(url_for("grupper.gruppe"), 303)


def _page(
    gruppe: Laeringsgruppe,
    navn: forms.GruppeForm | None = None,
    medlem: forms.MedlemForm | None = None,
    facilitator: forms.FacilitatorForm | None = None,
) -> str:
    return render_template(
        "grupper/rediger_gruppe.html",
        gruppe=gruppe,
        medlemmer=queries.list_medlemmer(gruppe),
        runder=gruppe.runder,
        today=clock.today(),
        navn_form=navn or forms.GruppeForm(formdata=None, data={"navn": gruppe.navn}),
        medlem_form=medlem or _member_form(gruppe, typed=False),
        facilitator_form=facilitator or _facilitator_form(gruppe, typed=False),
    )


def _member_form(gruppe: Laeringsgruppe, *, typed: bool = True) -> forms.MedlemForm:
    form = forms.MedlemForm() if typed else forms.MedlemForm(formdata=None)
    form.offer(*queries.list_mulige_medlemmer(gruppe, viewer=viewer()), viewer())
    return form


def _facilitator_form(gruppe: Laeringsgruppe, *, typed: bool = True) -> forms.FacilitatorForm:
    form = forms.FacilitatorForm() if typed else forms.FacilitatorForm(formdata=None)
    form.offer(queries.list_mulige_facilitatorer(gruppe, viewer=viewer()), viewer())
    return form


def _back(gruppe_id: UUID) -> Response:
    return redirect(url_for("grupper.rediger_gruppe", gruppe_id=gruppe_id), 303)
