"""The pages of katalog."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from supervision.katalog.content import load_katalog

blueprint = Blueprint("katalog", __name__)


@blueprint.record_once
def read_the_catalogue(_state: Any) -> None:
    """Read the content when the application is built, so that a broken file stops the start. Raises ContentProblem."""
    load_katalog()


from supervision.katalog.views import (  # noqa: E402
    egne,  # noqa: F401
    flytning,  # noqa: F401
    guide,  # noqa: F401
    kopier,  # noqa: F401
    metoder,  # noqa: F401
    principper,  # noqa: F401
    ret_egne,  # noqa: F401
    skabeloner,  # noqa: F401
)
