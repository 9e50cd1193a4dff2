"""The pages of grupper."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("grupper", __name__)

from supervision.grupper.views import bordet, deling, gruppe, ledelse, moeder, moedets_gang, plenum, runder  # noqa: E402, F401  # noqa: E402, F401
