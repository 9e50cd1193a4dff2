"""Installations of the product for tests."""

from __future__ import annotations

from pathlib import Path

from supervision.config import Settings, database_url


def settings_for(folder: Path, url: str = "") -> Settings:
    """Settings of a test installation; SQLite in the folder when no url is given."""
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(
        instance_path=folder,
        database_url=database_url(url, folder),
        secret_key="a secret of the tests",
        testing=True,
    )
