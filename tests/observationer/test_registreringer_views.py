"""The pages of what was used: choosing, noting, bad input answered at the field, and what each of the two sees."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from made_up_logs import MINUTE, log
from observed import observe
from people import World
from web import Browser

from supervision.db import db
from supervision.observationer.models import Observation, Registrering

LOG = log(
    (0, "ur", "start"),
    (MINUTE, "emne", "1"),
    (5 * MINUTE, "emne", "2"),
    (20 * MINUTE, "ur", "slut"),
)


def words(answer: Any) -> str:
    source = answer.get_data(as_text=True).partition("<main")[2]
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", source, flags=re.S).replace("\xad", "").split())


class Noting:
    """Jonas, who observed Mette, notes what was used."""

    def __init__(
        self, app: Flask, world: World, browser: Browser, type_: str = "individuel", **how: Any
    ) -> None:
        self.app, self.browser = app, browser
        with app.app_context():
            self.id = observe(world, LOG, **how)
            row = db.session.get_one(Observation, self.id)
            assert row.kontrakt is not None
            row.kontrakt.samtale.type = type_
            db.session.commit()
            db.session.remove()

    def url(self, rest: str = "") -> str:
        return f"/observationer/{self.id}{rest}"

    def send(self, art: str, **fields: Any) -> Any:
        return self.browser.send(self.url(f"/brugt/{art}"), **{"ny_id": str(uuid4()), **fields})

    def stored(self) -> list[tuple[str, Any, int | None]]:
        with self.app.app_context():
            rows = db.session.query(Registrering).order_by(Registrering.slags, Registrering.nr)
            found = [(row.slags, row.data, row.t_ms) for row in rows]
            db.session.remove()
        return found

    def id_of(self, slags: str) -> UUID:
        with self.app.app_context():
            found = db.session.query(Registrering.id).filter_by(slags=slags).scalar()
            db.session.remove()
        assert isinstance(found, UUID)
        return found

    def hand_over(self) -> None:
        with self.app.app_context():
            row = db.session.get_one(Observation, self.id)
            row.overdraget_at = row.afsluttet_at
            db.session.commit()
            db.session.remove()


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The actions have their own tests on both engines."""
    return sqlite_app


@pytest.fixture
def noting(app: Flask, world: World, browser_for: Any) -> Noting:
    return Noting(app, world, browser_for(world.jonas))


def test_from_the_timeline_to_what_is_noted_and_back(noting: Noting, world: World, browser_for: Any) -> None:
    page = noting.browser.get(noting.url())
    assert f'href="{noting.url("/brugt")}"' in page.get_data(as_text=True)
    overview = noting.browser.get(noting.url("/brugt"))
    assert "Passer til jeres samtale Du vælger fra lister" in words(overview)
    hrefs = re.findall(rf'href="({re.escape(noting.url("/brugt/"))}[^"]+)"', overview.get_data(as_text=True))
    assert len(hrefs) == len(set(hrefs)) >= 14
    for href in hrefs:
        assert noting.browser.get(href).status_code == 200, href
    answer = noting.send("skala", interval="1-10", vaerdi="4", om="tro", grunde="ja", naeste="", tid="12.41")
    assert (answer.status_code, answer.location) == (303, noting.url("/brugt"))
    assert noting.stored() == [
        ("skala", {"interval": "1-10", "vaerdi": 4, "om": "tro", "grunde": "ja"}, 761_000)
    ]
    assert "Noteret" in words(noting.browser.get(noting.url("/brugt")))
    seen = words(noting.browser.get(noting.url()))
    assert "Skala 1–10: troen på, at det kan lykkes ved 12.41" in seen
    assert "Tallet var 4. Der blev spurgt til grundene til tallet." in seen
    noting.hand_over()
    mette = browser_for(world.mette)
    theirs = words(mette.get(noting.url()))
    assert "Tallet var 4." in theirs
    assert "Notér" not in theirs
    for rest in ("/brugt", "/brugt/skala"):
        assert mette.get(noting.url(rest)).status_code == 404


