"""The pages of grupper."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("grupper", __name__)

from supervision.grupper.views import deling, gruppe, ledelse, plenum, runder, sammen, sammen_api, tjek_ud  # noqa: E402, F401
