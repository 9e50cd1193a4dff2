"""What was chosen elsewhere, carried into a kontrakt: one there is, or a new one.

In Metoder a method or a skabelon is chosen, in Læring a line of the own læringspil.
"""

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
from supervision.laeringspil.queries import find_linje
from supervision.laeringspil.rules import Linje

Valgt = Metode | Skabelon | Linje


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/laeg-i")
@commits
def laeg_i(kontrakt_id: UUID) -> Response:
    """Put what was chosen into a kontrakt that can still be changed. Raises RuleBroken."""
    kontrakt = queries.get_kontrakt_to_change(kontrakt_id, viewer=viewer())
    rules.check_can_change(kontrakt)
    chosen = chosen_in(request.form, katalog_of(kontrakt.organisation_id))
    if chosen:
        put_in(kontrakt, chosen)
    step = "fokus" if isinstance(chosen, Linje) else "kendetegn"
    return redirect(url_for(f"aftaler.{step}", kontrakt_id=kontrakt_id), 303)


def chosen_in(values: MultiDict[str, str], katalog: Katalog | None = None) -> Valgt | None:
    """What `linje`, `metode` or `skabelon` names.

    None for a line that is not the viewer's own, for what is not offered, and for a method that cannot be ticked live.
    katalog: where it is looked up; that of the viewer's organisation when none is given.
    """
    if linje_id := values.get("linje", type=UUID):
        return find_linje(linje_id, viewer=viewer())
    katalog = katalog or katalog_for(viewer().organisation)
    if skabelon := katalog.skabelon(values.get("skabelon", "")):
        return skabelon if katalog.tilbyder(skabelon) else None
    metode = katalog.metode(values.get("metode", ""))
    return metode if metode and katalog.tilbyder(metode) and katalog.kan_krydses(metode) else None


def put_in(kontrakt: FeedbackKontrakt, chosen: Valgt) -> None:
    """Put it in, and say in a flash what came of it. What another organisation made its own is not there to put in."""
    if isinstance(chosen, Linje):
        _put_linje(kontrakt, chosen)
        return
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


def choice_context(chosen: Valgt | None) -> dict[str, Any]:
    """What the page of a new kontrakt shows of the choice, and my kontrakter that it could go into."""
    if chosen is None:
        return {"valgt": None, "mine": []}
    mine = [
        (kontrakt, queries.modpart(kontrakt, viewer=viewer()))
        for kontrakt in queries.list_kontrakter(viewer=viewer())
        if rules.tilstand(kontrakt) in rules.KAN_RETTES
        and kontrakt.samtale.starter_at > clock.now()
        and (not isinstance(chosen, Linje) or _takes(kontrakt, chosen))
    ]
    if isinstance(chosen, Linje):
        return {"valgt": chosen, "valgt_felt": "linje", "valgt_key": chosen.id, "mine": mine}
    felt = "skabelon" if isinstance(chosen, Skabelon) else "metode"
    return {"valgt": chosen, "valgt_felt": felt, "valgt_key": chosen.key, "mine": mine}


def _takes(kontrakt: FeedbackKontrakt, linje: Linje) -> bool:
    """Whether the viewer is its fokusperson, and it has room for the line, which is not in it yet."""
    return (
        rules.can_take_linje([(punkt.tekst, punkt.linje_id) for punkt in kontrakt.fokuspunkter], linje.id)
        and kontrakt.fokusperson_id == viewer().id
    )


def _put_linje(kontrakt: FeedbackKontrakt, linje: Linje) -> None:
    modpart = queries.modpart(kontrakt, viewer=viewer()).fornavn
    if kontrakt.fokusperson_id != viewer().id:
        flash(f"Linjen er ikke lagt i. Du observerer, og fokus er {rules.ejefald(modpart)}.", "info")
        return
    put, asked = actions.take_linje(kontrakt, by=viewer(), linje=linje)
    words = "Linjen er nu et fokus i kontrakten."
    if put:
        words += " Dens kendetegn er lagt på optageren."
    if asked:
        words += f" Du og {modpart} bliver begge spurgt igen."
    flash(words, "success")
