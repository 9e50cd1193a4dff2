"""A round's pairs and their visits: formed by the facilitator, planned by the pair, seen by the group alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from counting import count_queries
from flask import Flask
from icalendar import Calendar
from people import World
from road import agreed, person, recorded, sent, written
from web import Browser

from supervision import clock
from supervision.aftaler import actions as aftaler
from supervision.aftaler import queries as aftaler_queries
from supervision.aftaler import rules as aftaler_rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.grupper import actions, queries
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Parbesoeg, Runde, Supervisionspar
from supervision.grupper.rules.par import Besoegsplan
from supervision.history import Historik
from supervision.personer.actions.beskeder import make_kalenderlink
from supervision.problems import NotAllowed, NotFound, RuleBroken

TODAY = date(2026, 11, 18)
FRA, TIL = date(2026, 11, 2), date(2026, 12, 18)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(datetime(2026, 11, 18, 11, tzinfo=UTC)):
        yield


def plan(day: int = 24, hour: int = 10, **other: Any) -> Besoegsplan:
    return Besoegsplan(date(2026, 11, day), time(hour, 30), 45, "individuel", **other)


def make_runde(world: World, *members: str, facilitator: str = "leder") -> Runde:
    """A group with a round that runs now; in the running session."""
    gruppe = Laeringsgruppe(
        organisation_id=world.organisations["jobcenter"],
        navn=f"Gruppen hos {facilitator}",
        facilitator_id=world.people[facilitator],
        oprettet_at=clock.now(),
        medlemmer=[Gruppemedlem(person_id=world.people[one], ind_at=clock.now()) for one in members],
        runder=[Runde(navn="Efteråret", fra=FRA, til=TIL)],
    )
    db.session.add(gruppe)
    db.session.flush()
    return gruppe.runder[0]


def make_pair(world: World) -> tuple[UUID, UUID, UUID]:
    """Mette and Jonas are a pair in Lone's group; in another, noise: a pair of others. (round, her visit, his visit)"""
    runde = make_runde(world, "mette", "jonas")
    actions.save_par(runde, grupper=[(world.mette, world.jonas)], by=person(world.leder))
    noise = make_runde(world, "aase", "fremmed", facilitator="sydleder")
    actions.save_par(noise, grupper=[(world.aase, world.fremmed)], by=person(world.sydleder))
    hers, his = (
        db.session.query(Parbesoeg).join(Supervisionspar).filter_by(runde_id=runde.id).order_by(Parbesoeg.nr)
    )
    made = (runde.id, hers.id, his.id)
    db.session.commit()
    db.session.remove()
    return made


def besoeg(besoeg_id: UUID, who: UUID) -> Parbesoeg:
    return queries.get_besoeg(besoeg_id, viewer=person(who))


def state(besoeg_id: UUID, who: UUID) -> tuple[str, datetime | None]:
    stands = queries.get_linje(besoeg(besoeg_id, who), viewer=person(who)).stands
    return stands.tilstand, stands.foer_at


