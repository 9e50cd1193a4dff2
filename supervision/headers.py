"""The headers of every answer: nothing from outside, nothing inline, nothing kept but static files and a calendar."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SIGN_OUT = "security.logout"
"""Here the browser drops what it keeps of the site, after our own script has sent and taken away what it could."""
CLEAR_PAGES = '"cache"'
"""The pages kept for the back button. Not the storage: somebody's unsent ticks may lie there, sealed."""
CLEAR_ALL = '"cache", "storage"'
"""The storage too, where the script found that nobody has anything left there. Never "cookies": that would take those
of every other site under the same domain, which in a municipality are other people's systems."""
KEPT_BY_ITS_OWNER = "aftaler.kalender"
"""A calendar program keeps what it subscribes to, and asks each time whether there is something new."""
SECRET_ADDRESSES = (
    "personer.invitation",
    "personer.vaelg_adgangskode",
    "observationer.aabn_enhed",
    "observationer.brug_enhedslink",
    "aftaler.kalender",
)
"""Whoever knows the address gets in: it is not told on, not even to our own static files, whose requests are logged
by the server in front."""
ONLY_THE_HOST = {"Referrer-Policy": "strict-origin"}
"""With nothing at all, a form's sending over https would be refused, as it must come from our own host."""
NOT_KEPT = {"Cache-Control": "no-store"}
ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def init_app(app: Flask) -> None:
    """Set the headers on every answer, errors included."""
    app.after_request(_set_headers)


def static_headers(*, versioned: bool, secure: bool) -> dict[str, str]:
    """The headers of a static file: kept for ever when its address names its version, else asked about each time."""
    keep = "public, max-age=31536000, immutable" if versioned else "no-cache"
    return {**HEADERS, "Cache-Control": keep, **(ONLY_HTTPS if secure else {})}


def _set_headers(response: Response) -> Response:
    secure = request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        response.headers.update(static_headers(versioned="v" in request.args, secure=secure))
        return response
    if request.endpoint in SECRET_ADDRESSES:
        response.headers.update(ONLY_THE_HOST)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    kept = request.endpoint == KEPT_BY_ITS_OWNER and response.status_code in (200, 304)
    response.headers["Cache-Control"] = "private, no-cache" if kept else "no-store"
    if request.endpoint == SIGN_OUT:
        everything = response.status_code < 400 and request.form.get("ryd") == "alt"
        response.headers["Clear-Site-Data"] = CLEAR_ALL if everything else CLEAR_PAGES
    if secure:
        response.headers.update(ONLY_HTTPS)
    return response
