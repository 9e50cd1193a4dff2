"""The pages of feedback: the overview Samtaler, writing and sending, reading and answering."""

from __future__ import annotations

from flask import Blueprint

from supervision.feedback.rules.punkter import oejeblik

blueprint = Blueprint("feedback", __name__)
blueprint.add_app_template_filter(oejeblik)

from supervision.feedback.views import overview, reading, refleksion, replies, writing  # noqa: E402, F401
