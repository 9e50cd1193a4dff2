"""The team's page: who gets it, that all get the same, and what counts in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from counting import count_queries
from flask import Flask
from held import LONG_AGO, crew, from_file, held, log
from people import World, add_person, give_role

from supervision import clock
from supervision.db import db
from supervision.katalog.content import load_katalog
from supervision.overblik.actions import publish, publish_due
from supervision.overblik.models import Rapportgruppe, Udgivelse
from supervision.overblik.queries import Overblik, get_overblik, list_udgivelser
from supervision.overblik.rules import FOR_FAA, Kvartal, r1_kvartal_at_vise
from supervision.personer.models import Person, Team

Q3 = Kvartal(2026, 3)
DAY = date(2026, 8, 12)
SHOWN = datetime(2026, 11, 20, 9, tzinfo=clock.DANISH_TIME)
USUAL = log(share=0.4, ticks={"k": 3})
LOUD = log(share=0.95, ticks={"k": 9})
PICTURES = ("taletid", "faser", "elementer", "ugu", "faerdigheder", "pligter")


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(SHOWN):
        yield


def address(world: World, team: str = "nord") -> str:
    return f"/overblik/team/{world.teams[team]}"


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def published(app: Flask) -> None:
    """The night after the grace: what is due is computed, and stands."""
    with adding(app):
        publish_due(clock.today())


def shown_to(who: UUID, team_id: UUID) -> Overblik:
    """What the running transaction would publish of the team, as this person sees it."""
    team, person = db.session.get_one(Team, team_id), db.session.get_one(Person, who)
    db.session.flush()
    publish(team.organisation_id, r1_kvartal_at_vise(clock.today()))
    return get_overblik(team, list_udgivelser(team.organisation_id)[0], viewer=person)


def figures(app: Flask, world: World, team: str = "nord") -> dict[str, dict[str, str]]:
    """Picture -> kode -> words, as an outsider's page would have them were they published now."""
    with undone(app):
        shown = shown_to(world.supervisor, world.teams[team])
        return {p.noegle: {row.kode: row.vist.tekst for row in p.raekker} for p in shown.billeder}


def is_shown(app: Flask, world: World) -> bool:
    return bool(figures(app, world)["taletid"])


