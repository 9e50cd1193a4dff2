"""A team's follow-up: the leader's frame, and a survey of which only sums are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from held import crew
from people import World
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.history import Historik
from supervision.overblik import actions, queries, rules
from supervision.overblik.models import Opfoelgning, Skema, SkemaDeltager, SkemaMetode
from supervision.personer.models import Person, Team
from supervision.problems import NotAllowed, RuleBroken

NOW = datetime(2026, 11, 20, 9, tzinfo=clock.DANISH_TIME)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with clock.travel(NOW):
        yield


@pytest.fixture
def browser_for(sqlite_app: Flask) -> Any:
    return lambda who: Browser.signed_in(sqlite_app, who)


def address(world: World, rest: str = "") -> str:
    return f"/overblik/team/{world.teams['nord']}/opfoelgning{rest}"


@pytest.fixture
def people(sqlite_app: Flask, sqlite_world: World) -> list[UUID]:
    """Everybody who is asked in Team Nord: seven new colleagues beside those who are there."""
    with sqlite_app.app_context():
        nord = sqlite_world.teams["nord"]
        crew(sqlite_world.organisations["jobcenter"], nord, 7)
        team, leder = db.session.get_one(Team, nord), db.session.get_one(Person, sqlite_world.leder)
        known = list(queries.list_metoder_at_spoerge_til(team.organisation))
        skema = actions.open_skema(team, metoder=known[:2], by=leder)
        asked = [one.person_id for one in skema.deltagere]
        db.session.commit()
        db.session.remove()
    return asked


def answer(who: UUID, chosen: str, hindringer: tuple[str, ...] = ()) -> None:
    skema = db.session.query(Skema).one()
    valg = {one.kode: chosen for one in skema.metoder}
    actions.answer_skema(skema, valg=valg, hindringer=hindringer, by=db.session.get_one(Person, who))


def test_the_leader_writes_and_the_team_reads(sqlite_world: World, browser_for: Any) -> None:
    leader, member = browser_for(sqlite_world.leder), browser_for(sqlite_world.mette)
    assert "Intet er skrevet" in member.get(address(sqlite_world)).get_data(as_text=True)
    form = {"csrf_token": leader.token(), "status": "UGU er <b>med</b>", "udgave": "0"}
    assert leader.post(address(sqlite_world, "/skriv"), data=form).status_code == 303
    page = member.get(address(sqlite_world)).get_data(as_text=True)
    assert "UGU er &lt;b&gt;med&lt;/b&gt;" in page
    assert "fredag den 20. november" in page
    assert "/opfoelgning/skriv" not in page
    lost = leader.post(address(sqlite_world, "/skriv"), data={**form, "status": "For sent"})
    assert lost.status_code == 422
    assert "En anden har gemt" in lost.get_data(as_text=True)
    assert "For sent" in lost.get_data(as_text=True)
    cpr = leader.post(address(sqlite_world, "/skriv"), data={**form, "udgave": "1", "viden": "010190-1234"})
    assert cpr.status_code == 422
    assert member.get(address(sqlite_world, "/skriv")).status_code == 404


def test_answers_are_sums_without_person_order_or_time(
    sqlite_app: Flask, sqlite_world: World, people: list[UUID]
) -> None:
    with sqlite_app.app_context():
        before = db.session.query(Historik).count()
        for nr, who in enumerate(people[:6]):
            answer(who, "mere" if nr == 0 else "bruger", ("tid",))
        db.session.flush()
        first = db.session.query(SkemaMetode).order_by(SkemaMetode.plads).first()
        assert first is not None
        assert (first.bruger, first.mere, first.ingen_mening) == (5, 1, 0)
        assert db.session.query(Historik).count() == before
        columns = {column.name for column in SkemaDeltager.__table__.columns}
        assert columns == {"skema_id", "person_id", "har_svaret"}
        with pytest.raises(RuleBroken, match="allerede svaret"):
            answer(people[0], "bruger")
        with pytest.raises(RuleBroken, match="hver metode"):
            answer(people[6], "elsker den")
        with pytest.raises(RuleBroken, match="muligheder"):
            answer(people[6], "bruger", ("chefen",))
        db.session.flush()
        db.session.refresh(first)
        assert (first.bruger, first.mere) == (5, 1)
        with pytest.raises(RuleBroken, match="allerede et skema"):
            actions.open_skema(
                db.session.get_one(Team, sqlite_world.teams["nord"]),
                metoder=[first.kode],
                by=db.session.get_one(Person, sqlite_world.leder),
            )


@pytest.mark.parametrize(
    ("answers", "outsider", "insider"), [(4, False, False), (5, True, False), (6, True, True)]
)
def test_it_is_shown_from_five_answers_beside_ones_own(
    sqlite_app: Flask, sqlite_world: World, people: list[UUID], answers: int, outsider: bool, insider: bool
) -> None:
    with sqlite_app.app_context():
        for who in people[:answers]:
            answer(who, "bruger", ("tid", "plan"))
        team, skema = db.session.get_one(Team, sqlite_world.teams["nord"]), db.session.query(Skema).one()
        leder, one = (db.session.get_one(Person, who) for who in (sqlite_world.leder, people[0]))
        assert queries.list_svar(team, viewer=leder) == []
        actions.close_skema(skema, by=leder)
        with pytest.raises(RuleBroken, match="lukket"):
            answer(people[-1], "bruger")
        for viewer, shown in ((leder, outsider), (one, insider)):
            [found] = queries.list_svar(team, viewer=viewer)
            assert bool(found.metoder) is bool(found.hindringer) is shown
            assert found.baand == ("5–9 svar" if shown else "for få svar")
        if outsider:
            [found] = queries.list_svar(team, viewer=leder)
            assert {vist.tekst for vist in found.metoder[0][1].values()} == {
                f"over 70{NBSP}%",
                f"under 30{NBSP}%",
            }


def test_a_member_answers_on_the_page_and_only_once(
    sqlite_app: Flask, sqlite_world: World, people: list[UUID], browser_for: Any
) -> None:
    with sqlite_app.app_context():
        skema_id = db.session.query(Skema).one().id
        koder = [one.kode for one in db.session.query(SkemaMetode)]
    member, url = browser_for(people[0]), f"/overblik/skema/{skema_id}"
    assert url in member.get(address(sqlite_world)).get_data(as_text=True)
    assert url in member.get("/").get_data(as_text=True)
    form = {"csrf_token": member.token(), **{f"valg_{kode}": "mere" for kode in koder}, "hindringer": "tid"}
    halved = {name: value for name, value in form.items() if name != f"valg_{koder[0]}"}
    assert member.post(url, data=halved).status_code == 422
    assert member.post(url, data=form).status_code == 303
    assert member.post(url, data=form).status_code == 422
    assert "Du har svaret" in member.get(url).get_data(as_text=True)
    assert url not in member.get("/").get_data(as_text=True)
    assert browser_for(sqlite_world.leder).get(url).status_code == 404
    leader = browser_for(sqlite_world.leder)
    page = leader.get(address(sqlite_world)).get_data(as_text=True)
    assert f"1 af {len(people)} har svaret" in page
    assert "over 70" not in page
    assert leader.post(f"{url}/luk", data={"csrf_token": leader.token()}).status_code == 303
    assert "For få svar" in leader.get(address(sqlite_world)).get_data(as_text=True)


def test_only_who_leads_the_team_writes_and_asks(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        team = db.session.get_one(Team, sqlite_world.teams["nord"])
        kvartal = rules.kvartal_of(clock.today())
        for who in ("mette", "sydleder", "supervisor"):
            by = db.session.get_one(Person, sqlite_world.people[who])
            with pytest.raises(NotAllowed):
                actions.write_ramme(team, kvartal, tekster={"status": "x"}, seen=0, by=by)
            with pytest.raises(NotAllowed):
                actions.open_skema(team, metoder=["ugu"], by=by)
        leder = db.session.get_one(Person, sqlite_world.leder)
        with pytest.raises(RuleBroken, match="for lille"):
            actions.open_skema(
                team, metoder=list(queries.list_metoder_at_spoerge_til(team.organisation))[:1], by=leder
            )
        for metoder, words in (([], "mindst én"), (["findes ikke"], "mindst én")):
            with pytest.raises(RuleBroken, match=words):
                actions.open_skema(team, metoder=metoder, by=leder)
        with pytest.raises(RuleBroken, match="mindst ét sted"):
            actions.write_ramme(team, kvartal, tekster={"status": "  "}, seen=0, by=leder)
        assert db.session.query(Opfoelgning).count() == 0
