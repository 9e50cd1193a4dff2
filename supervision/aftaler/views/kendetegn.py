"""What the step Kendetegn shows of the catalogue."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import request

from supervision.access import viewer
from supervision.aftaler import actions, forms, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.katalog.content import Katalog
from supervision.katalog.queries import katalog_of, list_svaere
from supervision.katalog.rules import KATEGORIER, SAMTALETYPER, Kendetegn, Metode, Skabelon
from supervision.laeringspil.queries import find_linje


def kendetegn_choices(kontrakt: FeedbackKontrakt) -> dict[str, Any]:
    """What may be chosen: what the catalogue can tick, and what already stands in the kontrakt."""
    varianter = {variant.key: variant.navn for variant in katalog_of(kontrakt.organisation_id).gm_varianter}
    koder = actions.known_koder(kontrakt) | {tegn.kode for tegn in kontrakt.kendetegn}
    return {"varianter": varianter, "koder": koder}


def kendetegn_context(kontrakt: FeedbackKontrakt, form: forms.TrinForm) -> dict[str, Any]:
    """The chosen in their order, the catalogue by category and method, and what a search found.

    What the type of samtale is about stands first; what has been chosen stays, whatever the type became since.
    """
    assert isinstance(form, forms.KendetegnForm)
    katalog = katalog_of(kontrakt.organisation_id)
    foerst = rules.samtaletype(kontrakt.samtale.type).foerst
    offered = _offered(katalog, kontrakt.samtale.type)
    soegning = forms.SoegForm(request.args)
    text = soegning.soeg.data if soegning.validate() else ""
    return {
        "valgte": [_words(katalog, kontrakt, kode) for kode in form.koder.data or ()],
        "grupper": _by_method(katalog, offered, foerst, _fits(kontrakt.samtale.type)),
        "svaere": list_svaere(kontrakt.organisation_id),
        "fra_pilen": _fra_pilen(katalog, kontrakt),
        "fundne": katalog.search(text[:100], offered) if text else None,
        "soegning": soegning,
        "varianter": katalog.gm_varianter,
        "skabeloner": _by_fit(katalog, kontrakt.samtale.type),
    }


def _fra_pilen(katalog: Katalog, kontrakt: FeedbackKontrakt) -> list[dict[str, str]]:
    """The kendetegn of the own lines that are in focus; nobody else's are shown."""
    if viewer().id != kontrakt.fokusperson_id:
        return []
    linjer = [find_linje(p.linje_id, viewer=viewer()) for p in kontrakt.fokuspunkter if p.linje_id]
    koder = dict.fromkeys(linje.kendetegn_kode for linje in linjer if linje and linje.kendetegn_kode)
    known = actions.known_koder(kontrakt)
    return [_words(katalog, kontrakt, kode) for kode in koder if kode in known]


def _by_fit(katalog: Katalog, samtale_type: str) -> list[tuple[str, list[Skabelon]]]:
    """The skabeloner under two headings: those that fit the type of samtale, and the others."""
    fits = [one for one in katalog.skabeloner if samtale_type in one.passer_til]
    others = [one for one in katalog.skabeloner if one not in fits]
    return [(words, found) for words, found in ((_fits(samtale_type), fits), ("Andre", others)) if found]


def _fits(samtale_type: str) -> str:
    return f"Passer til: {SAMTALETYPER[samtale_type].lower().replace('cv', 'CV')}"


def _offered(katalog: Katalog, samtale_type: str) -> tuple[Kendetegn, ...]:
    """What can be ticked: of the methods about the colleagues themselves, only those that the type is about."""
    own = rules.samtaletype(samtale_type)
    common = {tegn.kode for tegn in katalog.observerbare(kollega=own.kollega)}
    return tuple(
        tegn
        for tegn in katalog.observerbare(kollega=True)
        if tegn.kode in common or tegn.metode in own.foerst
    )


def _words(katalog: Katalog, kontrakt: FeedbackKontrakt, kode: str) -> dict[str, str]:
    """A chosen kendetegn in the words it was agreed with, or the catalogue's."""
    for tegn in kontrakt.kendetegn:
        if tegn.kode == kode:
            return {"kode": kode, "kort": tegn.kort, "tekst": tegn.tekst}
    return {"kode": kode, "kort": katalog.navn(kode), "tekst": katalog.tekst(kode)}


def _by_method(
    katalog: Katalog, offered: tuple[Kendetegn, ...], foerst: tuple[str, ...], heading: str
) -> list[tuple[str, list[tuple[Metode, list[Kendetegn]]]]]:
    """The methods under headings: those that are offered first, in their own order, then the others by category."""
    methods = [
        (metode, list(tegn))
        for key, tegn in groupby(offered, lambda t: t.metode)
        if (metode := katalog.metode(key))
    ]
    front = sorted(
        (pair for pair in methods if pair[0].key in foerst), key=lambda pair: foerst.index(pair[0].key)
    )
    others = [pair for pair in methods if pair[0].key not in foerst]
    return [
        *([(heading, front)] if front else []),
        *((KATEGORIER[key], list(found)) for key, found in groupby(others, lambda pair: pair[0].kategori)),
    ]
