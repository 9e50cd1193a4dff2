"""Mending the timeline after the samtale: one page with the list, and a small form for the event that was chosen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.danish import ur
from supervision.db import commits
from supervision.observationer import measures, queries, timeline
from supervision.observationer.actions import editing
from supervision.observationer.forms import FlytForm, TilfoejForm
from supervision.observationer.models import Observation
from supervision.observationer.rules import SPOR_NAVNE
from supervision.observationer.timeline import Linje, Navn, edits
from supervision.observationer.views import blueprint
from supervision.personer.views.ord import say, speak_for
from supervision.problems import NotFound, RuleBroken

GROUPS = {
    "faser": ("Faser", ("fase", "element")),
    "taletid": ("Taletid", ("taler",)),
    "ugu": ("Emner og UGU", ("emne", "ugu")),
    "kendetegn": ("Kendetegn", ("faerdighed",)),
    "noter": ("Noter og ur", ("note", "ur")),
}
TAKEN = "taget-tilbage"
ENDS = {
    "fase": "Fasen slutter",
    "taler": "Ingen har ordet",
    "emne": "Emnet slutter",
    "ugu": "Hverken U eller G",
}


@blueprint.get("/observationer/<uuid:observation_id>/ret")
def ret(observation_id: UUID) -> Response:
    """What was logged, and the form of the event that was chosen. Elsewhere when it cannot be mended now."""
    observation = own_log(observation_id)
    if observation.afsluttet_at is None:
        return redirect(url_for("observationer.optager", kontrakt_id=observation.kontrakt_id))
    if observation.overdraget_at is not None:
        return redirect(url_for("observationer.observation", observation_id=observation.id))
    return make_response(_page(observation, chosen=request.args.get("haendelse", type=UUID)))


@blueprint.post("/observationer/<uuid:observation_id>/haendelser/<uuid:haendelse_id>/flyt")
@commits
def flyt_haendelse(observation_id: UUID, haendelse_id: UUID) -> Response:
    """Give an event another time."""
    observation, form = own_log(observation_id), FlytForm()
    if not form.validate_on_submit():
        return make_response(_page(observation, chosen=haendelse_id, flyt=form), 422)
    t_ms = _start_of(observation) + form.to_ms()
    try:
        moved = editing.move_haendelse(
            observation=observation, haendelse_id=haendelse_id, t_ms=t_ms, by=viewer()
        )
    except RuleBroken as problem:
        if problem.field is None:
            return _refused(observation, problem)
        form.tid.errors = [problem.text]
        return make_response(_page(observation, chosen=haendelse_id, flyt=form), 422)
    flash(f"Flyttet til {ur(form.to_ms())}.", "success")
    return _back(observation, moved)


@blueprint.post("/observationer/<uuid:observation_id>/haendelser/<uuid:haendelse_id>/tag-tilbage")
@commits
def tag_haendelse_tilbage(observation_id: UUID, haendelse_id: UUID) -> Response:
    """Let an event count no more."""
    observation = own_log(observation_id)
    try:
        editing.take_haendelse_back(observation=observation, haendelse_id=haendelse_id, by=viewer())
    except RuleBroken as problem:
        return _refused(observation, problem)
    flash("Taget tilbage. Du kan sætte den ind igen.", "success")
    return _back(observation, haendelse_id)


@blueprint.post("/observationer/<uuid:observation_id>/haendelser/<uuid:haendelse_id>/saet-ind")
@commits
def saet_haendelse_ind(observation_id: UUID, haendelse_id: UUID) -> Response:
    """Take a taking back back: the same event is logged anew."""
    observation = own_log(observation_id)
    try:
        again = editing.put_haendelse_back(observation=observation, haendelse_id=haendelse_id, by=viewer())
    except RuleBroken as problem:
        return _refused(observation, problem)
    flash("Sat ind igen.", "success")
    return _back(observation, again)


@blueprint.post("/observationer/<uuid:observation_id>/haendelser")
@commits
def tilfoej_haendelse(observation_id: UUID) -> Response:
    """Log something that was not tapped while the samtale ran."""
    observation = own_log(observation_id)
    form = _add_form(observation)
    if not form.validate_on_submit():
        return make_response(_page(observation, tilfoej=form), 422)
    spor, kode = form.to_spor_kode()
    new_id, t_ms = UUID(form.ny_id.data), _start_of(observation) + form.to_ms()
    try:
        editing.add_haendelse(
            observation=observation, new_id=new_id, t_ms=t_ms, spor=spor, kode=kode, by=viewer()
        )
    except RuleBroken as problem:
        if problem.field is None:
            return _refused(observation, problem)
        field = {"tid": form.hvornaar, "tekst": form.tekst}.get(problem.field, form.hvad)
        field.errors = [problem.text]
        return make_response(_page(observation, tilfoej=form), 422)
    flash(f"Tilføjet {ur(form.to_ms())} {say('inde i samtalen')}.", "success")
    return _back(observation, new_id)


def own_log(observation_id: UUID) -> Observation:
    """The viewer's own log from the recorder, as observatør. Raises NotFound."""
    found = queries.get_observation(observation_id, viewer=viewer())
    if found.observatoer_id != viewer().id or found.kontrakt is None:
        raise NotFound
    speak_for(found.organisation_id)
    return found


