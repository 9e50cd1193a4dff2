"""A session while it runs: its three parts, its clock and its lock; and the line for the day after."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler import queries as kontrakter
from supervision.aftaler import rules
from supervision.aftaler.actions import making
from supervision.aftaler.actions import sessioner as actions
from supervision.aftaler.forms import dagsplan as forms
from supervision.aftaler.models import FeedbackKontrakt, Supervisionssession
from supervision.aftaler.queries import dage as queries
from supervision.aftaler.rules import dagsplan, sessioner
from supervision.aftaler.views import blueprint
from supervision.aftaler.views.kontrakt import kollega_choices
from supervision.db import commits
from supervision.personer.queries import get_person
from supervision.personer.views.ord import say, speak_for
from supervision.problems import NotFound, RuleBroken


@blueprint.get("/supervision/sessioner/<uuid:session_id>")
def session(session_id: UUID) -> str:
    """The session for its two: parts, clock, what can be tapped, and the briefing of the day."""
    found = queries.get_session(session_id, viewer=viewer())
    return _page(found, forms.LinjeForm(formdata=None, data=_linje_data(found)), _videre_form(found))


@blueprint.post("/supervision/sessioner/<uuid:session_id>/skridt")
@commits
def tag_skridt(session_id: UUID) -> Response:
    """Begin, end the forberedelse (and open the recorder), say that the citizen has left, end; or take one back."""
    found = queries.get_session_to_run(session_id, viewer=viewer())
    skridt = request.form.get("skridt", "")
    try:
        if skridt == "fortryd":
            actions.undo_skridt(found, by=viewer())
        else:
            actions.take_skridt(found, skridt=skridt, by=viewer())
    except RuleBroken as problem:
        flash(say(problem.text), "warning")
        return _back(session_id)
    if skridt == "forberedt" and found.kontrakt is not None:
        if rules.tilstand(found.kontrakt) in ("klar", "i_gang") and found.kontrakt.borger_ja is not False:
            return redirect(url_for("observationer.optager", kontrakt_id=found.kontrakt_id), 303)
        flash("Optageren åbner, når I begge har sagt ja til kontrakten.", "warning")
    return _back(session_id)


@blueprint.post("/supervision/sessioner/<uuid:session_id>/udskyd")
@commits
def udskyd_feedback(session_id: UUID) -> Response:
    """Put the feedback off, with a reason."""
    found = queries.get_session_to_run(session_id, viewer=viewer())
    form = forms.UdskydForm()
    try:
        actions.put_off_feedback(found, grund=form.grund.data or "", by=viewer())
    except RuleBroken as problem:
        flash(say(problem.text), "warning")
    else:
        flash("Feedbacken er udskudt. Du kan skrive den, når det passer jer.", "success")
    return _back(session_id)


@blueprint.post("/supervision/sessioner/<uuid:session_id>/linje")
@commits
def skriv_linje(session_id: UUID) -> Response:
    """The supervisor's line for the day after."""
    found = queries.get_session_to_run(session_id, viewer=viewer())
    form = forms.LinjeForm()
    if form.validate_on_submit():
        try:
            actions.write_linje(found, tekst=form.tekst.data, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            navn = found.fokusperson.fornavn
            flash(f"Linjen er gemt. {navn} ser den først og vælger selv, om den gives videre.", "success")
            return _back(session_id, "linjen")
    return make_response(_page(found, form, None), 422)


@blueprint.post("/supervision/sessioner/<uuid:session_id>/linje/giv-videre")
@commits
def giv_linje_videre(session_id: UUID) -> Response:
    """The fokusperson hands it on to one colleague."""
    found = queries.get_session_as_fokusperson(session_id, viewer=viewer())
    form = forms.VidereForm().offer(kollega_choices(viewer()))
    if form.validate_on_submit():
        kollega = get_person(UUID(form.kollega.data), viewer=viewer())
        try:
            actions.hand_on_linje(found, til=kollega, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash(f"Linjen er givet videre til {kollega.fornavn}. Ingen andre kan se den.", "success")
            return _back(session_id, "linjen")
    return make_response(_page(found, None, form), 422)


@blueprint.post("/supervision/sessioner/<uuid:session_id>/tag-med")
@commits
def tag_ord_med(session_id: UUID) -> Response:
    """The plan has another supervisor now: take what I wrote for the first one along."""
    found = queries.get_session_as_fokusperson(session_id, viewer=viewer())
    earlier = _earlier(found)
    if found.kontrakt is None or earlier is None:
        raise NotFound
    making.take_words_over(found.kontrakt, by=viewer(), fra=earlier)
    flash(f"Det, du skrev, står nu i kontrakten med {found.supervisor.fornavn}.", "success")
    return redirect(url_for("aftaler.kontrakt", kontrakt_id=found.kontrakt_id), 303)


@blueprint.get("/supervision/linjer/<uuid:dagenslinje_id>")
def linje(dagenslinje_id: UUID) -> str:
    """A line that a colleague has handed on to me."""
    return render_template("aftaler/dag/linje.html", linje=queries.get_linje(dagenslinje_id, viewer=viewer()))


def _back(session_id: UUID, anchor: str | None = None) -> Response:
    return redirect(url_for("aftaler.session", session_id=session_id, _anchor=anchor), 303)


def _is_recorded(found: Supervisionssession) -> bool:
    return found.kontrakt is not None and found.kontrakt.laast_at is not None


def _linje_data(found: Supervisionssession) -> dict[str, str]:
    return {"tekst": found.linje.tekst if found.linje else ""}


def _videre_form(found: Supervisionssession) -> forms.VidereForm | None:
    mine = found.fokusperson_id == viewer().id
    if not mine or found.linje is None or found.linje.givet_videre_at is not None:
        return None
    return forms.VidereForm(formdata=None).offer(kollega_choices(viewer()))


def _earlier(found: Supervisionssession) -> FeedbackKontrakt | None:
    """What the fokusperson wrote for another supervisor of this samtale, while the new kontrakt is without focus."""
    kontrakt = found.kontrakt
    if kontrakt is None or kontrakt.fokuspunkter or rules.tilstand(kontrakt) != "kladde":
        return None
    mine = [
        one
        for one in kontrakter.list_andre(kontrakt)
        if one.fokusperson_id == found.fokusperson_id and one.trukket_at is not None
    ]
    return next((one for one in reversed(mine) if one.fokuspunkter or one.maal), None)


def _page(
    found: Supervisionssession, linjeform: forms.LinjeForm | None, videreform: forms.VidereForm | None
) -> str:
    speak_for(found.dag.organisation_id)
    now, er_supervisor = clock.now(), found.supervisor_id == viewer().id
    starter = clock.from_local(found.dag.dato, forms.klokken(found.start))
    frist = sessioner.frist(found)
    return render_template(
        "aftaler/dag/session.html",
        session=found,
        dag=found.dag,
        kontrakt=found.kontrakt,
        kontrakt_tilstand=rules.tilstand(found.kontrakt) if found.kontrakt else None,
        tilstand=sessioner.tilstand(found),
        naeste=sessioner.naeste_skridt(found, optaget=_is_recorded(found)),
        sidste=sessioner.sidste_skridt(found),
        er_supervisor=er_supervisor,
        modpart=found.fokusperson if er_supervisor else found.supervisor,
        tidligere=None if er_supervisor else _earlier(found),
        nu=now,
        frist=frist,
        tilbage=int((frist - now) / timedelta(milliseconds=1)) if frist else 0,
        efter=sessioner.efter_planen(found, starter, now),
        linjeform=linjeform,
        videreform=videreform,
        udskydform=forms.UdskydForm(formdata=None),
        plan=dagsplan,
        rules=sessioner,
        typer=rules.SAMTALE_TYPER,
    )
