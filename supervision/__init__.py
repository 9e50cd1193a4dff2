"""Kollegial supervision: the application factory.

Configuration and the list of features, nothing else; each feature registers itself.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from supervision.config import Settings

FEATURES = (
    "personer",
    "katalog",
    "laeringspil",
    "aftaler",
    "observationer",
    "feedback",
    "logbog",
    "grupper",
    "overblik",
    "rettigheder",
)
"""The features in their row: each may import only those to its left."""

HOUSE = Path(__file__).resolve().parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application.

    settings: read from the environment when not given. Raises SettingsProblem when a setting is unusable.
    """
    from flask import Flask

    from supervision import (
        access,
        adgangslog,
        bidi,
        compression,
        danish,
        db,
        error_pages,
        headers,
        navigation,
        sign_in,
    )
    from supervision.config import Settings
    from supervision.drift import requests as drift_requests

    settings = settings or Settings.from_environment(HOUSE / "instance")
    app = Flask(
        "supervision",
        template_folder=str(HOUSE / "templates"),
        static_folder=str(HOUSE / "static"),
        instance_path=str(settings.instance_path),
    )
    app.config.from_mapping(settings.as_flask_config())
    app.extensions["settings"] = settings
    drift_requests.init_app(app, settings)
    db.init_app(app, settings)
    danish.init_app(app)
    bidi.init_app(app)
    _register(app)
    sign_in.init_app(app)
    access.init_app(app)
    navigation.init_app(app)
    headers.init_app(app)
    adgangslog.init_app(app)
    compression.init_app(app)
    error_pages.init_app(app)
    return app


def _register(app: Flask) -> None:
    """Every table and every page there is."""
    from supervision.drift.views import blueprint as drift_views

    for core in ("history", "adgangslog", "drift.jobs"):
        import_module(f"supervision.{core}")
    for name in FEATURES:
        if find_spec(f"supervision.{name}.models"):
            import_module(f"supervision.{name}.models")
    for name in FEATURES:
        views = import_module(f"supervision.{name}.views")
        app.register_blueprint(views.blueprint)
    app.register_blueprint(drift_views)
