"""Writing in a draft: a method or a skabelon, one form each, which every button on the page saves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits
from supervision.katalog import actions, forms, queries, rules
from supervision.katalog.content import Katalog
from supervision.katalog.models import EgetIndhold
from supervision.katalog.rules import egne as states
from supervision.katalog.views import blueprint
from supervision.problems import RuleBroken


@blueprint.get("/katalog/egne/indhold/<uuid:indhold_id>/ret")
def ret_eget(indhold_id: UUID) -> str | Response:
    """The form of a draft; a published version is shown instead."""
    row = queries.get_eget(indhold_id, viewer=viewer())
    if row.tilstand != states.KLADDE:
        return redirect(url_for("katalog.eget", indhold_id=row.id))
    return _page(row, _form(row))


@blueprint.post("/katalog/egne/indhold/<uuid:indhold_id>/ret")
@commits
def gem_eget(indhold_id: UUID) -> Response | tuple[str, int]:
    """Save the draft, and do what the pressed button says."""
    row = queries.get_eget_to_change(indhold_id, viewer=viewer())
    states.check_is_kladde(row)
    form = _form(row)
    if not form.validate_on_submit():
        return _page(row, form), 422
    try:
        actions.save_kladde(row, by=viewer(), indhold=_indhold(row, form))
    except RuleBroken as problem:
        form.show_problem(problem)
        return _page(row, form), 422
    handling = form.handling.data or ""
    if handling in ("", "gem"):
        flash("Kladden er gemt.", "success")
        return redirect(url_for("katalog.eget", indhold_id=row.id), 303)
    return redirect(url_for("katalog.ret_eget", indhold_id=row.id, _anchor=_place(row, handling)), 303)


def _form(row: EgetIndhold) -> forms.MetodeForm | forms.SkabelonForm:
    if row.slags == states.METODE:
        return forms.MetodeForm(row.indhold, queries.original_metode(row))
    katalog = queries.katalog_of(row.organisation_id)
    return forms.SkabelonForm(
        row.indhold,
        varianter={variant.key: variant.navn for variant in katalog.gm_varianter},
        tilbudte=_offered(katalog),
        ord=_words(row, katalog),
    )


def _indhold(row: EgetIndhold, form: forms.MetodeForm | forms.SkabelonForm) -> dict[str, Any]:
    if isinstance(form, forms.MetodeForm):
        return form.to_indhold(actions.new_kode)
    katalog = queries.katalog_of(row.organisation_id)
    methods = {kode: tegn.metode for kode, tegn in katalog.live.items()}
    return form.to_indhold(methods, lambda key: set(_names(katalog, key)))


def _offered(katalog: Katalog) -> dict[str, list[tuple[str, str]]]:
    """Method -> its kendetegn that can be ticked, as (kode, short name)."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for tegn in katalog.live.values():
        groups.setdefault(katalog.navn_af(tegn.metode), []).append((tegn.kode, rules.plain(tegn.kort)))
    return groups


def _words(row: EgetIndhold, katalog: Katalog) -> dict[str, str]:
    """Kode -> the skabelon's own word, or "", for its parties and its GameMaster's phases and elements."""
    own = row.indhold.get("ord", {})
    koder = (*row.indhold.get("parter", ()), *_names(katalog, row.indhold["gm_variant"]))
    return {kode: own.get(kode, "") for kode in koder}


def _names(katalog: Katalog, gm_variant: str) -> dict[str, str]:
    """Kode -> what it is called, of the phases and elements of a GameMaster, in their order."""
    variant, found = katalog.gm_variant(gm_variant), {}
    for fase in variant.faser if variant else ():
        found[fase.kode] = f"Fasen {fase.navn}"
        found |= {element.kode: f"{fase.navn}: {element.navn}" for element in fase.elementer}
    return found


def _page(row: EgetIndhold, form: forms.MetodeForm | forms.SkabelonForm) -> str:
    if isinstance(form, forms.MetodeForm):
        return render_template("katalog/ret_metode.html", row=row, form=form, rules=rules, states=states)
    katalog = queries.katalog_of(row.organisation_id)
    return render_template(
        "katalog/ret_skabelon.html",
        row=row,
        form=form,
        valgte=[(kode, katalog.kendetegn(kode)) for kode in form.kendetegn.data or ()],
        ord_for={**rules.TALERE, **_names(katalog, row.indhold["gm_variant"])},
        rules=rules,
    )


def _place(row: EgetIndhold, handling: str) -> str:
    """Where on the page to go on after a button."""
    verb, _, kode = handling.partition(":")
    if verb == "tilfoej" and row.slags == states.METODE:
        kode = row.indhold["kendetegn"][-1]["kode"]
    return f"tegn-{kode}" if verb != "fjern" and kode else "kendetegn"
