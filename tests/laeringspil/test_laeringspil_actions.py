"""Versions of the læringspil: nothing is lost, and only one is current."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from people import World
from sqlalchemy import func, select

from supervision import clock
from supervision.db import db
from supervision.history import Historik
from supervision.laeringspil import actions, queries
from supervision.laeringspil.models import Laeringspil
from supervision.laeringspil.rules import Linje
from supervision.personer.models import Person
from supervision.problems import NotFound, RuleBroken

SPOERGE = Linje("spørge åbent", "i første samtale", "afproeve", "borgeren siger mere")
TIE = Linje("tie stille", "", "observere", "", None)


@pytest.fixture
def mette(context: Flask, world: World) -> Person:
    return _person(world.mette)


def test_the_first_arrow(mette: Person) -> None:
    assert queries.find_laeringspil(mette) is None
    drawn = actions.draw_laeringspil(linjer=[SPOERGE, Linje(""), TIE], by=mette)
    assert queries.find_laeringspil(mette) is drawn
    assert [linje.nr for linje in drawn.linjer] == [1, 2]
    assert queries.list_linjer(drawn) == (SPOERGE, TIE)
    assert [one.pil for one in queries.list_udgaver(viewer=mette)] == [queries.find_laeringspil(mette)]
    noted = db.session.scalars(select(Historik).where(Historik.genstand_id == drawn.id)).one()
    assert (noted.handling, noted.person_id) == ("tegnede_laeringspil", mette.id)


def test_a_new_version_closes_the_one_before_and_keeps_it(mette: Person) -> None:
    morning = datetime(2027, 3, 3, 8, tzinfo=UTC)
    drawn = []
    for day, linjer in enumerate(([SPOERGE], [SPOERGE, TIE], [TIE])):
        with clock.travel(morning + timedelta(days=day)):
            drawn.append(actions.draw_laeringspil(linjer=linjer, by=mette))
    db.session.commit()
    db.session.expire_all()
    first, second, third = drawn
    assert queries.find_laeringspil(mette) is third
    assert [one.pil for one in queries.list_udgaver(viewer=mette)][1:] == [second, first]
    assert [queries.list_linjer(version) for version in drawn] == [(SPOERGE,), (SPOERGE, TIE), (TIE,)]
    assert (first.afloest_at, second.afloest_at) == (second.oprettet_at, third.oprettet_at)


def test_the_same_lines_again_are_no_new_version(mette: Person) -> None:
    drawn = actions.draw_laeringspil(linjer=[SPOERGE, TIE], by=mette)
    assert actions.draw_laeringspil(linjer=[SPOERGE, Linje(""), TIE], by=mette) is drawn
    assert _count() == 1
    assert actions.draw_laeringspil(linjer=[TIE, SPOERGE], by=mette) is not drawn
    assert _count() == 2


def test_what_cannot_be_kept_changes_nothing(mette: Person) -> None:
    drawn = actions.draw_laeringspil(linjer=[SPOERGE], by=mette)
    with pytest.raises(RuleBroken):
        actions.draw_laeringspil(linjer=[], by=mette)
    assert queries.find_laeringspil(mette) is drawn


def test_nobody_is_given_anothers(mette: Person, world: World) -> None:
    for name, person_id in world.people.items():
        actions.draw_laeringspil(linjer=[Linje(f"{name} før")], by=_person(person_id))
        actions.draw_laeringspil(linjer=[Linje(f"{name} nu")], by=_person(person_id))
    current = queries.find_laeringspil(mette)
    assert current is not None
    assert [linje.faerdighed for linje in current.linjer] == ["mette nu"]
    [before] = [one.pil for one in queries.list_udgaver(viewer=mette)[1:]]
    assert [linje.faerdighed for linje in before.linjer] == ["mette før"]
    for name, person_id in world.people.items():
        if name != "mette":
            with pytest.raises(NotFound):
                queries.get_laeringspil(current.id, viewer=_person(person_id))
            with pytest.raises(NotFound):
                queries.get_laeringspil(before.id, viewer=_person(person_id))
    assert queries.get_laeringspil(before.id, viewer=mette) is before


def test_two_who_save_at_once_leave_one_current(app: Flask, world: World) -> None:
    start, problems = Barrier(2), []

    def save(linje: Linje) -> None:
        with app.test_request_context(method="POST"):
            try:
                person = _person(world.mette)
                db.session.rollback()
                start.wait()
                actions.draw_laeringspil(linjer=[linje], by=person)
                db.session.commit()
            except Exception as problem:
                problems.append(problem)
            finally:
                db.session.remove()

    threads = [Thread(target=save, args=(linje,)) for linje in (SPOERGE, TIE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with app.app_context():
        current = db.session.scalars(select(Laeringspil).where(Laeringspil.afloest_at.is_(None))).all()
        assert len(current) == 1
        assert _count() == 2
        db.session.remove()


def _person(person_id: object) -> Person:
    found = db.session.get(Person, person_id)
    assert found is not None
    return found


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Laeringspil)) or 0
