"""The pages of laeringspil."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("laeringspil", __name__)
