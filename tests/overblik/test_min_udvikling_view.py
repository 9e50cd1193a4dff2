"""Min udvikling: one's own samtaler and nobody else's, and the words for none, one, four and eight of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from counting import count_queries
from flask import Flask
from held import from_file, held, log
from people import World
from web import Browser

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.actions.sammenfatning import mend
from supervision.observationer.models import Observation

NOW = datetime(2026, 11, 20, 9, tzinfo=clock.DANISH_TIME)
DAY = date(2026, 9, 1)
PAGE = "/laering/min-udvikling"
PICTURES = ["taletid", "tur", "ugu", "proces", "faser", "kendetegn"]
VIEWPOINTS = (
    "jonas",
    "aase",
    "leder",
    "sydleder",
    "supervisor",
    "anden_supervisor",
    "administrator",
    "fremmed",
    "noise",
)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NOW):
        yield


def add(world: World, count: int, *, who: str = "mette", fra: date = DAY, **how: Any) -> list[UUID]:
    """Samtaler a day apart, in which the medarbejder has 40, 42, 44 … % of the talk; committed."""
    made = [
        held(
            world.people[who],
            world.jonas if who != "jonas" else world.mette,
            world.organisations["jobcenter"],
            fra + timedelta(days=nr),
            **{"events": log(share=0.4 + nr / 50, ticks={"k_tid": 2}), "kendetegn": ["k_tid"], **how},
        ).id
        for nr in range(count)
    ]
    db.session.commit()
    db.session.remove()
    return made


@pytest.fixture
def page(sqlite_app: Flask, sqlite_world: World) -> Callable[..., str]:
    """The words of the page as somebody gets it: no tags, one space between, hard spaces as soft ones."""

    def get(query: str = "", who: str = "mette") -> str:
        answer = Browser.signed_in(sqlite_app, sqlite_world.people[who]).get(PAGE + query)
        assert answer.status_code == 200
        html = answer.get_data(as_text=True)
        main = html[html.index("<main") : html.index("</main>")]
        words = re.sub(r"<[^>]+>", " ", re.sub(r"<script.*?</script>", "", main, flags=re.DOTALL))
        return re.sub(r"\s+([.,:])", r"\1", " ".join(words.replace("&nbsp;", " ").split()))

    return get


@pytest.fixture
def holds(sqlite_app: Flask, sqlite_world: World) -> Callable[..., list[UUID]]:
    """`add` in a session of its own."""

    def adding(count: int, **how: Any) -> list[UUID]:
        with sqlite_app.app_context():
            return add(sqlite_world, count, **how)

    return adding


def test_none_says_what_comes_here_and_loads_no_charts(
    page: Callable[..., str], sqlite_app: Flask, sqlite_world: World
) -> None:
    words = page()
    assert "Her kommer dine egne tal" in words
    assert "Lav en feedback-kontrakt" in words
    assert "plotly" not in Browser.signed_in(sqlite_app, sqlite_world.mette).get(PAGE).get_data(as_text=True)


def test_one_and_four_have_points_and_no_average(
    page: Callable[..., str], holds: Callable[..., list[UUID]]
) -> None:
    holds(1)
    words = page()
    assert "Én samtale, 1. september 2026. Én er for lidt til at sige noget om en udvikling." in words
    assert "Individuel samtale: én samtale: for få til at sige noget om en udvikling." in words
    holds(3, fra=DAY + timedelta(days=7))
    words = page()
    assert "Fire samtaler fra 1. september 2026 til 10. september 2026" in words
    assert words.count("Individuel samtale: fire samtaler: for få til at sige noget om en udvikling.") == 4
    assert "gennemsnit af" not in words
    assert "Stregen og båndet" not in words


def test_eight_have_an_average_with_its_uncertainty(
    page: Callable[..., str], holds: Callable[..., list[UUID]]
) -> None:
    """40, 42 … 54 %: mean 47, standard deviation 4.899, t(7) 2.3646: 47 ± 4.1. Each has 1 of 2 G framed."""
    holds(8)
    words = page()
    assert (
        "Individuel samtale: Du havde ordet 47 % af tiden i gennemsnit af otte samtaler. "
        "Tallet for alle dine samtaler af den slags ligger nok mellem 43 og 51 %." in words
    )
    assert (
        "50 % af det, du gav i otte samtaler, havde et U både før og efter. Det var ens i dem alle." in words
    )
    assert "30 % af tiden i gennemsnit af otte samtaler. Det var ens i dem alle." in words
    assert "Stregen og båndet hører til ● Individuel samtale: gennemsnittet" in words
    assert "De første" not in words
    assert "Det siger ikke, hvad I talte om" in words
    assert "1. september 2026 ● Individuel samtale 1 af 2 (50 %)" in words
    assert "k_tid: 2" in words


def test_ten_are_held_against_each_other_without_praise(
    page: Callable[..., str], holds: Callable[..., list[UUID]]
) -> None:
    """40–48 against 50–58 %: 10 points apart, standard error 2, 8 degrees of freedom: 5.4 to 14.6."""
    holds(10)
    words = page()
    assert "De første fem: 44 %. De seneste fem: 54 %." in words
    assert "Den forskel er større, end man venter ved et tilfælde: nok mellem 5 og 15 procentpoint." in words
    assert "De første fem: 30 %. De seneste fem: 30 %. Den forskel kan være tilfældig." in words


def test_types_have_each_their_own_words(page: Callable[..., str], holds: Callable[..., list[UUID]]) -> None:
    holds(5)
    holds(5, type="cv_samtale", fra=DAY + timedelta(days=20), events=log(share=0.6))
    holds(2, type="oevelse")
    words = page()
    assert "Individuel samtale: Du havde ordet 44 % af tiden i gennemsnit af fem samtaler." in words
    assert (
        "CV-samtale: Du havde ordet 60 % af tiden i gennemsnit af fem samtaler. Det var ens i dem alle."
        in words
    )
    assert "Øvelse uden borger: to samtaler: for få til at sige noget om en udvikling." in words
    assert "Stregen og båndet" not in words.split("Længste tur")[0], "two averages, no band"
    only = page("?type=cv_samtale")
    assert "Fem samtaler fra 21. september 2026" in only
    assert "Individuel samtale: Du havde" not in only


def test_the_period_and_the_type_choose(page: Callable[..., str], holds: Callable[..., list[UUID]]) -> None:
    holds(1, fra=date(2026, 5, 20))
    holds(1, fra=date(2026, 5, 19))
    holds(1, fra=date(2025, 11, 19))
    assert "Én samtale, 20. maj 2026" in page("?periode=halvt_aar")
    assert "To samtaler fra 19. maj 2026" in page()
    assert "Tre samtaler fra 19. november 2025" in page("?periode=alt")
    assert "Du har ingen samtaler af den slags i den periode." in page("?type=virksomhedsmoede")


@pytest.mark.parametrize(
    "query",
    [
        "?type=alle&periode=sidste_uge",
        "?type='&periode=%00",
        "?type=individuel&type=cv_samtale",
        "?periode=&type=&maal=",
        "?person=1&fokusperson_id=2",
    ],
)
def test_a_choice_that_is_none_is_read_as_none(
    query: str, page: Callable[..., str], holds: Callable[..., list[UUID]]
) -> None:
    holds(2)
    assert "To samtaler fra 1. september 2026 til 2. september 2026" in page(query)


def test_ones_own_target_is_a_line_and_stays_in_the_form(
    page: Callable[..., str], holds: Callable[..., list[UUID]], sqlite_app: Flask, sqlite_world: World
) -> None:
    holds(2)
    assert "Den prikkede linje er dit eget mål: 50 %." in page("?maal=50")
    assert "prikkede linje" not in page()
    browser = Browser.signed_in(sqlite_app, sqlite_world.mette)
    assert 'value="50"' in browser.get(f"{PAGE}?maal=50").get_data(as_text=True)
    for wrong in ("101", "-1", "halvtreds", "5" * 6000):
        words = page(f"?maal={wrong}")
        assert "mellem 0 og 100" in words
        assert "prikkede linje" not in words
        assert "To samtaler" in words


def test_two_observers_are_one_samtale_that_leads_to_both(
    page: Callable[..., str], sqlite_app: Flask, sqlite_world: World
) -> None:
    with sqlite_app.app_context():
        world = sqlite_world
        org = world.organisations["jobcenter"]
        first = held(world.mette, world.jonas, org, DAY, events=log(share=0.4))
        second = held(world.mette, world.aase, org, DAY, events=log(share=0.6))
        samtale = first.kontrakt.samtale  # type: ignore[union-attr]
        db.session.get_one(FeedbackKontrakt, second.kontrakt_id).samtale = samtale
        for nr, share in enumerate((0.2, 0.3)):
            log_of_file = from_file(world.mette, org, DAY + timedelta(days=1), events=log(share=share))
            log_of_file.fil_observation, log_of_file.fil_observatoer = "Bånd 7", str(nr)
        db.session.commit()
        samtale_id = samtale.id
        db.session.remove()
    words = page()
    assert "To samtaler" in words
    assert "1. september 2026 ● Individuel samtale 50 %" in words
    assert "2. september 2026 ✖ Hentet fra en fil 25 %" in words
    html = Browser.signed_in(sqlite_app, sqlite_world.mette).get(PAGE).get_data(as_text=True)
    assert f'href="/samtaler/{samtale_id}/tidslinjer"' in html


def test_only_what_was_handed_over_to_the_viewer_counts(app: Flask, world: World, browser_for: Any) -> None:
    """On both engines: much of others' all around, and of Mette's own what is not hers to see yet."""
    with app.app_context():
        mine = add(world, 2)
        add(world, 1, handed_over=None)
        add(world, 1, handed_over=NOW + timedelta(minutes=1))
        add(world, 1, events=[])
        for who in ("jonas", "aase", "noise"):
            add(world, 6, who=who)
        theirs = {str(o.id) for o in db.session.query(Observation) if o.id not in mine}
        db.session.remove()
    html = browser_for(world.mette).get(PAGE).get_data(as_text=True)
    linked = set(re.findall(r"/observationer/([0-9a-f-]{36})", html))
    assert linked == {str(i) for i in mine}
    assert not {i for i in theirs if i in html}
    assert re.findall(r'data-chart="(\w+)-data"', html) == PICTURES


def test_from_every_viewpoint_there_is_only_ones_own(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        mettes = add(world, 6, events=log(share=0.77, ticks={"kanarie": 3}), kendetegn=["kanarie"])
        add(world, 1, who="aase")
    asked = ("", f"?person_id={world.mette}&viewer={world.mette}&fokusperson={world.mette}&periode=alt")
    for who in VIEWPOINTS:
        browser = Browser.signed_in(sqlite_app, world.people[who])
        for query in asked:
            answer = browser.get(PAGE + query)
            assert answer.status_code == 200
            html = answer.get_data(as_text=True)
            assert not [
                secret for secret in ("kanarie", "77\N{NO-BREAK SPACE}%", *map(str, mettes)) if secret in html
            ], who
            assert ("Her kommer dine egne tal" in html) == (who != "aase")
        for address in (f"{PAGE}/{world.mette}", f"/laering/{world.mette}/min-udvikling"):
            assert browser.get(address).status_code == 404
    assert Browser.signed_in(sqlite_app, None).get(PAGE).status_code == 302
    own = Browser.signed_in(sqlite_app, world.mette).get(PAGE).get_data(as_text=True)
    assert "kanarie" in own
    assert "77\N{NO-BREAK SPACE}%" in own


def test_the_page_asks_the_database_the_same_few_questions_however_much_there_is(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.mette)
    counts = []
    for more in (1, 6):
        with sqlite_app.app_context():
            mend(add(sqlite_world, more, fra=DAY + timedelta(days=more)))
            db.session.commit()
        counts.append(count_queries(sqlite_app, lambda: browser.get(PAGE)))
    assert counts[0] == counts[1] <= 7


def test_the_menu_and_the_tabs_say_where_one_is(
    page: Callable[..., str], sqlite_app: Flask, sqlite_world: World
) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.mette)
    html = browser.get(PAGE).get_data(as_text=True)
    current = re.findall(r'<a href="([^"]+)" aria-current="page">([^<]+)</a>', html)
    assert current == [("/laering", "Læring"), (PAGE, "Min udvikling")]
    for place in ("/laering", "/logbog"):
        assert f'href="{PAGE}"' in browser.get(place).get_data(as_text=True)
