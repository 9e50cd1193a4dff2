"""Vores egne: what an organisation has of its own, one version of it, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from supervision.access import viewer
from supervision.db import commits, db
from supervision.katalog import actions, forms, queries, rules
from supervision.katalog.models import EgetIndhold
from supervision.katalog.rules import egne as states
from supervision.katalog.views import blueprint
from supervision.problems import RuleBroken


@blueprint.get("/katalog/egne")
def egne_valg() -> str | Response:
    """The organisations whose catalogue the viewer may change; straight on when it is only one."""
    mine = queries.list_organisationer_to_edit(viewer())
    if len(mine) == 1:
        return redirect(url_for("katalog.egne", organisation_id=mine[0].id))
    return render_template("katalog/egne_valg.html", organisationer=mine)


@blueprint.get("/katalog/egne/<uuid:organisation_id>")
def egne(organisation_id: UUID) -> str:
    """All that is the organisation's own, what waits, and what it hides."""
    organisation = queries.get_organisation_to_edit(organisation_id, viewer=viewer())
    ting = queries.list_egne(organisation)
    katalog = queries.katalog_for(organisation)
    return render_template(
        "katalog/egne.html",
        organisation=organisation,
        grupper=[(slags, [one for one in ting if one.slags == slags]) for slags in states.SLAGS],
        skjulte=[(row, katalog.navn_af(row.key)) for row in queries.list_skjulte(organisation)],
        mangler=[(one, gone) for one in katalog.skabeloner if (gone := katalog.uden_felt(one))],
        ubrugelige=queries.list_unusable(organisation_id),
        navne=queries.names_of(row for one in ting for row in one.versioner),
        flere=len(queries.list_organisationer_to_edit(viewer())) > 1,
        states=states,
        form=forms.SkjulForm(),
    )


@blueprint.get("/katalog/egne/indhold/<uuid:indhold_id>")
def eget(indhold_id: UUID) -> str:
    """One version: what it says, what is different, and what can be done with it."""
    return _page(queries.get_eget(indhold_id, viewer=viewer()), forms.UdgivForm())


@blueprint.post("/katalog/egne/indhold/<uuid:indhold_id>/udgiv")
@commits
def udgiv_eget(indhold_id: UUID) -> Response | tuple[str, int]:
    """Publish the draft."""
    row, form = queries.get_eget_to_change(indhold_id, viewer=viewer()), forms.UdgivForm()
    if form.validate_on_submit():
        try:
            actions.publish(row, by=viewer(), aendret=form.aendret.data or "")
        except RuleBroken as problem:
            db.session.rollback()
            form.show_problem(problem)
    if form.errors or form.form_errors:
        return _page(queries.get_eget(indhold_id, viewer=viewer()), form), 422
    flash(f"Udgave {row.version} er udgivet. Nye kontrakter får den.", "success")
    return _to(row)


@blueprint.post("/katalog/egne/indhold/<uuid:indhold_id>/udgaa")
@commits
def udgaa_eget(indhold_id: UUID) -> Response:
    """Take the newest version out of use."""
    row = queries.get_eget_to_change(indhold_id, viewer=viewer())
    actions.retire(row, by=viewer())
    flash(
        "Den er udgået og bliver ikke tilbudt mere. Kontrakter, der er lavet med den, er som før.", "success"
    )
    return _to(row)


@blueprint.post("/katalog/egne/indhold/<uuid:indhold_id>/ny-kladde")
@commits
def ny_kladde(indhold_id: UUID) -> Response:
    """Begin the next version."""
    row = queries.get_eget_to_change(indhold_id, viewer=viewer())
    made = actions.begin_version(row, by=viewer())
    return redirect(url_for("katalog.ret_eget", indhold_id=made.id), 303)


@blueprint.post("/katalog/egne/indhold/<uuid:indhold_id>/slet-kladde")
@commits
def slet_kladde(indhold_id: UUID) -> Response:
    """Throw the draft away."""
    row = queries.get_eget_to_change(indhold_id, viewer=viewer())
    organisation_id = row.organisation_id
    actions.drop_kladde(row, by=viewer())
    flash("Kladden er slettet.", "success")
    return redirect(url_for("katalog.egne", organisation_id=organisation_id), 303)


def _page(row: EgetIndhold, form: forms.UdgivForm) -> str:
    ting = queries.ting_of(row)
    return render_template(
        "katalog/eget.html",
        row=row,
        ting=ting,
        form=form,
        navne=queries.names_of(ting.versioner),
        problemer=actions.list_problems(row) if row.tilstand == states.KLADDE else (),
        states=states,
        rules=rules,
        **_content(row, ting),
    )


def _content(row: EgetIndhold, ting: queries.Ting) -> dict[str, Any]:
    """The version as it reads, and how it differs from its original and from the version before."""
    katalog = queries.katalog_of(row.organisation_id)
    read, original = queries.read_row(row), queries.original_of(row)
    navn = partial(katalog.navn_af, gm_variant=row.indhold.get("gm_variant", ""))
    before = next((one for one in ting.versioner if one.version == row.version - 1), None)
    return {
        "laest": read,
        "organisation": queries.get_organisation_to_edit(row.organisation_id, viewer=viewer()),
        "original": original,
        "fra_original": rules.forskelle_fra(original, read, navn) if original else (),
        "foer": before,
        "fra_foer": rules.forskelle_fra(queries.read_row(before), read, navn) if before else (),
        "tegn": _tegn(read, katalog.kendetegn),
        "gamemaster": katalog.gm_variant(read.gm_variant) if isinstance(read, rules.Skabelon) else None,
    }


def _tegn(read: rules.Metode | rules.Skabelon, find: Any) -> list[rules.Kendetegn]:
    """Its kendetegn in their order, the hidden ones too."""
    if isinstance(read, rules.Metode):
        return list(read.kendetegn)
    return [tegn for kode in read.kendetegn if (tegn := find(kode))]


def _to(row: EgetIndhold) -> Response:
    return redirect(url_for("katalog.eget", indhold_id=row.id), 303)