def test_changing_and_removing(noting: Noting) -> None:
    noting.send("aftale", talt_om=["S", "M"], ogsaa=["relevant"], tid="1.00")
    url = f"/registreringer/{noting.id_of('aftale')}"
    source = noting.browser.get(url).get_data(as_text=True)
    checked = re.findall(r'<input[^>]*checked[^>]*value="(\w*)"', source)
    assert checked == ["S", "M", "relevant", ""]
    assert 'value="1.00"' in source
    assert noting.browser.send(url, ny_id=str(uuid4()), talt_om=["T"]).status_code == 303
    assert noting.stored() == [("aftale", {"talt_om": ["T"], "smart_a": "attraktiv"}, None)]
    answer = noting.browser.send(url, ny_id=str(uuid4()), talt_om=["T"], tid="25.00")
    assert answer.status_code == 422
    assert "Samtalen varede 20.00. Skriv en tid, der ligger i den." in words(answer)
    assert noting.browser.send(f"{url}/fjern").location == noting.url("/brugt")
    assert noting.stored() == []
    assert noting.browser.get(url).status_code == 404


@pytest.mark.parametrize(
    ("art", "fields", "said", "kept"),
    [
        ("skala", {"interval": "1-10", "vaerdi": "fire", "om": "tro"}, "Skriv et helt tal.", 'value="fire"'),
        ("skala", {"interval": "1-5", "vaerdi": "7", "om": "tro"}, "Skalaen gik fra 1 til 5.", 'value="7"'),
        ("skala", {"interval": "1-10", "vaerdi": "4.5", "om": "tro"}, "Skriv et helt tal.", 'value="4.5"'),
        ("skala", {"vaerdi": "4"}, "ved »Hvad handlede tallet om«.", 'value="4"'),
        ("skala", {"interval": "1-10", "vaerdi": "4", "om": "Karen"}, "ved »Hvad handlede tallet om«.", 'value="4"'),
        ("skala", {"interval": "1-10", "vaerdi": "4", "om": "tro", "tid": "tolv"}, "Skriv minutter", 'value="tolv"'),
        ("skala", {"interval": "1-10", "vaerdi": "4", "om": "tro", "ny_id": "x"}, "Siden var for gammel", ""),
        ("aftale", {"talt_om": ["S", "Karen"]}, "Vælg blandt mulighederne.",
         'checked class="form-checkbox" id="talt_om-0"'),
        ("aftale", {}, "Sæt mindst ét kryds.", ""),
        ("motivation", {}, "Skriv mindst ét tal.", ""),
        ("motivation", {"tro_foer": "0"}, "Skriv et helt tal fra 1 til 10.", 'value="0"'),
        ("plus_minus", {"variant": "en", "plus_2": "3"}, "Der var én liste.", 'value="3"'),
        ("samtaleskema", {"omraader": "sociale", "faglige_nu": "3"}, "Sæt kryds ved faglige", 'value="3"'),
        ("emner", {"maal_3": "jobmaal"}, "Vælg mindst ét sted.", ""),
        ("redskab?variant=bala", {"dele": ["9"]}, "Vælg blandt mulighederne.", ""),
    ],
)  # fmt: skip
def test_bad_input_is_answered_at_its_field(
    noting: Noting, art: str, fields: dict[str, Any], said: str, kept: str
) -> None:
    answer = noting.send(art, **fields)
    assert answer.status_code == 422
    source = answer.get_data(as_text=True)
    assert said in words(answer)
    assert "Det her skal rettes, før det kan noteres" in source
    assert kept in source
    assert "Karen" not in source
    assert noting.stored() == []


