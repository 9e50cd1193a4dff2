"""Several kontrakter of one samtale, by the browser: added, changed for all, each seen by its own two."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from kontrakter import FOKUS, KODER, look, opened, person, save, stored
from people import World, give_role
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from supervision import clock
from supervision.aftaler import actions, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.history import Historik

SECRET = "kanarie-fokus"


def words(answer: Any) -> str:
    assert answer.status_code in (200, 422), answer.status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def add(browser: Any, kontrakt_id: UUID, what: str, **fields: Any) -> Any:
    """Fill in one of the two pages and send it."""
    url = f"/kontrakter/{kontrakt_id}/{what}"
    assert browser.get(url).status_code == 200
    return browser.send(url, **{"slags": "kollegial", **fields})


def made_id(answer: Any) -> UUID:
    assert answer.status_code == 303, words(answer)
    return UUID(answer.location.split("/")[2])


def another(
    app: Flask, first: UUID, world: World, observatoer: str, *, ja: tuple[str, ...] = (), **given: Any
) -> UUID:
    """One more observatør of Mette's, committed."""
    with app.app_context():
        kontrakt = queries.get_kontrakt(first, viewer=person(world.mette))
        made = actions.add_observatoer(
            kontrakt,
            by=person(world.mette),
            observatoer=person(world.people[observatoer]),
            slags="kollegial",
            kopier=True,
            **given,
        )
        for name in ja:
            actions.say_yes(made, by=person(world.people[name]))
        made_id_, _ = made.id, db.session.commit()
        db.session.remove()
    return made_id_


def count_kontrakter(app: Flask) -> int:
    with app.app_context():
        found = len(db.session.scalars(select(FeedbackKontrakt.id)).all())
        db.session.remove()
    return found


def test_the_fokusperson_adds_a_supervisor_and_nobody_reads_the_others(
    app: Flask, world: World, browser_for: Any
) -> None:
    first = stored(app, world, fokus=SECRET, ja=("mette", "jonas"))
    noise = stored(app, world, fokusperson="aase", observatoer="jonas")
    mette, jonas, inger = (browser_for(world.people[name]) for name in ("mette", "jonas", "supervisor"))
    assert "Tilføj en observatør" in words(mette.get(f"/kontrakter/{first}"))
    assert "Tilføj en fokusperson" not in words(mette.get(f"/kontrakter/{first}"))
    assert "Tilføj en observatør" not in words(jonas.get(f"/kontrakter/{first}"))
    answer = add(mette, first, "ny-observatoer", kollega=str(world.supervisor), slags="supervision")
    second = made_id(answer)
    assert answer.location == f"/kontrakter/{second}/samtalen"

    seen = look(app, second, world.mette)
    assert (seen["tilstand"], seen["udgave"]) == ("kladde", 1)
    assert seen["trin"]["fokus"].fokus == ()
    assert seen["trin"]["samtalen"].slags == "supervision"
    assert seen["organisation_id"] == world.organisations["jobcenter"]
    with app.app_context():
        both = [db.session.get_one(FeedbackKontrakt, one).samtale_id for one in (first, second)]
        db.session.remove()
    assert both[0] == both[1]

    assert "Sune Super er også spurgt om at observere." in words(jonas.get(f"/kontrakter/{first}"))
    assert f"/kontrakter/{second}" not in jonas.get(f"/kontrakter/{first}").get_data(as_text=True)
    page = mette.get(f"/kontrakter/{first}").get_data(as_text=True)
    assert f'href="/kontrakter/{second}"' in page
    assert "Tiden gælder også for Sunes kontrakt." in words(mette.get(f"/kontrakter/{first}"))
    told = words(inger.get(f"/kontrakter/{second}"))
    assert "Jonas Øland observerer også." in told
    assert "Tiden gælder også for Jonas&#39; kontrakt" in told.replace("'", "&#39;")
    assert SECRET not in told
    for browser, foreign in ((jonas, second), (inger, first), (browser_for(world.aase), first)):
        assert browser.get(f"/kontrakter/{foreign}").status_code == 404
        assert browser.get(f"/kontrakter/{foreign}/ny-observatoer").status_code == 404
    assert jonas.get(f"/kontrakter/{first}/ny-observatoer").status_code == 404
    assert jonas.send(f"/kontrakter/{first}/ny-observatoer", kollega=str(world.aase)).status_code == 404
    assert "spurgt om at observere" not in words(jonas.get(f"/kontrakter/{noise}"))
    assert "Samme samtale: Jonas Øland observerer også." in words(inger.get("/samtaler"))
    assert words(mette.get("/samtaler")).count("Samme samtale:") == 2


