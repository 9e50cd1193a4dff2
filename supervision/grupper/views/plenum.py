"""What was agreed in plenum: written down, taken up at the next meeting, and kept as a history."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.grupper import actions, forms, queries, rules
from supervision.grupper.models import Laeringsgruppe, Plenumaftale
from supervision.grupper.views import blueprint
from supervision.problems import RuleBroken

SVAR = {
    "fortsat": "Gemt. Det holder I fast i.",
    "gjort": "Gemt. Aftalen er gjort.",
    "droppet": "Gemt. Aftalen ligger nu under de tidligere.",
    "aaben": "Gemt. I tager aftalen op igen næste gang.",
}


@blueprint.get("/grupper/<uuid:gruppe_id>/aftaler")
def plenum(gruppe_id: UUID) -> str:
    """Every agreement: what comes back next time, what is kept going, and what is over."""
    found = queries.get_gruppe(gruppe_id, viewer=viewer())
    return render_template(
        "grupper/plenum.html", gruppe=found, plenum=queries.list_plenum(found), person=viewer(), rules=rules
    )


@blueprint.get("/grupper/<uuid:gruppe_id>/aftaler/ny")
def ny_plenumaftale(gruppe_id: UUID) -> str:
    """Write one down, today's meeting unless another day is chosen."""
    found = queries.get_gruppe(gruppe_id, viewer=viewer())
    return _new_page(found, forms.PlenumaftaleForm(data={"aftalt": clock.today()}))


@blueprint.post("/grupper/<uuid:gruppe_id>/aftaler/ny")
@commits
def opret_plenumaftale(gruppe_id: UUID) -> Response:
    """Store it."""
    found = queries.get_gruppe(gruppe_id, viewer=viewer())
    form = forms.PlenumaftaleForm()
    if form.validate_on_submit():
        try:
            actions.create_plenumaftale(found, tekst=form.tekst.data or "", aftalt=form.dag, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Aftalen er gemt. Den kommer igen øverst på gruppens side.", "success")
            return redirect(url_for("grupper.plenum", gruppe_id=gruppe_id), 303)
    return make_response(_new_page(found, form), 422)


@blueprint.get("/plenumaftaler/<uuid:plenumaftale_id>")
def plenumaftale(plenumaftale_id: UUID) -> str:
    """How did it go?"""
    aftale = queries.get_plenumaftale(plenumaftale_id, viewer=viewer())
    return _mark_page(aftale, forms.MaerkeForm(data={"dag": clock.today()}))


@blueprint.post("/plenumaftaler/<uuid:plenumaftale_id>")
@commits
def maerk_plenumaftale(plenumaftale_id: UUID) -> Response:
    """Store what the group said of it."""
    aftale = queries.get_plenumaftale(plenumaftale_id, viewer=viewer(), hold=True)
    form = forms.MaerkeForm()
    if form.validate_on_submit():
        try:
            actions.mark_plenumaftale(aftale, maerke=form.maerke.data, dag=form.moededag, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(SVAR[form.maerke.data], "success")
            return redirect(url_for("grupper.plenum", gruppe_id=aftale.gruppe_id), 303)
    return make_response(_mark_page(aftale, form), 422)


@blueprint.get("/plenumaftaler/<uuid:plenumaftale_id>/ret")
def ret_plenumaftale(plenumaftale_id: UUID) -> str:
    """Put the words or the day right. Raises RuleBroken once the group has said how it went."""
    aftale = queries.get_plenumaftale_to_rewrite(plenumaftale_id, viewer=viewer())
    rules.check_can_rewrite(aftale)
    return _edit_page(aftale, forms.PlenumaftaleForm(obj=aftale))


@blueprint.post("/plenumaftaler/<uuid:plenumaftale_id>/ret")
@commits
def gem_plenumaftale(plenumaftale_id: UUID) -> Response:
    """Store it."""
    aftale = queries.get_plenumaftale_to_rewrite(plenumaftale_id, viewer=viewer(), hold=True)
    rules.check_can_rewrite(aftale)
    form = forms.PlenumaftaleForm()
    if form.validate_on_submit():
        try:
            actions.rewrite_plenumaftale(aftale, tekst=form.tekst.data or "", aftalt=form.dag, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Aftalen er rettet.", "success")
            return redirect(url_for("grupper.plenum", gruppe_id=aftale.gruppe_id), 303)
    return make_response(_edit_page(aftale, form), 422)


@blueprint.post("/plenumaftaler/<uuid:plenumaftale_id>/slet")
@commits
def slet_plenumaftale(plenumaftale_id: UUID) -> Response:
    """Take it away."""
    aftale = queries.get_plenumaftale_to_rewrite(plenumaftale_id, viewer=viewer(), hold=True)
    gruppe_id = aftale.gruppe_id
    actions.delete_plenumaftale(aftale, by=viewer())
    flash("Aftalen er slettet.", "success")
    return redirect(url_for("grupper.plenum", gruppe_id=gruppe_id), 303)


def _new_page(gruppe: Laeringsgruppe, form: forms.PlenumaftaleForm) -> str:
    return render_template("grupper/ny_plenumaftale.html", gruppe=gruppe, form=form, rules=rules)


def _edit_page(aftale: Plenumaftale, form: forms.PlenumaftaleForm) -> str:
    return render_template(
        "grupper/ret_plenumaftale.html", gruppe=aftale.gruppe, aftale=aftale, form=form, rules=rules
    )


def _mark_page(aftale: Plenumaftale, form: forms.MaerkeForm) -> str:
    return render_template(
        "grupper/plenumaftale.html",
        gruppe=aftale.gruppe,
        aftale=aftale,
        tilstand=rules.aftale_tilstand(aftale),
        kan_rettes=rules.may_rewrite(aftale, viewer().id, aftale.gruppe.facilitator_id),
        form=form,
    )
