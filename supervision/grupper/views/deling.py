"""Sharing points of one's own feedback, taking them back, and what was shared with a teamleder."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import adgangslog
from supervision.access import viewer
from supervision.db import commits
from supervision.feedback.models import Feedback
from supervision.feedback.rules.punkter import SLAGS
from supervision.grupper import actions, forms, queries
from supervision.grupper.views import blueprint
from supervision.problems import RuleBroken


@blueprint.get("/feedback/<uuid:feedback_id>/del")
def del_punkter(feedback_id: UUID) -> str:
    """Choose points and a receiver; see what is shared now."""
    found = queries.get_feedback_to_share(feedback_id, viewer=viewer())
    return _page(found, _form(found))


@blueprint.post("/feedback/<uuid:feedback_id>/del")
@commits
def gem_deling(feedback_id: UUID) -> Response:
    """Share the chosen points."""
    found = queries.get_feedback_to_share(feedback_id, viewer=viewer(), hold=True)
    form = _form(found)
    if form.validate_on_submit():
        try:
            modtager = actions.share_points(
                found, punkt_ids=form.punkter.data or (), modtager_key=form.modtager.data, by=viewer()
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(f"Delt med {modtager.navn}. Du kan trække det tilbage, når du vil.", "success")
            return redirect(url_for("grupper.del_punkter", feedback_id=feedback_id), 303)
    return make_response(_page(found, form), 422)


@blueprint.post("/delinger/<uuid:deling_id>/traek")
@commits
def traek_deling(deling_id: UUID) -> Response:
    """Take one back; it is gone for the receiver at once."""
    deling = queries.get_own_deling(deling_id, viewer=viewer())
    feedback_id = deling.punkt.feedback_id
    actions.withdraw_deling(deling, by=viewer())
    flash("Delingen er trukket tilbage.", "success")
    return redirect(url_for("grupper.del_punkter", feedback_id=feedback_id), 303)


@blueprint.get("/delt-med-mig")
def delt_med_mig() -> str:
    """What people in my teams have chosen to show me."""
    delte = queries.list_delt_med_teamleder(viewer=viewer())
    adgangslog.seen("deling", [delt.id for delt in delte])
    return render_template("grupper/delt_med_mig.html", delte=delte)


def _form(feedback: Feedback) -> forms.DelForm:
    form = forms.DelForm()
    form.offer(
        [(punkt.id, punkt.tekst) for punkt in feedback.punkter if punkt.sendt_at is not None],
        [(modtager.key, modtager.ord) for modtager in queries.list_modtagere(viewer=viewer())],
    )
    return form


def _page(feedback: Feedback, form: forms.DelForm) -> str:
    return render_template(
        "grupper/del_punkter.html",
        feedback=feedback,
        form=form,
        delinger=queries.list_delinger_of(feedback, viewer=viewer()),
        modtagere=queries.list_modtagere(viewer=viewer()),
        slags=SLAGS,
    )
