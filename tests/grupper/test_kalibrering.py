"""Practice samtaler ticked together: the scripts, the clock, own ticks only, sums from three, and a first day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World
from road import person
from sqlalchemy import func, select
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.feedback.rules.banehalvdel import EGEN, bedoem_tekst
from supervision.grupper import actions, agreement, queries
from supervision.grupper.models import Kalibrering, KalibreringHaendelse
from supervision.grupper.rules import foerste_dag as first_rules
from supervision.grupper.rules import kalibrering as rules
from supervision.katalog.content import load_katalog
from supervision.observationer import measures
from supervision.observationer.content import Manuskript, load_manuskripter
from supervision.observationer.models import Haendelse as RealHaendelse
from supervision.observationer.models import Observation
from supervision.observationer.rules import FELTER, PARTER, Haendelse, list_problems
from supervision.problems import NotAllowed, NotFound, RuleBroken

NOW = datetime(2026, 11, 18, 12, tzinfo=clock.DANISH_TIME)
LAGERET = load_manuskripter()[0]


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NOW):
        yield


# --- the scripts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("manuskript", load_manuskripter(), ids=lambda one: one.key)
def test_a_script_is_whole_and_can_be_followed(manuskript: Manuskript) -> None:
    katalog = load_katalog()
    assert 6 * 60_000 <= manuskript.varer_ms <= 10 * 60_000
    assert 1 <= len(manuskript.kendetegn) <= 12
    before = 0
    for replik in manuskript.replikker:
        assert replik.fra_ms >= before, replik.tekst
        assert replik.taler in manuskript.parter
        words = len(replik.tekst.split())
        if words > 6:
            assert 2 <= words / (replik.varer_ms / 1000) <= 3, replik.tekst
        before = replik.til_ms
    skabelon, variant = katalog.skabelon(manuskript.skabelon), katalog.gm_variant(manuskript.gm_variant)
    assert skabelon is not None
    assert variant is not None
    assert set(manuskript.parter) <= set(PARTER) & set(skabelon.parter)
    elementer = {element.kode for fase in variant.faser for element in fase.elementer}
    for svar in manuskript.svar:
        assert len(svar.fordi) > 10, svar
        if svar.spor == "faerdighed":
            assert svar.kode in manuskript.kendetegn, svar
        if svar.spor == "element":
            assert svar.kode in elementer, svar
    known = [katalog.tekst(kode) for kode in (*manuskript.kendetegn, *skabelon.kendetegn)]
    assert all(known), manuskript.key


@pytest.mark.parametrize("manuskript", load_manuskripter(), ids=lambda one: one.key)
def test_a_key_is_a_valid_log_with_the_methods_in_it(manuskript: Manuskript) -> None:
    noegle = manuskript.noegle()
    for event in noegle:
        assert list_problems({felt: getattr(event, felt) for felt in FELTER}, strict=True) == []
    assert len({event.id for event in noegle}) == len(noegle)
    maal = measures.maal(noegle)
    assert set(maal["taletid_andel"]) == set(manuskript.parter)
    assert set(maal["faser"]) == {"kontrakt", "emne", "timeout", "afslutning"}
    assert maal["ugu"]["indrammet"] >= 1
    assert maal["ugu"]["uden_foer"] + maal["ugu"]["uden_efter"] >= 1
    assert maal["faerdigheder"]["lukket_spoergsmaal"] >= 1
    assert maal["faerdigheder"]["aab_hv"] > maal["faerdigheder"]["lukket_spoergsmaal"] - 2
    assert manuskript.noegle(60_000)[-1].t_ms == 60_000


@pytest.mark.parametrize("manuskript", load_manuskripter(), ids=lambda one: one.key)
def test_an_example_stays_on_its_own_half(manuskript: Manuskript) -> None:
    """Held against the product's own check, sentence by sentence."""
    eksempel = manuskript.eksempel
    for text in (*eksempel.lykkedes, *eksempel.iagttagelse, *eksempel.oplevelse):
        assert [dom.label for dom in bedoem_tekst(text) if dom.label not in EGEN] == [], text


# --- the clock and the words ------------------------------------------------------------------------------------


def test_the_clock_of_a_playing() -> None:
    spil = Kalibrering(tempo=75, start_at=NOW, pauset_ms=None, slut_ms=None, afbrudt_at=None)
    assert rules.position(spil, NOW + timedelta(seconds=40)) == 30_000
    assert rules.position(spil, NOW - timedelta(seconds=4)) == -3_000
    assert rules.tilstand(spil, NOW + timedelta(seconds=40), 31_000) == "i_gang"
    assert rules.tilstand(spil, NOW + timedelta(seconds=42), 31_000) == "slut"
    spil.pauset_ms = 12_000
    assert rules.tilstand(spil, NOW + timedelta(days=1), 31_000) == "pause"
    spil.start_at, spil.pauset_ms = rules.start_for(NOW, 12_000, 75), None
    assert rules.position(spil, NOW) == 12_000
    spil.slut_ms = 14_000
    assert rules.tilstand(spil, NOW, 31_000) == "slut"


