"""One visit of a pair: agreeing on it, saying what came of it, and its kontrakt in one tap."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.queries import get_kontrakt
from supervision.aftaler.rules import SAMTALE_TYPER
from supervision.db import commits
from supervision.grupper import actions, forms, queries
from supervision.grupper.models import Parbesoeg
from supervision.grupper.rules.par import BESOEG_TILSTANDE, may_say
from supervision.grupper.views import blueprint
from supervision.katalog.queries import katalog_of
from supervision.katalog.rules import KATEGORIER
from supervision.personer.views.ord import say
from supervision.problems import NotFound, RuleBroken

SVAR = {
    "passer": "Tiden er aftalt.",
    "holdt": "Godt. Besøget er holdt.",
    "feedback": "Godt. Der er givet feedback.",
    "aflys": "Besøget er aflyst. I kan finde en ny tid, når I vil.",
    "fortryd": "Det er taget tilbage.",
}


@blueprint.get("/besoeg/<uuid:besoeg_id>")
def besoeg(besoeg_id: UUID) -> str:
    """When, with which redskaber, and what I can say of it."""
    found = queries.get_besoeg(besoeg_id, viewer=viewer())
    return _page(found, _plan_form(found))


@blueprint.post("/besoeg/<uuid:besoeg_id>")
@commits
def gem_besoeg(besoeg_id: UUID) -> Response:
    """Agree on it, or move it."""
    found = queries.get_besoeg(besoeg_id, viewer=viewer(), hold=True)
    form = forms.BesoegForm()
    _offer(form, found)
    if form.validate_on_submit():
        try:
            asked = actions.plan_besoeg(found, plan=form.plan, by=viewer(), udgave=form.seen)
        except RuleBroken as problem:
            form.show_problem(problem)
            form.udgave.data = str(found.udgave)
        else:
            again = " Kontrakten er ændret, så I bliver begge spurgt igen." if asked else ""
            flash(f"Besøget er aftalt.{again}", "success")
            return redirect(url_for("grupper.besoeg", besoeg_id=besoeg_id), 303)
    return make_response(_page(found, form), 422)


@blueprint.post("/besoeg/<uuid:besoeg_id>/maerk")
@commits
def maerk_besoeg(besoeg_id: UUID) -> Response:
    """Say that it was held, that feedback was given, or that it is cancelled; or take that back."""
    found = queries.get_besoeg(besoeg_id, viewer=viewer(), hold=True)
    form = forms.MaerkBesoegForm()
    try:
        actions.mark_besoeg(found, maerk=form.maerk.data or "", by=viewer(), udgave=form.seen)
    except RuleBroken as problem:
        flash(problem.text, "warning")
    else:
        flash(SVAR[form.maerk.data or ""], "success")
    return redirect(url_for("grupper.besoeg", besoeg_id=besoeg_id), 303)


@blueprint.post("/besoeg/<uuid:besoeg_id>/kontrakt")
@commits
def book_kontrakt(besoeg_id: UUID) -> Response:
    """Make the feedback-kontrakt, and go on to its focus; two who tap at once come to the same one."""
    found = queries.get_besoeg(besoeg_id, viewer=viewer(), hold=True)
    form = forms.MaerkBesoegForm()
    try:
        made = actions.book_kontrakt(found, by=viewer(), udgave=form.seen)
    except RuleBroken as problem:
        flash(say(problem.text), "warning")
        return redirect(url_for("grupper.besoeg", besoeg_id=besoeg_id), 303)
    return redirect(url_for("aftaler.fokus", kontrakt_id=made.id), 303)


@blueprint.post("/besoeg/<uuid:besoeg_id>/knyt")
@commits
def knyt_kontrakt(besoeg_id: UUID) -> Response:
    """Let it be the samtale of a kontrakt that the two have made already."""
    found = queries.get_besoeg(besoeg_id, viewer=viewer(), hold=True)
    form = forms.KnytForm()
    if form.kontrakt_id is None:
        raise NotFound
    kontrakt = get_kontrakt(form.kontrakt_id, viewer=viewer())
    try:
        actions.link_kontrakt(found, kontrakt=kontrakt, by=viewer(), udgave=form.seen)
    except RuleBroken as problem:
        flash(problem.text, "warning")
    else:
        flash("Besøget hører nu til jeres kontrakt.", "success")
    return redirect(url_for("grupper.besoeg", besoeg_id=besoeg_id), 303)


def _plan_form(besoeg: Parbesoeg) -> forms.BesoegForm:
    stands = queries.get_linje(besoeg, viewer=viewer()).stands
    starts = clock.local(stands.starter_at) if stands.starter_at else None
    data: dict[str, Any] = {
        "laengde_min": stands.laengde_min,
        "samtaletype": stands.samtaletype or "individuel",
        "metoder": besoeg.metoder,
        "udgave": besoeg.udgave,
    }
    if starts:
        data |= {"dato": starts.date(), "tid": starts.time()}
    form = forms.BesoegForm(formdata=None, data=data)
    _offer(form, besoeg)
    return form


def _offer(form: forms.BesoegForm, besoeg: Parbesoeg) -> None:
    """What the fokusperson's organisation offers; what stands there already stays to be chosen."""
    katalog = katalog_of(besoeg.fokusperson.organisation_id)
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for metode in katalog.metoder:
        if (katalog.tilbyder(metode) and katalog.kan_krydses(metode)) or metode.key in besoeg.metoder:
            by_kind.setdefault(KATEGORIER[metode.kategori], []).append((metode.key, metode.navn))
    form.offer({key: say(word) for key, word in SAMTALE_TYPER.items()}, by_kind)


def _page(besoeg: Parbesoeg, form: forms.BesoegForm) -> str:
    linje = queries.get_linje(besoeg, viewer=viewer())
    live = linje.booket is not None and not linje.booket.trukket
    runde, starts = besoeg.par.runde, linje.stands.starter_at
    return render_template(
        "grupper/besoeg.html",
        besoeg=besoeg,
        linje=linje,
        stands=linje.stands,
        live=live,
        kan_bookes=bool(linje.stands.kommer and starts and clock.local(starts).date() >= clock.today()),
        kan=[] if live else may_say(linje.stands, now=clock.now()),
        kan_aflyse_kontrakt=linje.booket is not None and live and not linje.booket.laast,
        andre=[] if live or not linje.stands.kommer else queries.list_kontrakter_til(besoeg),
        form=form,
        runde=runde,
        gruppe=runde.gruppe,
        person=viewer(),
        tilstande=BESOEG_TILSTANDE,
        typer=SAMTALE_TYPER,
    )
