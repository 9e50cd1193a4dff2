"""What a figure was measured with."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

from supervision.db import sqlite_driver

PACKAGES = ("flask", "granian", "sqlalchemy", "werkzeug")


def versions() -> dict[str, str]:
    """Name -> version of the machine's kind, Python, the SQLite library in use and the packages that serve."""
    return {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "sqlite": str(sqlite_driver().sqlite_version),
        **{name: version(name) for name in PACKAGES},
    }
