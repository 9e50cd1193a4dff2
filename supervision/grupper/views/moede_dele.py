"""What each kind of point on an agenda brings along: what to do now, and what its place on screen and paper is given.

Another page of the meeting joins by a line in `SIDER`, `TIL_SKAERM`, `UDGAVER` and `TIL_REFERAT`; its markup lies in
`templates/grupper/moede/skaerm/_<slags>.html` and in the template that `TIL_REFERAT` names.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import current_app, url_for

from supervision.access import viewer
from supervision.grupper import queries
from supervision.grupper.models import Moede
from supervision.grupper.views import sammen_dele

Data = Callable[[Moede], dict[str, Any]]

SIDER: dict[str, tuple[str, str]] = {
    "bordet": ("Læg noget på bordet", "grupper.bordet"),
    "planche": ("Skriv på planchen", "grupper.planche"),
    "lykkes_bedre": ("Skriv, hvad der skal lykkes bedre", "grupper.lykkes_bedre"),
    "tjek_ud": ("Tjek ud", "grupper.tjek_ud"),
}
"""Kind of point -> (words, endpoint that takes `moede_id`) of the page where it is done."""


def _siden_sidst(moede: Moede) -> dict[str, Any]:
    return {"plenum": queries.list_plenum(moede.gruppe)}


def _bordet(moede: Moede) -> dict[str, Any]:
    billede = queries.find_billede(moede, viewer=viewer())
    return {
        "billede": queries.read_billede(billede) if billede else None,
        "punkter_paa_bordet": queries.list_punkter_paa_bordet(moede),
    }


TIL_SKAERM: dict[str, Data] = {"siden_sidst": _siden_sidst, "bordet": _bordet, **sammen_dele.TIL_SKAERM}
"""Kind of point -> the variables of its include on the projector's screen."""

UDGAVER: dict[str, Callable[[Moede], object]] = {
    "bordet": lambda moede: [punkt.id for punkt in queries.list_punkter_paa_bordet(moede)],
    "tjek_ud": lambda moede: sammen_dele.boksene(moede)["bokse"].antal,
}
"""Kind of point -> what is another one whenever its place on the screen has to be drawn anew.

Planchen and lykkes bedre keep themselves up to date there (js/moede/sammen/projektor.js)."""

TIL_REFERAT: list[tuple[str, Data]] = [
    ("grupper/moede/referat/_aftaler.html", _siden_sidst),
    *sammen_dele.TIL_REFERAT,
]
"""(template, its variables) of each part of the minutes, in their order on the paper."""


def til_skaerm(moede: Moede, slags: str | None) -> dict[str, Any]:
    """The variables of the include for the point that is shown now."""
    return TIL_SKAERM[slags](moede) if slags in TIL_SKAERM else {}


def scene(moede: Moede, gang: queries.Gang) -> str:
    """What makes a page of the meeting another one for the viewer, as 16 hex digits.

    A page carries it from the moment it was made, so that what the meeting did before its first question is seen, too.
    """
    billede = queries.find_billede(moede, viewer=viewer())
    slags = gang.punkt.slags if gang.punkt else None
    shown = str(UDGAVER[slags](moede)) if slags in UDGAVER else ""
    parts: list[object] = [
        gang.tilstand,
        gang.punkt and gang.punkt.id,
        gang.spoergsmaal_nr,
        gang.koerer,
        gang.minutter,
    ]
    parts += [billede and billede.id, shown, str(viewer().id) in her(moede)]
    return sha256(str(parts).encode()).hexdigest()[:16]


def her(moede: Moede) -> list[str]:
    """The ids of those who have said that they are here, as text."""
    return [str(person_id) for person_id in queries.list_her(moede)]


def at_goere(moede: Moede, slags: str | None) -> list[tuple[str, str]]:
    """(words, address) of what the viewer can do at this kind of point now, the main thing first."""
    found = [_side(moede, *SIDER[slags])] if slags in SIDER else []
    if slags == "bordet" and moede.gruppe.facilitator_id == viewer().id:
        found = [_side(moede, "Se, hvad der ligger på bordet", "grupper.bordet")]
    if slags in ("siden_sidst", "plenum"):
        gruppe_id = moede.gruppe_id
        found.append(("Se det, I har aftalt", url_for("grupper.plenum", gruppe_id=gruppe_id)))
        if slags == "plenum":
            found.insert(
                0, ("Skriv, hvad I aftaler", url_for("grupper.ny_plenumaftale", gruppe_id=gruppe_id))
            )
    if slags == "siden_sidst":
        found.append(("Se runden", url_for("grupper.laeringsgruppe", gruppe_id=moede.gruppe_id)))
    if slags == "bordet":
        found.append(("Se gruppebilledet", url_for("grupper.gruppebillede", moede_id=moede.id)))
    if slags == "laeringspil":
        found.append(("Tegn din læringspil", url_for("laeringspil.laering")))
    return [(tekst, href) for tekst, href in found if href]


def _side(moede: Moede, tekst: str, endpoint: str) -> tuple[str, str]:
    known = endpoint in current_app.view_functions
    return tekst, url_for(endpoint, moede_id=moede.id) if known else ""
