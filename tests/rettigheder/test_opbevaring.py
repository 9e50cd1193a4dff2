"""Retention with a moved clock: kept before its time, gone after; foreseen exactly; killed and run again (C9)."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from held import held
from hele_verden import whole
from people import World

from supervision import clock
from supervision.db import db, metadata
from supervision.feedback.models import Feedback, FeedbackPunkt
from supervision.history import Historik
from supervision.logbog.models import Lognotat
from supervision.observationer.models import Karantaene
from supervision.overblik.models import Kendskab, Udgivelse
from supervision.personer.actions.people import activate, deactivate
from supervision.personer.models import Invitation, Person
from supervision.rettigheder import cli, rules
from supervision.rettigheder.actions import opbevaring as actions
from supervision.rettigheder.actions.opbevaring import foresee, let_go
from supervision.rettigheder.actions.sletning import INGEN
from supervision.rettigheder.cli import tidy_tonight
from supervision.rettigheder.formats.journal import journal_of, read
from supervision.rettigheder.models import Opbevaring
from supervision.rettigheder.queries import opbevaring as queries
from supervision.rettigheder.queries.lukkede import list_lukkede
from supervision.rettigheder.queries.opbevaring import list_due

DAY = date(2026, 3, 2)
HOUR = timedelta(hours=1)
Keys = set[tuple[str, tuple[Any, ...]]]


@pytest.fixture
def gammelt(context: Flask, world: World) -> World:
    """Delivered feedback of three samtaler, one that was never given, things put aside, an old link and notes."""
    jobcenter = world.organisations["jobcenter"]
    for nr in range(3):
        log = held(world.mette, world.jonas, jobcenter, DAY + timedelta(days=nr))
        feedback = Feedback(
            organisation_id=jobcenter,
            observation_id=log.id,
            fokusperson_id=world.mette,
            observatoer_id=world.jonas,
            oprettet_at=log.overdraget_at,
            sendt_at=log.overdraget_at,
            punkter=[FeedbackPunkt(nr=1, slags="lykkedes", tekst="Æ", sendt_at=log.overdraget_at)],
        )
        note = Lognotat(
            person_id=world.mette,
            observation_id=log.id,
            skrevet_at=log.startet_at,
            aendret_at=log.startet_at,
            proevet="Æ",
        )
        db.session.add_all([feedback, note])
    held(world.mette, world.aase, jobcenter, DAY, handed_over=None)
    moment = clock.from_local(DAY, time(12))
    aside = {"nr": 1, "t_ms": 1, "spor": "note", "kode": "Æ", "grund": "fremmed", "modtaget_at": moment}
    db.session.add_all(
        [
            Karantaene(
                organisation_id=jobcenter,
                person_id=world.jonas,
                kontrakt_id=uuid4(),
                haendelse_id=uuid4(),
                **aside,
            ),
            Invitation(person_id=world.mette, token_hash="a" * 64, oprettet_at=moment, udloeber_at=moment),
            Historik(at=moment, person_id=None, handling="x", genstand="feedback", genstand_id=uuid4()),
            Historik(at=moment, person_id=None, handling="luk", genstand="person", genstand_id=world.mette),
        ]
    )
    db.session.commit()
    return world


def keys() -> Keys:
    """The primary key of every row of every table."""
    return {
        (table.name, tuple(row._mapping[c.name] for c in table.primary_key))
        for table in metadata.sorted_tables
        for row in whole(table)
    }


def flat(rows: dict[str, set[tuple[Any, ...]]]) -> Keys:
    return {(table, key) for table, found in rows.items() for key in found}


def at(days: int, more: timedelta = timedelta(0)) -> Any:
    """The clock so many days after noon of the first day."""
    return clock.travel(clock.from_local(DAY, time(12)) + timedelta(days=days) + more)


EDGES = [
    ("kladder", 30, "observation"),
    ("karantaene", 30, "karantaene"),
    ("links", 30, "invitation"),
    ("feedback", 366, "feedback"),
    ("historik", 365, "historik"),
]
"""(class, days after noon of the first day when its first row is due, its table); feedback came a day after."""


def edge(klasse: str, days: int) -> tuple[int, int]:
    """How many of the class are due an hour before the moment, and an hour after it."""
    counts = []
    for more in (-HOUR, HOUR):
        with at(days, more):
            counts.append(sum(one.klasse == klasse for one in list_due(clock.now())))
    return counts[0], counts[1]


@pytest.mark.wide
@pytest.mark.gate("C9")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.planted("C9")
def test_kept_until_its_time_and_gone_after_it(
    app: Flask, gammelt: World, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    for klasse, days, _ in EDGES:
        assert edge(klasse, days) == (0, 1), klasse
    record_property("figure", f"{len(EDGES)} classes: 0 rows gone before T, all gone after")
    real = queries.rules.graense
    for days in (-1, 1):
        monkeypatch.setattr(queries.rules, "graense", lambda now, dage, d=days: real(now, dage + d))
        assert all(edge(klasse, due) != (0, 1) for klasse, due, _ in EDGES), "a planted bug is not seen"


@pytest.mark.gate("C9")
@pytest.mark.parametrize("app", ["sqlite", pytest.param("postgres", marks=pytest.mark.wide)], indirect=True)
def test_what_is_foreseen_is_what_goes_and_twice_is_once(
    app: Flask, gammelt: World, record_property: Any
) -> None:
    with at(370):
        before = keys()
        foreseen = flat(foresee(list_due(clock.now())))
        assert keys() == before, "to foresee changed something"
        gone = flat(let_go(list_due(clock.now())))
        after = keys()
        assert before - after == foreseen == gone
        assert {table for table, _ in after - before} == {"kendskab"}, "nothing is made but what R7 needs"
        assert {"feedback", "feedback_punkt", "haendelse", "samtale", "observation"} <= {t for t, _ in gone}
        assert not {t for t, _ in gone} & {"lognotat", "person"}
        assert list_due(clock.now()) == []
        assert keys() == after
    notes = db.session.query(Lognotat).all()
    assert [note.observation_id for note in notes] == [None] * 3
    assert [row.person_id for row in db.session.query(Kendskab)] == [gammelt.mette]
    record_property(
        "figure", f"{len(foreseen)} rows foreseen, the same {len(gone)} deleted, 0 the second time"
    )


@pytest.mark.gate("C9")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_what_somebody_knows_stays_as_long_as_the_figures(context: Flask, world: World) -> None:
    """R7: no night between the two, or a figure would open to whoever has seen parts of it."""
    home, made = world.organisations["jobcenter"], clock.from_local(date(2026, 2, 20), time(9))
    for aar, nr in ((2025, 4), (2025, 3)):
        known = {"seer_id": world.jonas, "person_id": world.mette, "aar": aar, "nr": nr}
        db.session.add(Kendskab(organisation_id=home, **known))
    db.session.add(Udgivelse(organisation_id=home, aar=2025, nr=4, regler=2, beregnet_at=made))
    db.session.commit()
    gone = []
    for hour in (-1, 1):
        with clock.travel(made + timedelta(days=1825, hours=hour)):
            gone.append(sorted(one.tabel for one in list_due(clock.now()) if one.klasse == "tal"))
    assert gone == [["kendskab"], ["kendskab", "kendskab", "udgivelse"]]
    with clock.travel(made + timedelta(days=1825, hours=1)):
        let_go(list_due(clock.now()))
        assert db.session.query(Udgivelse).count() == db.session.query(Kendskab).count() == 0


@pytest.mark.wide
@pytest.mark.gate("C9")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_killed_half_way_and_run_again(app: Flask, gammelt: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    with at(370):
        foreseen = flat(foresee(list_due(clock.now())))
        before, real, done = keys(), actions.remove, []

        def killed(*args: Any) -> Any:
            if len(done) == 2:
                real(*args)
                raise KeyboardInterrupt
            done.append(args)
            return real(*args)

        monkeypatch.setattr(actions, "remove", killed)
        with pytest.raises(KeyboardInterrupt):
            let_go(list_due(clock.now()))
        db.session.rollback()
        half = before - keys()
        assert half
        assert half < foreseen
        monkeypatch.setattr(actions, "remove", real)
        db.session.remove()
        _, gone = tidy_tonight(app)
        with app.app_context():
            assert before - keys() == foreseen
        assert not flat(gone) & half


def closed(person_id: UUID, days: int) -> None:
    """The account shut so many days after the first day, by an administrator."""
    with at(days):
        everybody = db.session.query(Person).all()
        by = next(one for one in everybody if one.har_rolle("administrator"))
        deactivate(db.session.get_one(Person, person_id), by=by)
        db.session.commit()


@pytest.mark.gate("C9")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_closed_account_is_kept_until_its_time_and_erased_after_it(
    app: Flask, gammelt: World, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    """Jonas stopped on the tenth day. What he wrote to Mette is hers; Åse was closed and is here again."""
    closed(gammelt.jonas, 10)
    closed(gammelt.aase, 10)
    with at(20):
        everybody = db.session.query(Person).all()
        by = next(one for one in everybody if one.har_rolle("administrator"))
        activate(db.session.get_one(Person, gammelt.aase), by=by)
        db.session.commit()

    def edge() -> list[list[UUID]]:
        found = []
        for more in (-HOUR, HOUR):
            with at(10 + 365, more):
                found.append(list_lukkede(clock.now()))
        return found

    assert edge() == [[], [gammelt.jonas]]
    real = rules.graense
    for days in (-1, 1):  # planted: a day early, a day late
        monkeypatch.setattr(rules, "graense", lambda now, dage, d=days: real(now, dage + d))
        assert edge() != [[], [gammelt.jonas]]
    monkeypatch.setattr(rules, "graense", real)
    keep = Opbevaring(klasse="feedback", dage=1825, aendret_at=clock.now(), aendret_af=None)
    keep.organisation_id = gammelt.organisations["jobcenter"]
    db.session.add(keep)
    db.session.commit()
    journal = journal_of(Path(app.instance_path))
    with at(10 + 365, HOUR):
        persons, _ = tidy_tonight(app)
        again, _ = tidy_tonight(app)
    assert (persons, again) == (1, 0)
    assert [line.id for line in read(journal)] == [gammelt.jonas]
    assert db.session.get(Person, gammelt.jonas) is None
    assert db.session.get(Person, gammelt.aase) is not None
    kept = db.session.query(Feedback).all()
    assert [one.fokusperson_id for one in kept] == [gammelt.mette] * 3
    assert {one.observatoer.navn for one in kept} == {INGEN}
    record_property(
        "figure", "a closed account: 0 erased before T, 1 after, 0 the second time; 3 of 3 feedback kept"
    )


@pytest.mark.wide
@pytest.mark.gate("C9")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_closed_accounts_killed_half_way(app: Flask, gammelt: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is erased and committed, the second is not; the next run does that, and nothing twice."""
    for who in (gammelt.jonas, gammelt.aase):
        closed(who, 10)
    real, done = cli.erase_person, []

    def killed(person_id: UUID, **more: Any) -> bool:
        if done:
            real(person_id, **more)
            raise KeyboardInterrupt
        done.append(person_id)
        return real(person_id, **more)

    with at(10 + 366):
        monkeypatch.setattr(cli, "erase_person", killed)
        with pytest.raises(KeyboardInterrupt):
            tidy_tonight(app)
        with app.app_context():
            left = list_lukkede(clock.now())
            db.session.remove()
        assert len(left) == 1
        assert left[0] not in done
        monkeypatch.setattr(cli, "erase_person", real)
        persons, _ = tidy_tonight(app)
        assert persons == 1
        with app.app_context():
            assert list_lukkede(clock.now()) == []
            db.session.remove()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_an_organisation_decides_for_itself(app: Flask, gammelt: World) -> None:
    made = {"aendret_at": clock.now(), "aendret_af": None}
    db.session.add(
        Opbevaring(organisation_id=gammelt.organisations["jobcenter"], klasse="feedback", dage=1825, **made)
    )
    db.session.add(
        Opbevaring(organisation_id=gammelt.organisations["a_kasse"], klasse="links", dage=1, **made)
    )
    db.session.commit()
    with at(370):
        assert {one.klasse for one in list_due(clock.now())} == {"kladder", "karantaene", "links", "historik"}
    with at(2):
        assert list_due(clock.now()) == []
