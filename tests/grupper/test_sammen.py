"""What a group writes together: every word is kept, acts count once, and tjek ud without names has no author."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import World
from road import person
from sammen_moede import act, end, make_moede
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.grupper import queries as gruppe_queries
from supervision.grupper.actions import mark_plenumaftale
from supervision.grupper.actions.sammen import carry_out
from supervision.grupper.models import Moede, TjekUd
from supervision.grupper.queries import sammen as queries
from supervision.grupper.queries import tjek_ud as tjek_ud_queries
from supervision.grupper.rules import sammen as rules
from supervision.history import Historik
from supervision.laeringspil.queries import find_laeringspil
from supervision.problems import NotFound, RuleBroken

WORDS = ("a", "b", "c")


def board(moede: Moede) -> Counter[tuple[str, str]]:
    tavle = queries.get_tavle(moede)
    return Counter((felt, seddel.tekst) for felt, sedler in tavle.sedler.items() for seddel in sedler)


def test_when_a_meeting_is_written_at() -> None:
    class Tid:
        begyndt_at: Any = None
        sluttet_at: Any = None
        minutter = 120

    moede, now = Tid(), clock.now()
    assert rules.moede_tilstand(moede, now) == rules.FOER
    moede.begyndt_at = now - timedelta(hours=1)
    assert rules.moede_tilstand(moede, now) == rules.I_GANG
    assert rules.moede_tilstand(moede, now + timedelta(hours=10)) == rules.I_GANG
    assert rules.moede_tilstand(moede, now + timedelta(hours=12)) == rules.SLUT  # nobody ended it
    moede.sluttet_at = now
    assert rules.moede_tilstand(moede, now) == rules.SLUT
    assert rules.moede_tilstand(moede, now - timedelta(minutes=1)) == rules.I_GANG
    with pytest.raises(RuleBroken):
        rules.check_i_gang(moede, now)


@pytest.mark.parametrize(
    ("tekst", "kept"),
    [
        ("  Vi ventede \r\n lidt ", "Vi ventede \n lidt"),
        ("x" * 300, "x" * 300),
        ("x" * 301, None),
        (" \n ", None),
        ("Det var 010190-1234", None),
        ("a\x00b", "a b"),
    ],
)
def test_what_a_note_holds(tekst: str, kept: str | None) -> None:
    if kept is not None:
        assert rules.check_seddel(tekst) == kept
        return
    with pytest.raises(RuleBroken) as problem:
        rules.check_seddel(tekst)
    assert problem.value.field == "tekst"


@pytest.fixture
def running(sqlite_app: Flask, sqlite_world: World) -> Any:
    """(the meeting, Mette, Jonas), in a session that is thrown away."""
    with sqlite_app.app_context():
        moede = make_moede(sqlite_world)
        yield moede, person(sqlite_world.mette), person(sqlite_world.jonas)
        db.session.rollback()
        db.session.remove()


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just(rules.RET), st.sampled_from(WORDS)),
        st.tuples(st.just(rules.TAG), st.just("")),
        st.tuples(st.just(rules.SKRIV), st.sampled_from(WORDS)),
    ),
    max_size=6,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, data=st.data())
def test_any_order_gives_the_same_board_and_loses_no_words(
    running: Any, acts: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Devices that all saw version 1 of one note, their acts in any order, sent any number of times."""
    moede, mette, jonas = running
    note = uuid4()
    sent = [
        act(op, seddel=uuid4() if op == rules.SKRIV else note, felt="laert", tekst=tekst, udgave=1)
        for op, tekst in acts
    ]
    boards = []
    for _ in range(2):
        order = data.draw(st.permutations(sent))
        again = data.draw(st.lists(st.sampled_from(sent), max_size=3)) if sent else []
        with db.session.begin_nested() as nested:
            carry_out(moede, [act(rules.SKRIV, seddel=note, felt="laert", tekst="først")], by=mette)
            for one in [*order, *again]:
                assert carry_out(moede, [one], by=jonas)[0].resultat != rules.AFVIST
            boards.append(board(moede))
            nested.rollback()
        db.session.expire_all()
    assert boards[0] == boards[1]
    written = {tekst for op, tekst in acts if op != rules.TAG}
    assert written <= {tekst for _, tekst in boards[0]}
    assert ("laert", "først") not in boards[0] or not any(op != rules.SKRIV for op, _ in acts)


