"""What is written together at a meeting: planchen, lykkes bedre and the big screen; scripts go by the API."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.grupper.actions.sammen import carry_out
from supervision.grupper.forms.sammen import SeddelForm, TalForm
from supervision.grupper.models import Moede
from supervision.grupper.queries import list_medlemmer
from supervision.grupper.queries import sammen as queries
from supervision.grupper.queries import tjek_ud as tjek_ud_queries
from supervision.grupper.rules import sammen as rules
from supervision.grupper.views import blueprint
from supervision.grupper.views.kvittering import kvittering
from supervision.observationer.formats import forseglet
from supervision.problems import RuleBroken

SKAERME: Final = ("planche", "lykkes", "tjek-ud")


@blueprint.get("/moeder/<uuid:moede_id>/sammen")
def sammen(moede_id: UUID) -> str:
    """The way to the three places to write, and for the facilitator what the group has to be aware of."""
    moede = queries.get_moede_sammen(moede_id, viewer=viewer())
    leads = moede.gruppe.facilitator_id == viewer().id
    forrige = queries.find_forrige_moede(moede)
    return render_template(
        "grupper/sammen/sammen.html",
        **side(moede),
        tavle=queries.get_tavle(moede),
        bokse=tjek_ud_queries.get_bokse(moede, viewer=viewer(), kvittering=kvittering(moede)),
        leads=leads,
        men=tjek_ud_queries.list_aabne_men(viewer=viewer(), gruppe=moede.gruppe),
        forrige=forrige,
        forrige_tavle=queries.get_tavle(forrige) if forrige else None,
        forrige_bokse=tjek_ud_queries.get_bokse(forrige) if forrige else None,
    )


@blueprint.get("/moeder/<uuid:moede_id>/planche")
def planche(moede_id: UUID) -> str:
    """Five questions, notes from everybody, one number."""
    moede = queries.get_moede_sammen(moede_id, viewer=viewer())
    return _page("grupper/sammen/planche.html", moede)


@blueprint.get("/moeder/<uuid:moede_id>/lykkes-bedre")
def lykkes_bedre(moede_id: UUID) -> str:
    """Four fields; what somebody takes on comes back at the next meeting."""
    moede = queries.get_moede_sammen(moede_id, viewer=viewer())
    return _page("grupper/sammen/lykkes_bedre.html", moede)


@blueprint.get("/moeder/<uuid:moede_id>/sammen/skaerm")
def sammen_skaerm(moede_id: UUID) -> str:
    """What all look at: planchen, lykkes bedre or tjek ud with nothing around it; planchen also on A3."""
    moede = queries.get_moede_sammen(moede_id, viewer=viewer())
    vis = request.args.get("vis", SKAERME[0])
    if vis not in SKAERME:
        abort(404)
    return render_template(
        "grupper/sammen/skaerm.html",
        **side(moede),
        vis=vis,
        tavle=queries.get_tavle(moede),
        bokse=tjek_ud_queries.get_bokse(moede),
    )


@blueprint.post("/moeder/<uuid:moede_id>/sedler")
@commits
def skriv_seddel(moede_id: UUID) -> Response:
    """Put a new note on the board, without scripts."""
    return _carry_out_form(moede_id, None)


@blueprint.post("/moeder/<uuid:moede_id>/sedler/<uuid:seddel_id>")
@commits
def ret_seddel(moede_id: UUID, seddel_id: UUID) -> Response:
    """Put a note right, take it back, put it there again, or say whose it is, without scripts."""
    return _carry_out_form(moede_id, seddel_id)


@blueprint.post("/moeder/<uuid:moede_id>/planche/tal")
@commits
def saet_tal(moede_id: UUID) -> Response:
    """Set the group's number, without scripts."""
    moede = queries.get_moede_sammen(moede_id, viewer=viewer(), hold=True)
    svar = carry_out(moede, [TalForm().as_handling()], by=viewer())[0]
    if svar.fejl:
        return make_response(_page("grupper/sammen/planche.html", moede, fejl=svar.fejl), 422)
    return redirect(url_for("grupper.planche", moede_id=moede.id, _anchor="tallet"), 303)


def side(moede: Moede) -> dict[str, Any]:
    """What every page of a meeting shows and its script needs."""
    return {
        "moede": moede,
        "gruppe": moede.gruppe,
        "rules": rules,
        "tilstand": rules.moede_tilstand(moede, clock.now()),
        "person": viewer(),
        "medlemmer": [*list_medlemmer(moede.gruppe), moede.gruppe.facilitator],
        "forsegling": forseglet.public_key(current_app.config["SECRET_KEY"]),
    }


def _carry_out_form(moede_id: UUID, seddel_id: UUID | None) -> Response:
    moede = queries.get_moede_sammen(moede_id, viewer=viewer(), hold=True)
    seddel = queries.get_seddel(moede, seddel_id) if seddel_id else None
    form = SeddelForm()
    felt = seddel.felt if seddel else form.felt.data or ""
    page = (
        "grupper/sammen/lykkes_bedre.html" if felt in rules.LYKKES_FELTER else "grupper/sammen/planche.html"
    )
    try:
        svar = carry_out(moede, [form.as_handling(seddel_id)], by=viewer())[0]
        if svar.fejl:
            raise RuleBroken(svar.fejl)
    except RuleBroken as problem:
        answer = _page(page, moede, fejl=problem.text, skrevet=form.tekst.data or "", fejl_felt=felt)
        return make_response(answer, 422)
    if svar.resultat in (rules.EGEN_SEDDEL, rules.BEHOLDT):
        flash(_TO_RETTEDE[svar.resultat], "info")
    endpoint = "grupper.lykkes_bedre" if felt in rules.LYKKES_FELTER else "grupper.planche"
    return redirect(url_for(endpoint, moede_id=moede.id, _anchor=f"felt-{felt}"), 303)


_TO_RETTEDE: Final = {
    rules.EGEN_SEDDEL: "En anden havde rettet sedlen imens. Begge tekster står her nu, hver på sin seddel.",
    rules.BEHOLDT: "En anden havde rettet sedlen imens. Den står her stadig. Læs den, før du tager den tilbage.",
}


def _page(template: str, moede: Moede, **extra: Any) -> str:
    return render_template(template, **side(moede), tavle=queries.get_tavle(moede), **extra)
