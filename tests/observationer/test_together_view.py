"""The page of several timelines: only logs that the viewer may see, on one clock, beside each other in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import made_up_logs as made_up
import pytest
from flask import Flask
from observed import BEGAN, from_file, observe
from people import World

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.models import Observation

NOTE = "Mette lænede sig frem her"
NOBODY = ("leder", "fremmed", "noise", "supervisor", "anden_supervisor", "administrator")


@pytest.fixture(autouse=True)
def the_same_week() -> Iterator[None]:
    with clock.travel(BEGAN + timedelta(days=7)):
        yield


def together(world: World, *, type_: str = "individuel", **second: Any) -> tuple[UUID, list[UUID]]:
    """The id of a samtale with the logs of Jonas and (a minute later) Åse, and the ids of the logs; committed."""
    given = {"observatoer": "aase", "handed_over": True, "began": BEGAN + timedelta(seconds=60), **second}
    ids = [observe(world, made_up.ordinary(), handed_over=True), observe(world, made_up.ordinary(), **given)]
    first, other = (db.session.get_one(Observation, one).kontrakt for one in ids)
    assert first is not None
    assert other is not None
    other.samtale, first.samtale.type = first.samtale, type_
    db.session.commit()
    return first.samtale_id, ids


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status
    page = re.sub(r"<title>.*?</title>(?=.*<body)", "", answer.get_data(as_text=True), count=1, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\xa0", " ").split()).replace(" .", ".")


def test_the_fokusperson_sees_both_on_one_clock(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        samtale_id, ids = together(world)
        noise, _ = together(world, fokusperson="fremmed")
        db.session.remove()
    mette = browser_for(world.mette)
    answer = mette.get(f"/samtaler/{samtale_id}/tidslinjer")
    page, source = words(answer), answer.get_data(as_text=True)
    assert "Én samtale, to tidslinjer" in page
    assert "Jonas og Åse observerede · individuel samtale · tirsdag den 3. marts" in page
    assert "Tidslinjerne er lagt efter urene på de to enheder." in page
    assert "Jonas' observation" in page.replace("&#39;", "'")
    assert "Åses observation Kollegial feedback · kl. 10.30 til kl. 11.11" in page
    assert page.count("To emner, ét af dem med hel UGU.") == 2
    assert "Jonas og Åse var enige om, hvem der havde ordet," in page
    assert re.search(r"Set efter midt i hvert sekund, \d+ gange i alt", page)
    assert NOTE not in page
    assert f'data-end-ms="{42 * 60_000}"' in source
    assert source.count('class="tl-mark tl-pause"') == 2
    for log in ids:
        assert f'href="/observationer/{log}"' in source
        link = mette.get(f"/observationer/{log}").get_data(as_text=True)
        assert f'href="/samtaler/{samtale_id}/tidslinjer">Se de to tidslinjer sammen' in link
    table = source[source.index("data-tidslinje-tabel") :]
    assert '<th scope="col">Jonas</th><th scope="col">Åse</th>' in table
    drawn = set(re.findall(r'<(?:rect|circle)[^>]+data-t-ms="(\d+)"', source))
    assert drawn
    assert drawn <= set(re.findall(r'<tr id="t-(\d+)"', table)) | {str(20 * 60_000), str(21 * 60_000)}
    assert (
        mette.get(f"/samtaler/{noise}/tidslinjer").location
        == f"/observationer/{first_seen(app, noise, world)}"
    )


def first_seen(app: Flask, samtale_id: UUID, world: World) -> UUID:
    """The one log of the samtale that is of Mette."""
    with app.app_context():
        found = (
            db.session.query(Observation.id)
            .join(FeedbackKontrakt, Observation.kontrakt_id == FeedbackKontrakt.id)
            .filter(FeedbackKontrakt.samtale_id == samtale_id, Observation.fokusperson_id == world.mette)
            .one()[0]
        )
        db.session.remove()
    return UUID(str(found))


def test_each_observer_sees_only_their_own_and_others_nothing(
    app: Flask, world: World, browser_for: Any
) -> None:
    with app.app_context():
        samtale_id, ids = together(world)
        file = from_file(world, made_up.ordinary())
        db.session.remove()
    url = f"/samtaler/{samtale_id}/tidslinjer"
    for name, own in (("jonas", ids[0]), ("aase", ids[1])):
        browser = browser_for(world.people[name])
        assert browser.get(url).location == f"/observationer/{own}"
        assert "tidslinjer sammen" not in words(browser.get(f"/observationer/{own}"))
        assert browser.get(f"/observationer/{ids[1 - ids.index(own)]}").status_code == 404
    for name in NOBODY:
        assert browser_for(world.people[name]).get(url).status_code == 404, name
    assert browser_for(None).get(url).status_code == 302
    assert browser_for(world.mette).get(f"/samtaler/{uuid4()}/tidslinjer").status_code == 404
    assert "tidslinjer sammen" not in words(browser_for(world.mette).get(f"/observationer/{file}"))


def test_what_is_not_handed_over_is_not_there_yet(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        samtale_id, ids = together(world, handed_over=False)
        db.session.remove()
    mette = browser_for(world.mette)
    assert mette.get(f"/samtaler/{samtale_id}/tidslinjer").location == f"/observationer/{ids[0]}"
    assert "tidslinjer sammen" not in words(mette.get(f"/observationer/{ids[0]}"))
    with app.app_context():
        db.session.get_one(Observation, ids[0]).overdraget_at = None
        db.session.commit()
        db.session.remove()
    assert mette.get(f"/samtaler/{samtale_id}/tidslinjer").status_code == 404


def test_in_a_faellessamtale_each_log_follows_its_own_fokusperson_by_name(
    app: Flask, world: World, browser_for: Any
) -> None:
    """Mette is followed by Jonas and by the supervisor; Frede, who holds it with her, by Åse: his log is his."""
    talk = made_up.log(
        (0, "ur", "start"), (0, "taler", "medarbejder"), (30_000, "taler", "medarbejder2"),
        (90_000, "taler", "borger"), (120_000, "ur", "slut"),
    )  # fmt: skip
    with app.app_context():
        samtale_id, ids = together(world, type_="faellessamtale", fokusperson="fremmed")
        third = observe(
            world, talk, observatoer="supervisor", handed_over=True, began=BEGAN + timedelta(hours=3)
        )
        kontrakt = db.session.get_one(Observation, third).kontrakt
        assert kontrakt is not None
        kontrakt.samtale_id, kontrakt.parter = samtale_id, ["medarbejder", "borger", "medarbejder2"]
        kontrakt.slags = "supervision"
        db.session.commit()
        db.session.remove()
    page = words(browser_for(world.mette).get(f"/samtaler/{samtale_id}/tidslinjer"))
    assert "Jonas og Sune observerede · fællessamtale" in page
    assert "Åse" not in page
    assert "Sunes observation Supervision" in page
    assert "Frede, 0" not in page
    assert "Frede får ordet" in page
    assert "Mette får ordet" in page
    assert "De to logger ligger ikke oven i hinanden i tid." in page
    frede = browser_for(world.fremmed)
    assert frede.get(f"/samtaler/{samtale_id}/tidslinjer").location == f"/observationer/{ids[1]}"


def test_empty_logs_and_namesakes_have_their_page(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        samtale_id, ids = together(world)
        empty = observe(world, [], observatoer="leder", handed_over=True, began=BEGAN + timedelta(minutes=2))
        kontrakt = db.session.get_one(Observation, empty).kontrakt
        assert kontrakt is not None
        kontrakt.samtale_id = db.session.get_one(
            FeedbackKontrakt, db.session.get_one(Observation, ids[0]).kontrakt_id
        ).samtale_id
        kontrakt.observatoer.navn = "Jonas Holm"
        db.session.commit()
        db.session.remove()
    page = words(browser_for(world.mette).get(f"/samtaler/{samtale_id}/tidslinjer"))
    assert "Én samtale, tre tidslinjer" in page
    assert "Jonas Øland, Åse og Jonas Holm observerede" in page
    assert "Der er hverken taletid, faser eller UGU i loggen" in page
