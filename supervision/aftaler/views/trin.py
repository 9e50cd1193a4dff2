"""The five steps: each its own page, saved by its button and, until somebody has said yes, as one writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from supervision import clock
from supervision.access import viewer
from supervision.aftaler import actions, forms, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.views import blueprint
from supervision.aftaler.views.emner import emner_of
from supervision.aftaler.views.kendetegn import kendetegn_choices, kendetegn_context
from supervision.danish import klokken
from supervision.db import commits
from supervision.katalog.queries.principper import list_principper
from supervision.laeringspil.queries import find_laeringspil, list_kendte_linjer, list_linjer
from supervision.laeringspil.rules import Linje
from supervision.personer.views.ord import put_in_words, say, speak_for
from supervision.problems import RuleBroken

NEXT = {"samtalen": "fokus", "fokus": "kendetegn", "kendetegn": "aftaler", "aftaler": "se_optageren"}


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/samtalen")
def samtalen(kontrakt_id: UUID) -> AnyResponse:
    """What, when and where; with supervision also goal, tools and what they should contribute."""
    return _show(kontrakt_id, "samtalen")


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/samtalen")
@commits
def gem_samtalen(kontrakt_id: UUID) -> AnyResponse:
    """Save Samtalen."""
    return _save(kontrakt_id, "samtalen")


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/fokus")
def fokus(kontrakt_id: UUID) -> AnyResponse:
    """Up to three things to watch, in the fokusperson's own words."""
    return _show(kontrakt_id, "fokus")


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/fokus")
@commits
def gem_fokus(kontrakt_id: UUID) -> AnyResponse:
    """Save Fokus."""
    return _save(kontrakt_id, "fokus")


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/kendetegn")
def kendetegn(kontrakt_id: UUID) -> AnyResponse:
    """Search the catalogue or take a skabelon; order what was chosen."""
    return _show(kontrakt_id, "kendetegn")


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/kendetegn")
@commits
def gem_kendetegn(kontrakt_id: UUID) -> AnyResponse:
    """Save Kendetegn, or do what one of its buttons says."""
    return _save(kontrakt_id, "kendetegn")


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/aftaler")
def aftaler(kontrakt_id: UUID) -> AnyResponse:
    """The frame: seat, introduction, the citizen's yes, what may be said, and when."""
    return _show(kontrakt_id, "aftaler")


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/aftaler")
@commits
def gem_aftaler(kontrakt_id: UUID) -> AnyResponse:
    """Save Aftaler."""
    return _save(kontrakt_id, "aftaler")


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/se-optageren")
def se_optageren(kontrakt_id: UUID) -> AnyResponse:
    """The live screen that the kontrakt makes, as a still picture."""
    kontrakt = queries.get_kontrakt(kontrakt_id, viewer=viewer())
    return make_response(
        render_template(
            "aftaler/se_optageren.html",
            skaerm=queries.recorder_screen(kontrakt),
            laest=queries.content_version(kontrakt),
            **frame(kontrakt, "se_optageren"),
        )
    )


def frame(kontrakt: FeedbackKontrakt, key: str) -> dict[str, Any]:
    """What every page about a kontrakt shows: the two, the steps, the state."""
    person = viewer()
    speak_for(kontrakt.organisation_id)
    return {
        "kontrakt": kontrakt,
        "trin": key,
        "trin_nr": list(rules.TRIN_NAVNE).index(key) + 1 if key else 0,
        "modpart": queries.modpart(kontrakt, viewer=person),
        "andre": queries.list_i_samme_samtale([kontrakt], viewer=person).get(kontrakt.id, []),
        "er_fokusperson": person.id == kontrakt.fokusperson_id,
        "tilstand": rules.tilstand(kontrakt),
        "mangler": rules.mangler(kontrakt),
        "steps": _steps(kontrakt, key),
        "gm_navn": queries.gm_navn(kontrakt),
        "skabelon": queries.skabelon_of(kontrakt),
        "part_navne": queries.part_navne(kontrakt),
        "emner": emner_of(kontrakt, viewer=person),
        "rules": rules,
    }


