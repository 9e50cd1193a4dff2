"""Own content in the browser: from a copy to a screen with the new word, and what is refused on the way."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from agreed import add_kontrakt
from egne import copied, editor, new_metode, published, renamed
from flask import Flask
from held import held
from people import World
from web import Browser

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, KontraktKendetegn
from supervision.db import db
from supervision.katalog import actions
from supervision.katalog.content import load_katalog
from supervision.katalog.models import EgetIndhold
from supervision.personer.models import Rolletildeling

METODE, KODE = "noegleord", "no_spoerger"
COPY = {"slags": "metode", "key": METODE}


@pytest.fixture
def palle(sqlite_app: Flask, sqlite_world: World) -> Browser:
    return Browser.signed_in(sqlite_app, sqlite_world.administrator)


def fields(page: str) -> dict[str, Any]:
    """What the form on the page would send, without its buttons."""
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        named = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if named.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if named.get("type") not in ("submit", None) or "name" in named:
            found.setdefault(named.get("name", ""), []).append(named.get("value", ""))
    for name, text in re.findall(r'<textarea [^>]*name="([\w-]+)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL):
        found[name] = [text.replace("&#39;", "'").replace("&#34;", '"').strip()]
    for select in re.findall(r"<select .*?</select>", page, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', select)
        name = re.search(r'name="([\w-]+)"', select)
        assert name
        found[name[1]] = [chosen[1] if chosen else ""]
    return found


def index_of(page: str, kode: str) -> str:
    """The number of a kendetegn's row in the form."""
    found = re.search(rf'name="kendetegn-(\d+)-kode"[^>]*value="{kode}"', page)
    assert found, kode
    return found[1]


def only(app: Flask, slags: str) -> UUID:
    with app.app_context():
        found = db.session.query(EgetIndhold).filter_by(slags=slags).one().id
        db.session.remove()
    return found


def test_from_a_copy_to_a_screen_with_the_new_word(
    sqlite_app: Flask, sqlite_world: World, palle: Browser
) -> None:
    house = sqlite_world.organisations["jobcenter"]
    assert f"kopier?slags=metode&amp;key={METODE}" in palle.get(f"/metoder/{METODE}").get_data(as_text=True)
    assert "Jobcenter Testby" in palle.get("/katalog/egne/kopier", query_string=COPY).get_data(as_text=True)
    to = palle.send(f"/katalog/egne/{house}/kopier", **COPY).location
    page = palle.get(to).get_data(as_text=True)
    row = index_of(page, KODE)
    typed = {**fields(page), f"kendetegn-{row}-kort": "Griber or|det", "handling": "gem"}
    answer = palle.send(to, **typed)
    assert answer.status_code == 303
    page = palle.get(answer.location).get_data(as_text=True)
    assert "hedder nu »Griber ordet«" in page
    assert "Udgiv udgave 1" in page
    done = palle.send(f"{answer.location}/udgiv", aendret="Vores ord for det")
    assert "Udgivet" in palle.get(done.location).get_data(as_text=True)
    with sqlite_app.app_context():
        kontrakt = add_kontrakt(sqlite_world, skabelon="cabi_9_trin", yes=())
        del db.session.get_one(FeedbackKontrakt, kontrakt).kendetegn[6:]
        db.session.commit()
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    mette.send(f"/kontrakter/{kontrakt}/laeg-i", metode=METODE)
    for address in (f"/kontrakter/{kontrakt}/kendetegn", f"/kontrakter/{kontrakt}/se-optageren"):
        assert "Griber or\u00addet" in mette.get(address).get_data(as_text=True), address
    assert "Griber or\u00addet" in mette.get(f"/metoder/{METODE}").get_data(as_text=True)
    others = Browser.signed_in(sqlite_app, sqlite_world.noise)
    theirs = others.get(f"/metoder/{METODE}").get_data(as_text=True)
    assert load_katalog().navn(KODE) in theirs
    assert "Griber or" not in theirs


