"""A kontrakt as a whole: making it, reading it, saying yes, taking it back."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from supervision import adgangslog, clock
from supervision.access import viewer
from supervision.aftaler import actions, forms, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.aftaler.queries.dage import find_egen_session
from supervision.aftaler.views import blueprint
from supervision.aftaler.views.trin import frame
from supervision.aftaler.views.valg import Valgt, choice_context, chosen_in, put_in
from supervision.db import commits
from supervision.katalog.rules import Skabelon
from supervision.personer.models import Person
from supervision.personer.queries import get_person, list_kolleger
from supervision.personer.views.ord import put_in_words, say
from supervision.problems import NotAllowed, RuleBroken


@blueprint.get("/kontrakter/ny")
def ny_kontrakt() -> str:
    """Who, when and what kind of samtale. `?kollega=`, `?rolle=` and `?type=` may fill those in.

    `?linje=`, `?metode=` or `?skabelon=` names what it is to begin with, or what one of my kontrakter gets instead.
    """
    chosen = chosen_in(request.args)
    given: dict[str, Any] = {"dato": clock.today()} | {
        key: request.args[key] for key in ("rolle", "kollega", "type") if key in request.args
    }
    if isinstance(chosen, Skabelon):
        given["type"] = chosen.passer_til[0]
        given["laengde_min"] = rules.samtaletype(chosen.passer_til[0]).laengde_min
    return _ny_page(_ny_form(given), chosen)


@blueprint.post("/kontrakter/ny")
@commits
def opret_kontrakt() -> Response:
    """Make it, and go on to the focus."""
    form, chosen = _ny_form({}), chosen_in(request.form)
    if not form.validate_on_submit():
        return make_response(_ny_page(form, chosen), 422)
    kollega = get_person(UUID(form.kollega.data), viewer=viewer())
    observed, observing = (viewer(), kollega) if form.rolle.data == "fokusperson" else (kollega, viewer())
    made = actions.create_kontrakt(
        by=viewer(), fokusperson=observed, observatoer=observing, samtale=form.to_trin()
    )
    if chosen:
        put_in(made, chosen)
    adgangslog.seen("kontrakt", [made.id], handling=adgangslog.AENDRET)
    return redirect(url_for("aftaler.fokus", kontrakt_id=made.id), 303)


@blueprint.get("/kontrakter/<uuid:kontrakt_id>")
def kontrakt(kontrakt_id: UUID) -> str:
    """The whole kontrakt, who has said yes, and what waits for whom. Prints on one page."""
    found = queries.get_kontrakt(kontrakt_id, viewer=viewer())
    return render_template(
        "aftaler/kontrakt.html",
        laest=queries.content_version(found),
        skaerm=queries.recorder_screen(found),
        session=find_egen_session(found.id, viewer=viewer()),
        **_more_people(found),
        **frame(found, ""),
    )


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/ja")
@commits
def sig_ja(kontrakt_id: UUID) -> Response:
    """Say yes to what was read."""
    found = queries.get_kontrakt_to_change(kontrakt_id, viewer=viewer())
    form = forms.JaForm()
    try:
        actions.say_yes(found, by=viewer(), seen=form.laest.data or "")
    except RuleBroken as problem:
        flash(say(problem.text), "warning")
    else:
        ready = rules.tilstand(found) == "klar"
        flash("I har begge sagt ja. Kontrakten er klar." if ready else "Tak. Dit ja er gemt.", "success")
    return redirect(url_for("aftaler.kontrakt", kontrakt_id=kontrakt_id), 303)


@blueprint.get("/kontrakter/<uuid:kontrakt_id>/traek-tilbage")
def bekraeft_traek_tilbage(kontrakt_id: UUID) -> str:
    """Ask once, kindly, before it is taken back. Raises RuleBroken when it cannot be."""
    found = queries.get_kontrakt(kontrakt_id, viewer=viewer())
    rules.check_can_change(found)
    return render_template("aftaler/bekraeft_traek_tilbage.html", **frame(found, ""))


@blueprint.post("/kontrakter/<uuid:kontrakt_id>/traek-tilbage")
@commits
def traek_tilbage(kontrakt_id: UUID) -> Response:
    """Take it back. Either may, and need not say why."""
    found = queries.get_kontrakt_to_change(kontrakt_id, viewer=viewer())
    actions.withdraw(found, by=viewer())
    flash("Kontrakten er trukket tilbage. Der bliver ikke observeret på den.", "success")
    return redirect(url_for("aftaler.kontrakt", kontrakt_id=kontrakt_id), 303)


def _more_people(kontrakt: FeedbackKontrakt) -> dict[str, bool]:
    """Whether the viewer may bring in an observatør (the fokusperson, while it is open), and a second fokusperson."""
    try:
        actions.check_open_to_more(kontrakt, by=viewer())
    except (NotAllowed, RuleBroken):
        return {"kan_tilfoeje": False, "kan_vaere_to": False}
    faelles = kontrakt.samtale.type == rules.TO_FOKUSPERSONER
    return {
        "kan_tilfoeje": True,
        "kan_vaere_to": faelles and len(queries.list_fokuspersoner(kontrakt.samtale_id)) < 2,
    }


def _ny_form(data: dict[str, Any]) -> forms.NyKontraktForm:
    return forms.NyKontraktForm(kollega_choices(viewer()), data, today=clock.today())


def _ny_page(form: forms.NyKontraktForm, chosen: Valgt | None = None) -> str:
    put_in_words(form.type)
    return render_template("aftaler/ny_kontrakt.html", form=form, rules=rules, **choice_context(chosen))


def kollega_choices(person: Person) -> list[tuple[UUID, str]]:
    """Whom the person can make a kontrakt with: namesakes are told apart by e-mail, guests by their house."""
    kolleger = list_kolleger(viewer=person)
    names = Counter(kollega.navn for kollega in kolleger)
    return [(kollega.id, _kollega_label(kollega, person, names[kollega.navn] > 1)) for kollega in kolleger]


def _kollega_label(kollega: Person, person: Person, has_namesake: bool) -> str:
    label = kollega.navn
    if kollega.organisation_id != person.organisation_id:
        label += f" ({kollega.organisation.navn})"
    return f"{label}, {kollega.email}" if has_namesake else label
