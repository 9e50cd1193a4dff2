"""The pages of observationer: `recorder` (while the samtale runs) and `timeline` (afterwards)."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("observationer", __name__)

from supervision.observationer.views import (  # noqa: E402, F401
    devices,
    editing,
    files,
    hent,
    modeller,
    offline,
    quarantine,
    recorder,
    redskaber,
    registreringer,
    samarbejde,
    timeline,
    together,
)
