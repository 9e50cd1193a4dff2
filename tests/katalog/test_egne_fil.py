"""Own content carried from one organisation to another as a file: whole, once, and told what is wrong."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from egne import copied, editor, house, new_metode, published, renamed
from flask import Flask
from people import World
from web import Browser

from supervision.db import db
from supervision.katalog import actions, queries
from supervision.katalog.formats.egne_fil import FilProblem, read_file, write_file
from supervision.katalog.models import EgetIndhold

DAG = date(2027, 3, 2)
EGEN = "egen_0000000a"


def make_content(world: World) -> str:
    """A copied method in other words, a new one, and a skabelon that has a tile of it; the file of all three."""
    copy = copied(world, "metode", "noegleord")
    actions.save_kladde(copy, by=editor(world), indhold=renamed(copy, "no_spoerger", kort="Griber ordet"))
    published(world, copy)
    published(world, new_metode(world))
    skabelon = copied(world, "skabelon", "cabi_9_trin", navn="Vores ni trin")
    raw = {**skabelon.indhold, "kendetegn": [*skabelon.indhold["kendetegn"][:5], EGEN]}
    actions.save_kladde(skabelon, by=editor(world), indhold=raw)
    published(world, skabelon)
    return write_file("Jobcenter Testby", DAG, queries.list_for_file(house(world)))


def test_what_one_organisation_made_another_gets_as_drafts(context: Flask, world: World) -> None:
    file, kasse = make_content(world), house(world, "a_kasse")
    hentet = actions.import_egne(kasse, by=editor(world), raw=file.encode())
    assert {row.tilstand for row in hentet.nye} == {"kladde"}
    assert len(hentet.nye) == 3
    again = actions.import_egne(kasse, by=editor(world), raw=file.encode())
    assert (again.nye, len(again.ens), again.optaget) == ((), 3, ())
    rows = {row.indhold["navn"]: row for row in hentet.nye}
    with pytest.raises(Exception, match="Udgiv først metoden »Vores kaffesnak«"):
        published(world, rows["Vores ni trin"])  # its method first
    for navn in ("Vores kaffesnak", "Nøgleord", "Vores ni trin"):
        published(world, rows[navn])
    own = queries.katalog_for(kasse)
    assert own.navn("no_spoerger") == "Griber ordet"
    assert own.kendetegn(EGEN).metode == queries.katalog_for(house(world)).kendetegn(EGEN).metode  # type: ignore[union-attr]
    assert EGEN in own.palet(own.skabeloner[[s.navn for s in own.skabeloner].index("Vores ni trin")])
    assert rows["Nøgleord"].fra_key == "noegleord"
    assert rows["Vores ni trin"].fra_key == "cabi_9_trin"


def test_what_is_here_in_other_words_becomes_the_next_draft(context: Flask, world: World) -> None:
    file = make_content(world).replace("Griber ordet", "Tager ordet op").encode()
    first = actions.import_egne(house(world), by=editor(world), raw=file)
    assert [(row.key, row.version) for row in first.nye] == [("noegleord", 2)]
    other = file.replace(b"Tager ordet op", "Løfter ordet".encode())
    second = actions.import_egne(house(world), by=editor(world), raw=other)
    assert second.nye == ()
    assert second.optaget == ("Nøgleord",), "somebody is writing"
    assert db.session.query(EgetIndhold).filter_by(tilstand="kladde").count() == 1


def test_a_file_of_what_was_chosen_brings_the_methods_it_needs(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    with sqlite_app.app_context():
        make_content(sqlite_world)
        skabelon = db.session.query(EgetIndhold).filter_by(slags="skabelon").one()
        chosen = queries.list_for_file(house(sqlite_world), [str(skabelon.id)])
        assert {one["slags"] for one in chosen} == {"skabelon", "metode"}
        assert any(EGEN in json.dumps(one["indhold"]) for one in chosen if one["slags"] == "metode")
        only = db.session.query(EgetIndhold).filter_by(key="noegleord").one()
        assert [one["key"] for one in queries.list_for_file(house(sqlite_world), [str(only.id)])] == [
            "noegleord"
        ]


def broken(change: Callable[[dict[str, Any]], None]) -> Callable[[str], str]:
    """The file with something changed in it."""

    def act(file: str) -> str:
        raw = json.loads(file)
        change(raw)
        return json.dumps(raw, ensure_ascii=False, indent=2)

    return act


def ting(raw: dict[str, Any], key: str, slags: str = "metode") -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for one in raw["indhold"] if one["slags"] == slags and one["key"].startswith(key)
    )
    return found


def first_tegn(raw: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ting(raw, "noegleord")["indhold"]["kendetegn"][0]
    return found


WRONG = {
    "not text": (lambda file: "\udcff" + file, "kan ikke læses"),
    "not JSON": (lambda file: file.replace('"indhold": [', '"indhold": [,', 1), "Linje 6"),
    "another format": (broken(lambda raw: raw.update(format="noget andet")), "ikke en fil med egne"),
    "another version": (broken(lambda raw: raw.update(version=2)), "kan læse udgave 1"),
    "an unknown field": (broken(lambda raw: raw.update(borger="x")), "»borger« kendes ikke"),
    "a field twice": (lambda file: file.replace('"fra":', '"fra": "x",\n  "fra":', 1), "»fra« står to gange"),
    "a number no number": (lambda file: file.replace('"version": 1', '"version": 1' + "0" * 5000, 1), "ikke kan læses"),
    "too deep": (lambda file: '{"a":' * 100_000 + "1" + "}" * 100_000, "ikke gemt herfra"),
    "a thing twice": (broken(lambda raw: raw["indhold"].append(raw["indhold"][0])), "to gange i filen"),
    "too long a name": (broken(lambda raw: first_tegn(raw).update(kort="Et navn på over toogtyve")), "Linje"),
    "too long a sentence": (broken(lambda raw: first_tegn(raw).update(tekst="x" * 241)), "»tekst« er for lang"),
    "a CPR number": (broken(lambda raw: first_tegn(raw).update(tekst="Ring til 010190-1234")), "CPR"),
    "a hidden sign": (broken(lambda raw: first_tegn(raw).update(tekst="nul\x00")), "et tegn, som ikke kan bruges"),
    "half a sign": (lambda file: file.replace("Griber ordet", "\\ud800"), "et tegn, som ikke kan bruges"),
    "another's kode": (broken(lambda raw: first_tegn(raw).update(kode="sp_gengiver")), "ikke en af originalens"),
    "a free kode": (broken(lambda raw: first_tegn(raw).update(kode="hejsa")), "begynder ikke med »egen_«"),
    "a missing field": (broken(lambda raw: first_tegn(raw).pop("tekst")), "feltet »tekst« mangler"),
    "a list no list": (broken(lambda raw: ting(raw, "noegleord")["indhold"].update(trin="Et")), "skal være en liste"),
    "a foreign skabelon key": (
        broken(lambda raw: ting(raw, "egen", "skabelon").update(key="cabi_9_trin")),
        "begynder ikke med »egen_«",
    ),
    "a tile without its method": (
        broken(lambda raw: raw["indhold"].remove(ting(raw, "egen", "metode"))),
        "findes ikke",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_file_with_a_fault_is_refused_whole(sqlite_app: Flask, sqlite_world: World, case: str) -> None:
    change, reason = WRONG[case]
    with sqlite_app.app_context():
        file = change(make_content(sqlite_world))
        db.session.commit()
        before = db.session.query(EgetIndhold).count()
        kasse = house(sqlite_world, "a_kasse")
        with pytest.raises(FilProblem) as caught:
            actions.import_egne(kasse, by=editor(sqlite_world), raw=file.encode("utf-8", "surrogatepass"))
        assert reason.casefold() in caught.value.text.casefold()
        assert db.session.query(EgetIndhold).count() == before


def test_a_fault_is_told_with_its_line(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        file = make_content(sqlite_world).replace("Griber ordet", "Et navn, som er alt for langt")
    with pytest.raises(FilProblem) as caught:
        read_file(file.encode(), DAG)
    line = file.splitlines()[(caught.value.linje or 0) - 1]
    assert '"no_spoerger"' in line
    assert caught.value.text.startswith(f"Linje {caught.value.linje}: »no_spoerger«")
    with pytest.raises(FilProblem, match="1 MB"):
        read_file(b" " * 1_000_001, DAG)


def test_saved_and_fetched_in_the_browser(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        make_content(sqlite_world)
        db.session.commit()
        db.session.remove()
    here, there = (sqlite_world.organisations[key] for key in ("jobcenter", "a_kasse"))
    palle = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    assert "Vores ni trin" in palle.get(f"/katalog/egne/{here}/fil").get_data(as_text=True)
    answer = palle.get(f"/katalog/egne/{here}/fil/hent")
    assert "attachment" in answer.headers["Content-Disposition"]
    token = palle.token()

    def send(raw: bytes) -> Any:
        data = {"csrf_token": token, "fil": (io.BytesIO(raw), "egne.json")}
        return palle.post(f"/katalog/egne/{there}/hent", data=data, content_type="multipart/form-data")

    wrong = send(answer.data.replace(b'"Griber ordet"', b"1"))
    assert wrong.status_code == 422
    assert "Linje" in wrong.get_data(as_text=True)
    assert palle.send(f"/katalog/egne/{there}/hent").status_code == 422, "no file at all"
    page = palle.get(send(answer.data).location).get_data(as_text=True)
    assert "Hentet som kladder: " in page
    assert page.count("Ret kladden") == 3
    again = palle.get(send(answer.data).location).get_data(as_text=True)
    assert "Dem har I i forvejen" in again
    assert again.count("Ret kladden") == 3
