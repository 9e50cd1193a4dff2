"""The pages of grupper."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("grupper", __name__)
