"""The way of a line: into a kontrakt's focus, through observation and feedback, to the logbog and the next line."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from counting import count_queries
from flask import Flask
from people import World
from road import agreed, person, recorded, sent, written
from sqlalchemy import select
from web import Browser

from supervision import clock
from supervision.aftaler import actions as aftaler
from supervision.aftaler import queries as aftale_queries
from supervision.aftaler.models import FeedbackKontrakt, Fokuspunkt
from supervision.aftaler.rules import FokusTrin, add_linje, asks_again, carry_linjer, fingerprint
from supervision.db import db
from supervision.feedback.actions import reading
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Runde
from supervision.laeringspil.actions import draw_laeringspil
from supervision.laeringspil.queries import find_laeringspil, list_linjer
from supervision.laeringspil.rules import Linje, list_aendringer
from supervision.problems import NotAllowed, RuleBroken

KODE = "aab_hv"
A, B = uuid4(), uuid4()


def drawn(app: Flask, person_id: UUID, *linjer: Linje) -> list[UUID]:
    """Draw an arrow, and give its lines' ids."""
    with app.app_context():
        pil = draw_laeringspil(linjer=linjer, by=person(person_id))
        found = [linje.id for linje in list_linjer(pil) if linje.id]
        db.session.commit()
        db.session.remove()
    return found


def draft(app: Flask, world: World, days: int = 1) -> UUID:
    """A kontrakt in some days with a focus of its own, agreed."""
    with app.app_context():
        kontrakt_id = agreed(person(world.mette), person(world.jonas), days=days).id
        db.session.commit()
        db.session.remove()
    return kontrakt_id


def focus(app: Flask, kontrakt_id: UUID) -> list[tuple[str, UUID | None]]:
    with app.app_context():
        found = db.session.scalars(
            select(Fokuspunkt).where(Fokuspunkt.kontrakt_id == kontrakt_id).order_by(Fokuspunkt.nr)
        )
        pairs = [(punkt.tekst, punkt.linje_id) for punkt in found]
        db.session.remove()
    return pairs


def page(browser: Browser, url: str) -> str:
    return str(browser.get(url).get_data(as_text=True))


