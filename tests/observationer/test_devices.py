"""Links to another device: made, used once, taken back, on both engines."""

from __future__ import annotations

import threading
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from agreed import add_kontrakt
from flask import Flask
from people import World
from sqlalchemy import select

from supervision import clock
from supervision.aftaler.actions import withdraw
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.history import Historik
from supervision.observationer.actions import devices, recording
from supervision.observationer.models import Enhedslink
from supervision.observationer.queries import find_open_link, is_device_open, list_device_links
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def kontrakt(context: Flask, world: World) -> FeedbackKontrakt:
    return held(add_kontrakt(world))


def held(kontrakt_id: UUID) -> FeedbackKontrakt:
    found = db.session.get(FeedbackKontrakt, kontrakt_id)
    assert found is not None
    return found


def person(world: World, name: str = "jonas") -> Person:
    found = db.session.get(Person, world.people[name])
    assert found is not None
    return found


def acts() -> list[str]:
    wanted = select(Historik.handling).where(Historik.genstand == "enhedslink").order_by(Historik.at)
    return list(db.session.scalars(wanted))


def test_a_link_is_kept_as_a_hash_and_a_new_one_replaces_it(kontrakt: FeedbackKontrakt, world: World) -> None:
    jonas, other = person(world), held(add_kontrakt(world, fokusperson="aase", yes=("aase", "jonas")))
    elsewhere, _ = devices.make_link(kontrakt=other, by=jonas)
    first, code = devices.make_link(kontrakt=kontrakt, by=jonas)
    plain = code.replace("-", "")
    assert len(plain) * 5 >= 128
    assert set(plain) <= set(devices.ALPHABET)
    assert len(set(devices.ALPHABET)) == 32
    assert first.token_hash == sha256(plain.encode()).hexdigest()
    assert first.udloeber_at - first.oprettet_at == TEN_MINUTES

    second, newer = devices.make_link(kontrakt=kontrakt, by=jonas)
    assert newer != code
    assert find_open_link(code) is None
    found = find_open_link(newer)
    assert found is not None
    assert (found[0].id, found[1].id) == (second.id, jonas.id)
    assert (first.tilbagekaldt_at is None, elsewhere.tilbagekaldt_at) == (False, None)
    assert acts() == ["lavede_enhedslink"] * 2 + ["tilbagekaldte_enhedslink", "lavede_enhedslink"]

    devices.use_link(link=second)
    with clock.travel(clock.now() + TEN_MINUTES + timedelta(days=1, seconds=1)):
        devices.make_link(kontrakt=kontrakt, by=jonas)
    assert db.session.query(Enhedslink).count() == 1, "what is long over is gone, the other kontrakt's too"


def test_the_code_is_read_as_it_may_be_typed(kontrakt: FeedbackKontrakt, world: World) -> None:
    _, code = devices.make_link(kontrakt=kontrakt, by=person(world))
    for typed in (code, code.upper(), code.replace("-", ""), code.replace("0", "O").replace("1", "l")):
        assert find_open_link(typed) is not None, typed
    for wrong in ("", "-", code[:-1], code[:-1] + ("a" if code[-1] != "a" else "b"), "æ\0ø", "x" * 5000):
        assert find_open_link(wrong) is None, wrong


def test_only_the_observatoer_and_only_while_the_samtale_runs(
    kontrakt: FeedbackKontrakt, world: World
) -> None:
    for name in ("mette", "aase", "administrator"):
        with pytest.raises(NotAllowed):
            devices.make_link(kontrakt=kontrakt, by=person(world, name))
        with pytest.raises(NotAllowed):
            devices.take_back_links(kontrakt=kontrakt, by=person(world, name))
    jonas = person(world)
    _, code = devices.make_link(kontrakt=kontrakt, by=jonas)
    raw = [{"id": "11111111-1111-4111-8111-111111111111", "nr": 0, "t_ms": 0, "spor": "ur", "kode": "start"}]
    receipt = recording.store_haendelser(kontrakt=kontrakt, by=jonas, startet_at=clock.now(), raw=list(raw))
    observation = db.session.get(recording.Observation, receipt.observation_id)
    assert observation is not None
    assert find_open_link(code) is not None
    recording.end_observation(observation=observation, by=jonas)
    assert find_open_link(code) is None
    with pytest.raises(RuleBroken):
        devices.make_link(kontrakt=kontrakt, by=jonas)


def test_a_link_opens_for_ten_minutes_and_once(kontrakt: FeedbackKontrakt, world: World) -> None:
    jonas = person(world)
    late, code = devices.make_link(kontrakt=kontrakt, by=jonas)
    with clock.travel(late.udloeber_at - timedelta(seconds=5)):
        assert find_open_link(code) is not None
    with clock.travel(late.udloeber_at):
        assert find_open_link(code) is None
        with pytest.raises(RuleBroken):
            devices.use_link(link=late)
    link, code = devices.make_link(kontrakt=kontrakt, by=jonas)
    assert not is_device_open(link.id)
    devices.use_link(link=link)
    assert find_open_link(code) is None
    with pytest.raises(RuleBroken):
        devices.use_link(link=link)
    assert is_device_open(link.id)
    with clock.travel(clock.now() + timedelta(hours=12)):
        assert not is_device_open(link.id)
        assert list_device_links(kontrakt.id, viewer=jonas) == []


def test_what_is_taken_back_closes_the_device_too(kontrakt: FeedbackKontrakt, world: World) -> None:
    jonas = person(world)
    used, _ = devices.make_link(kontrakt=kontrakt, by=jonas)
    devices.use_link(link=used)
    waiting, code = devices.make_link(kontrakt=kontrakt, by=jonas)
    assert is_device_open(used.id), "a new link leaves the open device alone"
    assert [link.id for link in list_device_links(kontrakt.id, viewer=jonas)] == [waiting.id, used.id]
    assert list_device_links(kontrakt.id, viewer=person(world, "mette")) == []
    devices.take_back_links(kontrakt=kontrakt, by=jonas)
    assert find_open_link(code) is None
    with pytest.raises(RuleBroken):
        devices.use_link(link=waiting)
    assert not is_device_open(used.id)


def test_a_closed_person_or_a_withdrawn_kontrakt_closes_the_link(
    kontrakt: FeedbackKontrakt, world: World
) -> None:
    jonas = person(world)
    _, code = devices.make_link(kontrakt=kontrakt, by=jonas)
    jonas.active = False
    db.session.flush()
    assert find_open_link(code) is None
    jonas.active = True
    db.session.flush()
    assert find_open_link(code) is not None
    withdraw(kontrakt, by=person(world, "mette"))
    assert find_open_link(code) is None


def test_of_many_uses_at_once_one_gets_it(app: Flask, world: World) -> None:
    with app.app_context():
        made, _ = devices.make_link(kontrakt=held(add_kontrakt(world)), by=person(world))
        link_id = made.id
        db.session.commit()
        db.session.remove()
    together, outcomes = threading.Barrier(6), []

    def use() -> None:
        with app.test_request_context(method="POST"):
            link = db.session.get(Enhedslink, link_id)
            assert link is not None
            db.session.commit()
            together.wait(timeout=30)
            try:
                devices.use_link(link=link)
                db.session.commit()
                outcomes.append("used")
            except RuleBroken:
                db.session.rollback()
                outcomes.append("too late")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["too late"] * 5 + ["used"]
    with app.app_context():
        assert acts() == ["lavede_enhedslink", "brugte_enhedslink"]
        db.session.remove()
