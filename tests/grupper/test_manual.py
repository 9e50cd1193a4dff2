"""The supervisionsmanual: Markdown that can do no harm, versions that stand, and a number that tells of no one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from groups import make_round, storing
from people import World, add_person
from road import person
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.grupper import actions, queries, rules
from supervision.grupper.content import standardmanual
from supervision.grupper.formats.markdown import allows_link, to_html
from supervision.grupper.models import Manual, ManualLaest
from supervision.personer.models import Organisation, Rolletildeling
from supervision.problems import NotAllowed, NotFound, RuleBroken


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(datetime(2026, 11, 18, 12, tzinfo=clock.DANISH_TIME)):
        yield


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "tekst <b onmouseover=alert(1)>her</b>",
        "<!-- --><svg/onload=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\tscript:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](http://usikker.example)",
        "[a](//ond.example)",
        "[a](\\\\ond.example)",
        "[a](ftp://x.example)",
        "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
        "![a](https://ond.example/spor.png)",
        '[a](https://x.example "><script>alert(1)</script>")',
        "```\n<script>alert(1)</script>\n```",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "|a|\n|:-:|\n|b|",
    ],
)
def test_nothing_of_the_writers_becomes_html(attack: str) -> None:
    html = to_html(attack)
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z!][\w-]*)", html))
    assert tags <= {"p", "a", "pre", "code"}, html
    for href in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"https://|%5C|/(?!/)", href), html
    assert not re.search(r"<[^>]+\s(on\w+|style|src)\s*=", html), html


def test_what_a_writer_needs_is_there_and_headings_come_under_the_pages_own() -> None:
    html = to_html(
        "# Rollen\n\n### Grænser\n\n- *ét*\n- **to**\n\n1. tre\n\n> citat\n\n"
        "[os](/hjaelp) <https://a.dk> [skriv](mailto:a@b.dk)"
    )
    for part in (
        "<h2>Rollen</h2>",
        "<h4>Grænser</h4>",
        "<em>ét</em>",
        "<strong>to</strong>",
        "<ol>",
        "<blockquote>",
    ):
        assert part in html
    assert '<a href="/hjaelp">os</a>' in html
    assert '<a href="https://a.dk" rel="noopener noreferrer">' in html
    assert '<a href="mailto:a@b.dk">' in html
    assert to_html("## Rollen\n### Før").startswith("<h2>Rollen</h2>\n<h3>")
    for href, fine in (
        ("#graenser", True),
        ("/x?a=b:c", True),
        ("x:y", False),
        ("/a\\b", False),
        (" /a", False),
    ):
        assert allows_link(href) is fine


def test_our_own_text_says_the_frame_and_the_limits() -> None:
    text = standardmanual()
    for words in ("10 minutter", "30–40 minutter", "15 minutter", "Grænserne for rollen", "banehalvdel",
                  "Siger borgeren nej, går du", "CPR-nummer", "Du går ikke videre med det"):  # fmt: skip
        assert words in text
    assert rules.check_manual(text, "")[0] == text


@pytest.mark.parametrize(
    ("laest", "antal", "words"),
    [
        (2, 4, "mindst 5"),
        (0, 4, "mindst 5"),
        (4, 4, "mindst 5"),
        (3, 5, "3 af 5"),
        (7, 9, "7 af 9"),
        (9, 9, "Alle 9"),
    ],
)
def test_a_number_that_could_tell_of_one_person_is_not_told(laest: int, antal: int, words: str) -> None:
    told = rules.laest_ord(laest, antal)
    assert words in told
    if antal < 5:
        assert re.findall(r"\d", told) == ["5"]


def house(world: World, key: str = "jobcenter") -> Organisation:
    return db.session.get_one(Organisation, world.organisations[key])


def publish(organisation: Organisation, tekst: str, by: UUID) -> Manual:
    seen = actions.save_manualkladde(
        organisation, tekst=tekst, aendring="", seen=None, by=person(by)
    ).aendret_at
    return actions.publish_manual(organisation, seen=seen, by=person(by))


def test_a_version_stands_once_it_is_published(app: Flask, world: World) -> None:
    with app.app_context():
        here, there = house(world), house(world, "a_kasse")
        adam = person(world.administrator)
        publish(there, "kanarie-kasse", world.administrator)
        assert queries.get_manual(here.id).version == 0
        with pytest.raises(NotAllowed):
            actions.save_manualkladde(here, tekst="Nej", aendring="", seen=None, by=person(world.supervisor))
        kladde = actions.save_manualkladde(
            here, tekst=" ## Vores\r\n", aendring=" ny  linje ", seen=None, by=adam
        )
        assert (kladde.version, kladde.tekst, kladde.aendring) == (1, "## Vores", "ny linje")
        assert queries.get_manual(here.id).version == 0, "a draft is read by nobody"
        for seen in (None, kladde.aendret_at - timedelta(seconds=1)):
            with pytest.raises(RuleBroken):
                actions.save_manualkladde(here, tekst="Oven i", aendring="", seen=seen, by=adam)
            with pytest.raises(RuleBroken):
                actions.publish_manual(here, seen=seen, by=adam)
        first = actions.publish_manual(here, seen=kladde.aendret_at, by=adam)
        second = publish(here, "## Nr. 2", world.administrator)
        assert (second.version, queries.get_manual(here.id).tekst, first.tekst) == (2, "## Nr. 2", "## Vores")
        assert [one.version for one in queries.list_manualudgaver(here.id)] == [2, 1]
        assert queries.get_manualudgave(first.id, viewer=person(world.mette))[1].tekst == "## Vores"
        with pytest.raises(NotFound):
            queries.get_manualudgave(first.id, viewer=person(world.noise))
        draft = actions.save_manualkladde(here, tekst="Tre", aendring="", seen=None, by=adam)
        with pytest.raises(NotFound):
            queries.get_manualudgave(draft.id, viewer=adam)
        actions.delete_manualkladde(here, by=adam)
        actions.delete_manualkladde(here, by=adam)
        with pytest.raises(RuleBroken):
            actions.publish_manual(here, seen=None, by=adam)
        assert queries.find_manualkladde(here.id) is None
        db.session.rollback()


def test_each_counts_for_their_own_house_and_its_newest_version(app: Flask, world: World) -> None:
    with app.app_context():
        here, there = house(world), house(world, "a_kasse")
        members = [person(world.people[who]) for who in ("mette", "jonas", "noise")]
        mette, jonas, noise = members
        assert queries.count_laest([]) == queries.count_laest(members) == 0
        for who, where in (
            (mette, here),
            (mette, here),
            (noise, there),
            (jonas, there),
            (person(world.aase), here),
        ):
            actions.confirm_read(where, version=0, by=who)
        assert queries.count_laest(members) == 2, "Jonas has read another house's only"
        assert db.session.query(ManualLaest).count() == 4
        publish(here, "## Ny", world.administrator)
        assert queries.count_laest(members) == 1
        with pytest.raises(RuleBroken):
            actions.confirm_read(here, version=0, by=mette)
        actions.confirm_read(here, version=1, by=jonas)
        assert queries.count_laest(members) == 2
        assert queries.find_laest_at(here.id, 1, viewer=mette) is None
        assert queries.find_laest_at(here.id, 0, viewer=mette) is not None
        db.session.rollback()


def test_the_way_through_the_pages(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    with storing(app):
        runde = make_round(world)
        group = f"/grupper/{runde.gruppe_id}"
        role = db.session.query(Rolletildeling).filter_by(person_id=world.supervisor).one()
        role.retter_katalog = True
    home = f"/manual/{world.organisations['jobcenter']}"
    mette, adam = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.administrator)
    editor, leder = Browser.signed_in(app, world.supervisor), Browser.signed_in(app, world.leder)
    page = mette.get("/manual").get_data(as_text=True)
    assert "Standardteksten" in page
    assert "Jeg har læst grænserne" in page
    assert f"{home}/ret" not in page
    assert "Jeg har læst grænserne" not in adam.get(home).get_data(as_text=True)
    for start in (
        mette.get("/hjaelp"),
        mette.get(group),
        adam.get(f"/administration/organisationer/{home[8:]}"),
    ):
        assert "/manual" in start.get_data(as_text=True)
    assert "/manual" not in Browser.signed_in(app, None).get("/hjaelp").get_data(as_text=True)

    attack = "## Vores rolle\n\n<script>alert(1)</script> [x](javascript:alert(1))"
    for tekst, words in (("", "Manualen er tom"), ("x" * 30_001, "plads til 30000"), ("010190-1234", "CPR")):
        refused = editor.send(f"{home}/ret", tekst=tekst, aendring="Nyt")
        assert refused.status_code == 422
        assert words in refused.get_data(as_text=True)
    saved = editor.send(f"{home}/ret", tekst=attack, aendring="<i>Nyt</i>")
    assert saved.location == f"{home}/kladde"
    lost = adam.send(f"{home}/ret", tekst="Mine ord", aendring="", set="")
    assert lost.status_code == 422
    assert "Mine ord" in lost.get_data(as_text=True)
    assert "Standardteksten" in mette.get("/manual").get_data(as_text=True)
    draft = editor.get(f"{home}/kladde").get_data(as_text=True)
    seen = re.search(r'name="set"[^>]*value="([^"]+)"', draft)
    assert seen is not None
    assert editor.send(f"{home}/udgiv", set="i går").location == f"{home}/kladde"
    assert editor.send(f"{home}/udgiv", set=seen[1]).location == home

    page = mette.get("/manual").get_data(as_text=True)
    assert "<h2>Vores rolle</h2>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "&lt;i&gt;Nyt&lt;/i&gt;" in page
    assert mette.send(f"{home}/laest", version="0").status_code == 303, "what was on the screen is old by now"
    assert "Jeg har læst grænserne" in mette.get("/manual").get_data(as_text=True)
    mette.send(f"{home}/laest", version="1")
    assert "Du bekræftede onsdag den 18. november" in mette.get("/manual").get_data(as_text=True)
    assert mette.get("/manual/standard").status_code == 200

    assert "af 3 har læst" not in leder.get(group).get_data(as_text=True)
    with storing(app):
        from supervision.grupper.models import Laeringsgruppe

        gruppe = db.session.get_one(Laeringsgruppe, UUID(group.rpartition("/")[2]))
        for nr in (1, 2):
            new = add_person(f"Ny {nr}", f"ny{nr}@test.example", world.organisations["jobcenter"])
            actions.add_medlem(gruppe, person=person(new), by=person(world.leder))
    assert "1 af 5 har læst grænserne for rollen" in leder.get(group).get_data(as_text=True)
    assert "har læst grænserne for rollen." not in mette.get(group).get_data(as_text=True)
    assert "Du har læst grænserne" in mette.get(group).get_data(as_text=True)
    assert "Du har ikke bekræftet grænserne" in leder.get(group).get_data(as_text=True)

    with app.app_context():
        manual_id = db.session.query(Manual.id).scalar()
        db.session.remove()
    for who in ("noise", "anden_supervisor"):
        stranger = Browser.signed_in(app, world.people[who])
        for path in (home, f"/manualer/{manual_id}", f"/manualer/{uuid4()}", f"{home}/ret", f"{home}/kladde"):
            assert stranger.get(path).status_code == 404, (who, path)
        assert stranger.send(f"{home}/laest", version="1").status_code == 404
    for path in ("ret", "udgiv", "slet-kladde"):
        assert leder.send(f"{home}/{path}", tekst="x").status_code == 404
