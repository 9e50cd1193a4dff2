"""The pages of aftaler."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("aftaler", __name__)
