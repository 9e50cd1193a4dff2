"""Calling a meeting, answering, and what is left of it afterwards: who was there, and the minutes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.formats.ical import write_kalender
from supervision.aftaler.queries import add_kalenderkilde
from supervision.db import commits
from supervision.grupper import actions, forms, queries, rules
from supervision.grupper.models import Laeringsgruppe, Moede
from supervision.grupper.views import blueprint
from supervision.grupper.views.moede_dele import TIL_REFERAT, at_goere, scene
from supervision.problems import NotFound, RuleBroken

add_kalenderkilde(queries.list_moedetider)


@blueprint.get("/grupper/<uuid:gruppe_id>/moeder")
def moeder(gruppe_id: UUID) -> str:
    """All meetings of the group: what comes, and what has been."""
    found = queries.get_gruppe(gruppe_id, viewer=viewer())
    now = clock.now()
    rows = [(moede, rules.moede_tilstand(moede, now)) for moede in queries.list_moeder(found)]
    return render_template(
        "grupper/moeder.html",
        gruppe=found,
        kommende=[row for row in reversed(rows) if row[1] in (rules.INDKALDT, rules.I_GANG)],
        tidligere=[row for row in rows if row[1] not in (rules.INDKALDT, rules.I_GANG)],
        leads=found.facilitator_id == viewer().id,
    )


@blueprint.get("/grupper/<uuid:gruppe_id>/moeder/ny")
def nyt_moede(gruppe_id: UUID) -> str:
    """Day, time and place of a new meeting; the round that runs is chosen already."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer())
    runde = rules.find_runde_paa(found.runder, clock.today())
    return _call_page(found, forms.MoedeForm(data={"runde": runde.id if runde else None, "minutter": 120}))


