"""The menu as data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from supervision.access import matrix, may_knock


@dataclass(frozen=True, slots=True)
class Place:
    """A word in the menu: where it leads and which features it stands for."""

    label: str
    endpoint: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A word in the menu as one page shows it."""

    label: str
    href: str
    active: bool


MENU = (
    Place("I dag", "overblik.i_dag", ()),
    Place("Samtaler", "feedback.samtaler", ("aftaler", "observationer", "feedback")),
    Place("Læring", "laeringspil.laering", ("laeringspil", "logbog")),
    Place("Gruppe", "grupper.gruppe", ("grupper",)),
    Place("Overblik", "overblik.overblik", ("overblik",)),
)
ADMINISTRATION = Place("Administration", "personer.administration", ("personer",))
SIDE_MENU = (
    Place("Metoder", "katalog.metoder", ("katalog",)),
    Place("Hjælp", "personer.hjaelp", ()),
    ADMINISTRATION,
)
ELSEWHERE = {
    "feedback.tilbageblik": "laeringspil.laering",
    "grupper.pil_runde_for_runde": "laeringspil.laering",
    "overblik.min_udvikling": "laeringspil.laering",
    **dict.fromkeys(("overblik.hvem_har_set", "overblik.hent_hvem_har_set"), "personer.profil"),
    "overblik.rapportplan": "personer.administration",
    "overblik.gem_rapportplan": "personer.administration",
    "rettigheder.opbevaring": "personer.administration",
    "rettigheder.gem_opbevaring": "personer.administration",
    "rettigheder.sletninger": "personer.administration",
    "rettigheder.hvem_ser_hvad": "personer.hjaelp",
    "personer.licenser": "personer.hjaelp",
    "grupper.manual": "personer.hjaelp",
    "grupper.manual_hos": "personer.hjaelp",
    "grupper.manualudgave": "personer.hjaelp",
    "grupper.standardmanualen": "personer.hjaelp",
    "grupper.ret_manual": "personer.hjaelp",
    "grupper.manualkladde": "personer.hjaelp",
    **dict.fromkeys(
        ("aftaler.dage", "aftaler.ny_dag", "aftaler.dagsplan", "aftaler.fyld_dag", "aftaler.ret_dag"),
        "overblik.overblik",
    ),
    **dict.fromkeys(
        ("aftaler.ny_session", "aftaler.ret_session", "aftaler.udskriv_dag", "aftaler.team_dag"),
        "overblik.overblik",
    ),
    **dict.fromkeys(("aftaler.bekraeft_aflys_dag", "aftaler.bekraeft_aflys_session"), "overblik.overblik"),
    "grupper.foerste_dag": "overblik.i_dag",
    "grupper.oeveaftale": "overblik.i_dag",
    "grupper.oevefeedback": "overblik.i_dag",
    "overblik.hent_alt": "laeringspil.laering",
}
"""Pages that stand under another word than their feature's."""
THEMES = ("light", "dark")


def init_app(app: Flask) -> None:
    """Give the templates their menu, their theme and their versioned static addresses."""
    app.context_processor(
        lambda: {"menu": menu, "side_menu": side_menu, "asset": asset, "theme": theme, "viewer": current_user}
    )


def menu() -> list[Item]:
    """The five words, for whoever is signed in; whoever only runs the system has two, and administration is one."""
    return _items(MENU) if _takes_part() else _items((*MENU, ADMINISTRATION))


def side_menu() -> list[Item]:
    """The methods, help, and administration for those who have it and take part as well."""
    return _items(SIDE_MENU if _takes_part() else tuple(one for one in SIDE_MENU if one != ADMINISTRATION))


def _takes_part() -> bool:
    return may_knock("deltager", current_user)


def theme() -> str:
    """`light`, `dark`, or empty for what the device says (from the cookie `tema`)."""
    chosen = request.cookies.get("tema", "")
    return chosen if chosen in THEMES else ""


def asset(filename: str) -> str:
    """The address of a static file with its content's version in it, so that browsers may keep it for ever."""
    static_folder = Path(current_app.static_folder or "")
    stamp = (static_folder / filename).stat().st_mtime_ns
    return url_for("static", filename=filename, v=_version(static_folder / filename, stamp))


@cache
def _version(path: Path, stamp: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _items(places: tuple[Place, ...]) -> list[Item]:
    person: Any = current_user
    known = matrix()
    return [
        Item(place.label, url_for(place.endpoint), _is_active(place))
        for place in places
        if place.endpoint in known and may_knock(known[place.endpoint].who, person)
    ]


def _is_active(place: Place) -> bool:
    endpoint = request.endpoint or ""
    if place.endpoint == ELSEWHERE.get(endpoint, endpoint):
        return True
    if endpoint in ELSEWHERE:
        return False
    known = matrix()
    runs_it = ("administrator", "katalogredaktoer")
    if (
        endpoint in known
        and known[place.endpoint].who == "administrator"
        and known[endpoint].who not in runs_it
    ):
        return False
    own_places = {other.endpoint for other in MENU + SIDE_MENU}
    return endpoint not in own_places and endpoint.split(".")[0] in place.features