@pytest.mark.parametrize(
    ("share", "words"),
    [(1.0, "hele tiden"), (0.97, "næsten hele tiden"), (0.94, "9 ud af 10 gange"), (0.0, "næsten aldrig")],
)
def test_a_share_as_one_says_it(share: float, words: str) -> None:
    assert rules.ud_af_ti(share) == words


def test_sums_need_three_and_words_point_at_nobody() -> None:
    assert [rules.maengde(n, 4) for n in range(5)] == [
        "få eller ingen", "få eller ingen", "cirka halvdelen", "de fleste", "de fleste",
    ]  # fmt: skip
    assert rules.gennemsnit([1, 2, 4]) == 2
    with pytest.raises(ValueError, match="2"):
        rules.maengde(1, 2)
    with pytest.raises(ValueError, match="2"):
        rules.gennemsnit([1, 2])


# --- together ---------------------------------------------------------------------------------------------------


def make_gruppe(world: World, *members: UUID) -> UUID:
    made = actions.create_gruppe(navn="Øvegruppen", by=person(world.leder))
    for member in members:
        actions.add_medlem(made, person=person(member), by=person(world.leder))
    return made.id


def ticks(*events: tuple[int, str, str]) -> list[dict[str, Any]]:
    return [
        {"id": str(uuid4()), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}
        for nr, (t_ms, spor, kode) in enumerate(events)
    ]


def like_the_key(late_ms: int, *, but: str = "") -> list[dict[str, Any]]:
    """The key as somebody taps it, some time after; without one kendetegn."""
    found = [
        (h.t_ms if h.spor == "ur" else h.t_ms + late_ms, h.spor, h.kode)
        for h in LAGERET.noegle()
        if h.kode != but
    ]
    return ticks(*[one for one in found if one[0] <= LAGERET.varer_ms])


def played(world: World, *logs: tuple[UUID, list[dict[str, Any]]]) -> UUID:
    """A kalibrering in the group of mette, jonas and aase that these have ticked and ended."""
    gruppe = queries.get_gruppe(
        make_gruppe(world, world.mette, world.jonas, world.aase), viewer=person(world.leder)
    )
    made = actions.begin_kalibrering(manuskript="lageret", gruppe=gruppe, by=person(world.leder))
    actions.steer(made, handling="start", by=person(world.leder))
    with clock.travel(NOW + timedelta(minutes=8)):
        for who, raw in logs:
            assert actions.store_kryds(made, raw=raw, by=person(who)).afvist == []
            actions.end_log(made, by=person(who))
    db.session.commit()
    return made.id


def later() -> Any:
    return clock.travel(NOW + timedelta(minutes=9))


