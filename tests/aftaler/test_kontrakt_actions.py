"""Making, changing, accepting, withdrawing, locking: on both engines, with other kontrakter lying about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from kontrakter import FOKUS, KODER, make_kontrakt, person, samtale_trin
from people import World
from sqlalchemy import select

from supervision import clock
from supervision.aftaler import actions, queries, rules
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.history import Historik
from supervision.katalog.content import load_katalog
from supervision.problems import NotFound, RuleBroken

pytestmark = pytest.mark.usefixtures("context")


def agree(kontrakt: FeedbackKontrakt) -> None:
    actions.say_yes(kontrakt, by=kontrakt.fokusperson)
    actions.say_yes(kontrakt, by=kontrakt.observatoer)


def kendetegn_trin(*koder: str) -> rules.KendetegnTrin:
    return rules.KendetegnTrin(koder, "gm_cabi", None)


def test_both_say_yes_and_a_change_asks_both_again(world: World) -> None:
    kontrakt = make_kontrakt(world)
    assert rules.tilstand(kontrakt) == "kladde"
    agree(kontrakt)
    assert rules.tilstand(kontrakt) == "klar"
    assert actions.change_kontrakt(kontrakt, by=kontrakt.observatoer, to=rules.FokusTrin(("Noget andet",)))
    assert (rules.tilstand(kontrakt), kontrakt.udgave) == ("kladde", 2)
    actions.say_yes(kontrakt, by=kontrakt.observatoer)
    assert rules.tilstand(kontrakt) == "venter"
    agree(kontrakt)
    assert rules.tilstand(kontrakt) == "klar"


def test_writing_a_draft_raises_no_version(world: World) -> None:
    kontrakt = make_kontrakt(world)
    for text in ("N", "No", "Nog", "Noget"):
        assert not actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=rules.FokusTrin((text,)))
    assert kontrakt.udgave == 1
    assert [punkt.tekst for punkt in kontrakt.fokuspunkter] == ["Noget"]
    assert "ret_kontrakt" not in _history(kontrakt)


def test_the_same_content_changes_nothing(world: World) -> None:
    kontrakt = make_kontrakt(world)
    agree(kontrakt)
    before = kontrakt.aendret_at
    for trin in queries.read_trin(kontrakt).values():
        assert not actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=trin)
    assert (kontrakt.udgave, kontrakt.aendret_at, rules.tilstand(kontrakt)) == (1, before, "klar")


def test_the_citizens_answer_leaves_the_yeses_alone(world: World) -> None:
    kontrakt = make_kontrakt(world)
    agree(kontrakt)
    frame = queries.read_trin(kontrakt)["aftaler"]
    assert isinstance(frame, rules.AftaleTrin)
    assert not actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=replace(frame, borger_ja=False))
    assert (kontrakt.borger_ja, rules.tilstand(kontrakt)) == (False, "klar")
    with pytest.raises(RuleBroken, match="Borgeren har sagt nej"):
        queries.get_kontrakt_to_record(kontrakt.id, viewer=kontrakt.observatoer)


def test_a_yes_needs_a_whole_kontrakt(world: World) -> None:
    kontrakt = make_kontrakt(world, fokus="")
    with pytest.raises(RuleBroken, match=r"Kontrakten mangler et fokus. Skriv mindst ét\."):
        actions.say_yes(kontrakt, by=kontrakt.observatoer)
    supervision = make_kontrakt(world, observatoer="supervisor", slags="supervision", maal="Et mål")
    with pytest.raises(RuleBroken, match="mangler redskaber"):
        actions.say_yes(supervision, by=supervision.fokusperson)


def test_a_yes_is_to_what_was_read(world: World) -> None:
    kontrakt = make_kontrakt(world)
    read = queries.content_version(kontrakt)
    actions.change_kontrakt(kontrakt, by=kontrakt.observatoer, to=rules.FokusTrin(("Byttet ud",)))
    with pytest.raises(RuleBroken, match="Læs den igen"):
        actions.say_yes(kontrakt, by=kontrakt.fokusperson, seen=read)
    actions.say_yes(kontrakt, by=kontrakt.fokusperson, seen=queries.content_version(kontrakt))
    actions.say_yes(kontrakt, by=kontrakt.fokusperson)
    assert len(kontrakt.jaer) == 1


@pytest.mark.parametrize("who", ["mette", "jonas"])
def test_either_may_withdraw_and_then_nothing_changes(world: World, who: str) -> None:
    kontrakt = make_kontrakt(world)
    agree(kontrakt)
    actions.withdraw(kontrakt, by=person(world.people[who]))
    assert (rules.tilstand(kontrakt), kontrakt.trukket_af) == ("trukket", world.people[who])
    first = kontrakt.trukket_at
    actions.withdraw(kontrakt, by=kontrakt.fokusperson)
    assert kontrakt.trukket_at == first
    for forbidden in (
        lambda: actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=rules.FokusTrin(("x",))),
        lambda: actions.say_yes(kontrakt, by=kontrakt.fokusperson),
        lambda: actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key="cabi_9_trin"),
        lambda: actions.lock_kontrakt(kontrakt, by=kontrakt.observatoer),
    ):
        with pytest.raises(RuleBroken):
            forbidden()


def test_after_the_recorder_was_started_it_stands(world: World) -> None:
    kontrakt = make_kontrakt(world)
    with pytest.raises(RuleBroken, match="begge har sagt ja"):
        actions.lock_kontrakt(kontrakt, by=kontrakt.observatoer)
    agree(kontrakt)
    actions.lock_kontrakt(kontrakt, by=kontrakt.observatoer)
    first = kontrakt.laast_at
    actions.lock_kontrakt(kontrakt, by=kontrakt.observatoer)
    assert (kontrakt.laast_at, rules.tilstand(kontrakt)) == (first, "i_gang")
    for forbidden in (
        lambda: actions.change_kontrakt(kontrakt, by=kontrakt.observatoer, to=rules.FokusTrin(("x",))),
        lambda: actions.say_yes(kontrakt, by=kontrakt.observatoer),
        lambda: actions.withdraw(kontrakt, by=kontrakt.observatoer),
    ):
        with pytest.raises(RuleBroken, match="Optageren har været startet"):
            forbidden()
    assert queries.get_kontrakt_to_record(kontrakt.id, viewer=kontrakt.observatoer) is kontrakt


def test_the_order_of_the_kendetegn_can_be_turned_round(world: World) -> None:
    kontrakt = make_kontrakt(world)
    for koder in (KODER, KODER[::-1], KODER[1:], (KODER[2], KODER[0], KODER[1])):
        actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=kendetegn_trin(*koder))
        db.session.expire_all()
        assert tuple(tegn.kode for tegn in kontrakt.kendetegn) == koder


def test_a_chosen_kendetegn_keeps_the_words_it_was_agreed_with(world: World) -> None:
    kontrakt = make_kontrakt(world)
    actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=kendetegn_trin(*KODER))
    kontrakt.kendetegn[0].tekst = "Ordene, som de var dengang"
    db.session.flush()
    actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=kendetegn_trin(*KODER[::-1]))
    assert kontrakt.kendetegn[2].tekst == "Ordene, som de var dengang"


@pytest.mark.parametrize("koder", [("findes_ikke",), ("aab_hv", "aab_hv")])
def test_an_unknown_or_repeated_kendetegn_is_refused(world: World, koder: tuple[str, ...]) -> None:
    kontrakt = make_kontrakt(world)
    with pytest.raises(RuleBroken):
        actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=kendetegn_trin(*koder))


def test_every_skabelon_can_be_taken_and_shown(world: World) -> None:
    kontrakt = make_kontrakt(world)
    for skabelon in load_katalog().skabeloner:
        actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key=skabelon.key)
        screen: Any = queries.recorder_screen(kontrakt)
        assert [tegn["kode"] for tegn in screen["kendetegn"]] == list(skabelon.kendetegn)
        assert {part["kode"] for part in screen["parter"]} == set(skabelon.parter)
        assert [fase["niveau"] for fase in screen["faser"]] == ["proces", "indhold", "proces", "proces"]
    with pytest.raises(RuleBroken, match="Skabelonen findes ikke"):
        actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key="egen")


def test_a_skabelon_on_an_accepted_kontrakt_asks_again_once(world: World) -> None:
    kontrakt = make_kontrakt(world)
    agree(kontrakt)
    assert actions.take_skabelon(kontrakt, by=kontrakt.fokusperson, key="faellessamtale")
    assert (kontrakt.udgave, kontrakt.parter) == (2, ["medarbejder", "borger", "medarbejder2"])


def test_the_screen_is_what_was_agreed(world: World) -> None:
    kontrakt = make_kontrakt(world)
    actions.change_kontrakt(kontrakt, by=kontrakt.fokusperson, to=kendetegn_trin(*KODER))
    screen: Any = queries.recorder_screen(kontrakt)
    tomorrow = clock.today() + timedelta(days=1)
    assert screen["fokus"] == [FOKUS]
    assert screen["starter_at"].startswith(f"{tomorrow}T10:30:00+0")
    assert screen["parter"] == [
        {"kode": "medarbejder", "navn": "Medarbejder"},
        {"kode": "borger", "navn": "Borger"},
    ]
    assert screen["faser"][2]["navn"] == "Genforhandling"
    assert screen["faser"][0]["elementer"][0] == {"kode": "kontrakt.emne", "navn": "Emne"}
    assert [tegn["kode"] for tegn in screen["kendetegn"]] == list(KODER)
    assert (screen["fokusperson_fornavn"], screen["observatoer_fornavn"]) == ("Mette", "Jonas")
    assert (screen["laengde_min"], screen["samtaletype"], screen["udenfor"]) == (45, "Individuel samtale", "")


def test_only_the_two_find_it(world: World) -> None:
    own = make_kontrakt(world)
    for noise in ("noise", "leder", "administrator", "supervisor", "fremmed", "aase"):
        with pytest.raises(NotFound):
            queries.get_kontrakt(own.id, viewer=person(world.people[noise]))
    with pytest.raises(NotFound):
        queries.get_kontrakt(uuid4(), viewer=own.fokusperson)
    agree(own)
    with pytest.raises(NotFound):
        queries.get_kontrakt_to_record(own.id, viewer=own.fokusperson)


def test_the_list_is_the_own_in_the_order_of_the_clock(world: World) -> None:
    day = clock.today()
    later = make_kontrakt(world, dato=day + timedelta(days=9))
    sooner = make_kontrakt(world, "jonas", "mette", dato=day + timedelta(days=2))
    make_kontrakt(world, "aase", "jonas")
    make_kontrakt(world, "fremmed", "leder")
    make_kontrakt(world, "noise", "anden_supervisor")
    found = queries.list_kontrakter(viewer=person(world.mette))
    assert [kontrakt.id for kontrakt in found] == [sooner.id, later.id]


def test_it_lives_in_the_fokuspersons_organisation(world: World) -> None:
    kontrakt = make_kontrakt(world, "mette", "supervisor")
    assert kontrakt.organisation_id == kontrakt.samtale.organisation_id == world.organisations["jobcenter"]


def test_one_cannot_make_it_for_two_others(world: World) -> None:
    with pytest.raises(RuleBroken):
        actions.create_kontrakt(
            by=person(world.aase),
            fokusperson=person(world.mette),
            observatoer=person(world.jonas),
            samtale=samtale_trin(),
        )
    mette = person(world.mette)
    with pytest.raises(RuleBroken):
        actions.create_kontrakt(by=mette, fokusperson=mette, observatoer=mette, samtale=samtale_trin())


def test_what_was_done_is_in_the_history(world: World) -> None:
    kontrakt = make_kontrakt(world)
    agree(kontrakt)
    actions.change_kontrakt(kontrakt, by=kontrakt.observatoer, to=rules.FokusTrin(("x",)))
    agree(kontrakt)
    actions.lock_kontrakt(kontrakt, by=kontrakt.observatoer)
    assert _history(kontrakt) == [
        "opret_kontrakt", "sig_ja", "sig_ja", "ret_kontrakt", "sig_ja", "sig_ja", "laas_kontrakt",
    ]  # fmt: skip


def _history(kontrakt: FeedbackKontrakt) -> list[str]:
    noted = select(Historik.handling).where(Historik.genstand_id == kontrakt.id).order_by(Historik.at)
    return list(db.session.scalars(noted))
