"""Files out: all of one's own samtaler, one of them, the published figures, and the same by hand."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from held import crew, held, log
from openpyxl import load_workbook
from people import World
from published import DAY, SHOWN
from web import Browser
from werkzeug.test import TestResponse

from supervision import cli, clock
from supervision.db import db
from supervision.history import Historik
from supervision.observationer.formats import boris
from supervision.observationer.formats.csv_log import read_logs
from supervision.observationer.formats.filtyper import FILTYPER
from supervision.observationer.measures import maal
from supervision.observationer.queries import maal_of
from supervision.overblik.actions import publish_due, stop_publication
from supervision.overblik.models import Udgivelse
from supervision.overblik.queries import get_overblik, list_udgivelser
from supervision.personer.models import Person, Team

EVENTS = log(share=0.4, ticks={"k": 3})
ALLE, FIL = "/laering/min-udvikling/hent", "/laering/min-udvikling/fil?type="


@pytest.fixture
def own(sqlite_app: Flask, sqlite_world: World) -> dict[str, UUID]:
    """Two logs of Mette's and, all around, what is not hers: a colleague's, one not handed over, one she observed."""
    world, house = sqlite_world, sqlite_world.organisations["jobcenter"]
    other = [*EVENTS, (5000, "faerdighed", "kanarie-kollega")]
    with sqlite_app.app_context():
        made = {
            "first": held(
                world.mette, world.jonas, house, DAY, events=[*EVENTS, (7, "note", "kanarie-note")]
            ),
            "second": held(world.mette, world.aase, house, DAY.replace(day=20), events=EVENTS),
            "draft": held(world.mette, world.jonas, house, DAY, events=other, handed_over=None),
            "aase": held(world.aase, world.mette, house, DAY, events=other),
        }
        ids = {name: observation.id for name, observation in made.items()}
        db.session.commit()
        db.session.remove()
    return ids


def get(app: Flask, who: UUID, address: str) -> TestResponse:
    return Browser.signed_in(app, who).get(address)


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_everything_of_ones_own_and_nothing_of_anybody_elses(
    sqlite_app: Flask, sqlite_world: World, own: dict[str, UUID]
) -> None:
    page = get(sqlite_app, sqlite_world.mette, ALLE).get_data(as_text=True)
    assert "2 observationer af dig" in page
    files = {kind: get(sqlite_app, sqlite_world.mette, f"{FIL}{kind}") for kind in FILTYPER}
    for kind, answer in files.items():
        assert answer.status_code == 200, kind
        assert answer.content_length == len(answer.data)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="mine-samtaler-')
        assert b"kanarie" not in answer.data, kind
    events = read_logs(io.BytesIO(files["csv"].data))
    assert len(events) == 2
    assert {name[1] for name in events} == {"Jonas Øland", "Åse Ask"}
    with sqlite_app.app_context():
        expected = [maal_of(own[name]) for name in ("first", "second")]
        db.session.remove()
    assert [maal(row.haendelse for row in rows) for rows in events.values()] == expected
    projects = boris.read_logs(io.BytesIO(files["boris"].data))
    assert [maal(row.haendelse for row in rows) for rows in projects.values()] == expected
    assert [one["maal"] for one in json.loads(files["json"].data)["samtaler"]] == expected
    figures = [row for row in cells(files["tal"].data) if row[3:5] == ["taletid_andel", "borger"]]
    assert [row[6] for row in figures] == ["0,6", "0,6"]
    sheets = load_workbook(io.BytesIO(files["xlsx"].data))
    assert {row[0].value for row in sheets["Hændelser"].iter_rows(min_row=2)} == {name[0] for name in events}
    assert files["rttm"].data.count(b"SPEAKER ") == 4


def test_one_samtale_for_its_fokusperson_alone(
    sqlite_app: Flask, sqlite_world: World, own: dict[str, UUID]
) -> None:
    address = f"/observationer/{own['first']}"
    assert f"{address}/fil?type=boris" in get(sqlite_app, sqlite_world.mette, address).get_data(as_text=True)
    assert "/fil?type=" not in get(sqlite_app, sqlite_world.jonas, address).get_data(as_text=True)
    for kind in ("csv", "xlsx", "rttm", "boris"):
        answer = get(sqlite_app, sqlite_world.mette, f"{address}/fil?type={kind}")
        assert answer.status_code == 200
        assert b"kanarie" not in answer.data
    for who, path in (
        ("jonas", f"{address}/fil?type=csv"),
        ("mette", f"{address}/fil?type=exe"),
        ("mette", f"/observationer/{own['draft']}/fil?type=csv"),
        ("mette", f"/observationer/{own['aase']}/fil?type=csv"),
        ("mette", f"{FIL}exe"),
    ):
        assert get(sqlite_app, sqlite_world.people[who], path).status_code == 404, path


def test_whoever_has_nothing_is_told_how_it_begins(sqlite_app: Flask, sqlite_world: World) -> None:
    page = get(sqlite_app, sqlite_world.fremmed, ALLE).get_data(as_text=True)
    assert "Der er ikke noget at hente endnu" in page
    assert "/fil?type=" not in page


@pytest.fixture
def published(sqlite_app: Flask, sqlite_world: World) -> World:
    """Nord and Syd with six observed each, each by somebody else from the a-kasse, and the quarter published."""
    world = sqlite_world
    with clock.travel(SHOWN), sqlite_app.app_context():
        house = world.organisations["jobcenter"]
        guests = crew(world.organisations["a_kasse"], world.teams["kasse_nord"], 12, "Gaest")
        for team, share in (("nord", 0.4), ("syd", 0.6)):
            for person in crew(house, world.teams[team], 6, f"Kanarie{team}"):
                held(
                    person, guests.pop(), house, DAY, events=log(share=share, ticks={"k": 3}), kendetegn=["k"]
                )
        publish_due(clock.today())
        db.session.commit()
        db.session.remove()
    return world


def figures(app: Flask, world: World) -> list[dict[str, Any]]:
    address = f"/administration/organisationer/{world.organisations['jobcenter']}/tal/fil"
    with clock.travel(SHOWN):
        answers = {
            kind: get(app, world.administrator, f"{address}?type={kind}") for kind in ("json", "csv", "xlsx")
        }
    assert {a.status_code for a in answers.values()} == {200}
    assert all(b"Kanarie" not in a.data for a in answers.values())
    found: list[dict[str, Any]] = json.loads(answers["json"].data)["tal"]
    sheet = load_workbook(io.BytesIO(answers["xlsx"].data))["Tal"]
    assert [[c or "" for c in r] for r in sheet.iter_rows(values_only=True)] == cells(answers["csv"].data)
    assert sheet.max_row == len(found) + 1
    return found


def test_published_figures_are_the_words_of_the_pages_and_nothing_more(
    sqlite_app: Flask, published: World
) -> None:
    world, found = published, figures(sqlite_app, published)
    assert {f["gruppe"] for f in found} == {"Team Nord", "Team Syd", "Jobcenter Testby"}
    assert set(found[0]) == {"kvartal", "gruppe", "samlet", "observerede", "billede", "tal", "vaerdi"}
    with sqlite_app.app_context():
        team = db.session.get_one(Team, world.teams["nord"])
        (udgivelse,) = list_udgivelser(team.organisation_id)
        shown = get_overblik(team, udgivelse, viewer=db.session.get_one(Person, world.supervisor))
        page = [(b.noegle, row.navn, row.vist.tekst) for b in shown.billeder for row in b.raekker]
        db.session.remove()
    assert [(f["billede"], f["tal"], f["vaerdi"]) for f in found if f["gruppe"] == "Team Nord"] == page
    assert {f["observerede"] for f in found if not f["samlet"]} == {"5–9 observerede"}


def test_what_one_reader_could_take_apart_is_in_no_file(
    sqlite_app: Flask, published: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is passed on: Jonas has observed two of Nord, so Nord and the total go, whoever fetches it."""
    world = published
    with clock.travel(SHOWN), sqlite_app.app_context():
        seen = db.session.query(Person).filter(Person.navn.like("Kanarienord%")).limit(2).all()
        for person in seen:
            held(person.id, world.jonas, world.organisations["jobcenter"], DAY)
        db.session.commit()
        db.session.remove()
    assert {f["gruppe"] for f in figures(sqlite_app, world)} == {"Team Syd"}
    monkeypatch.setattr("supervision.overblik.queries.udgivet_fil._seen_by_all", lambda tal, _kendskaber: tal)
    assert "Team Nord" in {f["gruppe"] for f in figures(sqlite_app, world)}, (
        "the check finds a file for one reader"
    )


