"""Tjek ud: four boxes from everybody's phone, YES!! to one's own læringspil, Men to the facilitator."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.grupper.actions import tjek_ud as actions
from supervision.grupper.actions.sammen import carry_out
from supervision.grupper.forms.sammen import SeddelForm
from supervision.grupper.models import Moede
from supervision.grupper.queries import sammen as sammen_queries
from supervision.grupper.queries import tjek_ud as queries
from supervision.grupper.rules import sammen as rules
from supervision.grupper.views import blueprint
from supervision.grupper.views.kvittering import kvittering
from supervision.grupper.views.sammen import side
from supervision.problems import RuleBroken


@blueprint.get("/moeder/<uuid:moede_id>/tjek-ud")
def tjek_ud(moede_id: UUID) -> str:
    """Write in a box, see what the group has said, and what was said last time."""
    moede = sammen_queries.get_moede_sammen(moede_id, viewer=viewer())
    return _page(moede)


@blueprint.post("/moeder/<uuid:moede_id>/tjek-ud")
@commits
def send_tjek_ud(moede_id: UUID) -> Response:
    """Send a line, without scripts."""
    moede = sammen_queries.get_moede_sammen(moede_id, viewer=viewer(), hold=True)
    form = SeddelForm()
    form.handling.data = rules.TJEK
    try:
        act = form.as_handling(None)
        svar = carry_out(moede, [act], by=viewer(), kvittering=kvittering(moede, make=True))[0]
        if svar.fejl:
            raise RuleBroken(svar.fejl)
    except RuleBroken as problem:
        answer = _page(moede, fejl=problem.text, skrevet=form.tekst.data or "", fejl_felt=form.felt.data)
        return make_response(answer, 422)
    return redirect(url_for("grupper.tjek_ud", moede_id=moede.id, _anchor=f"felt-{act.felt}"), 303)


@blueprint.post("/tjek-ud/<uuid:tjek_ud_id>/tag-tilbage")
@commits
def tag_tjek_ud(tjek_ud_id: UUID) -> Response:
    """Take one's own line back, without scripts; after the meeting too."""
    moede = queries.get_tjek_ud_moede(tjek_ud_id, viewer=viewer())
    row = queries.get_own_tjek_ud(tjek_ud_id, viewer=viewer(), kvittering=kvittering(moede))
    actions.take_back(moede, row.id, by=viewer(), kvittering=kvittering(moede))
    flash("Den er taget tilbage.", "success")
    return redirect(url_for("grupper.tjek_ud", moede_id=moede.id), 303)


@blueprint.post("/tjek-ud/<uuid:tjek_ud_id>/laeringspil")
@commits
def laeg_i_pil(tjek_ud_id: UUID) -> Response:
    """Put a YES!! in one's own læringspil."""
    moede = queries.get_tjek_ud_moede(tjek_ud_id, viewer=viewer())
    row = queries.get_tjek_ud(tjek_ud_id, viewer=viewer(), kvittering=kvittering(moede))
    try:
        actions.put_in_laeringspil(row, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "warning")
    else:
        flash("Den står nu som en linje i din læringspil. Kun du kan se den dér.", "success")
    return redirect(url_for("grupper.tjek_ud", moede_id=moede.id), 303)


@blueprint.post("/tjek-ud/<uuid:tjek_ud_id>/taget-op")
@commits
def tag_men_op(tjek_ud_id: UUID) -> Response:
    """The facilitator says that a "Men" has been taken up, or that it waits after all."""
    row = queries.get_men_to_take_up(tjek_ud_id, viewer=viewer())
    actions.take_up(row, by=viewer(), taget_op=request.form.get("taget_op", "1") == "1")
    words = "Gemt. Det er taget op." if row.taget_op else "Gemt. Det venter på jer igen."
    flash(words, "success")
    return redirect(url_for("grupper.sammen", moede_id=row.moede_id, _anchor="opmaerksom"), 303)


def _page(moede: Moede, **extra: Any) -> str:
    forrige = sammen_queries.find_forrige_moede(moede)
    return render_template(
        "grupper/sammen/tjek_ud.html",
        **side(moede),
        bokse=queries.get_bokse(moede, viewer=viewer(), kvittering=kvittering(moede)),
        forrige=forrige,
        forrige_bokse=queries.get_bokse(forrige) if forrige else None,
        **extra,
    )
