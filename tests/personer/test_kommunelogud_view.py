"""Out by the municipality's login: on to the provider after our own sign-out, and its word to us, honest or not."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from oidc_provider import CLIENT, OidcProvider
from people import World
from signing_in import LOGGER, installed, known, only_words, signed_in_as
from test_oidc_view import CANARIES, enter, lasting_provider, provider, settings_of, unsigned
from web import Browser

from supervision.personer.rules import id_token
from supervision.sso_config import SsoSettings

__all__ = ["lasting_provider", "provider"]
EVENT = "http://schemas.openid.net/event/backchannel-logout"


@pytest.fixture
def sso_app(sqlite_app: Flask, sqlite_world: World, provider: OidcProvider) -> Iterator[Flask]:
    known(sqlite_app, sqlite_world, provider.issuer, mette="mette-uuid", administrator="administrator-uuid")
    provider.metadata = {"end_session_endpoint": f"{provider.issuer}/logout"}
    with installed(sqlite_app, SsoSettings(oidc=settings_of(provider))) as app:
        yield app


def sign_out(client: Any) -> Any:
    page = client.get("/profil").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    return client.post("/log-ud", data={"csrf_token": token[1]})


def test_signing_out_goes_on_to_the_provider_and_back(sso_app: Flask, provider: OidcProvider) -> None:
    client, _ = enter(sso_app, provider)
    left = sign_out(client)
    assert (left.status_code, left.location) == (302, "/log-ud/kommunen")
    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert signed_in_as(sso_app, client) == "", "out here before anything is asked of the provider"
    page = client.get("/log-ud/kommunen").get_data(as_text=True)
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found is not None, "shared devices: the page goes on by itself"
    asked = dict(parse_qsl(urlsplit(found[1].replace("&amp;", "&")).query))
    assert set(asked) == {"client_id", "post_logout_redirect_uri", "state"}, (
        "no token is kept, so none is sent"
    )
    assert asked["client_id"] == CLIENT
    assert asked["post_logout_redirect_uri"].endswith("/log-ud/kommunen/retur")
    back = client.get("/log-ud/kommunen/retur", query_string={"state": asked["state"]})
    assert "Du er logget ud begge steder" in back.get_data(as_text=True)
    again = client.get("/log-ud/kommunen/retur", query_string={"state": asked["state"]})
    assert (again.status_code, again.location) == (302, "/log-ind"), "an answer is good once"


def test_what_comes_back_unasked_says_nothing(sso_app: Flask, provider: OidcProvider) -> None:
    client, _ = enter(sso_app, provider)
    sign_out(client)
    client.get("/log-ud/kommunen")
    for state in ("", "x" * 32):
        answer = client.get("/log-ud/kommunen/retur", query_string={"state": state})
        assert answer.location == "/log-ind"


def test_who_came_by_a_password_is_not_sent_on(sso_app: Flask, sqlite_world: World) -> None:
    browser = Browser.signed_in(sso_app, sqlite_world.jonas)
    assert browser.send("/log-ud").location.endswith("/log-ind")


def test_on_own_devices_it_is_offered_and_a_provider_without_says_what_to_do(
    sqlite_app: Flask, sqlite_world: World, provider: OidcProvider, caplog: Any
) -> None:
    known(sqlite_app, sqlite_world, provider.issuer, mette="mette-uuid")
    page_of = lambda app: app.test_client().get("/log-ud/kommunen").get_data(as_text=True)  # noqa: E731
    with installed(sqlite_app, SsoSettings(oidc=settings_of(provider), ask_every_time=False)) as app:
        assert "luk browseren helt" in page_of(app)
        provider.metadata = {"end_session_endpoint": f"{provider.issuer}/logout"}
        from supervision.personer.sso import oidc

        oidc.provider.cache_clear()
        page = page_of(app)
        assert "Lad det stå åbent" in page
        assert "refresh" not in page
        provider.metadata = {"end_session_endpoint": "http://ond.example/logout"}
        oidc.provider.cache_clear()
        with caplog.at_level(logging.WARNING, LOGGER):
            assert "luk browseren helt" in page_of(app)
        assert only_words(caplog.records, CANARIES) == ["usikker_adresse"]
    assert sqlite_app.test_client().get("/log-ud/kommunen").status_code == 404


def tell(app: Flask, token: str) -> int:
    answer = app.test_client().post("/log-ud/oidc/besked", data={"logout_token": token})
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code


@pytest.mark.gate("E9")
def test_the_provider_ends_every_session_of_one_person(
    sso_app: Flask, sqlite_world: World, provider: OidcProvider
) -> None:
    first, _ = enter(sso_app, provider)
    second, _ = enter(sso_app, provider)
    other = Browser.signed_in(sso_app, sqlite_world.jonas)
    token = provider.logout_token()
    assert tell(sso_app, token) == 200
    assert [one.get("/profil").location for one in (first, second)] == ["/log-ind?next=/profil"] * 2
    assert other.get("/profil").status_code == 200, "only that person"
    third, _ = enter(sso_app, provider)
    assert tell(sso_app, token) == 400, "a message is good once"
    assert third.get("/profil").status_code == 200
    assert tell(sso_app, provider.logout_token(sub="nogen-vi-ikke-kender")) == 200


def id_token_of(provider: OidcProvider) -> str:
    now = int(time.time())
    return provider.signed(
        {
            "iss": provider.issuer,
            "aud": CLIENT,
            "sub": "mette-uuid",
            "nonce": "n",
            "iat": now,
            "exp": now + 300,
        }
    )


Forge = Callable[[OidcProvider], str]


def changed(**claims: Any) -> Forge:
    return lambda provider: provider.logout_token(**claims)


def moved(name: str, seconds: int) -> Forge:
    return lambda provider: provider.logout_token(**{name: int(time.time()) + seconds})


TAMPERED: dict[str, tuple[Forge, str]] = {
    "another issuer": (changed(iss="https://ond.example"), "issuer"),
    "no issuer": (changed(iss=None), "issuer"),
    "for somebody else": (changed(aud="en-anden"), "aud"),
    "for nobody": (changed(aud=None), "aud"),
    "for two, not saying who": (changed(aud=[CLIENT, "b"]), "azp"),
    "with a nonce": (changed(nonce="n"), "nonce"),
    "an ID token": (id_token_of, "nonce"),
    "no event": (changed(events=None), "events"),
    "another event": (changed(events={"https://ond.example/event": {}}), "events"),
    "an event that is text": (changed(events=EVENT), "events"),
    "an event without a body": (changed(events={EVENT: True}), "events"),
    "over": (moved("exp", -125), "exp"),
    "never over": (changed(exp=None), "exp"),
    "made in the future": (moved("iat", 125), "iat"),
    "made long ago": (moved("iat", -800), "iat_gammel"),
    "made never": (changed(iat=None), "iat"),
    "without a name of its own": (changed(jti=None), "jti"),
    "with a name without end": (changed(jti="x" * 300), "jti"),
    "of nobody, only a session": (changed(sub=None, sid="s1"), "subject"),
    "of a number": (changed(sub=42), "subject"),
    "of another kind": (changed(typ="at+jwt"), "typ"),
    "another key": (lambda p: p.logout_token(p.other_key), "underskrift"),
    "unsigned": (lambda p: unsigned({"alg": "none"}, {"sub": "mette-uuid"}), "alg"),
    "the signature taken off": (lambda p: p.logout_token().rsplit(".", 1)[0] + ".", "underskrift"),
    "not a token": (lambda p: "a.b", "underskrift"),
    "nothing": (lambda p: "", "underskrift"),
}


@pytest.mark.gate("E9")
def test_a_tampered_message_ends_nobodys_session(
    sso_app: Flask, provider: OidcProvider, caplog: Any, record_property: Callable[[str, object], None]
) -> None:
    client, _ = enter(sso_app, provider)
    for name, (forge, reason) in TAMPERED.items():
        caplog.clear()
        with caplog.at_level(logging.WARNING, LOGGER):
            assert tell(sso_app, forge(provider)) == 400, name
        assert only_words(caplog.records, CANARIES) == [reason], name
    assert client.get("/profil").status_code == 200
    record_property("figure", f"{len(TAMPERED)} tampered logout messages of a provider: 0 believed")


def test_planted_a_check_that_is_left_out_is_seen(
    sso_app: Flask, provider: OidcProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(id_token, "check_logout_claims", lambda *_args, **_more: None)
    client, _ = enter(sso_app, provider)
    assert client.get("/profil").status_code == 200
    assert tell(sso_app, provider.logout_token(iss="https://ond.example")) == 200
    assert client.get("/profil").status_code == 302


def test_a_logout_message_signs_nobody_in(sso_app: Flask, provider: OidcProvider) -> None:
    provider.sign = lambda claims: provider.signed({**claims, "sub": "administrator-uuid"}, typ="logout+jwt")
    client, answer = enter(sso_app, provider)
    assert (answer.status_code, signed_in_as(sso_app, client)) == (400, "")
