"""Signing in and out: passwords, codes, passkeys, invitations and the municipality's login."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from crawling import Quick
from oidc_provider import CLIENT, SECRET, OidcProvider
from passlib.totp import TOTP
from people import PASSWORD
from road import person
from signing_in import hidden_fields, installed, known

from prepared import House, Sent, ready
from supervision import clock
from supervision.db import db
from supervision.personer.actions.invitations import invite
from supervision.personer.models import Person
from supervision.personer.sso import oidc
from supervision.sign_in import hash_of
from supervision.sso_config import OidcSettings, SsoSettings

ISSUER = "https://login.example"
NEW = "fire små blå æbler på bordet"
EMAIL = "mette@test.example"


def _with_password(house: House, who: str = "mette") -> None:
    with house.rows():
        db.session.get_one(Person, house.world.people[who]).password = hash_of(PASSWORD)


@ready("security.login")
def signed_in(house: House) -> Sent:
    """Mette has a password, and knows it."""
    _with_password(house)
    given = {"email": EMAIL, "password": PASSWORD, "next": ""}
    return Sent(house.stranger(), given, asks=("remember",), traces=True)


@ready("security.logout")
def signed_out(house: House) -> Sent:
    """Mette is signed in."""
    return Sent(house.people["ejer"], traces=True)


@ready("security.change_password")
def a_password_changed(house: House) -> Sent:
    """Mette has a password, and knows it."""
    _with_password(house)
    given = {"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    return Sent(house.people["ejer"], given, traces=True)


@ready("personer.vaelg_adgangskode")
def a_first_password(house: House) -> Sent:
    """An invitation that nobody has used."""
    with house.rows():
        token = invite(person(house.world.mette), by=person(house.world.administrator))
    return Sent(house.stranger(), {"adgangskode": NEW, "gentag": NEW}, {"token": token}, asks=("username",))


def _phone(who: Quick, url: str) -> tuple[str, dict[str, str]]:
    """The key that the page of a new phone shows, and what its form sends with the first code."""
    text = who.get(url).get_data(as_text=True)
    secret = re.search(r'name="hemmelighed"[^>]*value="([^"]+)"', text)
    key = re.search(r'class="code-key">([^<]+)<', text)
    assert secret is not None
    assert key is not None
    return key[1], {"hemmelighed": secret[1], "kode": _code(key[1])}


def _code(key: str, later_s: int = 0) -> str:
    totp = TOTP(key=key.replace("-", ""), format="base32")
    return str(totp.generate(int(clock.now().timestamp()) + later_s).token)


def _with_codes(house: House) -> str:
    """Mette has a password, and codes from a phone behind it; the phone's key."""
    _with_password(house)
    key, first = _phone(house.people["ejer"], "/profil/adgang/kode")
    assert house.people["ejer"].send("/profil/adgang/kode", **first).status_code == 200
    return key


def _past_password(house: House, email: str = EMAIL) -> Quick:
    browser = house.stranger()
    answer = browser.send("/log-ind", email=email, password=PASSWORD)
    assert str(answer.location).startswith("/log-ind/kode")
    return browser


@ready("personer.gem_kode")
def codes_switched_on(house: House) -> Sent:
    """A phone that has been given the key."""
    _, first = _phone(house.people["ejer"], "/profil/adgang/kode")
    return Sent(house.people["ejer"], first)


@ready("personer.fjern_kode")
def codes_switched_off(house: House) -> Sent:
    """Codes are asked for."""
    _with_codes(house)
    return Sent(house.people["ejer"], {"adgangskode": PASSWORD})


@ready("personer.bekraeft_andet_trin")
def a_code_given(house: House) -> Sent:
    """The password was right, and the code is asked for. The one of the next half minute is taken too."""
    key = _with_codes(house)
    return Sent(_past_password(house), {"kode": _code(key, later_s=30)}, traces=True)


@ready("personer.gem_foerste_kode")
def a_first_code_given(house: House) -> Sent:
    """An installation where everybody has codes, and Jonas none yet; his password was right."""
    house.until.enter_context(_set(house, second_factor=True))
    _with_password(house, "jonas")
    browser = _past_password(house, "jonas@test.example")
    return Sent(browser, _phone(browser, "/log-ind/kode/ny")[1], traces=True)


@contextmanager
def _set(house: House, **settings: Any) -> Iterator[None]:
    """Inside: an installation with these settings."""
    before = house.app.extensions["settings"]
    house.app.extensions["settings"] = replace(before, **settings)
    try:
        yield
    finally:
        house.app.extensions["settings"] = before


@ready("personer.fjern_passkey")
def a_passkey_taken_away(house: House) -> Sent:
    """Mette has a password as well."""
    _with_password(house)
    return Sent(house.people["ejer"], {"adgangskode": PASSWORD})


def _with_a_provider(house: House) -> None:
    """An installation with a municipality's login."""
    house.until.enter_context(installed(house.app, SsoSettings(oidc=OidcSettings(ISSUER, "id"))))


@ready("personer.gem_kommunelogin")
def an_organisation_named(house: House) -> Sent:
    """By the value that the provider names it by."""
    _with_a_provider(house)
    given = {"udsteder0-vaerdi": "kommunens-id"}
    return Sent(house.people["administrator"], given, query="?udsteder=0", asks=("opretter_personer",))


@ready("personer.opret_identitet")
def a_person_named(house: House) -> Sent:
    """By the id that the provider knows them by."""
    _with_a_provider(house)
    given = {"issuer": ISSUER, "subject": "jonas-id"}
    return Sent(house.people["administrator"], given, {"person_id": house.world.jonas})


class _Lasting(dict[str, Any]):
    """A provider's codes, which are good more than once."""

    def pop(self, name: str, *default: Any) -> Any:
        return self.get(name, *default)


@ready("personer.oidc_svar")
def the_answer_of_a_provider(house: House) -> Sent:
    """Mette has signed in at the provider, and the page between has its answer."""
    provider = OidcProvider()
    provider.serve()
    house.until.callback(provider.close)
    oidc.provider.cache_clear()
    settings = OidcSettings(provider.issuer, CLIENT, SECRET, roles_claim="groups")
    house.until.enter_context(installed(house.app, SsoSettings(oidc=settings)))
    provider.codes = _Lasting()
    known(house.app, house.world, provider.issuer, mette="mette-uuid")
    browser = house.stranger()
    answer = provider.authorize(str(browser.get("/log-ind/oidc").location))
    fields = hidden_fields(browser.get("/log-ind/oidc/retur", query_string=answer))
    return Sent(browser, {name: value for name, value in fields.items() if name != "csrf_token"}, traces=True)