def test_focus_and_kendetegn_are_copied_on_request_and_doubles_are_refused_kindly(
    app: Flask, world: World, browser_for: Any
) -> None:
    first = stored(app, world)
    mette = browser_for(world.mette)
    save(mette, first, "kendetegn", koder=list(KODER))
    second = made_id(add(mette, first, "ny-observatoer", kollega=str(world.aase), kopier="y"))
    trin = look(app, second, world.mette)["trin"]
    assert trin["fokus"].fokus == (FOKUS,)
    assert trin["kendetegn"].koder == KODER
    assert "Åse" in trin["aftaler"].praesentation
    before = count_kontrakter(app)
    for kollega, said in (
        (world.aase, "Mette og Åse har allerede en kontrakt om samtalen. Vælg en anden."),
        ("", "Vælg en observatør."),
        (world.noise, "Vælg en af mulighederne."),
        (world.administrator, "Vælg en af mulighederne."),
        (world.anden_supervisor, "Vælg en af mulighederne."),
    ):
        answer = add(mette, first, "ny-observatoer", kollega=str(kollega))
        assert (answer.status_code, said in words(answer)) == (422, True), words(answer)
    assert add(mette, first, "ny-observatoer", kollega=str(world.leder), slags="andet").status_code == 422
    assert count_kontrakter(app) == before


def test_in_a_faellessamtale_the_second_medarbejder_gets_a_kontrakt_of_their_own(
    app: Flask, world: World, browser_for: Any
) -> None:
    first = stored(
        app, world, type="faellessamtale", fokus=SECRET, parter=("medarbejder", "borger", "tredje")
    )
    alone = stored(app, world, fokusperson="mette", observatoer="leder")
    mette, aase, frede = (browser_for(world.people[name]) for name in ("mette", "aase", "fremmed"))
    assert "Tilføj en fokusperson" in words(mette.get(f"/kontrakter/{first}"))
    assert mette.get(f"/kontrakter/{alone}/ny-fokusperson").status_code == 422
    before = count_kontrakter(app)
    for fokusperson, kollega, said in (
        (world.aase, world.jonas, "Jonas observerer Mette i samtalen. Man kan kun følge én ad gangen"),
        (world.aase, world.aase, "Åse holder selv samtalen"),
        (world.jonas, world.fremmed, "Jonas observerer i samtalen og kan ikke selv være fokusperson"),
        ("", world.fremmed, "Vælg en fokusperson."),
        (world.noise, world.fremmed, "Vælg en af mulighederne."),
    ):
        answer = add(mette, first, "ny-fokusperson", fokusperson=str(fokusperson), kollega=str(kollega))
        assert (answer.status_code, said in words(answer)) == (422, True), words(answer)
    assert count_kontrakter(app) == before

    answer = add(mette, first, "ny-fokusperson", fokusperson=str(world.aase), kollega=str(world.fremmed))
    assert (answer.status_code, answer.location) == (303, f"/kontrakter/{first}")
    with app.app_context():
        made = db.session.scalars(
            select(FeedbackKontrakt).where(FeedbackKontrakt.fokusperson_id == world.aase)
        ).one()
        second, parter, yes = made.id, made.parter, len(made.jaer)
        assert made.oprettet_af == world.mette
        db.session.remove()
    assert (parter, yes) == (["medarbejder", "borger", "medarbejder2", "tredje"], 0)
    assert mette.get(f"/kontrakter/{second}").status_code == 404
    for browser in (aase, frede):
        told = words(browser.get(f"/kontrakter/{second}"))
        assert "Mette Ærø holder samtalen sammen med" in told
        assert SECRET not in told
    assert "Åse Ask holder samtalen sammen med dig og er spurgt" in words(mette.get(f"/kontrakter/{first}"))
    assert "Medarbejderen er Åse" in words(aase.get(f"/kontrakter/{second}"))
    assert "Tilføj en fokusperson" not in words(mette.get(f"/kontrakter/{first}"))
    third = add(mette, first, "ny-fokusperson", fokusperson=str(world.leder), kollega=str(world.sydleder))
    assert "allerede to fokuspersoner" in words(third)
    refused = save(aase, second, "samtalen", type="individuel")
    assert refused.status_code == 422
    assert "må den blive ved med at være en fællessamtale" in words(refused)


