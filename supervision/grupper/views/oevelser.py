"""Exercises without a citizen: the five, begin one, be in it, divide, end it; and what the phones follow it by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.grupper.actions import oevelser as actions
from supervision.grupper.forms.oevelser import BegyndForm, BytForm, as_id
from supervision.grupper.models import Oevelse
from supervision.grupper.queries import get_gruppe
from supervision.grupper.queries import oevelser as queries
from supervision.grupper.queries.sammen import find_moede_i_gang
from supervision.grupper.rules import oevelser as rules
from supervision.grupper.rules.oevelser_indhold import FELTER, OEVELSER
from supervision.grupper.views import blueprint
from supervision.problems import NotFound, RuleBroken


@blueprint.get("/grupper/<uuid:gruppe_id>/oevelser")
def oevelser(gruppe_id: UUID) -> str:
    """The five exercises, the one that runs, and those that the viewer took part in."""
    return _list(gruppe_id)


@blueprint.post("/grupper/<uuid:gruppe_id>/oevelser")
@commits
def begynd_oevelse(gruppe_id: UUID) -> Response:
    """Begin one: the others can join it from now on."""
    gruppe = get_gruppe(gruppe_id, viewer=viewer())
    try:
        made = actions.begin_oevelse(
            gruppe, slags=BegyndForm().slags.data or "", moede=find_moede_i_gang(gruppe), by=viewer()
        )
    except RuleBroken as problem:
        return make_response(_list(gruppe_id, fejl=problem.text), 422)
    return redirect(url_for("grupper.oevelse", oevelse_id=made.id), 303)


@blueprint.get("/oevelser/<uuid:oevelse_id>")
def oevelse(oevelse_id: UUID) -> str:
    """One's own role and what to do now; for whoever leads also where the others are; afterwards what came of it."""
    return page(queries.get_oevelse(oevelse_id, viewer=viewer()))


@blueprint.post("/oevelser/<uuid:oevelse_id>/med")
@commits
def kom_med(oevelse_id: UUID) -> Response:
    """Be in it."""
    found = queries.get_oevelse(oevelse_id, viewer=viewer(), hold=True)
    actions.join(found, by=viewer())
    return back(oevelse_id)


@blueprint.post("/oevelser/<uuid:oevelse_id>/gaa")
@commits
def gaa_fra(oevelse_id: UUID) -> Response:
    """Go out of it."""
    found = queries.get_oevelse(oevelse_id, viewer=viewer(), hold=True)
    if actions.leave(found, by=viewer()):
        flash("Du er ikke længere med i øvelsen.", "success")
    return redirect(url_for("grupper.oevelser", gruppe_id=found.gruppe_id), 303)


@blueprint.post("/oevelser/<uuid:oevelse_id>/del-op")
@commits
def del_op(oevelse_id: UUID) -> Response:
    """Divide those who are there."""
    found = _to_lead(oevelse_id)
    try:
        actions.divide(found, by=viewer())
    except RuleBroken as problem:
        return make_response(page(found, fejl=problem.text), 422)
    return back(oevelse_id)


@blueprint.post("/oevelser/<uuid:oevelse_id>/byt")
@commits
def byt_plads(oevelse_id: UUID) -> Response:
    """Let somebody change places or move, by hand."""
    found, form = _to_lead(oevelse_id), BytForm()
    try:
        hvem, til = as_id(form.hvem.data), as_id(form.til.data)
        if hvem is None or til is None:
            raise RuleBroken("Vælg først hvem, og så en anden eller et hold.", "til")
        actions.move(found, deltager_id=hvem, til=til, by=viewer())
    except RuleBroken as problem:
        return make_response(page(found, byt_fejl=problem.text, valgt=(form.hvem.data, form.til.data)), 422)
    return back(oevelse_id, "holdene")


@blueprint.post("/oevelser/<uuid:oevelse_id>/slut")
@commits
def slut_oevelse(oevelse_id: UUID) -> Response:
    """End it."""
    actions.end_oevelse(_to_lead(oevelse_id), by=viewer())
    flash("Øvelsen er slut. Det, I fandt frem til, ligger her.", "success")
    return back(oevelse_id)


@blueprint.get("/api/oevelser/<uuid:oevelse_id>/nu")
def oevelse_nu(oevelse_id: UUID) -> Response:
    """Where one's small group is, for the page that follows it, as a meeting tells it. 304: nothing is new."""
    side = queries.get_side(queries.get_oevelse(oevelse_id, viewer=viewer()), viewer=viewer())
    own = side.min
    state: dict[str, Any] = {
        "scene": side.scene(),
        "fra_ms": _ms(own.loebet_fra.timestamp()) if own and own.loebet_fra else None,
        "brugt_ms": own.hold.brugt_s * 1000 if own else 0,
        "laengde_ms": own.skridt.trin.minutter * 60_000 if own and own.skridt else 0,
        "slut_ms": 0,
        "her": [],
    }
    answer = jsonify({**state, "nu_ms": _ms(clock.now().timestamp())})
    answer.set_etag(side.scene())
    return answer.make_conditional(request)


def page(found: Oevelse, **extra: Any) -> str:
    """The exercise's page as the viewer has it."""
    side = queries.get_side(found, viewer=viewer())
    return render_template(
        "grupper/oevelser/oevelse.html", oevelse=found, side=side, felter=FELTER, rules=rules, **extra
    )


def back(oevelse_id: UUID, anchor: str | None = None) -> Response:
    """To the exercise's page."""
    return redirect(url_for("grupper.oevelse", oevelse_id=oevelse_id, _anchor=anchor), 303)


def _list(gruppe_id: UUID, fejl: str = "") -> str:
    gruppe = get_gruppe(gruppe_id, viewer=viewer())
    return render_template(
        "grupper/oevelser/oevelser.html",
        gruppe=gruppe,
        oevelser=OEVELSER,
        rules=rules,
        i_gang=queries.find_i_gang(gruppe),
        afholdte=queries.list_afholdte(gruppe, viewer=viewer()),
        fejl=fejl,
    )


def _to_lead(oevelse_id: UUID) -> Oevelse:
    """The exercise, held, for whoever began it or facilitates. Raises NotFound for the others too."""
    found = queries.get_oevelse(oevelse_id, viewer=viewer(), hold=True)
    if not queries.leder(found, viewer()):
        raise NotFound
    return found


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
