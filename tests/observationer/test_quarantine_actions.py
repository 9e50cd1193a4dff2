"""What is put aside: once each, for its sender alone, with the reason that the server finds, for thirty days."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import add_kontrakt
from flask import Flask
from people import World
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from supervision import clock
from supervision.aftaler.actions import lock_kontrakt, withdraw
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.history import Historik
from supervision.observationer import queries, rules
from supervision.observationer.actions import quarantine, recording
from supervision.observationer.formats import forseglet
from supervision.observationer.models import Haendelse, Karantaene, Observation
from supervision.personer.models import Person
from supervision.problems import NotFound, RuleBroken

START = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
SECRET = "en hemmelig nøgle til test"


@pytest.fixture
def nobodys(context: Flask, world: World) -> UUID:
    """A kontrakt that does not exist. Others have something aside too, under the same id and others."""
    claimed = uuid4()
    aside(world, claimed, event(1), by="aase")
    aside(world, uuid4(), event(1), event(2), by="noise")
    return claimed


def event(nr: int, spor: str = "taler", kode: str = "borger", **other: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "nr": nr, "t_ms": nr * 1000, "spor": spor, "kode": kode, **other}


def person(world: World, name: str) -> Person:
    return db.session.get_one(Person, world.people[name])


def aside(
    world: World, kontrakt_id: UUID, *raw: object, by: str = "jonas", startet_at: datetime | None = START
) -> quarantine.PutAside:
    return quarantine.put_batch_aside(
        by=person(world, by), kontrakt_id=kontrakt_id, startet_at=startet_at, raw=raw, secret=SECRET
    )


def rows(world: World, name: str = "jonas") -> list[Karantaene]:
    wanted = select(Karantaene).where(Karantaene.person_id == world.people[name]).order_by(Karantaene.nr)
    return list(db.session.scalars(wanted))


def ids(*raw: dict[str, Any]) -> list[UUID]:
    return [UUID(one["id"]) for one in raw]


def test_what_is_sent_again_is_there_once_and_the_first_body_stays(nobodys: UUID, world: World) -> None:
    one, two = event(1), event(2, "faerdighed", "hvad_som_helst")
    assert aside(world, nobodys, one).karantaene == ids(one)
    again = aside(world, nobodys, one, {**one, "kode": "medarbejder"}, two, two)
    assert again.karantaene == ids(one, two)
    assert [(row.haendelse_id, row.kode) for row in rows(world)] == [
        (UUID(one["id"]), "borger"),
        (UUID(two["id"]), "hvad_som_helst"),
    ]
    first = rows(world)[0]
    assert (first.organisation_id, first.kontrakt_id) == (world.organisations["jobcenter"], nobodys)
    assert (first.grund, first.startet_at, first.t_ms, first.spor) == ("fremmed", START, 1000, "taler")
    noted = select(Historik.genstand_id).where(
        Historik.handling == "lagde_til_side", Historik.person_id == world.jonas
    )
    assert len(db.session.scalars(noted).all()) == 2


def test_the_database_itself_holds_one_row_for_each(nobodys: UUID, world: World) -> None:
    one = event(1)
    aside(world, nobodys, one)
    found = rows(world)[0]
    copy = {column.name: getattr(found, column.name) for column in Karantaene.__table__.columns}
    again = insert(Karantaene.__table__).values(**{**copy, "id": uuid4()})
    with db.session.begin_nested() as held:
        with pytest.raises(IntegrityError):
            db.session.execute(again)
        held.rollback()
    db.session.add(Karantaene(**{**copy, "id": uuid4(), "person_id": world.mette}))
    db.session.add(Karantaene(**{**copy, "id": uuid4(), "kontrakt_id": uuid4()}))
    db.session.flush()


def test_two_devices_at_once_put_each_event_aside_once(app: Flask, world: World) -> None:
    claimed, events = uuid4(), [event(nr) for nr in range(60)]
    problems: list[BaseException] = []
    begin = threading.Barrier(4)

    def sender(turn: int) -> None:
        try:
            begin.wait()
            for start in (0, 20, 40):
                part = events[start : start + 20][:: -1 if turn % 2 else 1]
                with app.app_context():
                    assert len(aside(world, claimed, *part).karantaene) == 20
                    db.session.commit()
                    db.session.remove()
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=sender, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with app.app_context():
        assert sorted(row.haendelse_id for row in rows(world)) == sorted(ids(*events))
        db.session.remove()


def test_the_reason_is_the_servers_own(nobodys: UUID, world: World) -> None:
    waiting = add_kontrakt(world, yes=("mette",))
    withdrawn = add_kontrakt(world)
    withdraw(db.session.get_one(FeedbackKontrakt, withdrawn), by=person(world, "mette"))
    of_others = add_kontrakt(world, fokusperson="aase", observatoer="mette", yes=("aase", "mette"))
    about_me = add_kontrakt(world, fokusperson="jonas", observatoer="mette", yes=("jonas", "mette"))
    for kontrakt_id, grund in (
        (waiting, "ikke_klar"),
        (withdrawn, "trukket"),
        (of_others, "fremmed"),
        (about_me, "fremmed"),
        (nobodys, "fremmed"),
    ):
        one = event(1)
        receipt = aside(world, kontrakt_id, one)
        assert (receipt.karantaene, receipt.gemt, receipt.afvist) == (ids(one), [], [])
        found = db.session.scalar(select(Karantaene.grund).where(Karantaene.haendelse_id == UUID(one["id"])))
        assert found == grund
    assert set(rules.GRUNDE) >= {row.grund for row in rows(world)}


def test_what_can_be_sent_is_not_put_aside(context: Flask, world: World) -> None:
    kontrakt_id = add_kontrakt(world)
    kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
    with pytest.raises(quarantine.StillOpen):
        aside(world, kontrakt_id, event(1))
    lock_kontrakt(kontrakt, by=person(world, "jonas"))
    with pytest.raises(quarantine.StillOpen):
        aside(world, kontrakt_id, event(1))
    assert rows(world) == []


def test_after_the_handing_over_what_the_log_holds_is_not_put_aside_too(context: Flask, world: World) -> None:
    kontrakt = db.session.get_one(FeedbackKontrakt, add_kontrakt(world))
    jonas, old, new = person(world, "jonas"), event(1), event(2)
    receipt = recording.store_haendelser(kontrakt=kontrakt, by=jonas, startet_at=START, raw=[old])
    recording.hand_over(db.session.get_one(Observation, receipt.observation_id), by=jonas)
    found = aside(world, kontrakt.id, old, new)
    assert (found.gemt, found.karantaene) == (ids(old), ids(new))
    assert [row.grund for row in rows(world)] == ["overdraget"]


def test_malformed_ones_are_named_and_the_others_kept(nobodys: UUID, world: World) -> None:
    good = event(1)
    found = aside(world, nobodys, "tekst", {**event(2), "t_ms": -1}, good, event(3, "haltelgang", "x"))
    assert found.karantaene == ids(good)
    assert [(one.plads, one.felt) for one in found.afvist] == [(0, "haendelse"), (1, "t_ms"), (3, "spor")]


def test_a_sealed_note_is_opened_when_it_can_be_and_else_kept_as_it_came(nobodys: UUID, world: World) -> None:
    key = forseglet.public_key(SECRET)
    here, elsewhere, huge = event(1, "note"), event(2, "note"), event(3, "note")
    here["kode"] = forseglet.seal("Æbler 🌱", key, nobodys)
    elsewhere["kode"] = forseglet.seal("🌱" * 2000, key, uuid4())
    huge["kode"] = elsewhere["kode"] + "A" * forseglet.MAX_SEALED
    found = aside(world, nobodys, here, elsewhere, huge)
    assert found.karantaene == ids(here, elsewhere)
    assert [(one.plads, one.felt) for one in found.afvist] == [(2, "kode")]
    assert [row.kode for row in rows(world)] == ["Æbler 🌱", elsewhere["kode"]]


def test_when_there_is_no_more_room_nothing_of_it_is_kept(
    nobodys: UUID, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MAX_ROWS", 3)
    known = [event(nr) for nr in range(2)]
    aside(world, nobodys, *known)
    with pytest.raises(RuleBroken, match="ikke plads"):
        aside(world, uuid4(), event(5), event(6))
    assert len(rows(world)) == 2
    assert aside(world, nobodys, *known, event(3)).karantaene[:2] == ids(*known)
    assert len(rows(world)) == 3
    assert aside(world, nobodys, *known).karantaene == ids(*known)
    assert len(aside(world, nobodys, event(1), by="mette").karantaene) == 1

    kontrakt = db.session.get_one(FeedbackKontrakt, add_kontrakt(world))
    jonas, old, late = person(world, "jonas"), event(1), event(2)
    receipt = recording.store_haendelser(kontrakt=kontrakt, by=jonas, startet_at=START, raw=[old])
    recording.hand_over(db.session.get_one(Observation, receipt.observation_id), by=jonas)
    receipt = recording.store_haendelser(kontrakt=kontrakt, by=jonas, startet_at=START, raw=[late, old])
    assert (receipt.gemt, receipt.karantaene) == (ids(old), [])
    [refused] = receipt.afvist
    assert (refused.plads, refused.id, refused.fejl) == (0, late["id"], quarantine.FULL)


def test_after_thirty_days_it_is_gone_for_everybody(nobodys: UUID, world: World) -> None:
    aside(world, nobodys, event(1))
    days = timedelta(days=rules.KARANTAENE_DAGE)
    with clock.travel(clock.now() + days - timedelta(minutes=1)):
        aside(world, uuid4(), event(2), by="mette")
        assert len(rows(world)) == 1
        assert queries.count_karantaene(viewer=person(world, "jonas")) == 1
    with clock.travel(clock.now() + days + timedelta(minutes=1)):
        assert queries.count_karantaene(viewer=person(world, "jonas")) == 0
        assert queries.list_karantaene(viewer=person(world, "jonas")) == []
        with pytest.raises(NotFound):
            queries.get_stranded(nobodys, viewer=person(world, "jonas"))
        aside(world, uuid4(), event(3), by="mette")
        left = db.session.execute(select(Karantaene.person_id, Karantaene.nr)).all()
        assert sorted(row.nr for row in left if row.person_id == world.mette) == [2, 3]
        assert {row.person_id for row in left} == {world.mette}


def test_only_ones_own_is_seen_and_deleted(nobodys: UUID, world: World) -> None:
    late, early = event(9), event(1)
    aside(world, nobodys, late, startet_at=None)
    aside(world, nobodys, early, startet_at=START)
    aside(world, uuid4(), event(1), startet_at=datetime(1970, 1, 1, tzinfo=UTC))
    jonas = person(world, "jonas")
    listed = {one.kontrakt_id: one for one in queries.list_karantaene(viewer=jonas)}
    assert len(listed) == 2
    assert (listed[nobodys].antal, listed[nobodys].grund, listed[nobodys].startet_at) == (2, "fremmed", START)
    assert listed[nobodys].indtil == listed[nobodys].modtaget_at + timedelta(days=30)
    assert [one.startet_at for key, one in listed.items() if key != nobodys] == [None]
    assert queries.count_karantaene(viewer=jonas) == 3
    begun, events = queries.get_stranded(nobodys, viewer=jonas)
    assert (begun, [one.id for one in events]) == (START, ids(early, late))
    for name in ("mette", "leder", "administrator"):
        assert queries.list_karantaene(viewer=person(world, name)) == []
        with pytest.raises(NotFound):
            queries.get_stranded(nobodys, viewer=person(world, name))
        with pytest.raises(NotFound):
            quarantine.delete_put_aside(kontrakt_id=nobodys, by=person(world, name))
    assert quarantine.delete_put_aside(kontrakt_id=nobodys, by=jonas) == 2
    assert (len(rows(world)), len(rows(world, "aase"))) == (1, 1)
    noted = select(func.count()).where(Historik.handling == "slettede_lagt_til_side")
    assert db.session.scalar(noted) == 1
    assert db.session.scalar(select(func.count()).select_from(Haendelse)) == 0