def test_a_foreign_field_is_not_stored(noting: Noting) -> None:
    noting.send("stadie", stadie="overvejelse", note="Karen fra Hobro", privat="")
    assert noting.stored() == [("stadie", {"stadie": "overvejelse"}, None)]
    for art in ("relationel", "karakter", "redskab", "redskab?variant=abc", "redskab?variant=x"):
        assert noting.send(art).status_code == 404, art
    for art in ("relationel", "karakter"):
        assert noting.browser.get(noting.url(f"/brugt/{art}")).status_code == 404


def test_variants_of_a_form(noting: Noting) -> None:
    assert "Vælg redskabet" in words(noting.browser.get(noting.url("/brugt/redskab?variant=x")))
    bala = noting.browser.get(noting.url("/brugt/redskab?variant=bala"))
    assert "Accept af løsningen" in words(bala)
    noting.send("redskab?variant=bala", dele=["1", "2"], udfyldt="2", pen="medarbejder", synligt="ja")
    assert "Autonomi" not in words(noting.browser.get(noting.url("/brugt/mi_aand")))
    noting.send("mi_aand?variant=tre", autonomi="hoert")
    own = noting.browser.get(noting.url("/brugt/mi_aand"))
    assert own.location == f"/registreringer/{noting.id_of('mi_aand')}", (
        "a log has one: it is opened to be changed"
    )
    assert "Autonomi" in words(noting.browser.get(own.location))
    assert "Omsorg" in words(noting.browser.get(f"{own.location}?variant=fire"))
    assert "1 Fokusér" not in words(noting.browser.get(noting.url("/brugt/emner")))
    noting.send("emner?variant=pejlemaerker", maal_1="jobmaal", pm_2="4")
    assert "Emne 1 1.00–5.00" in words(noting.browser.get(f"/registreringer/{noting.id_of('emner')}"))
    assert noting.stored() == [
        ("emner", {"maal_1": "jobmaal", "pm_2": "4"}, None),
        ("mi_aand", {"autonomi": "hoert", "variant": "tre"}, None),
        ("redskab", {"redskab": "bala", "dele": ["1", "2"], "udfyldt": 2, "pen": "medarbejder", "synligt": "ja"}, None),
    ]  # fmt: skip


def test_the_private_are_told_apart_and_seen_by_nobody_else(
    noting: Noting, world: World, browser_for: Any
) -> None:
    noting.send("stadie", stadie="tilbagefald")
    assert "Kun du kan se det her" in words(noting.browser.get(noting.url("/brugt/mi_aand")))
    own = words(noting.browser.get(noting.url()))
    assert "Kun til dig" in own
    assert "Beder Mette om en fortolkning" in own
    noting.hand_over()
    assert "Tilbagefald" in words(noting.browser.get(noting.url()))
    for rest in ("", "/modeller"):
        assert "Tilbagefald" not in words(browser_for(world.mette).get(noting.url(rest)))


def test_the_models_show_the_time_of_the_emner(noting: Noting, world: World, browser_for: Any) -> None:
    assert "Emnernes tid" not in words(noting.browser.get(noting.url("/modeller")))
    noting.send("emner?variant=pejlemaerker", maal_1="sagsmaal", maal_2="jobmaal", hvis_1="borger", pm_1="2")
    noting.hand_over()
    mette = browser_for(world.mette)
    seen = words(mette.get(noting.url("/modeller")))
    for said in ("Jobmål 79 % · 15 min.", "Sagsmål 21 % · 4 min.", "Borgeren 21 %", "2 Motivér 21 %"):
        assert said in seen
    assert "Af tiden med et emne gik 79 % på jobmål og 21 % på sagsmål." in words(mette.get(noting.url()))