def _show(kontrakt_id: UUID, key: str) -> AnyResponse:
    kontrakt = queries.get_kontrakt(kontrakt_id, viewer=viewer())
    try:
        rules.check_can_change(kontrakt)
    except RuleBroken as problem:
        flash(say(problem.text), "info")
        return redirect(url_for("aftaler.kontrakt", kontrakt_id=kontrakt_id))
    return _page(kontrakt, key, _form(kontrakt, key))


def _save(kontrakt_id: UUID, key: str) -> AnyResponse:
    kontrakt = queries.get_kontrakt_to_change(kontrakt_id, viewer=viewer())
    try:
        rules.check_can_change(kontrakt)
    except RuleBroken as problem:
        if not _is_background():
            raise
        return make_response(jsonify(fejl=say(problem.text)), 422)
    form = _form(kontrakt, key)
    if not form.validate_on_submit():
        return _refuse(kontrakt, key, form, 422, form.first_error())
    if form.is_stale(queries.read_trin(kontrakt)[key]):
        return _refuse(kontrakt, key, form, 409, _stale_text(kontrakt))
    try:
        asked_again = _change(kontrakt, form)
    except RuleBroken as problem:
        form.show_problem(problem)
        return _refuse(kontrakt, key, form, 422, problem.text)
    if _is_background():
        return _saved_answer(kontrakt, key, asked_again)
    return _go_on(kontrakt, key, form, asked_again)


def _stale_text(kontrakt: FeedbackKontrakt) -> str:
    other = queries.modpart(kontrakt, viewer=viewer())
    who = f"{other.fornavn} har" if kontrakt.aendret_af == other.id else "Der er"
    what = "Tryk på knappen for at se" if _is_background() else "Intet er gået tabt: se"
    return f"{who} skrevet her imens. {what} begge udgaver."


def _change(kontrakt: FeedbackKontrakt, form: forms.TrinForm) -> bool:
    verb, _, skabelon = (form.handling.data or "").partition(":")
    if verb == "skabelon":
        return actions.take_skabelon(kontrakt, by=viewer(), key=skabelon)
    return actions.change_kontrakt(kontrakt, by=viewer(), to=form.to_trin())


def _form(kontrakt: FeedbackKontrakt, key: str) -> forms.TrinForm:
    stored = queries.read_trin(kontrakt)[key]
    data = {**asdict(stored), "version": rules.fingerprint(stored)}
    makers: dict[str, Callable[[], forms.TrinForm]] = {
        "samtalen": lambda: forms.SamtaleForm(data, today=clock.today(), before=stored),
        "fokus": lambda: forms.FokusForm(
            data,
            forslag=_forslag(kontrakt),
            principper=actions.known_principper(kontrakt),
            linjer=actions.known_linjer(kontrakt, viewer()),
        ),
        "kendetegn": lambda: forms.KendetegnForm(data, **kendetegn_choices(kontrakt)),
        "aftaler": lambda: forms.AftaleForm({**data, "borger_ja": _borger_ja(kontrakt)}),
    }
    return makers[key]()


def _borger_ja(kontrakt: FeedbackKontrakt) -> str:
    return {True: "ja", False: "nej", None: ""}[kontrakt.borger_ja]


def _forslag(kontrakt: FeedbackKontrakt) -> list[Linje]:
    """The lines of the own læringspil that one tries oneself: nobody else's are shown."""
    if viewer().id != kontrakt.fokusperson_id:
        return []
    return [
        linje for linje in list_linjer(find_laeringspil(viewer())) if linje.maade == "afproeve" and linje.id
    ]


def _page(kontrakt: FeedbackKontrakt, key: str, form: forms.TrinForm, konflikt: str = "") -> AnyResponse:
    if konflikt:  # what is typed stays; saving it once more is a choice made with both versions in view
        form.version.data = rules.fingerprint(queries.read_trin(kontrakt)[key])
    extra = kendetegn_context(kontrakt, form) if key == "kendetegn" else {}
    extra |= _fokus_context(kontrakt) if key == "fokus" else {}
    speak_for(kontrakt.organisation_id)
    if isinstance(form, forms.SamtaleForm):
        put_in_words(form.type, form.parter)
    if isinstance(form, forms.AftaleForm):
        put_in_words(form.feedback_hvornaar)
    return make_response(
        render_template(
            f"aftaler/{key}.html",
            form=form,
            konflikt=konflikt,
            har_ja=rules.gives_yes(kontrakt),
            andres_ja=key == "samtalen" and any(map(rules.gives_yes, queries.list_andre(kontrakt))),
            **extra,
            **frame(kontrakt, key),
        )
    )


