"""People from a file: the preview stores nothing, the yes stores all of it or nothing."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import Any

import pytest
from administrator_pages import count_of, person_of, questions, roles_of, words
from flask import Flask
from people import World, add_person

from supervision import adgangslog, clock
from supervision.db import db
from supervision.history import Historik
from supervision.personer.models import Person, Rolletildeling, Team

HEAD = "navn;email;team;rolle\n"
GOOD = (
    HEAD
    + "Ny Ærlig;ny@test.example;Team Øst;medarbejder\n"
    + "Mette Aeroe;mette@test.example;Team Syd;medarbejder\n"
    + "Jonas Øland;jonas@test.example;team nord;medarbejder\n"
    + "Lone Leth;leder@test.example;Team Øst;teamleder\n"
    + "Sune;sune@test.example;;supervisor\n"
)
TABLES = (Person, Team, Rolletildeling, Historik)


@pytest.fixture
def home(world: World) -> str:
    return f"/administration/organisationer/{world.organisations['jobcenter']}/csv"


def preview(browser: Any, home: str, data: bytes | str, name: str = "personer.csv") -> Any:
    raw = data.encode() if isinstance(data, str) else data
    return browser.send(home, fil=(BytesIO(raw), name))


def hidden_text(page: Any) -> str:
    found = re.search(r'name="tekst"[^>]*value="([^"]*)"', page.get_data(as_text=True))
    assert found is not None
    return html.unescape(found.group(1))


def rows_of(page: Any) -> list[list[str]]:
    body = page.get_data(as_text=True).split("<tbody>")[1].split("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in rows
    ]


def test_the_preview_tells_line_by_line_and_stores_nothing(
    app: Flask, world: World, browser_for: Any, home: str
) -> None:
    browser = browser_for(world.administrator)
    assert browser.get(home).status_code == 200
    before = [count_of(app, table) for table in TABLES]
    page = preview(browser, home, GOOD)
    assert page.status_code == 200
    assert [(row[0], row[-1]) for row in rows_of(page)] == [
        ("2", "ny person, nyt team og ny rolle"),
        ("3", "flyttes Navnet bliver ved med at være Mette Ærø."),
        ("4", "uændret"),
        ("5", "ny rolle"),
        ("6", "ny person og ny rolle"),
    ]
    assert [count_of(app, table) for table in TABLES] == before


def test_the_yes_stores_it(app: Flask, world: World, browser_for: Any, home: str) -> None:
    browser, today = browser_for(world.administrator), clock.today()
    answer = browser.send(home + "/gem", tekst=hidden_text(preview(browser, home, GOOD)))
    assert answer.status_code == 303
    page = words(browser.get(answer.location))
    assert "5 linjer er læst ind: 2 nye personer." in page
    assert "Ny Ærlig" in page
    new = person_of(app, "ny@test.example")
    assert new is not None
    assert (new["organisation"], new["password"]) == (world.organisations["jobcenter"], None)
    assert roles_of(app, new["id"]) == [("medarbejder", "Team Øst", today, None)]
    assert [(row[1], row[3]) for row in roles_of(app, world.mette)] == [
        ("Team Nord", today),
        ("Team Syd", None),
    ]
    assert [row[:2] for row in roles_of(app, world.leder)] == [
        ("teamleder", "Team Nord"),
        ("teamleder", "Team Øst"),
    ]
    assert len(roles_of(app, world.jonas)) == 1
    assert roles_of(app, world.noise)[0][1] == "Team Nord"
    mette = person_of(app, "mette@test.example")
    assert mette is not None
    assert mette["navn"] == "Mette Ærø"


def test_the_same_file_twice_changes_nothing(app: Flask, world: World, browser_for: Any, home: str) -> None:
    browser = browser_for(world.administrator)
    browser.send(home + "/gem", tekst=GOOD)
    before = [count_of(app, table) for table in TABLES]
    assert {row[-1].split(" ")[0] for row in rows_of(preview(browser, home, GOOD))} == {"uændret"}
    assert browser.send(home + "/gem", tekst=GOOD).status_code == 303
    assert [count_of(app, table) for table in TABLES] == before


def test_errors_stand_by_line_and_field_and_there_is_no_yes(
    app: Flask, world: World, browser_for: Any, home: str
) -> None:
    text = (
        HEAD
        + "Ny;ny@test.example;Team Nord;medarbejder\n"
        + "Mette;nej;;chef\n"
        + "Noise;noise@test.example;Team Nord;medarbejder\n"
        + "Jonas;jonas@test.example\n"
    )
    page = preview(browser_for(world.administrator), home, text)
    assert page.status_code == 422
    assert [row[:2] for row in rows_of(page)] == [
        ["3", "email"],
        ["3", "rolle"],
        ["4", "email"],
        ["5", "linjen"],
    ]
    assert 'name="tekst"' not in page.get_data(as_text=True)
    assert person_of(app, "ny@test.example") is None


def test_the_yes_reads_again_and_trusts_nothing(
    app: Flask, world: World, browser_for: Any, home: str
) -> None:
    browser = browser_for(world.administrator)
    before = [count_of(app, table) for table in TABLES]
    for text in (
        "",
        "x",
        GOOD + "Ond;ond@test.example;;administrator\n",
        GOOD + "Noise;noise@test.example;Team Nord;medarbejder\n",
        "\0" * 10,
    ):
        page = browser.send(home + "/gem", tekst=text)
        assert page.status_code == 422
        assert "Intet er gemt" in words(page)
    assert [count_of(app, table) for table in TABLES] == before


def test_what_happened_meanwhile_counts(app: Flask, world: World, browser_for: Any, home: str) -> None:
    browser = browser_for(world.administrator)
    text = hidden_text(preview(browser, home, GOOD))
    with app.app_context():
        add_person("Ny Anden", "ny@test.example", world.organisations["a_kasse"])
        db.session.commit()
    page = browser.send(home + "/gem", tekst=text)
    assert page.status_code == 422
    assert "E-mailen bruges af en person i en anden organisation." in words(page)
    assert person_of(app, "sune@test.example") is None


def test_excels_windows_file_is_read_and_said(world: World, browser_for: Any, home: str) -> None:
    browser = browser_for(world.administrator)
    page = preview(browser, home, GOOD.encode("cp1252"))
    assert "Windows-1252" in words(page)
    assert "Ny Ærlig" in words(page)
    assert "Windows-1252" not in words(preview(browser, home, GOOD.encode("utf-8-sig")))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Vælg en fil."),
        (b"PK\x03\x04\0\0", "Det er ikke en CSV-fil."),
        (b"\xff\xfen\0a\0", "Det er ikke en CSV-fil."),
        (b"x" * 400_001, "Filen er for stor."),
    ],
)
def test_what_is_no_such_file_is_refused_at_the_field(
    world: World, browser_for: Any, home: str, data: bytes, said: str
) -> None:
    page = preview(browser_for(world.administrator), home, data, name="" if not data else "x.csv")
    assert page.status_code == 422
    assert said in words(page)


def test_markup_in_a_file_is_text(world: World, browser_for: Any, home: str) -> None:
    browser = browser_for(world.administrator)
    page = preview(browser, home, HEAD + '<b>"Bo";bo@x.dk;</script><i>;medarbejder\n')
    source = page.get_data(as_text=True)
    assert "<b>" not in source.split("<main")[1]
    assert "<i>" not in source


def test_a_full_file_goes_through_and_the_questions_do_not_grow(
    app: Flask, world: World, browser_for: Any, home: str
) -> None:
    browser = browser_for(world.administrator)
    browser.token()  # the page that it is taken from asks questions of its own, once

    def asked(text: str) -> int:
        adgangslog.forget()
        with questions(app) as sent:
            assert preview(browser, home, text).status_code == 200
        return len([statement for statement in sent if statement.startswith("SELECT")])

    name = "Person med et meget langt navn " * 3
    lines = [f"{name}{n};person{n}@kommunen.example;Team {n // 12} Åå;medarbejder" for n in range(2500)]
    big = HEAD + "\n".join(lines)
    assert 395_000 > len(big.encode()) > 370_000
    assert asked(big) == asked(GOOD)
    page = preview(browser, home, big)
    token = browser.token()
    answer = browser.post(
        home + "/gem",
        data={"csrf_token": token, "tekst": hidden_text(page)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303
    assert count_of(app, Person) == 2510


def test_the_template_is_for_excel(world: World, browser_for: Any, home: str) -> None:
    browser = browser_for(world.administrator)
    answer = browser.get("/administration/csv-skabelon")
    assert answer.data == b"\xef\xbb\xbfnavn;email;team;rolle\r\n"
    assert answer.mimetype == "text/csv"
    page = preview(browser, home, answer.data + "Bo Å;bo@x.dk;Team Nord;medarbejder".encode())
    assert page.status_code == 200
