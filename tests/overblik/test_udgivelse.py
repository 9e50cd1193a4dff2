"""Published figures: the groups of a quarter, what stands once it is shown, and the audit that takes it apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from held import LONG_AGO, crew, held, log
from people import World, give_role
from published import DAY, SHOWN, page, stored
from web import Browser

from supervision import clock
from supervision.aftaler.models import Fokuspunkt
from supervision.db import db
from supervision.observationer.models import Haendelse, Observation, Sammenfatning
from supervision.overblik.actions import audit_published, plan_groups, publish_due
from supervision.overblik.cli.udgivelse import Stopped, publish_tonight
from supervision.overblik.models import Kendskab, Rapportgruppe, Udgivelse, UdgivetTal
from supervision.overblik.rules.team import Vist
from supervision.personer.models import Organisation, Person, Rolletildeling
from supervision.problems import RuleBroken


def test_the_organisation_is_the_mean_of_the_shown_teams(sqlite_app: Flask, two_teams: World) -> None:
    world, nbsp = two_teams, "\N{NO-BREAK SPACE}"
    address = f"/overblik/organisation/{world.organisations['jobcenter']}"
    whole = page(sqlite_app, world.supervisor, address)
    assert "3. kvartal 2026" in whole
    assert "10–19 observerede" in whole
    assert f"ca. 50{nbsp}%" in whole
    for who, answer in (
        ("anden_supervisor", "404"),
        ("noise", "404"),
        ("administrator", "404"),
        ("mette", whole[:15]),
    ):
        assert page(sqlite_app, world.people[who], address).startswith(answer), who


@pytest.mark.gate("C3")
def test_whoever_observed_them_sees_silence_and_loses_the_total_too(
    sqlite_app: Flask, two_teams: World
) -> None:
    world = two_teams
    with clock.travel(SHOWN), sqlite_app.app_context():
        house = world.organisations["jobcenter"]
        seen = [p.id for p in db.session.query(Person).filter(Person.navn.like("%Inord%"))][:2]
        assert len(seen) == 2, "the crew has other names now"
        for person in seen:
            held(person, world.jonas, house, DAY)
        db.session.commit()
        db.session.remove()
    team = f"/overblik/team/{world.teams['nord']}"
    whole = f"/overblik/organisation/{world.organisations['jobcenter']}"
    assert "data-chart" in page(sqlite_app, world.mette, team)
    assert "data-chart" not in page(sqlite_app, world.jonas, team)
    assert "data-chart" in page(sqlite_app, world.mette, whole)
    assert "data-chart" not in page(sqlite_app, world.jonas, whole)


@pytest.mark.gate("C2", "C3")
def test_r7_what_was_known_is_known_though_its_logs_are_deleted(sqlite_app: Flask, two_teams: World) -> None:
    """Logs are deleted after a year, or by their owner; the figures stand for years, and so does what Jonas saw."""
    world, team = two_teams, f"/overblik/team/{two_teams.teams['nord']}"
    with clock.travel(SHOWN), sqlite_app.app_context():
        seen = [p.id for p in db.session.query(Person).filter(Person.navn.like("%Inord%"))][:2]
        logs = [held(person, world.jonas, world.organisations["jobcenter"], DAY).id for person in seen]
        assert audit_published() == 0
        for model in (Haendelse, Sammenfatning):
            db.session.query(model).filter(model.observation_id.in_(logs)).delete()
        db.session.query(Observation).filter(Observation.id.in_(logs)).delete()
        db.session.commit()
        db.session.remove()
    assert "data-chart" not in page(sqlite_app, world.jonas, team)
    assert "data-chart" in page(sqlite_app, world.mette, team)
    with sqlite_app.app_context():  # planted: a product that forgets with the logs
        db.session.query(Kendskab).filter_by(seer_id=world.jonas).delete()
        db.session.commit()
        db.session.remove()
    assert "data-chart" in page(sqlite_app, world.jonas, team)


@pytest.mark.gate("C4")
def test_c4_what_is_published_stands(
    sqlite_app: Flask, two_teams: World, record_property: Callable[[str, object], None]
) -> None:
    """After an erasure, a move and late samtaler: the rows and the pages, byte for byte."""
    world, before = two_teams, stored(sqlite_app)
    house = world.organisations["jobcenter"]

    def seen() -> list[str]:
        team = f"/overblik/team/{world.teams['nord']}"
        pages = (team, f"{team}/debrifing", f"{team}/over-tid", f"/overblik/organisation/{house}")
        shown = [page(sqlite_app, world.supervisor, address) for address in pages]
        return [one[one.index("<main") : one.index("</main>")] for one in shown]

    shown = seen()
    assert before
    with clock.travel(SHOWN), sqlite_app.app_context():
        gone = db.session.query(Observation).first()
        assert gone is not None
        db.session.query(Haendelse).filter_by(observation_id=gone.id).delete()
        moved = db.session.query(Rolletildeling).filter_by(team_id=world.teams["syd"]).all()
        for role in moved:
            role.team_id = world.teams["nord"]
        late = crew(house, world.teams["nord"], 3, "Sen")
        for person in late:
            held(person, world.noise, house, DAY, events=log(share=0.9))
        assert publish_due(clock.today()) == 0
        assert audit_published() == 0
        db.session.commit()
        db.session.remove()
    assert stored(sqlite_app) == before
    assert seen() == shown
    record_property("figure", f"0 of {len(before)} stored figures and 0 of {len(shown)} pages changed")
    with clock.travel(SHOWN), sqlite_app.app_context():  # planted: a product that computes a quarter anew
        for made in db.session.query(Udgivelse).filter_by(organisation_id=house):
            db.session.delete(made)
        db.session.flush()
        publish_due(clock.today())
        db.session.commit()
        db.session.remove()
    assert [row[1:] for row in stored(sqlite_app)] != [row[1:] for row in before]
    assert seen() != shown


CANARY = "kanariefugl"


def everything_shown(app: Flask, world: World) -> str:
    """The text of every page and file of the figures that anybody may see."""
    house, team = world.organisations["jobcenter"], world.teams["nord"]
    pages = [
        page(app, world.supervisor, f"/overblik/{what}{more}")
        for what in (f"team/{team}", f"organisation/{house}")
        for more in ("", "/debrifing", "/over-tid")
    ]
    files = [
        page(app, world.administrator, f"/administration/organisationer/{house}/tal/fil?type={kind}")
        for kind in ("csv", "json")
    ]
    assert "404" not in [*pages, *files]
    assert "Team Nord" in files[0]
    return "\n".join([*pages, *files]).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.gate("C5")
@pytest.mark.planted("C5")
def test_c5_extremes_are_open_and_no_free_text_gets_out(
    sqlite_app: Flask,
    sqlite_world: World,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """Everybody 0 % or 100 % in everything, and a word of one's own wherever a person can write one."""
    world, house = sqlite_world, sqlite_world.organisations["jobcenter"]
    events = [*log(share=1.0, framed=2, unframed=0), (9_000, "note", CANARY), (9_500, CANARY, CANARY)]

    def publish_all() -> None:
        with clock.travel(SHOWN), sqlite_app.app_context():
            for made in db.session.query(Udgivelse):
                db.session.delete(made)
            db.session.flush()
            publish_due(clock.today())
            db.session.commit()
            db.session.remove()

    with clock.travel(SHOWN), sqlite_app.app_context():
        guests = crew(world.organisations["a_kasse"], world.teams["kasse_nord"], 12, "Gaest")
        for team in ("nord", "syd"):
            for person in crew(house, world.teams[team], 6, f"{CANARY} {team}"):
                kontrakt = held(person, guests.pop(), house, DAY, events=events, kendetegn=["k"]).kontrakt
                assert kontrakt is not None
                kontrakt.samtale.sted = kontrakt.udenfor = kontrakt.plads = CANARY
                kontrakt.kendetegn[0].tekst = CANARY
                kontrakt.fokuspunkter = [Fokuspunkt(nr=1, tekst=CANARY)]
        db.session.commit()
        db.session.remove()
    publish_all()
    shown = everything_shown(sqlite_app, world)
    exact = re.compile(r"\b(?:0|100) %(?!\w)")
    figures = re.sub(r'<script type="application/json".*?</script>', "", shown, flags=re.DOTALL)
    assert "over 90 %" in figures
    assert "under 10 %" in figures
    assert exact.findall(figures) == []
    assert CANARY not in shown
    pages = shown.count("<main") + 2
    record_property("figure", f"0 exact ends and 0 canaries on {pages} pages and files, all at 0 or 100 %")
    monkeypatch.setattr(
        "supervision.overblik.rules.team.r5_andel", lambda share: Vist(f"{share:.0%}".replace("%", " %"), 5)
    )
    monkeypatch.setattr("supervision.overblik.tables.team.FASE_NAVNE", {"kontrakt": CANARY, "emne": "Emne"})
    publish_all()
    broken = everything_shown(sqlite_app, world)
    assert exact.search(broken), "the check sees an exact end"
    assert CANARY in broken, "the check sees a text that got out"


