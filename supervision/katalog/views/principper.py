"""An organisation's principles, for whoever may change its catalogue."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.katalog.actions import principper as actions
from supervision.katalog.forms.principper import PrincipForm
from supervision.katalog.models import Princip
from supervision.katalog.queries import principper as queries
from supervision.katalog.queries.egne import get_organisation_to_edit, list_organisationer_to_edit
from supervision.katalog.rules import principper as rules
from supervision.katalog.views import blueprint
from supervision.personer.models import Organisation
from supervision.problems import RuleBroken

STEPS = {"op": -1, "ned": 1}


@blueprint.get("/katalog/principper")
def principper() -> Response | str:
    """Whose principles? With exactly one organisation I go straight to its own."""
    found = list_organisationer_to_edit(viewer())
    if len(found) == 1:
        return redirect(url_for("katalog.principper_hos", organisation_id=found[0].id))
    return render_template(
        "katalog/principper.html",
        organisationer=[(one, len(queries.list_principper(one.id))) for one in found],
    )


@blueprint.get("/katalog/principper/<uuid:organisation_id>")
def principper_hos(organisation_id: UUID) -> str:
    """The organisation's list in its order, those out of use, and a new one."""
    found = get_organisation_to_edit(organisation_id, viewer=viewer())
    return _page(found, PrincipForm(formdata=None))


@blueprint.post("/katalog/principper/<uuid:organisation_id>")
@commits
def opret_princip(organisation_id: UUID) -> Response:
    """Add one at the end."""
    found = get_organisation_to_edit(organisation_id, viewer=viewer(), hold=True)
    form = PrincipForm()
    if form.validate_on_submit():
        try:
            actions.create_princip(organisation_id=found.id, by=viewer(), **form.words)
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Princippet er skrevet på listen.", "success")
            return _back(found.id)
    return make_response(_page(found, form), 422)


@blueprint.get("/principper/<uuid:princip_id>")
def ret_princip(princip_id: UUID) -> str:
    """Other words."""
    princip = queries.get_princip(princip_id, viewer=viewer())
    return _edit_page(princip, PrincipForm(obj=princip))


@blueprint.post("/principper/<uuid:princip_id>")
@commits
def gem_princip(princip_id: UUID) -> Response:
    """Store them, for the kontrakter to come."""
    princip = queries.get_princip_to_change(princip_id, viewer=viewer())
    form = PrincipForm()
    if form.validate_on_submit():
        try:
            actions.change_princip(princip, by=viewer(), **form.words)
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Princippet er rettet. Kontrakter, der har det, beholder de gamle ord.", "success")
            return _back(princip.organisation_id)
    return make_response(_edit_page(princip, form), 422)


@blueprint.post("/principper/<uuid:princip_id>/flyt")
@commits
def flyt_princip(princip_id: UUID) -> Response:
    """One place up or down, as the pressed button says."""
    princip = queries.get_princip_to_change(princip_id, viewer=viewer())
    step = STEPS.get(request.form.get("retning", ""))
    if step is not None:
        actions.move_princip(princip, step=step, by=viewer())
    return _back(princip.organisation_id)


@blueprint.post("/principper/<uuid:princip_id>/ude")
@commits
def tag_princip_ud(princip_id: UUID) -> Response:
    """Out of use."""
    princip = queries.get_princip_to_change(princip_id, viewer=viewer())
    actions.take_out_princip(princip, by=viewer())
    flash("Princippet er taget ud af brug. De kontrakter, der har det, beholder det.", "success")
    return _back(princip.organisation_id)


@blueprint.post("/principper/<uuid:princip_id>/i-brug")
@commits
def tag_princip_i_brug(princip_id: UUID) -> Response:
    """In use again."""
    princip = queries.get_princip_to_change(princip_id, viewer=viewer())
    try:
        actions.put_back_princip(princip, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "warning")
    else:
        flash("Princippet er i brug igen.", "success")
    return _back(princip.organisation_id)


def _page(organisation: Organisation, form: PrincipForm) -> str:
    return render_template(
        "katalog/principper_hos.html",
        organisation=organisation,
        i_brug=queries.list_principper(organisation.id),
        ude=queries.list_principper_ude(organisation.id),
        flere=len(list_organisationer_to_edit(viewer())) > 1,
        form=form,
        rules=rules,
    )


def _edit_page(princip: Princip, form: PrincipForm) -> str:
    return render_template("katalog/ret_princip.html", princip=princip, form=form, rules=rules)


def _back(organisation_id: UUID) -> Response:
    return redirect(url_for("katalog.principper_hos", organisation_id=organisation_id), 303)
