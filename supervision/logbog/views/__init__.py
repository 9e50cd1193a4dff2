"""The pages of the logbog, and of the way that a line of the læringspil has gone."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("logbog", __name__)

from supervision.logbog.views import linjer, notater  # noqa: E402, F401