def test_an_old_observation_still_shows_its_old_wording(sqlite_app: Flask, sqlite_world: World) -> None:
    """Two own things have two versions each; the log was made between them."""
    house = sqlite_world.organisations["jobcenter"]
    with sqlite_app.app_context():
        metode = copied(sqlite_world, "metode", METODE)
        actions.save_kladde(
            metode, by=editor(sqlite_world), indhold=renamed(metode, KODE, kort="Griber ordet")
        )
        pack = copied(sqlite_world, "skabelon", "frederikshavn_virksomhed", ord={"tredje": "Firmaet"})
        first = [published(sqlite_world, metode), published(sqlite_world, pack)]
        log = held(
            sqlite_world.mette,
            sqlite_world.jonas,
            house,
            clock.today(),
            events=[
                (0, "ur", "start"),
                (10, "taler", "tredje"),
                (20, "faerdighed", KODE),
                (90_000, "ur", "slut"),
            ],
            parter=("medarbejder", "tredje"),
            type="virksomhedsmoede",
        )
        kontrakt = log.kontrakt
        assert kontrakt is not None
        kontrakt.skabelon, kontrakt.skabelon_version = pack.key, 1
        kontrakt.kendetegn = [KontraktKendetegn(nr=1, kode=KODE, kort="Griber ordet", tekst="Griber ordet")]
        observation = log.id
        for row_id, change in zip(
            first, ({"kort": "Tager ordet op"}, {"ord": {"tredje": "Butikken"}}), strict=True
        ):
            draft = actions.begin_version(db.session.get_one(EgetIndhold, row_id), by=editor(sqlite_world))
            raw = renamed(draft, KODE, **change) if "kort" in change else {**draft.indhold, **change}
            actions.save_kladde(draft, by=editor(sqlite_world), indhold=raw)
            published(sqlite_world, draft)
        db.session.commit()
        db.session.remove()
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    page = jonas.get(f"/observationer/{observation}").get_data(as_text=True)
    assert "Griber ordet" in page
    assert "Firmaet" in page
    assert "Tager ordet op" not in page
    assert "Butikken" not in page
    assert "Tager ordet op" in jonas.get(f"/metoder/{METODE}").get_data(as_text=True)


def test_every_button_of_a_methods_draft_saves_it(
    sqlite_app: Flask, sqlite_world: World, palle: Browser
) -> None:
    house = sqlite_world.organisations["jobcenter"]
    new = {"navn": "Vores kaffesnak", "kategori": "motiverende", "retning": "borger", "type": "haendelse"}
    to = palle.send(f"/katalog/egne/{house}/ny-metode", **new).location
    page = palle.get(to).get_data(as_text=True)
    to_add = palle.send(
        to, **{**fields(page), "trin": "Byd indenfor\n\n  Spørg til   ugen ", "handling": "tilfoej"}
    )
    assert "#tegn-egen_" in to_add.location
    page = palle.get(to).get_data(as_text=True)
    assert "Byd indenfor\nSpørg til ugen" in page.replace("\r", "")
    first = {"kendetegn-0-kort": "Spørger til ugen", "kendetegn-0-tekst": "Spørger, hvordan ugen har været"}
    palle.send(to, **{**fields(page), **first, "handling": "tilfoej"})
    page = palle.get(to).get_data(as_text=True)
    second = {"kendetegn-1-kort": "Byder på kaffe", "kendetegn-1-tekst": "Byder på kaffe, før de sætter sig"}
    palle.send(to, **{**fields(page), **second, "faldgruber": "Snakken tager over", "handling": "gem"})
    codes = [tegn["kode"] for tegn in stored(sqlite_app, "metode")["kendetegn"]]
    assert all(re.fullmatch("egen_[0-9a-f]{8}", kode) for kode in codes)
    page = palle.get(to).get_data(as_text=True)
    palle.send(to, **{**fields(page), "handling": f"op:{codes[1]}"})
    assert [tegn["kode"] for tegn in stored(sqlite_app, "metode")["kendetegn"]] == codes[::-1]
    page = palle.get(to).get_data(as_text=True)
    palle.send(to, **{**fields(page), "handling": f"fjern:{codes[1]}"})
    assert [tegn["kode"] for tegn in stored(sqlite_app, "metode")["kendetegn"]] == codes[:1]
    draft = only(sqlite_app, "metode")
    assert palle.send(f"/katalog/egne/indhold/{draft}/udgiv", aendret="Ny metode").status_code == 303
    assert "Vores kaffesnak" in palle.get("/metoder?soeg=kaffesnak").get_data(as_text=True)
    own = palle.get("/metoder?kilde=egne").get_data(as_text=True)
    assert "Vores egne (1)" in own
    assert "Vores kaffesnak" in own
    assert "/metoder/spejling" not in own
    stranger = Browser.signed_in(sqlite_app, sqlite_world.noise)
    assert "Vores egne" not in stranger.get("/metoder").get_data(as_text=True)
    key = re.search("/metoder/(egen_[0-9a-f]{8})", own)
    assert key
    assert palle.get(key[0] + "/kort").status_code == 200
    assert palle.get(key[0]).status_code == 200
    assert stranger.get(key[0]).status_code == 404
    assert palle.get(to).status_code == 302, "what is published is shown, not written in"


