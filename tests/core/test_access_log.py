"""The access log's rows: only added, gone when their time is over, written with the change or before the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World, make_world
from road import walk
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from web import Browser

from supervision import adgangslog, clock
from supervision.adgangslog import Adgang, requests
from supervision.adgangslog.retention import foerste_dag
from supervision.db import db
from supervision.feedback.models import Feedback
from supervision.problems import RuleBroken

CHANGES = {
    "sqlite": (
        "UPDATE adgang SET ret = 'egen'",
        "DELETE FROM adgang WHERE slags = 'feedback'",
        "INSERT OR REPLACE INTO adgang SELECT id, at, NULL, ejer_id, organisation_id, omfang, omfang_id, slags,"
        " genstand_id, handling, ret FROM adgang WHERE slags = 'feedback'",
    ),
    "postgresql": (
        "UPDATE adgang SET ret = 'egen'",
        "DELETE FROM adgang WHERE slags = 'feedback'",
        "TRUNCATE adgang",
    ),
}


def add(world: World, *, days_ago: int, slags: str = "feedback") -> UUID:
    row = Adgang(
        at=clock.now() - timedelta(days=days_ago),
        hvem_id=world.jonas,
        ejer_id=world.mette,
        organisation_id=world.organisations["jobcenter"],
        slags=slags,
        handling="laest",
        ret="observatoer",
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def went_through(statement: str) -> bool:
    try:
        with db.session.begin_nested():
            db.session.execute(text(statement))
    except DBAPIError:
        return False
    return True


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Adgang)) or 0


@pytest.mark.gate("C8")
def test_the_apps_own_role_can_neither_change_nor_delete_a_row(
    context: Flask, record_property: Callable[[str, str], None]
) -> None:
    world = make_world()
    add(world, days_ago=0)
    add(world, days_ago=364)
    db.session.commit()
    engine = db.engine.dialect.name
    assert [one for one in CHANGES[engine] if went_through(one)] == []
    record_property("figure", f"{len(CHANGES[engine])} ways of changing rows refused on {engine}")
    drop = " ON adgang" if engine == "postgresql" else ""
    for trigger in ("adgang_bliver_staaende", "adgang_aendres_ikke", "adgang_erstattes_ikke"):
        if engine == "sqlite" or trigger == "adgang_bliver_staaende":
            db.session.execute(text(f"DROP TRIGGER {trigger}{drop}"))
    assert went_through(CHANGES[engine][0]), "without the triggers it is possible: they are what holds"
    db.session.rollback()


def test_rows_go_by_one_road_when_their_time_is_over(context: Flask) -> None:
    world = make_world()
    for days in (0, 200, 364, 367, 800):
        add(world, days_ago=days)
    db.session.commit()
    limit = foerste_dag(clock.today(), 12)
    with pytest.raises(RuleBroken, match="12 måneder"):
        adgangslog.slet_adgange_foer(limit + timedelta(days=1))
    assert adgangslog.slet_adgange_foer(limit - timedelta(days=1)) in (1, 2)
    assert adgangslog.slet_adgange_foer(limit - timedelta(days=1)) == 0
    db.session.commit()
    noted = db.session.scalars(select(Adgang).where(Adgang.slags == "adgangslog")).one()
    assert (noted.handling, noted.hvem_id, noted.omfang) == ("slettet", None, "adgangslog")
    adgangslog.keep_for(6, by=world.administrator)
    assert adgangslog.slet_adgange_foer(foerste_dag(clock.today(), 6)) >= 2
    db.session.flush()
    assert not went_through("DELETE FROM adgang"), "what is younger than six months stays, whatever is set"
    with pytest.raises(RuleBroken, match="mindst 6"):
        adgangslog.keep_for(3, by=None)


@pytest.mark.parametrize(
    ("today", "months", "first"), [((2026, 3, 31), 1, (2026, 2, 28)), ((2026, 1, 5), 12, (2025, 1, 5))]
)
def test_the_first_day_that_is_kept(today: Any, months: int, first: Any) -> None:
    from datetime import date

    assert foerste_dag(date(*today), months) == date(*first)


@pytest.fixture
def ids(sqlite_app: Flask, sqlite_world: World) -> dict[str, UUID]:
    adgangslog.forget()
    with sqlite_app.app_context():
        made = dict(walk(sqlite_world).ids)
        db.session.commit()
        db.session.remove()
    return made


def rows(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        found = db.session.execute(select(Adgang.slags, Adgang.handling, Adgang.ret).order_by(Adgang.at))
        kept = [tuple(row) for row in found]
        db.session.remove()
    return kept


def test_a_page_that_cannot_be_logged_is_not_shown(
    sqlite_app: Flask, sqlite_world: World, ids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    url = f"/feedback/{ids['feedback_id']}"
    assert "kanarie-lykkedes" in browser.get(url).get_data(as_text=True)
    assert rows(sqlite_app) == [("feedback", "laest", "observatoer")]

    def full(_rows: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(requests, "commit_alone", full)
    refused = browser.get(url)
    assert refused.status_code == 503
    assert "kanarie" not in refused.get_data(as_text=True)
    assert refused.headers["Retry-After"]
    assert refused.headers["Cache-Control"] == "no-store"
    own = Browser.signed_in(sqlite_app, sqlite_world.mette).get(url)
    assert own.status_code == 200, "one's own things need no row"


def test_a_change_and_its_row_are_one_commit(
    sqlite_app: Flask, sqlite_world: World, ids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    url = f"/feedback/{ids['feedback_id']}/spoergsmaal/{ids['spoergsmaal_id']}/svar"
    assert browser.send(url, tekst="Du sagde tolv minutter.").status_code == 303
    assert rows(sqlite_app) == [("spoergsmaal", "aendret", "observatoer")]

    def broken(*_args: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(requests, "rows_of", broken)
    mette = Browser.signed_in(sqlite_app, sqlite_world.mette)
    assert mette.send(f"/feedback/{ids['feedback_id']}/tak", tak="Tak, Jonas.").status_code == 507
    with sqlite_app.app_context():
        assert db.session.get_one(Feedback, ids["feedback_id"]).tak == ""
        db.session.remove()
    assert len(rows(sqlite_app)) == 1


def test_a_row_that_was_not_kept_is_not_remembered_as_written(
    sqlite_app: Flask, sqlite_world: World, ids: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ticks are noted once a quarter of an hour: the ones after a full disk must still be."""
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    url = f"/api/kontrakter/{ids['kontrakt_id']}/haendelser"
    event = {"id": str(uuid4()), "nr": 99, "t_ms": 9_000, "spor": "note", "kode": "et ord"}
    batch = {"startet_at": clock.now().isoformat(), "haendelser": [event]}

    def full() -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(db.session, "commit", full)
        assert jonas.send_json(url, batch).status_code == 507
    assert rows(sqlite_app) == []
    for _ in range(2):
        assert jonas.send_json(url, batch).status_code == 200
    assert rows(sqlite_app) == [("optager", "aendret", "observatoer")]


@pytest.mark.one_process("a process remembers for itself what it wrote lately; two write one row more")
def test_what_is_missing_or_closed_leaves_no_row_and_what_repeats_itself_one(
    sqlite_app: Flask, sqlite_world: World, ids: dict[str, UUID]
) -> None:
    stranger = Browser.signed_in(sqlite_app, sqlite_world.people["fremmed"])
    assert stranger.get(f"/feedback/{ids['feedback_id']}").status_code == 404
    assert rows(sqlite_app) == []
    jonas = Browser.signed_in(sqlite_app, sqlite_world.jonas)
    for _ in range(3):
        assert jonas.get(f"/api/kontrakter/{ids['kontrakt_id']}/haendelser").status_code == 200
    assert rows(sqlite_app) == [("optager", "laest", "observatoer")]
    with clock.travel(clock.now() + timedelta(minutes=16)):
        jonas.get(f"/api/kontrakter/{ids['kontrakt_id']}/haendelser")
    assert len(rows(sqlite_app)) == 2
    for _ in range(2):
        jonas.get(f"/feedback/{ids['feedback_id']}")
    assert rows(sqlite_app).count(("feedback", "laest", "observatoer")) == 2, "a person's reading each time"
