"""What was chosen in Metoder, a method or a skabelon, carried into a kontrakt: one there is, or a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler import actions, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.views import blueprint
from supervision.db import commits
from supervision.katalog.content import Katalog
from supervision.katalog.queries import katalog_for, katalog_of
from supervision.katalog.rules import Metode, Skabelon


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/laeg-i")
@commits
def laeg_i(kontrakt_id: UUID) -> Response:
    """Put the chosen method or skabelon into a kontrakt that can still be changed. Raises RuleBroken."""
    kontrakt = queries.get_kontrakt_to_change(kontrakt_id, viewer=viewer())
    rules.check_can_change(kontrakt)
    chosen = chosen_in(request.form, katalog_of(kontrakt.organisation_id))
    if chosen:
        put_in(kontrakt, chosen)
    return redirect(url_for("aftaler.kendetegn", kontrakt_id=kontrakt_id), 303)


def chosen_in(values: MultiDict[str, str], katalog: Katalog | None = None) -> Metode | Skabelon | None:
    """What `metode` or `skabelon` names; None for what is not offered, and for a method that cannot be ticked live.

    katalog: where it is looked up; that of the viewer's organisation when none is given.
    """
    katalog = katalog or katalog_for(viewer().organisation)
    if skabelon := katalog.skabelon(values.get("skabelon", "")):
        return skabelon if katalog.tilbyder(skabelon) else None
    metode = katalog.metode(values.get("metode", ""))
    return metode if metode and katalog.tilbyder(metode) and katalog.kan_krydses(metode) else None


def put_in(kontrakt: FeedbackKontrakt, chosen: Metode | Skabelon) -> None:
    """Put it in, and say in a flash what came of it. What another organisation made its own is not there to put in."""
    katalog = katalog_of(kontrakt.organisation_id)
    there = katalog.skabelon if isinstance(chosen, Skabelon) else katalog.metode
    if not (found := there(chosen.key)) or not katalog.tilbyder(found):
        flash(f"»{chosen.navn}« findes ikke, hvor samtalen holdes. Vælg noget andet.", "info")
        return
    if isinstance(chosen, Skabelon):
        asked = actions.take_skabelon(kontrakt, by=viewer(), key=chosen.key)
        words = f"Skabelonen »{chosen.navn}« er lagt i kontrakten."
    else:
        put, left, asked = actions.add_metode(kontrakt, by=viewer(), key=chosen.key)
        words = rules.lagt_i(chosen.navn, put, left)
    if asked:
        words += f" Du og {queries.modpart(kontrakt, viewer=viewer()).fornavn} bliver begge spurgt igen."
    flash(words, "success")


def choice_context(chosen: Metode | Skabelon | None) -> dict[str, Any]:
    """What the page of a new kontrakt shows of the choice, and my kontrakter that it could go into."""
    if chosen is None:
        return {"valgt": None, "mine": []}
    mine = [
        (kontrakt, queries.modpart(kontrakt, viewer=viewer()))
        for kontrakt in queries.list_kontrakter(viewer=viewer())
        if rules.tilstand(kontrakt) in rules.KAN_RETTES and kontrakt.samtale.starter_at > clock.now()
    ]
    field = "skabelon" if isinstance(chosen, Skabelon) else "metode"
    return {"valgt": chosen, "valgt_felt": field, "mine": mine}
