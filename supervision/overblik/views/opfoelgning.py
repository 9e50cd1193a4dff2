"""A team's follow-up: the leader's frame of a quarter, and the short survey to those who take part."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.overblik import actions, queries
from supervision.overblik.forms import OpfoelgningForm, SkemaForm, SvarForm, svar_form
from supervision.overblik.models import Skema
from supervision.overblik.rules import HINDRINGER, RAMME, VALG, Kvartal, kvartal_of
from supervision.overblik.views import blueprint
from supervision.personer.models import Team
from supervision.personer.rules import TEAMLEDER
from supervision.problems import NotFound, RuleBroken


@blueprint.get("/overblik/team/<uuid:team_id>/opfoelgning")
def opfoelgning(team_id: UUID) -> str:
    """What the team follows up on in a quarter, and what the surveys said; the same for team and teamleder."""
    team = queries.get_team(team_id, viewer=viewer())
    kvartal, kvartaler = _chosen(team)
    aabent = queries.find_aabent(team)
    return render_template(
        "overblik/opfoelgning.html",
        team=team,
        kvartal=kvartal,
        kvartaler=kvartaler,
        ramme=queries.find_ramme(team, kvartal),
        felter=RAMME,
        aabent=aabent,
        svaret=queries.count_svar(aabent) if aabent else None,
        mig=queries.find_deltager(aabent, viewer=viewer()) if aabent else None,
        svar=queries.list_svar(team, viewer=viewer()),
        valg=VALG,
        leder=team.id in viewer().team_ids(TEAMLEDER),
    )


@blueprint.get("/overblik/team/<uuid:team_id>/opfoelgning/skriv")
def skriv_opfoelgning(team_id: UUID) -> str:
    """The form of the frame."""
    team = queries.get_team_to_lead(team_id, viewer=viewer())
    kvartal, _ = _chosen(team)
    ramme = queries.find_ramme(team, kvartal)
    return _frame_page(team, kvartal, OpfoelgningForm(obj=ramme.raekke if ramme else None))


@blueprint.post("/overblik/team/<uuid:team_id>/opfoelgning/skriv")
@commits
def gem_opfoelgning(team_id: UUID) -> Response:
    """Keep what the leader wrote."""
    team = queries.get_team_to_lead(team_id, viewer=viewer())
    kvartal, _ = _chosen(team)
    form = OpfoelgningForm()
    if form.validate_on_submit():
        try:
            seen = form.udgave.data or 0
            actions.write_ramme(team, kvartal, tekster=form.tekster, seen=seen, by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Opfølgningen er gemt. Teamet kan læse den.", "success")
            return redirect(url_for("overblik.opfoelgning", team_id=team.id, kvartal=kvartal.noegle), 303)
    return make_response(_frame_page(team, kvartal, form), 422)


@blueprint.get("/overblik/team/<uuid:team_id>/opfoelgning/nyt-skema")
def nyt_skema(team_id: UUID) -> str:
    """Choose what to ask of."""
    team = queries.get_team_to_lead(team_id, viewer=viewer())
    return _skema_page(team, _skema_form(team))


@blueprint.post("/overblik/team/<uuid:team_id>/opfoelgning/nyt-skema")
@commits
def aabn_skema(team_id: UUID) -> Response:
    """Ask the team."""
    team = queries.get_team_to_lead(team_id, viewer=viewer())
    form = _skema_form(team)
    if form.validate_on_submit():
        try:
            actions.open_skema(team, metoder=form.metoder.data or (), by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Skemaet er åbent. Sig det til teamet: de svarer fra denne side.", "success")
            return redirect(url_for("overblik.opfoelgning", team_id=team.id), 303)
    return make_response(_skema_page(team, form), 422)


@blueprint.get("/overblik/skema/<uuid:skema_id>")
def skema(skema_id: UUID) -> str:
    """The questions, to those who are asked."""
    found = queries.get_skema_to_answer(skema_id, viewer=viewer())
    return _answer_page(found, _answer_form(found))


@blueprint.post("/overblik/skema/<uuid:skema_id>")
@commits
def svar_skema(skema_id: UUID) -> Response:
    """Count an answer; nothing tells whose it was."""
    found = queries.get_skema_to_answer(skema_id, viewer=viewer())
    form = _answer_form(found)
    if form.validate_on_submit():
        try:
            actions.answer_skema(found, valg=form.valg, hindringer=form.hindringer.data or (), by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Tak for dit svar. Det er lagt til de andres.", "success")
            return redirect(url_for("overblik.opfoelgning", team_id=found.team_id), 303)
    return make_response(_answer_page(found, form), 422)


@blueprint.post("/overblik/skema/<uuid:skema_id>/luk")
@commits
def luk_skema(skema_id: UUID) -> Response:
    """Close it, so that what was answered can be shown."""
    found = queries.get_skema_to_close(skema_id, viewer=viewer())
    actions.close_skema(found, by=viewer())
    flash("Skemaet er lukket.", "success")
    return redirect(url_for("overblik.opfoelgning", team_id=found.team_id), 303)


def _chosen(team: Team) -> tuple[Kvartal, list[Kvartal]]:
    """The quarter that the address names, or the running one; and those one may choose, the newest first."""
    running = kvartal_of(clock.today())
    known = {Kvartal(one.aar, one.nr) for one in queries.list_udgivelser(team.organisation_id)}
    kvartaler = sorted({running, running.previous(), *known}, reverse=True)
    wanted = request.args.get("kvartal")
    if wanted is None:
        return running, kvartaler
    for kvartal in kvartaler:
        if kvartal.noegle == wanted:
            return kvartal, kvartaler
    raise NotFound


def _skema_form(team: Team) -> SkemaForm:
    form = SkemaForm()
    form.metoder.choices = list(queries.list_metoder_at_spoerge_til(team.organisation).items())
    return form


def _answer_form(found: Skema) -> SvarForm:
    return svar_form((one.kode, one.navn) for one in found.metoder)


def _frame_page(team: Team, kvartal: Kvartal, form: OpfoelgningForm) -> str:
    return render_template("overblik/skriv_opfoelgning.html", team=team, kvartal=kvartal, form=form)


def _skema_page(team: Team, form: SkemaForm) -> str:
    return render_template("overblik/nyt_skema.html", team=team, form=form, hindringer=HINDRINGER)


def _answer_page(found: Skema, form: SvarForm) -> str:
    mig = queries.find_deltager(found, viewer=viewer())
    return render_template(
        "overblik/skema.html", skema=found, form=form, svaret=mig is not None and mig.har_svaret
    )
