"""Settings that work, but not as they should: keys, https, proxies, e-mail, misspelt names, debug."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from urllib.parse import urlsplit

from supervision.config import SECRET_MIN, Settings
from supervision.maintenance.checks.findings import ADVARSEL, FEJL, OK, Finding
from supervision.maintenance.settings_table import DECLARED

KNOWN = tuple(one.name for one in DECLARED)
OURS = (
    "SUPERVISION",
    "SMTP",
    "BACKUP",
    "COOKIE",
    "MAIL_",
    "PUBLIC_",
    "SECRET",
    "DATABASE",
    "TRUSTED",
    "PROXY_",
)
"""What begins like one of our settings and is none, is a mistake."""
DEBUGGING = ("FLASK_DEBUG", "PYTHONDEVMODE", "WERKZEUG_DEBUG_PIN")
HERE = ("localhost", "127.0.0.1", "::1")
PATIENCE_S = 5


def examine(settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Everything about the settings themselves."""
    yield from _misspelt(environ)
    yield _secret(settings)
    yield _https(settings)
    yield _proxy(settings)
    yield _mail(settings)
    yield _debug(environ)


def _misspelt(environ: Mapping[str, str]) -> Iterator[Finding]:
    strange = sorted(name for name in environ if name.startswith(OURS) and name not in KNOWN)
    for name in strange:
        close = get_close_matches(name, KNOWN, n=1)
        meant = f"Mente du {close[0]}?" if close else "Se docs/indstillinger.md."
        yield Finding(ADVARSEL, "indstillinger", f"{name} kendes ikke og bruges ikke.", meant)
    if not strange:
        yield Finding(OK, "indstillinger", "Alle kan bruges.")


def _secret(settings: Settings) -> Finding:
    kept = settings.instance_path / "secret_key"
    if len(settings.secret_key) < SECRET_MIN:
        return Finding(
            FEJL, "hemmelig nøgle", "SECRET_KEY er for kort.", f"Brug mindst {SECRET_MIN} tilfældige tegn."
        )
    if os.name != "nt" and kept.exists() and kept.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(
            FEJL,
            "hemmelig nøgle",
            f"Andre på maskinen kan læse {kept}.",
            f"Kør: chmod 600 {kept}. Lav derefter en ny nøgle.",
        )
    return Finding(OK, "hemmelig nøgle", "Lang nok, og kun tjenesten kan læse den.")


def _https(settings: Settings) -> Finding:
    address = urlsplit(settings.public_url)
    if not settings.public_url:
        return Finding(
            ADVARSEL,
            "https",
            "PUBLIC_URL mangler.",
            "Skriv den adresse, folk bruger, fx https://feedback.example.dk.",
        )
    if address.scheme == "http" and address.hostname not in HERE:
        return Finding(
            FEJL,
            "https",
            "PUBLIC_URL er uden https: alt kan læses på vejen.",
            "Sæt en proxy med TLS foran; se deploy/.",
        )
    if address.scheme == "http" and settings.cookie_secure:
        return Finding(
            FEJL, "https", "COOKIE_SECURE er ja, men adressen er http: ingen kan logge ind.", "Ret en af dem."
        )
    return Finding(OK, "https", f"Adressen er {settings.public_url}.")


def _proxy(settings: Settings) -> Finding:
    if settings.public_url.startswith("https") and settings.trusted_proxies == 0:
        return Finding(
            ADVARSEL,
            "proxy",
            "TRUSTED_PROXIES er 0, men adressen er https: systemet ser proxyens adresse og tror, at alt er http.",
            "Sæt TRUSTED_PROXIES til 1, når én proxy står foran.",
        )
    return Finding(OK, "proxy", f"Der regnes med {settings.trusted_proxies}.")


def _mail(settings: Settings) -> Finding:
    if settings.mail is None:
        return Finding(
            ADVARSEL,
            "e-mail",
            "Der sendes ingen e-mail.",
            "Sæt SMTP_HOST, hvis folk skal have at vide, at noget venter.",
        )
    try:
        with socket.create_connection((settings.mail.host, settings.mail.port), timeout=PATIENCE_S):
            return Finding(OK, "e-mail", f"{settings.mail.host} svarer.")
    except OSError as problem:
        return Finding(
            FEJL,
            "e-mail",
            f"{settings.mail.host} svarer ikke på port {settings.mail.port} ({type(problem).__name__}).",
            "Se efter SMTP_HOST, SMTP_PORT og firewallen.",
        )


def _debug(environ: Mapping[str, str]) -> Finding:
    on = [name for name in DEBUGGING if environ.get(name, "") not in ("", "0", "off")]
    if on:
        return Finding(
            FEJL, "fejlsøgning", f"{on[0]} er slået til: den kan vise indholdet for andre.", f"Fjern {on[0]}."
        )
    return Finding(OK, "fejlsøgning", "Slået fra.")