def test_the_pairs_are_formed_kept_and_parted(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        runde = make_runde(world, "mette", "jonas", "aase", "fremmed")
        leder = person(world.leder)
        mette, jonas, aase, fremmed = world.mette, world.jonas, world.aase, world.fremmed
        for stranger in (mette, world.sydleder):
            with pytest.raises(NotAllowed):
                actions.save_par(runde, grupper=[(mette, jonas)], by=person(stranger))
        actions.save_ledige_tider(runde, tider=["tir_f"], by=person(mette))
        actions.save_ledige_tider(runde, tider=["tir_f", "tor_e"], by=person(jonas))
        with pytest.raises(NotAllowed):
            actions.save_ledige_tider(runde, tider=["tir_f"], by=leder)
        actions.save_par(runde, grupper=[(mette, jonas), (aase, fremmed)], med_tider=True, by=leder)
        first, _ = queries.list_par(runde, viewer=leder)
        times = [clock.local(line.stands.starter_at) for line in first.linjer if line.stands.starter_at]
        assert [(f"{at:%a %H.%M}") for at in times] == ["Tue 09.30", "Tue 09.30"]
        assert times[0] < times[1]
        assert {line.stands.tilstand for line in first.linjer} == {"foreslaaet"}
        assert not first.mine

        with pytest.raises(RuleBroken):  # somebody formed others since
            actions.save_par(runde, grupper=[(mette, aase)], udgave=0, by=leder)
        hers = first.linjer[0].besoeg
        actions.save_par(runde, grupper=[(jonas, mette)], udgave=1, by=leder)  # the same two
        (only,) = queries.list_par(runde, viewer=leder)
        assert only.linjer[0].besoeg is hers
        assert queries.count_par(runde) == 1

        actions.mark_besoeg(hers, maerk="passer", by=person(mette), udgave=hers.udgave)
        actions.plan_besoeg(hers, plan=plan(day=17), by=person(mette), udgave=hers.udgave)
        actions.mark_besoeg(hers, maerk="holdt", by=person(jonas), udgave=hers.udgave)
        with pytest.raises(RuleBroken) as problem:  # what has begun stands
            actions.save_par(runde, grupper=[(mette, aase)], udgave=2, by=leder)
        assert "i gang" in problem.value.text
        db.session.expire_all()
        actions.leave_gruppe(runde.gruppe, by=person(jonas))
        with pytest.raises(RuleBroken):
            actions.save_par(runde, grupper=[(mette, jonas)], udgave=2, by=leder)
        actions.save_par(runde, grupper=[(mette, aase)], udgave=2, by=leder)
        found = queries.list_par(runde, viewer=leder)
        assert [[line.stands.tilstand for line in one.linjer] for one in found] == [["aaben"] * 2, ["holdt"]]
        assert queries.count_par(runde) == 1
        db.session.rollback()


def test_no_pair_twice_running_by_what_is_stored(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        runde = make_runde(world, "mette", "jonas", "aase", "fremmed")
        earlier = Runde(navn="Foråret", fra=FRA - timedelta(days=90), til=FRA - timedelta(days=1))
        runde.gruppe.runder.append(earlier)
        db.session.flush()
        with clock.travel(datetime(2026, 9, 1, 9, tzinfo=UTC)):
            twos = [(world.mette, world.jonas), (world.aase, world.fremmed)]
            actions.save_par(earlier, grupper=twos, by=person(world.leder))
        assert queries.list_tidligere_par(runde) == [
            [(world.mette, world.jonas), (world.aase, world.fremmed)]
        ]
        assert queries.list_tidligere_par(earlier) == []
        with pytest.raises(RuleBroken):  # it is over
            actions.save_par(earlier, grupper=[], by=person(world.leder), udgave=1)
        db.session.rollback()


def test_a_visit_goes_its_way_without_a_kontrakt(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        _, hers, _ = make_pair(world)
        mette, jonas = person(world.mette), person(world.jonas)
        visit = besoeg(hers, world.mette)
        assert state(hers, world.mette) == ("aaben", None)
        actions.plan_besoeg(visit, plan=plan(17, metoder=("ugu", "taletid")), by=jonas, udgave=1)
        first = visit.starter_at
        with pytest.raises(RuleBroken) as problem:  # Mette has not seen it
            actions.plan_besoeg(visit, plan=plan(24), by=mette, udgave=1)
        assert "En anden" in problem.value.text
        assert visit.starter_at == first
        actions.plan_besoeg(visit, plan=plan(18, 9), by=mette, udgave=2)
        assert state(hers, world.jonas) == ("flyttet", first)
        for wrong in (plan(1), plan(24, metoder=("findes_ikke",))):
            with pytest.raises(RuleBroken):
                actions.plan_besoeg(visit, plan=wrong, by=mette, udgave=3)
        actions.mark_besoeg(visit, maerk="holdt", by=jonas, udgave=3)
        with pytest.raises(RuleBroken):
            actions.plan_besoeg(visit, plan=plan(25), by=mette, udgave=4)
        actions.mark_besoeg(visit, maerk="feedback", by=mette, udgave=4)
        assert state(hers, world.mette) == ("feedback", None)
        for _ in range(2):
            actions.mark_besoeg(visit, maerk="fortryd", by=mette, udgave=visit.udgave)
        actions.mark_besoeg(visit, maerk="aflys", by=mette, udgave=visit.udgave)
        assert state(hers, world.mette) == ("aflyst", None)
        actions.plan_besoeg(visit, plan=plan(26), by=mette, udgave=visit.udgave)
        assert state(hers, world.mette)[0] == "flyttet"
        for stranger in (world.leder, world.aase, world.supervisor):
            with pytest.raises(NotFound):
                besoeg(hers, stranger)
            with pytest.raises(NotAllowed):
                actions.plan_besoeg(visit, plan=plan(), by=person(stranger), udgave=visit.udgave)
            with pytest.raises(NotAllowed):
                actions.book_kontrakt(visit, by=person(stranger), udgave=visit.udgave)
        acts = db.session.query(Historik.handling).filter_by(genstand="parbesoeg", genstand_id=hers)
        assert [row[0] for row in acts].count("planlaeg_besoeg") == 3
        db.session.rollback()


def test_with_a_kontrakt_there_is_one_truth(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        runde_id, hers, his = make_pair(world)
        mette, jonas = person(world.mette), person(world.jonas)
        visit = besoeg(hers, world.mette)
        with pytest.raises(RuleBroken):
            actions.book_kontrakt(visit, by=mette, udgave=1)
        actions.plan_besoeg(visit, plan=plan(24, metoder=("ugu",)), by=mette, udgave=1)
        kontrakt = actions.book_kontrakt(visit, by=jonas, udgave=2)
        assert actions.book_kontrakt(visit, by=mette, udgave=2) is kontrakt  # two tapped at once
        assert (kontrakt.fokusperson_id, kontrakt.observatoer_id) == (world.mette, world.jonas)
        assert kontrakt.samtale.starter_at == visit.starter_at
        assert kontrakt.kendetegn
        assert state(hers, world.mette) == ("planlagt", None)

        planned = visit.starter_at
        assert actions.plan_besoeg(visit, plan=plan(25), by=mette, udgave=3) is False
        assert kontrakt.samtale.starter_at == clock.from_local(date(2026, 11, 25), time(10, 30))
        assert state(hers, world.jonas) == ("flyttet", planned)
        samtalen = aftaler_queries.read_trin(kontrakt)["samtalen"]
        assert isinstance(samtalen, aftaler_rules.SamtaleTrin)
        aftaler.change_kontrakt(kontrakt, by=jonas, to=replace(samtalen, dato=date(2026, 11, 26)))
        line = queries.get_linje(visit, viewer=mette)
        assert line.stands.starter_at == clock.from_local(date(2026, 11, 26), time(10, 30))
        with pytest.raises(RuleBroken):
            actions.mark_besoeg(visit, maerk="holdt", by=mette, udgave=visit.udgave)
        actions.mark_besoeg(visit, maerk="aflys", by=jonas, udgave=visit.udgave)
        assert kontrakt.trukket_af == world.jonas
        assert state(hers, world.mette)[0] == "aflyst"
        actions.mark_besoeg(visit, maerk="fortryd", by=mette, udgave=visit.udgave)
        assert visit.kontrakt_id is None
        assert visit.starter_at == kontrakt.samtale.starter_at  # the time that the kontrakt gave it stays
        assert state(hers, world.mette) == ("flyttet", planned)
        actions.plan_besoeg(visit, plan=plan(27), by=mette, udgave=visit.udgave)
        assert state(hers, world.mette) == ("flyttet", kontrakt.samtale.starter_at)

        other = besoeg(his, world.jonas)
        theirs = agreed(jonas, mette)  # made from Samtaler, before anybody thought of the pair
        foreign = agreed(mette, person(world.aase))
        assert queries.list_kontrakter_til(other) == [theirs]
        with pytest.raises(NotFound):
            actions.link_kontrakt(other, kontrakt=foreign, by=mette, udgave=1)
        actions.link_kontrakt(other, kontrakt=theirs, by=mette, udgave=1)
        assert queries.list_kontrakter_til(other) == []
        observation = recorded(theirs, mette)
        assert state(his, world.jonas)[0] == "holdt"
        with pytest.raises(RuleBroken):
            actions.mark_besoeg(other, maerk="aflys", by=mette, udgave=other.udgave)
        sent(written(observation, mette), mette)
        assert state(his, world.jonas)[0] == "feedback"
        runde = queries.get_parrunde(runde_id, viewer=person(world.leder))
        (pair,) = queries.list_par(runde, viewer=person(world.leder))
        assert [line.kontrakt_id for line in pair.linjer] == [
            None,
            None,
        ]  # the facilitator finds no way to it
        leder = person(world.leder)
        assert count_queries(sqlite_app, lambda: queries.list_par(runde, viewer=leder)) <= 4
        db.session.rollback()


def test_two_houses_in_one_pair(sqlite_app: Flask, sqlite_world: World) -> None:
    """Each kontrakt is its fokusperson's organisation's; the pair makes it though neither house knows the other."""
    world = sqlite_world
    with sqlite_app.app_context():
        runde = make_runde(world, "mette", "noise")
        actions.save_par(runde, grupper=[(world.mette, world.noise)], by=person(world.leder))
        (pair,) = queries.list_par(runde, viewer=person(world.noise))
        for line in pair.linjer:
            own = line.besoeg
            actions.plan_besoeg(own, plan=plan(), by=person(world.noise), udgave=1)
            made = actions.book_kontrakt(own, by=person(world.noise), udgave=2)
            assert made.organisation_id == own.fokusperson.organisation_id
            for who in (world.mette, world.noise):
                assert aftaler_queries.get_kontrakt(made.id, viewer=person(who)) is made
        assert len({line.besoeg.fokusperson.organisation_id for line in pair.linjer}) == 2
        db.session.rollback()


def test_the_calendar_has_times_and_nothing_else(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        runde_id, hers, _ = make_pair(world)
        actions.plan_besoeg(besoeg(hers, world.mette), plan=plan(), by=person(world.mette), udgave=1)
        token = make_kalenderlink(by=person(world.mette))
        db.session.commit()
        db.session.remove()

    def events() -> list[tuple[str, str, str]]:
        body = Browser.signed_in(sqlite_app, None).get(f"/kalender/{token}.ics").get_data()
        assert not re.search(rb"Jonas|Mette|Gruppen|UGU", body)
        found = Calendar.from_ical(body).walk("VEVENT")
        return [
            (str(one["summary"]), str(one["status"]), f"{one.decoded('dtstart'):%d.%m %H.%M}")
            for one in found
        ]

    assert events() == [("Samtale med kollegial feedback", "TENTATIVE", "24.11 10.30")]
    mette, leder = Browser.signed_in(sqlite_app, world.mette), Browser.signed_in(sqlite_app, world.leder)
    own = mette.get(f"/runder/{runde_id}/par/mine.ics")
    assert own.mimetype == "text/calendar"
    assert len(Calendar.from_ical(own.get_data()).walk("VEVENT")) == 1
    assert not Calendar.from_ical(leder.get(f"/runder/{runde_id}/par/mine.ics").get_data()).walk("VEVENT")
    with sqlite_app.app_context():
        actions.book_kontrakt(besoeg(hers, world.mette), by=person(world.mette), udgave=2)
        db.session.commit()
        db.session.remove()
    assert events() == [
        ("Samtale med kollegial feedback", "TENTATIVE", "24.11 10.30")
    ]  # once, as the samtale


def test_two_at_once_lose_nothing(app: Flask, world: World) -> None:
    """Both tap for the kontrakt: there is one. Then both move it: one is told, and the other's time stands."""
    with app.app_context():
        _, hers, _ = make_pair(world)
        actions.plan_besoeg(besoeg(hers, world.mette), plan=plan(), by=person(world.mette), udgave=1)
        db.session.commit()
        db.session.remove()
    two = [Browser.signed_in(app, who) for who in (world.mette, world.jonas)]
    for browser in two:
        browser.token()
    when = {"dato": "2026-11-25", "laengde_min": "45", "samtaletype": "individuel", "udgave": "3"}
    with ThreadPoolExecutor(2) as pool:
        booked = list(pool.map(lambda one: one.send(f"/besoeg/{hers}/kontrakt", udgave="2"), two))
        moved = list(
            pool.map(
                lambda one: one[0].send(f"/besoeg/{hers}", **when, tid=one[1]),
                zip(two, ("9.15", "14.30"), strict=True),
            )
        )
    assert len({answer.location for answer in booked}) == 1
    assert sorted(answer.status_code for answer in moved) == [303, 422]
    won = ("09.15", "14.30")[[answer.status_code for answer in moved].index(303)]
    with app.app_context():
        (kontrakt,) = db.session.query(FeedbackKontrakt)
        assert f"{clock.local(kontrakt.samtale.starter_at):%H.%M}" == won
        assert besoeg(hers, world.mette).udgave == 4
        db.session.remove()


def test_the_way_through_the_pages(app: Flask, world: World) -> None:
    with app.app_context():
        runde = make_runde(world, "mette", "jonas", "aase")
        runde_id, gruppe_id = runde.id, runde.gruppe_id
        noise = make_runde(world, "fremmed", "noise", facilitator="sydleder")
        actions.save_par(noise, grupper=[(world.fremmed, world.noise)], by=person(world.sydleder))
        db.session.commit()
        db.session.remove()
    mette, leder = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.leder)
    start, dan, tider = f"/runder/{runde_id}/par", f"/runder/{runde_id}/par/dan", f"/runder/{runde_id}/tider"
    assert f"{dan}?forslag=1" in leder.get(f"/grupper/{gruppe_id}").get_data(as_text=True)
    assert tider in mette.get(f"/grupper/{gruppe_id}").get_data(as_text=True)
    assert mette.send(tider, tider=["tir_f", "loe_f"]).status_code == 422
    assert mette.send(tider, tider=["tir_f", "ons_e"]).status_code == 303
    ticked = re.findall(r"<input checked[^>]*>", mette.get(tider).get_data(as_text=True))
    assert [re.findall(r'value="(\w+)"', one)[0] for one in ticked] == ["tir_f", "ons_e"]
    assert mette.get(dan).status_code == mette.send(dan).status_code == 404

    proposal = leder.get(f"{dan}?forslag=1").get_data(as_text=True)
    assert "Intet er gemt endnu" in proposal
    assert "Foreslå nogle andre" in proposal
    chosen = {"par-0-en": world.mette, "par-0-to": world.jonas, "par-0-tre": world.aase}
    wrong = leder.send(dan, **{**chosen, "par-0-tre": world.jonas}, udgave="0")
    assert wrong.status_code == 422
    assert "står to steder" in wrong.get_data(as_text=True)
    assert leder.send(dan, **chosen, udgave="ikke et tal").status_code == 422
    assert leder.send(dan, **chosen, udgave="0").location == start
    assert leder.send(dan, **chosen, udgave="0").status_code == 422  # formed in another window meanwhile
    board = leder.get(start).get_data(as_text=True)
    assert board.count("mangler tid") == 3
    assert "Frede" not in board
    assert 'href="/besoeg/' not in board  # the facilitator sees, and changes nothing

    with app.app_context():
        visit = db.session.query(Parbesoeg).filter_by(fokusperson_id=world.mette).one()
        url, observer = f"/besoeg/{visit.id}", visit.observatoer_id
        db.session.remove()
    third = ({world.jonas, world.aase} - {observer}).pop()
    when = {"dato": "2026-11-24", "tid": "10.30", "laengde_min": "45", "samtaletype": "individuel"}
    for bad, words in (
        ({"dato": "snart"}, "Skriv en dato"),
        ({"dato": "2026-10-01"}, "Vælg en dag i runden"),
        ({"tid": "25"}, "klokkeslæt"),
        ({"laengde_min": "999"}, "minutter"),
        ({"samtaletype": "fest"}, "Vælg en af mulighederne"),
        ({"metoder-0": "findes_ikke"}, "Vælg en af mulighederne"),
    ):
        refused = mette.send(url, **{**when, **bad}, udgave="1")
        assert refused.status_code == 422, bad
        assert words in refused.get_data(as_text=True)
    assert mette.send(url, **when, **{"metoder-0": "ugu"}, udgave="1").status_code == 303
    assert "Du observerer Mette" in Browser.signed_in(app, observer).get("/").get_data(as_text=True)
    assert "observerer dig" in mette.get("/").get_data(as_text=True)
    stale = Browser.signed_in(app, observer).send(url, **{**when, "tid": "11.15"}, udgave="1")
    assert stale.status_code == 422
    page = stale.get_data(as_text=True)
    assert "En anden har ændret" in page
    assert 'value="11.15"' in page  # what was typed is not lost
    assert 'value="2"' in page  # and can be sent again
    assert mette.send(f"{url}/maerk", maerk="holdt", udgave="2").status_code == 303
    assert "ikke kommet endnu" in mette.get(url).get_data(as_text=True)
    assert mette.send(f"{url}/knyt", kontrakt="vrøvl", udgave="2").status_code == 404
    booked = mette.send(f"{url}/kontrakt", udgave="2")
    assert "/kontrakter/" in booked.location
    assert booked.location.rsplit("/", 1)[0] in mette.get(url).get_data(as_text=True)
    assert (
        "kontrakter" not in Browser.signed_in(app, third).get(start).get_data(as_text=True).split("<main")[1]
    )

    for who in ("fremmed", "sydleder", "noise", "supervisor", "administrator"):
        stranger = Browser.signed_in(app, world.people[who])
        for path in (
            start,
            dan,
            tider,
            url,
            f"{start}/mine.ics",
            f"/besoeg/{uuid4()}",
            f"/runder/{uuid4()}/par",
        ):
            assert stranger.get(path).status_code == 404, (who, path)
        for path in (url, f"{url}/maerk", f"{url}/kontrakt", f"{url}/knyt", dan, tider):
            assert stranger.send(path).status_code == 404, (who, path)
    for who in (third, world.leder):
        assert Browser.signed_in(app, who).get(url).status_code == 404