def test_two_who_write_at_once_both_stand(running: Any) -> None:
    moede, mette, jonas = running
    note = act(rules.SKRIV, seddel=uuid4(), felt="proevet", tekst="Timeout")
    first = carry_out(moede, [note, note], by=mette)
    assert [svar.resultat for svar in first] == [rules.GEMT, rules.GEMT]
    carry_out(moede, [act(rules.SKRIV, seddel=uuid4(), felt="proevet", tekst="Opsamling")], by=jonas)
    seen = queries.find_nr(moede)
    hers = act(rules.RET, seddel=note.seddel, tekst="Timeout efter hvert emne", udgave=1)
    his = act(rules.RET, seddel=note.seddel, tekst="Timeout midtvejs", udgave=1)
    assert carry_out(moede, [hers], by=mette)[0].udgave == 2
    apart = carry_out(moede, [his, his], by=jonas)
    assert [(svar.resultat, svar.seddel) for svar in apart] == [(rules.EGEN_SEDDEL, his.id)] * 2
    texts = [seddel.tekst for seddel in queries.get_tavle(moede).sedler["proevet"]]
    assert texts == ["Timeout efter hvert emne", "Timeout midtvejs", "Opsamling"]
    changed = {seddel.tekst: seddel.sideloeb_til for seddel in queries.list_aendrede(moede, seen)}
    assert changed == {"Timeout efter hvert emne": None, "Timeout midtvejs": note.seddel}

    unseen = act(rules.TAG, seddel=note.seddel, udgave=1)
    assert carry_out(moede, [unseen], by=jonas)[0].resultat == rules.BEHOLDT
    taken = act(rules.TAG, seddel=note.seddel, udgave=2)
    assert carry_out(moede, [taken, act(rules.SAET_TAL, tal=6)], by=jonas)[0].resultat == rules.GEMT
    assert [seddel.taget for seddel in queries.list_aendrede(moede, 4)] == [True]
    carry_out(moede, [act(rules.LAEG_IGEN, seddel=note.seddel), act(rules.SAET_TAL, tal=7)], by=mette)
    assert "Timeout efter hvert emne" in {s.tekst for s in queries.get_tavle(moede).sedler["proevet"]}
    assert moede.planche_tal == 7


def test_what_is_refused_does_not_stop_the_rest(running: Any) -> None:
    moede, mette, _ = running
    good = act(rules.SKRIV, seddel=uuid4(), felt="laert", tekst="Vi lyttede")
    wrong = [
        act(rules.SKRIV, seddel=uuid4(), felt="laert", tekst="Om 010190-1234"),
        act(rules.SKRIV, seddel=uuid4(), felt="rost", tekst="Et felt, der ikke er der"),
        act(rules.RET, seddel=uuid4(), tekst="En seddel, der ikke er der"),
        act(rules.SAET_TAL, tal=11),
        act(rules.EJER, seddel=good.seddel, ejer=rules.ALLE),
        act(rules.TJEK, seddel=uuid4(), felt="yes", tekst="010190 1234"),
    ]
    svar = carry_out(moede, [good, *wrong], by=mette, kvittering="a" * 64)
    assert [one.resultat for one in svar] == [rules.GEMT, *[rules.AFVIST] * len(wrong)]
    assert all(one.fejl for one in svar[1:])
    assert board(moede) == Counter({("laert", "Vi lyttede"): 1})
    end(moede.id)
    late = carry_out(
        moede, [act(rules.SKRIV, seddel=uuid4(), felt="laert", tekst="For sent"), good], by=mette
    )
    assert [one.resultat for one in late] == [rules.LUKKET, rules.GEMT]
    assert board(moede) == Counter({("laert", "Vi lyttede"): 1})


