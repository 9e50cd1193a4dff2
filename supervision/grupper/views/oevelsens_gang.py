"""While an exercise runs: next step, what is written, one's own number, and what one takes along for oneself."""

from __future__ import annotations

from uuid import UUID

from flask import flash, make_response
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.grupper.actions import oevelser as actions
from supervision.grupper.actions import oevelsestekster as tekster
from supervision.grupper.forms.oevelser import OevelsestalForm, StyrForm, TagMedForm, TekstForm, as_id
from supervision.grupper.models import Oevelse
from supervision.grupper.queries import oevelser as queries
from supervision.grupper.views import blueprint
from supervision.grupper.views.oevelser import back, page
from supervision.problems import NotFound, RuleBroken


@blueprint.post("/oevelser/<uuid:oevelse_id>/gang")
@commits
def styr_oevelse(oevelse_id: UUID) -> Response:
    """Begin, next step, back, pause: for one's own small group, or for all by whoever leads."""
    found, form = queries.get_oevelse(oevelse_id, viewer=viewer(), hold=True), StyrForm()
    actions.steer(
        found,
        hold_id=as_id(form.hold.data),
        handling=form.handling.data or "",
        trin=form.trin.data if form.trin.data is not None else -1,
        by=viewer(),
    )
    return back(oevelse_id)


@blueprint.post("/oevelser/<uuid:oevelse_id>/tekst")
@commits
def skriv_tekst(oevelse_id: UUID) -> Response:
    """Write a line for the small group."""
    found, form = _in_a_hold(oevelse_id), TekstForm()
    felt = form.felt.data or ""
    try:
        form.check()
        tekster.write_tekst(
            found, felt=felt, tekst=form.tekst.data or "", til_id=as_id(form.til.data), by=viewer()
        )
    except RuleBroken as problem:
        answer = page(found, tekst_fejl=problem.text, fejl_felt=felt, skrevet=form.tekst.data or "")
        return make_response(answer, 422)
    return back(oevelse_id, f"felt-{felt}")


@blueprint.post("/oevelser/<uuid:oevelse_id>/tekst/<uuid:oevelsestekst_id>/fjern")
@commits
def fjern_tekst(oevelse_id: UUID, oevelsestekst_id: UUID) -> Response:
    """Take a line of the small group away."""
    tekster.remove_tekst(_in_a_hold(oevelse_id), tekst_id=oevelsestekst_id, by=viewer())
    return back(oevelse_id)


@blueprint.post("/oevelser/<uuid:oevelse_id>/tal")
@commits
def saet_oevelsestal(oevelse_id: UUID) -> Response:
    """Set one's own number."""
    found, form = _in_a_hold(oevelse_id), OevelsestalForm()
    form.validate()
    try:
        actions.set_tal(found, tal=form.tal.data, by=viewer())
    except RuleBroken as problem:
        return make_response(page(found, tal_fejl=problem.text), 422)
    return back(oevelse_id, "dit-tal")


@blueprint.post("/oevelser/<uuid:oevelse_id>/tekst/<uuid:oevelsestekst_id>/tag-med")
@commits
def tag_tekst_med(oevelse_id: UUID, oevelsestekst_id: UUID) -> Response:
    """Put a line into one's own læringspil or logbog."""
    found = queries.get_oevelse(oevelse_id, viewer=viewer())
    hvorhen = TagMedForm().hvorhen.data or tekster.LOGBOG
    try:
        taken = tekster.take_along(found, tekst_id=oevelsestekst_id, hvorhen=hvorhen, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "warning")
        return back(oevelse_id)
    where = "din læringspil" if hvorhen == tekster.LAERINGSPIL else "din logbog"
    flash(
        f"Det står nu i {where}. Kun du kan se det dér." if taken else f"Det står allerede i {where}.",
        "success",
    )
    return back(oevelse_id)


def _in_a_hold(oevelse_id: UUID) -> Oevelse:
    """The exercise, held, for whoever is in a small group. Raises NotFound for the others."""
    found = queries.get_oevelse(oevelse_id, viewer=viewer(), hold=True)
    if queries.find_mit_hold(found, viewer()) is None:
        raise NotFound
    return found
