"""A kontrakt keeps the version of its skabelon and its GameMaster: an old observation reads as it did."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from kontrakter import make_kontrakt, person
from people import World, make_world
from web import Browser

from supervision import clock
from supervision.aftaler import actions, queries, rules
from supervision.db import db
from supervision.katalog import content
from supervision.katalog.content import ContentProblem, load_katalog
from supervision.observationer.actions.recording import end_observation, store_haendelser
from supervision.observationer.models import Observation

KEY = "frederikshavn_virksomhed"
EVENTS = (
    (0, "ur", "start"),
    (1000, "fase", "kontrakt"),
    (2000, "element", "kontrakt.formaal"),
    (3000, "element", "kontrakt.tid"),
    (4000, "taler", "tredje"),
    (5000, "faerdighed", "kc_loop"),
    (60_000, "fase", "timeout"),
    (90_000, "ur", "slut"),
)
OLD = ("Kontrakt", "Timeout", "Mål med mødet", "Tid", "Virksomhed", "Nyt siden sidst")
NEW = ("Ramme", "Pause", "Mødets mål", "Klokken", "Firmaet", "Hvad er nyt?")


@pytest.fixture
def world(sqlite_app: Flask) -> World:
    with sqlite_app.app_context():
        made = make_world()
        db.session.commit()
        db.session.remove()
    return made


@pytest.fixture
def next_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Put content in place where the skabelon, its GameMaster and a kendetegn have new words."""
    folder = Path(shutil.copytree(content.CONTENT, tmp_path / "content"))
    _raise(folder / "skabeloner.yaml", KEY, _new_words)
    _raise(folder / "gamemaster.yaml", "gm_frederikshavn", _new_gamemaster)
    path = folder / "virksomhedsrettet.yaml"
    path.write_text(path.read_text("utf-8").replace("Nyt siden sidst", "Hvad er nyt?"), "utf-8")

    def change() -> None:
        monkeypatch.setattr(content, "CONTENT", folder)
        load_katalog.cache_clear()

    yield change
    monkeypatch.undo()
    load_katalog.cache_clear()


def _raise(path: Path, key: str, change: Callable[[str], str]) -> None:
    """Write one more version under the first, and seal it with the sum that the check asks for."""
    text = path.read_text("utf-8")
    start = text.index(f"  - key: {key}\n")
    end = text.find("\n  - key: ", start)
    block = text[start : end if end > 0 else len(text)].rstrip("\n")
    first = block[block.index("      - version: 1") :]
    fresh = re.sub(r" *kontrolsum: .*\n", "", first.replace("version: 1", "version: 2", 1))
    both = f"{block}\n{change(fresh)}\n"
    path.write_text(text.replace(block + "\n", both), "utf-8")
    with pytest.raises(ContentProblem, match="mangler sin kontrolsum") as caught:
        content.read_katalog(path.parent)
    found = re.search(r'kontrolsum: "(\w+)"', caught.value.reason)
    assert found
    sealed = both.replace("version: 2\n", f'version: 2\n        kontrolsum: "{found[1]}"\n')
    path.write_text(path.read_text("utf-8").replace(both, sealed), "utf-8")
    content.read_katalog(path.parent)


def _new_words(version: str) -> str:
    version = version.replace('"Mål med mødet"', '"Mødets mål"').replace('"Virksomhed"', '"Firmaet"')
    version = version.replace(
        "[kc_loop, ba_hv,", "[kc_loop, kc_naeste,"
    )  # one leaves, and the last comes first
    return version.replace("ba_accept2, kc_naeste]", "ba_accept2]")


def _new_gamemaster(version: str) -> str:
    version = version.replace('navn: "Kontrakt"', 'navn: "Ramme"').replace('navn: "Timeout"', 'navn: "Pause"')
    return version.replace('kort: "Tid"', 'kort: "Klokken"')


def made(world: World) -> UUID:
    """A kontrakt from the skabelon, agreed by both."""
    kontrakt = make_kontrakt(world, type="virksomhedsmoede")
    actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key=KEY)
    for one in (kontrakt.fokusperson, kontrakt.observatoer):
        actions.say_yes(kontrakt, by=one)
    return kontrakt.id


def observed(world: World) -> tuple[UUID, UUID]:
    """The kontrakt, and its samtale recorded and ended."""
    kontrakt = queries.get_kontrakt_to_record(made(world), viewer=person(world.jonas))
    raw: list[object] = [
        {"id": str(uuid4()), "nr": nr, "t_ms": t, "spor": spor, "kode": kode}
        for nr, (t, spor, kode) in enumerate(EVENTS)
    ]
    receipt = store_haendelser(kontrakt=kontrakt, by=person(world.jonas), startet_at=clock.now(), raw=raw)
    assert receipt.afvist == []
    end_observation(
        observation=db.session.get_one(Observation, receipt.observation_id), by=person(world.jonas)
    )
    assert receipt.observation_id
    return kontrakt.id, receipt.observation_id


