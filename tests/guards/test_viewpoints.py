"""The matrix, run: nine viewpoints knock on every address with an object in it, and get what the file says.

Whoever is not named gets 404, the same 404 as for an id that does not exist; nobody signed in is asked to sign in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, redirect
from people import World
from road import agreed, person, walk
from web import Browser
from werkzeug.routing import Rule as Address

from supervision import clock
from supervision.access import matrix
from supervision.aftaler.models import (
    Dagbane,
    Dagenslinje,
    Dagpause,
    FeedbackKontrakt,
    Supervisionsdag,
    Supervisionssession,
)
from supervision.db import db
from supervision.feedback.models import FeedbackPunkt
from supervision.grupper.models import (
    Dagsordenspunkt,
    Deling,
    Gruppemedlem,
    Hjemmeopgave,
    HjemmeopgaveKontrakt,
    Kalibrering,
    KalibreringLog,
    Laeringsgruppe,
    Manual,
    Moede,
    Oevelse,
    Oevelsesdeltager,
    Oevelseshold,
    Oevelsestekst,
    PaaBordet,
    Parbesoeg,
    Plenumaftale,
    Runde,
    Seddel,
    Supervisionspar,
    TjekUd,
)
from supervision.katalog.actions import copy_original
from supervision.katalog.models import Princip
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.logbog.models import Lognotat
from supervision.observationer.models import Haendelse, Karantaene, Registrering
from supervision.overblik.models import Skema, SkemaDeltager
from supervision.personer.actions.adgang import start_indlogning
from supervision.personer.models import Adgangsnoegle, EksternIdentitet, Loginregel, Person, Rolletildeling

VIEWPOINTS = {
    "ejer": "mette",
    "observatoer": "jonas",
    "kollega": "aase",
    "teamleder": "leder",
    "anden_teamleder": "sydleder",
    "supervisor": "supervisor",
    "anden_supervisor": "anden_supervisor",
    "administrator": "administrator",
    "anonym": None,
}


def fill(world: World) -> dict[str, Any]:
    """One object of each kind, all Mette's; the values that addresses want, by argument name."""
    ids: dict[str, Any] = dict(walk(world).ids)
    now, mette = clock.now(), world.mette
    ids["samtale_id"] = db.session.get_one(FeedbackKontrakt, ids["kontrakt_id"]).samtale_id
    ids["organisation_id"] = world.organisations["jobcenter"]
    ids["team_id"] = world.teams["nord"]
    ids["person_id"] = mette
    ids["rolle_id"] = ids["rolletildeling_id"] = (
        db.session.query(Rolletildeling).filter_by(person_id=world.people["supervisor"]).one().id
    )
    ids["linje_id"] = uuid4()
    ids |= _known_by_a_provider(ids["organisation_id"], mette)
    ids["laeringspil_id"] = _add(
        Laeringspil(
            person_id=mette,
            oprettet_at=now,
            linjer=[LaeringspilLinje(nr=1, faerdighed="kanarie-laeringspil", linje_id=ids["linje_id"])],
        )
    )
    ids["notat_id"] = _add(
        Lognotat(person_id=mette, skrevet_at=now, aendret_at=now, proevet="kanarie-logbog")
    )
    ids["indlogning_id"] = start_indlogning(db.session.get_one(Person, mette), enhed="Chrome på Linux")[0].id
    ids["noegle_id"] = _add(
        Adgangsnoegle(
            person_id=mette,
            credential_id=uuid4().bytes,
            offentlig_noegle=b"y",
            taeller=0,
            navn="Nøgle",
            oprettet_at=now,
        )
    )
    gruppe = Laeringsgruppe(
        organisation_id=world.organisations["jobcenter"],
        navn="Gruppen",
        facilitator_id=world.leder,
        oprettet_at=now,
        medlemmer=[Gruppemedlem(person_id=who, ind_at=now) for who in (mette,)],
        runder=[
            Runde(navn="Runde 1", fra=clock.today(), til=clock.today().replace(year=clock.today().year + 1))
        ],
    )
    ids["gruppe_id"] = _add(gruppe)
    ids["runde_id"] = gruppe.runder[0].id
    ids["medlem_id"] = gruppe.medlemmer[0].id
    ids["besoeg_id"] = _besoeg(ids["runde_id"], fokusperson=mette, observatoer=world.jonas, by=world.leder)
    ids["skema_id"] = _add(
        Skema(
            team_id=ids["team_id"],
            aabnet_at=now,
            aabnet_af=world.leder,
            deltagere=[SkemaDeltager(person_id=mette)],
        )
    )
    ids["princip_id"] = _add(
        Princip(
            organisation_id=ids["organisation_id"], nr=1, tekst="Princip", oprettet_at=now, oprettet_af=mette
        )
    )
    ids["plenumaftale_id"] = _add(
        Plenumaftale(
            gruppe_id=gruppe.id,
            tekst="kanarie-plenum",
            aftalt=clock.today(),
            skrevet_at=now,
            skrevet_af=mette,
        )
    )
    _write_together(ids, world)
    ids["oevelse_id"], ids["oevelsestekst_id"] = _an_exercise(gruppe.id, world)
    opgave = Hjemmeopgave(
        runde_id=ids["runde_id"],
        titel="kanarie-opgave",
        frist=clock.today(),
        oprettet_at=now,
        oprettet_af=world.leder,
    )
    ids["hjemmeopgave_id"] = _add(opgave)
    ids["knyttet_id"] = _add(
        HjemmeopgaveKontrakt(
            hjemmeopgave_id=opgave.id, kontrakt_id=ids["kontrakt_id"], knyttet_at=now, knyttet_af=mette
        )
    )
    ids["manual_id"] = _add(
        Manual(
            organisation_id=ids["organisation_id"],
            version=1,
            tekst="## Manual",
            oprettet_at=now,
            oprettet_af=mette,
            aendret_at=now,
            udgivet_at=now,
            udgivet_af=mette,
        )
    )
    ids["moede_id"] = _a_meeting(gruppe.id, world)
    ids["paa_bordet_id"] = _add(
        PaaBordet(
            moede_id=ids["moede_id"], person_id=mette, observation_id=ids["observation_id"], lagt_at=now
        )
    )
    dag = Supervisionsdag(
        organisation_id=ids["organisation_id"],
        dato=clock.today(),
        fra=9 * 60,
        til=16 * 60,
        oprettet_af=world.supervisor,
        sendt_at=now,
        baner=[Dagbane(supervisor_id=world.supervisor, nr=1)],
        pauser=[Dagpause(start=720, minutter=30, navn="Frokost")],
    )
    ids["dag_id"] = _add(dag)
    ids["pause_id"] = dag.pauser[0].id
    ids["session_id"] = _add(
        Supervisionssession(
            dag_id=dag.id,
            supervisor_id=world.supervisor,
            fokusperson_id=mette,
            kontrakt_id=agreed(person(mette), person(world.supervisor)).id,
            start=9 * 60,
        )
    )
    ids["dagenslinje_id"] = _add(
        Dagenslinje(
            session_id=ids["session_id"],
            tekst="kanarie-linje",
            skrevet_at=now,
            skrevet_af=world.supervisor,
            givet_videre_at=now,
            givet_videre_til=world.jonas,
        )
    )
    ids["kalibrering_id"] = _add(
        Kalibrering(
            manuskript="lageret",
            udgave=1,
            gruppe_id=gruppe.id,
            tempo=100,
            oprettet_at=now,
            oprettet_af=world.leder,
            start_at=now,
            logge=[KalibreringLog(person_id=mette, aabnet_at=now)],
        )
    )
    ids["deling_id"] = _add(Deling(punkt_id=ids["punkt_id"], delt_af=mette, gruppe_id=gruppe.id, delt_at=now))
    _add(
        Karantaene(
            organisation_id=world.organisations["jobcenter"],
            person_id=world.jonas,
            kontrakt_id=ids["kontrakt_id"],
            haendelse_id=uuid4(),
            nr=1,
            t_ms=1000,
            spor="note",
            kode="kanarie-karantaene",
            grund="overdraget",
            modtaget_at=now,
        )
    )
    assert db.session.get(FeedbackPunkt, ids["punkt_id"]) is not None
    ids["haendelse_id"] = (
        db.session.query(Haendelse.id).filter_by(observation_id=ids["observation_id"]).limit(1).scalar()
    )
    ids["slags_key"] = "skala"
    ids["registrering_id"] = _add(
        Registrering(
            observation_id=ids["observation_id"],
            person_id=world.jonas,
            slags="skala",
            nr=1,
            data={"interval": "1-10", "vaerdi": 4, "om": "tro"},
            privat=False,
            oprettet_at=now,
            aendret_at=now,
        )
    )
    ids["slags"] = "fortolkning"
    administrator = person(world.administrator)
    ids["indhold_id"] = copy_original(
        administrator.organisation, by=administrator, slags="metode", key="noegleord"
    ).id
    ids["metode_key"] = "noegleord"
    ids["skabelon_key"] = "cabi_9_trin"
    assert person(mette).navn
    return ids


