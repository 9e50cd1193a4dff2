"""The organisation's words: the filter that puts them into our sentences, and the page where they are chosen."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.personer import rules
from supervision.personer.actions.organisations import change_ord
from supervision.personer.forms import OrdvalgForm
from supervision.personer.models import Organisation
from supervision.personer.queries import get_organisation_to_word, ord_of
from supervision.personer.rules.ordvalg import EKSEMPLER, ORDINAER, Ordvalg
from supervision.personer.views import blueprint
from supervision.personer.views.attempts import attempt

_TAG = re.compile(r"(<[^>]*>)")


def speak_for(organisation_id: UUID) -> None:
    """Let the page speak in this organisation's words: a page about a kontrakt in those of the kontrakt's."""
    g.ord_organisation_id = organisation_id


def words() -> Ordvalg:
    """The words of this page: those of `speak_for`, else of the viewer's organisation; ours for nobody."""
    organisation_id = g.get("ord_organisation_id")
    if organisation_id is None:
        if not current_user.is_authenticated:
            return ORDINAER
        organisation_id = current_user.organisation_id
    known: dict[UUID, Ordvalg] = g.setdefault("ordvalg", {})
    if organisation_id not in known:
        known[organisation_id] = ord_of(organisation_id)
    return known[organisation_id]


def say(text: str) -> str:
    """A sentence of ours in the words of the page, for what is no template: a message, a choice."""
    return words().paa(text)


def put_in_words(*fields: Any) -> None:
    """Let fields with choices of ours offer them in the words of the page."""
    for field in fields:
        chosen = field.choices.items() if isinstance(field.choices, dict) else field.choices
        field.choices = [(key, say(label)) for key, label in chosen]


@blueprint.app_template_filter("ord")
@pass_context
def in_own_words(_context: Context, text: str) -> str:
    """A text of ours in the words of the page; in markup only what stands between the tags.

    It takes the context so that a constant is not worked out once and for all when the template is compiled.
    """
    valg = words()
    if isinstance(text, Markup):
        parts = _TAG.split(text)
        return Markup("".join(part if part.startswith("<") else valg.paa(part) for part in parts))  # noqa: S704
    return valg.paa(text)


@blueprint.get("/administration/organisationer/<uuid:organisation_id>/ord")
def ordvalg(organisation_id: UUID) -> str:
    """The words, SMART's A and the limit of the talk time, as they are."""
    found = get_organisation_to_word(organisation_id, viewer=viewer())
    form = OrdvalgForm(data={"smart_a": found.smart_a, "taletid_graense": found.taletid_graense})
    form.show(found.ord)
    return _page(found, form, found.ord)


@blueprint.post("/administration/organisationer/<uuid:organisation_id>/ord")
@commits
def gem_ordvalg(organisation_id: UUID) -> Response | str | tuple[str, int]:
    """Keep them, or show how they read without keeping anything."""
    found = get_organisation_to_word(organisation_id, viewer=viewer())
    form = OrdvalgForm()
    chosen = attempt(form, form.to_ordvalg)
    if chosen is None:
        return _page(found, form, None), 422
    if "vis" in request.form:
        form.show(chosen)
        return _page(found, form, chosen)
    if attempt(form, lambda: _change(found, form, chosen)) is None:
        return _page(found, form, None), 422
    flash("Gemt. Siderne bruger jeres ord fra nu af.", "success")
    return redirect(url_for("personer.ordvalg", organisation_id=organisation_id), 303)


def _change(organisation: Organisation, form: OrdvalgForm, chosen: Ordvalg) -> Organisation:
    return change_ord(
        organisation,
        ordvalg=chosen,
        smart_a=form.smart_a.data,
        taletid_graense=form.taletid_graense.data,
        by=viewer(),
    )


def _page(organisation: Organisation, form: OrdvalgForm, chosen: Ordvalg | None) -> str:
    """chosen: what the examples are shown in; None leaves them out."""
    speak_for(organisation.id)
    return render_template(
        "personer/ordvalg.html",
        organisation=organisation,
        form=form,
        eksempler=[chosen.paa(text) for text in EKSEMPLER] if chosen else [],
        er_administrator=viewer().har_rolle(rules.ADMINISTRATOR),
    )
