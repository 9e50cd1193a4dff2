"""Storing what the recorder sends: once each, never half a batch, whoever sends it how often."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import ELEMENT, add_kontrakt
from flask import Flask
from people import World
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import sqlite

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.history import Historik
from supervision.observationer.actions import recording
from supervision.observationer.models import Haendelse, Karantaene, Observation
from supervision.personer.models import Person
from supervision.problems import NotAllowed

START = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def kontrakt(context: Flask, world: World) -> FeedbackKontrakt:
    found = db.session.get(FeedbackKontrakt, add_kontrakt(world))
    assert found is not None
    noise = add_kontrakt(world, fokusperson="aase", yes=("aase", "jonas"))
    send(noise, world, [event(0)])
    return found


def event(nr: int, spor: str = "taler", kode: str = "borger", **other: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "nr": nr, "t_ms": nr * 1000, "spor": spor, "kode": kode, **other}


def person(world: World, name: str) -> Person:
    found = db.session.get(Person, world.people[name])
    assert found is not None
    return found


def send(
    kontrakt: FeedbackKontrakt | UUID, world: World, events: list[Any], *, by: str = "jonas"
) -> recording.Receipt:
    held = db.session.get(FeedbackKontrakt, kontrakt) if isinstance(kontrakt, UUID) else kontrakt
    assert held is not None
    return recording.store_haendelser(kontrakt=held, by=person(world, by), startet_at=START, raw=events)


def stored(kontrakt: FeedbackKontrakt) -> list[Haendelse]:
    return list(
        db.session.scalars(
            select(Haendelse)
            .join(Observation, Observation.id == Haendelse.observation_id)
            .where(Observation.kontrakt_id == kontrakt.id)
            .order_by(Haendelse.nr)
        )
    )


def test_the_first_batch_makes_the_observation_and_locks_the_kontrakt(
    kontrakt: FeedbackKontrakt, world: World
) -> None:
    first = send(kontrakt, world, [event(0, "ur", "start")])
    second = send(kontrakt, world, [event(1)])
    assert first.observation_id == second.observation_id
    observation = db.session.get_one(Observation, first.observation_id)
    assert (observation.kilde, observation.startet_at) == ("optager", START)
    assert (observation.fokusperson_id, observation.observatoer_id) == (world.mette, world.jonas)
    assert kontrakt.laast_at is not None
    acts = db.session.scalars(select(Historik.handling).where(Historik.genstand_id == observation.id)).all()
    assert acts == ["begyndte_observation"]


def test_only_what_is_not_new_is_looked_up(
    kontrakt: FeedbackKontrakt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nine of ten batches are new from end to end: they cost no question about what is stored."""
    asked: list[int] = []
    real = recording.find_stored_haendelser

    def counted(observation_id: UUID, ids: Any) -> Any:
        asked.append(len(ids))
        return real(observation_id, ids)

    monkeypatch.setattr(recording, "find_stored_haendelser", counted)
    first = [event(nr) for nr in range(3)]
    assert len(send(kontrakt, world, first).gemt) == 3
    assert asked == []
    again = send(kontrakt, world, [*first, event(3)])
    assert (asked, len(again.gemt), again.antal) == ([4], 4, 4)


@pytest.mark.gate("B8")
def test_nineteen_of_twenty_are_stored_and_the_twentieth_is_named(
    kontrakt: FeedbackKontrakt, world: World, record_property: Any
) -> None:
    events = [event(nr) for nr in range(20)]
    events[7]["t_ms"] = "snart"
    receipt = send(kontrakt, world, events)
    assert len(stored(kontrakt)) == len(receipt.gemt) == 19
    record_property("figure", "19 of a batch of 20 with a bad one stored, the bad one named")
    [refused] = receipt.afvist
    assert (refused.plads, refused.id, refused.felt) == (7, events[7]["id"], "t_ms")
    assert refused.fejl.startswith("Skal være et helt tal")


@pytest.mark.parametrize(
    ("bad", "felt"),
    [
        (None, "haendelse"),
        ("tekst", "haendelse"),
        ([], "haendelse"),
        ({}, "id"),
        ({**event(1), "id": "1"}, "id"),
        ({**event(1), "nr": -1}, "nr"),
        ({**event(1), "nr": True}, "nr"),
        ({**event(1), "nr": 1.5}, "nr"),
        ({**event(1), "t_ms": 10**12}, "t_ms"),
        ({**event(1), "kode": "\0"}, "kode"),
        ({**event(1), "kode": None}, "kode"),
        ({**event(1), "ekstra": 1}, "ekstra"),
        (event(1, "haltelgang", "x"), "spor"),
        (event(1, "taler", "naboen"), "kode"),
        (event(1, "fortryd", "den der"), "kode"),
        (event(1, "faerdighed", "ikke_valgt"), "kode"),
        (event(1, "element", "timeout.justering"), "kode"),
        (event(1, "taler", "medarbejder2"), "kode"),
        (event(1, "taler", "tredje"), "kode"),
    ],
)
def test_what_is_not_an_event_of_this_screen_is_refused(
    kontrakt: FeedbackKontrakt, world: World, bad: Any, felt: str
) -> None:
    good = event(2, "element", ELEMENT)
    receipt = send(kontrakt, world, [bad, good])
    assert [refused.felt for refused in receipt.afvist] == [felt]
    assert receipt.gemt == [UUID(good["id"])]