def _besoeg(runde_id: UUID, *, fokusperson: UUID, observatoer: UUID, by: UUID) -> UUID:
    """A visit of a pair; the observatør is not in the group any more."""
    now = clock.now()
    two = {"fokusperson_id": fokusperson, "observatoer_id": observatoer, "aendret_at": now, "aendret_af": by}
    visit = Parbesoeg(nr=1, **two)
    _add(Supervisionspar(runde_id=runde_id, nr=1, dannet_at=now, dannet_af=by, besoeg=[visit]))
    return visit.id


def _write_together(ids: dict[str, Any], world: World) -> None:
    """A meeting of the group that runs, a note, and Mette's "Men"."""
    now = clock.now()
    if "moede_id" not in ids:
        ids["moede_id"] = _add(
            Moede(
                gruppe_id=ids["gruppe_id"],
                start_at=now,
                indkaldt_at=now,
                indkaldt_af=world.leder,
                begyndt_at=now,
            )
        )
    moede_id = ids["moede_id"]
    ids["seddel_id"] = _add(
        Seddel(
            id=uuid4(),
            moede_id=moede_id,
            felt="proevet",
            tekst="kanarie-seddel",
            nr=1,
            oprettet_nr=1,
            plads=1,
        )
    )
    ids["tjek_ud_id"] = _add(
        TjekUd(
            moede_id=moede_id,
            boks="men",
            tekst="kanarie-men",
            forfatter_id=world.mette,
            kvittering="a" * 64,
            vist=True,
        )
    )


