"""The samtale afterwards: my observationer, and the timeline of one of them."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.aftaler.queries import get_kontrakt
from supervision.aftaler.rules import SAMTALE_TYPER, holds_nr, list_nr_valg, read_nr
from supervision.observationer import queries, timeline
from supervision.observationer.actions import editing
from supervision.observationer.queries.registreringer import get_brugt, get_emnetid
from supervision.observationer.queries.samarbejde import can_note_samarbejde, list_andre_i_samtalen
from supervision.observationer.views import blueprint
from supervision.personer.views.ord import speak_for
from supervision.problems import NotFound


@blueprint.get("/observationer")
def mine() -> str:
    """The observationer that I may see, newest first, fifty a page.

    `?nr=` leaves those with that number in the forløb, or with none.
    """
    person, nr = viewer(), read_nr(request.args.get("nr", ""))
    antal = queries.count_observationer(viewer=person)
    total = sum(many for forloeb_nr, many in antal.items() if holds_nr(nr, forloeb_nr))
    pages = max(1, -(-total // queries.PAGE))
    page = request.args.get("side", 1, type=int)
    if not 1 <= page <= pages:
        raise NotFound
    return render_template(
        "observationer/mine.html",
        person=person,
        observationer=queries.list_observationer(viewer=person, page=page, nr=nr),
        antal=(total, sum(antal.values())),
        nr=nr,
        nr_valg=list_nr_valg(antal, nr),
        page=page,
        pages=pages,
        lagt_til_side=queries.count_karantaene(viewer=person),
    )


@blueprint.get("/observationer/<uuid:observation_id>")
def observation(observation_id: UUID) -> str:
    """One samtale as a picture, its table and its figures in words."""
    person = viewer()
    found = queries.get_observation(observation_id, viewer=person)
    speak_for(found.organisation_id)
    tidslinje = queries.get_tidslinje(found, viewer=person)
    return render_template(
        "observationer/observation.html",
        observation=found,
        tidslinje=tidslinje,
        oejeblikke=timeline.moments(tidslinje.billede),
        er_fokusperson=person.id == found.fokusperson_id,
        er_observatoer=person.id == found.observatoer_id,
        kan_rettes=person.id == found.observatoer_id and editing.is_open(found),
        brugt=get_brugt(found, viewer=person),
        emnetid=get_emnetid(found, viewer=person),
        samarbejde_kan_noteres=can_note_samarbejde(found, viewer=person),
        andre_i_samtalen=list_andre_i_samtalen(found, viewer=person),
        samtale_typer=SAMTALE_TYPER,
        samlet_antal=queries.count_observationer_of_samtale(found, viewer=person),
    )


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/observation")
def for_kontrakt(kontrakt_id: UUID) -> Response:
    """From a kontrakt to its log: the recorder while it runs, then the timeline, until then the kontrakt."""
    person = viewer()
    kontrakt = get_kontrakt(kontrakt_id, viewer=person)
    found = queries.find_observation_of(kontrakt.id)
    if kontrakt.observatoer_id == person.id and (found is None or found.afsluttet_at is None):
        return redirect(url_for("observationer.optager", kontrakt_id=kontrakt.id))
    try:
        seen = queries.get_observation(found.id, viewer=person) if found else None
    except NotFound:
        seen = None
    if seen is None:
        return redirect(url_for("aftaler.kontrakt", kontrakt_id=kontrakt.id))
    return redirect(url_for("observationer.observation", observation_id=seen.id))
