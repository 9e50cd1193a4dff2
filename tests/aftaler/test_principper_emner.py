"""A focus tagged with a local principle, and the emneliste of a numbered samtale."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from kontrakter import FOKUS, look, make_kontrakt, opened, person, samtale_trin, save, stored
from people import World
from web import Browser

from supervision.aftaler import actions, queries, rules
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.aftaler.rules import forloeb
from supervision.db import db
from supervision.history import Historik
from supervision.katalog.actions import principper
from supervision.problems import NotAllowed, RuleBroken

A, B = UUID(int=1), UUID(int=2)
ASK_FIRST, KEEP_WORD = "Vi spørger, før vi svarer", "Vi holder, hvad vi lover"


@contextmanager
def changing(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.commit()
        db.session.remove()


def make_principper(app: Flask, world: World) -> dict[str, UUID]:
    """Two principles of the jobcenter, by their words; noise: one of the a-kasse."""
    with changing(app):
        admin = person(world.administrator)
        return {
            tekst: principper.create_princip(
                organisation_id=world.organisations[where], tekst=tekst, by=admin
            ).id
            for where, tekst in (("jobcenter", ASK_FIRST), ("jobcenter", KEEP_WORD), ("a_kasse", "Fremmed"))
        }


# --- the rules -------------------------------------------------------------------------------------------------------


def test_a_step_with_and_without_principles_has_one_form() -> None:
    plain = rules.FokusTrin(("a", "b"))
    assert rules.FokusTrin.of([("a", None), ("b", None)]) == plain
    tagged = rules.FokusTrin.of([("a", None), ("b", B), ("c", None)])
    assert (tagged.fokus, tagged.principper) == (("a", "b", "c"), (None, B))
    assert tagged.pairs() == [("a", None), ("b", B), ("c", None)]
    assert rules.asks_again(plain, rules.FokusTrin.of([("a", A), ("b", None)]))
    assert rules.fingerprint(plain) != rules.fingerprint(rules.FokusTrin.of([("a", A), ("b", None)]))
    assert [fejl.field for fejl in rules.list_fejl(tagged, principper={A})] == ["principper-1"]
    assert rules.list_fejl(tagged, principper={A, B}) == []


def test_what_stands_keeps_its_words_and_its_choice() -> None:
    class Tag:
        princip_id, princip_tekst = A, "Som aftalt"

    class Untagged:
        princip_id, princip_tekst = None, None

    assert rules.principper_at_vaelge([(A, "Nye ord"), (B, "Et andet")], [Tag(), Untagged()]) == {
        A: "Som aftalt",
        B: "Et andet",
    }
    assert rules.principper_at_vaelge([(B, "Et andet")], [Tag()]) == {B: "Et andet", A: "Som aftalt"}
    assert rules.med_princip("Fokus", None) == "Fokus"
    assert rules.med_princip("Fokus", "Ord") == "Fokus (Princip: Ord)"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("", ""), ("2", "2"), (" 02 ", "2"), ("uden", "uden"), ("0", ""), ("31", ""), ("-1", ""), ("²", ""), ("alle", "")],
)  # fmt: skip
def test_the_number_in_an_address(typed: str, read: str) -> None:
    assert rules.read_nr(typed) == read


def test_numbers_stand_in_their_own_order_with_honest_counts() -> None:
    row = rules.list_nr_valg({3: 1, 1: 2, None: 4, 10: 9}, "3")
    assert [(one.vaerdi, one.navn, one.antal, one.valgt) for one in row] == [
        ("", "Alle", 16, False),
        ("1", "1. samtale", 2, False),
        ("3", "3. samtale", 1, True),
        ("10", "10. samtale", 9, False),
        ("uden", "Uden nummer", 4, False),
    ]
    assert rules.list_nr_valg({None: 4}, "") == rules.list_nr_valg({}, "uden") == []
    chosen = rules.list_nr_valg({1: 2}, "5")
    assert [(one.vaerdi, one.antal) for one in chosen] == [("", 2), ("1", 2), ("5", 0)]
    assert rules.holds_nr("2", 2)
    assert not rules.holds_nr("2", None)
    assert rules.holds_nr("uden", None)
    assert rules.holds_nr("", 7)


def test_only_a_numbered_samtale_with_a_citizen_has_a_list() -> None:
    assert rules.har_emneliste(1, "cv_samtale")
    assert not rules.har_emneliste(None, "individuel")
    assert not any(rules.har_emneliste(1, kind) for kind in forloeb.UDEN_EMNELISTE)
    assert set(forloeb.UDEN_EMNELISTE) < set(rules.SAMTALE_TYPER)
    assert rules.planned({"c", "a"}, ["a", "b", "c"]) == ["a", "c"]
    with pytest.raises(RuleBroken):
        rules.planned({"d"}, ["a"])


# --- principles, stored ----------------------------------------------------------------------------------------------


def test_a_kontrakt_reads_as_it_did(app: Flask, world: World) -> None:
    ids = make_principper(app, world)
    with changing(app):
        mette, admin = person(world.mette), person(world.administrator)
        kontrakt = make_kontrakt(world)
        for one in (mette, person(world.jonas)):
            actions.say_yes(kontrakt, by=one)
        tagged = rules.FokusTrin.of([(FOKUS, ids[ASK_FIRST]), ("Pauserne", None)])
        assert actions.change_kontrakt(
            kontrakt, by=mette, to=tagged
        )  # a part of the focus: both are asked again
        assert not actions.change_kontrakt(kontrakt, by=mette, to=tagged)
        assert queries.read_trin(kontrakt)["fokus"] == tagged

        princip = db.session.get(principper.Princip, ids[ASK_FIRST])
        assert princip is not None
        principper.change_princip(princip, tekst="Vi lytter", forklaring="", by=admin)
        principper.take_out_princip(princip, by=admin)
        moved = rules.FokusTrin.of([("Pauserne", None), (FOKUS, ids[ASK_FIRST])])
        actions.change_kontrakt(kontrakt, by=mette, to=moved)
        assert [punkt.princip_tekst for punkt in kontrakt.fokuspunkter] == [None, ASK_FIRST]
        assert queries.recorder_screen(kontrakt)["fokus"] == ["Pauserne", f"{FOKUS} (Princip: {ASK_FIRST})"]

        copy = actions.add_observatoer(
            kontrakt, by=mette, observatoer=person(world.aase), slags="kollegial", kopier=True
        )
        assert [punkt.princip_tekst for punkt in copy.fokuspunkter] == [None, ASK_FIRST]
        other = make_kontrakt(world, "jonas", "mette")
        for wrong in (ids[ASK_FIRST], ids["Fremmed"], uuid4()):  # out of use, somebody else's, nobody's
            with pytest.raises(RuleBroken) as problem:
                actions.change_kontrakt(
                    other, by=person(world.jonas), to=rules.FokusTrin.of([(FOKUS, wrong)])
                )
            assert problem.value.field == "principper-0"
        actions.change_kontrakt(kontrakt, by=mette, to=rules.FokusTrin((FOKUS,)))
        assert ids[ASK_FIRST] not in actions.known_principper(kontrakt)


def test_a_principle_is_chosen_on_the_page(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    ids = make_principper(app, world)
    kontrakt_id = stored(app, world)
    mette, url = Browser.signed_in(app, world.mette), f"/kontrakter/{kontrakt_id}/fokus"
    page = mette.get(url).get_data(as_text=True)
    assert page.index(ASK_FIRST) < page.index(KEEP_WORD)
    assert "Fremmed" not in page

    chosen = {"fokus-0": "", "fokus-1": FOKUS, "principper-0": ids[ASK_FIRST], "principper-1": ids[KEEP_WORD]}
    assert save(mette, kontrakt_id, "fokus", **chosen).status_code == 303
    stands = look(app, kontrakt_id, world.mette)["trin"]["fokus"]
    assert stands == rules.FokusTrin((FOKUS,), (ids[KEEP_WORD],))  # the tag goes with its text
    assert opened(mette, url)["principper-0"] == str(ids[KEEP_WORD])
    assert f"Princip: {KEEP_WORD}" in mette.get(f"/kontrakter/{kontrakt_id}").get_data(as_text=True)

    for wrong in (ids["Fremmed"], "ikke-en-id"):
        refused = save(mette, kontrakt_id, "fokus", **{"fokus-0": "Mit nye fokus", "principper-0": wrong})
        assert refused.status_code == 422
        assert "Mit nye fokus" in refused.get_data(as_text=True)
    assert look(app, kontrakt_id, world.mette)["trin"]["fokus"] == stands


def test_a_house_without_principles_is_not_asked(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    kontrakt_id = stored(app, world)
    mette = Browser.signed_in(app, world.mette)
    assert "principper-0" not in opened(mette, f"/kontrakter/{kontrakt_id}/fokus")
    assert save(mette, kontrakt_id, "fokus", **{"fokus-0": "Noget andet"}).status_code == 303
    assert look(app, kontrakt_id, world.mette)["trin"]["fokus"] == rules.FokusTrin(("Noget andet",))


# --- the emneliste, stored -------------------------------------------------------------------------------------------


def test_what_is_planned_asks_nobody_again(app: Flask, world: World) -> None:
    with changing(app):
        mette, jonas = person(world.mette), person(world.jonas)
        kontrakt = make_kontrakt(world, forloeb_nr=2)
        for one in (mette, jonas):
            actions.say_yes(kontrakt, by=one)
        before = (kontrakt.udgave, queries.content_version(kontrakt))
        for _ in range(2):
            actions.plan_emner(kontrakt, by=mette, koder=["eg_foerst", "em_joblog"])
        assert kontrakt.samtale.emner == ["em_joblog", "eg_foerst"]
        assert (kontrakt.udgave, queries.content_version(kontrakt)) == before
        assert rules.tilstand(kontrakt) == "klar"
        noted = db.session.query(Historik).filter_by(handling="planlaeg_emner")
        assert [row.genstand_id for row in noted] == [kontrakt.samtale_id]

        with pytest.raises(NotAllowed):
            actions.plan_emner(kontrakt, by=jonas, koder=[])
        for wrong in (["em_min_plan"], ["cpr"]):  # another number's, and nobody's
            with pytest.raises(RuleBroken):
                actions.plan_emner(kontrakt, by=mette, koder=wrong)
        second = actions.add_observatoer(
            kontrakt, by=mette, observatoer=person(world.aase), slags="kollegial"
        )
        actions.lock_kontrakt(kontrakt, by=jonas)
        for one in (kontrakt, second):  # the samtale has begun for the other one too
            with pytest.raises(RuleBroken):
                actions.plan_emner(one, by=mette, koder=[])
        for nr, kind in ((None, "individuel"), (7, "individuel"), (1, "virksomhedsmoede")):
            other = make_kontrakt(world, "aase", "jonas", **samtale_without_list(nr, kind))
            with pytest.raises(RuleBroken, match="ingen emneliste"):
                actions.plan_emner(other, by=person(world.aase), koder=[])


def samtale_without_list(nr: int | None, kind: str) -> dict[str, Any]:
    return {"forloeb_nr": nr, "type": kind, "parter": samtale_trin().parter}


def test_the_two_columns_on_the_pages(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    kontrakt_id = stored(app, world, forloeb_nr=5)
    unnumbered = stored(app, world, observatoer="aase")
    mette, jonas = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.jonas)
    url = f"/kontrakter/{kontrakt_id}"
    for path in ("", "/samtalen"):
        assert "Emneliste til" not in mette.get(f"/kontrakter/{unnumbered}{path}").get_data(as_text=True)
        page = mette.get(f"{url}{path}").get_data(as_text=True)
        assert page.index("Ofte på listen") < page.index("Borgerens egen dagsorden")
        assert "Emnerne er et forslag" in page
    assert 'name="emner"' not in jonas.get(url).get_data(as_text=True)

    saved = mette.send(f"{url}/emner", emner=["em_siden_sidst", "eg_spurgt"], fra="samtalen")
    assert (saved.status_code, saved.location) == (303, f"{url}/samtalen#emnelisten")
    refused = mette.send(f"{url}/emner", emner=["em_min_plan"])
    assert refused.location == f"{url}#emnelisten"
    assert "står ikke på listen" in mette.get(url).get_data(as_text=True)
    assert jonas.send(f"{url}/emner", emner=[]).status_code == 404
    seen = jonas.get(url).get_data(as_text=True)
    assert "Aftalerne fra sidst" in seen
    assert seen.count(", valgt</span>") == 2
    with changing(app):
        samtale = db.session.get_one(FeedbackKontrakt, kontrakt_id).samtale
        assert samtale.emner == ["em_siden_sidst", "eg_spurgt"]
        assert db.session.query(Samtale).filter(Samtale.id != samtale.id).one().emner == []
    save(
        mette, kontrakt_id, "samtalen", forloeb_nr="1"
    )  # another number: what is not on its list is not shown
    seen = jonas.get(url).get_data(as_text=True)
    assert "Aftalerne fra sidst" not in seen
    assert seen.count(", valgt</span>") == 1