def _fokus_context(kontrakt: FeedbackKontrakt) -> dict[str, Any]:
    """The suggestions, and for the fokusperson alone the line that each focus came from."""
    own = list_kendte_linjer(viewer=viewer()) if viewer().id == kontrakt.fokusperson_id else {}
    return {
        "forslag": list(enumerate(_forslag(kontrakt))),
        "brugte": {punkt.linje_id for punkt in kontrakt.fokuspunkter},
        "fra_linjer": {
            punkt.tekst: (punkt.linje_id, own[punkt.linje_id])
            for punkt in kontrakt.fokuspunkter
            if punkt.linje_id in own
        },
        "principper": list_principper(kontrakt.organisation_id),
    }


def _refuse(
    kontrakt: FeedbackKontrakt, key: str, form: forms.TrinForm, status: int, text: str
) -> AnyResponse:
    if _is_background():
        answer: AnyResponse = jsonify(fejl=text)
    else:
        answer = _page(kontrakt, key, form, konflikt=text if status == 409 else "")
    answer.status_code = status
    return answer


def _saved_answer(kontrakt: FeedbackKontrakt, key: str, asked_again: bool) -> Response:
    words = f"Gemt {klokken(clock.now())}."
    if asked_again:
        words += f" Der var sagt ja, så {_asked_again(kontrakt, key, 'I')} spurgt igen."
    return jsonify(gemt=words, version=rules.fingerprint(queries.read_trin(kontrakt)[key]))


def _go_on(kontrakt: FeedbackKontrakt, key: str, form: forms.TrinForm, asked_again: bool) -> AnyResponse:
    navn = queries.modpart(kontrakt, viewer=viewer()).fornavn
    lacking = rules.mangler(kontrakt)
    if form.siger_ja.data and not lacking:
        actions.say_yes(kontrakt, by=viewer())
        flash(f"Ændringen er gemt, og du har sagt ja. {navn} bliver spurgt igen.", "success")
        return redirect(url_for("aftaler.kontrakt", kontrakt_id=kontrakt.id), 303)
    if asked_again:
        who = _asked_again(kontrakt, key, f"Du og {navn}")
        flash(f"Ændringen er gemt. {who[0].upper()}{who[1:]} spurgt igen.", "success")
    if form.handling.data:
        here = "valgte" if key == "kendetegn" else None
        return redirect(url_for(f"aftaler.{key}", kontrakt_id=kontrakt.id, _anchor=here), 303)
    return redirect(url_for(f"aftaler.{NEXT[key]}", kontrakt_id=kontrakt.id), 303)


def _asked_again(kontrakt: FeedbackKontrakt, key: str, two: str) -> str:
    """Who is asked after a change, with the verb: the two, or all when others share what was changed."""
    shared = key == "samtalen" and bool(queries.list_andre(kontrakt))
    return "alle, der har sagt ja, bliver" if shared else f"{two} bliver begge"


def _steps(kontrakt: FeedbackKontrakt, key: str) -> list[tuple[str, str, str]]:
    """For the step indicator; what is missing is marked once one has passed it."""
    states, passed = rules.trin_tilstande(kontrakt), list(rules.TRIN_NAVNE)
    seen = passed[: passed.index(key)] if key in passed else passed
    return [
        (
            say(navn),
            url_for(f"aftaler.{trin}", kontrakt_id=kontrakt.id),
            "" if states.get(trin) == "error" and trin not in seen else states.get(trin, ""),
        )
        for trin, navn in rules.TRIN_NAVNE.items()
    ]


def _is_background() -> bool:
    return request.accept_mimetypes.best == "application/json"
