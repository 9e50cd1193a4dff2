"""Everything about oneself, and nothing of others (GDPR art. 15 and 20)."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask import Flask
from hele_verden import Kanarie, one_of_each, plant, whole
from people import World
from road import walk
from sqlalchemy import select, true
from web import Browser

from supervision import clock
from supervision.db import db, metadata
from supervision.observationer.models import Registrering
from supervision.personer.models import Person
from supervision.privacy import privacy_map
from supervision.rettigheder.formats.mine_data import HTML_FILE, JSON_FILE, write_zip
from supervision.rettigheder.queries import egne_data
from supervision.rettigheder.queries.egne_data import list_afsnit

ABOUT_BUT_NOT_GIVEN = {
    ("feedback", "tager_med"): "the author's alone, for good",
    ("observation", "fil_observatoer"): "somebody else's name",
    ("supervisionsdag", "ramme"): "about a day",
}
"""Texts of rows about a person that are somebody else's."""


@pytest.fixture
def seeded(sqlite_app: Flask) -> Any:
    """(people, canaries), but for what the observatør noted for themselves: it is nobody else's."""
    with sqlite_app.app_context():
        people = one_of_each()
        planted = plant(people["mette"])
        db.session.commit()
        private = {
            value["k"] for (value,) in db.session.execute(select(Registrering.data).filter_by(privat=True))
        }
        yield people, [kanarie for kanarie in planted if kanarie.ord not in private]
        db.session.remove()


def export_of(person_id: UUID) -> tuple[str, dict[str, Any]]:
    """The page and the JSON."""
    person = db.session.get_one(Person, person_id)
    body = write_zip(list_afsnit(viewer=person), navn=person.navn, lavet_at=clock.now())
    with ZipFile(BytesIO(body)) as archive:
        assert archive.testzip() is None
        return archive.read(HTML_FILE).decode(), json.loads(archive.read(JSON_FILE))


def wrong(planted: list[Kanarie], page: str, data: dict[str, Any], *, allowed: set[str]) -> list[str]:
    """What of the person's is missing in the export, and what of others' is in it."""
    text = json.dumps(data, ensure_ascii=False)
    counted = {tabel.navn for tabel in privacy_map().tabeller.values() if tabel.counted}
    found = []
    for kanarie in planted:
        name = f"{kanarie.tabel}.{kanarie.kolonne}"
        own = "about" in kanarie.roller and (kanarie.tabel, kanarie.kolonne) not in ABOUT_BUT_NOT_GIVEN
        if own and (kanarie.ord not in text or (kanarie.ord not in page and kanarie.tabel not in counted)):
            found.append(f"{name} is missing")
        if not kanarie.roller and kanarie.ord in page + text and kanarie.ord not in allowed:
            found.append(f"{name} is somebody else's")
    return found


@pytest.mark.gate("C6")
@pytest.mark.planted("C6")
def test_all_of_ones_own_and_nothing_of_others(
    seeded: Any, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    people, planted = seeded
    allowed = {db.session.get_one(Person, people["jonas"]).navn}  # the observatør
    supervisor = db.session.get_one(Person, people["supervisor"])
    allowed.add(supervisor.navn)  # who attended as one
    page, data = export_of(people["mette"])
    assert wrong(planted, page, data, allowed=allowed) == []
    about = sum("about" in kanarie.roller for kanarie in planted)
    others = sum(not kanarie.roller for kanarie in planted)
    record_property("figure", f"{about} of {about} own texts given, 0 of {others} of others")
    with monkeypatch.context() as broken:
        broken.setattr(egne_data, "_readable", lambda *_: true())
        leaked = wrong(planted, *export_of(people["mette"]), allowed=allowed)
        assert "person.email is somebody else's" in leaked
    kort = privacy_map()
    no_log = replace(kort, tabeller={k: v for k, v in kort.tabeller.items() if k != "lognotat"})
    with monkeypatch.context() as broken:
        broken.setattr(egne_data, "privacy_map", lambda: no_log)
        assert "lognotat.proevet is missing" in wrong(planted, *export_of(people["mette"]), allowed=allowed)


@pytest.mark.gate("C6")
def test_every_row_of_a_table_with_a_path_to_the_person_is_there(seeded: Any) -> None:
    people, _ = seeded
    _, data = export_of(people["mette"])
    given = {(part["tabel"], row["id"]) for part in data["afsnit"] for row in part["raekker"]}
    mette = people["mette"]
    for table in metadata.sorted_tables:
        own = {sti.kolonner[0] for sti in privacy_map().tabeller[table.name].stier if len(sti.kolonner) == 1}
        for row in whole(table):
            if any(row._mapping[column] == mette for column in own):
                key = " ".join(str(row._mapping[c.name]) for c in table.primary_key)
                assert (table.name, key) in given, table.name


@pytest.mark.wide
def test_what_one_may_not_read_yet_is_not_given(sqlite_app: Flask, sqlite_world: World) -> None:
    """A draft about Mette, Jonas' note in it, and what a wrong condition would let out."""
    with sqlite_app.app_context():
        walk(sqlite_world)
        db.session.commit()
        feedback = db.session.execute(db.text("SELECT sendt_at FROM feedback")).scalar()
        assert feedback is not None
        mette, jonas = export_of(sqlite_world.mette)[1], export_of(sqlite_world.jonas)[1]
        assert "kanarie-note" not in json.dumps(mette)
        assert "kanarie-note" in json.dumps(jonas)
        assert "kanarie-fokus" in json.dumps(mette)
        assert "kanarie-fokus" not in json.dumps(jonas)
        db.session.execute(db.text("UPDATE feedback SET sendt_at = NULL"))
        db.session.execute(db.text("UPDATE feedback_punkt SET sendt_at = NULL"))
        db.session.execute(db.text("UPDATE observation SET overdraget_at = NULL"))
        db.session.commit()
        draft = export_of(sqlite_world.mette)[1]
        kinds = {part["tabel"] for part in draft["afsnit"]}
        assert kinds.isdisjoint({"feedback", "feedback_punkt", "haendelse", "sammenfatning"})
        db.session.remove()


@pytest.mark.wide
def test_the_file_and_the_page(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        walk(sqlite_world)
        db.session.commit()
        db.session.remove()
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    answer = mette.get("/profil/mine-data/fil")
    assert answer.mimetype == "application/zip"
    assert 'filename="mine-data-' in answer.headers["Content-Disposition"]
    with ZipFile(BytesIO(answer.data)) as archive:
        assert {info.filename for info in archive.infolist()} == {HTML_FILE, JSON_FILE}
    assert "kanarie-fokus" in mette.get("/profil/mine-data/laes").get_data(as_text=True)
    first = mette.get("/profil/mine-data").get_data(as_text=True)
    assert "Hent alt om dig" in first
    assert "12 måneder" in first
    assert "/profil/mine-data" in mette.get("/profil").get_data(as_text=True)
