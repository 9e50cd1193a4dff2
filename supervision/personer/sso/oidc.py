"""OpenID Connect: authorization code with PKCE (S256), state and nonce; for Entra ID, Keycloak and their like."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from supervision import clock
from supervision.personer.rules import id_token
from supervision.personer.rules.ekstern_login import SKEW, Identitet, LoginAfvist, check_identitet
from supervision.personer.sso import Begun
from supervision.personer.sso.fetch import ask_json
from supervision.sso_config import OidcSettings, safe_address

ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
"""Signatures that are believed, with the kind of key each wants. Never `none`, and never a shared secret (HS256)."""
FORBIDDEN_HEADERS = {"jku", "x5u", "jwk", "crit", "b64"}
"""A token does not say itself where its key is found."""
ID_KINDS, LOGOUT_KINDS = frozenset({"jwt"}), frozenset({"jwt", "logout+jwt"})
"""What a token may call itself."""
KEPT = timedelta(hours=1)
"""How long the provider's description and keys are believed without asking again."""
ASK_AGAIN = timedelta(minutes=1)
"""How soon unknown keys may be asked for once more."""


@cache
def provider(settings: OidcSettings, redirect_uri: str) -> Provider:
    """The provider of these settings, which keeps what it has learned of it."""
    return Provider(settings, redirect_uri)


