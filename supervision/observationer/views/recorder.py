"""The recorder's page and the JSON it speaks: events in, receipts out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock, danish
from supervision.access import limited_to, viewer
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries import get_kontrakt, get_kontrakt_to_record, recorder_screen
from supervision.db import commits
from supervision.drift.metrics import metrics
from supervision.forms import parse_object
from supervision.observationer import forms, rules
from supervision.observationer.actions import recording
from supervision.observationer.formats import forseglet
from supervision.observationer.models import Observation
from supervision.observationer.queries import find_observation_of, list_haendelser
from supervision.observationer.views import blueprint
from supervision.observationer.views.offline import render_shell
from supervision.personer.models import Person
from supervision.personer.queries import ord_of
from supervision.problems import NotFound, RuleBroken

Answer = Response | tuple[Response | str, int] | str


@blueprint.get("/optager/<uuid:kontrakt_id>")
def optager(kontrakt_id: UUID) -> Answer:
    """The recorder, for the observer of a kontrakt that both have said yes to."""
    try:
        kontrakt = get_kontrakt_to_record(kontrakt_id, viewer=viewer())
    except RuleBroken as problem:
        return not_ready_page(kontrakt_id, problem)
    done = _address_when_ended(_find_own_observation(kontrakt))
    return redirect(done) if done else render_shell()


def not_ready_page(kontrakt_id: UUID, problem: RuleBroken) -> tuple[str, int]:
    """Why the recorder is not open, and the way to where it is mended."""
    page = render_template(
        "observationer/_optager_ikke_klar.html", text=problem.text, kontrakt_id=kontrakt_id
    )
    return page, 409


@blueprint.get("/api/kontrakter/<uuid:kontrakt_id>/optager")
def optager_data(kontrakt_id: UUID) -> Answer:
    """What the recorder's page is filled with.

    `skaerm` may be kept by the device: no names of people; its `kode`: the device was opened by a code. `start` (who,
    the focus) is for the screen alone. `log` is what is stored already. When the samtale has been ended: only `person`
    and `videre`, where its timeline is.
    """
    person = viewer()
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id, person)
    if kontrakt is None:
        return refusal
    observation = _find_own_observation(kontrakt)
    done = _address_when_ended(observation)
    if done:
        return jsonify(person=str(person.id), videre=done)
    screen = recorder_screen(kontrakt)
    return jsonify(
        person=str(person.id),
        skaerm={**settings_of_the_screen(kontrakt, screen), "kode": limited_to() is not None},
        start=_start_page(kontrakt, screen),
        log=_log(observation),
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
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id, person, whole=False)
    if kontrakt is None:
        return refusal
    try:
        batch = forms.parse_batch(request.get_data(cache=False))
    except RuleBroken as problem:
        return _refuse(problem, 400)
    receipt = recording.store_haendelser(
        kontrakt=kontrakt,
        by=person,
        startet_at=batch.startet_at,
        raw=batch.haendelser,
        secret=current_app.config["SECRET_KEY"],
    )
    metrics().ticks.inc(len(receipt.gemt))
    return jsonify(
        observation=str(receipt.observation_id),
        gemt=receipt.gemt,
        konflikt=receipt.konflikt,
        karantaene=receipt.karantaene,
        afvist=receipt.afvist,
        antal=receipt.antal,
        afsluttet_at=_iso(receipt.afsluttet_at),
    )


@blueprint.get("/api/kontrakter/<uuid:kontrakt_id>/haendelser")
def hent_haendelser(kontrakt_id: UUID) -> Answer:
    """Every stored event in the order of the log, and when the samtale began and was ended."""
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id, viewer())
    return refusal if kontrakt is None else jsonify(_log(_find_own_observation(kontrakt)))


@blueprint.post("/api/kontrakter/<uuid:kontrakt_id>/afslut")
@commits
def afslut(kontrakt_id: UUID) -> Answer:
    """End the samtale for good, once; the answer says where its timeline is."""
    person = viewer()
    kontrakt, refusal = _kontrakt_or_refusal(kontrakt_id, person)
    if kontrakt is None:
        return refusal
    try:
        parse_object(request.get_data(cache=False))
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


def _kontrakt_or_refusal(
    kontrakt_id: UUID, person: Person, *, whole: bool = True
) -> tuple[FeedbackKontrakt | None, Answer]:
    """The kontrakt to record on, or 409 with what is missing. Raises NotFound for all but its observer."""
    try:
        return get_kontrakt_to_record(kontrakt_id, viewer=person, whole=whole), ""
    except RuleBroken as problem:
        kontrakt = get_kontrakt(kontrakt_id, viewer=person)
        state = "trukket" if kontrakt.trukket_at else "ikke_klar"
        return None, (jsonify(fejl=problem.text, felt=problem.field, tilstand=state), 409)


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


def _log(observation: Observation | None) -> dict[str, Any]:
    if observation is None:
        return {"startet_at": None, "afsluttet_at": None, "haendelser": []}
    return {
        "startet_at": _iso(observation.startet_at),
        "afsluttet_at": _iso(observation.afsluttet_at),
        "haendelser": [_as_json(event) for event in list_haendelser(observation.id)],
    }


def _address_when_ended(observation: Observation | None) -> str | None:
    if observation is None or observation.afsluttet_at is None:
        return None
    return url_for("observationer.observation", observation_id=observation.id)


def settings_of_the_screen(kontrakt: FeedbackKontrakt, screen: dict[str, Any]) -> dict[str, Any]:
    """What the screen shows and the device may keep: what was agreed, and the key that seals notes. No names."""
    ord = ord_of(kontrakt.organisation_id)
    return {
        "laengde_min": screen["laengde_min"],
        "starter_at": screen["starter_at"],
        "samtaletype": screen["samtaletype"],
        "graense": kontrakt.fokusperson.organisation.taletid_graense / 100,
        "parter": [part["kode"] for part in screen["parter"]],
        "faser": screen["faser"],
        "kendetegn": screen["kendetegn"],
        "ord": {key: ord.paa(text) for key, text in rules.OPTAGER_TEKST.items()},
        "navne": {
            "ur": {kode: ord.paa(text) for kode, text in rules.OPTAGER_UR.items()},
            "taler": _names(screen["parter"]),
            "fase": _names(screen["faser"]),
            "element": _names(element for fase in screen["faser"] for element in fase["elementer"]),
            "faerdighed": {tegn["kode"]: tegn["kort"] for tegn in screen["kendetegn"]},
        },
        "forsegling": asdict(forseglet.public_key(current_app.config["SECRET_KEY"])),
    }


def _start_page(kontrakt: FeedbackKontrakt, screen: dict[str, Any]) -> dict[str, Any]:
    """Who is observed and what they want watched: shown before the start, never kept by the device."""
    minutes, when = screen["laengde_min"], danish.tidspunkt(kontrakt.samtale.starter_at)
    return {
        "fokusperson": screen["fokusperson_fornavn"],
        "hvornaar": f"{minutes} min., {when}",
        "fokus": screen["fokus"],
        "udenfor": screen["udenfor"],
        "plads": kontrakt.plads,
        "praesentation": kontrakt.praesentation,
        "borger_ja": kontrakt.borger_ja,
        "anden_enhed": True,
    }


def _names(listed: Iterable[dict[str, str]]) -> dict[str, str]:
    return {one["kode"]: one["navn"] for one in listed}
