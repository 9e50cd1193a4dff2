"""What the step Kendetegn shows of the catalogue."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import request

from supervision.aftaler import actions, forms
from supervision.aftaler.models import FeedbackKontrakt
from supervision.katalog.content import load_katalog
from supervision.katalog.rules import KATEGORIER, SAMTALETYPER, Kendetegn, Metode, Skabelon


def kendetegn_choices(kontrakt: FeedbackKontrakt) -> dict[str, Any]:
    """What may be chosen: what the catalogue can tick, and what already stands in the kontrakt."""
    varianter = {variant.key: variant.navn for variant in load_katalog().gm_varianter}
    koder = actions.known_koder() | {tegn.kode for tegn in kontrakt.kendetegn}
    return {"varianter": varianter, "koder": koder}


def kendetegn_context(kontrakt: FeedbackKontrakt, form: forms.TrinForm) -> dict[str, Any]:
    """The chosen in their order, the catalogue by category and method, and what a search found."""
    assert isinstance(form, forms.KendetegnForm)
    katalog = load_katalog()
    offered = katalog.observerbare(kollega=kontrakt.samtale.type == "oevelse")
    soegning = forms.SoegForm(request.args)
    text = soegning.soeg.data if soegning.validate() else ""
    return {
        "valgte": [_words(kontrakt, kode) for kode in form.koder.data or ()],
        "grupper": _by_method(offered),
        "fundne": katalog.search(text[:100], offered) if text else None,
        "soegning": soegning,
        "varianter": katalog.gm_varianter,
        "skabeloner": _by_fit(kontrakt.samtale.type),
    }


def _by_fit(samtale_type: str) -> list[tuple[str, list[Skabelon]]]:
    """The skabeloner under two headings: those that fit the type of samtale, and the others."""
    fits = [one for one in load_katalog().skabeloner if samtale_type in one.passer_til]
    others = [one for one in load_katalog().skabeloner if one not in fits]
    heading = f"Passer til: {SAMTALETYPER[samtale_type].lower().replace('cv', 'CV')}"
    return [(words, found) for words, found in ((heading, fits), ("Andre", others)) if found]


def _words(kontrakt: FeedbackKontrakt, kode: str) -> dict[str, str]:
    """A chosen kendetegn in the words it was agreed with, or the catalogue's."""
    for tegn in kontrakt.kendetegn:
        if tegn.kode == kode:
            return {"kode": kode, "kort": tegn.kort, "tekst": tegn.tekst}
    katalog = load_katalog()
    return {"kode": kode, "kort": katalog.navn(kode), "tekst": katalog.tekst(kode)}


def _by_method(offered: tuple[Kendetegn, ...]) -> list[tuple[str, list[tuple[Metode, list[Kendetegn]]]]]:
    katalog = load_katalog()
    methods = [
        (metode, list(tegn))
        for key, tegn in groupby(offered, lambda t: t.metode)
        if (metode := katalog.metode(key))
    ]
    return [
        (KATEGORIER[kategori], list(found))
        for kategori, found in groupby(methods, lambda pair: pair[0].kategori)
    ]
