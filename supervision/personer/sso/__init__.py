"""Speaking with identity providers: what is sent, what is believed of the answer. Imported only where it is used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun: where to send the browser, and what its session must remember.

    state: comes back with the answer. secret: nonce (OIDC) or the request's id (SAML). verifier: PKCE's, OIDC only.
    """

    url: str
    state: str
    secret: str
    verifier: str = ""
