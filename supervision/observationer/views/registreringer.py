"""What was used in the samtale: one page that tells what is noted and what fits, and a page for each slags."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.danish import ur
from supervision.db import commits
from supervision.katalog.rules.vaerdier import ANDRE, ELLEVE, REDSKABER, SLAGS
from supervision.katalog.rules.vaerdier.alene import AAND_NAVNE, aand_variant
from supervision.katalog.rules.vaerdier.samtalen import MED_PEJLEMAERKER
from supervision.observationer import measures, queries
from supervision.observationer.actions import registrering as actions
from supervision.observationer.actions.editing import is_open
from supervision.observationer.forms.registrering import RegistreringForm, groups, registrering_form
from supervision.observationer.models import Observation, Registrering
from supervision.observationer.queries.registreringer import (
    get_brugt,
    get_registrering,
    get_tilbud,
    list_noted,
    omgivelser_of,
)
from supervision.observationer.views import blueprint
from supervision.observationer.views.editing import own_log
from supervision.personer.views.ord import words
from supervision.problems import NotFound, RuleBroken


@blueprint.get("/observationer/<uuid:observation_id>/brugt")
def brugt(observation_id: UUID) -> Response:
    """What is noted, what fits the samtale, and the rest. Elsewhere when nothing can be noted now."""
    observation = own_log(observation_id)
    if not is_open(observation):
        return _elsewhere(observation)
    page = render_template(
        "observationer/brugt.html",
        observation=observation,
        brugt=get_brugt(observation, viewer=viewer()),
        tilbud=get_tilbud(observation),
        slags=SLAGS,
    )
    return make_response(page)


@blueprint.get("/observationer/<uuid:observation_id>/brugt/<slags_key>")
def noter_brugt(observation_id: UUID, slags_key: str) -> Response:
    """The form of one slags; a log's only one of a slags is opened to be changed."""
    observation = own_log(observation_id)
    if not _is_known(slags_key):
        raise NotFound
    if not is_open(observation):
        return _elsewhere(observation)
    if slags_key == "redskab" and _is_no_tool(_variant()):
        return make_response(_tools_page(observation))
    noted = list_noted(observation, slags_key, by=viewer())
    if noted and SLAGS[slags_key].hoejst == 1:
        address = url_for("observationer.ret_brugt", registrering_id=noted[0].id, variant=_variant() or None)
        return redirect(address)
    form = registrering_form(slags_key, omgivelser_of(observation, slags_key, _variant()), ord=words().paa)
    return make_response(_form_page(observation, slags_key, form))


@blueprint.post("/observationer/<uuid:observation_id>/brugt/<slags_key>")
@commits
def gem_brugt(observation_id: UUID, slags_key: str) -> Response:
    """Note it."""
    observation = own_log(observation_id)
    if not _is_known(slags_key) or (slags_key == "redskab" and _is_no_tool(_variant())):
        raise NotFound
    omgivelser = omgivelser_of(observation, slags_key, _variant())
    form = registrering_form(slags_key, omgivelser, ord=words().paa)
    if not form.validate_of(slags_key, omgivelser):
        return make_response(_form_page(observation, slags_key, form), 422)
    try:
        actions.note_used(
            observation=observation,
            slags=slags_key,
            new_id=UUID(form.ny_id.data),
            data=form.to_data(slags_key, omgivelser),
            t_ms=_moment(observation, form),
            variant=_variant(),
            by=viewer(),
        )
    except RuleBroken as problem:
        return _refused(observation, slags_key, form, problem)
    return _saved(observation)


@blueprint.get("/registreringer/<uuid:registrering_id>")
def ret_brugt(registrering_id: UUID) -> Response:
    """The form with what is noted. Elsewhere when nothing can be noted now."""
    row = _noted(registrering_id)
    if not is_open(row.observation):
        return _elsewhere(row.observation)
    omgivelser = omgivelser_of(row.observation, row.slags, _variant_of(row))
    into = None if row.t_ms is None else max(0, row.t_ms - _start_of(row.observation))
    form = registrering_form(row.slags, omgivelser, stored=row.data, tid_ms=into, ord=words().paa)
    return make_response(_form_page(row.observation, row.slags, form, row))


@blueprint.post("/registreringer/<uuid:registrering_id>")
@commits
def gem_rettet_brugt(registrering_id: UUID) -> Response:
    """Change it."""
    row = _noted(registrering_id)
    variant = _variant_of(row)
    omgivelser = omgivelser_of(row.observation, row.slags, variant)
    form = registrering_form(row.slags, omgivelser, ord=words().paa)
    if not form.validate_of(row.slags, omgivelser):
        return make_response(_form_page(row.observation, row.slags, form, row), 422)
    data, t_ms = form.to_data(row.slags, omgivelser), _moment(row.observation, form)
    try:
        actions.change_used(registrering=row, data=data, t_ms=t_ms, variant=variant, by=viewer())
    except RuleBroken as problem:
        return _refused(row.observation, row.slags, form, problem, row)
    return _saved(row.observation)


