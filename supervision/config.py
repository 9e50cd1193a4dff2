"""Settings from the environment, checked once and frozen. Each is described in `maintenance/settings_table.py`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from supervision.problems import SettingsProblem
from supervision.sso_config import SsoSettings, sso_settings

MAX_BODY_BYTES = 1024 * 1024
"""The largest request that is read. Above it: 413."""
SECRET_MIN = 32
"""Characters of a SECRET_KEY that is given by hand."""


TLS_FROM_THE_START = 465
"""The port where SMTP is spoken inside TLS; on every other one it begins in the open and may go over to it."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that e-mail is handed to. sender: as it stands in From."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings. `database_url` is a SQLAlchemy address; empty means SQLite in the instance.

    public_url: where people find the product, without a slash at the end; empty when it is not given.
    mail: None when no e-mail is sent.
    second_factor: whether nobody gets in by a password alone; for installations that are reached from the internet.
    log_requests: a line on stderr for every request.
    metrics_token: what whoever asks for /maalinger must show; empty means that only this machine itself may ask.
    trusted_proxies: how many stand in front.
    backup_dir: None is `backups` in the instance.
    sso: by which ways people come in.
    was_myndighed, was_kontakt: who answers for accessibility, and their e-mail.
    """

    instance_path: Path
    database_url: str
    secret_key: str
    cookie_secure: bool = False
    testing: bool = False
    public_url: str = ""
    mail: MailSettings | None = None
    second_factor: bool = False
    log_requests: bool = False
    metrics_token: str = field(default="", repr=False)
    trusted_proxies: int = 0
    backup_path: Path | None = None
    backup_days: int = 35
    sso: SsoSettings = field(default_factory=SsoSettings)
    was_myndighed: str = ""
    was_kontakt: str = ""

    @property
    def backup_dir(self) -> Path:
        """The folder that backups without a name go to."""
        return self.backup_path or self.instance_path / "backups"

    @classmethod
    def from_environment(cls, instance_path: Path, environ: Mapping[str, str] | None = None) -> Settings:
        """Read what `settings_table.DECLARED` names. Raises SettingsProblem, which says in Danish which one is
        unusable."""
        environ = os.environ if environ is None else environ
        instance_path = Path(environ.get("SUPERVISION_INSTANCE", instance_path)).resolve()
        _make_private(instance_path)
        public_url = _public_url(environ.get("PUBLIC_URL", ""))
        return cls(
            instance_path=instance_path,
            database_url=database_url(environ.get("DATABASE_URL", ""), instance_path),
            secret_key=_secret(environ.get("SECRET_KEY", "")) or _kept_secret(instance_path / "secret_key"),
            cookie_secure=_cookie_secure(environ),
            second_factor=_yes_or_no(environ, "SECOND_FACTOR", default=False),
            public_url=public_url,
            mail=mail_settings(environ),
            log_requests=_yes_or_no(environ, "LOG_REQUESTS", default=True),
            metrics_token=_token(environ.get("METRICS_TOKEN", "")),
            trusted_proxies=_count(environ, "TRUSTED_PROXIES", default=0, most=5),
            backup_path=Path(environ["BACKUP_DIR"]).resolve() if environ.get("BACKUP_DIR") else None,
            backup_days=_count(environ, "BACKUP_DAYS", default=35, most=3650),
            sso=sso_settings(
                environ, public_url, local_passwords=_yes_or_no(environ, "LOCAL_PASSWORDS", default=True)
            ),
            was_myndighed=" ".join(environ.get("WAS_MYNDIGHED", "").split()),
            was_kontakt=_was_kontakt(environ.get("WAS_KONTAKT", "").strip()),
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


def mail_settings(environ: Mapping[str, str]) -> MailSettings | None:
    """SMTP_HOST and what goes with it; None without SMTP_HOST. Raises SettingsProblem.

    A password is sent inside TLS only, but for a server on this machine.
    """
    host = environ.get("SMTP_HOST", "").strip()
    if not host:
        return None
    if not environ.get("PUBLIC_URL", "").strip():
        raise SettingsProblem("PUBLIC_URL mangler. E-mail skal kunne linke til systemet.")
    found = MailSettings(
        host=host,
        port=_port(environ.get("SMTP_PORT", "").strip() or "587"),
        sender=_sender(environ.get("MAIL_FROM", "")),
        user=environ.get("SMTP_USER", ""),
        password=environ.get("SMTP_PASSWORD", ""),
        starttls=_yes_or_no(environ, "SMTP_STARTTLS", default=True),
    )
    in_the_open = not found.starttls and found.port != TLS_FROM_THE_START
    if found.user and in_the_open and found.host not in ("localhost", "127.0.0.1", "::1"):
        raise SettingsProblem("SMTP_USER kræver en krypteret forbindelse. Sæt SMTP_STARTTLS til ja.")
    return found


def _token(given: str) -> str:
    given = given.strip()
    if given and not (given.isascii() and given.isprintable() and len(given) >= 20):
        raise SettingsProblem("METRICS_TOKEN skal have mindst 20 tegn uden æ, ø og å.")
    return given


def _port(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 0 < int(given) < 65_536):
        raise SettingsProblem("SMTP_PORT skal være et portnummer, fx 587.")
    return int(given)


def _sender(given: str) -> str:
    local, _, domain = parseaddr(given)[1].rpartition("@")
    if not (local and domain) or not given.isprintable():
        raise SettingsProblem(
            "MAIL_FROM skal være en e-mailadresse, fx Kollegial supervision <nej@example.dk>."
        )
    return given.strip()


def _public_url(given: str) -> str:
    given = given.strip().rstrip("/")
    parts = urlsplit(given)
    plain = parts.scheme in ("http", "https") and parts.netloc and "@" not in parts.netloc
    if given and (not plain or parts.path or parts.query or parts.fragment):
        raise SettingsProblem("PUBLIC_URL skal være systemets adresse, fx https://feedback.example.dk.")
    return given


def _cookie_secure(environ: Mapping[str, str]) -> bool:
    """As COOKIE_SECURE says; without it, whether PUBLIC_URL is https."""
    over_https = environ.get("PUBLIC_URL", "").strip().startswith("https:")
    secure = _yes_or_no(environ, "COOKIE_SECURE", default=over_https)
    if over_https and not secure:
        raise SettingsProblem("COOKIE_SECURE kan ikke være nej, når PUBLIC_URL begynder med https.")
    return secure


def _was_kontakt(given: str) -> str:
    local, _, domain = parseaddr(given)[1].rpartition("@")
    if given and (not (local and domain) or not given.isprintable() or any(sign in given for sign in " <>")):
        raise SettingsProblem("WAS_KONTAKT skal være en e-mailadresse, fx tilgaengelighed@example.dk.")
    return given


def _yes_or_no(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in ("1", "ja", "true", "yes"):
        return True
    if value in ("0", "nej", "false", "no"):
        return False
    if value == "":
        return default
    raise SettingsProblem(f"{name} skal være ja eller nej, ikke “{value}”.")


def _count(environ: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    value = environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit() and int(value) <= most):
        raise SettingsProblem(f"{name} skal være et helt tal fra 0 til {most}, ikke “{value}”.")
    return int(value)


def _secret(given: str) -> str:
    if given and (len(given) < SECRET_MIN or len(set(given)) < SECRET_MIN // 4):
        raise SettingsProblem(
            f"SECRET_KEY skal være mindst {SECRET_MIN} tilfældige tegn. Udelad den, så laver systemet en selv."
        )
    return given


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise SettingsProblem(
            f"SUPERVISION_INSTANCE: mappen {folder} kan ikke laves ({problem.strerror}). Lav den, og giv tjenesten "
            f"lov til "
            "at skrive i den."
        ) from problem
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingsProblem(
            f"SUPERVISION_INSTANCE: tjenesten må ikke skrive i mappen {folder}. Ret dens ejer."
        )


def _kept_secret(path: Path) -> str:
    """The key that the installation made for itself. Two processes that start at once get the same, and a whole one."""
    if not path.exists():
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass  # another was first
        except OSError:  # a file system without links
            unfinished.rename(path)
        unfinished.unlink(missing_ok=True)
    return path.read_text().strip()
