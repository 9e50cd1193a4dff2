"""The skabeloner: what each holds, and its versions."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from supervision.access import matrix, may_knock, viewer
from supervision.katalog import queries, rules
from supervision.katalog.content import Katalog
from supervision.katalog.views import blueprint
from supervision.katalog.views.metoder import own_katalog
from supervision.personer.views.ord import say
from supervision.problems import NotFound


@blueprint.get("/skabeloner")
def skabeloner() -> str:
    """Every skabelon as it is now."""
    return render_template("katalog/skabeloner.html", skabeloner=own_katalog().skabeloner, rules=rules)


@blueprint.get("/skabeloner/<skabelon_key>")
def skabelon(skabelon_key: str) -> str:
    """One skabelon: phases, parties, kendetegn and where they come from. `?udgave=` shows an earlier version."""
    katalog = own_katalog()
    found = katalog.skabelon(skabelon_key, request.args.get("udgave", type=int))
    if found is None:
        raise NotFound
    variant = katalog.gm_variant(found.gm_variant)
    assert variant is not None
    return render_template(
        "katalog/skabelon.html",
        skabelon=found,
        nyeste=katalog.skabelon(skabelon_key),
        gamemaster=variant.in_words(found.ord),
        parter=[found.part_navn(part) or say(rules.TALERE[part]) for part in found.parter],
        kendetegn=_kendetegn(katalog, found),
        uden_felt=_without_tile(katalog, found),
        tilbydes=katalog.tilbyder(found),
        original=queries.product_skabelon(skabelon_key),
        versioner=katalog.versioner_af(skabelon_key),
        maa_aftale=may_knock(matrix()["aftaler.ny_kontrakt"].who, viewer()),
        rules=rules,
    )


def _kendetegn(katalog: Katalog, skabelon: rules.Skabelon) -> list[tuple[rules.Kendetegn, rules.Metode]]:
    """Its kendetegn in their order, each with the method it comes from."""
    found: list[Any] = [katalog.kendetegn(kode) for kode in skabelon.kendetegn]
    return [(tegn, metode) for tegn in found if (metode := katalog.metode(tegn.metode))]


def _without_tile(katalog: Katalog, skabelon: rules.Skabelon) -> list[rules.Metode]:
    """The methods it draws on that have no tile of their own among the first."""
    with_tile = {metode.key for _, metode in _kendetegn(katalog, skabelon)}
    named = [metode for key in skabelon.metoder if (metode := katalog.metode(key))]
    return [metode for metode in named if katalog.indhold(metode).key not in with_tile]
