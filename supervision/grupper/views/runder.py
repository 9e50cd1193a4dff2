"""The rounds of a group, made and changed by its facilitator."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.grupper import actions, forms, queries
from supervision.grupper.models import Laeringsgruppe, Runde
from supervision.grupper.views import blueprint
from supervision.problems import RuleBroken


@blueprint.get("/grupper/<uuid:gruppe_id>/runder/ny")
def ny_runde(gruppe_id: UUID) -> str:
    """Name and days of a new round."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer())
    return _new_page(found, forms.RundeForm())


@blueprint.post("/grupper/<uuid:gruppe_id>/runder/ny")
@commits
def opret_runde(gruppe_id: UUID) -> Response:
    """Make it."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer(), hold=True)
    form = forms.RundeForm()
    if form.validate_on_submit():
        fra, til = form.days
        try:
            actions.create_runde(found, navn=form.navn.data or "", fra=fra, til=til, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Runden er oprettet.", "success")
            return redirect(url_for("grupper.laeringsgruppe", gruppe_id=gruppe_id), 303)
    return make_response(_new_page(found, form), 422)


@blueprint.get("/runder/<uuid:runde_id>")
def rediger_runde(runde_id: UUID) -> str:
    """Another name, other days."""
    runde = queries.get_runde_to_lead(runde_id, viewer=viewer())
    return _edit_page(runde, forms.RundeForm(obj=runde))


@blueprint.post("/runder/<uuid:runde_id>")
@commits
def gem_runde(runde_id: UUID) -> Response:
    """Store it."""
    runde = queries.get_runde_to_lead(runde_id, viewer=viewer(), hold=True)
    form = forms.RundeForm()
    if form.validate_on_submit():
        fra, til = form.days
        try:
            actions.change_runde(runde, navn=form.navn.data or "", fra=fra, til=til, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Runden er gemt.", "success")
            return redirect(url_for("grupper.laeringsgruppe", gruppe_id=runde.gruppe_id), 303)
    return make_response(_edit_page(runde, form), 422)


def _new_page(gruppe: Laeringsgruppe, form: forms.RundeForm) -> str:
    return render_template("grupper/ny_runde.html", gruppe=gruppe, form=form)


def _edit_page(runde: Runde, form: forms.RundeForm) -> str:
    return render_template("grupper/rediger_runde.html", gruppe=runde.gruppe, runde=runde, form=form)
