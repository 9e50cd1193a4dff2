"""Finding a method, reading it, and printing its card."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import render_template, request

from supervision.access import matrix, may_knock, viewer
from supervision.katalog import forms, queries, rules
from supervision.katalog.content import Katalog
from supervision.katalog.views import blueprint
from supervision.personer.views.ord import put_in_words
from supervision.problems import NotFound


@blueprint.get("/metoder")
def metoder() -> str:
    """Every method, or those a search and three choices leave; some may be chosen for a guide."""
    katalog, form = own_katalog(), forms.SoegForm(request.args)
    visning = katalog.vis(form.tekst, form.udvalg)
    form.offer(visning.antal)
    put_in_words(form.hvem)
    return render_template(
        "katalog/metoder.html",
        form=form,
        visning=visning,
        grupper=_by_kategori(visning.fund),
        valgte=chosen(),
        i_alt=(len(katalog.metoder), sum(len(metode.kendetegn) for metode in katalog.metoder)),
        snaevret=any((form.tekst, form.udvalg.kategori, form.udvalg.hvem, form.udvalg.kilde)),
        rules=rules,
    )


@blueprint.get("/metoder/<metode_key>")
def metode(metode_key: str) -> str:
    """One method: its steps, what to look for, what to watch for, where it comes from, and its relatives."""
    katalog, found = own_katalog(), get_metode(metode_key)
    return render_template(
        "katalog/metode.html",
        **metode_context(found),
        slaegtninge=katalog.slaegtninge(found),
        skabeloner=katalog.skabeloner_med(found),
        kan_krydses=katalog.kan_krydses(found),
        tilbydes=katalog.tilbyder(found),
        original=queries.product_metode(metode_key),
        svaere=queries.list_svaere(viewer().organisation_id),
        maa_aftale=may_knock(matrix()["aftaler.ny_kontrakt"].who, viewer()),
    )


@blueprint.get("/metoder/<metode_key>/kort")
def kort(metode_key: str) -> str:
    """One method on a card to print, A5."""
    return render_template("katalog/kort.html", **metode_context(get_metode(metode_key)))


def own_katalog() -> Katalog:
    """The catalogue as the viewer's organisation has it."""
    return queries.katalog_for(viewer().organisation)


def metode_context(found: rules.Metode) -> dict[str, Any]:
    """A method, and the one in which its steps and kendetegn stand."""
    return {"metode": found, "indhold": own_katalog().indhold(found), "rules": rules}


def get_metode(key: str) -> rules.Metode:
    """Find a method. Raises NotFound."""
    found = own_katalog().metode(key)
    if found is None:
        raise NotFound
    return found


def chosen() -> tuple[rules.Metode, ...]:
    """The methods that the address names with `metode`, in its order; unknown names are passed over."""
    katalog = own_katalog()
    named = (katalog.metode(key) for key in dict.fromkeys(request.args.getlist("metode")))
    return tuple(metode for metode in named if metode)


def _by_kategori(found: tuple[rules.Fund, ...]) -> list[tuple[str, list[rules.Fund]]]:
    return [
        (rules.KATEGORIER[kategori], list(group))
        for kategori, group in groupby(found, lambda fund: fund.metode.kategori)
    ]
