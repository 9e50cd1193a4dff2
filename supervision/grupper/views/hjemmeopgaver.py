"""Hjemmeopgaver: given by the facilitator, read by the group, and linked by each pair to its own kontrakt."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import modpart
from supervision.danish import tidspunkt
from supervision.db import commits
from supervision.grupper import actions, forms, queries, rules
from supervision.grupper.models import Hjemmeopgave, Runde
from supervision.grupper.views import blueprint
from supervision.katalog.queries import katalog_for, katalog_of
from supervision.problems import RuleBroken


@blueprint.get("/runder/<uuid:runde_id>/hjemmeopgaver/ny")
def ny_hjemmeopgave(runde_id: UUID) -> str:
    """A new task for the group."""
    runde = queries.get_runde_to_lead(runde_id, viewer=viewer())
    return _new_page(runde, forms.HjemmeopgaveForm(_navne(runde)))


@blueprint.post("/runder/<uuid:runde_id>/hjemmeopgaver/ny")
@commits
def opret_hjemmeopgave(runde_id: UUID) -> Response:
    """Give it."""
    runde = queries.get_runde_to_lead(runde_id, viewer=viewer(), hold=True)
    form = forms.HjemmeopgaveForm(_navne(runde))
    if form.validate_on_submit():
        try:
            made = actions.create_hjemmeopgave(runde, indhold=form.indhold, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(
                "Hjemmeopgaven er givet. Den står på gruppens side og på I dag hos alle i gruppen.", "success"
            )
            return _to(made)
    return make_response(_new_page(runde, form), 422)


@blueprint.get("/hjemmeopgaver/<uuid:hjemmeopgave_id>")
def hjemmeopgave(hjemmeopgave_id: UUID) -> str:
    """The task, the methods to try, the pairs that are on it, and linking one's own kontrakt."""
    opgave = queries.get_hjemmeopgave(hjemmeopgave_id, viewer=viewer())
    return _page(opgave, _link_form(opgave, typed=False))


