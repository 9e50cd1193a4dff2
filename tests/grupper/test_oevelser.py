"""An exercise over the web: begun, joined, divided, turned, written in, ended; and who sees what of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from counting import count_queries
from flask import Flask
from moeder import NU, make_gruppe
from people import World
from road import person
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.grupper import actions as grupper
from supervision.grupper.actions import oevelser as actions
from supervision.grupper.actions import oevelsestekster as tekster
from supervision.grupper.models import Laeringsgruppe, Oevelse
from supervision.grupper.queries import get_gruppe
from supervision.grupper.queries import oevelser as queries
from supervision.history import Historik
from supervision.laeringspil.queries import find_laeringspil
from supervision.logbog.models import Lognotat
from supervision.problems import NotFound, RuleBroken


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NU):
        yield


@pytest.fixture
def gruppe_id(sqlite_app: Flask, sqlite_world: World) -> UUID:
    """Lone's group of five; and another group of the same name with an exercise of its own that is full of noise."""
    with sqlite_app.app_context():
        found = make_gruppe(sqlite_world).id
        _noise(sqlite_world)
        db.session.commit()
        db.session.remove()
    return found


@pytest.fixture
def browse(sqlite_app: Flask, sqlite_world: World) -> Any:
    return lambda name: Browser.signed_in(sqlite_app, sqlite_world.people[name])


