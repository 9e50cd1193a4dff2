"""What was chosen in Metoder goes into a kontrakt there is, or into a new one; without scripts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from kontrakter import look, page_fields, samtale_trin, stored
from people import World
from web import Browser

from supervision.aftaler import rules
from supervision.katalog.content import load_katalog


def tickable(key: str) -> tuple[str, ...]:
    metode = load_katalog().metode(key)
    assert metode is not None
    return tuple(tegn.kode for tegn in metode.kendetegn)


NOEGLEORD = tickable("noegleord")


@pytest.fixture
def mette(sqlite_app: Flask, sqlite_world: World) -> Browser:
    return Browser.signed_in(sqlite_app, sqlite_world.mette)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def koder(app: Flask, sqlite_world: World, kontrakt_id: UUID) -> tuple[str, ...]:
    trin = look(app, kontrakt_id, sqlite_world.mette)["trin"]["kendetegn"]
    assert isinstance(trin, rules.KendetegnTrin)
    return trin.koder


def new_kontrakt(sqlite_world: World, **given: str) -> dict[str, str]:
    trin = samtale_trin()
    return {
        "rolle": "fokusperson",
        "kollega": str(sqlite_world.jonas),
        "slags": "kollegial",
        "dato": f"{trin.dato}",
        "tid": "10.30",
        "laengde_min": "45",
        "type": "individuel",
        "form": "fysisk",
        **given,
    }


def test_a_method_goes_into_the_kontrakt_that_there_is_and_asks_again(
    sqlite_app: Flask, sqlite_world: World, mette: Browser
) -> None:
    kontrakt_id = stored(sqlite_app, sqlite_world, ja=("mette", "jonas"))
    page = text(mette.get("/kontrakter/ny?metode=noegleord"))
    assert "Med i kontrakten: Nøgleord" in page
    assert "I bliver begge spurgt igen" in page
    assert f'action="/kontrakter/{kontrakt_id}/laeg-i"' in page
    answer = mette.send(f"/kontrakter/{kontrakt_id}/laeg-i", metode="noegleord")
    assert (answer.status_code, answer.location) == (303, f"/kontrakter/{kontrakt_id}/kendetegn")
    assert koder(sqlite_app, sqlite_world, kontrakt_id) == NOEGLEORD
    assert look(sqlite_app, kontrakt_id, sqlite_world.mette)["tilstand"] == "kladde"
    said = text(mette.get("/profil"))
    assert "kendetegn fra Nøgleord er lagt i kontrakten. Du og Jonas bliver begge spurgt igen." in said


def test_what_does_not_fit_is_told(sqlite_app: Flask, sqlite_world: World, mette: Browser) -> None:
    kontrakt_id = stored(sqlite_app, sqlite_world)
    mette.send(f"/kontrakter/{kontrakt_id}/laeg-i", skabelon="redskab_i_brug")
    assert len(koder(sqlite_app, sqlite_world, kontrakt_id)) == 11
    mette.send(f"/kontrakter/{kontrakt_id}/laeg-i", metode="noegleord")
    assert koder(sqlite_app, sqlite_world, kontrakt_id)[11:] == NOEGLEORD[:1]
    said = text(mette.get("/profil"))
    assert "Ét kendetegn fra Nøgleord er lagt i kontrakten. Der var ikke plads til" in said
    mette.send(f"/kontrakter/{kontrakt_id}/laeg-i", metode="noegleord")
    assert "Der er tolv kendetegn i forvejen" in text(mette.get("/profil"))


@pytest.mark.parametrize(
    ("field", "key", "expected"),
    [
        ("metode", "noegleord", NOEGLEORD),
        ("metode", "r_abc", tickable("abc_jobplan")),
        ("skabelon", "cv_samtale", load_katalog().skabeloner[7].kendetegn),
    ],
)
def test_the_choice_is_carried_through_a_new_kontrakt(
    sqlite_app: Flask, sqlite_world: World, mette: Browser, field: str, key: str, expected: tuple[str, ...]
) -> None:
    page = text(mette.get(f"/kontrakter/ny?{field}={key}"))
    assert "Eller lav en ny" not in page, "there is no kontrakt to put it in"
    assert f'<input type="hidden" name="{field}" value="{key}">' in page
    if field == "skabelon":
        assert '<option selected value="cv_samtale">' in page
    refused = mette.send("/kontrakter/ny", **new_kontrakt(sqlite_world, tid="", **{field: key}))
    assert refused.status_code == 422
    assert f'name="{field}" value="{key}"' in refused.get_data(as_text=True)
    answer = mette.send("/kontrakter/ny", **new_kontrakt(sqlite_world, **{field: key}))
    assert answer.status_code == 303
    assert koder(sqlite_app, sqlite_world, UUID(answer.location.split("/")[2])) == expected


@pytest.mark.parametrize("query", ["metode=findes_ikke", "skabelon=egen", "metode=karl_tomm"])
def test_an_unknown_choice_is_no_choice(sqlite_world: World, mette: Browser, query: str) -> None:
    page = text(mette.get(f"/kontrakter/ny?{query}"))
    assert "Med i kontrakten" not in page
    field, _, key = query.partition("=")
    answer = mette.send("/kontrakter/ny", **new_kontrakt(sqlite_world, **{field: key}))
    assert answer.status_code == 303


def test_a_locked_or_withdrawn_kontrakt_is_not_offered(
    sqlite_app: Flask, sqlite_world: World, mette: Browser
) -> None:
    kontrakt_id = stored(sqlite_app, sqlite_world)
    mette.send(f"/kontrakter/{kontrakt_id}/traek-tilbage")
    assert "/laeg-i" not in text(mette.get("/kontrakter/ny?metode=noegleord"))
    answer = mette.send(f"/kontrakter/{kontrakt_id}/laeg-i", metode="noegleord")
    assert answer.status_code == 422
    assert koder(sqlite_app, sqlite_world, kontrakt_id) == ()


def test_the_skabeloner_that_fit_the_samtale_come_first_and_the_search_answers_as_a_region(
    sqlite_app: Flask, sqlite_world: World, mette: Browser
) -> None:
    kontrakt_id = stored(sqlite_app, sqlite_world, type="virksomhedsmoede")
    page = text(mette.get(f"/kontrakter/{kontrakt_id}/kendetegn?soeg=noglord"))
    first, second = page.index("Passer til: virksomhedsmøde"), page.index(">Andre<")
    assert (
        first < page.index("skabelon:frederikshavn_virksomhed") < second < page.index("skabelon:cabi_9_trin")
    )
    region = page[page.index("data-soeg-liste") :]
    assert "data-soeg-antal" in region
    assert "tilfoej:no_spoerger" in region
    assert page_fields(page)["skabelon"] == ""
