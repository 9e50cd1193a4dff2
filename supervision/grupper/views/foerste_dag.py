"""A new person's first round: a practice kontrakt, a practice samtale in the recorder, feedback beside an example."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.feedback.rules.banehalvdel import EGEN, Dom, bedoem_tekst
from supervision.grupper import actions, forms, queries
from supervision.grupper.rules import foerste_dag as rules
from supervision.grupper.views import blueprint
from supervision.katalog.content import load_katalog
from supervision.katalog.rules import plain
from supervision.observationer import content
from supervision.observationer.content import Manuskript
from supervision.problems import NotFound, RuleBroken


@blueprint.get("/foerste-dag")
def foerste_dag() -> str:
    """The three steps, and where to go on."""
    return render_template("grupper/foerste_dag.html", **_shown())


@blueprint.get("/foerste-dag/aftale")
def oeveaftale() -> str:
    """The practice kontrakt: the colleague's own words, and what I want to look for."""
    kalibrering = queries.get_foerste_dag(viewer=viewer()).kalibrering
    chosen = kalibrering.kendetegn if kalibrering else None
    return _agreement_page(_agreement_form(chosen))


@blueprint.post("/foerste-dag/aftale")
@commits
def gem_oeveaftale() -> Response:
    """Both say yes, and the samtale lies ready."""
    form = _agreement_form(None)
    if form.validate_on_submit():
        try:
            dag = actions.agree_on_practice(kendetegn=form.kendetegn.data or [], by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            return redirect(url_for("grupper.kalibrering_optager", kalibrering_id=dag.kalibrering_id), 303)
    return make_response(_agreement_page(form), 422)


@blueprint.get("/foerste-dag/feedback")
def oevefeedback() -> str:
    """Write to the made-up colleague; afterwards an example lies beside it."""
    dag = queries.get_foerste_dag(viewer=viewer()).dag
    return _feedback_page(forms.OevefeedbackForm(obj=dag))


@blueprint.post("/foerste-dag/feedback")
@commits
def gem_oevefeedback() -> Response:
    """Keep it, for my own eyes."""
    form = forms.OevefeedbackForm()
    if form.validate_on_submit():
        try:
            actions.write_practice_feedback(
                tekster={felt: form[felt].data or "" for felt in rules.FELTER}, by=viewer()
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Gemt. Kun du kan se det.", "success")
            return redirect(url_for("grupper.oevefeedback", _anchor="eksempel"), 303)
    return make_response(_feedback_page(form), 422)


@blueprint.post("/foerste-dag/skjul")
@commits
def skjul_foerste_dag() -> Response:
    """Take the card off I dag; it is found again under Hjælp and Kalibrering."""
    actions.hide_first_day(by=viewer())
    flash("Kortet er væk fra I dag. Du finder øvelsen igen under Hjælp.", "success")
    return redirect("/", 303)


@blueprint.post("/foerste-dag/vis")
@commits
def vis_foerste_dag() -> Response:
    """Put the card back."""
    actions.hide_first_day(by=viewer(), skjul=False)
    flash("Kortet står på I dag igen.", "success")
    return redirect("/", 303)


def _manuskript() -> Manuskript:
    found = content.find_manuskript(rules.MANUSKRIPT)
    if found is None:
        raise NotFound
    return found


def _shown() -> dict[str, Any]:
    return {"foerste": queries.get_foerste_dag(viewer=viewer()), "manuskript": _manuskript(), "rules": rules}


def _agreement_form(chosen: list[str] | None) -> forms.OeveaftaleForm:
    katalog, offered = load_katalog(), _manuskript().kendetegn
    form = forms.OeveaftaleForm(data={"kendetegn": list(chosen or offered[:5])})
    form.kendetegn.choices = [
        (kode, f"{plain(katalog.navn(kode))}: {katalog.tekst(kode)}") for kode in offered
    ]
    return form


def _agreement_page(form: forms.OeveaftaleForm) -> str:
    return render_template("grupper/oeveaftale.html", form=form, **_shown())


def _feedback_page(form: forms.OevefeedbackForm) -> str:
    shown = _shown()
    kalibrering = shown["foerste"].kalibrering
    facit = queries.get_facit(kalibrering, viewer=viewer()) if kalibrering else None
    return render_template(
        "grupper/oevefeedback.html", form=form, facit=facit, udenfor=_beyond(form), **shown
    )


def _beyond(form: forms.OevefeedbackForm) -> list[tuple[str, Dom]]:
    """Sentences that seem to have left one's own banehalvdel, each with why. A hint, never a hindrance."""
    found = []
    for felt in rules.FELTER:
        text = form[felt].data or ""
        found += [(text[dom.fra : dom.til], dom) for dom in bedoem_tekst(text) if dom.label not in EGEN]
    return found