def test_what_the_kontrakt_agreed_is_taken(kontrakt: FeedbackKontrakt, world: World) -> None:
    events = [event(nr, "faerdighed", tegn.kode) for nr, tegn in enumerate(kontrakt.kendetegn)]
    events += [event(50, "note", "Æbler, ågerkarl 🌱"), event(51, "emne", "1"), event(52, "ugu", "giv")]
    speakers = ("medarbejder", "borger", "samtidig", "stilhed", "")
    events += [event(nr, "taler", kode) for nr, kode in enumerate(speakers, 60)]
    receipt = send(kontrakt, world, events)
    assert not receipt.afvist
    assert [row.kode for row in stored(kontrakt)] == [one["kode"] for one in events]


def test_the_third_party_of_the_kontrakt_has_the_word(context: Flask, world: World) -> None:
    three = db.session.get_one(
        FeedbackKontrakt, add_kontrakt(world, parter=("medarbejder", "borger", "tredje"))
    )
    receipt = send(three, world, [event(1, "taler", "tredje"), event(2, "taler", "medarbejder2")])
    assert (len(receipt.gemt), [refused.plads for refused in receipt.afvist]) == (1, [1])


def test_the_receipt_says_how_many_the_log_holds_and_when_it_was_ended(
    kontrakt: FeedbackKontrakt, world: World
) -> None:
    events = [event(nr) for nr in range(4)]
    assert send(kontrakt, world, events[:3]).antal == 3
    receipt = send(kontrakt, world, events[1:])
    assert (receipt.antal, receipt.afsluttet_at, receipt.karantaene) == (4, None, [])
    observation = db.session.get_one(Observation, receipt.observation_id)
    recording.end_observation(observation=observation, by=person(world, "jonas"))
    receipt = send(kontrakt, world, [])
    assert (receipt.antal, receipt.afsluttet_at) == (4, observation.afsluttet_at)


def test_the_same_sent_again_changes_nothing_and_is_named_again(
    kontrakt: FeedbackKontrakt, world: World
) -> None:
    events = [event(nr) for nr in range(5)]
    send(kontrakt, world, events[:3])
    receipt = send(kontrakt, world, events + events[:2])
    assert receipt.gemt == [UUID(one["id"]) for one in events]
    assert not receipt.konflikt
    assert len(stored(kontrakt)) == 5


def test_the_same_id_in_capitals_is_the_same_event(kontrakt: FeedbackKontrakt, world: World) -> None:
    one = event(1)
    send(kontrakt, world, [one])
    receipt = send(kontrakt, world, [{**one, "id": one["id"].upper()}])
    assert receipt.gemt == [UUID(one["id"])]


def what_went_wrong(kontrakt: FeedbackKontrakt, world: World) -> list[str]:
    """An id comes back with another body, in a batch with a good one; then the log is handed over and more comes."""
    one, after = event(1), event(3)
    send(kontrakt, world, [one])
    changed = send(kontrakt, world, [{**one, "kode": "medarbejder"}, event(2)])
    observation = db.session.get_one(Observation, changed.observation_id)
    noted = select(func.count()).where(Historik.handling == "afviste_aendret_haendelse")
    said = db.session.scalar(noted)
    recording.hand_over(observation, by=person(world, "jonas"))
    late = send(kontrakt, world, [after])
    told = {
        "a changed body is not named": changed.konflikt != [UUID(one["id"])],
        "the good one beside it is not stored": len(changed.gemt) != 1,
        "the first did not win": stored(kontrakt)[0].kode != "borger",
        "it is not noted": said != 1,
        "what came after the end is in the log": len(stored(kontrakt)) != 2,
        "what came after the end is not put aside": late.karantaene != [UUID(after["id"])],
    }
    return [name for name, is_wrong in told.items() if is_wrong]


@pytest.mark.gate("B8")
def test_the_same_id_with_another_body_is_a_conflict_that_the_first_wins(
    kontrakt: FeedbackKontrakt, world: World, record_property: Any
) -> None:
    assert what_went_wrong(kontrakt, world) == []
    record_property(
        "figure", "another body for a known id: named, noted, the first kept; after the end: put aside"
    )


