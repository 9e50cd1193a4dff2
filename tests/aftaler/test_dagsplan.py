"""A supervision day by the actions and the pages: planned, sent, moved, run, handed on; and who sees what of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World, give_role
from road import agreed, person, recorded, written
from web import Browser

from supervision import clock
from supervision.aftaler import actions as kontrakter
from supervision.aftaler import queries as aftaler
from supervision.aftaler import rules
from supervision.aftaler.actions import dagsplan as actions
from supervision.aftaler.actions import making
from supervision.aftaler.actions import sessioner as running
from supervision.aftaler.models import FeedbackKontrakt, Supervisionsdag, Supervisionssession
from supervision.aftaler.queries import dage as queries
from supervision.db import db
from supervision.feedback.actions import writing
from supervision.history import Historik
from supervision.overblik.queries import get_i_dag
from supervision.overblik.queries.anledninger import list_anledninger
from supervision.personer.models import Organisation, Rolletildeling
from supervision.personer.rules.beskeder import KONTRAKT
from supervision.problems import NotAllowed, NotFound, RuleBroken

DAY = date(2026, 11, 24)
SECRET = "kanarie-maal At borgeren selv finder sit næste skridt"


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(datetime(2026, 11, 23, 12, tzinfo=clock.DANISH_TIME)):
        yield


def make_dag(world: World, *, second: str = "aase") -> Supervisionsdag:
    """Two lanes: the supervisor and a kollegial one; a lunch. In the running session, flushed."""
    by = person(world.supervisor)
    organisation = db.session.get_one(Organisation, world.organisations["jobcenter"])
    dag = actions.create_dag(
        organisation=organisation,
        valg=actions.Dagsvalg(DAY, "2. sal", 540, 960, 510, 20, "kanarie-ramme", ("Lokale 1", "Lokale 2")),
        supervisorer=[by, person(world.people[second])],
        by=by,
    )
    actions.add_pause(dag, start=720, minutter=30, navn="Frokost", by=by)
    return dag


def put(world: World, dag: Supervisionsdag, who: str, start: int, lane: int = 0) -> Supervisionssession:
    valg = actions.Sessionsvalg(dag.baner[lane].supervisor, start)
    return actions.add_session(
        dag, fokusperson=person(world.people[who]), valg=valg, by=person(world.supervisor)
    )


def moved(session: Supervisionssession, start: int, supervisor: Any, **more: Any) -> actions.Sessionsvalg:
    return actions.Sessionsvalg(supervisor, start, **more)


def test_sending_gives_each_their_kontrakt_and_moving_takes_it_along(app: Flask, world: World) -> None:
    with app.app_context():
        dag, by = make_dag(world), person(world.supervisor)
        first, other = put(world, dag, "mette", 540), put(world, dag, "jonas", 540, lane=1)
        mette = person(world.mette)
        assert (first.lokale, other.lokale) == ("Lokale 1", "Lokale 2")
        assert queries.konflikter_of(dag) == {}
        assert queries.list_egne_sessioner(viewer=mette) == []
        with pytest.raises(NotFound):  # a plan that is not sent is the planners' own
            queries.get_session(first.id, viewer=mette)

        assert actions.send_dag(dag, by=by) == 2
        assert actions.send_dag(dag, by=by) == 0
        kontrakt = first.kontrakt
        assert kontrakt is not None
        assert (kontrakt.slags, kontrakt.observatoer_id, rules.tilstand(kontrakt)) == (
            "supervision",
            world.supervisor,
            "kladde",
        )
        assert kontrakt.samtale.starter_at == clock.from_local(DAY, time(9, 10))
        assert (kontrakt.samtale.laengde_min, kontrakt.samtale.sted) == (40, "Lokale 1, 2. sal")
        assert get_i_dag(viewer=mette).sessioner == [first]
        assert queries.find_egen_session(kontrakt.id, viewer=mette) == first
        assert queries.find_egen_session(kontrakt.id, viewer=person(world.aase)) is None
        told = {one.person_id for one in list_anledninger().values() if one.slags == KONTRAKT}
        assert told == {world.mette, world.jonas}

        later = _samtalen(kontrakt, tid=time(14))
        with pytest.raises(RuleBroken, match="dagsplanen"):  # the time stands in the plan
            kontrakter.change_kontrakt(kontrakt, by=mette, to=later)
        for one in (mette, by):
            kontrakter.change_kontrakt(kontrakt, by=mette, to=_with_goal(kontrakt))
            kontrakter.change_kontrakt(kontrakt, by=mette, to=rules.FokusTrin(("At jeg venter",)))
            kontrakter.say_yes(kontrakt, by=one)
        assert actions.change_session(first, valg=moved(first, 605, by), version=1, by=by)
        assert not actions.change_session(first, valg=moved(first, 605, by), version=1, by=by)
        assert kontrakt.samtale.starter_at == clock.from_local(DAY, time(10, 15))
        assert rules.tilstand(kontrakt) == "klar"  # the plan owns the time: nobody is asked again
        with pytest.raises(actions.Changed, match=r"kl\. 10\.05"):
            actions.change_session(first, valg=moved(first, 700, by), version=1, by=by)
        assert first.start == 605
        actions.change_dag(
            dag,
            valg=_day(dag, DAY + timedelta(days=1)),
            supervisorer=[b.supervisor for b in dag.baner],
            by=by,
        )
        assert kontrakt.samtale.starter_at == clock.from_local(DAY + timedelta(days=1), time(10, 15))
        actions.cancel_session(first, by=by)
        assert rules.tilstand(kontrakt) == "trukket"
        acts = db.session.query(Historik.handling).filter_by(genstand_id=first.id)
        assert sorted(row[0] for row in acts) == ["aflys_session", "flyt_session", "saet_session_paa"]
        db.session.rollback()


def _with_goal(kontrakt: FeedbackKontrakt) -> rules.SamtaleTrin:
    return _samtalen(kontrakt, maal=SECRET, redskaber="Skala", bidrag="Et tal")


def _samtalen(kontrakt: FeedbackKontrakt, **changes: Any) -> rules.SamtaleTrin:
    trin = aftaler.read_trin(kontrakt)["samtalen"]
    assert isinstance(trin, rules.SamtaleTrin)
    return replace(trin, **changes)


def _day(dag: Supervisionsdag, dato: date) -> actions.Dagsvalg:
    return actions.Dagsvalg(
        dato, dag.sted, dag.fra, dag.til, dag.briefing_fra, dag.briefing_min, dag.ramme, tuple(dag.lokaler)
    )


def test_another_supervisor_sees_nothing_until_the_fokusperson_takes_it_along(
    app: Flask, world: World
) -> None:
    with app.app_context():
        dag, by, mette = make_dag(world), person(world.supervisor), person(world.mette)
        session = put(world, dag, "mette", 540)
        actions.send_dag(dag, by=by)
        first = session.kontrakt
        assert first is not None
        kontrakter.change_kontrakt(first, by=mette, to=_with_goal(first))
        kontrakter.change_kontrakt(first, by=mette, to=rules.FokusTrin(("At jeg venter",)))
        kontrakter.say_yes(first, by=mette)
        aase = person(world.aase)
        actions.change_session(session, valg=moved(session, 540, aase), version=1, by=by)
        second = session.kontrakt
        assert second is not None
        assert (second.observatoer_id, second.maal, second.fokuspunkter) == (aase.id, "", [])
        assert (session.lokale, second.samtale_id) == ("Lokale 2", first.samtale_id)
        assert (rules.tilstand(first), first.maal) == ("trukket", SECRET)
        with pytest.raises(NotAllowed):
            making.take_words_over(second, by=aase, fra=first)
        making.take_words_over(second, by=mette, fra=first)
        assert (second.maal, [punkt.tekst for punkt in second.fokuspunkter]) == (SECRET, ["At jeg venter"])
        actions.change_session(session, valg=moved(session, 540, by), version=2, by=by)
        assert session.kontrakt is first  # moved back: the first one is taken up again as it was
        assert (rules.tilstand(first), first.maal) == ("venter", SECRET)
        kontrakter.withdraw(first, by=mette)
        for supervisor, version in ((aase, 3), (by, 4)):
            actions.change_session(session, valg=moved(session, 540, supervisor), version=version, by=by)
        assert session.kontrakt.id == first.id
        assert rules.tilstand(first) == "kladde"  # she had taken it back herself: she is asked again
        db.session.rollback()


def run(world: World) -> tuple[Supervisionssession, Any]:
    """Mette's session today with a ready kontrakt; and her supervisor."""
    dag, by = make_dag(world), person(world.supervisor)
    dag.dato = clock.today()
    session = put(world, dag, "mette", 540)
    session.kontrakt = agreed(person(world.mette), by)
    dag.sendt_at = clock.now()
    db.session.flush()
    return session, by