def test_a_stopped_quarter_is_in_no_file(sqlite_app: Flask, published: World) -> None:
    with sqlite_app.app_context():
        stop_publication(db.session.query(Udgivelse).one(), grund="Prøve", by=None)
        db.session.commit()
        db.session.remove()
    assert figures(sqlite_app, published) == []


def run(app: Flask, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The command on the test's own database; its exit code."""
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("SUPERVISION_INSTANCE", app.instance_path)
    monkeypatch.setattr(sys, "argv", ["supervision", "eksporter", *arguments])
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_by_hand(
    sqlite_app: Flask,
    published: World,
    own: dict[str, UUID],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    house, mette = ("--organisation", "Jobcenter Testby"), ("--person", "mette@test.example")
    raw, samtaler, tal = tmp_path / "raa.csv", tmp_path / "mette.xlsx", tmp_path / "tal.json"
    assert run(sqlite_app, monkeypatch, str(raw), *house, *mette, "--uaendret") == 0
    assert run(sqlite_app, monkeypatch, str(samtaler), *house, *mette) == 0
    assert run(sqlite_app, monkeypatch, str(tal), *house) == 0
    said = capsys.readouterr().out
    assert f"2 observationer er skrevet i {raw}." in said
    assert raw.stat().st_mode & 0o077 == 0
    with raw.open("rb") as stream:
        assert len(read_logs(stream)) == 2
    assert load_workbook(samtaler).sheetnames == ["Hændelser", "Tal"]
    assert len(json.loads(tal.read_bytes())["tal"]) > 5
    for arguments, words in (
        ((str(raw), *house, *mette), "findes allerede"),
        ((str(tmp_path / "x.boris"), *house), "Filen skal ende på .csv, .xlsx, .json."),
        ((str(tmp_path / "x.json"), *house, "--uaendret"), "--uaendret bruges kun"),
        ((str(tmp_path / "no" / "x.json"), *house), "kan ikke skrives"),
        ((str(tmp_path / "x.csv"), *house, "--person", "ingen@test.example"), "Der er ingen med e-mailen"),
    ):
        assert run(sqlite_app, monkeypatch, *arguments) == 2
        assert words in capsys.readouterr().err
    with sqlite_app.app_context():
        assert db.session.query(Historik).filter_by(handling="skrev_samtaler_til_fil").count() == 2
        db.session.remove()

    def fails(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("supervision.overblik.cli.eksport.write_samtaler", fails)
    with pytest.raises(RuntimeError):
        run(sqlite_app, monkeypatch, str(tmp_path / "halv.json"), *house, *mette)
    assert {path.name for path in tmp_path.iterdir()} == {"raa.csv", "mette.xlsx", "tal.json"}
