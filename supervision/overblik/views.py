"""The pages of overblik."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("overblik", __name__)
