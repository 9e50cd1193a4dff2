"""The row of figures beside a log: equal to its events after every commit, whoever stores them and in what order."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import ELEMENT, add_kontrakt
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made_up_logs import half_a_minute, no_end, ordinary, two_hours
from observed import from_file, observe
from people import World
from sqlalchemy import event as engine_event
from sqlalchemy import func, select

import supervision
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer import tables
from supervision.observationer.actions import editing, recording
from supervision.observationer.actions.importing import import_logs
from supervision.observationer.actions.kryds_files import fetch_kryds
from supervision.observationer.actions.sammenfatning import mend
from supervision.observationer.formats import FileRefused
from supervision.observationer.formats.csv_log import read_logs
from supervision.observationer.formats.kryds_fil import KrydsFil
from supervision.observationer.measures import maal
from supervision.observationer.models import Observation, Sammenfatning
from supervision.observationer.queries import list_haendelser, list_maal, list_wrong_sammenfatninger
from supervision.observationer.timeline import edits
from supervision.personer.models import Organisation, Person
from supervision.problems import Problem

START = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
ROWS: Any = Sammenfatning.__table__
LOGGED = [
    ("ur", "start"),
    ("ur", "pause"),
    ("ur", "genoptag"),
    ("ur", "slut"),
    ("taler", "medarbejder"),
    ("taler", "borger"),
    ("taler", "samtidig"),
    ("taler", "stilhed"),
    ("taler", ""),
    ("fase", "kontrakt"),
    ("fase", "afslutning"),
    ("emne", "1"),
    ("emne", ""),
    ("ugu", "undersoeg"),
    ("ugu", "giv"),
    ("element", ELEMENT),
    ("note", "Mette lænede sig frem"),
]


def row_of(observation_id: UUID) -> dict[str, Any] | None:
    """What is kept of a log, without when it was made."""
    wanted = select(*(ROWS.c[name] for name in tables.COLUMNS)).where(ROWS.c.observation_id == observation_id)
    found = db.session.execute(wanted).first()
    return None if found is None else dict(zip(tables.COLUMNS, found, strict=True))


def right(observation: Observation) -> dict[str, Any] | None:
    """What should be kept: the figures of the stored events, once the log has ended."""
    events = list_haendelser(observation.id)
    return tables.values_of(maal(events), len(events)) if observation.afsluttet_at else None


@contextmanager
def statements() -> Iterator[list[str]]:
    """Everything that is asked of the database inside."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    engine_event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        engine_event.remove(db.engine, "before_cursor_execute", note)


