"""The pages of observationer: `recorder` (while the samtale runs) and `timeline` (afterwards)."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("observationer", __name__)

from supervision.observationer.views import recorder, timeline  # noqa: E402, F401
