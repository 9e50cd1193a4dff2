"""An OpenID provider of the tests: real HTTP on this machine, honest unless a test makes it lie."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "supervision-test", "hemmelig & lang"
Claims = dict[str, Any]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class OidcProvider:
    """Start with `serve`, stop with `close`. Each test sets `user` (claims), `lie` and `metadata` afresh by `reset`."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.key, self.other_key = (RSAKey.generate_key(2048, {"kid": "k1"}) for _ in range(2))
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if urlsplit(self.path).path.endswith("/auth"):
                    provider.send_back(self)
                elif urlsplit(self.path).path.endswith("/logout"):
                    provider.sign_out(self)
                else:
                    provider.answer(self, provider.get(self.path))

            def do_POST(self) -> None:
                form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                provider.answer(self, provider.token(form, self.headers.get("Authorization", "")))

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://{host}:{self.server.server_port}/realm"
        self.asked: list[str] = []
        self.reset()

    def serve(self) -> None:
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def reset(self) -> None:
        self.user: Claims = {"sub": "mette-uuid", "name": "Mette Ærø", "email": "kanarie@example.dk"}
        self.change: Callable[[Claims], Claims] = lambda claims: claims
        self.sign: Callable[[Claims], str] = self.signed
        self.metadata: Claims = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.left: list[dict[str, str]] = []

    def signed(self, claims: Claims, key: RSAKey | None = None, **header: Any) -> str:
        return jwt.encode({"alg": "RS256", "kid": "k1", **header}, claims, key or self.key)

    def authorize(self, url: str) -> dict[str, str]:
        """The person signs in at the provider: what the browser is sent back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def get(self, path: str) -> Claims | None:
        self.asked.append(path)
        if path.endswith("/.well-known/openid-configuration"):
            names = {"authorization_endpoint": "/auth", "token_endpoint": "/token", "jwks_uri": "/jwks"}
            own = {name: self.issuer + end for name, end in names.items()}
            return {
                "issuer": self.issuer,
                "code_challenge_methods_supported": ["S256"],
                **own,
                **self.metadata,
            }
        if path.endswith("/jwks"):
            return {"keys": [{**self.key.as_dict(private=False), "use": "sig"}]}
        return None

    def token(self, form: dict[str, str], authorization: str) -> Claims | None:
        asked = self.codes.pop(form.get("code", ""), None)
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        verifier = form.get("code_verifier", "")
        challenge = b64(hashlib.sha256(verifier.encode()).digest())
        if asked is None or pair != f"{CLIENT}:hemmelig%20%26%20lang":
            return None
        if asked.get("code_challenge") != challenge or asked.get("code_challenge_method") != "S256":
            return None
        if form["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "nonce": asked["nonce"], "iat": now, "exp": now + 300}
        return {"access_token": "x", "id_token": self.sign(self.change({**usual, **self.user}))}

    def logout_token(self, key: RSAKey | None = None, **changed: Any) -> str:
        """What the provider's server tells ours when somebody signs out there. `None` leaves a claim out."""
        now = int(time.time())
        usual = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": secrets.token_hex(8)}
        event = {"http://schemas.openid.net/event/backchannel-logout": {}}
        header = {"typ": changed.pop("typ", "logout+jwt")}
        claims = {**usual, "sub": self.user["sub"], "events": event, **changed}
        return self.signed(
            {name: value for name, value in claims.items() if value is not None}, key, **header
        )

    def sign_out(self, handler: BaseHTTPRequestHandler) -> None:
        """A browser comes to sign out: remembered, and sent back to where it asked to be."""
        asked = dict(parse_qsl(urlsplit(handler.path).query))
        self.left.append(asked)
        handler.send_response(302)
        handler.send_header(
            "Location", f"{asked['post_logout_redirect_uri']}?{urlencode({'state': asked['state']})}"
        )
        handler.end_headers()

    def send_back(self, handler: BaseHTTPRequestHandler) -> None:
        """A browser asks: whoever it is signs in at once and is sent back."""
        answer = self.authorize(handler.path)
        back = self.codes[answer["code"]]["redirect_uri"]
        handler.send_response(302)
        handler.send_header("Location", f"{back}?{urlencode(answer)}")
        handler.end_headers()

    @staticmethod
    def answer(handler: BaseHTTPRequestHandler, body: Claims | None) -> None:
        data = json.dumps(body or {"error": "invalid_grant"}).encode()
        handler.send_response(400 if body is None else 200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
