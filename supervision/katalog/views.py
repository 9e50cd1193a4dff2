"""The pages of katalog."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("katalog", __name__)
