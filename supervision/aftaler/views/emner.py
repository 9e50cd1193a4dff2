"""The emneliste of a numbered samtale: what is often on it, the citizen's agenda, and what the fokusperson plans."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.aftaler import actions, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.views import blueprint
from supervision.db import commits
from supervision.katalog.content import load_katalog
from supervision.katalog.rules.emner import Emne, Emneliste
from supervision.personer.models import Person
from supervision.problems import NotAllowed, NotFound, RuleBroken


@dataclass(frozen=True, slots=True)
class Emner:
    """What a page shows of it. planlagt, egne: ticked of the two columns. kan_saettes: whether the viewer may tick."""

    liste: Emneliste
    dagsorden: tuple[Emne, ...]
    model: str
    planlagt: tuple[Emne, ...]
    egne: tuple[Emne, ...]
    kan_saettes: bool


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/emner")
@commits
def gem_emner(kontrakt_id: UUID) -> Response:
    """Store the ticks, and go back to the page they were set on."""
    kontrakt = queries.get_kontrakt_to_change(kontrakt_id, viewer=viewer())
    try:
        actions.plan_emner(kontrakt, by=viewer(), koder=request.form.getlist("emner"))
    except NotAllowed:
        raise NotFound from None
    except RuleBroken as problem:
        flash(problem.text, "warning")
    else:
        flash("Emnerne er gemt.", "success")
    page = "samtalen" if request.form.get("fra") == "samtalen" else "kontrakt"
    return redirect(url_for(f"aftaler.{page}", kontrakt_id=kontrakt_id, _anchor="emnelisten"), 303)


def emner_of(kontrakt: FeedbackKontrakt, *, viewer: Person) -> Emner | None:
    """The list of the samtale's number; None when it has none."""
    samtale, lister = kontrakt.samtale, load_katalog().emnelister
    liste = lister.for_nr(samtale.forloeb_nr)
    if liste is None or not rules.har_emneliste(samtale.forloeb_nr, samtale.type):
        return None
    ticked = lister.planlagt(samtale.forloeb_nr, samtale.emner)
    return Emner(
        liste=liste,
        dagsorden=lister.dagsorden,
        model=lister.model,
        planlagt=tuple(emne for emne in ticked if emne not in lister.dagsorden),
        egne=tuple(emne for emne in ticked if emne in lister.dagsorden),
        kan_saettes=viewer.id == kontrakt.fokusperson_id and rules.tilstand(kontrakt) in rules.KAN_RETTES,
    )
