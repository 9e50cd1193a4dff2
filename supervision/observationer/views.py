"""The pages of observationer."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("observationer", __name__)
