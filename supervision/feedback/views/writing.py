"""The observatør writes, reads it through as the other will see it, and sends."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import current_app, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.rules.sessioner import LAAST
from supervision.danish import klokken
from supervision.db import commits
from supervision.feedback import queries
from supervision.feedback.actions import writing
from supervision.feedback.forms import SendForm, SkrivForm, chosen_skuffe, parse_kept
from supervision.feedback.models import Feedback
from supervision.feedback.rules import punkter
from supervision.feedback.rules.banehalvdel.plads import velkommen
from supervision.feedback.rules.genopret import to_put_back
from supervision.feedback.views import blueprint
from supervision.observationer.formats import forseglet
from supervision.observationer.models import Observation
from supervision.observationer.queries import get_tidslinje
from supervision.personer.views.ord import say, speak_for
from supervision.problems import RuleBroken, Unreadable


@dataclass(frozen=True, slots=True)
class Omraade:
    """One kind as the page has it: its words, and the form's entries for it, the last one empty.

    skuffe: it is a drawer. velkommen: what the banehalvdel check says nothing about there.
    """

    slags: str
    navn: str
    hjaelp: str
    startere: tuple[str, ...]
    felter: list[Any]
    skuffe: bool
    velkommen: tuple[str, ...]


@blueprint.get("/observationer/<uuid:observation_id>/feedback")
def skriv(observation_id: UUID) -> Response:
    """The draft beside the timeline. When nothing more can be written: to what was sent.

    In supervision, before the citizen has left: to the session, where that is said.
    """
    if waiting := queries.find_closed_session(observation_id, viewer=viewer()):
        flash(say(LAAST), "info")
        return redirect(url_for("aftaler.session", session_id=waiting), 303)
    observation = queries.get_observation_to_write(observation_id, viewer=viewer())
    feedback = queries.find_feedback_of(observation)
    if feedback and feedback.sendt_at and (feedback.lukket_at or not _kinds(observation, feedback)):
        return redirect(url_for("feedback.laes", feedback_id=feedback.id), 303)
    return make_response(_page(observation, feedback, _filled(observation, feedback)))


@blueprint.post("/observationer/<uuid:observation_id>/feedback")
@commits
def gem(observation_id: UUID) -> Response:
    """Save the draft, in the background (JSON) or by a button."""
    observation = queries.get_observation_to_write(observation_id, viewer=viewer(), hold=True)
    form = SkrivForm()
    feedback, fejl = _save(observation, form)
    if request.accept_mimetypes.best == "application/json":
        return _json_answer(feedback, fejl)
    if fejl:
        return make_response(_page(observation, feedback, form, fejl), 422)
    return redirect(_onwards(observation, feedback, form.handling.data or ""), 303)


@blueprint.post("/api/observationer/<uuid:observation_id>/feedback/genopret")
@commits
def genopret(observation_id: UUID) -> Response | tuple[Response, int]:
    """Open what the device kept sealed, and say which points of it the stored draft lacks. Stores nothing."""
    observation = queries.get_observation_to_write(observation_id, viewer=viewer())
    feedback = queries.find_feedback_of(observation)
    try:
        kept = parse_kept(request.get_data(cache=False), current_app.config["SECRET_KEY"], observation.id)
    except RuleBroken as problem:
        return jsonify(fejl=problem.text), 400 if isinstance(problem, Unreadable) else 422
    missing = to_put_back(
        kept.punkter,
        feedback.punkter if feedback else (),
        slags=_kinds(observation, feedback),
        unchanged=kept.base == queries.version_of_draft(feedback),
        handed_in=kept.afleveret,
    )
    return jsonify(punkter=[asdict(punkt) for punkt in missing])


@blueprint.post("/observationer/<uuid:observation_id>/feedback/skuffer")
@commits
def bed_om_skuffe(observation_id: UUID) -> Response:
    """Ask the fokusperson to open a drawer. What was typed on the page is saved along."""
    observation = queries.get_observation_to_write(observation_id, viewer=viewer(), hold=True)
    slags = chosen_skuffe()
    form = SkrivForm()
    feedback, fejl = _save(observation, form)
    if fejl:
        return make_response(_page(observation, feedback, form, fejl), 422)
    writing.ask_for_skuffe(feedback=feedback, slags=slags, by=viewer())
    flash(f"{feedback.fokusperson.fornavn} kan nu se, at du spørger. Du får svaret her.", "success")
    if feedback.sendt_at:
        return redirect(url_for("feedback.laes", feedback_id=feedback.id), 303)
    return redirect(url_for("feedback.skriv", observation_id=observation.id, _anchor="skuffer"), 303)


@blueprint.get("/feedback/<uuid:feedback_id>/gennemse")
def gennemse(feedback_id: UUID) -> Response:
    """Read it once as the other will see it; the button sends."""
    feedback = queries.get_own_draft(feedback_id, viewer=viewer())
    sending = queries.list_to_send(feedback)
    if feedback.sendt_at and not sending:
        return redirect(url_for("feedback.laes", feedback_id=feedback.id), 303)
    speak_for(feedback.observation.organisation_id)
    staying = [p for p in feedback.punkter if p.sendt_at is None and p not in sending]
    return make_response(
        render_template(
            "feedback/gennemse.html",
            feedback=feedback,
            sending=sending,
            staying=staying,
            kan_sendes=bool(feedback.sendt_at) or any(p.slags == "lykkedes" for p in sending),
            form=SendForm(data={"laest": punkter.fingerprint(sending)}),
            slags=punkter.SLAGS,
        )
    )


@blueprint.post("/feedback/<uuid:feedback_id>/send")
@commits
def send(feedback_id: UUID) -> Response:
    """Send what was read through, as a whole. A second press changes nothing."""
    feedback = queries.get_own_draft(feedback_id, viewer=viewer(), hold=True)
    try:
        writing.send_feedback(feedback=feedback, by=viewer(), laest=SendForm().laest.data or "")
    except RuleBroken as problem:
        speak_for(feedback.observation.organisation_id)
        flash(say(problem.text), "warning")
        return redirect(url_for("feedback.gennemse", feedback_id=feedback.id), 303)
    flash(f"Din feedback er sendt. {feedback.fokusperson.fornavn} læser den først, alene.", "success")
    return redirect(url_for("feedback.laes", feedback_id=feedback.id), 303)


def _save(observation: Observation, form: SkrivForm) -> tuple[Feedback, str]:
    """The feedback, and what hindered the saving ("" when all was saved)."""
    feedback = writing.begin_feedback(observation=observation, by=viewer())
    if not form.validate_on_submit():
        return feedback, _first_error(form)
    kladde = punkter.rearrange(form.kladde(), form.handling.data or "")
    try:
        writing.save_kladde(feedback=feedback, kladde=kladde, by=viewer())
    except RuleBroken as problem:
        return feedback, problem.text
    return feedback, ""


def _first_error(form: SkrivForm) -> str:
    for entry in form.punkter:
        for errors in entry.form.errors.values():
            return str(errors[0])
    return "Det kunne ikke gemmes. Genindlæs siden, og prøv igen."


def _json_answer(feedback: Feedback, fejl: str) -> Response:
    saved = {"gemt": klokken(clock.now()), "udgave": queries.version_of_draft(feedback)}
    answer = jsonify(fejl=fejl) if fejl else jsonify(saved)
    answer.status_code = 422 if fejl else 200
    return answer


def _onwards(observation: Observation, feedback: Feedback, handling: str) -> str:
    verb, _, rest = handling.partition(":")
    if verb == "gennemse":
        return url_for("feedback.gennemse", feedback_id=feedback.id)
    if verb == "start":
        slags = rest.partition(":")[0]
        return url_for("feedback.skriv", observation_id=observation.id, start=rest, _anchor=f"ny-{slags}")
    if verb in ("op", "ned"):
        return url_for("feedback.skriv", observation_id=observation.id, _anchor=f"punkt-{rest}")
    flash("Punktet er slettet." if verb == "slet" else f"Kladden er gemt {klokken(clock.now())}.", "success")
    return url_for("feedback.skriv", observation_id=observation.id)


def _filled(observation: Observation, feedback: Feedback | None) -> SkrivForm:
    """The form of a fresh page: the draft as it is stored, and an empty point in every kind."""
    start, _, number = request.args.get("start", "").partition(":")
    rows = []
    for slags in _kinds(observation, feedback):
        for punkt in feedback.punkter if feedback else ():
            if punkt.slags == slags and punkt.sendt_at is None:
                rows.append({"id": punkt.id, "slags": slags, "tekst": punkt.tekst, "t_ms": punkt.t_ms})
        rows.append({"id": uuid4(), "slags": slags})
    form = SkrivForm(formdata=None, data={"punkter": rows})
    for entry in form.punkter:
        if entry.slags.data == start and not entry.tekst.data:
            entry.tekst.data = _starter(start, number)
    return form


def _starter(slags: str, number: str) -> str:
    """The words of a starter button, ready to be written on from; "" when there is no such button."""
    known = {str(place): words for place, words in enumerate(punkter.STARTERE[slags])}
    return f"{known[number]} " if number in known else ""


def _kinds(observation: Observation, feedback: Feedback | None) -> tuple[str, ...]:
    aabne = queries.open_drawers(queries.get_kontrakt_of(observation), feedback)
    return punkter.skrivbare(aabne, sendt=bool(feedback and feedback.sendt_at))


def _page(observation: Observation, feedback: Feedback | None, form: SkrivForm, fejl: str = "") -> str:
    speak_for(observation.organisation_id)
    kinds = _kinds(observation, feedback)
    shown = [slags for slags in punkter.SLAGS if slags in kinds or _typed_in(form, slags)]
    kontrakt = queries.get_kontrakt_of(observation)
    return render_template(
        "feedback/skriv.html",
        observation=observation,
        kontrakt=kontrakt,
        feedback=feedback,
        form=form,
        fejl=fejl,
        omraader=[_omraade(slags, form, kinds) for slags in shown],
        skuffer=queries.list_skuffer(kontrakt, feedback),
        moments=queries.list_moments(observation),
        tidslinje=get_tidslinje(observation, viewer=viewer()),
        maks=punkter.MAX_TEGN,
        refleksion=queries.find_refleksion(kontrakt, viewer=viewer()),
        udgave=queries.version_of_draft(feedback),
        forsegling=forseglet.public_key(current_app.config["SECRET_KEY"]),
    )


def _typed_in(form: SkrivForm, slags: str) -> bool:
    return any(entry.slags.data == slags and entry.tekst.data for entry in form.punkter)


def _omraade(slags: str, form: SkrivForm, kinds: tuple[str, ...]) -> Omraade:
    aabne = [kind for kind in kinds if kind in punkter.SKUFFER]
    return Omraade(
        slags,
        punkter.SLAGS[slags],
        punkter.HJAELP[slags],
        punkter.STARTERE[slags],
        [entry for entry in form.punkter if entry.slags.data == slags],
        slags in punkter.SKUFFER,
        velkommen(slags, aabne),
    )