def test_feedback_waits_for_the_citizen_to_leave(app: Flask, world: World) -> None:
    with app.app_context():
        session, by = run(world)
        kontrakt = session.kontrakt
        assert kontrakt is not None
        running.take_skridt(session, skridt="begynd", by=by)
        running.take_skridt(session, skridt="forberedt", by=by)
        observation = recorded(kontrakt, by)
        with pytest.raises(RuleBroken, match="Borgeren er gået"):
            writing.begin_feedback(observation=observation, by=by)
        with pytest.raises(NotAllowed):
            running.take_skridt(session, skridt="borger_gaaet", by=person(world.mette))
        running.take_skridt(session, skridt="borger_gaaet", by=by)
        feedback = written(observation, by)
        running.undo_skridt(session, by=by)
        with pytest.raises(RuleBroken):
            writing.send_feedback(feedback=feedback, by=by, laest="")
        running.put_off_feedback(session, grund="tiden_gik", by=by)
        with pytest.raises(RuleBroken, match="ændret"):  # open again: only the reading through is missing
            writing.send_feedback(feedback=feedback, by=by, laest="")
        db.session.rollback()


def test_a_recorder_that_was_opened_on_its_own_is_a_samtale_that_runs(app: Flask, world: World) -> None:
    with app.app_context():
        session, by = run(world)
        assert session.kontrakt is not None
        kontrakter.lock_kontrakt(session.kontrakt, by=by)
        running.take_skridt(session, skridt="borger_gaaet", by=by)
        assert session.forberedt_at == session.kontrakt.laast_at
        db.session.rollback()


