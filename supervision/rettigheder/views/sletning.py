"""Asking to be erased and undoing it; and letting go of one feedback."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from flask import current_app, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.feedback.queries import get_feedback_as_fokusperson, get_sent_feedback
from supervision.privacy import privacy_map
from supervision.problems import NotFound, RuleBroken
from supervision.rettigheder.actions import egne
from supervision.rettigheder.formats.journal import journal_of
from supervision.rettigheder.forms import SletForm
from supervision.rettigheder.queries.anmodninger import find_anmodning
from supervision.rettigheder.queries.egne_data import list_afsnit
from supervision.rettigheder.queries.opbevaring import beskyttelse_for
from supervision.rettigheder.views import blueprint


@blueprint.get("/profil/slet")
def slet_mig() -> str:
    """What goes, what stays and why, and how long it can be undone."""
    return _page(SletForm(formdata=None))


@blueprint.post("/profil/slet")
@commits
def bed_om_sletning() -> Response:
    """I ask for it."""
    form = SletForm()
    if not form.validate_on_submit():
        return make_response(_page(form), 422)
    try:
        egne.ask_for_erasure(by=viewer())
    except RuleBroken as problem:
        form.ja.errors = [problem.text]
        return make_response(_page(form), 422)
    flash("Vi har modtaget det. Du kan fortryde, indtil det sker.", "success")
    return redirect(url_for("rettigheder.slet_mig"), 303)


@blueprint.post("/profil/slet/fortryd")
@commits
def fortryd_sletning() -> Response:
    """I take it back."""
    egne.undo_erasure(by=viewer())
    flash("Fortrudt. Intet bliver slettet.", "success")
    return redirect(url_for("rettigheder.mine_data"), 303)


@blueprint.get("/feedback/<uuid:feedback_id>/slet")
def bekraeft_slet_feedback(feedback_id: UUID) -> str:
    """What goes with the feedback."""
    feedback = get_sent_feedback(feedback_id, viewer=viewer())
    if feedback.fokusperson_id != viewer().id:
        raise NotFound
    return render_template("rettigheder/slet_feedback.html", feedback=feedback)


@blueprint.post("/feedback/<uuid:feedback_id>/slet")
@commits
def slet_feedback(feedback_id: UUID) -> Response:
    """Let go of it, read or not."""
    feedback = get_feedback_as_fokusperson(feedback_id, viewer=viewer(), read=False)
    egne.delete_feedback(feedback, journal=journal_of(Path(current_app.instance_path)), by=viewer())
    flash("Feedbacken er slettet, med kontrakt, kryds og tal.", "success")
    return redirect(url_for("feedback.samtaler"), 303)


def _page(form: SletForm) -> str:
    person = viewer()
    kort = privacy_map()
    goes = {
        navn for navn, t in kort.tabeller.items() if any(sti.erase in ("delete", "parent") for sti in t.stier)
    }
    return render_template(
        "rettigheder/slet_mig.html",
        form=form,
        anmodning=find_anmodning(viewer=person),
        gaar=[a for a in list_afsnit(viewer=person) if a.rolle == "about" and a.tabel in goes],
        bliver=kort.bliver,
        fortrydelse=beskyttelse_for(person.organisation_id)[1],
    )
