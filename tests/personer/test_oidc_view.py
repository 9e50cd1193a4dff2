"""OpenID Connect with a provider over real HTTP: the good road, and tampered answers, none of which lets anybody in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from oidc_provider import CLIENT, SECRET, Claims, OidcProvider, b64
from people import World
from signing_in import (
    LOGGER,
    add_rows,
    hidden_fields,
    installed,
    known,
    kommunelogin,
    only_words,
    regel,
    roles_of,
    signed_in_as,
)

from supervision import clock
from supervision.db import db
from supervision.personer.actions.invitations import new_token
from supervision.personer.models import EksternIdentitet, Person
from supervision.personer.rules import id_token
from supervision.personer.sso import oidc
from supervision.sso_config import OidcSettings, SsoSettings

CANARIES = ("kanarie", "mette-uuid", "administrator-uuid", "Mette")
Tamper = Callable[[OidcProvider, dict[str, str]], None]


@pytest.fixture(scope="module")
def lasting_provider() -> Iterator[OidcProvider]:
    made = OidcProvider()
    made.serve()
    yield made
    made.close()


@pytest.fixture
def provider(lasting_provider: OidcProvider) -> OidcProvider:
    lasting_provider.reset()
    oidc.provider.cache_clear()
    return lasting_provider


@pytest.fixture
def sso_app(sqlite_app: Flask, sqlite_world: World, provider: OidcProvider) -> Iterator[Flask]:
    known(sqlite_app, sqlite_world, provider.issuer, mette="mette-uuid", administrator="administrator-uuid")
    with installed(sqlite_app, SsoSettings(oidc=settings_of(provider))) as app:
        yield app


def settings_of(provider: OidcProvider) -> OidcSettings:
    return OidcSettings(provider.issuer, CLIENT, SECRET, roles_claim="groups")


def begin(client: Any, query: str = "") -> str:
    answer = client.get(f"/log-ind/oidc{query}")
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return str(answer.location)


def arrive(client: Any, answer: dict[str, str]) -> Any:
    """The browser comes back from the provider; the page between sends the answer on."""
    page = client.get("/log-ind/oidc/retur", query_string=answer)
    return client.post("/log-ind/oidc/svar", data=hidden_fields(page))


def enter(app: Flask, provider: OidcProvider, query: str = "") -> tuple[Any, Any]:
    client = app.test_client()
    return client, arrive(client, provider.authorize(begin(client, query)))


@pytest.mark.gate("E9")
def test_a_known_person_comes_in_by_the_municipality(
    sso_app: Flask, sqlite_world: World, provider: OidcProvider
) -> None:
    client = sso_app.test_client()
    page = client.get("/log-ind?next=/samtaler").get_data(as_text=True)
    assert 'href="/log-ind/oidc?next=/samtaler"' in page
    assert "Log ind med din kommunes login" in page
    url = begin(client, "?next=/samtaler")
    for part in (
        "code_challenge_method=S256",
        "response_type=code",
        "nonce=",
        "state=",
        "scope=openid",
        "prompt=login",
    ):
        assert part in url
    provider.user["email"] = "en-helt-anden@example.dk"
    answer = arrive(client, provider.authorize(url))
    assert (answer.status_code, answer.location) == (303, "/samtaler")
    assert signed_in_as(sso_app, client) == "mette"
    assert client.get("/profil").status_code == 200
    with sso_app.app_context():
        row = db.session.query(EksternIdentitet).filter_by(subject="mette-uuid").one()
        assert row.sidst_brugt_at is not None


def test_an_unknown_and_a_shut_out_person_get_the_same_plain_page(
    sso_app: Flask, sqlite_world: World, provider: OidcProvider, caplog: Any
) -> None:
    with sso_app.app_context():
        db.session.get_one(Person, sqlite_world.mette).active = False
        db.session.commit()
    with caplog.at_level(logging.WARNING, LOGGER):
        pages = [enter(sso_app, provider)]
        # The e-mail is Jonas': an e-mail ties nobody to anybody.
        provider.user = {"sub": "fremmed-uuid", "email": "jonas@test.example", "tid": "t1"}
        pages.append(enter(sso_app, provider))
    assert [answer.status_code for _, answer in pages] == [403, 403]
    assert len({answer.get_data() for _, answer in pages}) == 1
    assert "Du har ikke adgang her endnu" in pages[0][1].get_data(as_text=True)
    assert {signed_in_as(sso_app, client) for client, _ in pages} == {""}
    assert only_words(caplog.records, CANARIES) == ["lukket_ude", "ukendt"]


def test_an_invitation_ties_a_person_to_the_login(
    sso_app: Flask, sqlite_world: World, provider: OidcProvider
) -> None:
    with sso_app.app_context():
        token = new_token(db.session.get_one(Person, sqlite_world.jonas), by=None)
        db.session.commit()
    fresh = sso_app.test_client()
    assert f'href="/log-ind/oidc?invitation={token}"' in fresh.get(f"/invitation/{token}").get_data(
        as_text=True
    )
    provider.user = {"sub": "jonas-uuid"}
    client, _ = enter(sso_app, provider, f"?invitation={token}")
    assert signed_in_as(sso_app, client) == "jonas"
    again, _ = enter(sso_app, provider)
    assert signed_in_as(sso_app, again) == "jonas"
    provider.user = {"sub": "en-tredje"}
    other, answer = enter(sso_app, provider, f"?invitation={token}")
    assert (signed_in_as(sso_app, other), answer.status_code) == ("", 403)


def test_roles_come_and_go_with_the_claims_and_new_people_only_where_allowed(
    sso_app: Flask, sqlite_world: World, provider: OidcProvider
) -> None:
    world = sqlite_world
    add_rows(
        sso_app,
        kommunelogin(world, provider.issuer, "tenant-1", makes=True),
        regel(world, "g-nord", "medarbejder", "nord"),
        regel(world, "g-syd", "medarbejder", "syd"),
        regel(world, "g-super", "supervisor"),
    )
    provider.user |= {"tid": "tenant-1", "groups": ["g-syd", "g-super", "andet"]}
    enter(sso_app, provider)
    jobcenter, nord, syd = world.organisations["jobcenter"], world.teams["nord"], world.teams["syd"]
    assert roles_of(sso_app, world.mette) == {("medarbejder", syd), ("supervisor", jobcenter)}
    provider.user["groups"] = []
    client, _ = enter(sso_app, provider)
    assert roles_of(sso_app, world.mette) == set()
    assert signed_in_as(sso_app, client) == "mette"
    provider.user["tid"] = "tenant-2"
    assert enter(sso_app, provider)[1].status_code == 403
    nye = {"sub": "ny-uuid", "name": "Nynne Ny", "email": "Nynne@Example.dk", "groups": ["g-nord"]}
    provider.user = {**nye, "tid": "tenant-2"}
    assert enter(sso_app, provider)[1].status_code == 403
    provider.user = {**nye, "tid": "tenant-1", "email": "jonas@test.example"}
    assert enter(sso_app, provider)[1].status_code == 403
    provider.user = {**nye, "tid": "tenant-1"}
    client, answer = enter(sso_app, provider)
    assert answer.status_code == 303
    assert signed_in_as(sso_app, client) == "nynne"
    with sso_app.app_context():
        made = db.session.query(Person).filter_by(email="nynne@example.dk").one()
        made_id, password = made.id, made.password
        db.session.remove()
    assert password is None
    assert roles_of(sso_app, made_id) == {("medarbejder", nord)}


def test_local_passwords_can_be_switched_off(sqlite_app: Flask, sqlite_world: World) -> None:
    off = SsoSettings(oidc=OidcSettings("https://login.example", "id"), local_passwords=False)
    with installed(sqlite_app, off) as app:
        client = app.test_client()
        page = client.get("/log-ind").get_data(as_text=True)
        assert "Log ind med din kommunes login" in page
        assert 'type="password"' not in page
        for url in ("/log-ind", "/skift-adgangskode", "/invitation/x"):
            assert (
                client.post(url, data={"email": "mette@test.example", "password": "x"}).status_code == 404
            ), url
    assert 'type="password"' in sqlite_app.test_client().get("/log-ind").get_data(as_text=True)
    assert sqlite_app.test_client().get("/log-ind/oidc").status_code == 404


@pytest.mark.one_process("each process keeps the provider's description for an hour")
def test_a_description_that_cannot_be_trusted_begins_nothing(sso_app: Flask, provider: OidcProvider) -> None:
    for lie in (
        {"issuer": "https://ond.example"},
        {"code_challenge_methods_supported": ["plain"]},
        {"authorization_endpoint": "http://ond.example/auth"},
    ):
        oidc.provider.cache_clear()
        provider.metadata = lie
        assert sso_app.test_client().get("/log-ind/oidc").status_code == 400, lie


def claims(**changed: Any) -> Tamper:
    """The token says something else; `None` leaves the claim out. Numbers of exp, iat and nbf are from now."""

    def tamper(provider: OidcProvider, _answer: dict[str, str]) -> None:
        def change(usual: Claims) -> Claims:
            for name, value in changed.items():
                moved = name in ("exp", "iat", "nbf") and isinstance(value, int)
                usual[name] = int(time.time()) + value if moved else value
            return {name: value for name, value in usual.items() if value is not None}

        provider.change = change

    return tamper


def token(make: Callable[[OidcProvider, Claims], str]) -> Tamper:
    """The token itself is another; whoever made it wants to be the administrator."""

    def tamper(provider: OidcProvider, _answer: dict[str, str]) -> None:
        provider.sign = lambda usual: make(provider, {**usual, "sub": "administrator-uuid"})

    return tamper


def answered(**changed: str) -> Tamper:
    return lambda _provider, answer: answer.update(changed)


def asked_otherwise(**changed: str) -> Tamper:
    """The code belongs to another question than this browser's."""
    return lambda provider, answer: provider.codes[answer["code"]].update(changed)


