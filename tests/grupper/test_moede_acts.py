"""A meeting from its call to its end, and the picture of what lies on its table, by the product's own acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from moeder import MOEDET, NU, add_noise, call, make_gruppe, names, put, samtale_of, shown
from people import World
from road import person

from supervision import clock
from supervision.db import db
from supervision.grupper import actions, queries, rules
from supervision.grupper.models import Billedbidrag, Gruppebillede, Laeringsgruppe, Moede, PaaBordet
from supervision.history import Historik
from supervision.problems import NotAllowed, NotFound, RuleBroken

MIN = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NU):
        yield


@pytest.fixture
def gruppe(sqlite_app: Flask, sqlite_world: World) -> Iterator[Laeringsgruppe]:
    with sqlite_app.app_context():
        yield make_gruppe(sqlite_world)
        db.session.remove()


def test_it_is_called_answered_moved_and_cancelled(gruppe: Laeringsgruppe, sqlite_world: World) -> None:
    world = sqlite_world
    leder, mette, fremmed = person(world.leder), person(world.mette), person(world.fremmed)
    moede = call(gruppe, world, MOEDET + timedelta(days=1))
    assert [row.titel for row in queries.list_dagsorden(moede)] == [one.titel for one in rules.foreslaa(120)]
    assert queries.list_naeste_moeder(viewer=mette) == [(moede, "indkaldt", True)]
    assert queries.list_naeste_moeder(viewer=leder) == [(moede, "indkaldt", False)]
    assert queries.list_naeste_moeder(viewer=fremmed) == []
    actions.answer_moede(moede, svar="kommer", by=mette)
    assert [one.svar for one in queries.list_indkaldte(moede) if one.person is mette] == ["kommer"]
    assert not queries.list_naeste_moeder(viewer=mette)[0][2]
    for outsider in (fremmed, person(world.supervisor)):
        with pytest.raises(NotAllowed):
            actions.answer_moede(moede, svar="kommer", by=outsider)
    rest = {"minutter": 60, "sted": "Lokale 2", "runde": moede.runde, "tjek_ud_anonymt": True}
    with pytest.raises(NotAllowed):
        actions.change_moede(moede, start_at=moede.start_at, by=mette, **rest)
    with clock.travel(NU + MIN):
        assert actions.change_moede(moede, start_at=moede.start_at, by=leder, **rest) is False
        assert (
            sum(row.minutter for row in queries.list_dagsorden(moede)) == 60
        )  # nobody had touched the agenda
        assert not queries.list_naeste_moeder(viewer=mette)[0][2]
        assert actions.change_moede(moede, start_at=moede.start_at + 30 * MIN, by=leder, **rest) is True
        assert queries.list_naeste_moeder(viewer=mette)[0][2]  # moved: asked again
        event = queries.list_moedetider(mette, clock.now())[0]
        assert (event.starter_at, event.status, event.titel) == (
            moede.start_at,
            "CONFIRMED",
            "Læringsgruppemøde",
        )
        actions.cancel_moede(moede, by=leder)
    assert queries.list_moedetider(mette, clock.now())[0].status == "CANCELLED"
    assert queries.list_naeste_moeder(viewer=mette) == [(moede, "aflyst", False)]
    with pytest.raises(RuleBroken):
        actions.begin_moede(moede, by=leder)


def test_the_clock_survives_pauses_and_goes_back(gruppe: Laeringsgruppe, sqlite_world: World) -> None:
    world, moede = sqlite_world, call(gruppe, sqlite_world)
    leder = person(world.leder)
    with pytest.raises(NotAllowed):
        actions.begin_moede(moede, by=person(world.mette))
    with clock.travel(MOEDET):
        actions.begin_moede(moede, by=leder)
        first, second = queries.list_dagsorden(moede)[:2]

    def steer(after: int, handling: str) -> queries.Gang:
        with clock.travel(MOEDET + after * MIN):
            actions.steer_moede(moede, handling=handling, by=leder)
            return queries.get_gang(moede)

    def had(gang: queries.Gang, seconds: int) -> bool:
        """To ten seconds: the clocks run on while the acts are done."""
        return abs(gang.brugt_ms / 1000 - seconds) < 10

    gang = steer(3, "pause")
    assert (gang.punkt, gang.koerer) == (first, False)
    assert had(gang, 180)
    gang = steer(8, "genoptag")
    assert gang.koerer
    assert had(gang, 180)  # the pause does not count
    gang = steer(10, "forlaeng")
    assert gang.punkt.minutter == 20
    assert had(gang, 300)
    assert gang.minutter == 125
    assert gang.rest_min in (119, 120, 121)  # 125 on the agenda, 5 of them used
    gang = steer(11, "naeste_spoergsmaal")
    assert gang.spoergsmaal == rules.SLAGS["siden_sidst"].spoergsmaal[1]
    gang = steer(12, "naeste")
    assert (gang.punkt, gang.plads, gang.spoergsmaal_nr) == (second, 2, 0)
    assert had(gang, 0)
    gang = steer(13, "tilbage")
    assert gang.punkt is first
    assert had(gang, 420)  # goes on from what it had
    assert steer(14, "tilbage").punkt is first  # there is none before it
    with pytest.raises(RuleBroken):
        steer(14, "dans")
    with pytest.raises(NotAllowed):
        actions.steer_moede(moede, handling="naeste", by=person(world.mette))
    lines = [(row.id, rules.Punkt(row.slags, row.titel, 7)) for row in queries.list_dagsorden(moede)]
    actions.set_dagsorden(
        moede, punkter=[*reversed(lines), (None, rules.Punkt("pause", "Kaffe", 10))], by=leder
    )
    after = queries.list_dagsorden(moede)
    assert [row.id for row in after[:-1]] == [id_ for id_, _ in reversed(lines)]
    assert (after[-1].titel, [row.nr for row in after]) == ("Kaffe", list(range(1, 8)))
    with pytest.raises(RuleBroken, match="i gang med"):
        actions.set_dagsorden(moede, punkter=[line for line in lines if line[0] != first.id], by=leder)
    with clock.travel(MOEDET + 20 * MIN):
        actions.end_moede(moede, by=leder)
        assert queries.get_gang(moede).tilstand == "slut"
        with pytest.raises(RuleBroken):
            actions.steer_moede(moede, handling="naeste", by=leder)


def test_attendance_is_a_fact_of_the_round(gruppe: Laeringsgruppe, sqlite_world: World) -> None:
    world, moede = sqlite_world, call(gruppe, sqlite_world)
    leder, mette, jonas, aase = (person(world.people[name]) for name in ("leder", "mette", "jonas", "aase"))
    with pytest.raises(NotAllowed):
        actions.arrive(moede, by=person(world.fremmed))
    actions.arrive(moede, by=mette)
    actions.tick_fremmoede(moede, person_id=jonas.id, her=True, by=leder)
    actions.tick_fremmoede(moede, person_id=aase.id, her=True, by=leder)
    actions.tick_fremmoede(moede, person_id=aase.id, her=False, by=leder)
    with pytest.raises(NotAllowed):
        actions.tick_fremmoede(moede, person_id=world.fremmed, her=True, by=leder)
    with pytest.raises(NotAllowed):
        actions.tick_fremmoede(moede, person_id=aase.id, her=True, by=mette)
    assert queries.list_fremmoedte(moede) == [jonas, mette]
    runde = moede.runde
    assert not queries.har_deltaget(mette, runde)  # it was not held yet
    with clock.travel(MOEDET):
        actions.begin_moede(moede, by=leder)
    assert [queries.har_deltaget(one, runde) for one in (mette, jonas, aase, leder)] == [
        True,
        True,
        False,
        True,
    ]
    actions.remove_medlem(gruppe, person_id=jonas.id, by=leder)
    db.session.expire_all()
    assert queries.har_deltaget(jonas, runde)  # what was, was
    assert jonas.navn in [one.person.navn for one in queries.list_indkaldte(moede)]
    with pytest.raises(NotFound):
        queries.get_moede(moede.id, viewer=jonas)


def begun(gruppe: Laeringsgruppe, world: World) -> Moede:
    moede = call(gruppe, world)
    with clock.travel(MOEDET):
        actions.begin_moede(moede, by=person(world.leder))
    return moede


def test_the_picture_has_three_people_and_nobody_elses_figures(
    gruppe: Laeringsgruppe, sqlite_world: World
) -> None:
    world = sqlite_world
    add_noise(world)
    moede, leder = begun(gruppe, world), person(world.leder)
    own = {
        name: samtale_of(world, name, share)
        for name, share in zip(names(), (0.2, 0.4, 0.6, 0.8, 0.8), strict=True)
    }
    for name in ("mette", "jonas"):
        put(moede, world, name, own[name], samtale_of(world, name, 0.4, days=9))
    with pytest.raises(RuleBroken) as too_few:
        actions.show_billede(moede, by=leder)
    assert too_few.value.text == rules.IKKE_NU
    put(moede, world, "aase", own["aase"])
    with pytest.raises(NotAllowed):
        actions.show_billede(moede, by=person(world.mette))
    actions.show_billede(moede, by=leder)
    found = shown(moede, world, "mette")
    assert found is not None
    assert found["taletid"] == {
        "medarbejder": "ca. 40\xa0%",
        "borger": "ca. 60\xa0%",
    }  # (30 + 40 + 60) / 3 = 43
    assert found["kendetegn"] == {"k_tid": "under 1 gang"}
    assert shown(moede, world, "leder") == found
    assert shown(moede, world, "fremmed") is None
    put(moede, world, "medlem0", own["medlem0"])
    assert shown(moede, world, "mette") == found  # frozen
    with pytest.raises(RuleBroken) as too_near:
        actions.show_billede(moede, by=leder)  # 3 -> 4: the difference would be one person
    assert too_near.value.text == rules.IKKE_NU
    assert shown(moede, world, "mette") == found


def test_what_is_taken_back_takes_the_picture_along(gruppe: Laeringsgruppe, sqlite_world: World) -> None:
    world = sqlite_world
    moede, leder, mette = begun(gruppe, world), person(world.leder), person(world.mette)
    for name, share in zip(names()[:4], (0.2, 0.4, 0.6, 0.8), strict=True):
        put(moede, world, name, samtale_of(world, name, share))
    billede = actions.show_billede(moede, by=leder)
    frozen = [part.noegle for part in queries.read_billede(billede)]
    assert frozen == ["taletid", "faser", "ugu", "kendetegn"]
    mine = queries.list_mit_paa_bordet(moede, viewer=mette)[0]
    with pytest.raises(NotFound):
        queries.get_mit_paa_bordet(mine.id, viewer=person(world.jonas))
    with pytest.raises(NotAllowed):
        actions.take_back(mine, by=leder)
    actions.take_back(mine, by=mette)
    assert shown(moede, world, "jonas") is None
    assert billede.tal is None  # the figures are gone, not hidden
    assert billede.skjult_at is not None
    assert queries.list_mit_paa_bordet(moede, viewer=mette) == []
    with pytest.raises(RuleBroken):
        actions.show_billede(moede, by=leder)  # 4 -> 3: the difference would be Mette's
    for name in ("jonas", "aase"):  # three changes in all: nothing can be worked out as one person's
        put(moede, world, name, samtale_of(world, name, 0.5, days=8))
    actions.show_billede(moede, by=leder)
    assert shown(moede, world, "jonas") is not None
    verbs = {row.handling for row in db.session.query(Historik).filter_by(genstand="gruppebillede")}
    assert verbs == {"vis", "skjul"}


def test_only_ones_own_goes_on_the_table(gruppe: Laeringsgruppe, sqlite_world: World) -> None:
    world = sqlite_world
    moede = begun(gruppe, world)
    mine, practice = samtale_of(world, "mette", 0.5), samtale_of(world, "mette", 0.5, days=3)
    practice.kontrakt.samtale.type = "oevelse"
    kept_back = samtale_of(world, "mette", 0.5, days=2)
    kept_back.overdraget_at = None
    theirs = samtale_of(world, "jonas", 0.5)
    db.session.flush()
    mette = person(world.mette)
    assert queries.list_egne_samtaler(moede, viewer=mette) == [mine]
    for wrong in (theirs, practice, kept_back):
        with pytest.raises(RuleBroken):
            put(moede, world, "mette", wrong)
    with pytest.raises(RuleBroken):
        put(moede, world, "mette")
    for outsider in ("fremmed", "leder", "supervisor"):
        with pytest.raises(NotAllowed):
            put(moede, world, outsider, mine)
    put(moede, world, "mette", mine)
    with pytest.raises(RuleBroken):
        put(moede, world, "mette", mine)
    actions.leave_gruppe(gruppe, by=mette)
    assert db.session.query(PaaBordet).filter_by(person_id=mette.id).count() == 0
    with clock.travel(MOEDET + MIN):
        actions.end_moede(moede, by=person(world.leder))
        with pytest.raises(RuleBroken):
            put(moede, world, "jonas", theirs)


def test_whoever_could_see_a_picture_is_remembered(gruppe: Laeringsgruppe, sqlite_world: World) -> None:
    world = sqlite_world
    runde = gruppe.runder[0]
    latecomer = gruppe.medlemmer[-1].person
    actions.remove_medlem(gruppe, person_id=latecomer.id, by=person(world.leder))
    db.session.expire_all()
    moede = begun(gruppe, world)
    own = {name: samtale_of(world, name, 0.5) for name in ("mette", "jonas", "aase")}
    old = samtale_of(world, "mette", 0.5, days=60)
    for name, observation in own.items():
        put(moede, world, name, observation)
    put(moede, world, "mette", old)
    assert queries.list_kendte(person(world.leder), runde) == set()
    actions.show_billede(moede, by=person(world.leder))
    known = {world.mette, world.jonas, world.aase}
    assert queries.list_kendte(person(world.leder), runde) == known
    assert queries.list_kendte(person(world.mette), runde) == known - {world.mette}
    assert queries.list_kendte(person(world.sydleder), runde) == set()
    actions.hide_billede(moede, by=person(world.leder))
    actions.add_medlem(gruppe, person=latecomer, by=person(world.leder))
    assert queries.list_kendte(person(world.leder), runde) == known  # what was seen is known
    assert queries.list_kendte(latecomer, runde) == set()
    actions.show_billede(moede, by=person(world.leder))
    assert shown(moede, world, latecomer.navn.lower().replace(" ", "")) is not None
    assert queries.list_kendte(latecomer, runde) == known
    assert db.session.query(Billedbidrag).count() == 8
    assert db.session.query(Gruppebillede).filter(Gruppebillede.tal.is_not(None)).count() == 1
