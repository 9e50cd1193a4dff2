"""The pages of aftaler."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("aftaler", __name__)

from supervision.aftaler.views import emner, flere, kalender, kontrakt, trin, valg  # noqa: E402, F401
