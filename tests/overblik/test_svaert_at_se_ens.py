"""Kendetegn that observers of the same samtale tick differently: the figures, when there are enough, and the mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from held import crew, held
from people import World
from published import DAY, SHOWN, page
from sqlalchemy.exc import IntegrityError

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, KontraktKendetegn
from supervision.db import db
from supervision.grupper.models import Kalibrering, KalibreringHaendelse, KalibreringLog, Laeringsgruppe
from supervision.katalog import rules as katalog_rules
from supervision.katalog.actions import mark_kendetegn
from supervision.katalog.models import KendetegnEnighed
from supervision.katalog.queries import list_svaere
from supervision.observationer.agreement.kendetegn import Observatoerlog, per_kendetegn
from supervision.observationer.rules import Haendelse
from supervision.overblik.actions import publish_due
from supervision.personer.models import Organisation
from supervision.problems import RuleBroken

A, B, C, D, E = (UUID(int=n) for n in range(1, 6))
HARD, EASY = "fu_borger", "aab_hv"
METHOD = "/metoder/forandringsudsagn"
MARK = ">Svært at se ens</span>"


def seen(who: UUID, *ticks_s: int, kode: str = "k", koder: Sequence[str] = ("k",)) -> Observatoerlog:
    rows = [(0, "ur", "start"), *((t * 1000, "faerdighed", kode) for t in ticks_s), (600_000, "ur", "slut")]
    events = [Haendelse(uuid4(), nr, *row) for nr, row in enumerate(rows)]
    return Observatoerlog(who, frozenset(koder), (0, events))


def test_each_samtale_counts_alike_and_silence_says_nothing() -> None:
    ten = tuple(range(10, 110, 10))
    samtaler = [
        [seen(A, *ten), seen(B, *ten)],  # 1.0, of twenty ticks
        [seen(A, 10), seen(C, 14)],  # 1.0: four seconds are a thumb's
        [seen(A, 10), seen(C, 16)],  # 0.0
        [seen(B), seen(C)],  # nothing ticked
        [seen(A, 10), seen(D, 10, koder=["other"])],  # D could not tick it
        [seen(A, 10, 50), seen(B, 10), seen(C, 10, 90)],  # pairs 2/3, 2/4, 2/3: together 6/10
    ]
    found = per_kendetegn(samtaler)["k"]
    assert (found.samtaler, found.observatoerer, found.kryds) == (4, {A, B, C}, 20 + 2 + 2 + 5)
    assert found.enighed == pytest.approx((1 + 1 + 0 + 0.6) / 4)
    assert per_kendetegn([[seen(A, 10)]]) == {}


def test_no_one_observer_makes_a_kendetegn_hard() -> None:
    """Whoever ticks alone, or sits in on everything, is never what the mark says."""
    alike, apart = (seen(B, 10), seen(C, 10)), (seen(D, 10), seen(E, 200))
    odd = per_kendetegn([[seen(A, 300), *alike] for _ in range(5)])["k"]
    assert odd.enighed < 0.5
    assert odd.uden_en == 1.0
    always = per_kendetegn([[seen(A, 300), seen(other, 10)] for other in (B, C, D, E)])["k"]
    assert (always.enighed, always.uden_en) == (0, 1.0)
    hard = per_kendetegn([[seen(A, 300), *apart] for _ in range(5)])["k"]
    assert hard.uden_en == 0
    for tal, expected in ((odd, False), (always, False), (hard, True)):
        enighed, uden_en = round(tal.enighed * 100), round(tal.uden_en * 100)
        assert katalog_rules.er_svaert(enighed=enighed, uden_en=uden_en) is expected


def seen_by_two(world: World, one: UUID, other: UUID, nr: int) -> None:
    """A samtale that two ticked at once: EASY alike, HARD each at their own places."""
    day, house = DAY + timedelta(days=nr), world.organisations["jobcenter"]
    first, second = (
        held(
            world.aase, who, house, day, kendetegn=[HARD, EASY],
            events=[
                (0, "ur", "start"),
                *((at + late, "faerdighed", HARD) for at in (100_000, 300_000)),
                *((at, "faerdighed", EASY) for at in (150_000, 350_000)),
                (500_000, "ur", "slut"),
            ],
        )
        for who, late in ((one, 0), (other, 20_000))
    )  # fmt: skip
    assert first.kontrakt is not None
    assert second.kontrakt is not None
    second.kontrakt.samtale_id = first.kontrakt.samtale_id


def practised(world: World, people: Sequence[UUID]) -> None:
    """A practice samtale with its group's picture opened."""
    gruppe = Laeringsgruppe(
        navn="Øvegruppen",
        organisation_id=world.organisations["jobcenter"],
        facilitator_id=world.leder,
        oprettet_at=clock.now(),
    )
    at = clock.from_local(DAY, SHOWN.timetz().replace(tzinfo=None))
    logge = [KalibreringLog(person_id=who, aabnet_at=at, afsluttet_at=at) for who in people]
    db.session.add(gruppe)
    db.session.flush()
    db.session.add(
        Kalibrering(
            manuskript="lageret", udgave=1, gruppe_id=gruppe.id, oprettet_at=at,
            oprettet_af=world.leder, start_at=at, vist_at=at, logge=logge,
        )
    )  # fmt: skip
    db.session.flush()
    for nr, log in enumerate(logge):
        rows = [(100_000 + nr * 20_000, HARD), (200_000, EASY)]
        for place, (t_ms, kode) in enumerate(rows):
            db.session.add(
                KalibreringHaendelse(
                    log_id=log.id, id=uuid4(), nr=place, t_ms=t_ms, spor="faerdighed", kode=kode
                )
            )