def test_a_line_is_handed_on_by_its_fokusperson_alone(app: Flask, world: World) -> None:
    with app.app_context():
        session, by = run(world)
        mette, jonas = person(world.mette), person(world.jonas)
        with pytest.raises(RuleBroken):
            running.write_linje(session, tekst="For tidligt", by=by)
        running.take_skridt(session, skridt="begynd", by=by)
        running.write_linje(session, tekst=" kanarie-linje ", by=by)
        assert session.linje is not None
        assert queries.list_modtagne_linjer(viewer=jonas) == []
        with pytest.raises(NotAllowed):
            running.hand_on_linje(session, til=jonas, by=by)
        running.hand_on_linje(session, til=jonas, by=mette)
        assert [one.tekst for one in queries.list_modtagne_linjer(viewer=jonas)] == ["kanarie-linje"]
        for stranger in ("aase", "leder", "administrator", "anden_supervisor"):
            with pytest.raises(NotFound):
                queries.get_linje(session.linje.id, viewer=person(world.people[stranger]))
        for again in (
            lambda: running.hand_on_linje(session, til=person(world.aase), by=mette),
            lambda: running.write_linje(session, tekst="Andre ord", by=by),
        ):
            with pytest.raises(RuleBroken):
                again()
        db.session.rollback()


def planned(app: Flask, world: World) -> tuple[UUID, UUID, UUID]:
    """(day, Mette's session, Frede's of another team): sent, with a goal of Mette's. Noise: another house's day."""
    with app.app_context():
        dag = make_dag(world)
        session, frede = put(world, dag, "mette", 540), put(world, dag, "fremmed", 540, lane=1)
        actions.send_dag(dag, by=person(world.supervisor))
        assert session.kontrakt is not None
        kontrakter.change_kontrakt(session.kontrakt, by=person(world.mette), to=_with_goal(session.kontrakt))
        noise = Supervisionsdag(
            organisation_id=world.organisations["a_kasse"], dato=DAY, fra=540, til=960, sted="kanarie-kassen",
            oprettet_af=world.anden_supervisor, sendt_at=clock.now(),
        )  # fmt: skip
        db.session.add(noise)
        db.session.flush()
        made = dag.id, session.id, frede.id
        db.session.commit()
        db.session.remove()
    return made


