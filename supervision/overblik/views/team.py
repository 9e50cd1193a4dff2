"""The published figures of a team and of an organisation: the same for a team, its teamleder and a supervisor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.overblik import charts, queries, tables
from supervision.overblik.models import Udgivelse
from supervision.overblik.rules import RAMME, K, Kvartal, kvartal_of, r1_kvartal_at_vise
from supervision.overblik.views import blueprint
from supervision.personer.models import Organisation, Team
from supervision.personer.rules import SUPERVISOR
from supervision.personer.views.ord import speak_for
from supervision.problems import NotFound


@blueprint.get("/overblik")
def overblik() -> Response | str:
    """The teams whose figures I may see; with exactly one I go straight to it. A supervisor has days to plan here."""
    teams = queries.list_teams_to_see(viewer=viewer())
    if len(teams) == 1 and not viewer().har_rolle(SUPERVISOR):
        return redirect(url_for("overblik.team", team_id=teams[0].id))
    supervised = queries.list_organisationer_to_see(viewer=viewer())
    return render_template(
        "overblik/overblik.html",
        teams=teams,
        kvartal=r1_kvartal_at_vise(clock.today()),
        k=K,
        tvaers=len(supervised) > 0,
    )


@blueprint.get("/overblik/team/<uuid:team_id>")
def team(team_id: UUID) -> str:
    """One published quarter of one team, the newest unless an earlier one is asked for by its name."""
    return _team_page("overblik/team.html", team_id)


@blueprint.get("/overblik/team/<uuid:team_id>/debrifing")
def team_debrifing(team_id: UUID) -> str:
    """The team's quarter on one sheet, in words."""
    return _team_page("overblik/team_debrifing.html", team_id, with_words=True)


@blueprint.get("/overblik/organisation/<uuid:organisation_id>")
def organisation(organisation_id: UUID) -> str:
    """The organisation's published quarter, over the groups that are shown."""
    return _organisation_page("overblik/organisation.html", organisation_id)


@blueprint.get("/overblik/organisation/<uuid:organisation_id>/debrifing")
def organisation_debrifing(organisation_id: UUID) -> str:
    """The organisation's quarter on one sheet, in words."""
    return _organisation_page("overblik/organisation_debrifing.html", organisation_id)


def chosen_quarter(organisation_id: UUID) -> tuple[Udgivelse | None, list[Kvartal]]:
    """The published quarter that the address names, or the newest; and all there are, the newest first."""
    known = queries.list_udgivelser(organisation_id)
    quarters = [Kvartal(udgivelse.aar, udgivelse.nr) for udgivelse in known]
    wanted = request.args.get("kvartal")
    if wanted is None:
        return (known[0] if known else None), quarters
    for udgivelse, kvartal in zip(known, quarters, strict=True):
        if kvartal.noegle == wanted:
            return udgivelse, quarters
    raise NotFound


def _team_page(template: str, team_id: UUID, with_words: bool = False) -> str:
    found = queries.get_team(team_id, viewer=viewer())
    speak_for(found.organisation_id)
    chosen, known = chosen_quarter(found.organisation_id)
    shown = queries.get_overblik(found, chosen, viewer=viewer()) if chosen else None
    words = _words(found, shown.kvartal) if shown and with_words else {}
    return render_template(template, team=found, **_page(found.organisation, shown, known), **words)


def _words(team: Team, kvartal: Kvartal) -> dict[str, Any]:
    """The leader's own words of the quarter, and the newest survey that was closed before the next one's figures."""
    until = kvartal.next().klar
    surveys = queries.list_svar(team, viewer=viewer())
    return {
        "ramme": queries.find_ramme(team, kvartal),
        "svar": next((one for one in surveys if clock.local(one.lukket_at).date() < until), None),
        "felter": RAMME,
    }


def _organisation_page(template: str, organisation_id: UUID) -> str:
    found = queries.get_organisation_to_see(organisation_id, viewer=viewer())
    speak_for(found.id)
    chosen, known = chosen_quarter(found.id)
    slags = request.args.get("slags")
    shown = queries.get_samlet(found, chosen, viewer=viewer(), slags=slags) if chosen else None
    return render_template(template, organisation=found, **_page(found, shown, known))


def _page(organisation: Organisation, shown: queries.Overblik | None, known: list[Kvartal]) -> dict[str, Any]:
    pictures = shown.billeder if shown else []
    return {
        "overblik": shown,
        "kvartaler": known,
        "naeste": _next_to_come(known),
        "figurer": {b.noegle: (charts.figure_json(b), charts.height(b)) for b in pictures if b.raekker},
        "brug": tables.brug(pictures, queries.list_skabelon_kendetegn(organisation)),
        "k": K,
    }


def _next_to_come(known: list[Kvartal]) -> Kvartal:
    return known[0].next() if known else kvartal_of(clock.today())