def test_too_early_and_too_late(app: Flask, world: World, browser_for: Any) -> None:
    jonas = browser_for(world.jonas)
    running = Noting(app, world, jonas, ended=False)
    with app.app_context():
        kontrakt_id = db.session.get_one(Observation, running.id).kontrakt_id
        db.session.remove()
    assert jonas.get(running.url("/brugt")).location == f"/optager/{kontrakt_id}"
    late = Noting(app, world, jonas)
    late.send("stadie", stadie="handling")
    noted = late.id_of("stadie")
    late.hand_over()
    timeline = late.url("#brugt")
    assert jonas.get(late.url("/brugt")).location == timeline
    assert jonas.get(f"/registreringer/{noted}").location == timeline
    for url, fields in (
        (late.url("/brugt/stadie"), {"stadie": "overvejelse"}),
        (f"/registreringer/{noted}", {"stadie": "overvejelse"}),
        (f"/registreringer/{noted}/fjern", {}),
    ):
        answer = jonas.send(url, ny_id=str(uuid4()), **fields)
        assert (answer.status_code, answer.location) == (303, timeline)
    assert "Feedbacken er sendt, så det, du noterede, ligger fast nu." in words(jonas.get(late.url()))
    assert late.stored() == [("stadie", {"stadie": "handling"}, None)]


def test_the_seven_elements(app: Flask, world: World, browser_for: Any) -> None:
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    noting = Noting(app, world, jonas, type_="faellessamtale")
    assert mette.get(noting.url("/samarbejde")).status_code == 404, "before it is handed over"
    noting.hand_over()
    assert "Se på jeres samarbejde" in words(mette.get(noting.url()))
    assert jonas.get(noting.url("/samarbejde")).status_code == 404
    url = noting.url("/samarbejde")
    assert "de andre i samtalen: Jonas" in words(mette.get(url))
    for wrong in ({}, {"maal": "10"}):
        answer = mette.send(url, ny_id=str(uuid4()), **wrong)
        assert answer.status_code == 422
    answer = mette.send(url, ny_id=str(uuid4()), maal="ja", viden="delvist")
    assert answer.location == noting.url("#brugt")
    assert "Kun du kan se det." in words(mette.get(noting.url()))
    assert "fælles viden" not in words(jonas.get(noting.url()))
    mette.send(f"{url}/vis", vis="ja")
    assert "Mette viser, hvordan samarbejdet så ud derfra" in words(jonas.get(noting.url()))
    mette.send(f"{url}/vis", vis="nej")
    assert "fælles viden" not in words(jonas.get(noting.url()))
    assert mette.send(f"{url}/fjern").status_code == 303
    assert mette.send(f"{url}/fjern").status_code == 404
    assert noting.stored() == []
    alone = Noting(app, world, jonas, handed_over=True)
    assert mette.get(alone.url("/samarbejde")).location == alone.url("#brugt")
    assert mette.send(alone.url("/samarbejde"), ny_id=str(uuid4()), maal="ja").status_code == 404


def test_tools_in_use(noting: Noting, world: World, browser_for: Any) -> None:
    noting.send("redskab?variant=efu")
    noting.send("aftale", talt_om=["S"])
    with noting.app.app_context():
        row = db.session.get_one(Observation, noting.id)
        assert row.kontrakt is not None
        row.kontrakt.samtale.forloeb_nr = 3
        db.session.commit()
        db.session.remove()
    noting.hand_over()
    mette = browser_for(world.mette)
    assert '"/observationer/redskaber"' in mette.get("/observationer").get_data(as_text=True)
    seen = words(mette.get("/observationer/redskaber"))
    assert "6. SMART-modellen 1 0" in seen
    assert "EFU 1 0" in seen
    assert "3. PROFIL 0 0" in seen
    assert "EFU 0 1" in words(noting.browser.get("/observationer/redskaber?nr=3"))
    assert "EFU 0 0" in words(mette.get("/observationer/redskaber?nr=8"))
    assert "EFU 1 0" in words(mette.get("/observationer/redskaber?nr=x"))
    assert "EFU 0 0" in words(browser_for(world.people["aase"]).get("/observationer/redskaber"))