def test_own_ticks_beside_the_key_and_sums_from_three(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        two = [(world.mette, like_the_key(1500)), (world.jonas, like_the_key(3500, but="aab_hv"))]
        kalibrering_id = played(world, *two)
        with later():
            leder, mette = person(world.leder), person(world.mette)
            found = queries.get_kalibrering(kalibrering_id, viewer=leder, hold=True)
            with pytest.raises(RuleBroken, match="mindst tre"):
                actions.steer(found, handling="vis", by=leder)
            actions.store_kryds(found, raw=like_the_key(0, but="fu_borger"), by=person(world.aase))
            actions.end_log(found, by=person(world.aase))
            facit = queries.get_facit(found, viewer=mette)
            assert facit.gruppe is None
            assert facit.egen is not None
            assert (facit.egen.kryds.dine, facit.egen.kryds.naer) == (22, 22)
            assert {s.spor for s in facit.egen.spor} == {"taler", "fase", "emne", "ugu"}
            assert all(s.kappa is not None and s.kappa > 0.6 for s in facit.egen.spor)
            with pytest.raises(NotAllowed):
                actions.steer(found, handling="vis", by=mette)
            actions.steer(found, handling="vis", by=leder)
            picture = queries.get_facit(found, viewer=leder)
            assert picture.egen is None
            assert picture.gruppe is not None
            assert picture.gruppe.antal == 3
            assert picture.gruppe.snit["aab_hv"] == 5  # 8, 0 and 8
            assert {linje.gruppe for linje in picture.linjer} == {"de fleste"}
        with clock.travel(NOW + timedelta(minutes=10)):
            actions.store_kryds(found, raw=ticks((0, "taler", "borger")), by=leder)
            actions.end_log(found, by=leder)
            assert queries.get_facit(found, viewer=mette).gruppe == picture.gruppe  # the picture is frozen
            actions.withdraw_log(found, by=person(world.jonas))
            assert queries.get_facit(found, viewer=mette).gruppe is None
            assert queries.get_facit(found, viewer=person(world.jonas)).egen is None


def test_the_pages_name_nobody_and_nothing_counts_as_an_observation(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        kalibrering_id = played(
            world,
            (world.mette, like_the_key(500)),
            (world.jonas, like_the_key(2500)),
            (world.aase, like_the_key(900, but="aab_hv")),
        )
        with later():
            leder = person(world.leder)
            actions.steer(
                queries.get_kalibrering(kalibrering_id, viewer=leder, hold=True), handling="vis", by=leder
            )
            db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(Observation)) == 0
        assert db.session.scalar(select(func.count()).select_from(RealHaendelse)) == 0
        db.session.remove()
    with later():
        mine = (
            Browser.signed_in(sqlite_app, world.mette)
            .get(f"/kalibrering/{kalibrering_id}")
            .get_data(as_text=True)
        )
        wall = Browser.signed_in(sqlite_app, world.jonas)
        shown = wall.get(f"/kalibrering/{kalibrering_id}/skaerm").get_data(as_text=True)
        assert "Af dine 22 kryds var <b>22 de samme som nøglens inden for 2 sekunder</b>" in mine
        assert "I var enige om, hvem der havde ordet" in shown
        for page, others in ((mine, ("Jonas", "Åse")), (shown, ("Mette", "Åse"))):
            main = page[page.index("<main") : page.index("</main>")]
            assert not any(name in main for name in others)
            assert "de fleste" in main
        assert "du: " not in shown
        outsider = Browser.signed_in(sqlite_app, world.people["fremmed"])
        assert outsider.get(f"/kalibrering/{kalibrering_id}").status_code == 404
        started = Browser.signed_in(sqlite_app, world.mette)
        assert (
            started.post(
                f"/kalibrering/{kalibrering_id}/traek", data={"csrf_token": started.token()}
            ).status_code
            == 303
        )
        left = Browser.signed_in(sqlite_app, world.jonas).get(f"/kalibrering/{kalibrering_id}")
        assert "en har taget sine kryds tilbage" in left.get_data(as_text=True)
    with sqlite_app.app_context():
        stored = db.session.scalar(select(func.count()).select_from(KalibreringHaendelse)) or 0
        assert stored == len(like_the_key(2500)) + len(like_the_key(900, but="aab_hv"))


def test_who_may_do_what_and_when(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        gruppe_id = make_gruppe(world, world.mette, world.jonas)
        mette, leder = person(world.mette), person(world.leder)
        gruppe = queries.get_gruppe(gruppe_id, viewer=mette)
        with pytest.raises(NotAllowed):
            actions.begin_kalibrering(manuskript="lageret", gruppe=gruppe, by=person(world.aase))
        made = actions.begin_kalibrering(manuskript="lageret", gruppe=gruppe, by=mette)
        with pytest.raises(RuleBroken, match="ikke begyndt"):
            actions.store_kryds(made, raw=ticks((0, "taler", "borger")), by=mette)
        with pytest.raises(NotFound):
            queries.get_kalibrering_to_steer(made.id, viewer=person(world.jonas))
        assert queries.get_kalibrering_to_steer(made.id, viewer=leder) is made
        actions.steer(made, handling="start", by=mette)
        with pytest.raises(RuleBroken):
            actions.steer(made, handling="start", by=mette)
        with clock.travel(NOW + timedelta(seconds=65)):
            wrong = ticks((1, "note", "hemmeligt"), (2, "faerdighed", "fs_uenig"), (3, "taler", "tredje"))
            receipt = actions.store_kryds(made, raw=[*wrong, "x", *ticks((4, "taler", "borger"))], by=mette)
            assert (len(receipt.gemt), [one["plads"] for one in receipt.afvist]) == (1, [0, 1, 2, 3])
            actions.steer(made, handling="pause", by=mette)
            assert made.pauset_ms is not None
            assert abs(made.pauset_ms - 60_000) < 5_000
        with clock.travel(NOW + timedelta(hours=1)):
            actions.steer(made, handling="genoptag", by=mette)
            assert abs(rules.position(made, clock.now()) - 60_000) < 5_000
            after = actions.steer(made, handling="forfra", by=mette)
            db.session.flush()
            assert after is not made
            assert queries.find_successor(made) is after
            assert [kort.kalibrering for kort in queries.list_kalibreringer(viewer=mette)] == [after]
            assert queries.list_kalibreringer(viewer=person(world.aase)) == []
            alone = actions.begin_kalibrering(
                manuskript="faelles", gruppe=None, by=mette, kendetegn=["fs_uenig"]
            )
            assert queries.koder_of(alone) == ("fs_uenig",)
            with pytest.raises(NotFound):
                queries.get_kalibrering(alone.id, viewer=leder)


def test_what_is_not_on_the_screen_is_not_held_against_anybody() -> None:
    noegle = [h for h in LAGERET.noegle() if h.spor != "faerdighed" or h.kode == "sk_grunde"]
    egen = agreement.beside_the_key(noegle, [], ["sk_grunde"])
    assert egen.spor == ()
    assert egen.uden == ("taler", "fase", "emne", "ugu")
    assert (egen.kryds.dine, egen.kryds.noeglens) == (0, 1)
    extra = Haendelse(uuid4(), 0, 1000, "faerdighed", "sk_grunde")
    assert agreement.not_in_the_key(noegle, [extra]) == [extra]


# --- the first day ----------------------------------------------------------------------------------------------


def test_a_first_day_from_card_to_example(sqlite_app: Flask, sqlite_world: World) -> None:
    browser = Browser.signed_in(sqlite_app, sqlite_world.mette)
    front = browser.get("/").get_data(as_text=True)
    assert "Prøv hele turen på en øvesamtale" in front
    token = browser.token()
    nothing = browser.post("/foerste-dag/aftale", data={"csrf_token": token})
    assert nothing.status_code == 422
    assert "Vælg mindst ét kendetegn." in nothing.get_data(as_text=True)
    chosen = ["aab_hv", "sk_grunde"]
    agreed = browser.post("/foerste-dag/aftale", data={"csrf_token": token, "kendetegn": chosen})
    optager = agreed.headers["Location"]
    assert agreed.status_code == 303
    assert "Din øvekollega vil gerne" in browser.get(optager).get_data(as_text=True)
    api = "/api/kalibreringer/" + re.findall(r"[0-9a-f-]{36}", optager)[0]
    shown = browser.get(f"{api}/optager").get_json()["skaerm"]
    assert [tegn["kode"] for tegn in shown["kendetegn"]] == chosen
    assert browser.send_json(f"{api}/styr", {"handling": "start"}).get_json()["tilstand"] == "i_gang"
    with clock.travel(NOW + timedelta(minutes=8)):
        raw = like_the_key(800)
        sent = [h for h in raw if h["spor"] != "faerdighed" or h["kode"] in chosen]
        stored = browser.send_json(f"{api}/haendelser", {"startet_at": None, "haendelser": sent}).get_json()
        again = browser.send_json(f"{api}/haendelser", {"startet_at": None, "haendelser": sent}).get_json()
        assert stored["antal"] == again["antal"] == len(sent)
        answers = browser.send_json(f"{api}/afslut", {}).get_json()["adresse"]
        assert "Videre: skriv feedback" in browser.get(answers).get_data(as_text=True)
        empty = browser.post(
            "/foerste-dag/feedback", data={"csrf_token": token, "lykkedes": " ", "iagttagelse": "Jeg så"}
        )
        assert empty.status_code == 422
        assert "Jeg så" in empty.get_data(as_text=True)
        words = {
            "lykkedes": "Jeg hørte dig gentage ordet. Du skal spørge mere.",
            "iagttagelse": "",
            "oplevelse": "",
        }
        browser.post("/foerste-dag/feedback", data={"csrf_token": token, **words})
        beside = browser.get("/foerste-dag/feedback").get_data(as_text=True)
        assert "Sådan kunne en kollega have skrevet" in beside
        assert "»Du skal spørge mere.«" in beside
        assert "Lav din første feedback-kontrakt" in browser.get("/").get_data(as_text=True)
        browser.post("/foerste-dag/skjul", data={"csrf_token": token})
        assert "øvesamtale" not in browser.get("/").get_data(as_text=True)
        assert "Sæt kortet på I dag igen" in browser.get("/foerste-dag").get_data(as_text=True)
        other = Browser.signed_in(sqlite_app, sqlite_world.jonas)
        assert "gentage ordet" not in other.get("/foerste-dag/feedback").get_data(as_text=True)
        assert other.get(answers).status_code == 404


def test_the_steps_follow_from_what_was_done() -> None:
    assert [trin.nu for trin in first_rules.trin(None, optaget=False)] == [True, False, False]
    with pytest.raises(RuleBroken, match="højst"):
        first_rules.check_valg(list(LAGERET.kendetegn), LAGERET.kendetegn)
