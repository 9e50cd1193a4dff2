"""What is said back: thanks, questions and answers, marks to keep, the own note."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.feedback import forms, queries
from supervision.feedback.actions import reading
from supervision.feedback.models import Feedback
from supervision.feedback.views import blueprint
from supervision.feedback.views.reading import render_laes
from supervision.laeringspil.actions import add_linje
from supervision.laeringspil.queries import find_laeringspil, list_linjer
from supervision.problems import RuleBroken


@blueprint.post("/feedback/<uuid:feedback_id>/nyt")
@commits
def se_nyt(feedback_id: UUID) -> Response:
    """Go to what has come since, and have it told as new no more."""
    feedback = queries.get_sent_feedback(feedback_id, viewer=viewer(), hold=True)
    nyt = queries.find_nyt(feedback, viewer=viewer())
    reading.see_nyt(feedback=feedback, by=viewer())
    return _back(feedback, f"punkt-{nyt.punkt_id}" if nyt and nyt.punkt_id else "")


@blueprint.post("/feedback/<uuid:feedback_id>/tak")
@commits
def tak(feedback_id: UUID) -> Response:
    """Say thanks."""
    feedback = queries.get_feedback_as_fokusperson(feedback_id, viewer=viewer())
    form = forms.TakForm()
    if not form.validate_on_submit():
        return make_response(render_laes(feedback, "tak", form), 422)
    reading.say_thanks(feedback=feedback, by=viewer(), tak=form.tak.data or "")
    flash(f"Dit tak er givet videre til {feedback.observatoer.fornavn}.", "success")
    return _back(feedback)


@blueprint.post("/feedback/<uuid:feedback_id>/punkter/<uuid:punkt_id>/spoerg")
@commits
def spoerg(feedback_id: UUID, punkt_id: UUID) -> Response:
    """Ask back about one point."""
    feedback = queries.get_feedback_as_fokusperson(feedback_id, viewer=viewer())
    punkt = queries.get_sent_punkt(feedback, punkt_id)
    form = forms.named(forms.SpoergForm(), punkt.id)
    if not form.validate_on_submit():
        return make_response(render_laes(feedback, punkt.id, form), 422)
    try:
        reading.ask_question(punkt=punkt, by=viewer(), tekst=form.tekst.data or "")
    except RuleBroken as problem:
        form.tekst.errors = [problem.text]
        return make_response(render_laes(feedback, punkt.id, form), 422)
    flash(f"Dit spørgsmål er givet videre til {feedback.observatoer.fornavn}.", "success")
    return _back(feedback, f"punkt-{punkt.id}")


@blueprint.post("/feedback/<uuid:feedback_id>/spoergsmaal/<uuid:spoergsmaal_id>/svar")
@commits
def svar(feedback_id: UUID, spoergsmaal_id: UUID) -> Response:
    """The observatør answers."""
    feedback = queries.get_feedback_as_observatoer(feedback_id, viewer=viewer())
    spoergsmaal = queries.get_spoergsmaal(feedback, spoergsmaal_id)
    form = forms.named(forms.SvarForm(), spoergsmaal.id)
    if not form.validate_on_submit():
        return make_response(render_laes(feedback, spoergsmaal.id, form), 422)
    try:
        reading.answer_question(
            feedback=feedback, spoergsmaal=spoergsmaal, by=viewer(), svar=form.tekst.data or ""
        )
    except RuleBroken as problem:
        form.tekst.errors = [problem.text]
        return make_response(render_laes(feedback, spoergsmaal.id, form), 422)
    flash(f"Dit svar er givet videre til {feedback.fokusperson.fornavn}.", "success")
    return _back(feedback, f"punkt-{spoergsmaal.punkt_id}")


@blueprint.post("/feedback/<uuid:feedback_id>/punkter/<uuid:punkt_id>/behold")
@commits
def behold(feedback_id: UUID, punkt_id: UUID) -> Response:
    """Mark a point as one to keep, or not; nobody else sees it."""
    feedback = queries.get_feedback_as_fokusperson(feedback_id, viewer=viewer())
    punkt = queries.get_sent_punkt(feedback, punkt_id)
    form = forms.BeholdForm()
    if form.validate_on_submit():
        reading.keep_punkt(punkt=punkt, by=viewer(), keep=form.behold.data)
    return _back(feedback, f"punkt-{punkt.id}")


@blueprint.post("/feedback/<uuid:feedback_id>/punkter/<uuid:punkt_id>/laeringspil")
@commits
def til_laeringspil(feedback_id: UUID, punkt_id: UUID) -> Response:
    """Make a line of the fokusperson's own læringspil of one point, to be put in their own words.

    When the arrow is full, they choose the line that it takes the place of.
    """
    feedback = queries.get_feedback_as_fokusperson(feedback_id, viewer=viewer())
    punkt = queries.get_sent_punkt(feedback, punkt_id)
    try:
        add_linje(faerdighed=punkt.tekst, by=viewer(), fra_punkt=punkt.id, i_stedet_for=forms.chosen_linje())
    except RuleBroken:
        return redirect(url_for("feedback.vaelg_linje", feedback_id=feedback.id, punkt_id=punkt.id), 303)
    flash("Punktet er nu en linje i din læringspil. Skriv den om til dine egne ord.", "success")
    return redirect(url_for("laeringspil.ret"), 303)


@blueprint.get("/feedback/<uuid:feedback_id>/punkter/<uuid:punkt_id>/laeringspil")
def vaelg_linje(feedback_id: UUID, punkt_id: UUID) -> str:
    """The arrow is full: which of its three lines shall the point take the place of?"""
    feedback = queries.get_feedback_as_fokusperson(feedback_id, viewer=viewer())
    punkt = queries.get_sent_punkt(feedback, punkt_id)
    linjer = list_linjer(find_laeringspil(viewer()))
    return render_template("feedback/vaelg_linje.html", feedback=feedback, punkt=punkt, linjer=linjer)


@blueprint.post("/feedback/<uuid:feedback_id>/egen-note")
@commits
def egen_note(feedback_id: UUID) -> Response:
    """The fokusperson's note to themself."""
    feedback = queries.get_feedback_as_fokusperson(feedback_id, viewer=viewer())
    form = forms.NoteForm()
    if not form.validate_on_submit():
        return make_response(render_laes(feedback, "egen_note", form), 422)
    reading.write_egen_note(feedback=feedback, by=viewer(), tekst=form.egen_note.data or "")
    flash("Din note er gemt. Kun du kan se den.", "success")
    return _back(feedback, "egen-note")


def _back(feedback: Feedback, anchor: str = "") -> Response:
    return redirect(url_for("feedback.laes", feedback_id=feedback.id, _anchor=anchor or None), 303)