def test_the_plan_of_small_teams_works_from_the_next_quarter(sqlite_app: Flask, two_teams: World) -> None:
    world = two_teams
    with clock.travel(SHOWN), sqlite_app.app_context():
        house = db.session.get_one(Organisation, world.organisations["jobcenter"])
        admin = db.session.get_one(Person, world.administrator)
        names = {world.teams["nord"]: "Nord og Syd", world.teams["syd"]: "Nord og Syd"}
        with pytest.raises(RuleBroken, match="hører ikke til"):
            plan_groups(house, navne={uuid4(): "X"}, opdeling="team", by=admin)
        with pytest.raises(RuleBroken, match="deles op"):
            plan_groups(house, navne=names, opdeling="person", by=admin)
        plan_groups(house, navne=names, opdeling="team", by=admin)
        publish_due(clock.today())
        db.session.commit()
        names_of = {
            kvartal: {
                g.navn
                for g in db.session.query(Rapportgruppe).filter_by(
                    organisation_id=house.id, aar=2026, nr=kvartal
                )
            }
            for kvartal in (3, 4)
        }
        assert {"Team Nord", "Team Syd"} <= names_of[3]
        assert {"Team Nord", "Team Syd"} <= names_of[4], "the quarter had opened when the plan was made"
    with clock.travel(datetime(2027, 1, 2, 9, tzinfo=clock.DANISH_TIME)), sqlite_app.app_context():
        publish_due(clock.today())
        opened = {
            g.navn
            for g in db.session.query(Rapportgruppe).filter_by(
                organisation_id=world.organisations["jobcenter"], aar=2027, nr=1
            )
        }
        db.session.rollback()
        db.session.remove()
    assert "Nord og Syd" in opened
    assert not {"Team Nord", "Team Syd"} & opened


