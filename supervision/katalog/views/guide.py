"""The supervisionsguide: chosen methods in a chosen order, to print."""

from __future__ import annotations

from flask import render_template, request, url_for

from supervision.katalog import forms, rules
from supervision.katalog.views import blueprint
from supervision.katalog.views.metoder import chosen, own_katalog


@blueprint.get("/metoder/guide")
def guide() -> str:
    """The guide that the address describes: its methods, their order and its title."""
    form, metoder, katalog = forms.GuideForm(request.args), chosen(), own_katalog()
    keys = tuple(metode.key for metode in metoder)
    return render_template(
        "katalog/guide.html",
        form=form,
        dele=[(metode, katalog.indhold(metode)) for metode in metoder],
        veje={key: _ways(keys, key, form.titel.data or "") for key in keys},
        keys=keys,
        rules=rules,
    )


def _ways(keys: tuple[str, ...], key: str, titel: str) -> dict[str, str]:
    """The addresses of the same guide with one method moved up, moved down or left out."""
    orders = {
        "op": rules.moved(keys, key, -1),
        "ned": rules.moved(keys, key, 1),
        "fjern": tuple(other for other in keys if other != key),
    }
    return {
        way: url_for("katalog.guide", metode=list(order), titel=titel or None, _anchor="raekkefoelge")
        for way, order in orders.items()
    }
