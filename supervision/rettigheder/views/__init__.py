"""The pages of the person's rights: one's own data, and what an administrator decides about retention."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("rettigheder", __name__)

from supervision.rettigheder.views import (  # noqa: E402, F401 - they register on the blueprint
    administration,
    mine_data,
    oplysning,
    sletning,
)