def test_each_sees_their_own_part_of_the_day(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    dag_id, session_id, frede_id = planned(app, world)
    day, own, theirs = (
        f"/supervision/dage/{dag_id}",
        f"/supervision/sessioner/{session_id}",
        f"/supervision/sessioner/{frede_id}",
    )
    browsers = {key: Browser.signed_in(app, world.people[key]) for key in world.people}
    page = browsers["supervisor"].get(day).get_data(as_text=True)
    assert "Mette Ærø" in page
    assert "Frede Fjord" in page
    assert SECRET not in page  # a plan is times and names, also for the supervisor
    assert browsers["supervisor"].get(f"{day}/udskriv").status_code == 200
    for key in world.people.keys() - {"supervisor"}:
        assert browsers[key].get(day).status_code == browsers[key].get(f"{day}/udskriv").status_code == 404, (
            key
        )
    mine = browsers["mette"].get(own).get_data(as_text=True)
    assert "kanarie-ramme" in mine
    assert "Frede" not in mine
    kontrakt = re.search(r"/kontrakter/[0-9a-f-]{36}(?=\")", mine)
    assert kontrakt
    assert own in browsers["mette"].get(kontrakt[0]).get_data(as_text=True)
    assert browsers["mette"].get(theirs).status_code == browsers["fremmed"].get(own).status_code == 404
    assert browsers["aase"].get(own).status_code == 404  # another lane's supervisor
    team = browsers["leder"].get(f"{day}/team").get_data(as_text=True)
    assert "Mette Ærø" in team
    assert not any(word in team for word in ("Frede", SECRET, "kanarie-ramme", "Sune"))
    assert "Mette" not in browsers["sydleder"].get(f"{day}/team").get_data(as_text=True)
    for key in ("mette", "jonas", "supervisor", "noise"):
        assert browsers[key].get(f"{day}/team").status_code == 404
    for key in ("mette", "supervisor", "leder", "jonas", "aase"):
        listed = browsers[key].get("/supervision/dage").get_data(as_text=True)
        assert "kanarie-kassen" not in listed
    assert day in browsers["supervisor"].get("/supervision/dage").get_data(as_text=True)
    assert own in browsers["mette"].get("/").get_data(as_text=True)
    assert "/supervision/dage" in browsers["supervisor"].get("/overblik").get_data(as_text=True)

    with app.app_context():  # the organisation ends the grant: the next request is refused
        grant = db.session.query(Rolletildeling).filter_by(person_id=world.supervisor).one()
        grant.til = clock.today()
        db.session.commit()
        db.session.remove()
    for path in (day, own, f"{day}/udskriv", f"{day}/fyld", f"{own}/ret"):
        assert browsers["supervisor"].get(path).status_code == 404
    refused = browsers["supervisor"].send_json(
        f"/api{own}/flyt", {"start": 600, "supervisor": str(world.aase), "version": 1}
    )
    assert refused.status_code == 404


def test_the_way_through_the_pages(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    sune = Browser.signed_in(app, world.supervisor)
    new = {
        "organisation": str(world.organisations["jobcenter"]), "dato": "2026-11-24", "fra": "9", "til": "16.00",
        "briefing": "8.30", "briefing_min": "20", "ramme": "Velkommen", "lokaler": "Lokale 1",
        "supervisorer": str(world.supervisor),
    }  # fmt: skip
    assert "Planlæg en dag" in sune.get("/supervision/dage").get_data(as_text=True)
    for wrong, words in (
        ({"til": "8.00"}, "slutte, efter"),
        ({"dato": "2026-11-20"}, "Datoen er gået"),
        ({"supervisorer": []}, "mindst én supervisor"),
        ({"fra": "kl. 99"}, "klokkeslæt"),
        ({"ramme": "Ring til 010190-1234"}, "CPR"),
    ):
        refused = sune.send("/supervision/dage/ny", **{**new, **wrong})
        assert refused.status_code == 422
        assert words in refused.get_data(as_text=True)
    filled = sune.send("/supervision/dage/ny", **new).location
    assert filled.endswith("/fyld")
    people = [str(world.people[key]) for key in ("mette", "jonas", "aase", "leder", "fremmed", "sydleder")]
    assert sune.get(filled).status_code == 200
    assert sune.send(filled, tid="9.00", samtale_min="30").status_code == 422
    day = sune.send(filled, tid="9.00", samtale_min="30", fokuspersoner=people).location
    page = sune.get(day).get_data(as_text=True)
    assert page.count('class="dag-session"') == 6
    assert page.count("Frokost") >= 1
    assert "I vejen" not in page
    assert "Send 6 kontrakter" in page

    session_id = re.findall(r'data-session="([0-9a-f-]+)"', page)[1]
    move, ret = f"/api/supervision/sessioner/{session_id}/flyt", f"/supervision/sessioner/{session_id}/ret"
    body = {"start": 545, "supervisor": str(world.supervisor), "version": 1}
    for broken in (
        {},
        {**body, "start": "9"},
        {**body, "supervisor": str(uuid4())},
        {**body, "ekstra": 1},
        [],
    ):
        assert sune.send_json(move, broken).status_code == 400
    answer = sune.send_json(move, body)
    assert (answer.status_code, answer.json["start"], answer.json["version"]) == (200, 545, 2)
    assert any("Sune er optaget" in line for line in answer.json["konflikter"][session_id])
    assert sune.send_json(move, {**body, "start": 1439, "version": 2}).status_code == 422
    stale = sune.send_json(move, {**body, "start": 700})
    assert (stale.status_code, stale.json["start"]) == (409, 545)
    assert "kl. 9.05" in stale.json["fejl"]
    assert "I vejen" in sune.get(day).get_data(as_text=True)

    fields = {
        "supervisor": str(world.supervisor), "tid": "16.30", "samtale_min": "20", "lokale": "Lokale 9",
        "type": "cv_samtale", "form": "digital",
    }  # fmt: skip
    second = sune.send(ret, **fields, version="1")
    assert second.status_code == 422
    words = second.get_data(as_text=True)
    assert "ændret af en anden" in words
    assert "16.30" in words  # nothing typed is lost
    assert 'name="version" type="hidden" value="2"' in words
    assert sune.send(ret, **fields, version="2").location == day
    assert "uden for dagen" in sune.get(day).get_data(as_text=True)
    assert sune.send(f"{day}/send").location == day
    mette = Browser.signed_in(app, world.mette)
    assert "er din supervisor" in mette.get("/").get_data(as_text=True)
    assert sune.send(f"{day}/aflys").status_code == 303
    assert "er din supervisor" not in mette.get("/").get_data(as_text=True)
    assert "Dagen er aflyst" in sune.get(day).get_data(as_text=True)


def test_a_teamleder_plans_for_the_own_team_with_a_kollegial_supervisor(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    app, world = sqlite_app, sqlite_world
    with app.app_context():
        give_role(world.aase, "supervisor", fra=clock.today(), organisation_id=world.organisations["a_kasse"])
        leder = person(world.leder)
        organisation = db.session.get_one(Organisation, world.organisations["jobcenter"])
        dag = actions.create_dag(
            organisation=organisation, valg=actions.Dagsvalg(DAY, "", 540, 960, None, 15, "", ()),
            supervisorer=[person(world.jonas)], by=leder,
        )  # fmt: skip
        shown = {one.id for one in queries.list_fokuspersoner_i(organisation.id, viewer=leder)}
        assert shown == {world.mette, world.jonas, world.aase}
        assert queries.get_dag(dag.id, viewer=person(world.supervisor)) is dag
        for stranger in ("sydleder", "jonas", "aase", "anden_supervisor", "administrator"):
            with pytest.raises(NotFound):
                queries.get_dag(dag.id, viewer=person(world.people[stranger]))
        assert queries.list_dage(viewer=leder) == [dag]
        db.session.rollback()
