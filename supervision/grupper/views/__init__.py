"""The pages of grupper."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("grupper", __name__)

from supervision.grupper.views import (  # noqa: E402, F401  # noqa: E402, F401
    deling,
    foerste_dag,
    gruppe,
    kalibrering,
    kalibrering_api,
    ledelse,
    plenum,
    runder,
)