@blueprint.post("/hjemmeopgaver/<uuid:hjemmeopgave_id>/knyt")
@commits
def knyt_opgave(hjemmeopgave_id: UUID) -> Response:
    """Link one of my own."""
    opgave = queries.get_hjemmeopgave(hjemmeopgave_id, viewer=viewer(), hold=True)
    form = _link_form(opgave)
    if form.validate_on_submit():
        possible = queries.list_mulige_kontrakter(opgave, viewer=viewer())
        chosen = next(one for one in possible if one.id == form.kontrakt.data)
        try:
            actions.link_opgave(opgave, kontrakt=chosen, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(
                f"Nu kan gruppen se, at du og {modpart(chosen, viewer=viewer()).fornavn} er i gang.",
                "success",
            )
            return _to(opgave)
    return make_response(_page(opgave, form), 422)


@blueprint.post("/hjemmeopgaver/knyttet/<uuid:knyttet_id>/loesn")
@commits
def loesn_kontrakt(knyttet_id: UUID) -> Response:
    """Take the link away again."""
    knyttet = queries.get_knyttet(knyttet_id, viewer=viewer())
    hjemmeopgave_id = knyttet.hjemmeopgave_id
    actions.unlink_opgave(knyttet, by=viewer())
    flash("Kontrakten er ikke længere knyttet til opgaven.", "success")
    return redirect(url_for("grupper.hjemmeopgave", hjemmeopgave_id=hjemmeopgave_id), 303)


@blueprint.get("/hjemmeopgaver/<uuid:hjemmeopgave_id>/ret")
def ret_hjemmeopgave(hjemmeopgave_id: UUID) -> str:
    """Other words, methods, or another deadline."""
    opgave = queries.get_hjemmeopgave_to_lead(hjemmeopgave_id, viewer=viewer())
    rules.check_not_afsluttet(opgave)
    navne = _navne(opgave.runde)
    known = [navne[key] for key in opgave.metoder if key in navne]
    data = {
        "titel": opgave.titel,
        "kursusdag": opgave.kursusdag,
        "tekst": opgave.tekst,
        "frist": opgave.frist,
        "metoder": known,
    }
    return _edit_page(opgave, forms.HjemmeopgaveForm(navne, formdata=None, data=data))


@blueprint.post("/hjemmeopgaver/<uuid:hjemmeopgave_id>/ret")
@commits
def gem_hjemmeopgave(hjemmeopgave_id: UUID) -> Response:
    """Store them."""
    opgave = queries.get_hjemmeopgave_to_lead(hjemmeopgave_id, viewer=viewer(), hold=True)
    rules.check_not_afsluttet(opgave)
    form = forms.HjemmeopgaveForm(_navne(opgave.runde))
    if form.validate_on_submit():
        try:
            actions.change_hjemmeopgave(opgave, indhold=form.indhold, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Hjemmeopgaven er gemt.", "success")
            return _to(opgave)
    return make_response(_edit_page(opgave, form), 422)


@blueprint.post("/hjemmeopgaver/<uuid:hjemmeopgave_id>/afslut")
@commits
def afslut_hjemmeopgave(hjemmeopgave_id: UUID) -> Response:
    """End it before its deadline."""
    opgave = queries.get_hjemmeopgave_to_lead(hjemmeopgave_id, viewer=viewer(), hold=True)
    actions.end_hjemmeopgave(opgave, by=viewer())
    flash("Hjemmeopgaven er afsluttet. Den kan stadig læses på gruppens side.", "success")
    return _to(opgave)


def _new_page(runde: Runde, form: forms.HjemmeopgaveForm) -> str:
    return render_template("grupper/ny_hjemmeopgave.html", gruppe=runde.gruppe, runde=runde, form=form)


def _edit_page(opgave: Hjemmeopgave, form: forms.HjemmeopgaveForm) -> str:
    return render_template(
        "grupper/ret_hjemmeopgave.html", gruppe=opgave.runde.gruppe, opgave=opgave, form=form
    )


def _page(opgave: Hjemmeopgave, form: forms.OpgaveKnytForm) -> str:
    gruppe, mine = opgave.runde.gruppe, katalog_for(viewer().organisation)
    known = katalog_of(gruppe.organisation_id)
    metoder = [(mine.metode(key), known.metode(key)) for key in opgave.metoder]
    return render_template(
        "grupper/hjemmeopgave.html",
        gruppe=gruppe,
        opgave=opgave,
        metoder=[(own or theirs, own is not None) for own, theirs in metoder if own or theirs],
        par=queries.list_opgavepar(opgave),
        egne=[(one.id, _words(one.kontrakt)) for one in queries.list_egne_knyttede(opgave, viewer=viewer())],
        form=form,
        aaben=rules.er_aaben(opgave, clock.today()),
        leads=gruppe.facilitator_id == viewer().id,
    )


def _link_form(opgave: Hjemmeopgave, *, typed: bool = True) -> forms.OpgaveKnytForm:
    form = forms.OpgaveKnytForm() if typed else forms.OpgaveKnytForm(formdata=None)
    form.offer((one.id, _words(one)) for one in queries.list_mulige_kontrakter(opgave, viewer=viewer()))
    return form


def _words(kontrakt: FeedbackKontrakt) -> str:
    return f"Med {modpart(kontrakt, viewer=viewer()).navn} {tidspunkt(kontrakt.samtale.starter_at)}"


def _navne(runde: Runde) -> dict[str, str]:
    """Key -> name of the methods that the group's house offers; a name that two share carries its key."""
    metoder = katalog_of(runde.gruppe.organisation_id).metoder
    names = [one.navn for one in metoder]
    return {one.key: one.navn if names.count(one.navn) == 1 else f"{one.navn} ({one.key})" for one in metoder}


def _to(opgave: Hjemmeopgave) -> Response:
    return redirect(url_for("grupper.hjemmeopgave", hjemmeopgave_id=opgave.id), 303)
