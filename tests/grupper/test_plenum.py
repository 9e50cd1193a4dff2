"""What a group agrees in plenum: written down by anybody in it, back at the next meeting, seen by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World
from road import person
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.grupper import actions, queries, rules
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Plenumaftale
from supervision.history import Historik
from supervision.problems import NotAllowed, NotFound, RuleBroken

TODAY = date(2026, 11, 18)
LAST_TIME = date(2026, 10, 21)
WORDS = "Vi giver feedback samme dag, og vi begynder med det, der lykkedes."


@dataclass
class Agreement:
    """The facts that a state follows from."""

    aftalt: date = LAST_TIME
    fortsat: date | None = None
    slut: date | None = None
    udfald: str | None = None
    skrevet_af: UUID = field(default_factory=uuid4)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(datetime(2026, 11, 18, 12, tzinfo=clock.DANISH_TIME)):
        yield


def test_the_state_follows_from_the_days() -> None:
    assert rules.aftale_tilstand(Agreement()) == "aaben"
    assert rules.aftale_tilstand(Agreement(fortsat=TODAY)) == "fortsat"
    assert rules.aftale_tilstand(Agreement(fortsat=LAST_TIME, slut=TODAY, udfald="droppet")) == "droppet"
    assert rules.aftale_tilstand(Agreement(slut=TODAY, udfald="gjort")) == "gjort"


@pytest.mark.parametrize(
    ("tekst", "aftalt", "wrong"),
    [
        ("  Vi skiftes  ", TODAY, None),
        (" \n ", TODAY, "tekst"),
        ("x" * 500, LAST_TIME, None),
        ("x" * 501, LAST_TIME, "tekst"),
        ("Vi skiftes", TODAY + timedelta(days=1), "aftalt"),
        ("Vi skiftes", date(1999, 12, 31), "aftalt"),
    ],
)
def test_what_may_be_written(tekst: str, aftalt: date, wrong: str | None) -> None:
    if wrong is None:
        assert rules.check_aftale(tekst, aftalt, TODAY) == tekst.strip()
        return
    with pytest.raises(RuleBroken) as problem:
        rules.check_aftale(tekst, aftalt, TODAY)
    assert problem.value.field == wrong


@pytest.mark.parametrize(
    ("aftale", "maerke", "dag", "wrong"),
    [
        (Agreement(), "gjort", LAST_TIME, None),
        (Agreement(), "gjort", LAST_TIME - timedelta(days=1), "dag"),
        (Agreement(), "fortsat", TODAY + timedelta(days=1), "dag"),
        (Agreement(), "rost", TODAY, "maerke"),
        (Agreement(fortsat=TODAY), "droppet", LAST_TIME, "dag"),
        (Agreement(fortsat=TODAY), "fortsat", LAST_TIME, None),
        (Agreement(slut=TODAY, udfald="gjort"), "aaben", date(2030, 1, 1), None),
    ],
)
def test_a_mark_comes_after_what_it_marks(
    aftale: Agreement, maerke: str, dag: date, wrong: str | None
) -> None:
    if wrong is None:
        rules.check_maerke(aftale, maerke, dag, TODAY)
        return
    with pytest.raises(RuleBroken) as problem:
        rules.check_maerke(aftale, maerke, dag, TODAY)
    assert problem.value.field == wrong


def make_gruppe(app: Flask, world: World) -> UUID:
    """Lone facilitates Mette and Jonas. In another group, noise: an open agreement of theirs."""
    with app.app_context():
        made = actions.create_gruppe(navn="Torsdagsgruppen", by=person(world.leder))
        for member in (world.mette, world.jonas):
            actions.add_medlem(made, person=person(member), by=person(world.leder))
        other = Laeringsgruppe(
            organisation_id=world.organisations["jobcenter"],
            navn="Torsdagsgruppen",
            facilitator_id=world.sydleder,
            oprettet_at=clock.now(),
            medlemmer=[Gruppemedlem(person_id=world.aase, ind_at=clock.now())],
        )
        db.session.add(other)
        db.session.flush()
        actions.create_plenumaftale(other, tekst="kanarie", aftalt=LAST_TIME, by=person(world.aase))
        gruppe_id = made.id
        db.session.commit()
        db.session.remove()
    return gruppe_id


def test_it_is_written_marked_and_kept_as_history(app: Flask, world: World) -> None:
    gruppe_id = make_gruppe(app, world)
    with app.app_context():
        mette, jonas, leder = person(world.mette), person(world.jonas), person(world.leder)
        gruppe = queries.get_gruppe(gruppe_id, viewer=mette)
        older = actions.create_plenumaftale(gruppe, tekst=WORDS, aftalt=LAST_TIME, by=mette)
        newer = actions.create_plenumaftale(gruppe, tekst="Vi skiftes", aftalt=TODAY, by=leder)
        assert queries.list_plenum(gruppe).aabne == [newer, older]

        actions.rewrite_plenumaftale(older, tekst=f" {WORDS} ", aftalt=LAST_TIME, by=mette)
        assert older.aendret_at is None  # the same as before changes nothing
        with pytest.raises(NotAllowed):
            actions.rewrite_plenumaftale(older, tekst="Andre ord", aftalt=LAST_TIME, by=jonas)
        actions.mark_plenumaftale(older, maerke="fortsat", dag=TODAY, by=jonas)
        actions.mark_plenumaftale(older, maerke="fortsat", dag=TODAY, by=mette)
        with pytest.raises(RuleBroken):
            actions.rewrite_plenumaftale(older, tekst="For sent", aftalt=LAST_TIME, by=mette)
        kept = queries.list_plenum(gruppe)
        assert (kept.aabne, kept.fortsat, kept.antal) == ([newer], [older], 2)

        actions.mark_plenumaftale(older, maerke="droppet", dag=TODAY, by=leder)
        assert (older.fortsat, older.slut, older.udfald) == (TODAY, TODAY, "droppet")
        assert queries.list_plenum(gruppe).slut == [older]
        actions.mark_plenumaftale(older, maerke="aaben", dag=TODAY, by=leder)
        assert (older.fortsat, older.slut, older.udfald) == (None, None, None)
        actions.delete_plenumaftale(newer, by=leder)
        assert queries.list_plenum(gruppe).aabne == [older]
        acts = db.session.query(Historik.handling).filter_by(genstand="plenumaftale", genstand_id=older.id)
        assert sorted(row[0] for row in acts) == ["maerk_aaben", "maerk_droppet", "maerk_fortsat", "opret"]
        db.session.commit()
        db.session.remove()


def test_whoever_leaves_is_out(app: Flask, world: World) -> None:
    gruppe_id = make_gruppe(app, world)
    with app.app_context():
        mette, jonas = person(world.mette), person(world.jonas)
        gruppe = queries.get_gruppe(gruppe_id, viewer=mette)
        aftale = actions.create_plenumaftale(gruppe, tekst=WORDS, aftalt=TODAY, by=mette)
        assert queries.get_plenumaftale(aftale.id, viewer=jonas) is aftale
        with pytest.raises(NotFound):
            queries.get_plenumaftale_to_rewrite(aftale.id, viewer=jonas)
        actions.leave_gruppe(gruppe, by=mette)
        for stranger in (mette, person(world.aase), person(world.sydleder)):
            with pytest.raises(NotFound):
                queries.get_plenumaftale(aftale.id, viewer=stranger)
            with pytest.raises(NotAllowed):
                actions.mark_plenumaftale(aftale, maerke="gjort", dag=TODAY, by=stranger)
            with pytest.raises(NotAllowed):
                actions.create_plenumaftale(gruppe, tekst=WORDS, aftalt=TODAY, by=stranger)
        db.session.rollback()


def test_the_way_through_the_pages(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    gruppe_id = make_gruppe(app, world)
    mette, leder = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.leder)
    start, ny = f"/grupper/{gruppe_id}", f"/grupper/{gruppe_id}/aftaler/ny"
    assert ny in mette.get(start).get_data(as_text=True)
    assert "Skriv den første aftale" in mette.get(f"{start}/aftaler").get_data(as_text=True)

    for tekst, aftalt, words in (
        ("", "2026-11-18", "Aftalen mangler"),
        (WORDS, "i går", "Skriv en dato"),
        (WORDS, "2026-11-19", "Datoen er ikke kommet endnu"),
        ("Mødet om 010190-1234", "2026-11-18", "CPR"),
    ):
        refused = mette.send(ny, tekst=tekst, aftalt=aftalt)
        assert refused.status_code == 422
        page = refused.get_data(as_text=True)
        assert words in page
        assert tekst in page

    assert mette.send(ny, tekst=WORDS, aftalt="21.10.2026").location == f"{start}/aftaler"
    front = leder.get(start).get_data(as_text=True)
    assert front.index("Det aftalte vi sidst") < front.index('id="runden"')
    assert "onsdag den 21. oktober" in front
    assert "kanarie" not in front
    with app.app_context():
        aftale_id = db.session.query(Plenumaftale.id).filter_by(tekst=WORDS).scalar()
        db.session.remove()
    sag = f"/plenumaftaler/{aftale_id}"
    assert mette.get(f"{sag}/ret").status_code == leder.get(f"{sag}/ret").status_code == 200
    jonas = Browser.signed_in(app, world.jonas)
    assert jonas.get(f"{sag}/ret").status_code == jonas.send(f"{sag}/slet").status_code == 404
    assert f"{sag}/ret" not in jonas.get(f"{start}/aftaler").get_data(as_text=True)
    assert leder.send(f"{sag}/ret", tekst="", aftalt="2026-10-21").status_code == 422
    assert leder.send(f"{sag}/ret", tekst=f"{WORDS} Altid.", aftalt="2026-10-21").status_code == 303

    assert jonas.send(sag, dag="2026-11-18").status_code == 422
    assert jonas.send(sag, maerke="gjort", dag="2026-10-20").status_code == 422
    assert jonas.send(sag, maerke="fortsat", dag="2026-11-18").status_code == 303
    front = mette.get(start).get_data(as_text=True)
    assert "Det aftalte vi sidst" not in front
    assert "Aftaler fra plenum (1)" in front
    history = mette.get(f"{start}/aftaler").get_data(as_text=True)
    assert f"{WORDS} Altid." in history
    assert "holdt fast i 18. november 2026" in history
    assert leder.send(f"{sag}/ret", tekst="Nu", aftalt="2026-10-21").status_code == 422

    for who in ("aase", "sydleder", "noise", "supervisor", "administrator"):
        stranger = Browser.signed_in(app, world.people[who])
        for path in (sag, f"{sag}/ret", f"{start}/aftaler", ny, f"/plenumaftaler/{uuid4()}"):
            assert stranger.get(path).status_code == 404, (who, path)
        assert stranger.send(sag, maerke="gjort", dag="2026-11-18").status_code == 404