def test_an_entry_with_an_owner_comes_back_as_an_agreement(running: Any) -> None:
    moede, mette, jonas = running
    entry = act(rules.SKRIV, seddel=uuid4(), felt="mere", tekst="Timeout")
    carry_out(moede, [entry, act(rules.EJER, seddel=entry.seddel, ejer=str(jonas.id))], by=mette)
    seddel = queries.get_seddel(moede, entry.seddel)
    gruppe = gruppe_queries.get_gruppe(moede.gruppe_id, viewer=mette)
    aftale = gruppe_queries.list_plenum(gruppe).aabne[0]
    assert (aftale.tekst, seddel.ejer_ord, seddel.ejer_ja_at) == ("Mere: Timeout", "Jonas", None)
    assert carry_out(moede, [act(rules.JA, seddel=seddel.id)], by=mette)[0].resultat == rules.AFVIST
    assert carry_out(moede, [act(rules.JA, seddel=seddel.id)], by=jonas)[0].resultat == rules.GEMT
    assert seddel.ejer_ja_at is not None
    carry_out(
        moede, [act(rules.RET, seddel=seddel.id, tekst="Timeout to gange", udgave=seddel.udgave)], by=mette
    )
    assert aftale.tekst == "Mere: Timeout to gange"
    carry_out(moede, [act(rules.EJER, seddel=seddel.id, ejer=str(uuid4()))], by=mette)
    assert seddel.ejer_id == jonas.id
    carry_out(moede, [act(rules.EJER, seddel=seddel.id, ejer="")], by=mette)
    assert gruppe_queries.list_plenum(gruppe).antal == 0
    carry_out(moede, [act(rules.EJER, seddel=seddel.id, ejer=rules.ALLE)], by=mette)
    aftale = gruppe_queries.list_plenum(gruppe).aabne[0]
    mark_plenumaftale(aftale, maerke="gjort", dag=clock.today(), by=mette)
    carry_out(moede, [act(rules.TAG, seddel=seddel.id, udgave=seddel.udgave)], by=mette)
    assert gruppe_queries.list_plenum(gruppe).slut == [aftale]


