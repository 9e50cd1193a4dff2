"""The pages of grupper."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("grupper", __name__)

from supervision.grupper.views import (  # noqa: E402, F401
    besoeg,
    bordet,
    deling,
    foerste_dag,
    gruppe,
    hjemmeopgaver,
    kalibrering,
    kalibrering_api,
    ledelse,
    manual,
    moeder,
    moedets_gang,
    oevelsens_gang,
    oevelser,
    par,
    pil,
    plenum,
    pligter,
    runder,
    sammen,
    sammen_api,
    tjek_ud,
)
