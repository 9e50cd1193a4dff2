"""Erasure: nothing of the person is left in any byte, again after a restore, and the frozen figures stand (C4, C7)."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hele_verden import dump, one_of_each, plant, whole
from sqlalchemy import insert, select, text

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db, metadata
from supervision.history import Historik
from supervision.overblik.models import Udgivelse, UdgivetTal
from supervision.overblik.queries import list_kendte, list_tal
from supervision.overblik.rules import Kvartal, r6_kvartal
from supervision.personer.models import Organisation, Person
from supervision.rettigheder.actions import fjern, sletning
from supervision.rettigheder.actions.sletning import INGEN, erase_person, replay_deletions
from supervision.rettigheder.actions.toem import overwrite_deleted
from supervision.rettigheder.formats import journal as journals

GOES = {"about"}


@pytest.fixture
def people(context: Flask) -> dict[str, UUID]:
    found = one_of_each()
    db.session.commit()
    return found


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return journals.journal_of(tmp_path)


def bytes_of(app: Flask) -> Iterator[tuple[str, bytes]]:
    """Every file in which the database keeps its rows, and everything in the instance folder."""
    if db.engine.dialect.name == "sqlite":
        for path in Path(app.instance_path).rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()
        return
    folder = Path(db.session.execute(text("SHOW data_directory")).scalar_one())
    db.session.remove()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))  # what is in its memory is in its files now
    for path in (folder / "base").rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


def hits(app: Flask, words: list[str]) -> list[str]:
    """The words that some file holds."""
    files = dict(bytes_of(app))
    return [word for word in words if any(word.encode() in body for body in files.values())]


def backup_of(app: Flask, folder: Path) -> Callable[[], None]:
    """Take a backup; what is returned puts it back."""
    if db.engine.dialect.name == "sqlite":
        db.session.remove()
        raw = db.engine.raw_connection()
        raw.dbapi_connection.execute("VACUUM INTO ?", (str(folder / "kopi.db"),))
        raw.close()

        def put_back() -> None:
            db.session.remove()
            db.engine.dispose()
            target = Path(app.instance_path) / "supervision.db"
            for old in target.parent.glob("supervision.db*"):
                old.unlink()
            shutil.copy(folder / "kopi.db", target)

        return put_back
    rows = {table: [dict(row._mapping) for row in whole(table)] for table in metadata.sorted_tables}

    def put_rows_back() -> None:
        for table in reversed(metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.execute(text("SET session_replication_role = replica"))
        for table, kept in rows.items():
            if kept:
                db.session.execute(insert(table), kept)
        db.session.execute(text("SET session_replication_role = origin"))
        db.session.commit()

    return put_rows_back


@pytest.mark.gate("C7")
@pytest.mark.parametrize("app", ["sqlite", pytest.param("postgres", marks=pytest.mark.wide)], indirect=True)
def test_no_byte_is_left_and_none_comes_back(
    app: Flask,
    people: dict[str, UUID],
    journal: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    record_property: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    mette = people["mette"]
    planted = plant(mette)
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))  # takes samples of the words, as it does by itself now and then
        db.session.commit()
    gone = [kanarie.ord for kanarie in planted if kanarie.roller & GOES]
    ids = [mette.hex] if db.engine.dialect.name == "sqlite" else []
    assert overwrite_deleted()
    assert len(hits(app, gone + ids)) == len(gone + ids), "the search sees nothing"
    put_back = backup_of(app, tmp_path)

    assert erase_person(mette, journal=journal)
    db.session.commit()
    assert overwrite_deleted()
    assert hits(app, gone + ids) == []
    assert not any(word in caplog.text for word in [*gone, str(mette), mette.hex])
    assert [line.id for line in journals.read(journal)] == [mette]
    assert not any(word in journal.read_text() for word in gone)

    put_back()
    assert hits(app, gone) != []
    assert replay_deletions(journal) == 1
    assert overwrite_deleted()
    assert hits(app, gone + ids) == []
    assert replay_deletions(journal) == 0
    assert len(journals.read(journal)) == 1
    record_property("figure", f"{len(gone)} canaries: 0 hits after erasure, 0 after restore and replay")


@pytest.mark.gate("C7")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.planted("C7")
def test_the_byte_search_sees_a_deletion_that_is_none(app: Flask, people: dict[str, UUID]) -> None:
    """Planted: rows deleted without secure_delete, and a row that is only marked as deleted."""
    raw = db.engine.raw_connection()
    driver: Any = raw.dbapi_connection
    for statement in (
        "PRAGMA secure_delete=OFF",
        f"UPDATE lognotat SET proevet = 'kanarie-uden-overskrivning' || '{'x' * 200}'",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "DELETE FROM lognotat",
        "PRAGMA wal_checkpoint(TRUNCATE)",
    ):
        driver.execute(statement).fetchall()
    raw.close()
    assert hits(app, ["kanarie-uden-overskrivning"]) == ["kanarie-uden-overskrivning"]
    assert overwrite_deleted()
    assert hits(app, ["kanarie-uden-overskrivning"]) == []


@pytest.mark.wide
@pytest.mark.gate("C7")
@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_everybody_can_be_erased_one_after_the_other(
    app: Flask, people: dict[str, UUID], journal: Path
) -> None:
    """No foreign key is forgotten: a person's row goes only when nothing points to it any more."""
    for navn, person_id in people.items():
        assert erase_person(person_id, journal=journal), navn
        db.session.commit()
    for table in metadata.sorted_tables:
        for row in whole(table):
            assert not set(people.values()) & {value for value in row if isinstance(value, UUID)}, table.name
    left = db.session.scalars(select(Person)).all()
    assert all(one.slettet_at and one.navn == INGEN and not one.active for one in left)
    assert len({one.id for one in left}) == len(people), "each has a nobody of their own"
    assert not erase_person(people["mette"], journal=journal)