def test_types_of_samtale_as_the_only_partition(sqlite_app: Flask, two_teams: World) -> None:
    world = two_teams
    with clock.travel(SHOWN), sqlite_app.app_context():
        house = db.session.get_one(Organisation, world.organisations["jobcenter"])
        for made in (*db.session.query(Udgivelse), *db.session.query(Rapportgruppe)):
            db.session.delete(made)
            db.session.flush()
        plan_groups(
            house, navne={}, opdeling="samtaletype", by=db.session.get_one(Person, world.administrator)
        )
        for person in crew(house.id, world.teams["nord"], 5, "Cv"):
            held(person, world.noise, house.id, DAY, events=log(share=0.9), type="cv_samtale")
        publish_due(clock.today())
        shown = {
            (g.samtaletype, t.tekst)
            for t, g in db.session.query(UdgivetTal, Rapportgruppe)
            .join(Rapportgruppe)
            .filter(UdgivetTal.kode == "medarbejder", Rapportgruppe.organisation_id == house.id)
        }
        assert (
            not db.session.query(UdgivetTal)
            .filter_by(gruppe_id=None)
            .join(Udgivelse)
            .filter_by(organisation_id=house.id)
            .count()
        )
        db.session.rollback()
        db.session.remove()
    nbsp = "\N{NO-BREAK SPACE}"
    assert shown == {("individuel", f"ca. 50{nbsp}%"), ("cv_samtale", f"ca. 90{nbsp}%")}


