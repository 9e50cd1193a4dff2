"""The pages of the timeline: there for the two who may see them, gone for others, true to the measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import made_up_logs as made_up
import pytest
from flask import Flask
from observed import BEGAN, from_file, observe
from people import World
from web import Browser

from supervision import clock, danish
from supervision.db import db
from supervision.observationer import measures, queries
from supervision.observationer.actions.importing import import_logs
from supervision.observationer.formats.csv_log import read_logs
from supervision.observationer.models import Observation
from supervision.observationer.rules import Haendelse
from supervision.personer.models import Person

NOBODY_ELSE = ("aase", "leder", "fremmed", "noise", "supervisor", "anden_supervisor", "administrator")
NOTE = "Mette lænede sig frem her"


def text_of(browser: Browser, url: str) -> str:
    """The page's words, in one line."""
    answer = browser.get(url)
    assert answer.status_code == 200, answer.status
    page = re.sub(r"<title>.*?</title>(?=.*<body)", "", answer.get_data(as_text=True), count=1, flags=re.S)
    return (
        " ".join(re.sub(r"<[^>]+>", " ", page).replace("\xa0", " ").split())
        .replace(" .", ".")
        .replace(" ,", ",")
    )


@pytest.fixture(autouse=True)
def the_same_week() -> Iterator[None]:
    """Dates are told without their year in the year that they are of."""
    with clock.travel(BEGAN + timedelta(days=7)):
        yield


@pytest.fixture
def observed(app: Flask, world: World) -> Any:
    """`observed(events, **how)` -> the id of an observation, committed; see `observed.observe`."""

    def make(events: list[Haendelse], **how: Any) -> UUID:
        with app.app_context():
            made = observe(world, events, **how)
            db.session.remove()
        return made

    return make


def test_the_observer_sees_the_samtale_before_it_is_handed_over(
    world: World, browser_for: Any, observed: Any
) -> None:
    page = text_of(browser_for(world.jonas), f"/observationer/{observed(made_up.ordinary())}")
    assert "Samtalen med Mette, tirsdag den 3. marts" in page
    assert "Du observerede · individuel samtale · 39 minutter · kun du kan se det her, til du" in page
    assert "To emner, ét af dem med hel UGU. I emne 2 mangler det sidste U." in page
    assert "GameMaster-kontrakten tog 4 min. og nåede formål, emne og tid." in page
    assert "Skriv feedback" in page
    assert NOTE in page


def test_the_fokusperson_sees_it_when_it_is_handed_over_and_never_the_notes(
    world: World, browser_for: Any, observed: Any
) -> None:
    mette = browser_for(world.mette)
    assert mette.get(f"/observationer/{observed(made_up.ordinary())}").status_code == 404
    page = text_of(
        mette, f"/observationer/{observed(made_up.ordinary(), observatoer='aase', handed_over=True)}"
    )
    assert "Din samtale, tirsdag den 3. marts" in page
    assert "Åse observerede · individuel samtale · 39 minutter · kun Åse og du kan se det her" in page
    assert NOTE not in page
    assert "Noter" not in page
    assert "Skriv feedback" not in page


def test_who_can_see_it_and_until_when_is_told_truly(world: World, browser_for: Any, observed: Any) -> None:
    until = BEGAN + timedelta(days=365 * 5)
    url = f"/observationer/{observed([], handed_over=True, until=until)}"
    day = danish.dato(until)
    assert f"kun du og Jonas kan se det her, Jonas til {day}" in text_of(browser_for(world.mette), url)
    assert f"kun du og Mette kan se det her, du til {day}" in text_of(browser_for(world.jonas), url)


@pytest.mark.parametrize("handed_over", [False, True])
def test_all_others_get_404(world: World, browser_for: Any, observed: Any, handed_over: bool) -> None:
    url = f"/observationer/{observed(made_up.ordinary(), handed_over=handed_over)}"
    assert [name for name in NOBODY_ELSE if browser_for(world.people[name]).get(url).status_code != 404] == []
    assert browser_for(world.jonas).get(f"/observationer/{uuid4()}").status_code == 404
    assert browser_for(None).get(url).status_code == 302


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], "Der er ikke noget at tegne"),
        (
            made_up.half_a_minute(),
            "Borgeren havde ordet 40 % af tiden. Længste stykke med medarbejderen: 18 sek.",
        ),
        (made_up.two_hours(), "tredje part"),
        (made_up.no_end(), "Borgeren havde ordet 71 % af tiden."),
        (made_up.log((0, "note", "kun en note")), "kun en note"),
        (made_up.log((5, "blik", "<b>ned</b>")), "blik: &lt;b&gt;ned&lt;/b&gt;"),
        (
            made_up.log((0, "ugu", "giv"), (9, "ur", "slut")),
            "gav (G) én gang, men ikke med undersøgelse (U) både før og efter.",
        ),
    ],
)
def test_odd_logs_have_their_page(
    world: World, browser_for: Any, observed: Any, events: list[Haendelse], said: str
) -> None:
    assert said in text_of(browser_for(world.jonas), f"/observationer/{observed(events)}")


