"""The pages of logbog."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("logbog", __name__)
