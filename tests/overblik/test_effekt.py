"""Figures of effect from a file: whole or not at all, and never about a person."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from people import World
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.overblik.formats import effekt_csv
from supervision.overblik.models import Effekttal
from supervision.overblik.rules import Kvartal, check_kolonner, check_linjer

NOW = datetime(2026, 11, 20, 9, tzinfo=clock.DANISH_TIME)
GOOD = "team;kvartal;antal;job_pr_uge;tilfredshed\nTeam Nord;2026-3;12;2,4;\nTeam Nord;2026-2;9;2.1;3,8\n"


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NOW):
        yield


def sent(browser: Any, world: World, text: str) -> Any:
    url = f"/overblik/organisation/{world.organisations['jobcenter']}/effekt/hent"
    data = {"csrf_token": browser.token(), "fil": (io.BytesIO(text.encode()), "effekt.csv")}
    return browser.post(url, data=data, content_type="multipart/form-data")


def count(app: Flask) -> int:
    with app.app_context():
        found = db.session.query(Effekttal).count()
        db.session.remove()
    return found


def test_it_is_brought_in_shown_beside_and_replaced(sqlite_app: Flask, sqlite_world: World) -> None:
    leader = Browser.signed_in(sqlite_app, sqlite_world.leder)
    for _ in range(2):
        assert sent(leader, sqlite_world, GOOD).status_code == 303
        assert count(sqlite_app) == 3
    assert sent(leader, sqlite_world, GOOD.replace("2,4", "3,9")).status_code == 303
    member = Browser.signed_in(sqlite_app, sqlite_world.mette)
    page = member.get(f"/overblik/team/{sqlite_world.teams['nord']}/effekt").get_data(as_text=True)
    figures = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "3,9 (10–19)" in figures
    assert "2,1 (5–9)" in figures
    assert "intet tal" in page
    assert "langsigtet effekt" in page
    assert "effekt/hent" not in page
    template = member.get("/overblik/effekt-skabelon.csv").get_data(as_text=True)
    assert check_kolonner(template.strip("\ufeff\r\n").split(";")) == []


REFUSED = {
    "cpr;antal": ("team;kvartal;antal;cpr;job_pr_uge\nTeam Nord;2026-3;12;;2", "Linje 1", "enkeltpersoner"),
    "id": ("team;kvartal;antal;sags_id;job_pr_uge\nTeam Nord;2026-3;12;;2", "Linje 1", "enkeltpersoner"),
    "unknown": ("team;kvartal;antal;humoer;job_pr_uge\nTeam Nord;2026-3;12;;2", "Linje 1", "kendes ikke"),
    "few": (GOOD.replace(";9;", ";4;"), "Linje 3", "Færre end fem"),
    "e-mail in a cell": (GOOD.replace("2.1", "a@b.dk"), "Linje 3", "hører til en person"),
    "cpr in a cell": (GOOD.replace("2.1", "0101901234"), "Linje 3", "CPR"),
    "two of one": (GOOD.replace("2026-2", "2026-3"), "Linje 3", "to linjer"),
    "another's team": (GOOD.replace("Nord;2026-2", "Syd;2026-2"), "Linje 3", "ikke dets leder"),
    "to come": (GOOD.replace("2026-2", "2027-1"), "Linje 3", "begyndt"),
    "not a number": (GOOD.replace("2.1", "=1+1"), "Linje 3", "tal fra"),
    "too large": (GOOD.replace("3,8", "6"), "Linje 3", "tal fra 1 til 5"),
    "no measure": ("team;kvartal;antal\nTeam Nord;2026-3;12", "Linje 1", "intet tal"),
    "empty": ("\n\n", "", "tom"),
}


def test_what_is_wrong_is_said_with_its_line_and_nothing_is_brought_in(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    leader = Browser.signed_in(sqlite_app, sqlite_world.leder)
    for name, (text, line, words) in REFUSED.items():
        answer = sent(leader, sqlite_world, text)
        page = answer.get_data(as_text=True)
        assert (answer.status_code, line in page, words in page) == (422, True, True), name
        assert "0101901234" not in page, name
    assert count(sqlite_app) == 0


def test_an_administrator_brings_for_all_teams_and_others_for_none(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    administrator = Browser.signed_in(sqlite_app, sqlite_world.administrator)
    assert sent(administrator, sqlite_world, GOOD.replace("Nord;2026-2", "Syd;2026-2")).status_code == 303
    assert count(sqlite_app) == 3
    for who in ("mette", "supervisor", "fremmed"):
        assert (
            sent(Browser.signed_in(sqlite_app, sqlite_world.people[who]), sqlite_world, GOOD).status_code
            == 404
        )
    assert administrator.get(f"/overblik/team/{sqlite_world.teams['nord']}/effekt").status_code == 404


def test_files_as_excel_and_others_save_them_read_alike() -> None:
    head = "team;kvartal;antal;job_pr_uge\r\nÆrø;2026-3;5;1,5\r\n"
    commas = 'Team,Kvartal,Antal,job_pr_uge\nÆrø,2026-3,5,"1,5"\n\n'
    for data in (head.encode("utf-8-sig"), head.encode("cp1252"), commas.encode()):
        kolonner, rows = effekt_csv.read(data)
        assert check_kolonner(kolonner) == []
        [linje], fejl = check_linjer(rows, {"Ærø"}, Kvartal(2026, 4))
        assert (fejl, linje.team, linje.antal, linje.vaerdier) == ([], "Ærø", 5, {"job_pr_uge": 1.5})