def test_every_mark_can_be_chosen_and_is_told(world: World, browser_for: Any, observed: Any) -> None:
    source = (
        browser_for(world.jonas).get(f"/observationer/{observed(made_up.ordinary())}").get_data(as_text=True)
    )
    drawing = source[source.index('<svg class="tl-svg"') : source.index("data-tidslinje-nu")]
    marks = re.findall(r"<(rect|circle|use) class=\"tl-mark.*?</\1>", drawing, flags=re.S)
    told = re.findall(r'data-t-ms="\d+"><title>[^<]+, \d+\.\d\d', drawing)
    assert len(marks) == len(told) > 80
    for t_ms in re.findall(r'<rect class="tl-mark tl-u[^>]+data-t-ms="(\d+)"', drawing):
        assert f'<tr id="t-{t_ms}"' in source


def test_wall_clock_times_only_where_they_are_known(
    app: Flask, world: World, browser_for: Any, observed: Any
) -> None:
    recorded = text_of(browser_for(world.jonas), f"/observationer/{observed(made_up.ordinary())}")
    assert "12.00 kl. 10.41 Note: Mette lænede" in recorded
    with app.app_context():
        imported = from_file(world, made_up.ordinary())
        db.session.remove()
    page = text_of(browser_for(world.mette), f"/observationer/{imported}")
    assert "Din samtale samtale-1, tirsdag den 3. marts" in page
    assert "a1 observerede · hentet fra en fil · 39 minutter · kun du kan se det her" in page
    assert "kl. 10.41" not in page


def test_my_list_shows_mine_by_fifty_and_nobody_elses(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        for number in range(52):
            from_file(world, [], navn=f"fil-{number:02}")
        from_file(world, [], fokusperson="noise", navn="fremmed-fil")
        observe(world, [], fokusperson="fremmed", handed_over=True)
        observe(world, [], observatoer="aase")
        db.session.remove()
    mette = browser_for(world.mette)
    first = text_of(mette, "/observationer")
    assert "52 observationer" in first
    assert "fil-00" in first
    assert "fil-49" in first
    assert "fil-50" not in first
    assert "Side 1 af 2" in first
    second = text_of(mette, "/observationer?side=2")
    assert "fil-51" in second
    assert "fil-49" not in second
    assert "fremmed-fil" not in first + second
    for wrong in ("0", "3", "-1"):
        assert mette.get(f"/observationer?side={wrong}").status_code == 404
    assert "Her kommer dine samtaler" in text_of(browser_for(world.leder), "/observationer")


def test_from_a_kontrakt_to_where_its_log_is(
    app: Flask, world: World, browser_for: Any, observed: Any
) -> None:
    running, handed = observed([], ended=False), observed([], observatoer="aase", handed_over=True)
    with app.app_context():
        kontrakter = {o.id: o.kontrakt_id for o in db.session.query(Observation)}
        db.session.remove()
    url = f"/kontrakter/{kontrakter[running]}/observation"
    assert browser_for(world.jonas).get(url).location == f"/optager/{kontrakter[running]}"
    assert browser_for(world.mette).get(url).location == f"/kontrakter/{kontrakter[running]}"
    assert browser_for(world.fremmed).get(url).status_code == 404
    done = f"/kontrakter/{kontrakter[handed]}/observation"
    for name in ("mette", "aase"):
        assert browser_for(world.people[name]).get(done).location == f"/observationer/{handed}"
    assert browser_for(world.jonas).get(done).status_code == 404


def test_real_logs_show_the_figures_that_maal_gives(
    app: Flask, world: World, browser_for: Any, shared_data: Path
) -> None:
    """All 196 as stored are held against the file in test_importing; here a dozen as the page shows them."""
    with (shared_data / "annomi_haendelser.csv").open("rb") as stream:
        real = read_logs(stream)
    chosen = {name: real[name] for name in list(real)[::17]}
    assert len(chosen) == 12
    with app.app_context():
        mette = db.session.get_one(Person, world.mette)
        import_logs(
            logs=chosen, organisation=mette.organisation, fokusperson=mette, dag=BEGAN.date(), by=None
        )
        db.session.commit()
        ids = {o.id: (o.fil_observation, o.fil_observatoer) for o in queries.list_observationer(viewer=mette)}
        db.session.remove()
    browser = browser_for(world.mette)
    for observation_id, name in ids.items():
        maal = measures.maal(row.haendelse for row in chosen[name])
        source = browser.get(f"/observationer/{observation_id}").get_data(as_text=True)
        assert_shows(source, maal)


def assert_shows(source: str, maal: measures.Maal) -> None:
    """Every figure of the measures stands on the page: exact in <data>, rounded in words."""
    exact = re.findall(r'<data value="([^"]+)">([^<]+)</data>', source)
    for ms in (maal["varighed_ms"], *maal["taletid_ms"].values(), *maal["laengste_tur_ms"].values()):
        assert (str(ms), danish.varighed(ms)) in exact
    for share in maal["taletid_andel"].values():
        assert (str(share), danish.procent(share)) in exact
    numbers = [int(found) for found in re.findall(r'<td class="num">(\d+)</td>', source)]
    ugu = maal["ugu"]
    expected = [
        ugu["giv"],
        ugu["indrammet"],
        ugu["uden_foer"],
        ugu["uden_efter"],
        *maal["faerdigheder"].values(),
    ]
    assert numbers == expected
    share = maal["taletid_andel"]["borger"]
    assert f"Borgeren havde ordet <b>{danish.procent(share)}</b> af tiden" in source
