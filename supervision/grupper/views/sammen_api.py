"""Writing together from our own scripts: what has changed since a number, and acts that are carried out once."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any
from uuid import UUID

import orjson
from flask import Response, current_app, jsonify, request

from supervision import clock
from supervision.access import viewer
from supervision.db import commits
from supervision.grupper.actions.sammen import carry_out
from supervision.grupper.forms.sammen import parse_handlinger
from supervision.grupper.models import Moede, Seddel
from supervision.grupper.queries import sammen as queries
from supervision.grupper.queries import tjek_ud as tjek_ud_queries
from supervision.grupper.rules import sammen as rules
from supervision.grupper.views import blueprint
from supervision.grupper.views.kvittering import kvittering


@blueprint.get("/api/moeder/<uuid:moede_id>/sammen")
def hent_sammen(moede_id: UUID) -> Response:
    """What has changed since `siden`; 204 when nothing has, and the state and tjek ud are those of `aftryk`."""
    moede = queries.get_moede_sammen(moede_id, viewer=viewer())
    siden, nr = request.args.get("siden", 0, type=int), queries.find_nr(moede)
    state = _state(moede)
    aftryk = hashlib.sha256(orjson.dumps(state, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    if siden == nr and request.args.get("aftryk") == aftryk:
        return Response(status=204)
    changed = [_seddel(row) for row in queries.list_aendrede(moede, min(siden, nr))]
    return jsonify(nr=nr, aftryk=aftryk, sedler=changed, **state)


@blueprint.post("/api/moeder/<uuid:moede_id>/sammen")
@commits
def gem_sammen(moede_id: UUID) -> Response:
    """Carry acts out; what became of each, in the order they were sent but for those that could not be opened."""
    moede = queries.get_moede_sammen(moede_id, viewer=viewer(), hold=True)
    body, secret = request.get_data(cache=False), current_app.config["SECRET_KEY"]
    acts, refused = parse_handlinger(body, secret, moede.id)
    checking_out = any(act.op in (rules.TJEK, rules.TAG_TJEK) for act in acts)
    answers = carry_out(moede, acts, by=viewer(), kvittering=kvittering(moede, make=checking_out))
    return jsonify(svar=[asdict(one) for one in (*answers, *refused)])


def _state(moede: Moede) -> dict[str, Any]:
    """What is told whole each time: small, and without an order that says who came when."""
    bokse = tjek_ud_queries.get_bokse(moede, viewer=viewer(), kvittering=kvittering(moede))
    return {
        "tilstand": rules.moede_tilstand(moede, clock.now()),
        "tal": moede.planche_tal,
        "tjek_ud": {
            "synlige": {boks: [_linje(one) for one in lines] for boks, lines in bokse.synlige.items()},
            "egne": [_linje(one) for one in bokse.egne],
        },
    }


def _linje(line: tjek_ud_queries.Linje) -> dict[str, str]:
    return {"id": str(line.id), "boks": line.boks, "tekst": line.tekst, "navn": line.navn}


def _seddel(row: Seddel) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "felt": row.felt,
        "tekst": row.tekst,
        "udgave": row.udgave,
        "orden": [row.plads, row.oprettet_nr],
        "taget": row.taget,
        "sideloeb": row.sideloeb_til is not None,
        "ejer": rules.ALLE if row.ejer_alle else str(row.ejer_id or ""),
        "ejer_navn": row.ejer_ord,
        "ja": row.ejer_ja_at is not None,
    }