def unsigned(header: Claims, claims: Claims, signature: str = "") -> str:
    return ".".join((b64(json.dumps(header).encode()), b64(json.dumps(claims).encode()), signature))


def with_public_key_as_secret(provider: OidcProvider, claims: Claims) -> str:
    body = unsigned({"alg": "HS256", "kid": "k1"}, claims).rsplit(".", 1)[0]
    public = provider.key.as_pem(private=False)
    return f"{body}.{b64(hmac.new(public, body.encode(), hashlib.sha256).digest())}"


def changed_after(provider: OidcProvider, claims: Claims) -> str:
    header, _, signature = provider.signed({**claims, "sub": "mette-uuid"}).split(".")
    return f"{header}.{b64(json.dumps(claims).encode())}.{signature}"


def replayed(provider: OidcProvider, _answer: dict[str, str]) -> None:
    """A token that was good in an earlier sign-in."""
    old = provider.signed(
        {"iss": provider.issuer, "aud": CLIENT, "sub": "administrator-uuid", "nonce": "en-gammel"}
        | {"iat": int(time.time()), "exp": int(time.time()) + 300}
    )
    provider.sign = lambda _usual: old


def code_used(provider: OidcProvider, answer: dict[str, str]) -> None:
    provider.codes.pop(answer["code"])


