"""What the screen and the recorders of a practice samtale ask and tell: where it is, who steers it, what was ticked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import jsonify, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.forms import parse_object
from supervision.grupper import actions, queries
from supervision.grupper.models import Kalibrering, KalibreringLog
from supervision.grupper.rules import kalibrering as rules
from supervision.grupper.views import blueprint
from supervision.observationer.forms import parse_batch
from supervision.problems import RuleBroken

Answer = Response | tuple[Response, int]


@blueprint.get("/api/kalibreringer/<uuid:kalibrering_id>")
def kalibrering_nu(kalibrering_id: UUID) -> Response:
    """Where it is now, by the server's clock."""
    return jsonify(_now(queries.get_kalibrering(kalibrering_id, viewer=viewer())))


@blueprint.post("/api/kalibreringer/<uuid:kalibrering_id>/styr")
@commits
def styr_kalibrering(kalibrering_id: UUID) -> Answer:
    """Start, pause, go on, stop, begin again, open the group's picture."""
    found = queries.get_kalibrering_to_steer(kalibrering_id, viewer=viewer())
    asked = parse_object(request.get_data(cache=False), frozenset({"handling"}))
    try:
        after = actions.steer(found, handling=str(asked.get("handling", "")), by=viewer())
    except RuleBroken as problem:
        return _refuse(problem, 409)
    return jsonify({**_now(found), "videre": _address(after) if after is not found else None})


@blueprint.post("/api/kalibreringer/<uuid:kalibrering_id>/med")
@commits
def med_i_kalibrering(kalibrering_id: UUID) -> Answer:
    """My recorder is open: count me in."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer(), hold=True)
    parse_object(request.get_data(cache=False))
    try:
        actions.join(found, by=viewer())
    except RuleBroken as problem:
        return _refuse(problem, 409)
    return jsonify(_now(found))


@blueprint.get("/api/kalibreringer/<uuid:kalibrering_id>/optager")
def kalibrering_data(kalibrering_id: UUID) -> Response:
    """What the recorder's page is filled with."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer())
    return jsonify(
        person=str(viewer().id),
        skaerm=queries.optager_skaerm(found, viewer=viewer()),
        log=_log(found, queries.own_log(found, viewer())),
        nu=_now(found),
    )


@blueprint.get("/api/kalibreringer/<uuid:kalibrering_id>/haendelser")
def hent_kryds_i_oevelse(kalibrering_id: UUID) -> Response:
    """My own ticks, as they are stored."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer())
    return jsonify(_log(found, queries.own_log(found, viewer())))


@blueprint.post("/api/kalibreringer/<uuid:kalibrering_id>/haendelser")
@commits
def gem_kryds_i_oevelse(kalibrering_id: UUID) -> Answer:
    """Store a batch of my ticks; the answer names what is stored."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer())
    try:
        batch = parse_batch(request.get_data(cache=False))
    except RuleBroken as problem:
        return _refuse(problem, 400)
    try:
        receipt = actions.store_kryds(found, raw=batch.haendelser, by=viewer())
    except RuleBroken as problem:
        return _refuse(problem, 409)
    return jsonify(gemt=receipt.gemt, konflikt=[], afvist=receipt.afvist, karantaene=[], antal=receipt.antal)


@blueprint.post("/api/kalibreringer/<uuid:kalibrering_id>/afslut")
@commits
def afslut_kryds_i_oevelse(kalibrering_id: UUID) -> Answer:
    """All my ticks are here."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer(), hold=True)
    parse_object(request.get_data(cache=False))
    try:
        actions.end_log(found, by=viewer())
    except RuleBroken as problem:
        return _refuse(problem, 409)
    return jsonify(adresse=_address(found))


def _refuse(problem: RuleBroken, code: int) -> Answer:
    return jsonify(fejl=problem.text, felt=problem.field), code


def _address(found: Kalibrering) -> str:
    return url_for("grupper.kalibrering", kalibrering_id=found.id)


def _now(found: Kalibrering) -> dict[str, Any]:
    """The playing as the pages keep it; times of the wall clock in ms since 1970, by this server."""
    now, length = clock.now(), queries.manuskript_of(found).varer_ms
    after = queries.find_successor(found)
    return {
        "nu_ms": round(now.timestamp() * 1000),
        "tilstand": rules.tilstand(found, now, length),
        "start_ms": round(found.start_at.timestamp() * 1000) if found.start_at else None,
        "pauset_ms": found.pauset_ms,
        "slut_ms": found.slut_ms,
        "varer_ms": length,
        "tempo": found.tempo,
        "med": sum(log.trukket_at is None for log in found.logge),
        "faerdige": len(queries.list_ended(found)),
        "fra_tre": rules.FRA_TRE,
        "vist": found.vist_at is not None,
        "videre": _address(after) if after else None,
    }


def _log(found: Kalibrering, log: KalibreringLog | None) -> dict[str, Any]:
    events = queries.list_kryds([log.id])[log.id] if log else []
    begun = found.start_at.isoformat(timespec="milliseconds") if found.start_at and events else None
    return {
        "startet_at": begun,
        "afsluttet_at": log.afsluttet_at.isoformat() if log and log.afsluttet_at else None,
        "haendelser": [
            {"id": str(h.id), "nr": h.nr, "t_ms": h.t_ms, "spor": h.spor, "kode": h.kode} for h in events
        ],
    }
