"""The recorder's page and the JSON it speaks: events in, receipts out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import get_kontrakt_to_record, recorder_screen
from supervision.db import commits
from supervision.observationer import forms, rules
from supervision.observationer.actions import recording
from supervision.observationer.models import Observation
from supervision.observationer.queries import find_observation_of, list_haendelser
from supervision.observationer.views import blueprint
from supervision.personer.models import Person
from supervision.problems import NotFound, RuleBroken

SHARE_TO_MENTION = 0.8
"""From this share of the talk time on, the screen says that the medarbejder has had the word for long."""

Answer = Response | tuple[Response | str, int] | str


@blueprint.get("/optager/<uuid:kontrakt_id>")
def optager(kontrakt_id: UUID) -> Answer:
    """The recorder, for the observer of a kontrakt that both have said yes to."""
    person = viewer()
    try:
        kontrakt = get_kontrakt_to_record(kontrakt_id, viewer=person)
    except RuleBroken as problem:
        page = render_template(
            "observationer/_optager_ikke_klar.html", text=problem.text, kontrakt_id=kontrakt_id
        )
        return page, 409
    observation = _find_own_observation(kontrakt)
    if observation is not None and observation.afsluttet_at is not None:
        return redirect(url_for("observationer.observation", observation_id=observation.id))
    skaerm = recorder_screen(kontrakt)
    return render_template(
        "observationer/optager.html",
        skaerm=skaerm,
        data=_settings_of_the_screen(kontrakt, person, skaerm),
        kontrakt_id=kontrakt.id,
        kontrakt=kontrakt,
        starter_at=kontrakt.samtale.starter_at,
    )


@blueprint.get("/optager/logget-ind")
def logget_ind() -> str:
    """Where a sign-in from a running recorder ends."""
    return render_template("observationer/logget_ind.html")


@blueprint.get("/api/hvem")
def hvem() -> Response:
    """Who is signed in: the recorder asks after a 401, so that nothing is sent in another's name."""
    person = viewer()
    return jsonify(person=str(person.id), fornavn=person.fornavn)


@blueprint.post("/api/kontrakter/<uuid:kontrakt_id>/haendelser")
@commits
def modtag_haendelser(kontrakt_id: UUID) -> Answer:
    """Store a batch of events. The answer leaves when they are on disk, and names what is stored."""
    person = viewer()
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id, person)
    if kontrakt is None:
        return refusal
    try:
        batch = forms.parse_batch(request.get_data(cache=False))
    except RuleBroken as problem:
        return _refuse(problem, 400)
    receipt = recording.store_haendelser(
        kontrakt=kontrakt, by=person, startet_at=batch.startet_at, raw=batch.haendelser
    )
    return jsonify(
        observation=str(receipt.observation_id),
        gemt=[str(id_) for id_ in receipt.gemt],
        konflikt=[str(id_) for id_ in receipt.konflikt],
        afvist=receipt.afvist,
    )


@blueprint.get("/api/kontrakter/<uuid:kontrakt_id>/haendelser")
def hent_haendelser(kontrakt_id: UUID) -> Answer:
    """Every stored event in the order of the log, and when the samtale began and was ended."""
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id, viewer())
    if kontrakt is None:
        return refusal
    observation = _find_own_observation(kontrakt)
    return jsonify(
        startet_at=_iso(observation.startet_at) if observation else None,
        afsluttet_at=_iso(observation.afsluttet_at) if observation else None,
        haendelser=[_as_json(event) for event in list_haendelser(observation.id)] if observation else [],
    )


@blueprint.post("/api/kontrakter/<uuid:kontrakt_id>/afslut")
@commits
def afslut(kontrakt_id: UUID) -> Answer:
    """End the samtale for good, once; the answer says where its timeline is."""
    person = viewer()
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id, person)
    if kontrakt is None:
        return refusal
    try:
        forms.parse_object(request.get_data(cache=False))
    except RuleBroken as problem:
        return _refuse(problem, 400)
    observation = _find_own_observation(kontrakt)
    if observation is None:
        return _refuse(RuleBroken("Samtalen er ikke begyndt endnu."), 409)
    recording.end_observation(observation=observation, by=person)
    return jsonify(
        observation=str(observation.id),
        afsluttet_at=_iso(observation.afsluttet_at),
        adresse=url_for("observationer.observation", observation_id=observation.id),
    )


def _kontrakt_or_refusal(kontrakt_id: UUID, person: Person) -> tuple[FeedbackKontrakt | None, Answer]:
    """The kontrakt to record on, or 409 with what is missing. Raises NotFound for all but its observer."""
    try:
        return get_kontrakt_to_record(kontrakt_id, viewer=person), ""
    except RuleBroken as problem:
        return None, _refuse(problem, 409)


def _find_own_observation(kontrakt: FeedbackKontrakt) -> Observation | None:
    """The observer's log on this kontrakt. Raises NotFound when the time to read it is over."""
    found = find_observation_of(kontrakt.id)
    if found and found.observatoer_indtil and found.observatoer_indtil <= clock.now():
        raise NotFound
    return found


def _refuse(problem: RuleBroken, code: int) -> Answer:
    return jsonify(fejl=problem.text, felt=problem.field), code


def _as_json(event: rules.Haendelse) -> dict[str, Any]:
    return {"id": str(event.id), "nr": event.nr, "t_ms": event.t_ms, "spor": event.spor, "kode": event.kode}


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="milliseconds") if moment else None


def _settings_of_the_screen(kontrakt: FeedbackKontrakt, person: Person, skaerm: Any) -> dict[str, Any]:
    """What the recorder's scripts need to know; no names of people."""
    return {
        "person": str(person.id),
        "kontrakt": str(kontrakt.id),
        "laengde_min": skaerm["laengde_min"],
        "graense": SHARE_TO_MENTION,
        "parter": [part["kode"] for part in skaerm["parter"]],
        "navne": {
            "taler": _names(skaerm["parter"]),
            "fase": _names(skaerm["faser"]),
            "element": _names(element for fase in skaerm["faser"] for element in fase["elementer"]),
            "faerdighed": {tegn["kode"]: tegn["kort"] for tegn in skaerm["kendetegn"]},
        },
        "adresser": {
            "haendelser": url_for("observationer.hent_haendelser", kontrakt_id=kontrakt.id),
            "afslut": url_for("observationer.afslut", kontrakt_id=kontrakt.id),
            "hvem": url_for("observationer.hvem"),
            "log_ind": url_for("security.login", next=url_for("observationer.logget_ind")),
        },
    }


def _names(listed: Iterable[dict[str, str]]) -> dict[str, str]:
    return {one["kode"]: one["navn"] for one in listed}