TAMPERED: dict[str, tuple[Tamper, str]] = {
    "another issuer": (claims(iss="https://ond.example"), "issuer"),
    "almost the issuer": (claims(iss="http://127.0.0.1/realm/"), "issuer"),
    "no issuer": (claims(iss=None), "issuer"),
    "for somebody else": (claims(aud="en-anden"), "aud"),
    "for nobody": (claims(aud=None), "aud"),
    "for a list without us": (claims(aud=["a", "b"]), "aud"),
    "for two, not saying who asked": (claims(aud=[CLIENT, "b"]), "azp"),
    "asked for by another": (claims(azp="en-anden"), "azp"),
    "another nonce": (claims(nonce="x" * 64), "nonce"),
    "no nonce": (claims(nonce=None), "nonce"),
    "a nonce that is no text": (claims(nonce=["x"]), "nonce"),
    "over by more than two minutes": (claims(exp=-125), "exp"),
    "never over": (claims(exp=None), "exp"),
    "over when it is text": (claims(exp="senere"), "exp"),
    "made in the future": (claims(iat=125), "iat"),
    "made long ago": (claims(iat=-800), "iat_gammel"),
    "made never": (claims(iat=None), "iat"),
    "not yet valid": (claims(nbf=125), "nbf"),
    "of nobody": (claims(sub=None), "subject"),
    "of an empty name": (claims(sub=""), "subject"),
    "of a number": (claims(sub=42), "subject"),
    "of a name without end": (claims(sub="x" * 300), "subject"),
    "too many groups to list": (claims(_claim_names={"groups": "src1"}), "grupper_udeladt"),
    "alg none": (token(lambda p, c: unsigned({"alg": "none"}, c)), "alg"),
    "alg None in capitals": (token(lambda p, c: unsigned({"alg": "NONE", "kid": "k1"}, c)), "alg"),
    "HS256 with the public key": (token(with_public_key_as_secret), "alg"),
    "another key of the same name": (token(lambda p, c: p.signed(c, p.other_key)), "underskrift"),
    "a key nobody knows": (token(lambda p, c: p.signed(c, p.other_key, kid="k9")), "noegle"),
    "its own key with it": (
        token(lambda p, c: p.signed(c, p.other_key, jwk=p.other_key.as_dict(private=False))),
        "underskrift",
    ),
    "its own address of keys": (
        token(lambda p, c: p.signed(c, p.other_key, jku="https://ond.example")),
        "alg",
    ),
    "changed after it was signed": (token(changed_after), "underskrift"),
    "the signature taken off": (token(lambda p, c: p.signed(c).rsplit(".", 1)[0] + "."), "underskrift"),
    "no token at all": (token(lambda p, c: ""), "intet_token"),
    "not a token": (token(lambda p, c: "a.b"), "underskrift"),
    "another's state": (answered(state="x" * 64), "state"),
    "no state": (answered(state=""), "state"),
    "no code": (answered(code=""), "kode"),
    "another issuer answers": (answered(iss="https://ond.example"), "issuer"),
    "the provider says no": (answered(error="access_denied"), "afbrudt"),
    "a used code": (code_used, "udbyder_svarer_ikke"),
    "a code without PKCE": (asked_otherwise(code_challenge=""), "udbyder_svarer_ikke"),
    "a code of another's PKCE": (asked_otherwise(code_challenge="x" * 43), "udbyder_svarer_ikke"),
    "a code for another address": (
        asked_otherwise(redirect_uri="https://ond.example"),
        "udbyder_svarer_ikke",
    ),
    "a token of an earlier sign-in": (replayed, "nonce"),
}


