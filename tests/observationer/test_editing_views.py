"""The page that mends a timeline: its list, its small forms without JavaScript, and what it says when it is wrong."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from made_up_logs import MINUTE
from observed import from_file, observe
from people import World
from test_editing import BACK, END, START, TICK, events
from web import Browser

from supervision.db import db
from supervision.observationer import measures
from supervision.observationer.forms import read_clock
from supervision.observationer.models import Observation
from supervision.observationer.queries import list_haendelser
from supervision.observationer.timeline import edits

on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
"""For what is the same on both engines; the actions have their own tests."""


class Page:
    """The page of jonas' own log."""

    def __init__(self, app: Flask, world: World, browser: Browser, **how: Any) -> None:
        self.app, self.browser = app, browser
        with app.app_context():
            self.id = observe(world, events(), **how)
            db.session.remove()

    def url(self, rest: str = "ret") -> str:
        return f"/observationer/{self.id}/{rest}"

    def text(self, query: str = "") -> str:
        answer = self.browser.get(self.url() + query)
        assert answer.status_code == 200, answer.status
        return words(answer)

    def standing(self, spor: str) -> list[tuple[int, str]]:
        with self.app.app_context():
            found = [(h.t_ms, h.kode) for h in measures.effective(list_haendelser(self.id)) if h.spor == spor]
            db.session.remove()
        return found


def words(answer: Any) -> str:
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer.get_data(as_text=True), flags=re.S)
    return " ".join(text.split())


@pytest.fixture
def page(app: Flask, world: World, browser_for: Any) -> Page:
    return Page(app, world, browser_for(world.jonas))


@on_sqlite
def test_the_list_shows_all_that_stands_and_opens_the_tools_of_one(page: Page) -> None:
    text = page.text()
    assert "Samtalen begynder" in text
    assert "Borgeren får ordet" in text
    assert "fortrudt undervejs" not in text, "what was undone while it ran is in its own part of the list"
    assert "Flyt" not in text
    assert "fortrudt undervejs" in page.text("?vis=taget-tilbage")
    assert "Borgeren får ordet" not in page.text("?vis=kendetegn")
    source = page.browser.get(page.url() + f"?haendelse={TICK}").get_data(as_text=True)
    assert 'name="tid"' in source
    assert 'value="3.00"' in source
    assert f'action="/observationer/{page.id}/haendelser/{TICK}/flyt"' in source
    assert f"haendelse={START}" not in source, "the beginning has no tools"
    ended = page.browser.get(page.url() + f"?haendelse={END}").get_data(as_text=True)
    assert "/flyt" in ended
    assert "/tag-tilbage" not in ended
    for odd in ("?haendelse=x", f"?haendelse={UUID(int=99)}", "?vis=x"):
        assert "Flyt" not in page.text(odd)


def test_moving_by_a_typed_time(page: Page) -> None:
    url = page.url(f"haendelser/{TICK}/flyt")
    for typed, said in [
        ("", "Skriv en tid som 12.41."),
        ("tolv", "Skriv minutter og sekunder"),
        ("5.7", "Skriv minutter og sekunder"),
        ("5.70", "Skriv minutter og sekunder"),
        ("10.01", "Da var samtalen slut. Skriv en tid, der højst er 10.00."),
    ]:
        answer = page.browser.send(url, tid=typed)
        assert answer.status_code == 422
        assert said in words(answer)
        assert f'value="{typed}"' in answer.get_data(as_text=True), "what was typed is still there"
    answer = page.browser.send(url + "?vis=kendetegn", tid=" 07:12 ")
    assert (answer.status_code, answer.location) == (
        303,
        f"/observationer/{page.id}/ret?vis=kendetegn#h-{edits.id_of_move(TICK)}",
    )
    assert page.standing("faerdighed") == [(432_000, "no_spoerger")]
    text = page.text()
    assert "Flyttet til 7.12." in text
    assert "flyttet fra 3.00" in text
    assert page.browser.send(url, tid="7.12").status_code == 303, "the back button, and sent again"
    answer = page.browser.send(url, tid="8.00")
    assert answer.status_code == 303
    assert "Den er allerede rettet et andet sted." in page.text()
    assert page.standing("faerdighed") == [(432_000, "no_spoerger")]


def test_times_are_read_forgivingly() -> None:
    for typed, ms in [
        ("4", 240_000),
        ("0.00.59", 59_000),
        ("1,05", 65_000),
        (" 75:30 ", 4_530_000),
        ("1.02.05", 3_725_000),
    ]:
        assert read_clock(typed) == ms
    for typed in ("", "x", "1.2", "1.60", "1.61.00", "-1.00", "1.2.3.4", "1.00.", "1..00", "٣.00"):
        with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
            read_clock(typed)