def the_last_wins(table: Any) -> Any:
    """An insert that puts what comes last over what is there."""
    keys = [column.name for column in table.primary_key]
    made = sqlite.insert(table)
    new = {column.name: made.excluded[column.name] for column in table.columns if column.name not in keys}
    return made.on_conflict_do_update(index_elements=keys, set_=new)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("bug", ["the last wins", "never over"])
@pytest.mark.planted("B8")
def test_a_log_that_is_written_over_or_never_closed_is_seen(
    kontrakt: FeedbackKontrakt, world: World, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    if bug == "the last wins":
        monkeypatch.setattr(
            recording, "_insert_events", lambda _engine: the_last_wins(recording.events_table)
        )
        assert "the first did not win" in what_went_wrong(kontrakt, world)
    else:
        monkeypatch.setattr(recording, "hand_over", lambda observation, by: None)
        assert "what came after the end is in the log" in what_went_wrong(kontrakt, world)


def test_two_bodies_for_one_id_within_a_batch(kontrakt: FeedbackKontrakt, world: World) -> None:
    one = event(1)
    receipt = send(kontrakt, world, [one, {**one, "t_ms": 5}])
    assert receipt.gemt == receipt.konflikt == [UUID(one["id"])]
    assert [row.t_ms for row in stored(kontrakt)] == [1000]


def test_the_same_id_may_stand_in_another_log(kontrakt: FeedbackKontrakt, world: World) -> None:
    one = event(1)
    send(kontrakt, world, [one])
    other = add_kontrakt(world, observatoer="aase", yes=("mette", "aase"))
    receipt = send(other, world, [{**one, "kode": "medarbejder"}], by="aase")
    assert receipt.gemt == [UUID(one["id"])]


def test_only_the_observer_records(kontrakt: FeedbackKontrakt, world: World) -> None:
    with pytest.raises(NotAllowed):
        send(kontrakt, world, [event(1)], by="mette")
    assert stored(kontrakt) == []


def test_an_empty_batch_begins_the_observation(kontrakt: FeedbackKontrakt, world: World) -> None:
    receipt = send(kontrakt, world, [])
    assert (receipt.gemt, receipt.konflikt, receipt.afvist) == ([], [], [])
    assert db.session.get(Observation, receipt.observation_id) is not None


def began_wrong(kontrakt: FeedbackKontrakt, world: World, off: timedelta) -> timedelta:
    """How far from now a samtale is said to have begun, whose device's clock is so far off. Its tick is stored."""
    receipt = recording.store_haendelser(
        kontrakt=kontrakt, by=person(world, "jonas"), startet_at=clock.now() + off, raw=[event(1)]
    )
    assert len(receipt.gemt) == 1
    observation = db.session.get_one(Observation, receipt.observation_id)
    assert observation.startet_at is not None
    return abs(observation.startet_at - clock.now())


@pytest.mark.parametrize("years", [-40, +3])
@pytest.mark.gate("B7")
def test_a_device_with_a_hopeless_clock_keeps_its_ticks(
    kontrakt: FeedbackKontrakt, world: World, years: int, record_property: Any
) -> None:
    wrong = began_wrong(kontrakt, world, timedelta(days=365 * years))
    assert wrong < timedelta(minutes=1)
    record_property(
        "figure", f"clock {years:+} years: 0 refused, begun {wrong.total_seconds():.0f} s from now"
    )


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.planted("B7")
def test_a_server_that_believes_any_clock_is_seen(
    kontrakt: FeedbackKontrakt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "believable", lambda startet_at: startet_at)
    assert began_wrong(kontrakt, world, timedelta(days=3 * 365)) > timedelta(days=1000)


def test_ending_twice_keeps_the_first_end(kontrakt: FeedbackKontrakt, world: World) -> None:
    observation = db.session.get_one(Observation, send(kontrakt, world, [event(1)]).observation_id)
    jonas = person(world, "jonas")
    recording.end_observation(observation=observation, by=jonas)
    first = observation.afsluttet_at
    with clock.travel(clock.now() + timedelta(hours=1)):
        recording.end_observation(observation=observation, by=jonas)
    assert first is not None
    assert observation.afsluttet_at == first
    with pytest.raises(NotAllowed):
        recording.end_observation(observation=observation, by=person(world, "mette"))


def test_ticks_that_come_after_the_end_are_still_stored(kontrakt: FeedbackKontrakt, world: World) -> None:
    observation = db.session.get_one(Observation, send(kontrakt, world, [event(1)]).observation_id)
    recording.end_observation(observation=observation, by=person(world, "jonas"))
    assert len(send(kontrakt, world, [event(2)]).gemt) == 1


@pytest.mark.gate("B8")
def test_after_the_hand_over_nothing_new_is_stored_but_put_aside_and_the_old_is_confirmed(
    kontrakt: FeedbackKontrakt, world: World
) -> None:
    old = event(1)
    observation = db.session.get_one(Observation, send(kontrakt, world, [old]).observation_id)
    recording.hand_over(observation, by=person(world, "jonas"))
    first = observation.overdraget_at
    recording.hand_over(observation, by=person(world, "jonas"))
    assert observation.overdraget_at == observation.afsluttet_at == first
    new, changed, wrong = event(2), {**old, "kode": "medarbejder"}, event(3, "taler", "naboen")
    for _ in range(2):
        receipt = send(kontrakt, world, [old, new, changed, wrong])
        assert receipt.gemt == [UUID(old["id"])]
        assert receipt.karantaene == [UUID(new["id"])]
        assert receipt.konflikt == [UUID(old["id"])]
        assert [refused.felt for refused in receipt.afvist] == ["kode"]
        assert (receipt.antal, receipt.afsluttet_at) == (1, first)
    assert len(stored(kontrakt)) == 1
    [aside] = db.session.scalars(select(Karantaene)).all()
    assert (aside.person_id, aside.kontrakt_id, aside.grund) == (world.jonas, kontrakt.id, "overdraget")
    assert (aside.haendelse_id, aside.nr, aside.startet_at) == (UUID(new["id"]), 2, START)


def test_only_the_observer_hands_over(kontrakt: FeedbackKontrakt, world: World) -> None:
    observation = db.session.get_one(Observation, send(kontrakt, world, [event(1)]).observation_id)
    with pytest.raises(NotAllowed):
        recording.hand_over(observation, by=person(world, "mette"))
    assert observation.overdraget_at is None


def test_the_observers_time_is_never_made_longer(kontrakt: FeedbackKontrakt, world: World) -> None:
    observation = db.session.get_one(Observation, send(kontrakt, world, [event(1)]).observation_id)
    recording.close_for_observer(observation, START + timedelta(days=14))
    recording.close_for_observer(observation, START + timedelta(days=20))
    assert observation.observatoer_indtil == START + timedelta(days=14)


class ManyDevices:
    """Eight senders of one log at once, each sending overlapping parts of it twelve times."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        with app.app_context():
            self.kontrakt_id = add_kontrakt(world)
            db.session.commit()
            db.session.remove()
        self.events = [event(nr) for nr in range(120)]
        self.acked: set[UUID] = set()
        self.problems: list[BaseException] = []
        self._begin = threading.Barrier(8)

    def run(self) -> list[str]:
        threads = [threading.Thread(target=self._send, args=(seed,)) for seed in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [repr(problem) for problem in self.problems] + self._wrong()

    def _send(self, seed: int) -> None:
        order = random.Random(seed)
        try:
            self._begin.wait()
            for _ in range(12):
                batch = order.sample(self.events, 20)
                with self.app.app_context():
                    receipt = send(self.kontrakt_id, self.world, batch)
                    db.session.commit()
                    db.session.remove()
                assert len(receipt.gemt) == 20
                self.acked.update(receipt.gemt)
        except BaseException as problem:
            self.problems.append(problem)

    def _wrong(self) -> list[str]:
        begun = select(func.count()).where(Historik.handling == "begyndte_observation")
        with self.app.app_context():
            rows = db.session.scalars(select(Haendelse.id)).all()
            logs = db.session.scalar(select(func.count()).select_from(Observation))
            told = {
                "stored twice": len(rows) != len(set(rows)),
                "lost": bool(self.acked - set(rows)),
                "never answered for": bool(set(rows) - self.acked),
                "not one log": logs != 1 or db.session.scalar(begun) != 1,
            }
            db.session.remove()
        return [name for name, is_wrong in told.items() if is_wrong]


@pytest.mark.gate("B5")
def test_eight_at_once_with_overlapping_batches_store_each_event_once(
    app: Flask, world: World, record_property: Any
) -> None:
    devices = ManyDevices(app, world)
    assert devices.run() == []
    record_property(
        "figure",
        f"8 devices at once on {db_name(app)}, 96 batches: {len(devices.acked)} events stored once each, 0 lost",
    )


def db_name(app: Flask) -> str:
    with app.app_context():
        return db.engine.dialect.name


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.planted("B5")
def test_a_device_that_takes_the_log_over_from_the_others_is_seen(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted bug of "last one in": each sending puts its own part in the place of what was there."""
    real = recording.insert_haendelser

    def instead(observation: Observation, events: Any) -> int:
        db.session.execute(delete(Haendelse).where(Haendelse.observation_id == observation.id))
        return real(observation, events)

    monkeypatch.setattr(recording, "insert_haendelser", instead)
    assert "lost" in ManyDevices(app, world).run()
