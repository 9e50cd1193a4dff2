"""The pages of aftaler."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("aftaler", __name__)

from supervision.aftaler.views import (  # noqa: E402
    dage,  # noqa: F401
    dagsplan,  # noqa: F401
    emner,  # noqa: F401
    flere,  # noqa: F401
    kalender,  # noqa: F401
    kontrakt,  # noqa: F401
    sessioner,  # noqa: F401
    trin,  # noqa: F401
    valg,  # noqa: F401
)
