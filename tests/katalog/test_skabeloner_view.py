"""The skabeloner to read, and the guard on what is published."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from people import make_world
from web import Browser

from supervision.aftaler.rules import SAMTALE_TYPER
from supervision.db import db
from supervision.katalog import rules
from supervision.katalog.content import ContentProblem, load_katalog, read_katalog


@pytest.fixture
def mette(sqlite_app: Flask) -> Browser:
    with sqlite_app.app_context():
        world = make_world()
        db.session.commit()
        db.session.remove()
    return Browser.signed_in(sqlite_app, world.mette)


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return unescape(" ".join(answer.get_data(as_text=True).split()))


def test_they_are_reached_from_metoder_and_each_says_what_it_holds(mette: Browser) -> None:
    assert 'href="/skabeloner"' in page(mette, "/metoder")
    overview = page(mette, "/skabeloner")
    katalog = load_katalog()
    for skabelon in katalog.skabeloner:
        assert f'href="/skabeloner/{skabelon.key}"' in overview
        said = page(mette, f"/skabeloner/{skabelon.key}")
        assert f'href="/kontrakter/ny?skabelon={skabelon.key}"' in said
        for kode in skabelon.kendetegn:
            tegn = katalog.kendetegn(kode)
            assert tegn
            assert tegn.tekst in said
            assert f'href="/metoder/{tegn.metode}"' in said
        variant = katalog.gm_variant(skabelon.gm_variant)
        assert variant
        for fase in variant.in_words(skabelon.ord).faser:
            assert f"<dt>{fase.navn}</dt>" in said
            assert all(element.navn in said for element in fase.elementer)
    assert mette.get("/skabeloner/findes_ikke").status_code == 404


def test_an_unknown_version_is_the_newest(mette: Browser) -> None:
    for version in ("99", "to", "-1"):
        assert "Brug i en ny kontrakt" in page(mette, f"/skabeloner/cabi_9_trin?udgave={version}")


def test_a_skabelon_says_how_the_plans_of_an_abc_jobplan_are_worked_with(mette: Browser) -> None:
    katalog = load_katalog()
    said = {skabelon.key: skabelon.abc for skabelon in katalog.skabeloner if skabelon.abc}
    assert said == {
        "cabi_9_trin": "sekventiel",
        "jobrettede_modul_2": "skiftende",
        "cv_samtale": "samtidig",
        "redskab_i_brug": "samtidig",
    }
    for key, abc in said.items():
        skabelon = katalog.skabelon(key)
        assert skabelon
        assert {"abc_jobplan", "r_abc"} & set(skabelon.metoder)
        now, first = page(mette, f"/skabeloner/{key}"), page(mette, f"/skabeloner/{key}?udgave=1")
        assert f"<h2>ABC-jobplan</h2> <p>{rules.ABC_VAEGT[abc]}</p>" in now
        assert "<h2>ABC-jobplan</h2>" not in first, "a published version stands as it was"
        assert f"ABC-jobplanen: {rules.ABC_VAEGT[abc]}" in now, "and what the new one changed is said"
        assert katalog.versioner_af(key)[0][1]


def test_every_type_of_samtale_has_a_skabelon() -> None:
    fits = {slags for skabelon in load_katalog().skabeloner for slags in skabelon.passer_til}
    assert fits == set(SAMTALE_TYPER) == set(rules.SAMTALETYPER)


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "reason"),
    [
        ("skabeloner", "[kc_loop, ba_hv,", "[ba_hv, kc_loop,", "frederikshavn_virksomhed", "skriv udgave 2"),
        (
            "skabeloner",
            'tredje: "Virksomhed"',
            'tredje: "Firma"',
            "frederikshavn_virksomhed",
            "skriv udgave 2",
        ),
        ("gamemaster", 'kort: "Genforhandling"', 'kort: "Om igen"', "gm_frederikshavn", "må ikke ændres"),
        ("skabeloner", "- version: 1", "- version: 2", "frederikshavn_borger", "her skal stå 1"),
        (
            "skabeloner",
            "ord:\n          tredje:",
            "ord:\n          chef:",
            "frederikshavn_virksomhed",
            "»chef«",
        ),
        ("skabeloner", "[gm_frederikshavn, ugu,", "[gm_frederikshavn, ug,", "frederikshavn_borger", "»ug«"),
        ("skabeloner", "abc: sekventiel", "abc: skiftende", "cabi_9_trin", "skriv udgave 3"),
        ("skabeloner", "abc: sekventiel", "abc: bagefter", "cabi_9_trin", "»bagefter«"),
        ("skabeloner", "passer_til: [oevelse]", "passer_til: [leg]", "oevelse_rollespil", "»leg«"),
    ],
)
def test_a_published_version_does_not_change(
    folder: Path, file: str, old: str, new: str, entry: str, reason: str
) -> None:
    path = folder / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentProblem) as caught:
        read_katalog(folder)
    assert (caught.value.file, caught.value.entry) == (f"{file}.yaml", entry)
    assert reason in caught.value.reason
