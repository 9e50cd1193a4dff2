"""The meeting while it runs: the facilitator's page, the projector's screen, and what the others follow them by."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import flash, json, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.grupper import actions, forms, queries, rules
from supervision.grupper.models import Moede
from supervision.grupper.views import blueprint
from supervision.grupper.views.moede_dele import at_goere, her, scene, til_skaerm
from supervision.problems import RuleBroken


@blueprint.get("/moeder/<uuid:moede_id>/dagsorden")
def dagsorden(moede_id: UUID) -> str:
    """The agenda, to be changed before the meeting and during it. Raises RuleBroken when it is over."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer())
    rules.check_open_table(found, clock.now())
    lines = [
        (row.id, rules.Punkt(row.slags, row.titel, row.minutter)) for row in queries.list_dagsorden(found)
    ]
    return _agenda_page(found, lines)


@blueprint.post("/moeder/<uuid:moede_id>/dagsorden")
@commits
def gem_dagsorden(moede_id: UUID) -> Response:
    """Store it, with the line that was to be moved, added or removed."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer(), hold=True)
    handling = request.form.get("handling", "")
    try:
        lines = forms.read_dagsorden(dict(request.form.lists()))
        actions.set_dagsorden(found, punkter=lines, by=viewer())
    except RuleBroken as problem:
        return make_response(_agenda_page(found, _as_sent(), problem.text), 422)
    if handling:
        return redirect(url_for("grupper.dagsorden", moede_id=moede_id) + "#punkter", 303)
    flash("Dagsordenen er gemt.", "success")
    running = rules.moede_tilstand(found, clock.now()) == rules.I_GANG
    return redirect(url_for("grupper.led_moede" if running else "grupper.moede", moede_id=moede_id), 303)


@blueprint.get("/moeder/<uuid:moede_id>/led")
def led_moede(moede_id: UUID) -> str:
    """The facilitator's own page: clock, questions one at a time, who is here, and what to open on the screen."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer())
    gang = queries.get_gang(found)
    slags = gang.punkt.slags if gang.punkt else None
    return render_template(
        "grupper/moede/led.html",
        scene=scene(found, gang),
        her=her(found),
        moede=found,
        gang=gang,
        billede=queries.find_billede(found, viewer=viewer()),
        indkaldte=queries.list_indkaldte(found),
        at_goere=at_goere(found, slags),
        plenum=queries.list_plenum(found.gruppe),
        slags=rules.SLAGS,
        i_dag=clock.local(found.start_at).date() == clock.today(),
        rest_af_tiden=int((gang.slutter_at - clock.now()).total_seconds() // 60),
    )


@blueprint.post("/moeder/<uuid:moede_id>/begynd")
@commits
def begynd_moede(moede_id: UUID) -> Response:
    """Begin it: the first point, and its clock."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer(), hold=True)
    actions.begin_moede(found, by=viewer())
    return redirect(url_for("grupper.led_moede", moede_id=moede_id), 303)


@blueprint.post("/moeder/<uuid:moede_id>/gang")
@commits
def styr_moede(moede_id: UUID) -> Response:
    """Next point, back, pause, five minutes more, the next question."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer(), hold=True)
    handling, sted = (request.form.get(name, "") for name in ("handling", "sted"))
    actions.steer_moede(found, handling=handling, sted=sted, by=viewer())
    return redirect(url_for("grupper.led_moede", moede_id=moede_id), 303)


@blueprint.post("/moeder/<uuid:moede_id>/slut")
@commits
def slut_moede(moede_id: UUID) -> Response:
    """End it."""
    found = queries.get_moede_to_lead(moede_id, viewer=viewer(), hold=True)
    actions.end_moede(found, by=viewer())
    flash("Mødet er slut. Referatet er klar.", "success")
    return redirect(url_for("grupper.moede", moede_id=moede_id), 303)


@blueprint.get("/moeder/<uuid:moede_id>/skaerm")
def moede_skaerm(moede_id: UUID) -> str:
    """The projector: the present point, its question and clock, in letters that are read from the back of the room."""
    found = queries.get_moede(moede_id, viewer=viewer())
    gang = queries.get_gang(found)
    slags = gang.punkt.slags if gang.punkt else None
    return render_template(
        "grupper/moede/skaerm.html",
        scene=scene(found, gang),
        moede=found,
        gang=gang,
        hvad=rules.SLAGS[slags].hvad if slags else "",
        fremmoedte=len(queries.list_her(found)),
        **til_skaerm(found, slags),
    )


@blueprint.get("/api/moeder/<uuid:moede_id>/nu")
def moede_nu(moede_id: UUID) -> Response:
    """Where the meeting is, for the pages that follow it. 304 when nothing has changed since they asked."""
    found = queries.get_moede(moede_id, viewer=viewer())
    state = _state(found)
    answer = jsonify({**state, "nu_ms": _ms(clock.now().timestamp())})
    answer.set_etag(sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:32])
    return answer.make_conditional(request)


def _state(moede: Moede) -> dict[str, Any]:
    """What stays the same as long as nobody does anything; times in ms since 1970.

    scene: another one than the page's own when that has to be drawn anew. fra_ms: since when the present point would
    have run without a break; None while the clock stands, and then it stands at brugt_ms.
    """
    gang = queries.get_gang(moede)
    punkt = gang.punkt
    return {
        "tilstand": gang.tilstand,
        "scene": scene(moede, gang),
        "punkt": punkt and {"titel": punkt.titel, "slags": punkt.slags, "nr": gang.plads},
        "laengde_ms": punkt.minutter * 60_000 if punkt else 0,
        "fra_ms": _ms(gang.loebet_fra.timestamp()) if gang.loebet_fra else None,
        "brugt_ms": None if gang.koerer else gang.brugt_ms,
        "slut_ms": _ms(gang.slutter_at.timestamp()),
        "her": her(moede),
    }


def _ms(seconds: float) -> int:
    return int(seconds * 1000)


def _as_sent() -> list[tuple[str, rules.Punkt]]:
    """What was typed, to be shown again as it is; minutes that are no number stand as 0."""
    columns = (request.form.getlist(name) for name in ("id", "slags", "titel", "minutter"))
    return [
        (id_, rules.Punkt(slags, titel, int(minutter) if minutter.isdigit() else 0))
        for id_, slags, titel, minutter in zip(*columns, strict=False)
        if slags in rules.SLAGS
    ]


def _agenda_page(moede: Moede, lines: Any, problem: str = "") -> str:
    gang = queries.get_gang(moede)
    return render_template(
        "grupper/moede/dagsorden.html",
        moede=moede,
        linjer=lines,
        i_alt=sum(punkt.minutter for _, punkt in lines),
        nu=gang.punkt.id if gang.punkt else None,
        slags=rules.SLAGS,
        problem=problem,
    )