@blueprint.post("/grupper/<uuid:gruppe_id>/moeder/ny")
@commits
def indkald_moede(gruppe_id: UUID) -> Response:
    """Call it: everybody in the group is asked on I dag, and it stands in their calendar."""
    found = queries.get_gruppe_to_lead(gruppe_id, viewer=viewer(), hold=True)
    form = forms.MoedeForm()
    form.offer(found.runder)
    if form.validate_on_submit():
        try:
            moede = actions.call_moede(found, **_chosen(form, found), by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Mødet er indkaldt. Her er et forslag til dagsorden, som du kan rette.", "success")
            return redirect(url_for("grupper.dagsorden", moede_id=moede.id), 303)
    return make_response(_call_page(found, form), 422)


@blueprint.get("/moeder/<uuid:moede_id>")
def moede(moede_id: UUID) -> str:
    """The meeting on a member's phone: the invitation before it, what is now during it, what is left after it."""
    found = queries.get_moede(moede_id, viewer=viewer())
    gang = queries.get_gang(found)
    indkaldte = queries.list_indkaldte(found)
    return render_template(
        "grupper/moede/moede.html",
        scene=scene(found, gang),
        moede=found,
        gang=gang,
        indkaldte=indkaldte,
        mig=next((one for one in indkaldte if one.person.id == viewer().id), None),
        at_goere=at_goere(found, gang.punkt.slags if gang.punkt else None),
        billede=queries.find_billede(found, viewer=viewer()),
        leads=found.gruppe.facilitator_id == viewer().id,
        i_dag=clock.local(found.start_at).date() == clock.today(),
        rules=rules,
    )


@blueprint.get("/moeder/<uuid:moede_id>/ret")
def ret_moede(moede_id: UUID) -> str:
    """Another time or place. Raises RuleBroken once it is begun."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer())
    rules.check_can_change(found, clock.now())
    return _change_page(found, forms.MoedeForm.of(found))


@blueprint.post("/moeder/<uuid:moede_id>/ret")
@commits
def gem_moede(moede_id: UUID) -> Response:
    """Store it."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer(), hold=True)
    form = forms.MoedeForm()
    form.offer(found.gruppe.runder)
    if form.validate_on_submit():
        try:
            moved = actions.change_moede(found, **_chosen(form, found.gruppe), by=viewer())
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            flash("Mødet er flyttet. Alle bliver spurgt igen." if moved else "Mødet er gemt.", "success")
            return redirect(url_for("grupper.moede", moede_id=moede_id), 303)
    return make_response(_change_page(found, form), 422)


@blueprint.post("/moeder/<uuid:moede_id>/aflys")
@commits
def aflys_moede(moede_id: UUID) -> Response:
    """It is not held; everybody sees it on I dag and in the calendar."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer(), hold=True)
    actions.cancel_moede(found, by=viewer())
    flash("Mødet er aflyst. Alle i gruppen kan se det.", "success")
    return redirect(url_for("grupper.moeder", gruppe_id=found.gruppe_id), 303)


@blueprint.post("/moeder/<uuid:moede_id>/svar")
@commits
def svar_paa_moede(moede_id: UUID) -> Response:
    """Say whether I come."""
    found = queries.get_moede(moede_id, viewer=viewer())
    svar = request.form.get("svar", "")
    actions.answer_moede(found, svar=svar, by=viewer())
    flash("Du har svaret, at du kommer." if svar == "kommer" else "Du har svaret, at du ikke kan.", "success")
    return redirect(url_for("grupper.moede", moede_id=moede_id), 303)


@blueprint.post("/moeder/<uuid:moede_id>/her")
@commits
def jeg_er_her(moede_id: UUID) -> Response:
    """I am there."""
    found = queries.get_moede(moede_id, viewer=viewer())
    actions.arrive(found, by=viewer())
    return redirect(url_for("grupper.moede", moede_id=moede_id), 303)


@blueprint.post("/moeder/<uuid:moede_id>/fremmoede")
@commits
def saet_fremmoede(moede_id: UUID) -> Response:
    """The facilitator ticks who is there, or takes a tick away."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer())
    try:
        person_id = UUID(request.form.get("person", ""))
    except ValueError as wrong:
        raise NotFound from wrong
    actions.tick_fremmoede(found, person_id=person_id, her=request.form.get("her") == "ja", by=viewer())
    return redirect(url_for("grupper.led_moede", moede_id=moede_id) + "#fremmoede", 303)


@blueprint.get("/moeder/<uuid:moede_id>/kalender.ics")
def moede_ics(moede_id: UUID) -> Response:
    """The meeting for one's own calendar: the same event as in the calendar that one subscribes to."""
    found = queries.get_moede(moede_id, viewer=viewer())
    body = write_kalender([queries.begivenhed_of(found)], viewer().id)
    answer = FlaskResponse(body, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="laeringsgruppemoede.ics"'
    return answer


@blueprint.get("/moeder/<uuid:moede_id>/referat")
def referat(moede_id: UUID) -> str:
    """The minutes, made for paper: who was there, the agenda, and what was agreed."""
    found = queries.get_moede(moede_id, viewer=viewer())
    return render_template(
        "grupper/moede/referat.html",
        moede=found,
        gang=queries.get_gang(found),
        fremmoedte=queries.list_fremmoedte(found),
        dele=[(template, data(found)) for template, data in TIL_REFERAT],
        dag=clock.local(found.start_at).date(),
    )


def _chosen(form: forms.MoedeForm, gruppe: Laeringsgruppe) -> dict[str, Any]:
    """What the form says, as the acts take it; the form is valid."""
    runde = next((one for one in gruppe.runder if one.id == form.runde.data), None)
    return {
        "start_at": form.start_at,
        "minutter": form.minutter.data,
        "sted": form.sted.data or "",
        "runde": runde,
        "tjek_ud_anonymt": bool(form.tjek_ud_anonymt.data),
    }


def _call_page(gruppe: Laeringsgruppe, form: forms.MoedeForm) -> str:
    form.offer(gruppe.runder)
    return render_template("grupper/nyt_moede.html", gruppe=gruppe, form=form)


def _change_page(moede: Moede, form: forms.MoedeForm) -> str:
    form.offer(moede.gruppe.runder)
    return render_template("grupper/ret_moede.html", gruppe=moede.gruppe, moede=moede, form=form)
