"""More people in one samtale: another observatør, and the second fokusperson of a fællessamtale."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.aftaler import actions, forms, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.views import blueprint
from supervision.aftaler.views.kontrakt import kollega_choices
from supervision.aftaler.views.trin import frame
from supervision.db import commits
from supervision.personer.models import Person
from supervision.personer.queries import get_person
from supervision.problems import NotFound, RuleBroken


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/ny-observatoer")
def ny_observatoer(kontrakt_id: UUID) -> str:
    """Choose one more observatør. Raises RuleBroken when the samtale takes no more people."""
    kontrakt = queries.get_kontrakt(kontrakt_id, viewer=viewer())
    actions.check_open_to_more(kontrakt, by=viewer())
    return _observatoer_page(kontrakt, forms.NyObservatoerForm(kollega_choices(viewer())))


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/ny-observatoer")
@commits
def tilfoej_observatoer(kontrakt_id: UUID) -> Response:
    """Make their kontrakt, and go on to what it lacks."""
    kontrakt = queries.get_kontrakt_to_change(kontrakt_id, viewer=viewer())
    actions.check_open_to_more(kontrakt, by=viewer())
    form = forms.NyObservatoerForm(kollega_choices(viewer()))
    if form.validate_on_submit():
        try:
            made = _add_observatoer(kontrakt, form)
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(f"Tilføjet. {made.observatoer.fornavn} og du skal begge sige ja til kontrakten.", "success")
            return redirect(_next_step(made), 303)
    return make_response(_observatoer_page(kontrakt, form), 422)


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/ny-fokusperson")
def ny_fokusperson(kontrakt_id: UUID) -> str:
    """Choose who holds the samtale too, and who observes them. Raises RuleBroken as `ny_observatoer`."""
    kontrakt = _faellessamtale(queries.get_kontrakt(kontrakt_id, viewer=viewer()))
    return _fokusperson_page(kontrakt, forms.NyFokuspersonForm(kollega_choices(viewer())))


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/ny-fokusperson")
@commits
def tilfoej_fokusperson(kontrakt_id: UUID) -> Response:
    """Propose their kontrakt, which is theirs from now on."""
    kontrakt = _faellessamtale(queries.get_kontrakt_to_change(kontrakt_id, viewer=viewer()))
    form = forms.NyFokuspersonForm(kollega_choices(viewer()))
    if form.validate_on_submit():
        try:
            made = _add_fokusperson(kontrakt, form)
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            names = f"{made.fokusperson.fornavn} og {made.observatoer.fornavn}"
            flash(f"Foreslået. Nu er det {names}, der skriver kontrakten og siger ja.", "success")
            return redirect(url_for("aftaler.kontrakt", kontrakt_id=kontrakt.id), 303)
    return make_response(_fokusperson_page(kontrakt, form), 422)


def _add_observatoer(kontrakt: FeedbackKontrakt, form: forms.NyObservatoerForm) -> FeedbackKontrakt:
    return actions.add_observatoer(
        kontrakt,
        by=viewer(),
        observatoer=get_person(UUID(form.kollega.data), viewer=viewer()),
        slags=form.slags.data,
        kopier=form.kopier.data,
    )


def _add_fokusperson(kontrakt: FeedbackKontrakt, form: forms.NyFokuspersonForm) -> FeedbackKontrakt:
    fokusperson = get_person(UUID(form.fokusperson.data), viewer=viewer())
    observatoer = get_person(UUID(form.kollega.data), viewer=viewer())
    return actions.add_fokusperson(
        kontrakt,
        by=viewer(),
        fokusperson=fokusperson,
        observatoer=_known_to(fokusperson, observatoer),
        slags=form.slags.data,
    )


def _known_to(fokusperson: Person, observatoer: Person) -> Person:
    """The observatør, if the two may make a kontrakt with each other. Raises RuleBroken."""
    try:
        return get_person(observatoer.id, viewer=fokusperson)
    except NotFound:
        raise RuleBroken(
            f"{observatoer.fornavn} kan ikke observere {fokusperson.fornavn}, for de hører til to steder. "
            "Vælg en anden.",
            "kollega",
        ) from None


def _faellessamtale(kontrakt: FeedbackKontrakt) -> FeedbackKontrakt:
    """The same kontrakt, when its samtale can have two fokuspersoner. Raises RuleBroken."""
    actions.check_open_to_more(kontrakt, by=viewer())
    rules.check_two_can_hold(kontrakt.samtale.type)
    return kontrakt


def _next_step(kontrakt: FeedbackKontrakt) -> str:
    """Where the first thing that is missing is written; the whole kontrakt when nothing is."""
    for trin, _ in rules.mangler(kontrakt):
        return url_for(f"aftaler.{trin}", kontrakt_id=kontrakt.id)
    return url_for("aftaler.kontrakt", kontrakt_id=kontrakt.id)


def _observatoer_page(kontrakt: FeedbackKontrakt, form: forms.NyObservatoerForm) -> str:
    return render_template("aftaler/ny_observatoer.html", form=form, **frame(kontrakt, ""))


def _fokusperson_page(kontrakt: FeedbackKontrakt, form: forms.NyFokuspersonForm) -> str:
    return render_template("aftaler/ny_fokusperson.html", form=form, **frame(kontrakt, ""))