@pytest.mark.gate("C2")
def test_the_nightly_audit_stops_what_can_be_taken_apart_and_says_so(
    sqlite_app: Flask, two_teams: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: a figure of all but one of a team, as a filter by mistake would make it."""
    world = two_teams
    with clock.travel(SHOWN), sqlite_app.app_context():
        whole = (
            db.session.query(UdgivetTal)
            .filter_by(kode="borger")
            .filter(UdgivetTal.gruppe_id.is_not(None))
            .first()
        )
        assert whole is not None
        other = UdgivetTal(
            udgivelse_id=whole.udgivelse_id, billede=whole.billede, kode=whole.kode, navn=whole.navn,
            tekst=whole.tekst, tegnet=whole.tegnet, baand=whole.baand, plads=99, personer=5,
        )  # fmt: skip
        other.hvem = [type(p)(person_id=p.person_id) for p in whole.hvem[:-1]]
        db.session.add(other)
        db.session.commit()
        db.session.remove()
    with clock.travel(SHOWN), pytest.raises(Stopped, match="regnes tilbage"):
        publish_tonight(sqlite_app)
    shown = page(sqlite_app, world.mette, f"/overblik/team/{world.teams['nord']}")
    assert "Kvartalets tal bliver ikke vist" in shown
    assert "data-chart" not in shown
    with clock.travel(SHOWN):
        assert publish_tonight(sqlite_app) == 0


def test_the_command_is_run_by_hand_and_by_night(
    sqlite_app: Flask, two_teams: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from supervision.overblik import cli

    monkeypatch.setattr(cli.udgivelse, "create_app", lambda: sqlite_app)
    with clock.travel(datetime(2027, 1, 16, 3, tzinfo=clock.DANISH_TIME)):
        said = [CliRunner().invoke(cli.udgiv_tal, []).output for _ in range(2)]
    assert said == ["Gjort op: 1 kvartal(er).\n", "Der var intet at gøre op.\n"]


def test_earlier_quarters_stay_and_a_wrong_one_is_not_there(sqlite_app: Flask, two_teams: World) -> None:
    world = two_teams
    address = f"/overblik/team/{world.teams['nord']}"
    later = datetime(2027, 1, 16, 9, tzinfo=clock.DANISH_TIME)
    with clock.travel(later), sqlite_app.app_context():
        publish_due(clock.today())
        db.session.commit()
        db.session.remove()
    with clock.travel(later):
        browser = Browser.signed_in(sqlite_app, world.supervisor)
        newest = browser.get(address).get_data(as_text=True)
        assert "4. kvartal 2026</h1>" in newest
        assert f'{address}?kvartal=2026-3"' in newest
        assert "data-chart" in browser.get(f"{address}?kvartal=2026-3").get_data(as_text=True)
        assert browser.get(f"{address}?kvartal=2019-1").status_code == 404


def test_a_new_organisation_learns_when_figures_come(sqlite_app: Flask, sqlite_world: World) -> None:
    world = sqlite_world
    with sqlite_app.app_context():
        give_role(world.fremmed, "teamleder", fra=LONG_AGO, team_id=world.teams["kasse_nord"])
        db.session.commit()
        db.session.remove()
    shown = page(sqlite_app, world.fremmed, f"/overblik/team/{world.teams['kasse_nord']}")
    assert "Der er ingen tal endnu" in shown
    assert "14 dage efter" in shown