def text(browser: Browser, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.get_data(as_text=True)


def begin(browser: Browser, gruppe_id: UUID, slags: str) -> str:
    """Gives the exercise's address."""
    answer = browser.send(f"/grupper/{gruppe_id}/oevelser", slags=slags)
    assert answer.status_code == 303
    return str(answer.location)


def go_on(browser: Browser, url: str, handling: str = "naeste") -> None:
    """As the page's own button does."""
    page = text(browser, url)
    hold, trin = (
        re.search(rf'id="nu".*?name="{name}" value="([^"]+)"', page, re.S) for name in ("hold", "trin")
    )
    assert hold is not None
    assert trin is not None
    sent = browser.send(f"{url}/gang", hold=hold.group(1), trin=trin.group(1), handling=handling)
    assert sent.status_code == 303


def test_a_triad_from_beginning_to_end(gruppe_id: UUID, browse: Any) -> None:
    mette, jonas, aase, leder = (browse(name) for name in ("mette", "jonas", "aase", "leder"))
    assert "Hold en øvelse" in text(mette, f"/grupper/{gruppe_id}")
    url = begin(mette, gruppe_id, "triade")
    assert "En øvelse er i gang" in text(jonas, "/")
    assert "allerede en øvelse i gang" in jonas.send(
        f"/grupper/{gruppe_id}/oevelser", slags="gode_raad"
    ).get_data(as_text=True)
    refused = mette.send(f"{url}/del-op")
    assert (refused.status_code, "mindst 2" in refused.get_data(as_text=True)) == (422, True)
    for one in (jonas, aase):
        assert one.send(f"{url}/med").status_code == 303
    assert jonas.send(f"{url}/del-op").status_code == 404  # Mette began it, Lone facilitates
    assert mette.send(f"{url}/del-op").status_code == 303
    assert "Du begynder som <strong>fokusperson" in text(mette, url)
    assert "Du begynder som <strong>kollegial sparringspartner" in text(jonas, url)
    _swap(mette, url, "Mette Ærø", "Jonas Øland")
    assert "Du begynder som <strong>fokusperson" in text(jonas, url)

    assert jonas.send(f"{url}/tal", tal="11").status_code == 422
    for one, tal in ((mette, 3), (jonas, 4), (aase, 6)):
        assert one.send(f"{url}/tal", tal=str(tal)).status_code == 303
    go_on(jonas, url, "begynd")
    go_on(jonas, url)
    long = "x" * 301
    kept = jonas.send(f"{url}/tekst", felt="fokus", tekst=long)
    assert (kept.status_code, long in kept.get_data(as_text=True)) == (422, True)
    jonas.send(f"{url}/tekst", felt="fokus", tekst="Hvornår jeg stiller åbne spørgsmål")
    jonas.send(f"{url}/tekst", felt="fokus", tekst="Om jeg venter på svaret")
    go_on(aase, url)
    page = text(mette, url)
    assert "Du er <strong>kollegial sparringspartner" in page
    assert "Om jeg venter på svaret" in page
    assert "Hvornår jeg stiller" not in page
    assert mette.send(f"{url}/tekst", felt="fokus", tekst="For sent").status_code == 422
    assert mette.send(f"{url}/tal", tal="9").status_code == 422
    for _ in range(8):
        go_on(aase, url)
    assert "Fælles snak" in text(mette, url)
    assert "<strong>fokusperson" not in text(jonas, url)
    mette.send(f"{url}/tekst", felt="oeve", tekst="Vent tre sekunder, før du spørger igen.")
    for one, tal in ((mette, 6), (jonas, 7), (aase, 7)):
        one.send(f"{url}/tal", tal=str(tal))
    assert "Gruppen gik" not in text(leder, url)
    assert leder.send(f"{url}/slut").status_code == 303
    page = text(aase, url)
    assert "Gruppen gik fra 4½ til 6½." in page
    assert "6 før og 7 efter" in page
    assert "3 før" not in page

    tekst_id = re.search(r"/tekst/([0-9a-f-]{36})/tag-med", page)
    assert tekst_id is not None
    take = f"{url}/tekst/{tekst_id.group(1)}/tag-med"
    for hvorhen in ("laeringspil", "logbog", "logbog"):
        assert aase.send(take, hvorhen=hvorhen).status_code == 303
    assert leder.send(take, hvorhen="logbog").status_code == 404  # led it from the side, was not in it
    listed = text(aase, f"/grupper/{gruppe_id}/oevelser")
    assert "Gruppen gik fra 4½ til 6½." in listed
    assert url not in text(browse("medlem0"), f"/grupper/{gruppe_id}/oevelser")
    assert browse("medlem0").get(url).status_code == 404
    assert mette.send(f"{url}/tekst", felt="oeve", tekst="For sent").status_code == 422


def test_what_is_taken_along_is_ones_own(sqlite_app: Flask, sqlite_world: World, gruppe_id: UUID) -> None:
    with sqlite_app.app_context():
        mette, aase = person(sqlite_world.mette), person(sqlite_world.aase)
        oevelse = _gathered(gruppe_id, sqlite_world, "gode_raad", "mette", "jonas", "aase", "medlem0")
        row = tekster.write_tekst(
            oevelse, felt="raad", tekst="Vent på svaret hver gang.", til_id=None, by=mette
        )
        for hvorhen in (tekster.LAERINGSPIL, tekster.LOGBOG, tekster.LOGBOG):
            tekster.take_along(oevelse, tekst_id=row.id, hvorhen=hvorhen, by=aase)
        pil = find_laeringspil(aase)
        assert pil is not None
        assert [linje.faerdighed for linje in pil.linjer] == ["Vent på svaret hver gang."]
        notat = db.session.query(Lognotat).one()
        assert (notat.person_id, notat.naeste) == (aase.id, "Vent på svaret hver gang.")
        assert find_laeringspil(mette) is None


def test_advice_is_seen_by_the_others_when_it_is_presented(
    sqlite_app: Flask, sqlite_world: World, gruppe_id: UUID, browse: Any
) -> None:
    names = ("mette", "jonas", "aase", "medlem0", "medlem1", "leder")
    with sqlite_app.app_context():
        oevelse = _gathered(gruppe_id, sqlite_world, "gode_raad", *names)
        assert [len(queries.paa_hold(oevelse, hold)) for hold in oevelse.holdene] == [3, 3]
        mette, medlem = person(sqlite_world.mette), person(sqlite_world.people["medlem0"])
        for by, tekst in ((mette, "Vent på svaret hver gang."), (medlem, "Spørg åbent mindst én gang.")):
            tekster.write_tekst(oevelse, felt="raad", tekst=tekst, til_id=None, by=by)
        url = f"/oevelser/{oevelse.id}"
        db.session.commit()
        db.session.remove()
    mette, leder = browse("mette"), browse("leder")
    assert "Spørg åbent" not in text(mette, url)
    first = str(mette.get(f"/api{url}/nu").get_json()["scene"])
    leder.send(f"{url}/gang", trin="0", handling="begynd")
    for _ in range(2):  # two taps on the same button are one step
        leder.send(f"{url}/gang", trin="0", handling="naeste")
    page = text(mette, url)
    assert "Vis dem frem" in page
    assert "Spørg åbent mindst én gang." in page
    again = mette.get(f"/api{url}/nu")
    assert again.get_json()["scene"] != first
    assert again.get_json()["laengde_ms"] == 600_000
    kept = {"If-None-Match": again.headers["ETag"]}
    assert mette.get(f"/api{url}/nu", headers=kept).status_code == 304
    assert count_queries(sqlite_app, lambda: mette.get(url)) <= 16


def test_statements_are_passed_on_without_a_name_and_come_back(
    sqlite_app: Flask, sqlite_world: World, gruppe_id: UUID
) -> None:
    with sqlite_app.app_context():
        names = ("mette", "jonas", "aase", "medlem0", "medlem1", "leder")
        oevelse = _gathered(gruppe_id, sqlite_world, "reformulering", *names)
        mette, other = person(sqlite_world.mette), person(sqlite_world.people["medlem0"])
        for tekst in ("Det nytter jo ikke.", "I har ikke tid til mig."):
            tekster.write_tekst(oevelse, felt="udsagn", tekst=tekst, til_id=None, by=mette)
        words = {row.handling for row in db.session.query(Historik).filter_by(genstand="oevelsestekst")}
        assert words == set()
        for hold in oevelse.holdene:
            actions.steer(oevelse, hold_id=hold.id, handling="naeste", trin=0, by=person(sqlite_world.leder))
        asked = queries.get_side(oevelse, viewer=other).udsagn
        assert asked is not None
        assert asked.tekst == "Det nytter jo ikke."
        assert queries.get_side(oevelse, viewer=mette).udsagn is None
        answer = {"felt": "svar", "tekst": "Du er træt af at prøve. Hvad ville hjælpe?", "by": other}
        with pytest.raises(NotFound):
            tekster.write_tekst(oevelse, til_id=_noise_statement(), **answer)
        tekster.write_tekst(oevelse, til_id=asked.id, **answer)
        side = queries.get_side(oevelse, viewer=other)
        assert side.udsagn is not None
        assert (side.udsagn.tekst, side.udsagn_i_alt) == ("I har ikke tid til mig.", 1)
        assert queries.get_side(oevelse, viewer=mette).tilbage == []
        actions.steer(oevelse, hold_id=oevelse.holdene[0].id, handling="naeste", trin=1, by=mette)
        back = queries.get_side(oevelse, viewer=mette).tilbage
        assert [[svar.tekst for svar in found] for _, found in back] == [[answer["tekst"]], []]
        db.session.rollback()


def test_one_number_too_few_and_the_group_has_none(
    sqlite_app: Flask, sqlite_world: World, gruppe_id: UUID
) -> None:
    with sqlite_app.app_context():
        oevelse = _gathered(gruppe_id, sqlite_world, "reformulering", "mette", "jonas", "aase", "medlem0")
        for name, foer, efter in (("mette", 2, 5), ("jonas", 4, 6), ("aase", None, 9), ("medlem0", 8, None)):
            mig = queries.find_mig(oevelse, person(sqlite_world.people[name]))
            assert mig is not None
            mig.tal_foer, mig.tal_efter = foer, efter
        actions.end_oevelse(oevelse, by=person(sqlite_world.leder))
        assert (oevelse.foer_halve, oevelse.efter_halve) == (None, None)
        db.session.rollback()


def test_late_and_leaving(sqlite_app: Flask, sqlite_world: World, gruppe_id: UUID) -> None:
    with sqlite_app.app_context():
        oevelse = _gathered(gruppe_id, sqlite_world, "plus_minus", "mette", "jonas", "aase", "medlem0")
        leder, late = person(sqlite_world.leder), person(sqlite_world.people["medlem1"])
        actions.steer(oevelse, hold_id=None, handling="begynd", trin=0, by=leder)
        actions.join(oevelse, by=late)
        hold = queries.find_mit_hold(oevelse, late)
        assert hold is not None
        assert (hold.nr, hold.ture, len(queries.paa_hold(oevelse, hold))) == (1, 2, 3)
        with pytest.raises(RuleBroken, match="begyndt"):
            actions.divide(oevelse, by=leder)
        actions.leave(oevelse, by=person(sqlite_world.mette))
        roles = [rolle for _, rolle in queries.get_stilling(oevelse, hold).medlemmer]
        assert roles == ["fokusperson", "partner"]
        with clock.travel(NU + timedelta(hours=5)), pytest.raises(RuleBroken, match="slut"):
            actions.join(oevelse, by=person(sqlite_world.mette))
        db.session.rollback()


def test_a_meeting_that_runs_owns_the_exercise(
    sqlite_app: Flask, sqlite_world: World, gruppe_id: UUID
) -> None:
    from moeder import call

    with sqlite_app.app_context():
        leder = person(sqlite_world.leder)
        gruppe = get_gruppe(gruppe_id, viewer=leder)
        moede = call(gruppe, sqlite_world)
        grupper.begin_moede(moede, by=leder)
        db.session.commit()
        moede_id = moede.id
        db.session.remove()
    browser = Browser.signed_in(sqlite_app, sqlite_world.leder)
    assert f"/grupper/{gruppe_id}/oevelser" in text(browser, f"/moeder/{moede_id}/led")
    url = begin(browser, gruppe_id, "plus_minus")
    assert f"/moeder/{moede_id}" in text(browser, url)


def _gathered(gruppe_id: UUID, world: World, slags: str, *names: str) -> Oevelse:
    """Begun by Lone, joined by the others in this order, divided."""
    leder = person(world.leder)
    oevelse = actions.begin_oevelse(get_gruppe(gruppe_id, viewer=leder), slags=slags, moede=None, by=leder)
    for nr, name in enumerate(names):
        with clock.travel(NU + timedelta(seconds=10 * nr)):
            actions.join(oevelse, by=person(world.people[name]))
    with clock.travel(NU + timedelta(minutes=2)):
        actions.divide(oevelse, by=leder)
    return oevelse


def _noise(world: World) -> None:
    by = person(world.sydleder)
    other = Laeringsgruppe(
        organisation_id=world.organisations["jobcenter"],
        navn="Torsdagsgruppen",
        facilitator_id=by.id,
        oprettet_at=clock.now(),
        medlemmer=[],
        runder=[],
    )
    db.session.add(other)
    db.session.flush()
    oevelse = actions.begin_oevelse(other, slags="reformulering", moede=None, by=by)
    grupper.add_medlem(other, person=person(world.fremmed), by=by)
    for one in (by, person(world.fremmed)):
        actions.join(oevelse, by=one)
    actions.divide(oevelse, by=by)
    tekster.write_tekst(oevelse, felt="udsagn", tekst="kanarie-udsagn", til_id=None, by=by)
    for mig in oevelse.deltagere:
        mig.tal_foer, mig.tal_efter = 9, 1


def _noise_statement() -> UUID:
    from supervision.grupper.models import Oevelsestekst

    found: UUID = db.session.query(Oevelsestekst).filter_by(tekst="kanarie-udsagn").one().id
    return found


def _swap(browser: Browser, url: str, one: str, other: str) -> None:
    page = text(browser, url)
    ids = {name: re.search(rf'<option value="([0-9a-f-]+)">{name}</option>', page) for name in (one, other)}
    found = [match.group(1) for match in ids.values() if match]
    assert len(found) == 2
    assert browser.send(f"{url}/byt", hvem=found[0], til=found[1]).status_code == 303