class Provider:
    """One provider, and us as it knows us. `redirect_uri`: where it sends people back to."""

    def __init__(self, settings: OidcSettings, redirect_uri: str) -> None:
        self.settings = settings
        self.redirect_uri = redirect_uri
        self._found: tuple[datetime, dict[str, Any]] | None = None
        self._keys: tuple[datetime, list[dict[str, Any]]] | None = None

    def begin(self, *, ask: bool = True) -> Begun:
        """A new sign-in, each with its own state, nonce and verifier. Raises LoginAfvist.

        ask: the provider asks who it is even when it knows.
        """
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        url = prepare_grant_uri(
            self._address("authorization_endpoint"),
            client_id=self.settings.client_id,
            response_type="code",
            redirect_uri=self.redirect_uri,
            scope=self.settings.scope,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
            prompt="login" if ask else None,
        )
        return Begun(url, state, nonce, verifier)

    def finish(self, code: str, *, issuer: str, nonce: str, verifier: str) -> Identitet:
        """Who the provider says it is. issuer: `iss` of the answer, when it was sent. Raises LoginAfvist."""
        promised = self._metadata().get("authorization_response_iss_parameter_supported") is True
        if issuer != self.settings.issuer and (issuer or promised):
            raise LoginAfvist("issuer")
        if not code or not verifier:
            raise LoginAfvist("kode")
        claims = self.read(self._exchange(code, verifier))
        id_token.check_claims(
            claims,
            issuer=self.settings.issuer,
            client_id=self.settings.client_id,
            nonce=nonce,
            now=clock.now(),
        )
        return self._identity(claims, nonce)

    def leave(self, state: str, back_to: str) -> str:
        """Where the browser goes to sign out at the provider too; empty when it has no such place. Raises LoginAfvist.

        We keep no token, so none is sent as a hint: the provider may ask the person for a yes.
        """
        if "end_session_endpoint" not in self._metadata():
            return ""
        return str(
            add_params_to_uri(
                self._address("end_session_endpoint"),
                [
                    ("client_id", self.settings.client_id),
                    ("post_logout_redirect_uri", back_to),
                    ("state", state),
                ],
            )
        )

    def read_logout(self, token: str) -> Identitet:
        """Whom the provider says is signed out, by a logout token it sent us itself. Raises LoginAfvist."""
        claims = self.read(token, kinds=LOGOUT_KINDS)
        wanted = self.settings
        id_token.check_logout_claims(
            claims,
            issuer=wanted.issuer,
            client_id=wanted.client_id,
            subject_claim=wanted.subject_claim,
            now=clock.now(),
        )
        found = Identitet(
            issuer=wanted.issuer,
            subject=id_token.text_of(claims, wanted.subject_claim),
            svar_id=f"logud {id_token.text_of(claims, 'jti')}",
            gyldig_til=id_token.moment(claims, "exp") + SKEW,
        )
        check_identitet(found)
        return found

    def read(self, token: str, *, kinds: frozenset[str] = ID_KINDS) -> dict[str, Any]:
        """The claims of a token of these kinds that one of the provider's keys has signed. Raises LoginAfvist."""
        try:
            header = jws.extract_compact(token.encode()).headers()
            if str(header.get("typ", "JWT")).lower() not in kinds:
                raise LoginAfvist("typ")
            key = self._key(header)
            signed = jws.deserialize_compact(token, key, algorithms=[str(header["alg"])])
        except (JoseError, ValueError, TypeError, KeyError) as problem:
            raise LoginAfvist("underskrift") from problem
        return _claims(signed.payload)

    def _identity(self, claims: Mapping[str, Any], nonce: str) -> Identitet:
        wanted = self.settings
        found = Identitet(
            issuer=wanted.issuer,
            subject=id_token.text_of(claims, wanted.subject_claim),
            svar_id=nonce,
            gyldig_til=id_token.moment(claims, "exp") + SKEW,
            navn=id_token.text_of(claims, "name"),
            email=id_token.text_of(claims, "email"),
            organisation=id_token.text_of(claims, wanted.organisation_claim),
            vaerdier=id_token.values_of(claims, wanted.roles_claim),
        )
        if not id_token.text_of(claims, "sub"):
            raise LoginAfvist("subject")
        check_identitet(found)
        return found

    def _exchange(self, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "client_id": self.settings.client_id,
            "code_verifier": verifier,
        }
        secret, basic = self.settings.client_secret, None
        if secret:
            known = self._metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
            if "client_secret_basic" in known:
                basic = (self.settings.client_id, secret)
            else:
                form["client_secret"] = secret
        answer = ask_json(self._address("token_endpoint"), form, basic)
        token = answer.get("id_token")
        if not isinstance(token, str) or not token:
            raise LoginAfvist("intet_token")
        return token

    def _key(self, header: Mapping[str, Any]) -> Key:
        """The one key that may have signed under this header. Raises LoginAfvist."""
        kind = ALGORITHMS.get(str(header.get("alg")))
        if kind is None or FORBIDDEN_HEADERS & set(header):
            raise LoginAfvist("alg")
        for again in (False, True):
            fitting = [
                key
                for key in self._jwks(again)
                if key.get("kty") == kind
                and key.get("use", "sig") == "sig"
                and header.get("kid") in (None, key.get("kid"))
            ]
            if len(fitting) == 1:
                return JWKRegistry.import_key(fitting[0])
        raise LoginAfvist("noegle")

    def _jwks(self, again: bool) -> list[dict[str, Any]]:
        now, wait = clock.now(), ASK_AGAIN if again else KEPT
        if self._keys is None or now >= self._keys[0] + wait:
            keys = ask_json(self._address("jwks_uri")).get("keys")
            listed = keys if isinstance(keys, list) else []
            self._keys = (now, [key for key in listed if isinstance(key, dict)])
        return self._keys[1]

    def _metadata(self) -> dict[str, Any]:
        now = clock.now()
        if self._found is None or now >= self._found[0] + KEPT:
            found = ask_json(self.settings.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if found.get("issuer") != self.settings.issuer:
                raise LoginAfvist("issuer")
            methods = found.get("code_challenge_methods_supported", ["S256"])
            if not isinstance(methods, list) or "S256" not in methods:
                raise LoginAfvist("pkce")
            self._found = (now, found)
        return self._found[1]

    def _address(self, name: str) -> str:
        address = self._metadata().get(name)
        if not isinstance(address, str) or not safe_address(address):
            raise LoginAfvist("usikker_adresse")
        return address


def _claims(payload: bytes) -> dict[str, Any]:
    import json

    found = json.loads(payload)
    if not isinstance(found, dict):
        raise LoginAfvist("underskrift")
    return found
