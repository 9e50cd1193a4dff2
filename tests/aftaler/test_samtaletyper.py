"""The type of a samtale steers what is offered, and throws nothing away that was agreed on."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from kontrakter import look, make_kontrakt, page_fields, person, samtale_trin, save, stored
from people import World
from web import Browser

from supervision import clock
from supervision.aftaler import actions, queries, rules
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.observationer.actions.recording import end_observation, store_haendelser
from supervision.observationer.models import Observation
from supervision.problems import RuleBroken

TILSKUER = "timeout.tilskuer"


@pytest.fixture
def mette(sqlite_app: Flask, sqlite_world: World) -> Browser:
    return Browser.signed_in(sqlite_app, sqlite_world.mette)


def said(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return unescape(" ".join(answer.get_data(as_text=True).replace("\xad", "").split()))


def test_the_table_of_types_names_what_there_is() -> None:
    katalog = load_katalog()
    for kode in rules.SAMTALE_TYPER:
        own = rules.samtaletype(kode)
        assert set(own.parter) | {part for part, _ in own.ord} <= rules.TALER_PARTER.keys()
        assert 2 <= own.mindst <= len(own.parter)
        assert rules.LAENGDE[0] <= own.laengde_min <= rules.LAENGDE[1]
        for key in own.foerst:
            metode = katalog.metode(key)
            assert metode is not None, key
            assert katalog.kan_krydses(metode), key
    assert [kode for kode in rules.SAMTALE_TYPER if rules.samtaletype(kode).tilskuere] == ["oevelse"]
    assert rules.samtaletype("findes_ikke") == rules.samtaletype("individuel")


@pytest.mark.parametrize(
    ("type_", "first", "there", "gone"),
    [
        ("virksomhedsmoede", "Passer til: virksomhedsmøde", ["kc_loop", "ef_fordel", "aab_hv"], ["fg_jeg", "rk_maal"]),
        ("cv_samtale", "Passer til: CV-samtale", ["cv_uformel", "abc_a"], ["tr_kontrakt"]),
        ("faellessamtale", "Passer til: fællessamtale", ["rk_maal", "fs_roller"], ["fg_jeg", "rk_timing"]),
        ("oevelse", "Passer til: øvelse uden borger", ["tr_kontrakt", "fg_jeg"], []),
        ("individuel", "Samtalestyring", ["aab_hv", "ks_jeg"], ["fg_jeg", "tr_kontrakt"]),
    ],
)  # fmt: skip
def test_what_the_type_is_about_is_offered_first_and_once(
    sqlite_app: Flask,
    sqlite_world: World,
    mette: Browser,
    type_: str,
    first: str,
    there: list[str],
    gone: list[str],
) -> None:
    kontrakt_id = stored(sqlite_app, sqlite_world, type=type_)
    page = said(mette, f"/kontrakter/{kontrakt_id}/kendetegn").partition('id="vaelg"')[2]
    headings = re.findall(r'<details class="details kategori"> <summary[^>]*>([^<]+)<', page)
    assert headings[0] == first
    offered = re.findall(r'id="valg-(\w+)"', page)
    assert len(set(offered)) == len(offered)
    assert set(there) <= set(offered)
    assert not set(gone) & set(offered)


def test_a_new_kontrakt_from_a_skabelon_is_planned_as_its_type_is(
    sqlite_world: World, mette: Browser
) -> None:
    page = mette.get("/kontrakter/ny?skabelon=opfoelgning_praktik").get_data(as_text=True)
    assert re.search(r'<option selected value="opfoelgning">', page)
    assert re.search(r'name="laengde_min"[^>]*value="30"', page)
    fields = {
        "rolle": "fokusperson",
        "kollega": str(sqlite_world.jonas),
        "slags": "kollegial",
        "form": "fysisk",
    }
    fields |= {"dato": f"{samtale_trin().dato}", "tid": "10.30", "laengde_min": "30", "type": "opfoelgning"}
    made = mette.send("/kontrakter/ny", skabelon="opfoelgning_praktik", **fields)
    kontrakt_id = UUID(made.location.split("/")[-2])
    kontrakt = said(mette, f"/kontrakter/{kontrakt_id}")
    assert "Virksomhed" in kontrakt, "the third of the three who talk at a workplace"
    box = r'<input[^>]*name="parter"[^>]*value="(\w+)"|<input[^>]*value="(\w+)"[^>]*name="parter"'
    page = mette.get(f"/kontrakter/{kontrakt_id}/samtalen").get_data(as_text=True)
    assert re.search(box, page)
    assert set(page_fields(page)["parter"]) == {"medarbejder", "borger", "tredje"}


def test_a_faellessamtale_has_three_or_four_who_talk(
    sqlite_app: Flask, sqlite_world: World, mette: Browser
) -> None:
    kontrakt_id = stored(sqlite_app, sqlite_world)
    refused = save(mette, kontrakt_id, "samtalen", type="faellessamtale")
    assert refused.status_code == 422
    assert "I en fællessamtale taler mindst tre." in refused.get_data(as_text=True)
    three = ["medarbejder", "borger", "medarbejder2"]
    assert save(mette, kontrakt_id, "samtalen", type="faellessamtale", parter=three).status_code == 303
    assert save(mette, kontrakt_id, "samtalen", parter=[*three, "tredje"]).status_code == 303
    with sqlite_app.app_context():
        kontrakt = queries.get_kontrakt(kontrakt_id, viewer=person(sqlite_world.mette))
        actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key="cabi_9_trin")
        assert set(kontrakt.parter) == set(three), (
            "a skabelon of two does not make a fællessamtale one of two"
        )
        db.session.rollback()
        db.session.remove()


def test_another_type_throws_nothing_away(sqlite_app: Flask, sqlite_world: World, mette: Browser) -> None:
    kontrakt_id = stored(sqlite_app, sqlite_world, type="oevelse")
    with sqlite_app.app_context():
        kontrakt = queries.get_kontrakt(kontrakt_id, viewer=person(sqlite_world.mette))
        actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key="oevelse_rollespil")
        db.session.commit()
        db.session.remove()
    before = look(sqlite_app, kontrakt_id, sqlite_world.mette)["trin"]["kendetegn"]
    assert "tr_kontrakt" in before.koder, "about the colleagues themselves, and not offered in another type"
    assert save(mette, kontrakt_id, "samtalen", type="cv_samtale").status_code == 303
    assert save(mette, kontrakt_id, "kendetegn").status_code == 303
    assert look(sqlite_app, kontrakt_id, sqlite_world.mette)["trin"]["kendetegn"] == before


def recorded(world: World, type_: str) -> tuple[UUID, list[Any]]:
    """A samtale of the type with a timeout that those who look on asked for; and what the server refused of it."""
    kontrakt = make_kontrakt(world, type=type_)
    actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key="oevelse_rollespil")
    for one in (kontrakt.fokusperson, kontrakt.observatoer):
        actions.say_yes(kontrakt, by=one)
    jonas = person(world.jonas)
    held = queries.get_kontrakt_to_record(kontrakt.id, viewer=jonas, whole=False)
    events = [
        (0, "ur", "start"),
        (1000, "fase", "timeout"),
        (2000, "element", TILSKUER),
        (60_000, "ur", "slut"),
    ]
    raw: list[object] = [
        {"id": str(uuid4()), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}
        for nr, (t_ms, spor, kode) in enumerate(events)
    ]
    receipt = store_haendelser(kontrakt=held, by=jonas, startet_at=clock.now(), raw=raw)
    assert receipt.observation_id
    end_observation(observation=db.session.get_one(Observation, receipt.observation_id), by=jonas)
    return receipt.observation_id, receipt.afvist


def test_those_who_look_on_may_ask_for_a_timeout_in_a_role_play_and_nowhere_else(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    with sqlite_app.app_context():
        exercise, refused = recorded(sqlite_world, "oevelse")
        assert refused == []
        _, refused = recorded(sqlite_world, "individuel")
        assert len(refused) == 1
        screens = {
            type_: str(queries.recorder_screen(make_kontrakt(sqlite_world, type=type_)))
            for type_ in rules.SAMTALE_TYPER
        }
        assert [type_ for type_, screen in screens.items() if TILSKUER in screen] == ["oevelse"]
        db.session.commit()
        db.session.remove()
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    page = re.sub(r"<[^>]+>", " ", said(jonas, f"/observationer/{exercise}"))
    assert "Tilskuerne bad om den." in page
    assert "nåede tilskuer" not in page
    assert "Tilskuer bad om det" in page, "in the table"


def test_the_rule_says_who_is_missing_in_words() -> None:
    with pytest.raises(RuleBroken, match="taler mindst tre"):
        rules.check_trin(samtale_trin(type="faellessamtale", parter=("medarbejder", "borger")))
    assert rules.parter_i("individuel", ("medarbejder", "borger")) == ("medarbejder", "borger")
    assert rules.parter_i("faellessamtale", ("medarbejder", "tredje")) == (
        "medarbejder", "tredje", "borger", "medarbejder2",
    )  # fmt: skip