def said(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.get_data(as_text=True), flags=re.S)
    return " ".join(unescape(text).replace("\u00ad", "").split())


def screen_words(app: Flask, world: World, kontrakt_id: UUID) -> str:
    with app.app_context():
        kontrakt = queries.get_kontrakt(kontrakt_id, viewer=person(world.jonas))
        words = json.dumps(queries.recorder_screen(kontrakt), ensure_ascii=False)
        db.session.remove()
    return words.replace("\u00ad", "")


def test_an_old_observation_shows_its_old_words_and_a_new_kontrakt_the_new(
    sqlite_app: Flask, world: World, next_year: Callable[[], None]
) -> None:
    with sqlite_app.app_context():
        kontrakt_id, observation_id = observed(world)
        db.session.commit()
        db.session.remove()
    jonas = Browser.signed_in(sqlite_app, world.jonas)
    addresses = (f"/observationer/{observation_id}", f"/kontrakter/{kontrakt_id}")
    before = [said(jonas, address) for address in addresses]
    assert [word for word in OLD if word not in before[0]] == []

    next_year()
    assert [said(jonas, address) for address in addresses] == before, "not one word has changed"
    assert "udgave 1" in before[1]

    with sqlite_app.app_context():
        new_id = made(world)
        db.session.commit()
        db.session.remove()
    old_screen, new_screen = (screen_words(sqlite_app, world, one) for one in (kontrakt_id, new_id))
    page = said(jonas, f"/kontrakter/{new_id}")
    for old, new in zip(OLD, NEW, strict=True):
        assert f'"{old}"' in old_screen
        assert f'"{new}"' not in old_screen
        assert f'"{new}"' in new_screen
        assert f'"{old}"' not in new_screen
        assert new in page, new
    assert "udgave 2" in page


def test_a_draft_keeps_its_version_until_the_skabelon_is_taken_again(
    sqlite_app: Flask, world: World, next_year: Callable[[], None]
) -> None:
    with sqlite_app.app_context():
        kontrakt = queries.get_kontrakt(made(world), viewer=person(world.mette))
        by, trin = kontrakt.fokusperson, queries.read_trin(kontrakt)["kendetegn"]
        assert isinstance(trin, rules.KendetegnTrin)
        next_year()
        fewer = rules.KendetegnTrin(trin.koder[:-1], trin.gm_variant, trin.skabelon)
        assert actions.change_kontrakt(kontrakt, by=by, to=fewer), "a yes hung on it"
        assert (kontrakt.skabelon_version, kontrakt.gm_version) == (1, 1)
        assert kontrakt.kendetegn[0].kort == OLD[-1]
        actions.say_yes(kontrakt, by=by)
        assert actions.take_skabelon(kontrakt, by=by, key=KEY), "new words are asked about again"
        assert (kontrakt.skabelon_version, kontrakt.gm_version) == (2, 2)
        assert kontrakt.kendetegn[0].kort == NEW[-1]
        db.session.remove()


def test_the_page_of_a_skabelon_says_what_changed(
    sqlite_app: Flask, world: World, next_year: Callable[[], None]
) -> None:
    next_year()
    mette = Browser.signed_in(sqlite_app, world.mette)
    page = said(mette, f"/skabeloner/{KEY}")
    for words in (
        "Kendetegn, ikke længere med: Spørger til behov.",
        "Kendetegnene står i en ny rækkefølge.",
        "»Virksomhed« hedder nu »Firmaet«.",
        "»Mål med mødet« hedder nu »Mødets mål«.",
        "Brug i en ny kontrakt",
    ):
        assert words in page, words
    first = said(mette, f"/skabeloner/{KEY}?udgave=1")
    assert "Det her er udgave 1" in first
    assert "Spørger til behov" in first
    assert "Brug i en ny kontrakt" not in first


def test_an_observatoer_who_joins_gets_the_same_words(
    sqlite_app: Flask, world: World, next_year: Callable[[], None]
) -> None:
    with sqlite_app.app_context():
        kontrakt = queries.get_kontrakt(made(world), viewer=person(world.mette))
        next_year()
        joined: Any = actions.add_observatoer(
            kontrakt,
            by=kontrakt.fokusperson,
            observatoer=person(world.people["aase"]),
            slags="kollegial",
            kopier=True,
        )
        assert [tegn.kort for tegn in joined.kendetegn] == [tegn.kort for tegn in kontrakt.kendetegn]
        assert (joined.skabelon_version, joined.gm_version) == (1, 1)
        db.session.remove()