def _an_exercise(gruppe_id: UUID, world: World) -> tuple[UUID, UUID]:
    """One that runs, with Mette alone in a small group that has written; the facilitator began it."""
    now = clock.now()
    raad = Oevelsestekst(felt="raad", nr=1, tekst="kanarie-raad")
    hold = Oevelseshold(nr=1, ture=1, fra_at=now, tekster=[raad])
    oevelse = Oevelse(
        gruppe_id=gruppe_id, slags="gode_raad", begyndt_at=now, begyndt_af=world.leder, fordelt_at=now
    )
    oevelse.holdene.append(hold)
    _add(oevelse)
    _add(Oevelsesdeltager(oevelse_id=oevelse.id, person_id=world.mette, hold_id=hold.id, kom_at=now))
    return oevelse.id, raad.id


def _a_meeting(gruppe_id: UUID, world: World) -> UUID:
    """Called for later, with a point on its agenda."""
    moede_id = _add(
        Moede(
            gruppe_id=gruppe_id,
            start_at=clock.now() + timedelta(days=3),
            indkaldt_at=clock.now(),
            indkaldt_af=world.leder,
        )
    )
    _add(Dagsordenspunkt(moede_id=moede_id, nr=1, slags="andet", titel="kanarie-punkt", minutter=10))
    return moede_id


def _add(row: Any) -> UUID:
    db.session.add(row)
    db.session.flush()
    found: UUID = row.id
    return found


def addresses(app: Flask) -> Iterator[Address]:
    for rule in app.url_map.iter_rules():
        if matrix()[rule.endpoint].seen_by:
            yield rule


def _known_by_a_provider(organisation_id: UUID, person_id: UUID) -> dict[str, UUID]:
    """A person as an identity provider knows them, and a rule of what its claims give."""
    whole = {"organisation_id": organisation_id, "oprettet_at": clock.now()}
    return {
        "identitet_id": _add(
            EksternIdentitet(
                **whole, person_id=person_id, issuer="https://login.example", subject="kanarie-id"
            )
        ),
        "loginregel_id": _add(Loginregel(**whole, vaerdi="login-gruppe", rolle="supervisor")),
    }


def build(app: Flask, rule: Address, values: dict[str, Any]) -> str:
    with app.test_request_context():
        missing = rule.arguments - set(values) - set(rule.defaults or ())
        assert not missing, f"{rule}: the test has no value for {missing}"
        built = rule.build({name: values[name] for name in rule.arguments})
    assert built is not None
    return built[1]


def knock(browser: Browser, method: str, url: str, token: str) -> int:
    if method == "GET":
        return browser.get(url).status_code
    if url.startswith("/api/"):
        return browser.send_json(url, {}).status_code
    return browser.post(url, data={"csrf_token": token}).status_code


