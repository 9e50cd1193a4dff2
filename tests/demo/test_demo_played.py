"""A demo that somebody has played with is topped up the next day all the same, and one that nobody touched, wholly."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from demo_dump import settings_in
from flask import Flask
from sqlalchemy import func, select
from web import Browser

from supervision import clock, create_app
from supervision.db import db
from supervision.demo import build
from supervision.demo.cli import addresses, make_demo
from supervision.demo.ids import id_of, numbered, row_id
from supervision.demo.played import PlayedOn, Present, attempt, forgiving
from supervision.feedback.models import Feedback
from supervision.history import Historik
from supervision.personer.models import Organisation, Person, Rolletildeling
from supervision.rettigheder.models import Sletteanmodning

Forgiving = Callable[..., AbstractContextManager[list[str]]]


@pytest.fixture
def a_week_old(demo_folder: Path, tmp_path: Path) -> Iterator[Flask]:
    """A demo of a week ago, to play with."""
    shutil.copy(demo_folder / "supervision.db", tmp_path / "supervision.db")
    app = create_app(settings_in(tmp_path))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def heard(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What each top-up leaves out from now on."""
    found: list[list[str]] = []
    real: Forgiving = build.forgiving

    @contextmanager
    def listening(**how: Any) -> Iterator[list[str]]:
        with real(**how) as left_out:
            found.append(left_out)
            yield left_out

    monkeypatch.setattr(build, "forgiving", listening)
    return found


def play(app: Flask) -> None:
    """Palle erases Bo, who has asked for it, shuts Maja out, gives Tobias another e-mail, and empties a team."""
    bo, maja, tobias = (id_of("person", key) for key in ("bo", "maja", "tobias"))
    palle = Browser.signed_in(app, id_of("person", "palle"))
    with app.app_context():
        home = db.session.get_one(Person, tobias).organisation_id
        team = id_of("team:dagpenge", "team", "0")
        roles = db.session.scalars(select(Rolletildeling.id).where(Rolletildeling.team_id == team)).all()
        db.session.remove()
    name = {"navn": "Tobias Lund Kjær", "email": "tobias.ny@demo.example", "organisation": str(home)}
    sent = [
        palle.send(f"/administration/sletninger/{bo}"),
        palle.send(f"/administration/personer/{maja}/luk"),
        palle.send(f"/administration/personer/{tobias}/ret", **name),
    ]
    assert {answer.status_code for answer in sent} <= {302, 303}
    with app.app_context():
        yesterday = clock.today() - timedelta(days=1)
        for role in db.session.scalars(select(Rolletildeling).where(Rolletildeling.id.in_(roles))):
            role.til = max(yesterday, role.fra + timedelta(days=1))
        db.session.commit()
        db.session.remove()


@pytest.mark.wide
def test_played_with_it_lives_on_around_what_was_done(
    a_week_old: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the pages, as a visitor does it; the product without the care for it stops at the first who is gone."""
    play(a_week_old)
    left_out = heard(monkeypatch)
    with monkeypatch.context() as planted:
        planted.setattr(build, "forgiving", lambda **_how: forgiving(really=False))
        with pytest.raises(PlayedOn):
            make_demo(a_week_old, clock.today())
        with a_week_old.app_context():
            db.session.remove()
    assert make_demo(a_week_old, clock.today()) is True
    assert len(left_out[-1]) <= 5, left_out
    assert make_demo(a_week_old, clock.today()) is False
    with a_week_old.app_context():
        assert db.session.get(Person, id_of("person", "bo")) is None, "he stays erased"
        assert not db.session.get_one(Person, id_of("person", "maja")).active
        border = clock.now() - timedelta(days=6)
        new = db.session.scalar(select(func.count()).select_from(Feedback).where(Feedback.sendt_at > border))
        acts = select(func.count()).select_from(Historik).where(Historik.person_id == id_of("person", "maja"))
        maja = db.session.scalar(acts.where(Historik.at > clock.now() - timedelta(hours=24)))
        asked = db.session.scalars(select(Sletteanmodning.person_id)).all()
        db.session.remove()
    assert new
    assert not maja, "who is shut out does nothing more"
    assert asked == [id_of("person", "poul")], "somebody else has asked now"
    shown = addresses(a_week_old)
    assert "maja" not in shown
    assert shown["tobias"] == "tobias.ny@demo.example"


@pytest.mark.wide
def test_untouched_nothing_is_left_out(a_week_old: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a wrong plan would be taken for somebody's play."""
    left_out = heard(monkeypatch)
    assert make_demo(a_week_old, clock.today()) is True
    assert left_out == [[]]


def test_an_act_is_left_out_whole_or_raises(sqlite_app: Flask) -> None:
    def found(scope: str) -> bool:
        return db.session.get(Organisation, row_id(scope, "organisation")) is not None

    def act(scope: str, *, gone: bool) -> None:
        with numbered(scope):
            db.session.add(Organisation(navn=scope, slags="jobcenter"))
            db.session.flush()
            if gone:
                Present[int]()["bo"]

    with sqlite_app.app_context():
        with forgiving() as left_out:
            act("et", gone=True)
            act("to", gone=False)
            with attempt("tre"):
                raise KeyError("row")
        assert left_out == ["et", "tre"]
        assert (found("et"), found("to")) == (False, True)
        with pytest.raises(PlayedOn), forgiving(really=False):
            act("fire", gone=True)
        db.session.rollback()
        db.session.remove()
