"""Asking a provider over HTTP: short, no redirects, inside TLS, and only JSON of a sensible size."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, cast
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from supervision.personer.rules.ekstern_login import LoginAfvist
from supervision.sso_config import safe_address

PATIENCE_S = 5.0
LARGEST = 512 * 1024


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def ask_json(
    url: str, form: Mapping[str, str] | None = None, basic: tuple[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object at the address; `form` is POSTed, `basic` is (user, password). Raises LoginAfvist."""
    if not safe_address(url):
        raise LoginAfvist("usikker_adresse")
    request = Request(url, urlencode(form).encode() if form is not None else None)  # noqa: S310
    request.add_header("Accept", "application/json")
    if basic is not None:
        pair = ":".join(quote(part, safe="") for part in basic)
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    try:
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE_S) as answer:
            body = answer.read(LARGEST + 1)
    except (URLError, OSError, ValueError) as problem:
        raise LoginAfvist("udbyder_svarer_ikke") from problem
    return _object(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body) if len(body) <= LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise LoginAfvist("udbyder_uforstaaelig")
    return cast(dict[str, Any], found)