def marks(world: World) -> dict[str, KendetegnEnighed]:
    rows = db.session.query(KendetegnEnighed).filter_by(organisation_id=world.organisations["jobcenter"])
    return {row.kode: row for row in rows}


def test_the_mark_comes_with_the_quarter_where_there_is_enough(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    """Three samtaler and two practice samtaler; the other organisation, which saw the same, has no mark."""
    world = sqlite_world
    with clock.travel(SHOWN), sqlite_app.app_context():
        people = crew(world.organisations["jobcenter"], world.teams["nord"], 6)
        for nr in range(3):
            seen_by_two(world, people[nr], people[nr + 1], nr)
        practised(world, people[:5])
        db.session.commit()
        publish_due(clock.today())
        assert marks(world) == {}, "four samtaler are too few"
        db.session.rollback()
        practised(world, people[1:])
        publish_due(clock.today())
        found = marks(world)
        assert set(found) == {HARD, EASY}
        assert (found[HARD].samtaler, found[HARD].observatoerer, found[HARD].kryds) == (5, 6, 12 + 10)
        assert (found[HARD].enighed, found[HARD].uden_en, found[EASY].enighed) == (0, 0, 100)
        assert list_svaere(world.organisations["jobcenter"]) == {HARD}
        assert list_svaere(world.organisations["a_kasse"]) == frozenset()
        db.session.commit()
        made = found[HARD].beregnet_at
        kontrakt = db.session.query(FeedbackKontrakt).first()
        assert kontrakt is not None
        draft = FeedbackKontrakt(
            samtale=kontrakt.samtale, organisation_id=kontrakt.organisation_id, fokusperson_id=world.mette,
            observatoer_id=world.jonas, parter=["medarbejder", "borger"], oprettet_af=world.mette,
            aendret_af=world.mette, kendetegn=[KontraktKendetegn(nr=1, kode=HARD, kort="Kort", tekst="T")],
        )  # fmt: skip
        db.session.add(draft)
        db.session.commit()
        address = f"/kontrakter/{draft.id}/kendetegn"
        db.session.remove()
    shown = page(sqlite_app, world.mette, METHOD)
    assert shown.count(MARK) == 1
    assert 'href="/laering/kalibrering"' in shown or "kalibrering" in shown.split(MARK)[1]
    assert MARK not in page(sqlite_app, world.noise, METHOD)
    chosen = page(sqlite_app, world.mette, address)
    assert MARK in chosen
    assert "aftal, hvad der skal til, før krydset sættes" in chosen
    with clock.travel(SHOWN + timedelta(days=1)), sqlite_app.app_context():
        people = crew(world.organisations["jobcenter"], world.teams["nord"], 2, "Senere")
        seen_by_two(world, *people, nr=4)
        publish_due(clock.today())
        assert marks(world)[HARD].beregnet_at == made, "nothing moves before the next quarter"
        db.session.rollback()
        db.session.remove()


def test_what_rests_on_too_little_can_not_be_kept(sqlite_app: Flask, sqlite_world: World) -> None:
    house = sqlite_world.organisations["jobcenter"]
    enough = {"samtaler": 5, "observatoerer": 5, "kryds": 20}
    assert katalog_rules.kan_staa(**enough)
    for name, number in enough.items():
        few = {**enough, name: number - 1}
        assert not katalog_rules.kan_staa(**few)
        with sqlite_app.app_context():
            row = KendetegnEnighed(
                organisation_id=house, kode="k", enighed=0, uden_en=0, beregnet_at=clock.now(), **few
            )
            with pytest.raises(RuleBroken):
                mark_kendetegn(db.session.get_one(Organisation, house), [row])
            db.session.add(row)
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()
            db.session.remove()