def test_two_who_may_not_sit_in_with_each_other_are_not_put_together(
    app: Flask, world: World, browser_for: Any
) -> None:
    """Mette may sit in with both guests, but the two guests are of different houses."""
    with app.app_context():
        give_role(world.noise, "supervisor", organisation_id=world.organisations["jobcenter"])
        db.session.commit()
        db.session.remove()
    first = stored(app, world, type="faellessamtale")
    mette, before = browser_for(world.mette), count_kontrakter(app)
    refused = add(mette, first, "ny-fokusperson", fokusperson=str(world.supervisor), kollega=str(world.noise))
    assert refused.status_code == 422
    assert "Mette kan ikke observere Sune, for de hører til to steder." in words(refused)
    assert count_kontrakter(app) == before


@pytest.mark.parametrize("by", ["mette", "supervisor"])
def test_what_belongs_to_the_samtale_is_changed_for_all_and_all_are_asked_again(
    app: Flask, world: World, browser_for: Any, by: str
) -> None:
    first = stored(app, world, ja=("mette", "jonas"))
    second = another(app, first, world, "supervisor", ja=("mette",))
    third = another(app, first, world, "aase")
    gone = another(app, first, world, "leder", ja=("leder",))
    with app.app_context():
        actions.withdraw(queries.get_kontrakt(gone, viewer=person(world.leder)), by=person(world.leder))
        db.session.commit()
        db.session.remove()
    browser, mine = browser_for(world.people[by]), second
    page = browser.get(f"/kontrakter/{mine}/samtalen")
    assert "Tiden gælder også for Jonas' og Åses kontrakt" in words(page).replace("&#39;", "'")
    without_a_yes = f"/kontrakter/{third}"
    assert "data-autosave>" not in browser_for(world.aase).get(f"{without_a_yes}/samtalen").get_data(
        as_text=True
    )
    assert "data-autosave>" in browser_for(world.aase).get(f"{without_a_yes}/fokus").get_data(as_text=True)
    answer = save(browser, mine, "samtalen", laengde_min="60", maal="vores eget")
    assert answer.status_code == 303
    assert "Alle, der har sagt ja, bliver spurgt igen." in words(browser.get(f"/kontrakter/{mine}/fokus"))
    for kontrakt_id, who, udgave in (
        (first, "jonas", 2),
        (second, "mette", 2),
        (third, "aase", 1),
        (gone, "leder", 1),
    ):
        seen = look(app, kontrakt_id, world.people[who])
        assert seen["trin"]["samtalen"].laengde_min == 60
        assert (seen["udgave"], kontrakt_id) == (udgave, kontrakt_id)
        assert seen["trin"]["samtalen"].maal == ("vores eget" if kontrakt_id == second else "")
    assert look(app, first, world.jonas)["tilstand"] == "kladde"
    with app.app_context():
        noted = db.session.scalars(
            select(Historik.genstand_id).where(Historik.handling == "ret_kontrakt")
        ).all()
        db.session.remove()
    assert sorted(noted) == sorted([first, second])
    assert "sagde ja til en tidligere udgave" in words(browser_for(world.jonas).get(f"/kontrakter/{first}"))


def test_own_things_are_changed_without_asking_the_others(app: Flask, world: World, browser_for: Any) -> None:
    first = stored(app, world, ja=("mette", "jonas"))
    second = another(app, first, world, "aase", ja=("mette", "aase"))
    aase = browser_for(world.aase)
    save(aase, second, "fokus", **{"fokus-0": "noget helt andet"})
    save(aase, second, "samtalen", parter=["medarbejder", "borger", "tredje"])
    assert look(app, first, world.jonas)["tilstand"] == "klar"
    assert look(app, second, world.aase)["udgave"] == 2
    assert look(app, first, world.jonas)["trin"]["fokus"].fokus == (FOKUS,)


