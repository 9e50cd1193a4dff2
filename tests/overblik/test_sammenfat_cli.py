"""`supervision sammenfat`: what it finds, what it mends, and that the pages read what it made and say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from held import add_events, crew, from_file, held, log
from people import World
from sqlalchemy import event, func, select

from supervision import clock
from supervision.db import db
from supervision.observationer.models import Observation, Sammenfatning
from supervision.overblik import cli, queries, rules
from supervision.overblik.cli import sammenfatning as command
from supervision.overblik.rules.udvikling import Valg
from supervision.personer.models import Person

DAY = date(2026, 8, 12)
SHOWN = datetime(2026, 11, 20, 9, tzinfo=clock.DANISH_TIME)
Q3 = rules.Kvartal(2026, 3)
ROWS: Any = Sammenfatning.__table__


@pytest.fixture
def ids(app: Flask, world: World) -> list[UUID]:
    """Seven logs of before there were rows, in the order of their ids: five ended, one of them empty, two running."""
    with app.app_context():
        jobcenter = world.organisations["jobcenter"]
        made = [
            held(
                world.mette, world.jonas, jobcenter, DAY + timedelta(days=nr), events=log(share=0.3 + nr / 20)
            ).id
            for nr in range(3)
        ]
        made += [from_file(world.mette, jobcenter, DAY, events=events).id for events in (log(), [])]
        made += [
            held(world.mette, world.jonas, jobcenter, DAY, ended=False, handed_over=None).id for _ in range(2)
        ]
        db.session.commit()
        db.session.remove()
    return sorted(made)


@pytest.fixture
def run(app: Flask, ids: list[UUID], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, list[str]]]:
    """The command on the test's own database -> (exit code, lines)."""
    monkeypatch.setattr(command, "create_app", lambda: app)

    def invoke(*arguments: str) -> tuple[int, list[str]]:
        done = CliRunner().invoke(cli.sammenfat, arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output.splitlines()

    return invoke


def rows(app: Flask) -> dict[UUID, tuple[Any, ...]]:
    with app.app_context():
        found = {row.observation_id: tuple(row) for row in db.session.execute(select(ROWS))}
        db.session.remove()
    return found


def without_time(found: dict[UUID, tuple[Any, ...]]) -> dict[UUID, tuple[Any, ...]]:
    return {id_: row[:-1] for id_, row in found.items()}


def change(app: Flask, id_: UUID, **values: Any) -> None:
    with app.app_context():
        db.session.execute(ROWS.update().where(ROWS.c.observation_id == id_).values(**values))
        db.session.commit()
        db.session.remove()


def ended(app: Flask) -> list[UUID]:
    with app.app_context():
        wanted = select(Observation.id).where(Observation.afsluttet_at.is_not(None)).order_by(Observation.id)
        found = list(db.session.scalars(wanted))
        db.session.remove()
    return found


def test_it_makes_what_is_missing_mends_what_is_wrong_and_then_has_nothing_to_do(
    app: Flask, run: Callable[..., tuple[int, list[str]]]
) -> None:
    lacking = ended(app)
    code, said = run("--proev")
    assert code == 1
    assert said == [
        "7 logge set efter: 5 sammenfatninger mangler eller passer ikke til hændelserne.",
        *map(str, lacking),
        "Kør »supervision sammenfat« for at lave dem om.",
    ]
    assert rows(app) == {}, "it only looked"
    made = "manglede eller passede ikke og er lavet om. Nu passer alt til hændelserne."
    assert run() == (0, [f"7 logge set efter: 5 sammenfatninger {made}"])
    kept = rows(app)
    assert sorted(kept) == lacking
    fine = (0, ["7 logge set efter: alt passer til hændelserne."])
    assert (run(), run("--proev")) == (fine, fine)
    assert rows(app) == kept, "nothing was made anew"
    for wrong in ({"borger_ms": 1}, {"haendelser": 99}, {"regler": 0}, {"resten": {"faerdigheder": {}}}):
        change(app, lacking[2], **wrong)
        code, said = run("--proev")
        assert (code, said[1]) == (1, str(lacking[2]))
        assert run() == (0, [f"7 logge set efter: 1 sammenfatning {made}"])
        assert without_time(rows(app)) == without_time(kept)


def test_it_sees_events_that_came_round_the_product(
    app: Flask, run: Callable[..., tuple[int, list[str]]]
) -> None:
    run()
    with app.app_context():
        observation = db.session.get_one(Observation, ended(app)[0])
        add_events(observation, [(1, "faerdighed", "k_tid")])
        db.session.commit()
        named = str(observation.id)
        db.session.remove()
    assert run("--proev")[1][1] == named
    assert run()[0] == 0
    assert run("--proev")[0] == 0


def test_stopped_half_way_it_has_kept_what_it_made_and_goes_on_from_there(
    app: Flask, run: Callable[..., tuple[int, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    mend, mended = command.mend, list[UUID]()

    def until_it_is_stopped(wrong: list[UUID]) -> None:
        mend(wrong)
        if mended:
            raise KeyboardInterrupt
        mended.extend(wrong)

    monkeypatch.setattr(command, "AT_A_TIME", 2)
    monkeypatch.setattr(command, "mend", until_it_is_stopped)
    with app.app_context(), pytest.raises(KeyboardInterrupt):
        command.sum_all_up(mending=True)
    assert sorted(rows(app)) == sorted(mended)
    assert 0 < len(mended) < len(ended(app))
    monkeypatch.setattr(command, "mend", mend)
    steps: list[int] = []
    with app.app_context():
        checked = command.sum_all_up(mending=True, progress=steps.append)
    assert (checked.logge, checked.forkerte, steps) == (7, 5 - len(mended), [2, 4, 6, 7])
    assert sorted(rows(app)) == ended(app)


def test_a_row_that_cannot_be_made_right_is_told_and_not_kept(
    app: Flask, ids: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "mend", lambda _wrong: None)
    with app.app_context(), pytest.raises(command.StillWrong, match="passer ikke"):
        command.sum_all_up(mending=True)
    assert rows(app) == {}


def test_an_empty_house_and_many_wrong_ones(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "create_app", lambda: app)
    assert CliRunner().invoke(cli.sammenfat).output == "Der er ingen logge endnu.\n"
    monkeypatch.setattr(command, "MOST_NAMED", 2)
    checked = command.Checked()
    checked.add([uuid4() for _ in range(5)], [uuid4() for _ in range(3)])
    checked.add([uuid4()], [uuid4()])
    assert (checked.logge, checked.forkerte, len(checked.navnte)) == (6, 4, 2)


def test_the_pages_figures_are_the_same_from_the_rows_and_no_event_is_read(app: Flask, world: World) -> None:
    jobcenter, team = world.organisations["jobcenter"], world.teams["nord"]
    with app.app_context(), clock.travel(SHOWN):
        people = crew(jobcenter, team, 5)
        for nr, who in enumerate([*people, world.mette, world.mette]):
            ticks = {"k_tid": nr % 3, "k_formaal": 1}
            day = DAY + timedelta(days=nr)
            held(
                who,
                world.jonas,
                jobcenter,
                day,
                events=log(share=0.3 + nr / 30, ticks=ticks),
                kendetegn=["k_tid"],
            )
        from_file(world.mette, jobcenter, DAY, events=log(framed=2))
        db.session.commit()

        def read() -> list[Any]:
            mette = db.session.get_one(Person, world.mette)
            team_rows = queries.list_observerede(jobcenter, Q3, personer={*people, mette.id}, ledere=set())
            own = queries.get_udvikling(Valg(periode="alle"), viewer=mette, today=clock.today())
            return [team_rows, own.punkter, own.serier, own.kendetegn]

        from_events = read()
        db.session.remove()
        command.sum_all_up(mending=True)
        asked: list[str] = []
        listening = (
            db.engine,
            "before_cursor_execute",
            lambda _c, _k, statement, *_: asked.append(statement),
        )
        event.listen(*listening)
        from_rows = read()
        event.remove(*listening)
        assert from_rows == from_events
        assert len(from_events[0]) == 8
        assert len(from_events[1]) == 3
        assert [said for said in asked if "FROM haendelse" in said] == []
        assert sum("FROM sammenfatning" in said for said in asked) == 2
        assert db.session.scalar(select(func.count()).select_from(ROWS)) == 8
        db.session.remove()