class Samtale:
    """A kontrakt that is recorded on, and the ways in which its log gets events; by jonas, who observes."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.kontrakt = db.session.get_one(FeedbackKontrakt, add_kontrakt(world))
        self.jonas = db.session.get_one(Person, world.jonas)
        self.chance, self.sent = chance, list[dict[str, Any]]()

    @property
    def observation(self) -> Observation | None:
        return db.session.scalar(
            select(Observation).where(Observation.kontrakt_id == self.kontrakt.id),
            execution_options={"populate_existing": True},
        )

    def new(self, count: int = 6) -> list[dict[str, Any]]:
        """Events as a device sends them: something tapped, or something of before taken back."""
        kendetegn = [("faerdighed", tegn.kode) for tegn in self.kontrakt.kendetegn]
        made = []
        for _ in range(count):
            spor, kode = self.chance.choice(LOGGED + kendetegn)
            if self.sent and self.chance.random() < 0.2:
                spor, kode = "fortryd", self.chance.choice(self.sent)["id"]
            t_ms, nr = self.chance.randrange(0, 60_000, 500), self.chance.randrange(0, 9)
            made.append({"id": str(uuid4()), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode})
        self.sent += made
        return made

    def batch(self, raw: list[Any] | None = None) -> None:
        raw = self.new() if raw is None else raw
        recording.store_haendelser(kontrakt=self.kontrakt, by=self.jonas, startet_at=START, raw=raw)

    def sent_again(self) -> None:
        """From another device, with what it alone had."""
        self.batch([*self.chance.sample(self.sent, min(3, len(self.sent))), *self.new(2)])

    def from_a_file(self) -> None:
        fil = KrydsFil(kontrakt=self.kontrakt.id, startet_at=START, haendelser=tuple(self.new(4)))
        fetch_kryds(fil=fil, by=self.jonas, secret="x")

    def refused_file(self) -> None:
        """Half of it would have been stored."""
        fil = KrydsFil(kontrakt=self.kontrakt.id, startet_at=START, haendelser=(*self.new(2), {"id": "1"}))
        with pytest.raises(FileRefused):
            fetch_kryds(fil=fil, by=self.jonas, secret="x")

    def end(self) -> None:
        if self.observation:
            recording.end_observation(observation=self.observation, by=self.jonas)

    def hand_over(self) -> None:
        if self.observation:
            recording.hand_over(self.observation, by=self.jonas)

    def mend(self) -> None:
        """One of the edits of the timeline; most are refused, as the event is drawn by lot."""
        observation = self.observation
        known = list_haendelser(observation.id) if observation else []
        if observation is None or not known:
            return
        one, what = self.chance.choice(known), {"observation": observation, "by": self.jonas}
        new = {"new_id": edits.new_id(), "t_ms": one.t_ms, "spor": "taler", "kode": "borger"}
        for act in (
            lambda: editing.take_haendelse_back(haendelse_id=one.id, **what),
            lambda: editing.put_haendelse_back(haendelse_id=one.id, **what),
            lambda: editing.move_haendelse(haendelse_id=one.id, t_ms=one.t_ms // 2, **what),
            lambda: editing.add_haendelse(**new, **what),
        ):
            try:
                act()
            except Problem:
                continue


STEPS: dict[str, Callable[[Samtale], None]] = {
    "batch": Samtale.batch,
    "sent_again": Samtale.sent_again,
    "from_a_file": Samtale.from_a_file,
    "refused_file": Samtale.refused_file,
    "end": Samtale.end,
    "mend": Samtale.mend,
    "hand_over": Samtale.hand_over,
}


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(steps=[(name, True) for name in ("batch", "end", "batch", "mend", "hand_over", "batch")], seed=1)
@example(
    steps=[("batch", True), ("end", False), ("end", True), ("sent_again", False), ("from_a_file", True)],
    seed=2,
)
@example(
    steps=[("batch", True), ("hand_over", False), ("batch", True), ("hand_over", True), ("batch", True)],
    seed=3,
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from([True, True, False])), max_size=9
    ),
    seed=st.integers(0, 2**32),
)
def test_after_every_commit_the_row_is_what_the_events_give(
    app: Flask, world: World, steps: list[tuple[str, bool]], seed: int
) -> None:
    """Each step is committed or rolled back; a samtale that runs has no row, one that has ended its own."""
    with app.app_context():
        samtale = Samtale(world, random.Random(seed))
        db.session.commit()
        before: tuple[Any, Any] = (None, 0)
        for name, kept in steps:
            STEPS[name](samtale)
            (db.session.commit if kept else db.session.rollback)()
            found = samtale.observation
            now = (row_of(found.id), len(list_haendelser(found.id))) if found else (None, 0)
            assert now[0] == (right(found) if found else None), (name, kept)
            assert kept or now == before, "a rollback leaves nothing"
            before = now
        db.session.remove()


def test_a_file_of_logs_brings_their_rows_and_the_same_file_grown_mends_the_one(
    context: Flask, world: World
) -> None:
    header = "observation,observatoer,id,nr,t_ms,spor,kode\n"
    ids = [str(uuid4()) for _ in range(6)]
    small = header + "".join(
        f"s{log},a,{ids[2 * log + nr]},{nr},{nr * 900},{what}\n"
        for log in range(2)
        for nr, what in enumerate(("taler,borger", "ur,slut"))
    )

    def read_in(text: str) -> dict[str, tuple[dict[str, Any] | None, datetime]]:
        import_logs(
            logs=read_logs(BytesIO(text.encode())),
            organisation=db.session.get_one(Organisation, world.organisations["jobcenter"]),
            fokusperson=db.session.get_one(Person, world.mette),
            dag=date(2026, 3, 3),
            by=None,
        )
        db.session.commit()
        found = db.session.scalars(select(Observation)).all()
        assert [row_of(o.id) for o in found] == [right(o) for o in found]
        assert len(found) == 2
        made = dict(db.session.execute(select(ROWS.c.observation_id, ROWS.c.beregnet_at)).all())
        return {str(o.fil_observation): (row_of(o.id), made[o.id]) for o in found}

    first = read_in(small)
    assert first == read_in(small), "nothing is made anew when nothing is new"
    grown = read_in(small + f"s0,a,{ids[4]},2,300,taler,medarbejder\n")
    assert grown["s1"] == first["s1"]
    assert grown["s0"][0] != first["s0"][0]


def test_while_a_samtale_runs_no_batch_touches_the_rows(context: Flask, world: World) -> None:
    samtale = Samtale(world, random.Random(4))
    samtale.batch()
    with statements() as running:
        samtale.batch()
    samtale.end()
    with statements() as ended:
        samtale.batch()
    assert [said for said in running if "sammenfatning" in said] == []
    assert any("haendelse" in said for said in running)
    assert [said for said in ended if "sammenfatning" in said] != []


def test_who_stores_while_another_stores_waits_and_sums_up_what_both_stored(app: Flask, world: World) -> None:
    """As from before there were rows: there is none to hold on to. Without the waiting the last one would win."""
    with app.app_context():
        samtale = Samtale(world, random.Random(6))
        samtale.batch()
        samtale.end()
        db.session.execute(ROWS.delete())
        events, kontrakt_id = samtale.new(8), samtale.kontrakt.id
        db.session.commit()
        db.session.remove()

    def device(raw: list[Any]) -> None:
        with app.app_context():
            store(kontrakt_id, world, raw)
            db.session.commit()
            db.session.remove()

    with app.app_context():
        other = threading.Thread(target=device, args=(events[4:],))
        store(kontrakt_id, world, events[:4])
        other.start()
        other.join(0.7)
        assert other.is_alive(), "it waits for the first one"
        db.session.commit()
        other.join()
        found = db.session.scalars(select(Observation)).one()
        assert row_of(found.id) == right(found)
        assert len(list_haendelser(found.id)) == 14
        db.session.remove()


def store(kontrakt_id: UUID, world: World, raw: list[Any]) -> None:
    """What a device of jonas' sends, in the running session."""
    kontrakt, by = db.session.get_one(FeedbackKontrakt, kontrakt_id), db.session.get_one(Person, world.jonas)
    recording.store_haendelser(kontrakt=kontrakt, by=by, startet_at=START, raw=raw)