def test_only_the_group_reaches_it(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        moede, other = make_moede(world), make_moede(world)
        mette = person(world.mette)
        entry = act(rules.SKRIV, seddel=uuid4(), felt="laert", tekst="Kun os")
        carry_out(moede, [entry], by=mette)
        assert queries.get_moede_sammen(moede.id, viewer=person(world.leder)) is moede
        with pytest.raises(NotFound):
            queries.get_moede_to_lead_sammen(moede.id, viewer=mette)
        for stranger in ("fremmed", "sydleder", "noise", "supervisor", "administrator"):
            with pytest.raises(NotFound):
                queries.get_moede_sammen(moede.id, viewer=person(world.people[stranger]))
        with pytest.raises(NotFound):
            queries.get_seddel(other, entry.seddel)
        assert board(other) == Counter()
        db.session.rollback()
        db.session.remove()


def dump() -> dict[str, list[tuple[str, ...]]]:
    """Every row of every table, but where people are signed in and that they have read the page."""
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name == "indlogning":
            continue
        rows = db.session.execute(text(f"SELECT * FROM {table.name}"))
        found[table.name] = sorted(tuple(str(value) for value in row) for row in rows if "laest" not in row)
    db.session.remove()
    return found


def masked(found: dict[str, list[tuple[str, ...]]], *unlike: str) -> str:
    words = repr(found)
    for number, one in enumerate(unlike):
        words = words.replace(one, f"#{number}")
    return words


def test_nothing_in_the_database_says_who_wrote_an_anonymous_line(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    """Sent by Mette or by Jonas, the database is the same but for what is random."""
    app, world = sqlite_app, sqlite_world
    with app.app_context():
        moede_id = make_moede(world, anonymt=True).id
        db.session.commit()
        before = dump()
    dumps = []
    for who in (world.mette, world.jonas):
        browser = Browser.signed_in(app, who)
        item, op = uuid4(), uuid4()
        sent = send(
            browser,
            moede_id,
            {"op": "tjek_ud", "id": str(op), "seddel": str(item), "felt": "men", "tekst": "Æbler"},
        )
        assert sent["svar"][0]["resultat"] == "gemt"
        with app.app_context():
            after = dump()
            random = [after["tjek_ud"][0][5]]
            assert masked(after).count(str(who).replace("-", "")) == masked(before).count(
                str(who).replace("-", "")
            )
            dumps.append(masked(after, item.hex, op.hex, *random))
        own = read(browser, moede_id)["tjek_ud"]
        assert ([line["id"] for line in own["egne"]], own["synlige"]["men"]) == ([str(item)], [])
        back = {"op": "tag_tjek_ud", "id": str(uuid4()), "seddel": str(item)}
        stranger = Browser.signed_in(app, world.aase)
        assert send(stranger, moede_id, back)["svar"][0]["resultat"] == "afvist"
        assert read(stranger, moede_id)["tjek_ud"]["egne"] == []
        assert send(browser, moede_id, back)["svar"][0]["resultat"] == "gemt"
        with app.app_context():
            assert db.session.query(TjekUd).count() == 0
            db.session.execute(text("DELETE FROM sammen_handling"))
            db.session.commit()
            db.session.remove()
    assert dumps[0] == dumps[1]
    with app.app_context(), pytest.raises(OperationalError):  # no hidden order of coming
        db.session.execute(text("SELECT rowid FROM tjek_ud"))


def send(browser: Browser, moede_id: UUID, *handlinger: dict[str, Any]) -> Any:
    answer = browser.send_json(f"/api/moeder/{moede_id}/sammen", {"handlinger": list(handlinger)})
    assert answer.status_code == 200
    return answer.get_json()


def read(browser: Browser, moede_id: UUID) -> Any:
    return browser.get(f"/api/moeder/{moede_id}/sammen").get_json()


def test_anonymous_lines_are_shown_three_senders_at_a_time(running: Any) -> None:
    moede, mette, _ = running
    moede.tjek_ud_anonymt = True

    def say(tekst: str, device: str) -> int:
        line = act(rules.TJEK, seddel=uuid4(), felt="aha", tekst=tekst)
        carry_out(moede, [line], by=mette, kvittering=device * 64)
        return tjek_ud_queries.get_bokse(moede).antal

    assert [say("å", "a"), say("b", "a"), say("c", "b"), say("a", "c")] == [0, 0, 0, 4]
    shown = tjek_ud_queries.get_bokse(moede, viewer=mette, kvittering="a" * 64)
    assert [line.tekst for line in shown.synlige["aha"]] == ["a", "b", "c", "å"]
    assert {line.navn for line in shown.synlige["aha"]} == {""}
    assert sorted(line.tekst for line in shown.egne) == ["b", "å"]
    assert say("d", "a") == 4  # alone it would be known whose it is
    end(moede.id)
    assert tjek_ud_queries.get_bokse(moede).antal == 5
    assert not db.session.query(Historik).filter_by(genstand="tjek_ud").count()


def test_named_lines_a_pil_and_a_men_that_is_taken_up(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    with app.app_context():
        moede_id = make_moede(world).id
        db.session.commit()
        db.session.remove()
    mette, jonas = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.jonas)
    leder = Browser.signed_in(app, world.leder)
    side = f"/moeder/{moede_id}/tjek-ud"
    assert mette.send(side, felt="yes", tekst="Jeg spørger én gang til").status_code == 303
    assert mette.send(side, felt="men", tekst="Vi mangler et rum").status_code == 303
    refused = mette.send(side, felt="tak", tekst="Om 010190-1234")
    assert (refused.status_code, "010190-1234" in refused.get_data(as_text=True)) == (422, True)
    shown = jonas.get(side).get_data(as_text=True)
    assert "Jeg spørger én gang til" in shown
    assert "Mette" in shown
    with app.app_context():
        rows = {row.boks: row.id for row in db.session.query(TjekUd)}
        db.session.remove()
    for browser, who in ((mette, world.mette), (jonas, world.jonas)):
        assert browser.send(f"/tjek-ud/{rows['yes']}/laeringspil").status_code == 303
        with app.app_context():
            pil = find_laeringspil(person(who))
            assert pil is not None
            assert [line.faerdighed for line in pil.linjer] == ["Jeg spørger én gang til"]
            db.session.remove()
    assert "Vi mangler et rum" in leder.get("/").get_data(as_text=True)
    assert "Vi mangler et rum" not in mette.get("/").get_data(as_text=True)
    assert jonas.send(f"/tjek-ud/{rows['men']}/taget-op").status_code == 404
    assert leder.send(f"/tjek-ud/{rows['men']}/taget-op", taget_op="1").status_code == 303
    assert "Vi mangler et rum" not in leder.get("/").get_data(as_text=True)
    assert jonas.send(f"/tjek-ud/{rows['yes']}/tag-tilbage").status_code == 404
    assert mette.send(f"/tjek-ud/{rows['yes']}/tag-tilbage").status_code == 303
    assert "Jeg spørger én gang til" not in jonas.get(side).get_data(as_text=True)


def test_the_pages_work_without_scripts(app: Flask, world: World) -> None:
    with app.app_context():
        moede = make_moede(world)
        moede_id, gruppe_id = moede.id, moede.gruppe_id
        db.session.commit()
        db.session.remove()
    mette, jonas = Browser.signed_in(app, world.mette), Browser.signed_in(app, world.jonas)
    planche, sedler = f"/moeder/{moede_id}/planche", f"/moeder/{moede_id}/sedler"
    assert f'/moeder/{moede_id}"' in mette.get(f"/grupper/{gruppe_id}").get_data(as_text=True)
    assert mette.send(sedler, felt="proevet", tekst="Vi brugte timeout").status_code == 303
    wrong = mette.send(sedler, felt="proevet", tekst="Borgeren 010190-1234")
    assert (wrong.status_code, "010190-1234" in wrong.get_data(as_text=True)) == (422, True)
    found = read(jonas, moede_id)
    seddel = found["sedler"][0]
    ret = f"{sedler}/{seddel['id']}"
    assert mette.send(ret, handling="ret", tekst="Timeout to gange", udgave="1").status_code == 303
    assert jonas.send(ret, handling="ret", tekst="Timeout til sidst", udgave="1").status_code == 303
    page = jonas.get(planche).get_data(as_text=True)
    for words in ("Timeout to gange", "Timeout til sidst", "Begge tekster står her"):
        assert words in page
    assert jonas.send(f"{planche}/tal", tal="8").status_code == 303
    assert jonas.send(f"{planche}/tal", tal="80").status_code == 422
    assert mette.send(sedler, felt="stop", tekst="Møder uden dagsorden").status_code == 303
    stop = next(one for one in read(mette, moede_id)["sedler"] if one["felt"] == "stop")
    assert mette.send(f"{sedler}/{stop['id']}", handling="ejer", ejer="alle").status_code == 303
    aftaler = mette.get(f"/grupper/{gruppe_id}/aftaler").get_data(as_text=True)
    assert "Stop: Møder uden dagsorden" in aftaler
    assert "Alle tager den" in aftaler
    for vis in ("planche", "lykkes", "tjek-ud"):
        assert jonas.get(f"/moeder/{moede_id}/sammen/skaerm?vis={vis}").status_code == 200
    assert jonas.get(f"/moeder/{moede_id}/sammen/skaerm?vis=alt").status_code == 404
    again = jonas.get(
        f"/api/moeder/{moede_id}/sammen",
        query_string={"siden": (now := read(jonas, moede_id))["nr"], "aftryk": now["aftryk"]},
    )
    assert (again.status_code, again.data) == (204, b"")
    assert (
        jonas.send_json(f"/api/moeder/{moede_id}/sammen", {"handlinger": [{"op": "ret"}]}).status_code == 422
    )

    with app.app_context():
        end(moede_id)
        db.session.commit()
        db.session.remove()
    assert mette.send(sedler, felt="proevet", tekst="For sent").status_code == 422
    after = mette.get(planche).get_data(as_text=True)
    assert "Mødet er slut" in after
    assert "Timeout to gange" in after
    assert f"/moeder/{moede_id}/sammen" in mette.get(f"/grupper/{gruppe_id}").get_data(as_text=True)