def stored(app: Flask, slags: str) -> dict[str, Any]:
    with app.app_context():
        found = db.session.query(EgetIndhold).filter_by(slags=slags).one().indhold
        db.session.remove()
    return found


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kort": "Et alt for langt navn til et felt"}, "Der er plads til 22"),
        ({"kort": "Supervisionssamtaler"}, "Ordet er for langt til et felt"),
        ({"kort": ""}, "Skriv også et kort navn"),
        ({"tekst": ""}, "Skriv også sætningen"),
        ({"tekst": "Ring til 010190-1234 om det"}, "CPR"),
        ({"tekst": "x" * 241}, "Skriv højst 240 tegn"),
        ({"kode": "no_findes_ikke"}, "ændret et andet sted"),
        ({"som": "noget_andet"}, "Vælg en af mulighederne"),
    ],
)
def test_what_is_refused_in_a_draft_is_not_lost(
    sqlite_app: Flask, sqlite_world: World, palle: Browser, typed: dict[str, str], words: str
) -> None:
    with sqlite_app.app_context():
        row_id = copied(sqlite_world, "metode", METODE).id
        db.session.commit()
    address = f"/katalog/egne/indhold/{row_id}/ret"
    page = palle.get(address).get_data(as_text=True)
    row = index_of(page, KODE)
    sent = {f"kendetegn-{row}-{name}": value for name, value in typed.items()}
    answer = palle.send(address, **{**fields(page), "navn": "Halvt skrevet", **sent, "handling": "gem"})
    assert answer.status_code == 422
    back = answer.get_data(as_text=True)
    assert words in back
    assert 'value="Halvt skrevet"' in back
    assert stored(sqlite_app, "metode")["navn"] == load_katalog().metode(METODE).navn  # type: ignore[union-attr]


def test_two_kendetegn_cannot_have_one_name(sqlite_app: Flask, sqlite_world: World, palle: Browser) -> None:
    with sqlite_app.app_context():
        row_id = copied(sqlite_world, "metode", METODE).id
        db.session.commit()
    address = f"/katalog/egne/indhold/{row_id}/ret"
    typed = fields(palle.get(address).get_data(as_text=True))
    answer = palle.send(address, **{**typed, "kendetegn-0-kort": "Ens", "kendetegn-1-kort": "ENS"})
    assert answer.status_code == 422
    assert "Et andet kendetegn hedder det samme" in answer.get_data(as_text=True)


def test_a_skabelon_is_written_in_the_browser(sqlite_app: Flask, sqlite_world: World, palle: Browser) -> None:
    house = sqlite_world.organisations["jobcenter"]
    to = palle.send(f"/katalog/egne/{house}/kopier", slags="skabelon", key="cabi_9_trin").location
    page = palle.get(to).get_data(as_text=True)
    koder = fields(page)["kendetegn"]
    assert 'name="nyt"' not in page, "twelve are what a screen holds"
    full = palle.send(to, **{**fields(page), "handling": "tilfoej", "nyt": "no_gentager"})
    assert full.status_code == 422
    assert "Fjern et først" in full.get_data(as_text=True)
    palle.send(to, **{**fields(page), "handling": f"fjern:{koder[0]}"})
    page = palle.get(to).get_data(as_text=True)
    unknown = palle.send(to, **{**fields(page), "handling": "tilfoej", "nyt": "findes_ikke"})
    assert "Vælg et kendetegn i listen" in unknown.get_data(as_text=True)
    palle.send(to, **{**fields(page), "handling": "tilfoej", "nyt": "no_gentager"})
    page = palle.get(to).get_data(as_text=True)
    palle.send(to, **{**fields(page), "handling": "op:no_gentager"})
    raw = stored(sqlite_app, "skabelon")
    assert raw["kendetegn"] == [*koder[1:11], "no_gentager", koder[11]]
    assert "noegleord" in raw["metoder"]
    page = palle.get(to).get_data(as_text=True)
    word = {name: value for name, value in fields(page).items() if value == ["borger"]}
    place = next(name for name in word if name.endswith("-kode")).replace("-kode", "-ord")
    long = palle.send(to, **{**fields(page), place: "Virksomhedskonsulenterne", "handling": "gem"})
    assert long.status_code == 422
    assert "Ordet er for langt" in long.get_data(as_text=True)
    answer = palle.send(to, **{**fields(page), place: "Kunde", "navn": "Vores ni trin", "handling": "gem"})
    page = palle.get(answer.location).get_data(as_text=True)
    assert "Hedder nu »Vores ni trin«" in page
    assert "Medarbejder, Kunde" in page
    refused = palle.send(f"{answer.location}/udgiv", aendret="")
    assert refused.status_code == 422
    assert "hvad der er nyt" in refused.get_data(as_text=True)
    palle.send(f"{answer.location}/udgiv", aendret="Vores ord")
    assert "Vores ni trin" in palle.get("/skabeloner").get_data(as_text=True)
    with sqlite_app.app_context():
        key = db.session.query(EgetIndhold).one().key
        db.session.remove()
    assert "Ret den i Vores egne" in palle.get(f"/skabeloner/{key}").get_data(as_text=True)
    assert "Lav en kopi ved siden af" in palle.get(answer.location).get_data(as_text=True)
    second = palle.send(f"/katalog/egne/{house}/kopier", slags="skabelon", key=key).location
    beside = palle.get(second.removesuffix("/ret")).get_data(as_text=True)
    assert "Vores ni trin – vores" in beside
    assert "Kopi af Vores ni trin" in beside


