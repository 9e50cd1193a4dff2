"""Who may note what was used, and when; what is private stays so; and the count of the tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from made_up_logs import MINUTE, log
from observed import from_file, observe
from people import World
from sqlalchemy.exc import IntegrityError

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.history import Historik
from supervision.katalog import actions as katalog
from supervision.observationer.actions import registrering as actions
from supervision.observationer.models import Observation, Registrering
from supervision.observationer.queries import get_observation
from supervision.observationer.queries.redskaber import count_redskaber
from supervision.observationer.queries.registreringer import (
    get_brugt,
    get_emnetid,
    get_registrering,
    get_tilbud,
    omgivelser_of,
)
from supervision.observationer.queries.samarbejde import list_andre_i_samtalen
from supervision.personer.models import Organisation, Person
from supervision.problems import NotAllowed, NotFound, RuleBroken

LOG = log(
    (30_000, "ur", "start"),
    (MINUTE, "emne", "1"),
    (5 * MINUTE, "emne", "2"),
    (20 * MINUTE, "ur", "slut"),
)
AFTALE = {"talt_om": ["S", "T"], "smart_a": "attraktiv"}
SKALA = {"interval": "1-10", "vaerdi": 4, "om": "tro"}


def person(world: World, name: str) -> Person:
    return db.session.get_one(Person, world.people[name])


def observation(world: World, **how: Any) -> Observation:
    return db.session.get_one(Observation, observe(world, LOG, **how))


def note(row: Observation, slags: str, data: dict[str, Any], by: Person, **more: Any) -> Registrering:
    return actions.note_used(
        observation=row, slags=slags, new_id=more.pop("new_id", uuid4()), data=data, by=by, **more
    )


def hand_over(row: Observation) -> None:
    row.overdraget_at = row.afsluttet_at
    db.session.flush()


def faelles(world: World, **how: Any) -> Observation:
    row = observation(world, **how)
    assert row.kontrakt is not None
    row.kontrakt.samtale.type = "faellessamtale"
    db.session.flush()
    return row


def test_noting_changing_and_removing(context: Flask, world: World) -> None:
    row, jonas = observation(world), person(world, "jonas")
    new_id = uuid4()
    first = note(row, "aftale", AFTALE, jonas, new_id=new_id, t_ms=MINUTE)
    assert note(row, "aftale", AFTALE, jonas, new_id=new_id, t_ms=MINUTE) is first, "sent twice"
    second = note(row, "aftale", {**AFTALE, "talt_om": ["R"]}, jonas)
    assert (first.nr, second.nr, first.privat) == (1, 2, False)
    skala = note(row, "skala", SKALA, jonas)
    actions.change_used(registrering=skala, data={**SKALA, "vaerdi": 7}, by=jonas)
    actions.change_used(registrering=skala, data={**SKALA, "vaerdi": 7}, by=jonas)
    actions.remove_used(registrering=first, by=jonas)
    db.session.commit()
    brugt = get_brugt(row, viewer=jonas)
    assert [(n.registrering.slags, n.registrering.nr) for n in brugt.noter] == [("skala", 1), ("aftale", 2)]
    assert brugt.noter[0].data["vaerdi"] == 7
    verbs = [h.handling for h in db.session.query(Historik).filter(Historik.genstand == "registrering")]
    assert sorted(verbs) == ["fjernede_registrering", *["noterede_registrering"] * 3, "rettede_registrering"]


def test_what_a_log_has_one_of_is_changed_instead(context: Flask, world: World) -> None:
    row, jonas = observation(world), person(world, "jonas")
    first = note(row, "antonovsky", {"begribelighed": "hoert"}, jonas)
    assert note(row, "antonovsky", {"begribelighed": "ved_ikke"}, jonas) is first
    assert first.data == {"begribelighed": "ved_ikke"}
    for _ in range(4):
        note(row, "plus_minus", {"variant": "en", "plus": 1}, jonas)
    with pytest.raises(RuleBroken, match="højst stå 4"):
        note(row, "plus_minus", {"variant": "en", "plus": 1}, jonas)


@pytest.mark.parametrize("name", ["mette", "aase", "leder", "administrator"])
def test_nobody_but_the_observatoer_notes(context: Flask, world: World, name: str) -> None:
    row, other = observation(world), person(world, name)
    noted = note(row, "skala", SKALA, person(world, "jonas"))
    for act in (
        lambda: note(row, "skala", SKALA, other),
        lambda: actions.change_used(registrering=noted, data=SKALA, by=other),
        lambda: actions.remove_used(registrering=noted, by=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        get_registrering(noted.id, viewer=other)


def test_only_between_the_end_and_the_handing_over(context: Flask, world: World) -> None:
    jonas = person(world, "jonas")
    running = observation(world, ended=False)
    with pytest.raises(RuleBroken, match="kører endnu"):
        note(running, "skala", SKALA, jonas)
    row = observation(world)
    noted = note(row, "skala", SKALA, jonas)
    hand_over(row)
    late: tuple[Callable[[], object], ...] = (
        lambda: note(row, "skala", SKALA, jonas),
        lambda: actions.change_used(registrering=noted, data={**SKALA, "vaerdi": 9}, by=jonas),
        lambda: actions.remove_used(registrering=noted, by=jonas),
    )
    for act in late:
        with pytest.raises(RuleBroken, match="ligger fast"):
            act()
    imported = db.session.get_one(Observation, from_file(world, LOG))
    with pytest.raises(NotAllowed):
        note(imported, "skala", SKALA, jonas)
    assert noted.data == SKALA


def test_data_and_times_that_are_not_of_the_log(context: Flask, world: World) -> None:
    row, jonas = observation(world), person(world, "jonas")
    with pytest.raises(NotFound):
        note(row, "karakter", {}, jonas)
    with pytest.raises(NotFound):
        note(row, "relationel", {"maal": "ja"}, jonas)
    for slags, data, t_ms, field in (
        ("skala", {**SKALA, "om": "fri tekst"}, None, "om"),
        ("skala", SKALA, 20 * MINUTE + 1, "tid"),
        ("skala", SKALA, 29_999, "tid"),
        ("antonovsky", {"begribelighed": "hoert"}, MINUTE, None),
        ("emner", {"maal_3": "jobmaal"}, None, "maal_3"),
    ):
        with pytest.raises(RuleBroken) as problem:
            note(row, slags, data, jonas, t_ms=t_ms)
        assert problem.value.field == field
    assert note(row, "skala", SKALA, jonas, t_ms=20 * MINUTE).t_ms == 20 * MINUTE
    assert get_brugt(row, viewer=jonas).noter[0].tid_ms == 20 * MINUTE - 30_000
    assert db.session.query(Registrering).count() == 1


def test_the_private_never_reach_the_fokusperson(context: Flask, world: World) -> None:
    row, jonas, mette = observation(world), person(world, "jonas"), person(world, "mette")
    note(row, "stadie", {"stadie": "overvejelse"}, jonas)
    note(row, "mi_aand", {"variant": "tre", "autonomi": "hoert"}, jonas, variant="tre")
    note(row, "skala", SKALA, jonas)
    hand_over(row)
    db.session.commit()
    theirs = get_brugt(get_observation(row.id, viewer=mette), viewer=mette)
    assert [n.registrering.slags for n in theirs.noter] == ["skala"]
    assert theirs.private == ()
    assert [n.registrering.slags for n in get_brugt(row, viewer=jonas).private] == ["mi_aand", "stadie"]
    stadie = db.session.query(Registrering).filter_by(slags="stadie").one()
    stadie.privat = False
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_seven_elements_are_the_fokuspersons_until_shown(context: Flask, world: World) -> None:
    row, jonas, mette = faelles(world), person(world, "jonas"), person(world, "mette")
    data = {"maal": "ja", "korrekt": "ikke"}
    with pytest.raises(NotAllowed):
        actions.note_samarbejde(observation=row, data=data, by=mette)
    hand_over(row)
    with pytest.raises(NotAllowed):
        actions.note_samarbejde(observation=row, data=data, by=jonas)
    for act in (actions.remove_samarbejde, lambda **how: actions.show_samarbejde(show=True, **how)):
        with pytest.raises(NotFound):
            act(observation=row, by=mette)
    own = actions.note_samarbejde(observation=row, data=data, by=mette)
    assert own.privat
    assert list_andre_i_samtalen(row, viewer=mette) == [jonas.navn]
    assert get_brugt(row, viewer=mette).samarbejde is not None
    assert not get_brugt(row, viewer=jonas)
    actions.show_samarbejde(observation=row, show=True, by=mette)
    assert [n.registrering.person.id for n in get_brugt(row, viewer=jonas).vist] == [mette.id]
    assert get_brugt(row, viewer=mette).vist == ()
    assert get_brugt(row, viewer=jonas).noter == ()
    again = actions.note_samarbejde(observation=row, data={"maal": "delvist"}, by=mette)
    assert (again.id, again.data) == (own.id, {"maal": "delvist"})
    with pytest.raises(NotAllowed):
        actions.show_samarbejde(observation=row, show=False, by=jonas)
    actions.show_samarbejde(observation=row, show=False, by=mette)
    assert not get_brugt(row, viewer=jonas)
    actions.remove_samarbejde(observation=row, by=mette)
    assert get_brugt(row, viewer=mette).samarbejde is None


def test_the_other_fokusperson_of_the_samtale_sees_what_is_shown(context: Flask, world: World) -> None:
    row, mette, aase = faelles(world), person(world, "mette"), person(world, "aase")
    other = observation(world, fokusperson="aase", observatoer="leder")
    noise = faelles(world, fokusperson="aase", observatoer="leder")
    kontrakt = db.session.get_one(FeedbackKontrakt, other.kontrakt_id)
    assert row.kontrakt is not None
    kontrakt.samtale_id = row.kontrakt.samtale_id
    db.session.flush()
    db.session.refresh(other)
    db.session.refresh(kontrakt)
    for one in (row, other, noise):
        hand_over(one)
    actions.note_samarbejde(observation=row, data={"maal": "ja"}, by=mette)
    assert get_brugt(other, viewer=aase).vist == ()
    actions.show_samarbejde(observation=row, show=True, by=mette)
    assert [n.ord for n in get_brugt(other, viewer=aase).vist] == [("Det kunne jeg genkende: fælles mål.",)]
    assert get_brugt(noise, viewer=aase).vist == (), "another samtale"
    assert set(list_andre_i_samtalen(row, viewer=mette)) == {
        person(world, name).navn for name in ("jonas", "aase", "leder")
    }


def test_a_samtale_held_by_one_has_no_seven_elements(context: Flask, world: World) -> None:
    row = observation(world, handed_over=True)
    with pytest.raises(NotAllowed):
        actions.note_samarbejde(observation=row, data={"maal": "ja"}, by=person(world, "mette"))


def test_tools_are_counted_once_a_samtale_and_only_ones_own(context: Flask, world: World) -> None:
    jonas, mette = person(world, "jonas"), person(world, "mette")
    rows = [
        observation(world),
        observation(world),
        observation(world, fokusperson="aase"),
        observation(world),
    ]
    for row, nr in zip(rows, (1, 2, 2, None), strict=True):
        assert row.kontrakt is not None
        row.kontrakt.samtale.forloeb_nr = nr
        note(row, "redskab", {"redskab": "bala"}, jonas, variant="bala")
        note(row, "redskab", {"redskab": "bala"}, jonas, variant="bala")
        note(row, "abc", {"talt_om": ["A"], **_abc(row)}, jonas)
    note(rows[0], "aftale", {"hvem": "borger", "smart_a": "attraktiv"}, jonas)
    note(rows[1], "aftale", AFTALE, jonas)
    for row in rows[:3]:
        hand_over(row)
    db.session.commit()

    def counted(viewer: Person, nr: str = "") -> dict[str, tuple[int, int]]:
        rows = count_redskaber(viewer=viewer, nr=nr)
        return {r.redskab.key: (r.egne, r.observerede) for r in rows if r.egne or r.observerede}

    assert counted(jonas) == {"bala": (0, 4), "abc": (0, 4), "smart": (0, 1)}
    assert counted(mette) == {"bala": (2, 0), "abc": (2, 0), "smart": (1, 0)}
    assert counted(mette, "1") == {"bala": (1, 0), "abc": (1, 0)}
    assert counted(person(world, "leder")) == {}
    assert len(count_redskaber(viewer=person(world, "leder"))) == 24, "every tool stands there, with its 0"
    assert counted(jonas, "uden") == {"bala": (0, 1), "abc": (0, 1)}


def _abc(row: Observation) -> dict[str, str]:
    return {"brug": abc} if (abc := omgivelser_of(row).abc) else {}


def test_the_offer_and_the_time_of_the_emner(context: Flask, world: World) -> None:
    row, jonas, mette = observation(world), person(world, "jonas"), person(world, "mette")
    offered = get_tilbud(row)
    assert [slags for slags, _ in offered.foerst][:4] == ["skala", "aftale", "mi_aand", "stadie"]
    assert "emner" in offered.andre
    assert get_emnetid(row, viewer=jonas) is None
    note(row, "emner", {"maal_1": "sagsmaal", "maal_2": "jobmaal"}, jonas)
    found = get_emnetid(row, viewer=mette)
    assert found is not None
    assert [(d.kode, d.andel) for d in found.maal][:2] == [("jobmaal", 0.7895), ("sagsmaal", 0.2105)]
    without = db.session.get_one(Observation, observe(world, log((0, "ur", "start"), (MINUTE, "ur", "slut"))))
    assert "emner" not in [*get_tilbud(without).andre, *(slags for slags, _ in get_tilbud(without).foerst)]
    assert isinstance(row.id, UUID)


def test_a_copy_of_a_skabelon_offers_what_its_original_does(context: Flask, world: World) -> None:
    row, admin = observation(world), person(world, "administrator")
    assert row.kontrakt is not None
    house = db.session.get_one(Organisation, row.organisation_id)
    own = katalog.copy_original(house, by=admin, slags="skabelon", key="cabi_9_trin")
    katalog.save_kladde(own, by=admin, indhold={**own.indhold, "navn": "Vores ni trin"})
    katalog.publish(own, by=admin, aendret="Vores navn")
    row.kontrakt.skabelon, row.kontrakt.skabelon_version = own.key, own.version
    db.session.flush()
    assert omgivelser_of(row).skabelon == "cabi_9_trin"
    assert [slags for slags, _ in get_tilbud(row).foerst][:4] == [
        "emner",
        "skala",
        "plus_minus",
        "antonovsky",
    ]
