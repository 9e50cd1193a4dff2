"""Hvem har set mine data?: one's own list, in words, page by page, and as a file; nobody else's."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from people import World
from road import walk
from sqlalchemy import select
from web import Browser

from supervision import adgangslog, clock
from supervision.adgangslog import Adgang
from supervision.adgangslog.cli import stikproeve
from supervision.adgangslog.objects import declared
from supervision.db import db
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe
from supervision.overblik.rules import adgange as rules
from supervision.personer.models import Person

URL = "/profil/hvem-har-set"


@pytest.fixture
def ids(sqlite_app: Flask, sqlite_world: World) -> dict[str, UUID]:
    adgangslog.forget()
    with sqlite_app.app_context():
        made = dict(walk(sqlite_world).ids)
        db.session.commit()
        db.session.remove()
    return made


def lines(page: str) -> list[str]:
    found = re.findall(r"<time.*?</time>\s*<p>(.*?)</p>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_one_reads_who_met_what_by_which_right_and_nobody_else_does(
    sqlite_app: Flask, sqlite_world: World, ids: dict[str, UUID]
) -> None:
    mette, jonas = (Browser.signed_in(sqlite_app, one) for one in (sqlite_world.mette, sqlite_world.jonas))
    assert "Ingen andre har set noget om dig endnu" in mette.get(URL).get_data(as_text=True)
    jonas.get(f"/feedback/{ids['feedback_id']}")
    jonas.get(f"/observationer/{ids['observation_id']}")
    mette.get(f"/feedback/{ids['feedback_id']}")
    for _ in range(2):
        jonas.get(f"/kontrakter/{ids['kontrakt_id']}")
    Browser.signed_in(sqlite_app, sqlite_world.administrator).get(
        f"/administration/personer/{sqlite_world.mette}"
    )
    page = mette.get(URL).get_data(as_text=True)
    today = rf"samtalen \w+dag den {clock.today().day}\. \w+"
    admin, twice, seen, read = lines(page)
    assert re.search(r"så aftalen om samtalen .* som observatør · 2 gange siden kl\. [\d.]+$", twice), twice
    assert admin == "Adam Admin så dine oplysninger som bruger som administrator"
    assert re.fullmatch(rf"Jonas Øland så observationen af {today}( \d+)? som observatør", seen), seen
    assert re.fullmatch(rf"Jonas Øland så feedbacken på {today}( \d+)? som observatør", read), read
    assert f'href="/kontrakter/{ids["kontrakt_id"]}"' in page
    assert "kanarie" not in page
    assert lines(mette.get(f"{URL}?hvad=feedback").get_data(as_text=True)) == [read]
    assert lines(mette.get(f"{URL}?hvad=gruppe").get_data(as_text=True)) == []
    for other in ("jonas", "leder", "administrator", "supervisor", "noise"):
        shown = Browser.signed_in(sqlite_app, sqlite_world.people[other]).get(URL).get_data(as_text=True)
        assert lines(shown) == [], other
    assert f'href="{URL}"' in mette.get("/profil").get_data(as_text=True)
    assert URL in mette.get(f"/feedback/{ids['feedback_id']}").get_data(as_text=True)


def test_the_file_has_it_all_without_formulas_and_is_an_access_itself(
    sqlite_app: Flask, sqlite_world: World, ids: dict[str, UUID]
) -> None:
    with sqlite_app.app_context():
        db.session.get_one(Person, sqlite_world.jonas).navn = "=HYPERLINK(1)"
        db.session.commit()
    Browser.signed_in(sqlite_app, sqlite_world.jonas).get(f"/feedback/{ids['feedback_id']}")
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    fetched = mette.get(f"{URL}/fil")
    head, row = fetched.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert head == "Tidspunkt;Hvem;Med hvilken ret;Hvad"
    assert row.split(";")[1] == "'=HYPERLINK(1)"
    assert "attachment" in fetched.headers["Content-Disposition"]
    (own,) = lines(mette.get(f"{URL}?hvad=egne").get_data(as_text=True))
    assert own == "Mette Ærø hentede dine egne data dig selv"


def add(world: World, *, at: Any, **row: Any) -> None:
    usual = {
        "hvem_id": world.jonas,
        "organisation_id": world.organisations["jobcenter"],
        "handling": "laest",
        "ret": "gruppe",
        "slags": "moede",
        "genstand_id": uuid4(),
    }
    db.session.add(Adgang(at=at, **{**usual, **row}))


def test_a_groups_row_is_for_those_who_were_in_it_then(sqlite_app: Flask, sqlite_world: World) -> None:
    world, now = sqlite_world, clock.now()
    with sqlite_app.app_context():
        gruppe = Laeringsgruppe(
            organisation_id=world.organisations["jobcenter"],
            navn="Nordlyset",
            facilitator_id=world.leder,
            oprettet_at=now,
            medlemmer=[
                Gruppemedlem(
                    person_id=world.mette, ind_at=now - timedelta(days=20), ud_at=now - timedelta(days=10)
                )
            ],
        )
        db.session.add(gruppe)
        db.session.flush()
        for days in (30, 15, 5):
            add(world, at=now - timedelta(days=days), omfang="gruppe", omfang_id=gruppe.id)
        add(world, at=now, omfang="team", omfang_id=world.teams["nord"], slags="team", ret="teamleder")
        add(world, at=now, omfang="team", omfang_id=world.teams["kasse_nord"], slags="team", ret="teamleder")
        db.session.commit()
        db.session.remove()
    found = lines(Browser.signed_in(sqlite_app, world.mette).get(URL).get_data(as_text=True))
    assert found == [
        "Jonas Øland så de offentliggjorte tal for Team Nord som teamleder",
        "Jonas Øland så et møde i Nordlyset som deltager i gruppen",
    ]


def test_fifty_a_page_and_whoever_is_gone_has_no_name(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        for minutes in range(120):
            at = clock.now() - timedelta(minutes=minutes)
            ret = ("gruppe", "observatoer")[minutes % 2]
            add(sqlite_world, at=at, ejer_id=sqlite_world.mette, slags="besoeg", hvem_id=uuid4(), ret=ret)
        db.session.commit()
        db.session.remove()
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    pages = [lines(mette.get(f"{URL}?side={nr}").get_data(as_text=True)) for nr in (1, 2, 3, 9)]
    assert [len(page) for page in pages] == [50, 50, 20, 20]
    assert pages[0][0].startswith("En tidligere bruger så et besøg i dit par")


def test_every_kind_has_words() -> None:
    kinds = {name for name, kind in declared().kinds.items() if not kind.nobody}
    assert kinds == set(rules.TING)
    assert {ting.filter for ting in rules.TING.values()} <= set(rules.FILTRE)


def test_a_sample_names_who_and_whose_and_no_content_and_is_noted(
    sqlite_app: Flask,
    sqlite_world: World,
    ids: dict[str, UUID],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
) -> None:
    with sqlite_app.app_context():
        for days in range(1, 41):
            at = clock.now() - timedelta(days=days)
            add(
                sqlite_world,
                at=at,
                ejer_id=sqlite_world.mette,
                slags="feedback",
                genstand_id=ids["feedback_id"],
            )
        add(sqlite_world, at=clock.now() - timedelta(days=5), ejer_id=sqlite_world.mette, ret="egen")
        db.session.commit()
        db.session.remove()
    monkeypatch.setattr("supervision.adgangslog.cli.create_app", lambda: sqlite_app)
    done = CliRunner().invoke(stikproeve, ["--antal", "10", "--mappe", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "10 af 40 adgange" in done.output
    name = f"stikproeve-{clock.today().isoformat()}"
    text = (tmp_path / f"{name}.txt").read_text(encoding="utf-8")
    table = (tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert len(table) == 11
    assert text.count("Jonas Øland (gruppe): har set feedback, hvis: Mette Ærø") == 10
    assert "kanarie" not in text + "".join(table)
    assert (tmp_path / f"{name}.csv").stat().st_mode & 0o077 == 0
    with sqlite_app.app_context():
        noted = db.session.scalars(select(Adgang).where(Adgang.omfang == "adgangslog")).one()
        assert (noted.handling, noted.ret) == ("hentet", "stikproeve")
        db.session.remove()
