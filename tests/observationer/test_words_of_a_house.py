"""The recorder, the timeline and the models speak in the words of the kontrakt's organisation, whoever looks."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from people import World
from road import agreed, person, recorded
from web import Browser

from supervision.db import db
from supervision.observationer.rules import OPTAGER_TEKST
from supervision.personer.models import Organisation

MADE_HERE = {"borger": "medlem", "medarbejder": "raadgiver", "samtale": "moede"}
OURS = re.compile(
    r"(?<![\w/-])(?:borger|medarbejder)(?:en|e|ne|)s?(?![\w-])|(?<![\w/-])samtale[nr]?s?(?![\w-])", re.I
)


def text_of(browser: Browser, url: str) -> str:
    page = browser.get(url)
    assert page.status_code == 200
    body = page.get_data(as_text=True).split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def ids(sqlite_app: Flask, sqlite_world: World) -> dict[str, Any]:
    """A kontrakt that waits, and one that was observed; the supervisor comes from a house of kandidater."""
    world = sqlite_world
    with sqlite_app.app_context():
        for key, chosen in (("jobcenter", MADE_HERE), ("hus", {"borger": "kandidat"})):
            organisation = db.session.get_one(Organisation, world.organisations[key])
            organisation.ordvalg, organisation.smart_a = chosen, "ambitioes"
        db.session.flush()
        mette, supervisor = person(world.mette), person(world.supervisor)
        observation = recorded(agreed(mette, supervisor), supervisor)
        made = {"observation": observation.id, "kontrakt": agreed(mette, supervisor, days=1).id}
        db.session.commit()
        db.session.remove()
    return made


def test_the_recorder_gets_its_words_with_the_kontrakt(
    sqlite_app: Flask, sqlite_world: World, ids: dict[str, Any]
) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.supervisor)
    shell = browser.get(f"/optager/{ids['kontrakt']}").get_data(as_text=True)
    for key, sentence in OPTAGER_TEKST.items():
        assert f'data-ord="{key}"' in shell
        assert sentence in shell, "the page itself is the same for everybody"
    screen = browser.get(f"/api/kontrakter/{ids['kontrakt']}/optager").json["skaerm"]
    assert screen["navne"]["taler"] == {"medarbejder": "Rådgiver", "borger": "Medlem"}
    assert screen["navne"]["ur"] == {"start": "Mødet er begyndt", "slut": "Mødet er slut"}
    assert screen["ord"].keys() == OPTAGER_TEKST.keys()
    assert screen["ord"]["spoerg"] == "Spørg medlemmet først."
    assert screen["samtaletype"] == "Individuelt møde"
    said = json.dumps([screen["ord"], screen["navne"]["taler"], screen["navne"]["ur"]], ensure_ascii=False)
    assert OURS.findall(said.replace('"medarbejder": ', "").replace('"borger": ', "")) == []


def test_a_visitor_reads_a_timeline_in_the_words_of_the_house_it_was_made_in(
    sqlite_app: Flask, sqlite_world: World, ids: dict[str, Any]
) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.supervisor)
    page = text_of(browser, f"/observationer/{ids['observation']}")
    assert "Mødet med Mette" in page
    assert "individuelt møde" in page
    assert "Medlemmet havde ordet" in page
    assert "Rådgiveren får ordet" in page
    assert "Mødet begynder" in page
    assert set(OURS.findall(page)) <= {"samtalen", "samtaler"}, (
        "“samtalen om samtalen” and the way to Samtaler"
    )
    kontrakt = text_of(browser, f"/kontrakter/{ids['kontrakt']}")
    assert "Rådgiver og medlem" in kontrakt
    assert "Medlemmets ja" in kontrakt
    assert "At lade borgeren tale ud" in kontrakt, "what somebody wrote stays as it was written"
    assert "Kandidaten får at vide, at en kollega sidder med" in text_of(browser, "/hjaelp")


def test_a_setting_of_smart_is_the_name_of_its_place_in_the_model() -> None:
    from supervision.katalog.content import load_katalog

    models = {model.key: model.with_smart_a("Ambitiøst") for model in load_katalog().modeller.modeller}
    assert [sted.navn for sted in models["smart"].steder if sted.key == "a"] == ["Ambitiøst"]
    others = [model for model in load_katalog().modeller.modeller if model.key != "smart"]
    assert others == [models[model.key] for model in others]
