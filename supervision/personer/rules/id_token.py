"""What the claims of an ID token must say before anybody is signed in by them (OpenID Connect Core 1.0, 3.1.3.7)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from supervision.personer.rules.ekstern_login import LONGEST, SKEW, WAIT, LoginAfvist

SIGNED_OUT = "/".join(("http:", "", "schemas.openid.net", "event", "backchannel-logout"))
"""What a logout token says has happened: a name that looks like an address, and is never called."""
FARTHEST = 4_102_444_800
"""The year 2100, in seconds: a later moment is not one."""


def check_claims(
    claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: datetime
) -> None:
    """The token is from our provider, for us, for this one sign-in, and of this moment. Raises LoginAfvist."""
    if claims.get("iss") != issuer:
        raise LoginAfvist("issuer")
    _check_audience(claims, client_id)
    sent = claims.get("nonce")
    if not nonce or not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), nonce.encode()):
        raise LoginAfvist("nonce")
    _check_recent(claims, now)
    if "nbf" in claims and moment(claims, "nbf") - SKEW > now:
        raise LoginAfvist("nbf")


def check_logout_claims(
    claims: Mapping[str, Any], *, issuer: str, client_id: str, subject_claim: str, now: datetime
) -> None:
    """The provider tells us, now, that this subject is signed out (OpenID Connect Back-Channel Logout 1.0, 2.6).

    A token without the subject is refused: sessions are kept by person, not by the provider's own number of them.
    Raises LoginAfvist.
    """
    if claims.get("iss") != issuer:
        raise LoginAfvist("issuer")
    _check_audience(claims, client_id)
    if "nonce" in claims:
        raise LoginAfvist("nonce")
    events = claims.get("events")
    if not isinstance(events, Mapping) or not isinstance(events.get(SIGNED_OUT), Mapping):
        raise LoginAfvist("events")
    _check_recent(claims, now)
    if not 0 < len(text_of(claims, "jti")) <= LONGEST:
        raise LoginAfvist("jti")
    if not text_of(claims, subject_claim):
        raise LoginAfvist("subject")


def moment(claims: Mapping[str, Any], name: str) -> datetime:
    """A claim that is a moment. Raises LoginAfvist(name) when it is missing or is none."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < FARTHEST:
        raise LoginAfvist(name)
    return datetime.fromtimestamp(value, UTC)


def text_of(claims: Mapping[str, Any], name: str) -> str:
    """A claim that is text; empty when it is missing or is not."""
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def values_of(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A claim that is a list of texts (or one); a dot leads inwards (realm_access.roles).

    Raises LoginAfvist when the provider has left the list out because it is too long for a token (Entra ID).
    """
    left_out = claims.get("_claim_names")
    if isinstance(left_out, Mapping) and name in left_out:
        raise LoginAfvist("grupper_udeladt")
    value: Any = claims.get(name)
    if value is None and "." in name:
        value = claims
        for step in name.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
    listed = value if isinstance(value, list) else [value]
    return tuple(one for one in listed if isinstance(one, str) and one)


def _check_recent(claims: Mapping[str, Any], now: datetime) -> None:
    if moment(claims, "exp") + SKEW <= now:
        raise LoginAfvist("exp")
    made = moment(claims, "iat")
    if made - SKEW > now:
        raise LoginAfvist("iat")
    if made + WAIT + SKEW <= now:
        raise LoginAfvist("iat_gammel")


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    listed = audience if isinstance(audience, list) else [audience]
    if client_id not in listed:
        raise LoginAfvist("aud")
    if len(listed) > 1 and "azp" not in claims:
        raise LoginAfvist("azp")
    if "azp" in claims and claims["azp"] != client_id:
        raise LoginAfvist("azp")
