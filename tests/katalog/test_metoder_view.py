"""Finding a method, reading it and printing it, as a colleague meets it; nothing is stored, so one engine is enough."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from people import World
from web import Browser

from supervision.katalog.content import load_katalog

LINK = re.compile(r'<a class="metode-linje-navn" href="/metoder/(\w+)"')


@pytest.fixture
def mette(sqlite_app: Flask, sqlite_world: World) -> Browser:
    return Browser.signed_in(sqlite_app, sqlite_world.mette)


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def words(source: str) -> str:
    tree = html5lib.parse(source, namespaceHTMLElements=False)
    return " ".join("".join(tree.itertext()).replace("\u00ad", "").split())


def bare(browser: Browser, address: str) -> str:
    """The text of a page without the look at its markup, which other tests take: there are many of them."""
    source = FlaskClient.open(browser, address).get_data(as_text=True)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", source)).split())


def test_nobody_reads_it_without_signing_in(sqlite_app: Flask) -> None:
    nobody = Browser.signed_in(sqlite_app, None)
    for address in ("/metoder", "/metoder/noegleord", "/metoder/noegleord/kort", "/metoder/guide"):
        assert nobody.get(address).status_code == 302


def test_every_method_can_be_browsed_by_category(mette: Browser) -> None:
    source = page(mette, "/metoder")
    assert sorted(LINK.findall(source)) == sorted(metode.key for metode in load_katalog().metoder)
    assert "Motiverende 23 metoder" in words(source)
    assert '<a href="/metoder" aria-current="page">Metoder</a>' in source


def test_a_search_is_an_address_that_says_what_it_read_and_why_they_stand_so(mette: Browser) -> None:
    source = page(mette, "/metoder?soeg=noglord")
    assert LINK.findall(source)[0] == "noegleord"
    said = words(source)
    assert "3 metoder" in said
    assert "»noglord« er læst som »nøgleord«." in said
    assert "Kendetegn: Nøgleord til noten · Nyt ord fra svaret" in said
    assert "Alle ordene skal stå et sted i metoden." in said
    assert 'value="noglord"' in source


def test_the_choices_show_their_numbers_and_keep_each_other(mette: Browser) -> None:
    source = page(mette, "/metoder?kategori=undersoegende&hvem=borger&kilde=cabi")
    found = LINK.findall(source)
    assert 0 < len(found) < 19
    assert f'<option selected value="cabi">Cabi: Jobfokus i samtaler ({len(found)})</option>' in source
    assert f"{len(found)} metoder" in words(source)
    everything = page(mette, "/metoder?kategori=sjov&hvem=alle&kilde=0")
    assert len(LINK.findall(everything)) == 117, "a word in no list is no choice"


@pytest.mark.parametrize(
    ("address", "tries"),
    [
        (
            "/metoder?soeg=rådighedssamtale+modstand",
            ["?soeg=modstand", "?soeg=samtale", "»rådighedssamtale« står ingen"],
        ),
        ("/metoder?soeg=karl+tomm&kategori=laering", ["?soeg=karl+tomm", "Der er én metode med ordene"]),
        ("/metoder?kategori=vaerdigrundlag&hvem=kollega", ["Se alle metoder efter kategori"]),
    ],
)
def test_nothing_found_says_what_to_try(mette: Browser, address: str, tries: list[str]) -> None:
    source = page(mette, address)
    assert LINK.findall(source) == []
    assert "Ingen metoder" in words(source)
    for attempt in tries:
        assert attempt in source or attempt in words(source)


def test_what_is_chosen_for_the_guide_stays_chosen_from_search_to_search(mette: Browser) -> None:
    source = page(mette, "/metoder?soeg=modstand&metode=smart&metode=spejling&metode=findes_ikke")
    chosen = re.findall(r'name="metode" value="(\w+)" id="[^"]+" checked', source)
    assert sorted(chosen) == ["smart", "spejling"]
    assert "SMART (valgt før)" in words(source)
    assert 'formaction="/metoder/guide"' in source
    again = re.search(r'<a href="([^"]+)">Vis alle igen</a>', source)
    assert again is not None
    assert parse_qs(urlsplit(again[1].replace("&amp;", "&")).query)["metode"] == ["smart", "spejling"]


def test_every_method_has_its_page_and_its_card(mette: Browser) -> None:
    katalog = load_katalog()
    for metode in katalog.metoder:
        said, card = (bare(mette, f"/metoder/{metode.key}{part}") for part in ("", "/kort"))
        indhold = katalog.indhold(metode)
        for text in (*indhold.trin, *indhold.faldgruber, *(tegn.tekst for tegn in indhold.kendetegn)):
            assert text in said, (metode.key, text)
            assert text in card, (metode.key, text)
        for kilde in metode.kilder:
            assert kilde.navn in said
            assert kilde.sted in said


def test_a_page_says_where_the_method_comes_from_and_what_belongs_with_it(mette: Browser) -> None:
    said = words(page(mette, "/metoder/livshjul"))
    assert "Kilden nævner kun navnet." in said
    assert "Teksten er udgave 2 fra 22. november 2026." in said
    source = page(mette, "/metoder/noegleord")
    assert 'href="/metoder/pejlemaerker"' in source, "a relative that names it"
    assert "Frederikshavn – borger" in words(source), "a skabelon that has it"
    alias = page(mette, "/metoder/r_abc")
    assert 'de samme som for <a href="/metoder/abc_jobplan">ABC-jobplan</a>' in alias
    assert "Redskab 5 i Redskabskataloget" in alias


@pytest.mark.parametrize(
    ("metode", "offered"),
    [("noegleord", True), ("r_abc", True), ("feedback_giv", True), ("karl_tomm", False)],
)
def test_only_what_can_be_ticked_is_offered_for_a_kontrakt(
    mette: Browser, metode: str, offered: bool
) -> None:
    source = page(mette, f"/metoder/{metode}")
    assert ("Brug i min næste kontrakt" in source) is offered
    assert (f"?metode={metode}" in source) is offered or not offered


def test_whoever_only_runs_the_system_reads_but_makes_no_kontrakt(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    source = page(Browser.signed_in(sqlite_app, sqlite_world.administrator), "/metoder/noegleord")
    assert "Gentager et ord præcis" in source
    assert "Brug i min næste kontrakt" not in source


@pytest.mark.parametrize(
    "address", ["/metoder/findes_ikke", "/metoder/findes_ikke/kort", "/metoder/Noegleord"]
)
def test_an_unknown_method_is_not_found(mette: Browser, address: str) -> None:
    assert mette.get(address).status_code == 404


def test_the_guide_holds_the_chosen_in_their_order_under_their_title(mette: Browser) -> None:
    source = page(
        mette, "/metoder/guide?metode=smart&metode=noegleord&metode=x&metode=smart&titel=Team+Nord,+runde+2"
    )
    assert re.findall(r'<section class="guide-metode">\s*<h2>([^<]+)</h2>', source) == ["SMART", "Nøgleord"]
    said = words(source)
    assert "Team Nord, runde 2" in said
    assert "Gentager et ord præcis, som det blev sagt" in said
    assert "Skriv intet, der kan genkende borgeren eller virksomheden." in said


def test_the_order_of_the_guide_is_changed_by_addresses(mette: Browser) -> None:
    source = page(mette, "/metoder/guide?metode=smart&metode=noegleord&metode=ugu&titel=Nord")
    down = _way(source, "Ned", "SMART")
    assert down["metode"] == ["noegleord", "smart", "ugu"]
    assert down["titel"] == ["Nord"]
    assert _way(source, "Op", "UGU")["metode"] == ["smart", "ugu", "noegleord"]
    assert _way(source, "Fjern", "Nøgleord")["metode"] == ["smart", "ugu"]
    assert "Op<span" not in source.split("Nøgleord</span>")[0].split('id="raekkefoelge"')[1], (
        "the first cannot rise"
    )


def test_an_empty_guide_says_how_to_begin(mette: Browser) -> None:
    said = words(page(mette, "/metoder/guide?metode=findes_ikke"))
    assert "Guiden er tom" in said
    assert "Find metoder" in said


def _way(source: str, word: str, metode: str) -> Any:
    found = re.search(rf'<a href="([^"]+)">{word}<span class="sr-only">[^<]*{metode}', source)
    assert found is not None
    return parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)
