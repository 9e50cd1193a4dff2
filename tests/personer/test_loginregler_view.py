"""The administrator's pages about sign-in from a provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from administrator_pages import noted, words
from flask import Flask
from people import World
from signing_in import add_rows, installed, regel
from web import Browser

from supervision.db import db
from supervision.personer.models import EksternIdentitet, Kommunelogin, Loginregel, Person
from supervision.sso_config import OidcSettings, SsoSettings

ISSUER = "https://login.example"


@pytest.fixture
def admin(sqlite_app: Flask, sqlite_world: World) -> Iterator[Browser]:
    with installed(sqlite_app, SsoSettings(oidc=OidcSettings(ISSUER, "id"))) as app:
        yield Browser.signed_in(app, sqlite_world.administrator)


def rows(app: Flask, model: Any) -> list[Any]:
    with app.app_context():
        found = db.session.query(model).all()
        db.session.expunge_all()
    return found


def test_an_organisation_is_named_and_its_rules_are_written(
    sqlite_app: Flask, sqlite_world: World, admin: Browser
) -> None:
    home = f"/administration/organisationer/{sqlite_world.organisations['jobcenter']}"
    assert "Login fra kommunen" in words(admin.get(home))
    page = words(admin.get(f"{home}/login"))
    assert ISSUER in page
    assert "Ingen regler endnu" in page
    assert admin.send(f"{home}/login", **{"udsteder0-vaerdi": " "}).status_code == 422
    assert admin.send(f"{home}/login", **{"udsteder0-vaerdi": "t1"}).status_code == 303
    (kept,) = rows(sqlite_app, Kommunelogin)
    assert (kept.issuer, kept.vaerdi, kept.opretter_personer) == (ISSUER, "t1", False)
    other = f"/administration/organisationer/{sqlite_world.organisations['a_kasse']}/login"
    taken = admin.send(other, **{"udsteder0-vaerdi": "t1"})
    assert taken.status_code == 422
    assert "Den værdi står allerede ved en anden organisation." in words(taken)
    assert admin.send(f"{home}/login?udsteder=1", **{"udsteder0-vaerdi": "t1"}).status_code == 404
    for wrong in ({"vaerdi": ""}, {"vaerdi": "g", "team": ""}, {"vaerdi": "g", "rolle": "administrator"}):
        assert (
            admin.send(f"{home}/login/regler", **{"rolle": "medarbejder", "team": "", **wrong}).status_code
            == 422
        )
    rule = {"vaerdi": "g-nord", "rolle": "medarbejder", "team": str(sqlite_world.teams["nord"])}
    assert admin.send(f"{home}/login/regler", **rule).status_code == 303
    assert "Den regel er der allerede." in words(admin.send(f"{home}/login/regler", **rule))
    assert "giver medarbejder i Team Nord" in words(admin.get(f"{home}/login"))
    (kept,) = rows(sqlite_app, Loginregel)
    admin.send(f"/administration/loginregler/{kept.id}/slet")
    assert rows(sqlite_app, Loginregel) == []
    assert noted(sqlite_app, "loginregel") == ["opret", "slet"]
    assert noted(sqlite_app, "kommunelogin") == ["opret"]


def test_a_subject_is_written_beforehand_and_taken_away(
    sqlite_app: Flask, sqlite_world: World, admin: Browser
) -> None:
    add_rows(sqlite_app, regel(sqlite_world, "g", "supervisor"))
    person = f"/administration/personer/{sqlite_world.mette}"
    assert f'href="{person}/login"' in admin.get(person).get_data(as_text=True)
    tie = {"issuer": ISSUER, "subject": "mette-uuid"}
    assert admin.send(f"{person}/login", **tie).status_code == 303
    assert "ikke brugt endnu" in words(admin.get(f"{person}/login"))
    waiting = f"/administration/organisationer/{sqlite_world.organisations['jobcenter']}/uden-adgangskode"
    assert "Mette Ærø" not in words(admin.get(waiting))
    assert "Jonas Øland" in words(admin.get(waiting))
    jonas = f"/administration/personer/{sqlite_world.jonas}/login"
    refused = admin.send(jonas, **tie)
    assert refused.status_code == 422
    assert "Det id hører til en anden" in words(refused)
    assert admin.send(jonas, issuer="https://ond.example", subject="x").status_code == 422
    (kept,) = rows(sqlite_app, EksternIdentitet)
    assert kept.oprettet_af == sqlite_world.administrator
    before = {p.id: p.fs_uniquifier for p in rows(sqlite_app, Person)}
    assert admin.send(f"/administration/identiteter/{kept.id}/slet").status_code == 303
    after = {p.id: p.fs_uniquifier for p in rows(sqlite_app, Person)}
    assert {who for who in before if before[who] != after[who]} == {sqlite_world.mette}
    assert noted(sqlite_app, "ekstern_identitet") == ["opret", "slet"]


def test_without_a_provider_the_pages_say_so(sqlite_app: Flask, sqlite_world: World) -> None:
    admin = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    for page in (
        f"organisationer/{sqlite_world.organisations['jobcenter']}/login",
        f"personer/{sqlite_world.mette}/login",
    ):
        assert "Login fra kommunen er ikke sat op" in words(admin.get(f"/administration/{page}"))
    assert "kommunes login" not in words(Browser.signed_in(sqlite_app, None).get("/log-ind"))