@on_sqlite
def test_taking_back_and_putting_in_again(page: Page) -> None:
    assert page.browser.send(page.url(f"haendelser/{TICK}/tag-tilbage")).location.endswith(f"/ret#h-{TICK}")
    assert page.standing("faerdighed") == []
    text = page.text(f"?haendelse={TICK}")
    assert "taget tilbage" in text
    assert "Sæt ind igen" in text
    assert page.browser.send(page.url(f"haendelser/{TICK}/saet-ind")).status_code == 303
    assert page.standing("faerdighed") == [(3 * MINUTE, "no_spoerger")]
    assert "sat ind igen" in page.text()
    for verb, event in (("tag-tilbage", END), ("saet-ind", END), ("saet-ind", START)):
        assert page.browser.send(page.url(f"haendelser/{event}/{verb}")).status_code == 303
        assert "slutning" in page.text()
    assert len(page.standing("ur")) == 4
    assert page.browser.send(page.url(f"haendelser/{BACK}/saet-ind")).status_code == 303
    assert len(page.standing("faerdighed")) == 2


@on_sqlite
def test_adding_what_is_missing(page: Page) -> None:
    source = page.browser.get(page.url()).get_data(as_text=True)
    ny_id = re.findall(r'name="ny_id"[^>]*value="([^"]+)"', source)[0]
    values = re.findall(r'<option[^>]*value="([^"]*)"', source[source.index('name="hvad"') :])
    assert {"faerdighed:no_spoerger", "fase:emne", "taler:", "ur:pause", "note:", "emne:1"} <= set(values)
    url = page.url("haendelser")
    for wrong, said in [
        ({"hvad": "faerdighed:x", "hvornaar": "1.00"}, "Vælg en af mulighederne."),
        ({"hvad": "note:", "hvornaar": "1.00", "tekst": " "}, "Skriv, hvad der skal stå i noten."),
        ({"hvad": "ur:pause", "hvornaar": "11.00"}, "Da var samtalen slut."),
        ({"hvad": "ur:pause", "hvornaar": ""}, "Skriv en tid som 12.41."),
        ({"hvad": "ur:pause", "hvornaar": "1.00", "ny_id": "x"}, "Siden var for gammel."),
    ]:
        answer = page.browser.send(url, **{"ny_id": ny_id, **wrong})
        assert answer.status_code == 422
        assert said in words(answer)
        assert '<details class="details" id="tilfoej" open>' in answer.get_data(as_text=True)
    note = {"ny_id": ny_id, "hvad": "note:", "hvornaar": "1.00", "tekst": "Hun <b>nikkede</b>"}
    for _ in range(2):
        assert page.browser.send(url, **note).location.endswith(f"/ret#h-{ny_id}")
    assert page.standing("note") == [(MINUTE, "Hun <b>nikkede</b>")]
    text = page.text()
    assert "Note: Hun &lt;b&gt;nikkede&lt;/b&gt; · tilføjet bagefter" in text or "tilføjet bagefter" in text
    assert "tilføjet bagefter" in words(page.browser.get(f"/observationer/{page.id}"))


@on_sqlite
def test_only_while_it_can_be_mended(app: Flask, world: World, browser_for: Any) -> None:
    jonas, mette = browser_for(world.jonas), browser_for(world.mette)
    running = Page(app, world, jonas, ended=False)
    with app.app_context():
        kontrakt_id = db.session.get_one(Observation, running.id).kontrakt_id
        imported = from_file(world, events())
        db.session.remove()
    assert jonas.get(running.url()).location == f"/optager/{kontrakt_id}"
    ready = Page(app, world, jonas)
    assert ">Ret tidslinjen<" in jonas.get(f"/observationer/{ready.id}").get_data(as_text=True)
    handed = Page(app, world, jonas, handed_over=True)
    assert jonas.get(handed.url()).location == f"/observationer/{handed.id}"
    assert jonas.send(handed.url(f"haendelser/{TICK}/tag-tilbage")).status_code == 303
    assert handed.standing("faerdighed") == [(3 * MINUTE, "no_spoerger")]
    for browser, address in ((jonas, handed.id), (mette, handed.id), (mette, imported)):
        source = browser.get(f"/observationer/{address}").get_data(as_text=True)
        assert ">Ret tidslinjen<" not in source
    for url in (handed.url(), ready.url(), f"/observationer/{imported}/ret"):
        assert mette.get(url).status_code == 404


@on_sqlite
def test_the_fokusperson_sees_the_mended_timeline_and_not_what_was_mended(
    app: Flask, world: World, browser_for: Any
) -> None:
    page = Page(app, world, browser_for(world.jonas))
    page.browser.send(page.url(f"haendelser/{TICK}/flyt"), tid="7.12")
    with app.app_context():
        observation = db.session.get_one(Observation, page.id)
        observation.overdraget_at = observation.afsluttet_at
        db.session.commit()
        db.session.remove()
    assert "flyttet fra 3.00" in words(page.browser.get(f"/observationer/{page.id}"))
    seen = words(browser_for(world.mette).get(f"/observationer/{page.id}"))
    assert "7.12" in seen
    assert "flyttet fra" not in seen
