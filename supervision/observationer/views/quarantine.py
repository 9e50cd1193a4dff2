"""What could not go where it was sent: put aside, looked at, taken home as a file, deleted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import get_kontrakt
from supervision.danish import antal
from supervision.db import commits
from supervision.observationer import forms, queries, rules
from supervision.observationer.actions import quarantine
from supervision.observationer.formats import kryds_fil
from supervision.observationer.views import blueprint
from supervision.personer.models import Person
from supervision.problems import NotFound, RuleBroken

Answer = Response | tuple[Response, int]


@dataclass(slots=True)
class Bunke:
    """What is aside for one kontrakt. kontrakt: only when the viewer may see it; dele: one for each reason."""

    kontrakt_id: UUID
    kontrakt: FeedbackKontrakt | None
    dele: list[queries.LagtTilSide] = field(default_factory=list)

    @property
    def antal(self) -> int:
        """How many events."""
        return sum(del_.antal for del_ in self.dele)

    @property
    def startet_at(self) -> datetime | None:
        """When the samtale began, as far as the device knew."""
        return min((del_.startet_at for del_ in self.dele if del_.startet_at), default=None)


@blueprint.post("/api/karantaene")
@commits
def saet_til_side() -> Answer:
    """Keep a batch that was refused whole; the server finds the reason itself."""
    try:
        batch = forms.parse_stranded_batch(request.get_data(cache=False))
    except RuleBroken as problem:
        return jsonify(fejl=problem.text, felt=problem.field), 400
    try:
        aside = quarantine.put_batch_aside(
            by=viewer(),
            kontrakt_id=batch.kontrakt,
            startet_at=batch.startet_at,
            raw=batch.haendelser,
            secret=current_app.config["SECRET_KEY"],
        )
    except quarantine.StillOpen as problem:
        return jsonify(fejl=problem.text, kan_sendes=True), 409
    except RuleBroken as problem:
        return jsonify(fejl=problem.text), 409
    return jsonify(karantaene=aside.karantaene, gemt=aside.gemt, afvist=aside.afvist)


@blueprint.get("/observationer/lagt-til-side")
def lagt_til_side() -> str:
    """What of mine is aside, by kontrakt, with the reason and how long it is kept."""
    return render_template(
        "observationer/lagt_til_side.html",
        bunker=_bunker(viewer()),
        grunde=rules.GRUNDE,
        dage=rules.KARANTAENE_DAGE,
    )


@blueprint.get("/observationer/lagt-til-side/<uuid:kontrakt_id>/hent")
def hent_til_side(kontrakt_id: UUID) -> FlaskResponse:
    """What of mine is aside for this kontrakt, in the file that `observationer.hent_kryds` takes."""
    startet_at, haendelser = queries.get_stranded(kontrakt_id, viewer=viewer())
    content = kryds_fil.write(
        kontrakt=kontrakt_id, startet_at=startet_at, gemt_at=clock.now(), haendelser=haendelser
    )
    name = f"kryds-{clock.local(startet_at or clock.now()):%Y-%m-%d-%H%M}.json"
    return FlaskResponse(
        content,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.post("/observationer/lagt-til-side/<uuid:kontrakt_id>/slet")
@commits
def slet_til_side(kontrakt_id: UUID) -> Response:
    """Delete what of mine is aside for this kontrakt."""
    gone = quarantine.delete_put_aside(kontrakt_id=kontrakt_id, by=viewer())
    flash(f"{antal(gone, 'Én hændelse', 'hændelser')} er slettet.", "success")
    return redirect(url_for("observationer.lagt_til_side"), 303)


def _bunker(person: Person) -> list[Bunke]:
    found: dict[UUID, Bunke] = {}
    for del_ in queries.list_karantaene(viewer=person):
        if del_.kontrakt_id not in found:
            found[del_.kontrakt_id] = Bunke(del_.kontrakt_id, _seen_kontrakt(del_.kontrakt_id, person))
        found[del_.kontrakt_id].dele.append(del_)
    return list(found.values())


def _seen_kontrakt(kontrakt_id: UUID, person: Person) -> FeedbackKontrakt | None:
    try:
        return get_kontrakt(kontrakt_id, viewer=person)
    except NotFound:
        return None