ON_SQLITE_FIRST = pytest.mark.parametrize(
    "app", ["sqlite", pytest.param("postgres", marks=pytest.mark.wide)], indirect=True
)
"""Who may knock is asked before any engine is: PostgreSQL is tried once more after the suite."""


@pytest.fixture
def objects(app: Flask, world: World) -> dict[str, Any]:
    with app.app_context():
        made = fill(world)
        db.session.commit()
        db.session.remove()
    return made


@ON_SQLITE_FIRST
@pytest.mark.gate("A2")
def test_whoever_is_not_named_gets_404(
    app: Flask, world: World, objects: dict[str, Any], browser_for: Any
) -> None:
    browsers = {name: browser_for(world.people[who] if who else None) for name, who in VIEWPOINTS.items()}
    assert let_in(app, list(addresses(app)), objects, browsers) == []


def let_in(
    app: Flask, rules: list[Address], objects: dict[str, Any], browsers: dict[str, Browser]
) -> list[str]:
    """Who got something else than 404 (or was asked to sign in) without being named in the matrix."""
    tokens = {name: browser.token() for name, browser in browsers.items()}
    wrong = []
    for rule in rules:
        url = build(app, rule, objects)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for viewpoint in VIEWPOINTS.keys() - set(matrix()[rule.endpoint].seen_by):
                status = knock(browsers[viewpoint], method, url, tokens[viewpoint])
                expected = {302, 303, 401} if viewpoint == "anonym" else {404}
                if status not in expected:
                    wrong.append(f"{method} {rule.endpoint} as {viewpoint}: {status}")
    return wrong


@ON_SQLITE_FIRST
@pytest.mark.gate("A2")
def test_whoever_is_named_gets_an_answer(
    app: Flask, world: World, objects: dict[str, Any], browser_for: Any
) -> None:
    browsers = {name: browser_for(world.people[who] if who else None) for name, who in VIEWPOINTS.items()}
    assert shut_out(app, list(addresses(app)), objects, browsers) == []


def shut_out(
    app: Flask, rules: list[Address], objects: dict[str, Any], browsers: dict[str, Browser]
) -> list[str]:
    """Who is named in the matrix and got no answer."""
    wrong = []
    for rule in rules:
        if "GET" not in (rule.methods or set()):
            continue
        url = build(app, rule, objects)
        for viewpoint in matrix()[rule.endpoint].seen_by:
            status = knock(browsers[viewpoint], "GET", url, "")
            if status == 404 or status >= 500:
                wrong.append(f"GET {rule.endpoint} as {viewpoint}: {status}")
    return wrong


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.planted("A2")
def test_a_page_that_asks_nobody_and_one_that_knows_nobody_are_found(
    app: Flask, world: World, objects: dict[str, Any], browser_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browsers = {name: browser_for(world.people[who] if who else None) for name, who in VIEWPOINTS.items()}
    rules = [rule for rule in addresses(app) if rule.endpoint == "logbog.ret_notat"]
    assert let_in(app, rules, objects, browsers) == shut_out(app, rules, objects, browsers) == []
    page = app.view_functions["logbog.bekraeft_slet_notat"]  # of the same object
    monkeypatch.setitem(app.view_functions, "logbog.ret_notat", lambda notat_id: redirect("/"))
    assert "GET logbog.ret_notat as kollega: 302" in let_in(app, rules, objects, browsers)
    monkeypatch.setitem(app.view_functions, "logbog.ret_notat", lambda notat_id: page(notat_id=uuid4()))
    assert shut_out(app, rules, objects, browsers) == ["GET logbog.ret_notat as ejer: 404"]


@ON_SQLITE_FIRST
@pytest.mark.gate("A3")
def test_an_unknown_id_is_answered_like_a_foreign_one(
    app: Flask, world: World, objects: dict[str, Any], browser_for: Any
) -> None:
    stranger = browser_for(world.people["fremmed"])
    unknown = {name: uuid4() if isinstance(value, UUID) else value for name, value in objects.items()}
    for rule in addresses(app):
        if "GET" not in (rule.methods or set()) or matrix()[rule.endpoint].who == "administrator":
            continue
        foreign = stranger.get(build(app, rule, objects))
        missing = stranger.get(build(app, rule, unknown))
        if foreign.status_code == 404:
            assert missing.status_code == 404, rule
            assert _without_token(missing) == _without_token(foreign), rule


def _without_token(answer: Any) -> str:
    import re

    return re.sub(r'value="[^"]+"', "", answer.get_data(as_text=True))