def test_retired_hidden_and_begun_anew(sqlite_app: Flask, sqlite_world: World, palle: Browser) -> None:
    house = sqlite_world.organisations["jobcenter"]
    with sqlite_app.app_context():
        row_id = published(sqlite_world, new_metode(sqlite_world))
        key = db.session.get_one(EgetIndhold, row_id).key
        db.session.commit()
    here = f"/katalog/egne/indhold/{row_id}"
    draft = palle.send(f"{here}/ny-kladde").location
    assert palle.send(f"{here}/ny-kladde").status_code == 422
    page = palle.get(f"/katalog/egne/{house}").get_data(as_text=True)
    assert "Ret kladden" in page
    assert palle.send(draft.removesuffix("/ret") + "/slet-kladde").status_code == 303
    palle.send(f"{here}/udgaa")
    assert "Udgået" in palle.get(here).get_data(as_text=True)
    assert "Vores kaffesnak" not in palle.get("/metoder").get_data(as_text=True)
    assert "I bruger den ikke" in palle.get(f"/metoder/{key}").get_data(as_text=True)
    palle.send(f"/katalog/egne/{house}/skjul", **COPY)
    assert "Vis igen" in palle.get(f"/katalog/egne/{house}").get_data(as_text=True)
    assert f"/metoder/{METODE}" not in palle.get("/metoder").get_data(as_text=True)
    palle.send(f"/katalog/egne/{house}/vis", **COPY)
    assert f"/metoder/{METODE}" in palle.get("/metoder").get_data(as_text=True)
    assert palle.get("/katalog/egne/kopier?slags=metode&key=findes_ikke").status_code == 404
    assert palle.get("/katalog/egne/kopier?slags=andet&key=noegleord").status_code == 404


def test_what_the_product_has_outgrown_is_left_out_and_told(
    sqlite_app: Flask, sqlite_world: World, palle: Browser
) -> None:
    house = sqlite_world.organisations["jobcenter"]
    with sqlite_app.app_context():
        for slags, key, change in (
            ("metode", METODE, {"kobler_til": ["en_metode_der_er_vaek"]}),
            ("metode", "spejling", {"belaeg": "et_gammelt_ord"}),
            ("skabelon", "cabi_9_trin", {"navn": "Vores ni trin", "gm_variant": "gm_vaek"}),
        ):
            row = copied(sqlite_world, slags, key)
            published(sqlite_world, row)
            row.indhold = {**row.indhold, **change}
        db.session.commit()
        db.session.remove()
    page = palle.get(f"/katalog/egne/{house}").get_data(as_text=True)
    assert page.count("bliver ikke tilbudt længere") == 3
    assert "»en_metode_der_er_vaek« findes ikke" in page
    assert "Vores ni trin" not in palle.get("/skabeloner").get_data(as_text=True)
    assert "vores egne ord" not in palle.get("/metoder").get_data(as_text=True), "the originals instead"


def test_a_supervisor_with_the_right_sees_the_one_organisation(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    jobcenter = sqlite_world.organisations["jobcenter"]
    with sqlite_app.app_context():
        row_id = copied(sqlite_world, "metode", METODE).id
        other = copied(sqlite_world, "metode", METODE, "a_kasse").id
        role = db.session.query(Rolletildeling).filter_by(person_id=sqlite_world.supervisor).one()
        role.retter_katalog = True
        db.session.commit()
    inger = Browser.signed_in(sqlite_app, sqlite_world.supervisor)
    assert inger.get("/katalog/egne").location == f"/katalog/egne/{jobcenter}"
    assert inger.get(f"/katalog/egne/indhold/{row_id}").status_code == 200
    assert inger.get(f"/katalog/egne/indhold/{other}").status_code == 404
    assert inger.send(f"/katalog/egne/indhold/{other}/udgiv", aendret="x").status_code == 404
    assert inger.get(f"/katalog/egne/{sqlite_world.organisations['a_kasse']}").status_code == 404
    for who in ("mette", "leder", "anden_supervisor"):
        browser = Browser.signed_in(sqlite_app, sqlite_world.people[who])
        assert browser.get("/katalog/egne").status_code == 404
        assert browser.send(f"/katalog/egne/indhold/{row_id}/udgiv", aendret="x").status_code == 404
        assert "Lav jeres egen udgave" not in browser.get(f"/metoder/{METODE}").get_data(as_text=True)