@pytest.mark.wide
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_path_that_the_map_forgets_stops_the_erasure(
    app: Flask, people: dict[str, UUID], journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import IntegrityError

    real = sletning._paths
    monkeypatch.setattr(
        sletning, "_paths", lambda erase: [(t, s) for t, s in real(erase) if t.name != "manual_laest"]
    )
    with pytest.raises(IntegrityError):
        erase_person(people["mette"], journal=journal)
    db.session.rollback()
    assert db.session.get(Person, people["mette"]) is not None


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_what_was_written_to_others_stays_without_a_name(
    app: Flask, people: dict[str, UUID], journal: Path
) -> None:
    planted = plant(people["jonas"])
    kept = {k.ord for k in planted if k.tabel == "feedback_punkt" and "written" in k.roller}
    own = {
        k.ord for k in planted if (k.tabel, k.kolonne) == ("feedback", "tager_med") and "written" in k.roller
    }
    assert kept
    assert own
    erase_person(people["jonas"], journal=journal)
    db.session.commit()
    left = dump()
    assert all(word in left for word in kept)
    assert not any(word in left for word in own)
    kontrakter = db.session.scalars(select(FeedbackKontrakt).filter_by(fokusperson_id=people["mette"])).all()
    assert {one.observatoer.fornavn for one in kontrakter if one.observatoer.slettet_at} == {INGEN}
    note = db.session.scalars(select(Historik).filter_by(handling="slettede_en_person")).one()
    assert note.genstand == Organisation.__tablename__


@pytest.mark.gate("C4")
@pytest.mark.parametrize("app", ["sqlite", pytest.param("postgres", marks=pytest.mark.wide)], indirect=True)
@pytest.mark.planted("C4")
def test_a_published_figure_stands_and_opens_to_nobody(
    app: Flask,
    people: dict[str, UUID],
    journal: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Any,
) -> None:
    """R6 and R7: each row as it was, and whoever knew Mette's share knows as many as before."""
    udgivelse, kvartal = _published(people)
    table = UdgivetTal.__table__
    before, known = whole(table), _unknown(people["jonas"], udgivelse, kvartal)
    with monkeypatch.context() as broken:
        broken.setattr(fjern, "remember_what_goes", lambda **_found: None)
        with db.session.begin_nested() as undo:
            erase_person(people["mette"], journal=journal)
            assert _unknown(people["jonas"], udgivelse, kvartal) > known, "a planted bug is not seen"
            undo.rollback()
    db.session.expire_all()
    erase_person(people["mette"], journal=journal)
    db.session.commit()
    assert whole(table) == before
    assert _unknown(people["jonas"], udgivelse, kvartal) == known
    record_property("figure", f"{len(before)} published figures: 0 changed by an erasure")


def _published(people: dict[str, UUID]) -> tuple[Udgivelse, Kvartal]:
    """The quarter in which Jonas' observation of Mette counts, with a figure that rests on her."""
    tal = db.session.scalars(select(UdgivetTal)).first()
    assert tal is not None
    udgivelse = db.session.get_one(Udgivelse, tal.udgivelse_id)
    today = clock.today()
    kvartal = r6_kvartal(today, today)
    udgivelse.aar, udgivelse.nr = kvartal.aar, kvartal.nr
    db.session.execute(text("DELETE FROM billedseer"))  # known by the log alone
    db.session.commit()
    return udgivelse, kvartal


def _unknown(viewer_id: UUID, udgivelse: Udgivelse, kvartal: Kvartal) -> int:
    """How many persons of the quarter's figures the viewer knows nothing of."""
    viewer = db.session.get_one(Person, viewer_id)
    kendte = list_kendte(kvartal, viewer=viewer)
    return sum(len(figur.hvem - kendte) for figur in list_tal(udgivelse))


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    journal = journals.journal_of(tmp_path)
    assert journals.read(journal) == []
    id = UUID(int=7)
    journals.append(journal, "person", id, clock.now())
    with journal.open("a") as file:
        file.write('{"at": "2026-')
    assert [line.id for line in journals.read(journal)] == [id]
    assert journal.stat().st_mode & 0o077 == 0