def test_once_a_recorder_runs_the_time_stands_for_all_and_nothing_typed_is_lost(
    app: Flask, world: World, browser_for: Any
) -> None:
    first = stored(app, world, ja=("mette", "jonas"))
    second = another(app, first, world, "aase", ja=("aase",))
    with app.app_context():
        jonas = person(world.jonas)
        actions.lock_kontrakt(queries.get_kontrakt_to_record(first, viewer=jonas), by=jonas)
        db.session.commit()
        db.session.remove()
    mette = browser_for(world.mette)
    refused = save(mette, second, "samtalen", sted="Lokale 77")
    assert refused.status_code == 422
    assert "Jonas har startet optageren i samme samtale." in words(refused)
    assert "Lokale 77" in refused.get_data(as_text=True)
    fields = opened(mette, f"/kontrakter/{second}/samtalen")
    quiet = mette.post(
        f"/kontrakter/{second}/samtalen",
        data={**fields, "laengde_min": "50"},
        headers={"Accept": "application/json"},
    )
    assert (quiet.status_code, "Jonas har startet" in quiet.get_json()["fejl"]) == (422, True)
    assert look(app, second, world.aase)["trin"]["samtalen"].sted == "Lokale 2"
    assert save(mette, second, "samtalen", maal="det er vores eget").status_code == 303
    page = mette.get(f"/kontrakter/{second}")
    assert "Tilføj en observatør" not in words(page)
    closed = mette.get(f"/kontrakter/{second}/ny-observatoer")
    assert closed.status_code == 422
    assert "kan der ikke komme flere med" in closed.get_data(as_text=True)
    with clock.travel(clock.now() + timedelta(days=3)):
        assert "Jonas Øland observerede også." in words(mette.get(f"/kontrakter/{second}"))
        assert "Åse Ask" not in words(browser_for(world.jonas).get(f"/kontrakter/{first}"))


def test_the_next_samtale_is_one_card_with_two_observers(app: Flask, world: World, browser_for: Any) -> None:
    first = stored(app, world, ja=("mette", "jonas"))
    another(app, first, world, "supervisor", ja=("mette", "supervisor"))
    mette, aase = browser_for(world.mette), browser_for(world.aase)
    page = words(mette.get("/"))
    assert "observerer også." in page
    assert "Senere" not in page
    waiting = another(app, first, world, "aase", ja=("mette",))
    assert f"/kontrakter/{waiting}" in aase.get("/").get_data(as_text=True)
    assert "Samme samtale:" in words(mette.get("/samtaler"))


@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_a_change_holds_all_kontrakter_of_the_samtale_and_a_tick_only_its_own(
    app: Flask, world: World
) -> None:
    """While one is changed nobody starts the recorder by another; two who record do not wait for each other.

    SQLite has one writer, so there all waits for all anyway.
    """
    first = stored(app, world, ja=("mette", "jonas"))
    second = another(app, first, world, "aase", ja=("mette", "aase"))
    noise = stored(app, world, fokusperson="fremmed", observatoer="leder")
    with app.app_context():
        queries.get_kontrakt_to_change(first, viewer=person(world.mette))
        assert [is_free(one) for one in (first, second, noise)] == [False, False, True]
        db.session.rollback()
        queries.get_kontrakt_to_record(first, viewer=person(world.jonas))
        assert [is_free(one) for one in (first, second)] == [False, True]
        db.session.rollback()
        db.session.remove()


def is_free(kontrakt_id: UUID) -> bool:
    """Whether another connection could take the row now."""
    with db.engine.connect() as other:
        try:
            statement = select(FeedbackKontrakt.id).where(FeedbackKontrakt.id == kontrakt_id)
            other.execute(statement.with_for_update(nowait=True))
        except DBAPIError:
            return False
        finally:
            other.rollback()
    return True


def test_a_page_with_many_in_the_room_asks_no_more(app: Flask, world: World) -> None:
    from counting import count_queries

    first = stored(app, world)
    another(app, first, world, "aase")
    one = asked(app, world, count_queries)
    for name in ("leder", "fremmed", "supervisor"):
        another(app, first, world, name)
    assert asked(app, world, count_queries) == one <= 6


def asked(app: Flask, world: World, count: Any) -> int:
    with app.app_context():
        mette = person(world.mette)
        kontrakter = queries.list_kontrakter(viewer=mette)
        found: dict[UUID, list[queries.Anden]] = {}
        number = count(app, lambda: found.update(queries.list_i_samme_samtale(kontrakter, viewer=mette)))
        assert all(len(andre) == len(kontrakter) - 1 for andre in found.values())
        assert rules.tilstand(kontrakter[0]) == "kladde"
        db.session.remove()
    return int(number)
