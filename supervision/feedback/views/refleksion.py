"""One's own learning around the letter: the fokusperson's thoughts before it, the observatør's line after it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import commits
from supervision.feedback import forms, queries
from supervision.feedback.actions import refleksion as actions
from supervision.feedback.rules import punkter
from supervision.feedback.rules import refleksion as rules
from supervision.feedback.views import blueprint
from supervision.feedback.views.reading import render_laes
from supervision.problems import RuleBroken


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/egne-tanker")
def egne_tanker(kontrakt_id: UUID) -> str:
    """Three questions to the fokusperson, and what they answered before."""
    kontrakt = queries.get_kontrakt_to_reflect(kontrakt_id, viewer=viewer())
    found = queries.find_refleksion(kontrakt, viewer=viewer())
    data = {felt: getattr(found, felt) for felt in rules.SPOERGSMAAL} if found else None
    return _page(kontrakt, forms.RefleksionForm(formdata=None, data=data))


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/egne-tanker")
@commits
def gem_egne_tanker(kontrakt_id: UUID) -> Response:
    """Keep the thoughts."""
    kontrakt = queries.get_kontrakt_to_reflect(kontrakt_id, viewer=viewer())
    form = forms.RefleksionForm()
    if not form.validate_on_submit():
        return make_response(_page(kontrakt, form), 422)
    try:
        actions.write_refleksion(kontrakt=kontrakt, by=viewer(), svar=form.svar())
    except RuleBroken as problem:
        form.lykkedes.errors = [problem.text]
        return make_response(_page(kontrakt, form), 422)
    flash("Dine tanker er gemt. Kun du kan se dem, til du viser dem.", "success")
    return _back(kontrakt)


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/egne-tanker/vis")
@commits
def vis_egne_tanker(kontrakt_id: UUID) -> Response:
    """Show the thoughts to the observatør, or take them back."""
    kontrakt = queries.get_kontrakt_to_reflect(kontrakt_id, viewer=viewer())
    form = forms.VisForm()
    if form.validate_on_submit():
        actions.show_refleksion(kontrakt=kontrakt, by=viewer(), show=form.vis.data)
        navn = kontrakt.observatoer.fornavn
        words = (
            f"{navn} kan nu læse dine tanker."
            if form.vis.data
            else f"{navn} kan ikke længere læse dine tanker."
        )
        flash(words, "success")
    return _back(kontrakt)


@blueprint.post("/feedback/<uuid:feedback_id>/tager-med")
@commits
def tager_med(feedback_id: UUID) -> Response:
    """The observatør's own line."""
    feedback = queries.get_feedback_as_observatoer(feedback_id, viewer=viewer())
    form = forms.TagerMedForm()
    if not form.validate_on_submit():
        return make_response(render_laes(feedback, "tager_med", form), 422)
    actions.take_along(feedback=feedback, by=viewer(), tekst=form.tager_med.data or "")
    flash("Gemt. Kun du kan se det, også når feedbacken er lukket.", "success")
    return redirect(url_for("feedback.laes", feedback_id=feedback.id, _anchor="tager-med"), 303)


@blueprint.get("/laering/som-observatoer")
def tilbageblik() -> str:
    """How one's own feedback has been, for own eyes."""
    return render_template(
        "feedback/tilbageblik.html", tilbageblik=queries.get_tilbageblik(viewer=viewer()), slags=punkter.SLAGS
    )


def _page(kontrakt: FeedbackKontrakt, form: forms.RefleksionForm) -> str:
    return render_template(
        "feedback/egne_tanker.html",
        kontrakt=kontrakt,
        refleksion=queries.find_refleksion(kontrakt, viewer=viewer()),
        form=form,
        maks=rules.MAX_TEGN,
    )


def _back(kontrakt: FeedbackKontrakt) -> Response:
    return redirect(url_for("feedback.egne_tanker", kontrakt_id=kontrakt.id), 303)
