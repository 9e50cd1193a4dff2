"""Settings from the environment, checked once and frozen."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervision.problems import SettingsProblem

MAX_BODY_BYTES = 1024 * 1024
"""The largest request that is read. Above it: 413."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings. `database_url` is a SQLAlchemy address; empty means SQLite in the instance."""

    instance_path: Path
    database_url: str
    secret_key: str
    cookie_secure: bool = False
    testing: bool = False

    @classmethod
    def from_environment(cls, instance_path: Path, environ: Mapping[str, str] | None = None) -> Settings:
        """Read DATABASE_URL, SECRET_KEY and COOKIE_SECURE. Raises SettingsProblem when one is unusable."""
        environ = os.environ if environ is None else environ
        instance_path = Path(environ.get("SUPERVISION_INSTANCE", instance_path)).resolve()
        instance_path.mkdir(parents=True, exist_ok=True)
        return cls(
            instance_path=instance_path,
            database_url=database_url(environ.get("DATABASE_URL", ""), instance_path),
            secret_key=environ.get("SECRET_KEY") or _kept_secret(instance_path / "secret_key"),
            cookie_secure=_yes_or_no(environ, "COOKIE_SECURE", default=False),
        )

    def as_flask_config(self) -> dict[str, Any]:
        """The keys that Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "TESTING": self.testing,
            "MAX_CONTENT_LENGTH": MAX_BODY_BYTES,
            "MAX_FORM_MEMORY_SIZE": MAX_BODY_BYTES,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_NAME": "__Host-supervision" if self.cookie_secure else "supervision",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.cookie_secure,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_CHECK_DEFAULT": False,
            "BABEL_DEFAULT_LOCALE": "da_DK",
            "BABEL_DEFAULT_TIMEZONE": "Europe/Copenhagen",
        }


def database_url(given: str, instance_path: Path) -> str:
    """The address with its driver named. Raises SettingsProblem on another kind of database."""
    if not given:
        return f"sqlite:///{instance_path / 'supervision.db'}"
    if given.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + given.split("://", 1)[1]
    if given.startswith(("postgresql+psycopg://", "sqlite:///")):
        return given
    raise SettingsProblem(
        "DATABASE_URL skal begynde med postgresql:// eller sqlite:///. "
        "Er den tom, bruges SQLite i mappen instance."
    )


def _yes_or_no(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in ("1", "ja", "true", "yes"):
        return True
    if value in ("0", "nej", "false", "no"):
        return False
    if value == "":
        return default
    raise SettingsProblem(f"{name} skal være ja eller nej, ikke “{value}”.")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
