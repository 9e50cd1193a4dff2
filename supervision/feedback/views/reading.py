"""The fokusperson opens it and reads; the observatør sees what was sent. And the drawers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.feedback import forms, queries
from supervision.feedback.actions import reading
from supervision.feedback.models import Feedback, FeedbackPunkt, Spoergsmaal
from supervision.feedback.rules import punkter
from supervision.feedback.views import blueprint
from supervision.laeringspil.queries import list_efterfoelgere
from supervision.personer.views.ord import speak_for


@blueprint.get("/feedback/<uuid:feedback_id>")
def laes(feedback_id: UUID) -> str:
    """For the fokusperson: first the closed letter, then all of it. For the observatør: what was sent."""
    return render_laes(queries.get_sent_feedback(feedback_id, viewer=viewer()))


@blueprint.post("/feedback/<uuid:feedback_id>/aabn")
@commits
def aabn(feedback_id: UUID) -> Response:
    """The fokusperson opens the letter."""
    feedback = queries.get_feedback_as_fokusperson(feedback_id, viewer=viewer(), read=False)
    reading.open_feedback(feedback=feedback, by=viewer())
    return redirect(url_for("feedback.laes", feedback_id=feedback.id), 303)


@blueprint.get("/feedback/<uuid:feedback_id>/skuffer")
def skuffer(feedback_id: UUID) -> Response:
    """The question about the drawers, to the fokusperson, before anything is sent; nothing of the draft."""
    feedback = queries.get_feedback_with_drawers(feedback_id, viewer=viewer())
    if feedback.sendt_at is not None:
        return redirect(url_for("feedback.laes", feedback_id=feedback.id, _anchor="skuffer"), 303)
    kontrakt = queries.get_kontrakt_of(feedback.observation)
    speak_for(feedback.observation.organisation_id)
    return make_response(
        render_template(
            "feedback/skuffer.html", feedback=feedback, skuffer=queries.list_skuffer(kontrakt, feedback)
        )
    )


@blueprint.post("/feedback/<uuid:feedback_id>/skuffer/aabn")
@commits
def aabn_skuffe(feedback_id: UUID) -> Response:
    """The fokusperson says yes to a drawer."""
    feedback = queries.get_feedback_with_drawers(feedback_id, viewer=viewer(), hold=True)
    slags = forms.chosen_skuffe()
    reading.open_skuffe(feedback=feedback, slags=slags, by=viewer())
    flash(
        f"{punkter.SLAGS[slags]} er åben. {feedback.observatoer.fornavn} kan nu skrive til dig i den.",
        "success",
    )
    return _back_to_drawers(feedback)


@blueprint.post("/feedback/<uuid:feedback_id>/skuffer/luk")
@commits
def luk_skuffe(feedback_id: UUID) -> Response:
    """The fokusperson shuts a drawer, or says no."""
    feedback = queries.get_feedback_with_drawers(feedback_id, viewer=viewer(), hold=True)
    slags = forms.chosen_skuffe()
    reading.shut_skuffe(feedback=feedback, slags=slags, by=viewer())
    flash(f"{punkter.SLAGS[slags]} er låst. Du kan åbne den, hvis du får lyst.", "success")
    return _back_to_drawers(feedback)


@blueprint.post("/feedback/<uuid:feedback_id>/luk")
@commits
def luk(feedback_id: UUID) -> Response:
    """The fokusperson has the last word."""
    feedback = queries.get_feedback_as_fokusperson(feedback_id, viewer=viewer())
    reading.close_feedback(feedback=feedback, by=viewer())
    flash("Feedbacken er lukket. Den er din, og du kan læse den, når du vil.", "success")
    return redirect(url_for("feedback.laes", feedback_id=feedback.id), 303)


def render_laes(feedback: Feedback, ved: UUID | str | None = None, form: Any = None) -> str:
    """The page for whichever of the two asks. form: one that was sent back; ved: where it stands."""
    own = feedback.fokusperson_id == viewer().id
    speak_for(feedback.observation.organisation_id)
    if own and feedback.laest_at is None:
        refleksion = queries.find_refleksion(queries.get_kontrakt_of(feedback.observation), viewer=viewer())
        return render_template("feedback/aabn.html", feedback=feedback, refleksion=refleksion)
    kontrakt = queries.get_kontrakt_of(feedback.observation)
    shown = {
        "feedback": feedback,
        "nyt": queries.find_nyt(feedback, viewer=viewer()),
        "kontrakt": kontrakt,
        "sendte": [p for p in punkter.i_orden(feedback.punkter) if p.sendt_at is not None],
        "skuffer": queries.list_skuffer(kontrakt, feedback),
        "slags": punkter.SLAGS,
        "laesefrist": feedback.lukket_at and punkter.observer_may_read_until(feedback.lukket_at),
        "ved": ved,
        "form": form,
        "refleksion": queries.find_refleksion(kontrakt, viewer=viewer()),
    }
    if not own:
        med_form = forms.TagerMedForm(formdata=None, data={"tager_med": feedback.tager_med})
        return render_template(
            "feedback/laes_observatoer.html", **shown, svar_form=_svar_form, med_form=med_form
        )
    return render_template(
        "feedback/laes.html",
        **shown,
        linjer={one.fra_punkt: one for one in list_efterfoelgere(viewer=viewer())},
        tak_form=forms.TakForm(formdata=None),
        spoerg_form=_spoerg_form,
        note_form=forms.NoteForm(formdata=None, data={"egen_note": feedback.egen_note}),
    )


def _spoerg_form(punkt: FeedbackPunkt) -> forms.SpoergForm:
    return forms.named(forms.SpoergForm(formdata=None), punkt.id)


def _svar_form(spoergsmaal: Spoergsmaal) -> forms.SvarForm:
    return forms.named(forms.SvarForm(formdata=None), spoergsmaal.id)


def _back_to_drawers(feedback: Feedback) -> Response:
    endpoint = "feedback.laes" if feedback.sendt_at else "feedback.skuffer"
    return redirect(url_for(endpoint, feedback_id=feedback.id, _anchor="skuffer"), 303)