@blueprint.post("/registreringer/<uuid:registrering_id>/fjern")
@commits
def fjern_brugt(registrering_id: UUID) -> Response:
    """Take it away."""
    row = _noted(registrering_id)
    observation = row.observation
    try:
        actions.remove_used(registrering=row, by=viewer())
    except RuleBroken as problem:
        flash(problem.text, "warning")
        return _elsewhere(observation)
    flash("Fjernet.", "success")
    return redirect(url_for("observationer.brugt", observation_id=observation.id), 303)


def _noted(registrering_id: UUID) -> Registrering:
    """What the viewer noted as observatør. Raises NotFound, also for the fokusperson's own seven elements."""
    row = get_registrering(registrering_id, viewer=viewer())
    own_log(row.observation_id)
    return row


def _is_known(slags_key: str) -> bool:
    return slags_key in SLAGS and not SLAGS[slags_key].fokusperson


def _variant() -> str:
    return request.args.get("variant", "")


def _variant_of(row: Registrering) -> str:
    """The form that it was noted by, or the other one that was asked for."""
    if row.slags == "redskab":
        return str(row.data["redskab"])
    if row.slags == "emner" and any(key.startswith("pm_") for key in row.data):
        return MED_PEJLEMAERKER
    return _variant() or str(row.data.get("variant", ""))


def _is_no_tool(key: str) -> bool:
    return key not in REDSKABER or bool(REDSKABER[key].slags)


def _start_of(observation: Observation) -> int:
    return measures.start_end(queries.list_haendelser(observation.id))[0]


def _moment(observation: Observation, form: RegistreringForm) -> int | None:
    into = form.to_ms()
    return None if into is None else _start_of(observation) + into


def _elsewhere(observation: Observation) -> Response:
    """To the recorder while the samtale runs, else to the timeline."""
    if observation.afsluttet_at is None:
        return redirect(url_for("observationer.optager", kontrakt_id=observation.kontrakt_id), 303)
    return redirect(url_for("observationer.observation", observation_id=observation.id, _anchor="brugt"), 303)


def _saved(observation: Observation) -> Response:
    flash("Noteret.", "success")
    return redirect(url_for("observationer.brugt", observation_id=observation.id), 303)


def _refused(
    observation: Observation,
    slags: str,
    form: RegistreringForm,
    problem: RuleBroken,
    row: Registrering | None = None,
) -> Response:
    """The form with the problem, or to where the log is now when it is not open any more."""
    if not is_open(observation):
        flash(problem.text, "warning")
        return _elsewhere(observation)
    form.show(problem)
    return make_response(_form_page(observation, slags, form, row), 422)


def _times_of_emner(observation: Observation) -> dict[str, str]:
    """The heading of each emne's fields -> when it ran, as »2.10–9.45, 14.00–20.15«."""
    haendelser = queries.list_haendelser(observation.id)
    start, found = measures.start_end(haendelser)[0], dict[str, list[str]]()
    for run in measures.intervals(haendelser, "emne"):
        found.setdefault(f"Emne {run.kode}", []).append(f"{ur(run.fra_ms - start)}–{ur(run.til_ms - start)}")
    return {navn: ", ".join(runs) for navn, runs in found.items()}


def _tools_page(observation: Observation) -> str:
    return render_template(
        "observationer/brugt_redskaber.html", observation=observation, elleve=ELLEVE, andre=ANDRE
    )


def _form_page(
    observation: Observation, slags: str, form: RegistreringForm, row: Registrering | None = None
) -> str:
    variant = _variant_of(row) if row else _variant()
    omgivelser = omgivelser_of(observation, slags, variant)
    context: dict[str, Any] = {
        "navn": REDSKABER[variant].navn if slags == "redskab" else SLAGS[slags].navn,
        "grupper": groups(SLAGS[slags].felter(omgivelser), form),
        "aand": (aand_variant(omgivelser), AAND_NAVNE),
        "med_pejlemaerker": "pm_" in "".join(form._fields),
        "variant": variant,
        "tider": _times_of_emner(observation) if slags == "emner" else {},
        "registrering": row,
    }
    return render_template(
        "observationer/noter_brugt.html", observation=observation, slags=SLAGS[slags], form=form, **context
    )
