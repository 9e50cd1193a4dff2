"""Practice samtaler: which there are, with whom, the screen that plays one, everybody's recorder, and the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import clock
from supervision.access import viewer
from supervision.aftaler.rules import ejefald
from supervision.db import commits
from supervision.grupper import actions, forms, queries
from supervision.grupper.models import Kalibrering
from supervision.grupper.rules import kalibrering as rules
from supervision.grupper.views import blueprint
from supervision.observationer import content
from supervision.observationer.content import Manuskript
from supervision.observationer.rules import OPTAGER_TEKST
from supervision.observationer.views.offline import list_modules
from supervision.problems import NotFound, RuleBroken

MODULES = ("afspilning", "replikker", "strimmel")
"""What the practice adds to the recorder's own modules, so that the browser may fetch them all at once."""
HVIS = {"Dig": "Din", "Nøglen": "Nøglens"}
"""Whose lanes they are, in the picture."""


@blueprint.get("/kalibrering")
def kalibreringer() -> str:
    """The practice samtaler, and what has been played lately."""
    return render_template(
        "grupper/kalibreringer.html",
        manuskripter=content.load_manuskripter(),
        spillede=queries.list_kalibreringer(viewer=viewer()),
        rules=rules,
    )


@blueprint.get("/kalibrering/ny")
def ny_kalibrering() -> str:
    """With whom, and how fast?"""
    return _new_page(_wanted(), _form(request.args.get("gruppe", "")))


@blueprint.post("/kalibrering/ny")
@commits
def opret_kalibrering() -> Response:
    """Lay it ready."""
    manuskript, form = _wanted(), _form()
    if form.validate_on_submit():
        gruppe = queries.get_gruppe(form.gruppe_id, viewer=viewer()) if form.gruppe_id else None
        try:
            made = actions.begin_kalibrering(
                manuskript=manuskript.key, gruppe=gruppe, tempo=int(form.tempo.data), by=viewer()
            )
        except RuleBroken as problem:
            form.show_problem(problem)
        else:
            return redirect(url_for("grupper.kalibrering", kalibrering_id=made.id), 303)
    return make_response(_new_page(manuskript, form), 422)


@blueprint.get("/kalibrering/<uuid:kalibrering_id>")
def kalibrering(kalibrering_id: UUID) -> Response | str:
    """The way in while it is played, and the answers afterwards."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer())
    after = queries.find_successor(found)
    if after is not None:
        return redirect(url_for("grupper.kalibrering", kalibrering_id=after.id))
    page = "grupper/kalibrering_svar.html" if _state(found) == rules.SLUT else "grupper/kalibrering.html"
    return render_template(page, **_shown(found), **(_answers(found) if page.endswith("svar.html") else {}))


@blueprint.get("/kalibrering/<uuid:kalibrering_id>/skaerm")
def kalibrering_skaerm(kalibrering_id: UUID) -> str:
    """The screen for the wall: it plays, and afterwards shows the group's picture and nobody's own ticks."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer())
    if _state(found) == rules.SLUT and queries.list_shown(found):
        return render_template("grupper/kalibrering_faelles.html", **_shown(found), **_answers(found))
    return render_template("grupper/kalibrering_skaerm.html", **_shown(found), replikker=_lines(found))


@blueprint.get("/kalibrering/<uuid:kalibrering_id>/optager")
def kalibrering_optager(kalibrering_id: UUID) -> Response | str:
    """The real recorder, for whoever ticks; its clock is the screen's."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer())
    log = queries.own_log(found, viewer())
    if found.afbrudt_at is not None or (log is not None and log.afsluttet_at is not None):
        return redirect(url_for("grupper.kalibrering", kalibrering_id=kalibrering_id))
    return render_template(
        "grupper/kalibrering_optager.html",
        **_shown(found),
        replikker=_lines(found),
        tekst=OPTAGER_TEKST,
        modules=[
            *list_modules(),
            *(url_for("static", filename=f"js/kalibrering/{name}.js") for name in MODULES),
        ],
    )


@blueprint.post("/kalibrering/<uuid:kalibrering_id>/traek")
@commits
def traek_kryds(kalibrering_id: UUID) -> Response:
    """Take one's own ticks back."""
    found = queries.get_kalibrering(kalibrering_id, viewer=viewer(), hold=True)
    actions.withdraw_log(found, by=viewer())
    flash("Dine kryds er slettet.", "success")
    return redirect(url_for("grupper.kalibrering", kalibrering_id=kalibrering_id), 303)


def _wanted() -> Manuskript:
    found = content.find_manuskript(request.args.get("samtale", ""))
    if found is None:
        raise NotFound
    return found


def _form(gruppe: str = "") -> forms.KalibreringForm:
    groups = [(str(one.id), one.navn) for one in queries.list_grupper(viewer=viewer())]
    known = {key for key, _ in groups}
    first = gruppe if gruppe in known else forms.ALENE
    form = forms.KalibreringForm(data={"hvem": first, "tempo": "100"})
    form.hvem.choices = [(forms.ALENE, "Mig selv"), *groups]
    return form


def _new_page(manuskript: Manuskript, form: forms.KalibreringForm) -> str:
    return render_template("grupper/ny_kalibrering.html", manuskript=manuskript, form=form)


def _state(found: Kalibrering) -> str:
    return rules.tilstand(found, clock.now(), queries.manuskript_of(found).varer_ms)


def _shown(found: Kalibrering) -> dict[str, Any]:
    return {
        "kalibrering": found,
        "manuskript": queries.manuskript_of(found),
        "tilstand": _state(found),
        "styrer": queries.may_steer(found, viewer()),
        "min_log": queries.own_log(found, viewer()),
        "med": [log for log in found.logge if log.trukket_at is None],
        "faerdige": len(queries.list_ended(found)),
        "koder": queries.koder_of(found),
        "navn": queries.navne_of(queries.manuskript_of(found), viewer=viewer()),
        "rules": rules,
    }


def _lines(found: Kalibrering) -> list[dict[str, object]]:
    """What is said, for the screen; nothing of the key."""
    navn = queries.navne_of(queries.manuskript_of(found), viewer=viewer())
    return [
        {"kode": r.taler, "hvem": navn("taler", r.taler), "fra": r.fra_ms, "til": r.til_ms, "tekst": r.tekst}
        for r in queries.manuskript_of(found).replikker
    ]


def _answers(found: Kalibrering) -> dict[str, Any]:
    first = queries.get_foerste_dag(viewer=viewer())
    is_first = first.kalibrering is not None and first.kalibrering.id == found.id
    return {
        "facit": queries.get_facit(found, viewer=viewer()),
        "foerste_trin": is_first and not first.faerdig,
        "hvis": lambda who: HVIS.get(who, ejefald(who)),
    }
