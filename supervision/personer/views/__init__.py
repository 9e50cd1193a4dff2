"""The pages of personer: one's own, and the administrator's."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("personer", __name__)

from supervision.personer.views import (  # noqa: E402, F401 - they register on the blueprint
    adgang,
    administration,
    andet_trin,
    beskeder,
    importing,
    invitations,
    kommunelogin,
    kommunelogud,
    loginregler,
    ord,
    organisations,
    own,
    passkeys,
    people,
    roles,
)