def try_all(app: Flask, provider: OidcProvider, names: list[str]) -> list[str]:
    """The tampered answers by which somebody came in."""
    accepted = []
    for name in names:
        provider.reset()
        client = app.test_client()
        answer = provider.authorize(begin(client))
        TAMPERED[name][0](provider, answer)
        reply = arrive(client, answer)
        if signed_in_as(app, client):
            accepted.append(name)
        else:
            assert reply.status_code == 400, name
    return accepted


@pytest.mark.gate("E9")
def test_no_tampered_answer_is_accepted(
    sso_app: Flask, provider: OidcProvider, caplog: Any, record_property: Any
) -> None:
    with caplog.at_level(logging.WARNING, LOGGER):
        accepted = try_all(sso_app, provider, list(TAMPERED))
    assert accepted == []
    assert only_words(caplog.records, CANARIES) == [reason for _, reason in TAMPERED.values()]
    record_property("figure", f"{len(accepted)} of {len(TAMPERED)} tampered OpenID answers accepted")


@pytest.mark.gate("E9")
def test_an_answer_counts_once_and_only_in_the_browser_that_asked(
    sso_app: Flask, provider: OidcProvider, monkeypatch: Any, caplog: Any
) -> None:
    client, thief = sso_app.test_client(), sso_app.test_client()
    answer = provider.authorize(begin(client))
    with client.session_transaction() as session:
        kept = dict(session)
    with caplog.at_level(logging.WARNING, LOGGER):
        arrive(thief, answer)
        arrive(client, answer)
        assert signed_in_as(sso_app, client) == "mette"
        for again in (client, thief):
            with again.session_transaction() as session:
                session.clear()
                session.update(kept if again is thief else {})
            arrive(again, answer)
            assert signed_in_as(sso_app, again) == ""
        late = sso_app.test_client()
        answer = provider.authorize(begin(late))
        later = clock.now() + timedelta(minutes=11)
        monkeypatch.setattr(clock, "now", lambda: later)
        arrive(late, answer)
        assert signed_in_as(sso_app, late) == ""
    expected = ["ikke_begyndt", "ikke_begyndt", "udbyder_svarer_ikke", "for_sent"]
    assert only_words(caplog.records, CANARIES) == expected


@pytest.mark.gate("E9")
def test_the_same_answer_is_refused_even_when_the_provider_gives_it_twice(
    sso_app: Flask, provider: OidcProvider, caplog: Any
) -> None:
    """The session is copied and the provider takes its code back: what was used is known by us."""
    client, thief = sso_app.test_client(), sso_app.test_client()
    answer = provider.authorize(begin(client))
    asked = provider.codes[answer["code"]]
    with client.session_transaction() as session:
        kept = dict(session)
    arrive(client, answer)
    provider.codes[answer["code"]] = asked
    with thief.session_transaction() as session:
        session.update(kept)
    with caplog.at_level(logging.WARNING, LOGGER):
        assert arrive(thief, answer).status_code == 400
    assert only_words(caplog.records, CANARIES) == ["brugt_svar"]
    assert signed_in_as(sso_app, thief) == ""


@pytest.mark.gate("E9")
@pytest.mark.planted("E9")
def test_the_check_sees_a_product_that_does_not_check(
    sso_app: Flask, provider: OidcProvider, monkeypatch: Any
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(id_token, "check_claims", lambda *_args, **_more: None)
        said = ["another issuer", "for somebody else", "another nonce", "over by more than two minutes"]
        assert try_all(sso_app, provider, said) == said
    with monkeypatch.context() as broken:
        broken.setattr(oidc.Provider, "read", lambda _self, token: json.loads(_padded(token.split(".")[1])))
        signed = ["alg none", "HS256 with the public key", "changed after it was signed"]
        assert try_all(sso_app, provider, signed) == signed


def _padded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