def test_devices_and_the_end_at_once_leave_the_row_of_all_their_events(app: Flask, world: World) -> None:
    with app.app_context():
        samtale = Samtale(world, random.Random(5))
        events = samtale.new(60)
        samtale.batch(events[:1])
        kontrakt_id, found = samtale.kontrakt.id, samtale.observation
        db.session.commit()
        assert found is not None
        observation_id = found.id
        db.session.remove()
    begin, problems = threading.Barrier(4), list[BaseException]()

    def device(seed: int) -> None:
        chance = random.Random(seed)
        try:
            begin.wait()
            for turn in range(5):
                with app.app_context():
                    if (seed, turn) == (0, 2):
                        observation = db.session.get_one(Observation, observation_id)
                        by = db.session.get_one(Person, world.jonas)
                        recording.end_observation(observation=observation, by=by)
                    else:
                        store(kontrakt_id, world, chance.sample(events, 12))
                    db.session.commit()
                    db.session.remove()
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=device, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with app.app_context():
        observation = db.session.get_one(Observation, observation_id)
        assert row_of(observation_id) == right(observation)
        assert row_of(observation_id) is not None
        db.session.remove()


def test_figures_come_from_the_rows_where_they_are_and_from_the_events_where_not(
    context: Flask, world: World
) -> None:
    logs = [ordinary(), two_hours(), half_a_minute(), no_end(), []]
    ids = [from_file(world, log, navn=f"s{nr}") for nr, log in enumerate(logs)]
    running = observe(world, ordinary(), ended=False)
    every = {id_: maal(log) for id_, log in zip([*ids, running], [*logs, ordinary()], strict=True)}
    assert list_maal(every) == every, "none has a row yet"
    assert list_wrong_sammenfatninger([*every]) == ids
    mend([*every])
    assert list_wrong_sammenfatninger([*every]) == []
    with statements() as asked:
        assert list_maal(ids) == {id_: every[id_] for id_ in ids}
    assert len(asked) == 1
    assert not re.search(r"\bFROM haendelse\b", asked[0])
    for found, wanted in zip(list_maal(ids).values(), every.values(), strict=False):
        assert [*found["taletid_ms"]] == [*wanted["taletid_ms"]], "the codes in their order"
    assert list_maal(every) == every, "one still runs"
    db.session.execute(ROWS.update().values(varighed_ms=ROWS.c.varighed_ms + 1))
    assert list_maal(ids)[ids[0]]["varighed_ms"] == every[ids[0]]["varighed_ms"] + 1, (
        "it is the row that is read"
    )
    db.session.execute(ROWS.update().values(regler=0))
    assert list_maal(ids) == {id_: every[id_] for id_ in ids}, "rows of other rules are not read"


def test_a_row_of_a_samtale_that_runs_is_wrong_and_taken_away(context: Flask, world: World) -> None:
    running = observe(world, ordinary(), ended=False)
    db.session.execute(
        ROWS.insert(), {"observation_id": running, **tables.values_of(maal([]), 0), "beregnet_at": START}
    )
    assert list_wrong_sammenfatninger([running]) == [running]
    mend([running])
    assert db.session.scalar(select(func.count()).select_from(ROWS)) == 0


def test_events_are_written_in_two_places_and_changed_in_none() -> None:
    """A third one would have to keep the rows as well."""
    writes = re.compile(r"\b(\w*insert\w*|add_all|update|delete)\(\s*(events_table|Haendelse\b|Haendelse\()")
    package = Path(supervision.__file__).parent
    found = {
        (path.name, match.group(1))
        for path in package.rglob("*.py")
        for match in writes.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == {("recording.py", "_insert_ignoring_known"), ("importing.py", "insert")}