def in_order(text: str, parts: list[str]) -> bool:
    """Whether each stands somewhere after the one before it."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
    return True


def save_focus(browser: Browser, kontrakt_id: UUID, *texts: str, handling: str = "") -> int:
    form = page(browser, f"/kontrakter/{kontrakt_id}/fokus")
    version = form.split('name="version"')[1].split('value="')[1].split('"')[0]
    fields = {f"fokus-{place}": text for place, text in enumerate(texts)}
    sent_form = {"version": version, "handling": handling, **fields}
    return browser.send(f"/kontrakter/{kontrakt_id}/fokus", **sent_form).status_code


def test_a_focus_keeps_its_line_through_words_and_places() -> None:
    before = [("a", A), ("b", B), ("c", None)]
    assert carry_linjer(before, ["b", "c", "a"]) == [B, None, A]
    assert carry_linjer(before, ["a lidt mere", "b"]) == [A, B]
    assert carry_linjer(before, ["b", "ny"]) == [B, None], "b has moved; what stood there before is taken out"
    assert carry_linjer([], ["ny"]) == [None]
    assert add_linje([("a", None)], "a", A) == [("a", A)]
    assert add_linje([("a", A)], "ordene er nye", A) == [("a", A)]
    plain, tied = FokusTrin(("a",)), FokusTrin.of([("a", None)], [A])
    assert plain != tied
    assert fingerprint(plain) == fingerprint(tied)
    assert not asks_again(plain, tied), "where a focus comes from is no part of what the two agree"


def test_what_a_version_changed_is_told() -> None:
    one, two = Linje("spørge", id=A), Linje("vente", id=B)
    after = (Linje("vente længe", id=B), Linje("samle op", id=uuid4()))
    told = [(a.slags, a.linje.faerdighed, a.foer) for a in list_aendringer((one, two), after)]
    assert told == [("rettet", "vente længe", "vente"), ("ny", "samle op", ""), ("ude", "spørge", "")]
    [moved] = list_aendringer((one,), (Linje("spørge", effekt="de taler", id=A),))
    assert moved.felter == ("den forventede effekt",)
    assert list_aendringer((one, two), (two, one)) == ()


def test_a_line_goes_into_a_kontrakt_by_one_tap(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    linje, [foreign] = (
        drawn(app, world.mette, Linje("Stille åbne spørgsmål", kendetegn_kode="no_spoerger"))[0],
        drawn(app, world.jonas, Linje("Jonas' egen")),
    )
    kontrakt_id = draft(app, world)
    mette, jonas = (Browser.signed_in(app, one) for one in (world.mette, world.jonas))
    offered = page(mette, f"/kontrakter/ny?linje={linje}")
    assert "Stille åbne spørgsmål" in offered
    assert f"/kontrakter/{kontrakt_id}/laeg-i" in offered
    assert "Jonas&#39; egen" not in page(mette, f"/kontrakter/ny?linje={foreign}")
    answer = mette.send(f"/kontrakter/{kontrakt_id}/laeg-i", linje=str(linje))
    assert answer.location == f"/kontrakter/{kontrakt_id}/fokus"
    own = "kanarie-fokus At lade borgeren tale ud"
    assert focus(app, kontrakt_id) == [(own, None), ("Stille åbne spørgsmål", linje)]
    with app.app_context():
        kontrakt = db.session.get_one(FeedbackKontrakt, kontrakt_id)
        assert "no_spoerger" in [tegn.kode for tegn in kontrakt.kendetegn]
        assert kontrakt.udgave > 1, "what both had said yes to is changed, so both are asked again"
        db.session.remove()
    assert f"/kontrakter/{kontrakt_id}/laeg-i" not in page(mette, f"/kontrakter/ny?linje={linje}")
    jonas.send(f"/kontrakter/{kontrakt_id}/laeg-i", linje=str(foreign))
    assert len(focus(app, kontrakt_id)) == 2, "an observatør's line is no focus of the fokusperson"
    for browser, seen in ((mette, True), (jonas, False)):
        for url in (f"/kontrakter/{kontrakt_id}", f"/kontrakter/{kontrakt_id}/fokus"):
            assert (str(linje) in page(browser, url)) is seen, url
    assert save_focus(jonas, kontrakt_id, own, "Stille ét åbent spørgsmål") == 303
    assert focus(app, kontrakt_id)[1] == ("Stille ét åbent spørgsmål", linje)
    assert save_focus(mette, kontrakt_id, own, "Stille ét åbent spørgsmål", handling="slip:1") == 303
    assert focus(app, kontrakt_id)[1] == ("Stille ét åbent spørgsmål", None)
    assert save_focus(mette, kontrakt_id, own, handling="forslag:0") == 303
    assert focus(app, kontrakt_id) == [(own, None), ("Stille åbne spørgsmål", linje)]


def test_a_kontrakt_begun_from_a_line_has_it_in_focus(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    [linje] = drawn(app, world.mette, Linje("Stille åbne spørgsmål", kendetegn_kode=KODE))
    mette = Browser.signed_in(app, world.mette)
    typed = {
        "kollega": str(world.jonas),
        "slags": "kollegial",
        "dato": (clock.today() + timedelta(days=1)).isoformat(),
        "tid": "10.30",
        "laengde_min": "45",
        "type": "individuel",
        "form": "fysisk",
    }
    answer = mette.send("/kontrakter/ny", rolle="fokusperson", linje=str(linje), **typed)
    kontrakt_id = UUID(answer.location.split("/")[2])
    assert focus(app, kontrakt_id) == [("Stille åbne spørgsmål", linje)]
    kendetegn = page(mette, f"/kontrakter/{kontrakt_id}/kendetegn")
    assert f'value="fjern:{KODE}" id="pil-{KODE}"' in kendetegn
    assert "Fra din læringspil" not in page(
        Browser.signed_in(app, world.jonas), f"/kontrakter/{kontrakt_id}/kendetegn"
    )
    other = mette.send("/kontrakter/ny", rolle="observatoer", linje=str(linje), **typed)
    assert focus(app, UUID(other.location.split("/")[2])) == []


def test_only_ones_own_line_can_be_a_focus(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    [foreign] = drawn(sqlite_app, world.jonas, Linje("Jonas' egen"))
    with sqlite_app.app_context():
        mette, jonas = person(world.mette), person(world.jonas)
        kontrakt = agreed(mette, jonas, days=1)
        for by in (mette, jonas):
            with pytest.raises(RuleBroken):
                aftaler.change_kontrakt(kontrakt, by=by, to=FokusTrin.of([("x", None)], [foreign]))
        with pytest.raises(NotAllowed):
            aftaler.take_linje(kontrakt, by=jonas, linje=Linje("Jonas' egen", id=foreign))
        db.session.remove()


def test_the_whole_way_is_shown_to_its_owner_alone(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    lines = drawn(
        app, world.mette, Linje("Spørge åbent", kendetegn_kode="no_spoerger"), Linje("Vente"), Linje("Se")
    )
    linje = lines[0]
    with app.app_context():
        mette, jonas = person(world.mette), person(world.jonas)
        kontrakt = agreed(mette, jonas)
        aftaler.change_kontrakt(kontrakt, by=mette, to=FokusTrin.of([("Mine spørgsmål", None)], [linje]))
        for one in (mette, jonas):
            aftaler.say_yes(kontrakt, by=one)
        observation = recorded(kontrakt, jonas)
        feedback = written(observation, jonas)
        kontrakt_id, observation_id, feedback_id = kontrakt.id, observation.id, feedback.id
        db.session.commit()
        db.session.remove()
    me = Browser.signed_in(app, world.mette)
    url = f"/laering/linjer/{linje}"
    early = page(me, url)
    assert f"/kontrakter/{kontrakt_id}" in early
    assert "Mine spørgsmål" in early
    assert f"/observationer/{observation_id}" not in early, (
        "the log is the observatør's until the feedback is sent"
    )
    assert "kanarie-lykkedes" not in early
    with app.app_context():
        feedback = reading.queries.get_own_draft(feedback_id, viewer=person(world.jonas))
        sent(feedback, person(world.jonas))
        reading.open_feedback(feedback=feedback, by=person(world.mette))
        punkt_id, other_id = feedback.punkter[0].id, feedback.punkter[1].id
        reading.keep_punkt(punkt=feedback.punkter[0], by=person(world.mette), keep=True)
        db.session.commit()
        db.session.remove()
    to_pil = f"/feedback/{feedback_id}/punkter/{punkt_id}/laeringspil"
    assert me.send(to_pil).location == to_pil, "the arrow is full: choose which line it takes the place of"
    assert page(me, to_pil).count("Afløs den") == 3
    assert me.send(to_pil, i_stedet_for=str(linje)).location == "/laering/ret"
    assert me.send(to_pil, i_stedet_for=str(uuid4())).location == "/laering/ret", "once is enough"
    note = {"notat_id": str(uuid4()), "proevet": "Et åbent spørgsmål i døren", "linje_id": str(linje)}
    saved = me.send(f"/logbog/ny?linje={linje}", **note, observation_id=str(observation_id))
    assert saved.location == url
    with app.app_context():
        newest = list_linjer(find_laeringspil(person(world.mette)))[0]
        db.session.remove()
    assert (newest.fra_punkt, newest.afloeser) == (punkt_id, linje)
    shown = page(me, url)
    steps = [
        "Spørge åbent", f"/kontrakter/{kontrakt_id}", f"/observationer/{observation_id}",
        f"/feedback/{feedback_id}", "kanarie-lykkedes", "Et åbent spørgsmål i døren", "Næste linje", str(newest.id),
    ]  # fmt: skip
    assert in_order(shown, steps)
    assert "kanarie-iagttagelse" not in shown, "neither kept nor hung on the line's kendetegn"
    assert "Den står ikke i din læringspil nu" in shown
    begun = page(me, f"/laering/linjer/{newest.id}")
    assert f"/feedback/{feedback_id}#punkt-{punkt_id}" in begun
    assert str(linje) in begun
    letter = page(me, f"/feedback/{feedback_id}")
    assert f"/laering/linjer/{linje}" in letter
    assert f"/laering/linjer/{newest.id}" in letter
    assert f"/punkter/{other_id}/laeringspil" in letter
    for name in ("jonas", "leder", "administrator"):
        browser = Browser.signed_in(app, world.people[name])
        assert browser.get(url).status_code == 404
        if name == "jonas":
            assert "/laering/linjer/" not in page(browser, f"/feedback/{feedback_id}")


def test_a_long_way_asks_no_more_questions_than_a_short_one(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    [linje] = drawn(app, world.mette, Linje("Spørge åbent", kendetegn_kode="no_spoerger"))
    me = Browser.signed_in(app, world.mette)
    counts = []
    for days in range(3):
        with app.app_context():
            mette, jonas = person(world.mette), person(world.jonas)
            kontrakt = agreed(mette, jonas, days=days)
            aftaler.change_kontrakt(kontrakt, by=mette, to=FokusTrin.of([("Spørge", None)], [linje]))
            for one in (mette, jonas):
                aftaler.say_yes(kontrakt, by=one)
            feedback = written(recorded(kontrakt, jonas), jonas)
            sent(feedback, jonas)
            reading.open_feedback(feedback=feedback, by=mette)
            db.session.commit()
            db.session.remove()
        counts.append(count_queries(app, lambda: me.get(f"/laering/linjer/{linje}")))
    assert counts[0] == counts[1] == counts[2]


def test_a_new_line_in_an_old_ones_place(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    [linje] = drawn(app, world.mette, Linje("Spørge åbent"))
    mette = Browser.signed_in(app, world.mette)
    typed = {"linjer-0-faerdighed": "Spørge kort", "linjer-0-maade": "afproeve"}
    mette.send("/laering/ret", **typed)
    with app.app_context():
        assert [one.id for one in list_linjer(find_laeringspil(person(world.mette)))] == [linje]
        db.session.remove()
    mette.send("/laering/ret", **{**typed, "linjer-0-faerdighed": "Samle op", "linjer-0-ny": "y"})
    with app.app_context():
        [after] = list_linjer(find_laeringspil(person(world.mette)))
        db.session.remove()
    assert after.id != linje
    assert after.afloeser == linje
    way = page(mette, f"/laering/linjer/{linje}")
    assert "før stod der »Spørge åbent«" in way
    assert way.index("Næste linje") < way.index("Samle op")


def test_the_arrow_round_for_round(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    today = clock.today()
    with app.app_context():
        gruppe = Laeringsgruppe(
            organisation_id=world.organisations["jobcenter"],
            navn="Gruppen",
            facilitator_id=world.leder,
            oprettet_at=clock.now() - timedelta(days=200),
            medlemmer=[Gruppemedlem(person_id=world.mette, ind_at=clock.now() - timedelta(days=200))],
            runder=[
                Runde(navn=f"Runde {nr}", fra=today - timedelta(days=fra), til=today - timedelta(days=til))
                for nr, fra, til in ((1, 120, 61), (2, 60, 31), (3, 30, -30))
            ],
        )
        db.session.add(gruppe)
        for days, words in ((150, "før"), (100, "spørge"), (10, "vente")):
            with clock.travel(clock.now() - timedelta(days=days)):
                draw_laeringspil(linjer=[Linje(words, er_ny=True)], by=person(world.mette))
        draw_laeringspil(linjer=[Linje("kanarie")], by=person(world.jonas))
        db.session.commit()
        db.session.remove()
    shown = page(Browser.signed_in(app, world.mette), "/laering/runder")
    parts = [
        "Runde 3",
        "vente",
        "Runde 2",
        "Du øvede videre",
        "Runde 1",
        "spørge",
        "Uden for en runde",
        "før",
    ]
    assert in_order(shown, parts)
    assert "kanarie" not in shown
    assert "Her kommer dine læringspile" in page(
        Browser.signed_in(app, world.people["aase"]), "/laering/runder"
    )


def test_a_withdrawn_kontrakt_makes_room_for_a_new_one(app: Flask, world: World) -> None:
    with app.app_context():
        mette, jonas, aase = (person(world.people[name]) for name in ("mette", "jonas", "aase"))
        first = agreed(mette, aase, days=1)
        again = aftaler.add_observatoer(first, by=mette, observatoer=jonas, slags="kollegial")
        with pytest.raises(RuleBroken):
            aftaler.add_observatoer(first, by=mette, observatoer=jonas, slags="kollegial")
        aftaler.withdraw(again, by=jonas)
        new = aftaler.add_observatoer(first, by=mette, observatoer=jonas, slags="kollegial")
        assert {one.id for one in aftale_queries.list_andre(first)} == {again.id, new.id}
        db.session.commit()
        db.session.remove()