@contextmanager
def adding(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """Everything is tried in one transaction that is never committed."""
    with app.app_context():
        yield
        db.session.rollback()
        db.session.remove()


def shown_now(world: World) -> bool:
    """Whether team Nord's page has figures, by what the running transaction holds."""
    return bool(shown_to(world.supervisor, world.teams["nord"]).billeder[0].raekker)


def add_noise(world: World) -> None:
    """Much in the namesake team of the other organisation and in the team next door: none counts here."""
    for team, house in (("kasse_nord", "a_kasse"), ("syd", "jobcenter")):
        organisation = world.organisations[house]
        for person in crew(organisation, world.teams[team], 6, f"Noise{team}"):
            held(
                person,
                world.noise,
                organisation,
                DAY,
                events=log(share=0.95, ticks={"k": 9}),
                kendetegn=["k"],
            )


@pytest.fixture
def four(app: Flask, world: World) -> list[UUID]:
    """Team Nord with four observed colleagues and noise all around; Jonas observes."""
    with adding(app):
        add_noise(world)
        organisation = world.organisations["jobcenter"]
        people = crew(organisation, world.teams["nord"], 4)
        for person in people:
            held(
                person, world.jonas, organisation, DAY, events=log(share=0.4, ticks={"k": 3}), kendetegn=["k"]
            )
    return people


@pytest.fixture
def five(app: Flask, world: World, four: list[UUID]) -> list[UUID]:
    """One more than four."""
    with adding(app):
        organisation = world.organisations["jobcenter"]
        [person] = crew(organisation, world.teams["nord"], 1, "Femte")
        held(person, world.jonas, organisation, DAY, events=USUAL, kendetegn=["k"])
    return [*four, person]


def test_five_observed_persons_give_six_pictures_with_their_tables(
    app: Flask, world: World, five: list[UUID], browser_for: Any
) -> None:
    published(app)
    page = browser_for(world.mette).get(address(world)).get_data(as_text=True)
    assert "Team Nord, 3. kvartal 2026" in page
    assert "5–9 observerede" in page
    for picture in PICTURES:
        assert f'data-chart="{picture}-data"' in page
    assert page.count("<table") == len(PICTURES)
    assert "ca. 40\N{NO-BREAK SPACE}%" in page
    shown = page[page.index("<main") :]
    assert "95" not in re.sub(
        r"<script.*?</script>|tegnes som 5 og 95|[0-9a-f]{8}-[0-9a-f-]{27}", "", shown
    ), "the noise has got in"


def test_the_figures_are_the_teams_own(app: Flask, world: World, five: list[UUID]) -> None:
    nbsp = "\N{NO-BREAK SPACE}"
    marselisborg = load_katalog().gm_variant("gm_marselisborg")
    elementer = [element.kode for fase in marselisborg.faser for element in fase.elementer]
    assert figures(app, world) == {
        "taletid": {"medarbejder": f"ca. 40{nbsp}%", "borger": f"ca. 60{nbsp}%"},
        "faser": {
            "kontrakt": f"ca. 10{nbsp}%",
            "emne": f"ca. 70{nbsp}%",
            "timeout": f"ca. 10{nbsp}%",
            "afslutning": f"ca. 10{nbsp}%",
        },
        "ugu": {"hel": f"ca. 50{nbsp}%", "mangler": f"ca. 50{nbsp}%"},
        "elementer": dict.fromkeys(elementer, f"under 10{nbsp}%"),
        "faerdigheder": {"k": "ca. 3 pr. samtale"},
        "pligter": {
            "observeret": f"ca. 60{nbsp}%",
            "har_observeret": f"under 30{nbsp}%",
            "fra_pilen": f"under 30{nbsp}%",
        },
    }


def test_the_team_the_leader_and_the_supervisor_get_byte_identical_figures(
    app: Flask, world: World, five: list[UUID], browser_for: Any
) -> None:
    published(app)
    pages = [
        browser_for(world.people[who]).get(address(world)).get_data(as_text=True)
        for who in ("mette", "aase", "leder", "supervisor")
    ]
    mains = {main_of(page) for page in pages}
    assert len(mains) == 1
    heads = {re.search(r"<title>.*?</title>", page, re.DOTALL).group() for page in pages}  # type: ignore[union-attr]
    assert len(heads) == 1


WHO_GETS_IT = {
    "mette": 200,
    "aase": 200,
    "leder": 200,
    "supervisor": 200,
    "fremmed": 404,
    "sydleder": 404,
    "noise": 404,
    "anden_supervisor": 404,
    "administrator": 404,
    None: 302,
}


def test_who_gets_the_page(world: World, five: list[UUID], browser_for: Any) -> None:
    for who, status in WHO_GETS_IT.items():
        browser = browser_for(world.people[who] if who else None)
        assert browser.get(address(world)).status_code == status, who
        assert browser.get(f"/overblik/team/{uuid4()}").status_code == (404 if who else 302), who


def test_roles_that_are_over_or_not_begun_open_nothing(app: Flask, world: World, browser_for: Any) -> None:
    with adding(app):
        organisation, nord = world.organisations["jobcenter"], world.teams["nord"]
        was, will = (
            add_person(navn, f"{navn.lower()}@test.example", organisation) for navn in ("Var", "Bliver")
        )
        today = clock.today()
        give_role(was, "teamleder", fra=LONG_AGO, team_id=nord, til=today)
        give_role(will, "medarbejder", fra=today + timedelta(days=1), team_id=nord)
        visitor = add_person("Gæst", "gaest@test.example", world.organisations["hus"])
        give_role(visitor, "supervisor", fra=LONG_AGO, organisation_id=organisation, til=today)
    for person in (was, will, visitor):
        assert browser_for(person).get(address(world)).status_code == 404


def test_four_and_none_give_the_same_page(
    app: Flask, world: World, four: list[UUID], browser_for: Any
) -> None:
    with adding(app):
        empty = Team(navn="Team Tomt", organisation_id=world.organisations["jobcenter"])
        db.session.add(empty)
        db.session.flush()
        world.teams["tomt"] = empty.id
    published(app)
    browser = browser_for(world.supervisor)
    of_four, of_none = (
        main_of(browser.get(address(world, team)).get_data(as_text=True)) for team in ("nord", "tomt")
    )
    assert FOR_FAA in of_four
    assert "data-chart" not in of_four
    nord, tomt = (str(world.teams[team]) for team in ("nord", "tomt"))
    assert of_four.replace("Team Nord", "").replace(nord, "") == of_none.replace("Team Tomt", "").replace(
        tomt, ""
    )


def test_a_fifth_person_counts_once_however_often(app: Flask, world: World, four: list[UUID]) -> None:
    with adding(app):
        held(four[0], world.jonas, world.organisations["jobcenter"], DAY)
        held(four[1], world.aase, world.organisations["jobcenter"], DAY + timedelta(days=3))
    assert not is_shown(app, world)


Change = Callable[[World, UUID], Any]


def _with(day: date = DAY, **how: Any) -> Change:
    return lambda world, fifth: held(fifth, world.jonas, world.organisations["jobcenter"], day, **how)


def _at(moment: datetime) -> Change:
    return _with(at=moment.replace(tzinfo=clock.DANISH_TIME))


def _handed_over(moment: datetime) -> Change:
    return _with(handed_over=moment.replace(tzinfo=clock.DANISH_TIME))


def _by(observer: str, fokusperson: str = "", organisation: str = "jobcenter") -> Change:
    return lambda world, fifth: held(
        world.people[fokusperson] if fokusperson else fifth,
        world.people[observer],
        world.organisations[organisation],
        DAY,
    )


CASES: dict[str, tuple[Change, bool]] = {
    "held in the quarter": (_with(), True),
    "never ended": (_with(ended=False), False),
    "never handed over": (_with(handed_over=None), False),
    "nothing in it": (_with(events=[]), False),
    "an exercise without a citizen": (_with(type="oevelse"), False),
    "a minute too early in summer time": (_at(datetime(2026, 6, 30, 23, 59)), False),
    "the first minute, still June in UTC": (_at(datetime(2026, 7, 1, 0, 0)), True),
    "the last minute": (_at(datetime(2026, 9, 30, 23, 59)), True),
    "next quarter, still September in UTC": (_at(datetime(2026, 10, 1, 0, 0)), False),
    "handed over in the last minute": (_handed_over(datetime(2026, 10, 14, 23, 59)), True),
    "handed over too late": (_handed_over(datetime(2026, 10, 15, 0, 0)), False),
    "held before, too late for its own quarter": (
        _with(day=date(2026, 5, 4), handed_over=datetime(2026, 7, 15, tzinfo=clock.DANISH_TIME)),
        True,
    ),
    "held before, in time for its own quarter": (
        _with(day=date(2026, 5, 4), handed_over=datetime(2026, 7, 14, 23, 59, tzinfo=clock.DANISH_TIME)),
        False,
    ),
    "from a file": (
        lambda world, fifth: from_file(fifth, world.organisations["jobcenter"], DAY, events=USUAL),
        True,
    ),
    "observed by the team's own leader": (_by("leder"), False),
    "observed by another team's leader": (_by("sydleder"), True),
    "the leader's own": (_by("jonas", fokusperson="leder"), False),
    "in another organisation": (_by("jonas", organisation="a_kasse"), False),
}


def test_what_counts_as_the_fifth(app: Flask, world: World, four: list[UUID]) -> None:
    with undone(app):
        [fifth] = crew(world.organisations["jobcenter"], world.teams["nord"], 1, "Femte")
        for name, (change, counts) in CASES.items():
            with db.session.begin_nested() as tried:
                change(world, fifth)
                assert shown_now(world) is counts, name
                tried.rollback()


def test_winter_time_has_its_own_edges(app: Flask, world: World, four: list[UUID]) -> None:
    """The first quarter begins in winter time and ends in summer time: 23 and 22 o'clock in UTC."""
    organisation = world.organisations["jobcenter"]
    edges = {
        datetime(2025, 12, 31, 22, 59, tzinfo=UTC): False,
        datetime(2025, 12, 31, 23, 0, tzinfo=UTC): True,
        datetime(2026, 3, 31, 21, 59, tzinfo=UTC): True,
        datetime(2026, 3, 31, 22, 0, tzinfo=UTC): False,
    }
    with clock.travel(datetime(2026, 5, 1, tzinfo=UTC)), undone(app):
        for person in four:
            held(person, world.jonas, organisation, date(2026, 2, 2))
        [fifth] = crew(organisation, world.teams["nord"], 1, "Femte")
        for moment, counts in edges.items():
            with db.session.begin_nested() as tried:
                held(fifth, world.jonas, organisation, DAY, at=moment)
                assert shown_now(world) is counts, moment
                tried.rollback()


def test_the_team_is_who_was_in_it_on_the_first_day(app: Flask, world: World, four: list[UUID]) -> None:
    one_day = timedelta(days=1)
    periods = {
        (Q3.fra, None): True,
        (Q3.fra + one_day, None): False,
        (LONG_AGO, Q3.fra): False,
        (LONG_AGO, Q3.fra + one_day): True,
    }
    with undone(app):
        fifth = add_person("Femte", "femte@test.example", world.organisations["jobcenter"])
        held(fifth, world.jonas, world.organisations["jobcenter"], DAY)
        for (fra, til), counts in periods.items():
            with db.session.begin_nested() as tried:
                give_role(fifth, "medarbejder", fra=fra, til=til, team_id=world.teams["nord"])
                assert shown_now(world) is counts, (fra, til)
                tried.rollback()


def test_whoever_moved_to_the_team_later_counts_where_they_were(
    app: Flask, world: World, four: list[UUID]
) -> None:
    """On the quarter's first day the fifth was in Syd: Nord stays silent, and Syd does not lose a person."""
    before = figures(app, world, "syd")
    with adding(app):
        fifth = add_person("Femte", "femte@test.example", world.organisations["jobcenter"])
        moved = Q3.fra + timedelta(days=30)
        give_role(fifth, "medarbejder", fra=LONG_AGO, til=moved, team_id=world.teams["syd"])
        give_role(fifth, "medarbejder", fra=moved, team_id=world.teams["nord"])
        held(fifth, world.jonas, world.organisations["jobcenter"], DAY)
    assert not is_shown(app, world)
    assert figures(app, world, "syd").keys() == before.keys()


def test_files_follow_what_they_hold_and_kontrakter_what_was_agreed(
    app: Flask, world: World, five: list[UUID]
) -> None:
    """Five have a kendetegn in a file (any event counts), four one in a kontrakt: the first is listed."""
    organisation = world.organisations["jobcenter"]
    with adding(app):
        for person in five:
            from_file(person, organisation, DAY, events=log(ticks={"i_fil": 2, "ogsaa": 1}))
        for person in five[:4]:
            held(
                person, world.jonas, organisation, DAY, events=log(ticks={"aftalt": 2}), kendetegn=["aftalt"]
            )
    found = figures(app, world)["faerdigheder"]
    assert found["i_fil"] == "ca. 2 pr. samtale"
    assert "ogsaa" in found
    assert "aftalt" not in found


def test_what_comes_after_the_page_was_shown_does_not_change_it(
    app: Flask, world: World, five: list[UUID]
) -> None:
    before = figures(app, world)
    with adding(app):
        for person in five:
            held(
                person,
                world.jonas,
                world.organisations["jobcenter"],
                DAY,
                events=log(share=0.9, ticks={"k": 9}),
                kendetegn=["k"],
                handed_over=clock.from_local(Q3.klar, time.min),
            )
    assert figures(app, world) == before


def test_the_page_asks_the_same_number_of_questions_for_five_and_for_twenty(
    app: Flask, world: World, five: list[UUID], browser_for: Any
) -> None:
    published(app)
    browser = browser_for(world.leder)
    few = count_queries(app, lambda: browser.get(address(world)))
    with adding(app):
        organisation = world.organisations["jobcenter"]
        for made in (*db.session.query(Udgivelse), *db.session.query(Rapportgruppe)):
            db.session.delete(made)
            db.session.flush()
        for person in crew(organisation, world.teams["nord"], 15, "Mange"):
            for days in range(3):
                held(person, world.jonas, organisation, DAY + timedelta(days=days), kendetegn=["k"])
    published(app)
    many = count_queries(app, lambda: browser.get(address(world)))
    assert "20 eller flere" in browser.get(address(world)).get_data(as_text=True)
    assert many == few <= 17


def test_overblik_leads_to_the_one_team_and_lists_several(world: World, browser_for: Any) -> None:
    answer = browser_for(world.mette).get("/overblik")
    assert (answer.status_code, answer.location) == (302, address(world))
    several = browser_for(world.supervisor).get("/overblik").get_data(as_text=True)
    assert address(world) in several
    assert address(world, "syd") in several
    assert address(world, "kasse_nord") not in several


def test_whoever_has_no_team_learns_what_will_come(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        new = add_person("Ny Nielsen", "ny@test.example", world.organisations["jobcenter"])
        db.session.commit()
        db.session.remove()
    page = browser_for(new).get("/overblik").get_data(as_text=True)
    assert "Du er ikke i et team lige nu" in page
    assert "/overblik/team/" not in page


def test_nothing_on_the_address_changes_the_page(
    app: Flask, world: World, five: list[UUID], browser_for: Any
) -> None:
    published(app)
    browser = browser_for(world.leder)
    plain = browser.get(address(world)).get_data(as_text=True)
    asked = browser.get(address(world) + "?fra=2026-08-01&type=individuel&person=1").get_data(as_text=True)
    assert (
        asked[asked.index("<main") : asked.index("</main>")]
        == plain[plain.index("<main") : plain.index("</main>")]
    )


def test_the_page_names_nobody_of_the_team(
    app: Flask, world: World, five: list[UUID], browser_for: Any
) -> None:
    published(app)
    page = browser_for(world.leder).get(address(world)).get_data(as_text=True)
    main = main_of(page)
    with app.app_context():
        names = [person.fornavn for person in db.session.query(Person)]
        ids = [str(person.id) for person in db.session.query(Person)]
        db.session.remove()
    assert not [name for name in {*names, *ids} - {"Kollega"} if re.search(rf"\b{name}\b", main)]