def _start_of(observation: Observation) -> int:
    return measures.start_end(queries.list_haendelser(observation.id))[0]


def _back(observation: Observation, haendelse_id: UUID) -> Response:
    """To the list, at the row concerned."""
    address = url_for(
        "observationer.ret", observation_id=observation.id, vis=_shown() or None, _anchor=f"h-{haendelse_id}"
    )
    return redirect(address, 303)


def _refused(observation: Observation, problem: RuleBroken) -> Response:
    flash(say(problem.text), "warning")
    return redirect(url_for("observationer.ret", observation_id=observation.id, vis=_shown() or None), 303)


def _shown() -> str:
    """The part of the list that is shown: a key of GROUPS, TAKEN, or "" for all but what was undone while it ran."""
    asked = request.args.get("vis", "")
    return asked if asked in (*GROUPS, TAKEN) else ""


def _add_form(observation: Observation) -> TilfoejForm:
    form = TilfoejForm()
    assert observation.kontrakt is not None
    codes = editing.addable(observation.kontrakt, queries.list_haendelser(observation.id))
    navn = queries.navne_of(observation)
    form.hvad.choices = {
        "Kendetegn" if spor == "faerdighed" else SPOR_NAVNE[spor]: [
            (f"{spor}:{kode}", _words(navn, spor, kode)) for kode in found
        ]
        or [("note:", "Note til dig selv")]
        for spor, found in codes.items()
        if found or spor == "note"
    }
    form.ny_id.data = form.ny_id.data or str(edits.new_id())
    return form


def _words(navn: Navn, spor: str, kode: str) -> str:
    if not kode:
        return ENDS[spor]
    if spor == "element":
        return f"{navn('fase', kode.partition('.')[0])}: {navn(spor, kode)}"
    return navn(spor, kode)


def _page(
    observation: Observation,
    *,
    chosen: UUID | None = None,
    flyt: FlytForm | None = None,
    tilfoej: TilfoejForm | None = None,
) -> str:
    tidslinje = queries.get_tidslinje(observation, viewer=viewer())
    linjer = timeline.lines(queries.list_haendelser(observation.id), tidslinje.navn)
    found = next((linje for linje in linjer if linje.haendelse.id == chosen), None)
    if found and flyt is None:
        flyt = FlytForm(formdata=None, tid=ur(max(0, found.haendelse.t_ms - tidslinje.billede.start_ms)))
    context: dict[str, Any] = {
        "linjer": [linje for linje in linjer if linje is found or _is_shown(linje)],
        "antal_tilbage": sum(not linje.staar for linje in linjer),
        "valgt": found,
        "flyt": flyt,
        "tilfoej": tilfoej or _add_form(observation),
        "grupper": {key: words for key, (words, _) in GROUPS.items()},
        "vis": _shown(),
    }
    return render_template("observationer/ret.html", observation=observation, tidslinje=tidslinje, **context)


def _is_shown(linje: Linje) -> bool:
    part = _shown()
    if part == TAKEN:
        return not linje.staar
    mended = linje.staar or (linje.rettelse is not None and linje.rettelse.art == "taget_tilbage")
    return mended and (not part or linje.haendelse.spor in GROUPS[part][1])
