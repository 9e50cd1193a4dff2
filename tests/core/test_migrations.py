"""Migrations on both engines: equal to the models, up and down with data, no cascade during a rebuild."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from installation import settings_for
from people import make_world
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from supervision import clock, create_app
from supervision.adgangslog import Adgang, Adgangsfrist
from supervision.aftaler.models import (
    Dagbane,
    Dagenslinje,
    Dagpause,
    FeedbackKontrakt,
    Fokuspunkt,
    KontraktJa,
    Samtale,
    Supervisionsdag,
    Supervisionssession,
)
from supervision.db import db
from supervision.drift.jobs import Koersel
from supervision.feedback.models import Feedback, Refleksion
from supervision.grupper.models import (
    Billedbidrag,
    Billedseer,
    Dagsordenspunkt,
    FoersteDag,
    Gruppebillede,
    Gruppemedlem,
    Hjemmeopgave,
    HjemmeopgaveKontrakt,
    Kalibrering,
    KalibreringHaendelse,
    KalibreringLog,
    Laeringsgruppe,
    LedigTid,
    Manual,
    ManualLaest,
    Moede,
    Moededeltager,
    Moedeur,
    Oevelse,
    Oevelsesdeltager,
    Oevelseshold,
    Oevelsestekst,
    PaaBordet,
    Parbesoeg,
    Parplan,
    Plenumaftale,
    Pligtsagt,
    Runde,
    SammenHandling,
    SammenNr,
    Seddel,
    Supervisionspar,
    TjekUd,
)
from supervision.katalog.models import EgetIndhold, KendetegnEnighed, Princip, SkjultOriginal
from supervision.laeringspil.models import Laeringspil, LaeringspilLinje
from supervision.logbog.models import Lognotat
from supervision.maintenance import copy_database, upgrade_database
from supervision.observationer.models import (
    Enhedslink,
    Haendelse,
    Karantaene,
    Observation,
    Registrering,
    Sammenfatning,
)
from supervision.overblik.models import (
    Besked,
    Effekttal,
    Kendskab,
    Opfoelgning,
    Rapportgruppe,
    RapportgruppePerson,
    RapportgruppeTeam,
    Rapportplan,
    Rapportvalg,
    Skema,
    SkemaDeltager,
    SkemaHindring,
    SkemaMetode,
    Udgivelse,
    UdgivetPerson,
    UdgivetTal,
)
from supervision.personer.actions.adgang import start_indlogning
from supervision.personer.models import (
    Adgangsforsoeg,
    Adgangsnoegle,
    Beskedvalg,
    BrugtLoginsvar,
    EksternIdentitet,
    Kalenderlink,
    Kodegenerator,
    Kommunelogin,
    Loginregel,
    Noedkode,
    Organisation,
    Person,
    Rolletildeling,
    Team,
)
from supervision.rettigheder.models import Databeskyttelse, Opbevaring, Oplyst, Sletteanmodning

REBUILD = '''
"""Rebuilds a parent table, as SQLite needs for most changes."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def _rebuild():
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade():
    with op.batch_alter_table("feedback_kontrakt", recreate=_rebuild()) as batch:
        batch.add_column(sa.Column("proeve", sa.String(10)))


def downgrade():
    with op.batch_alter_table("feedback_kontrakt", recreate=_rebuild()) as batch:
        batch.drop_column("proeve")
'''


@pytest.fixture(params=["sqlite", "postgres"])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without tables."""
    if request.param == "sqlite":
        app = create_app(settings_for(tmp_path / "instance"))
        yield app
    else:
        url = request.getfixturevalue("postgres_url")
        name = f"migration_{uuid4().hex}"
        outside = {"isolation_level": "AUTOCOMMIT"}
        with (
            request.getfixturevalue("postgres_app").app_context(),
            db.engine.connect().execution_options(**outside) as connection,
        ):
            connection.execute(text(f"CREATE DATABASE {name}"))
        app = create_app(settings_for(tmp_path / "instance", _other_database(url, name)))
        yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _other_database(url: str, name: str) -> str:
    head, _, options = url.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{options}" if options else "")


def fill_the_road() -> None:
    """A kontrakt with its children, and a log on it."""
    world = make_world()
    now = clock.now()
    jobcenter, mette, jonas = world.organisations["jobcenter"], world.mette, world.jonas
    samtale = Samtale(
        organisation_id=jobcenter,
        type="individuel",
        form="fysisk",
        starter_at=now,
        laengde_min=45,
        oprettet_af=mette,
    )
    db.session.add(samtale)
    db.session.flush()
    kontrakt = FeedbackKontrakt(
        organisation_id=jobcenter,
        samtale_id=samtale.id,
        fokusperson_id=mette,
        observatoer_id=jonas,
        oprettet_af=mette,
        aendret_af=mette,
        fokuspunkter=[Fokuspunkt(nr=1, tekst="At lade borgeren tale ud")],
        jaer=[KontraktJa(person_id=mette, udgave=1, at=now), KontraktJa(person_id=jonas, udgave=1, at=now)],
    )
    db.session.add(kontrakt)
    db.session.flush()
    observation = Observation(
        organisation_id=jobcenter,
        kontrakt_id=kontrakt.id,
        fokusperson_id=mette,
        observatoer_id=jonas,
        kilde="optager",
        startet_at=now - timedelta(minutes=40),
        oprettet_at=now,
    )
    db.session.add(observation)
    db.session.flush()
    for nr in range(10):
        db.session.add(
            Haendelse(
                observation_id=observation.id,
                id=uuid4(),
                nr=nr,
                t_ms=nr * 1000,
                spor="taler",
                kode="borger",
                modtaget_at=now,
            )
        )


def fill_what_was_put_aside() -> None:
    """The road, and three events that came after it."""
    fill_the_road()
    jonas = db.session.query(Person).filter_by(email="jonas@test.example").one()
    for nr in range(3):
        db.session.add(
            Karantaene(
                organisation_id=jonas.organisation_id,
                person_id=jonas.id,
                kontrakt_id=uuid4(),
                haendelse_id=uuid4(),
                nr=nr,
                t_ms=nr * 1000,
                spor="note",
                kode="Æbler",
                grund="fremmed",
                modtaget_at=clock.now(),
            )
        )


def fill_links_to_devices() -> None:
    """The road, and links to another device: one used, one open."""
    fill_the_road()
    kontrakt = db.session.query(FeedbackKontrakt).one()
    now = clock.now()
    for mark, used in (("a", now), ("b", None)):
        db.session.add(
            Enhedslink(
                kontrakt_id=kontrakt.id,
                person_id=kontrakt.observatoer_id,
                token_hash=mark * 64,
                oprettet_at=now,
                udloeber_at=now + timedelta(minutes=10),
                brugt_at=used,
            )
        )


def fill_what_has_versions() -> None:
    """The road, on a kontrakt that was made from the second version of a skabelon."""
    fill_the_road()
    kontrakt = db.session.query(FeedbackKontrakt).one()
    kontrakt.skabelon, kontrakt.skabelon_version, kontrakt.gm_version = "cabi_9_trin", 2, 2


def fill_a_limit() -> None:
    """The road, in an organisation that wants the talk time mentioned earlier."""
    fill_the_road()
    db.session.query(Organisation).first().taletid_graense = 65  # type: ignore[union-attr]


def fill_own_thoughts() -> None:
    """The road, with the fokusperson's own thoughts and the observatør's line."""
    fill_the_road()
    observation = db.session.query(Observation).one()
    now = clock.now()
    written = {"lykkedes": "Jeg ventede", "svaert": "", "hoere": "Æbler"}
    thoughts = Refleksion(
        kontrakt_id=observation.kontrakt_id, person_id=observation.fokusperson_id, skrevet_at=now, **written
    )
    feedback = Feedback(
        organisation_id=observation.organisation_id,
        observation_id=observation.id,
        fokusperson_id=observation.fokusperson_id,
        observatoer_id=observation.observatoer_id,
        oprettet_at=now,
        tager_med="At vente",
    )
    db.session.add_all([thoughts, feedback])


def fill_lines_with_ids() -> None:
    """The road, with an arrow of two versions and a note about its line."""
    fill_the_road()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one()
    now, linje_id = clock.now(), uuid4()
    for afloest_at in (now, None):
        line = LaeringspilLinje(nr=1, faerdighed="At vente", linje_id=linje_id)
        db.session.add(Laeringspil(person_id=mette.id, oprettet_at=now, afloest_at=afloest_at, linjer=[line]))
    note = Lognotat(person_id=mette.id, skrevet_at=now, aendret_at=now, proevet="Æbler", linje_id=linje_id)
    db.session.add(note)


def fill_a_line_in_focus() -> None:
    """The road from a line, which came from a point and took another's place; and a kontrakt that was withdrawn."""
    fill_lines_with_ids()
    kontrakt = db.session.query(FeedbackKontrakt).one()
    line = db.session.query(LaeringspilLinje).join(Laeringspil).filter(Laeringspil.afloest_at.is_(None)).one()
    line.fra_punkt_id, line.afloeser_id = uuid4(), uuid4()
    kontrakt.fokuspunkter[0].linje_id = line.linje_id
    kontrakt.trukket_at, kontrakt.trukket_af = clock.now(), kontrakt.fokusperson_id


def fill_notices() -> None:
    """The road, with somebody's choices, calendar address and notices: one sent, one to be tried again."""
    fill_the_road()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one()
    now = clock.now()
    db.session.add(Beskedvalg(person_id=mette.id, slags="svar", til=True, valgt_at=now))
    for mark, closed in (("a", now), ("b", None)):
        db.session.add(
            Kalenderlink(person_id=mette.id, token_hash=mark * 64, oprettet_at=now, lukket_at=closed)
        )
    for sent in (now, None):
        db.session.add(
            Besked(
                person_id=mette.id,
                slags="feedback",
                genstand_id=uuid4(),
                oprettet_at=now,
                sendes_tidligst_at=now,
                forsoeg=1,
                foerste_forsoeg_at=now,
                sendt_at=sent,
            )
        )


def fill_what_was_used() -> None:
    """The road, and what was noted of it: an aftale, a tool, and something private."""
    fill_the_road()
    observation = db.session.query(Observation).one()
    now = clock.now()
    for slags, data in (
        ("aftale", {"talt_om": ["S", "T"], "smart_a": "accepteret"}),
        ("redskab", {"redskab": "bala", "dele": ["1"]}),
        ("stadie", {"stadie": "overvejelse"}),
    ):
        db.session.add(
            Registrering(
                observation_id=observation.id,
                person_id=observation.observatoer_id,
                slags=slags,
                nr=1,
                t_ms=5_000,
                data=data,
                privat=slags == "stadie",
                oprettet_at=now,
                aendret_at=now,
            )
        )


def fill_principles_and_plenum() -> None:
    """The road, its focus tagged with a principle, two topics planned; and what a group agreed, open and ended."""
    fill_the_road()
    kontrakt = db.session.query(FeedbackKontrakt).one()
    now, organisation_id, mette = clock.now(), kontrakt.organisation_id, kontrakt.fokusperson_id
    in_use, out = (
        Princip(
            organisation_id=organisation_id,
            nr=nr,
            tekst="Vi spørger først",
            oprettet_at=now,
            oprettet_af=mette,
        )
        for nr in (1, 2)
    )
    out.ude_at, out.ude_af = now, mette
    db.session.add_all([in_use, out])
    db.session.flush()
    kontrakt.fokuspunkter[0].princip_id, kontrakt.fokuspunkter[0].princip_tekst = out.id, out.tekst
    kontrakt.samtale.emner = ["min_plan", "egen_foerst"]
    gruppe = Laeringsgruppe(
        organisation_id=organisation_id, navn="Gruppen", facilitator_id=mette, oprettet_at=now
    )
    db.session.add(gruppe)
    db.session.flush()
    made = {"gruppe_id": gruppe.id, "aftalt": clock.today(), "skrevet_at": now, "skrevet_af": mette}
    db.session.add(Plenumaftale(**made, tekst="Vi taler om feedbacken samme dag"))
    db.session.add(Plenumaftale(**made, tekst="Vi skiftes", slut=clock.today(), udfald="gjort"))


def fill_published_figures() -> None:
    """The road, a plan, one group of a quarter with a team and a person, one figure, and a quarter that was stopped."""
    fill_the_road()
    now, team = clock.now(), db.session.query(Team).first()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one()
    assert team is not None
    made = {"organisation_id": team.organisation_id, "aendret_at": now, "aendret_af": mette.id}
    quarter = {"organisation_id": team.organisation_id, "aar": 2026}
    gruppe = Rapportgruppe(
        **quarter,
        nr=3,
        noegle="Æ",
        navn="Æ",
        fastlagt_at=now,
        teams=[RapportgruppeTeam(team_id=team.id)],
        personer=[RapportgruppePerson(person_id=mette.id)],
    )
    db.session.add_all([Rapportplan(team_id=team.id, navn="Æ", **made), Rapportvalg(opdeling="team", **made)])
    db.session.add(gruppe)
    db.session.flush()
    words = {
        "billede": "ugu",
        "plads": 0,
        "kode": "hel",
        "navn": "Æ",
        "tekst": "ca. 50 %",
        "tegnet": 50,
        "baand": "5–9",
    }
    tal = UdgivetTal(**words, gruppe_id=gruppe.id, personer=5, hvem=[UdgivetPerson(person_id=mette.id)])
    stopped = {"stoppet_at": now, "stoppet_grund": "Æ"}
    db.session.add(Udgivelse(**quarter, nr=3, regler=1, beregnet_at=now, tal=[tal]))
    db.session.add(Udgivelse(**quarter, nr=2, regler=1, beregnet_at=now, **stopped))


def fill_words_and_a_right() -> None:
    """The road, where one says ledig, with a supervisor who may change the catalogue."""
    fill_the_road()
    for organisation in db.session.query(Organisation):
        organisation.ordvalg, organisation.smart_a = {"borger": "ledig"}, "accepteret"
    for rolle in db.session.query(Rolletildeling).filter_by(rolle="supervisor"):
        rolle.retter_katalog = True


def fill_what_is_its_own() -> None:
    """The road, in an organisation with a method of its own, a draft of the next version, and a hidden original."""
    fill_the_road()
    organisation, now = db.session.query(Organisation).first(), clock.now()
    assert organisation is not None
    organisation.katalog_nr = 2
    for version, tilstand in ((1, "udgivet"), (2, "kladde")):
        out = {"udgivet_at": now, "udgivet_af": uuid4()} if tilstand == "udgivet" else {}
        db.session.add(
            EgetIndhold(
                organisation_id=organisation.id,
                slags="metode",
                key="noegleord",
                version=version,
                tilstand=tilstand,
                indhold={"navn": "Ærlige nøgleord"},
                fra_key="noegleord",
                fra_version=1,
                oprettet_af=uuid4(),
                **out,
            )
        )
    db.session.add(
        SkjultOriginal(
            organisation_id=organisation.id, slags="skabelon", key="cabi_9_trin", skjult_af=uuid4()
        )
    )


def fill_pairs() -> None:
    """The road, and a round with a pair: one visit has its kontrakt, one was moved; half-days that somebody can."""
    fill_principles_and_plenum()
    gruppe, now = db.session.query(Laeringsgruppe).first(), clock.now()
    kontrakt = db.session.query(FeedbackKontrakt).first()
    assert gruppe is not None
    assert kontrakt is not None
    runde = Runde(navn="Runde", fra=clock.today(), til=clock.today() + timedelta(days=30))
    gruppe.runder.append(runde)
    db.session.flush()
    two = (kontrakt.fokusperson_id, kontrakt.observatoer_id)
    changed = {"aendret_at": now, "aendret_af": two[0]}
    booked = Parbesoeg(
        nr=1, fokusperson_id=two[0], observatoer_id=two[1], kontrakt_id=kontrakt.id, starter_at=now, **changed
    )
    moved = Parbesoeg(
        nr=2, fokusperson_id=two[1], observatoer_id=two[0], starter_at=now, flyttet_fra=now, **changed
    )
    made = {"runde_id": runde.id, "dannet_at": now, "dannet_af": gruppe.facilitator_id}
    db.session.add(Supervisionspar(**made, nr=1, besoeg=[booked, moved]))
    db.session.add(Parplan(runde_id=runde.id, gemt_at=now, gemt_af=gruppe.facilitator_id))
    db.session.add(LedigTid(runde_id=runde.id, person_id=two[0], tider=["man_f"], aendret_at=now))


def fill_what_is_written_together() -> None:
    """A group's meeting with a note whose owner has an agreement, its number, and an anonymous line."""
    fill_principles_and_plenum()
    gruppe, aftale = db.session.query(Laeringsgruppe).one(), db.session.query(Plenumaftale).first()
    now = clock.now()
    moede = Moede(
        gruppe_id=gruppe.id, start_at=now, indkaldt_at=now, indkaldt_af=gruppe.facilitator_id, begyndt_at=now
    )
    db.session.add(moede)
    db.session.flush()
    db.session.add_all([SammenNr(moede_id=moede.id, nr=2), SammenHandling(id=uuid4(), moede_id=moede.id)])
    note = {"moede_id": moede.id, "nr": 2, "oprettet_nr": 1, "plads": 1}
    db.session.add(Seddel(id=uuid4(), felt="laert", tekst="At vente", **note))
    owned = Seddel(id=uuid4(), felt="mere", tekst="Timeout", ejer_id=gruppe.facilitator_id, **note)
    assert aftale is not None
    owned.plenumaftale_id, owned.ejer_ja_at = aftale.id, now
    db.session.add(owned)
    db.session.add(TjekUd(moede_id=moede.id, boks="men", tekst="Æbler", kvittering="a" * 64))


def fill_rounds_and_manuals() -> None:
    """The notices, one of a round; a round that leaves a duty out, a yes, a hjemmeopgave with a kontrakt; a manual."""
    fill_notices()
    kontrakt, now = db.session.query(FeedbackKontrakt).one(), clock.now()
    mette, jonas, organisation_id = (
        kontrakt.fokusperson_id,
        kontrakt.observatoer_id,
        kontrakt.organisation_id,
    )
    db.session.add(Beskedvalg(person_id=mette, slags="runde", til=False, valgt_at=now))
    db.session.add(
        Besked(
            person_id=jonas,
            slags="runde",
            genstand_id=uuid4(),
            oprettet_at=now,
            sendes_tidligst_at=now,
            forsoeg=0,
        )
    )
    gruppe = Laeringsgruppe(
        organisation_id=organisation_id, navn="Gruppen", facilitator_id=jonas, oprettet_at=now
    )
    runde = Runde(navn="1. runde", fra=clock.today(), til=clock.today() + timedelta(weeks=10))
    runde.uden_pligter = ["logbog"]
    gruppe.runder = [runde]
    db.session.add(gruppe)
    db.session.flush()
    db.session.add(Pligtsagt(runde_id=runde.id, person_id=mette, pligt="planlagt", sagt_at=now))
    opgave = Hjemmeopgave(
        runde_id=runde.id, titel="UGU", metoder=["ugu"], frist=runde.til, oprettet_at=now, oprettet_af=jonas
    )
    db.session.add(opgave)
    db.session.flush()
    db.session.add(
        HjemmeopgaveKontrakt(
            hjemmeopgave_id=opgave.id, kontrakt_id=kontrakt.id, knyttet_at=now, knyttet_af=mette
        )
    )
    made = {"oprettet_at": now, "oprettet_af": jonas, "aendret_at": now, "organisation_id": organisation_id}
    db.session.add(Manual(version=1, tekst="## Rollen", udgivet_at=now, udgivet_af=jonas, **made))
    db.session.add(Manual(version=2, tekst="## Rollen og mere", **made))
    db.session.add(ManualLaest(person_id=mette, organisation_id=organisation_id, version=1, laest_at=now))


def fill_a_meeting() -> None:
    """A meeting with its agenda, clock, people, table, and a picture that was shown."""
    fill_the_road()
    now = clock.now()
    observation = db.session.query(Observation).first()
    assert observation is not None
    mette, jonas = observation.fokusperson_id, observation.kontrakt.observatoer_id
    gruppe = Laeringsgruppe(
        organisation_id=observation.organisation_id,
        navn="Gruppen",
        facilitator_id=jonas,
        oprettet_at=now,
        medlemmer=[Gruppemedlem(person_id=mette, ind_at=now)],
    )
    db.session.add(gruppe)
    db.session.flush()
    moede = Moede(gruppe_id=gruppe.id, start_at=now, indkaldt_at=now, indkaldt_af=jonas, begyndt_at=now)
    db.session.add(moede)
    db.session.flush()
    punkt = Dagsordenspunkt(moede_id=moede.id, nr=1, slags="bordet", titel="På bordet", minutter=20)
    db.session.add(punkt)
    db.session.flush()
    db.session.add_all(
        [
            Moedeur(moede_id=moede.id, punkt_id=punkt.id, fra_at=now),
            Moededeltager(
                moede_id=moede.id, person_id=mette, svar="kommer", svaret_at=now, her_at=now, her_af=jonas
            ),
            PaaBordet(moede_id=moede.id, person_id=mette, observation_id=observation.id, lagt_at=now),
            Gruppebillede(
                moede_id=moede.id,
                vist_at=now,
                vist_af=jonas,
                tal=[{"noegle": "taletid", "raekker": []}],
                bidrag=[Billedbidrag(observation_id=observation.id, person_id=mette, dag=clock.today())],
                seere=[Billedseer(person_id=mette), Billedseer(person_id=jonas)],
            ),
        ]
    )


def fill_a_supervision_day() -> None:
    """The road as a session of a day with a break, and its line handed on."""
    fill_the_road()
    kontrakt, now = db.session.query(FeedbackKontrakt).first(), clock.now()
    assert kontrakt is not None
    begun = {"begyndt_at": now, "forberedt_at": now, "borger_gaaet_at": now, "udskudt_at": now}
    session = Supervisionssession(
        supervisor_id=kontrakt.observatoer_id,
        fokusperson_id=kontrakt.fokusperson_id,
        kontrakt_id=kontrakt.id,
        start=540,
        udskudt_grund="tiden_gik",
        **begun,
    )
    session.linje = Dagenslinje(
        tekst="Prøv et åbent spørgsmål",
        skrevet_at=now,
        skrevet_af=kontrakt.observatoer_id,
        givet_videre_at=now,
        givet_videre_til=kontrakt.observatoer_id,
    )
    db.session.add(
        Supervisionsdag(
            organisation_id=kontrakt.organisation_id,
            dato=clock.today(),
            fra=540,
            til=960,
            briefing_fra=510,
            oprettet_af=kontrakt.observatoer_id,
            baner=[Dagbane(supervisor_id=kontrakt.observatoer_id, nr=1)],
            pauser=[Dagpause(start=720, minutter=30, navn="Frokost")],
            sessioner=[session],
        )
    )


def fill_practice() -> None:
    """The road, a practice samtale alone that is over, with a log, and the first day that it was part of."""
    fill_the_road()
    now = clock.now()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one().id
    played = Kalibrering(
        manuskript="lageret",
        udgave=1,
        kendetegn=["aab_hv"],
        tempo=75,
        oprettet_at=now,
        oprettet_af=mette,
        start_at=now,
    )
    db.session.add(played)
    db.session.flush()
    log = KalibreringLog(kalibrering_id=played.id, person_id=mette, aabnet_at=now, afsluttet_at=now)
    db.session.add(log)
    db.session.flush()
    db.session.add(
        KalibreringHaendelse(log_id=log.id, id=uuid4(), nr=1, t_ms=500, spor="taler", kode="borger")
    )
    db.session.add(
        FoersteDag(
            person_id=mette, kontrakt_at=now, kalibrering_id=played.id, lykkedes="Jeg hørte …", skrevet_at=now
        )
    )


def fill_an_exercise() -> None:
    """One at a meeting, ended with its number; a statement of one table and the answer of the other."""
    fill_a_meeting()
    moede, now = db.session.query(Moede).one(), clock.now()
    oevelse = Oevelse(
        gruppe_id=moede.gruppe_id,
        moede_id=moede.id,
        slags="reformulering",
        begyndt_at=now,
        begyndt_af=moede.indkaldt_af,
        fordelt_at=now,
        sluttet_at=now,
        foer_halve=9,
        efter_halve=12,
        holdene=[Oevelseshold(nr=nr, ture=3, trin=3) for nr in (1, 2)],
    )
    db.session.add(oevelse)
    db.session.flush()
    first, second = oevelse.holdene
    udsagn = Oevelsestekst(felt="udsagn", nr=1, tekst="Det nytter jo alligevel ikke noget.")
    first.tekster.append(udsagn)
    db.session.flush()
    second.tekster.append(Oevelsestekst(felt="svar", nr=1, tekst="Du er træt af at prøve.", til_id=udsagn.id))
    db.session.add(
        Oevelsesdeltager(
            oevelse_id=oevelse.id,
            person_id=moede.indkaldt_af,
            hold_id=first.id,
            kom_at=now,
            tal_foer=4,
            tal_efter=7,
        )
    )


def fill_follow_up() -> None:
    """A frame, and a survey that is open, with one who has answered and what they said."""
    fill_the_road()
    now, team = clock.now(), db.session.query(Team).first()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one()
    assert team is not None
    words = dict.fromkeys(("status", "viden", "laering", "justering", "hindringer"), "Æ")
    written = {"udgave": 1, "skrevet_at": now, "skrevet_af": mette.id}
    db.session.add(Opfoelgning(team_id=team.id, aar=2026, nr=3, **words, **written))
    db.session.add(
        Skema(
            team_id=team.id,
            aabnet_at=now,
            aabnet_af=mette.id,
            metoder=[SkemaMetode(kode="æ", navn="Æ", plads=0, bruger=1)],
            hindringer=[SkemaHindring(kode="tid", plads=0, antal=1)],
            deltagere=[SkemaDeltager(person_id=mette.id, har_svaret=True)],
        )
    )


def fill_effect() -> None:
    """A figure of effect of a team."""
    fill_the_road()
    team = db.session.query(Team).first()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one()
    assert team is not None
    brought = {"hentet_at": clock.now(), "hentet_af": mette.id}
    db.session.add(
        Effekttal(team_id=team.id, aar=2026, nr=3, maal="joeb_pr_uge", hundrededele=250, antal=5, **brought)
    )


def fill_sums_of_a_log() -> None:
    """The road, with the row of figures of its log: parties and phases that it has, and those that it has not."""
    fill_the_road()
    observation = db.session.query(Observation).first()
    assert observation is not None
    figures = {
        "varighed_ms": 1000,
        "medarbejder_ms": 0,
        "giv": 2,
        "indrammet": 1,
        "uden_foer": 0,
        "uden_efter": 1,
    }
    kept = {"resten": {"faerdigheder": {"æ": 1}}, "haendelser": 1, "regler": 1, "beregnet_at": clock.now()}
    db.session.add(Sammenfatning(observation_id=observation.id, **figures, **kept))


def fill_a_sign_in() -> None:
    """A person who is signed in on two devices, one of them for the recorder alone."""
    fill_the_road()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one()
    start_indlogning(mette, enhed="Chrome på Windows")
    start_indlogning(mette, enhed="Safari på iPhone", kun_optageren=True)


def fill_a_second_step() -> None:
    """Wrong tries, an app with codes, codes on paper and a passkey."""
    fill_the_road()
    mette, now = db.session.query(Person).filter_by(email="mette@test.example").one(), clock.now()
    db.session.add(
        Adgangsforsoeg(
            noegle="a" * 64, fejl=5, trin=1, seneste=[now.timestamp()], vent_til=now, aendret_at=now
        )
    )
    db.session.add(Kodegenerator(person_id=mette.id, hemmelighed="{}", taeller=1, oprettet_at=now))
    db.session.add(Noedkode(person_id=mette.id, kode_hash="b" * 64))
    db.session.add(
        Adgangsnoegle(
            person_id=mette.id,
            credential_id=b"\x00\xff",
            offentlig_noegle=b"\x01",
            taeller=0,
            navn="Æ",
            oprettet_at=now,
        )
    )


def fill_what_is_hard_to_see_alike() -> None:
    """The road, with a kendetegn that observers tick differently."""
    fill_the_road()
    house = db.session.query(Organisation).first()
    assert house is not None
    enough = {"samtaler": 5, "observatoerer": 5, "kryds": 20}
    db.session.add(
        KendetegnEnighed(
            organisation_id=house.id, kode="æ", enighed=21, uden_en=24, beregnet_at=clock.now(), **enough
        )
    )


def fill_accesses() -> None:
    """A reading of somebody's, one of a group's from long ago, another limit than the usual, and a job."""
    world = make_world()
    organisation = world.organisations["jobcenter"]
    read = {"organisation_id": organisation, "handling": "laest", "hvem_id": world.jonas}
    db.session.add_all(
        (
            Adgang(at=clock.now(), ejer_id=world.mette, slags="feedback", ret="observatoer", **read),
            Adgang(
                at=clock.now() - timedelta(days=800),
                omfang="gruppe",
                omfang_id=uuid4(),
                slags="moede",
                ret="gruppe",
                **read,
            ),
            Adgangsfrist(maaneder=18),
            Koersel(navn="udgiv-tal", lykkedes_at=clock.now()),
        )
    )


def fill_rights() -> None:
    """The road, with what an organisation and a person have decided about data."""
    fill_the_road()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one()
    now = clock.now()
    made = {"organisation_id": mette.organisation_id, "aendret_at": now, "aendret_af": mette.id}
    db.session.add(Databeskyttelse(kontakt="Æ", fortrydelse=7, **made))
    db.session.add(Opbevaring(klasse="feedback", dage=365, **made))
    db.session.add(Sletteanmodning(person_id=mette.id, bedt_at=now, tidligst_at=now + timedelta(days=7)))
    db.session.add(Oplyst(person_id=mette.id, udgave="x", laest_at=now))


def fill_what_is_known() -> None:
    """The road, with who has seen whose figures of a quarter that was published, and of one that was not."""
    fill_the_road()
    people = {p.email.split("@")[0]: p for p in db.session.query(Person)}
    mette, jonas = people["mette"], people["jonas"]
    home = mette.organisation_id
    db.session.add(Udgivelse(organisation_id=home, aar=2025, nr=4, regler=1, beregnet_at=clock.now()))
    for one, other in ((mette, jonas), (jonas, mette)):
        for aar, nr in ((2025, 4), (2026, 1)):
            known = {"seer_id": one.id, "person_id": other.id, "aar": aar, "nr": nr}
            db.session.add(Kendskab(organisation_id=home, **known))


def fill_a_municipal_login() -> None:
    """Mette as a provider knows her, an answer that was used, a municipality's value, and a rule of its claims."""
    fill_the_road()
    mette = db.session.query(Person).filter_by(email="mette@test.example").one()
    team = db.session.query(Team).filter_by(organisation_id=mette.organisation_id).first()
    assert team is not None
    home, issuer = mette.organisation_id, "https://login.example.dk/æ"
    known = EksternIdentitet(
        organisation_id=home, person_id=mette.id, issuer=issuer, subject="id-1", oprettet_at=clock.now()
    )
    db.session.add(known)
    db.session.flush()
    db.session.add_all(
        [
            BrugtLoginsvar(svar_hash="a" * 64, identitet_id=known.id, udloeber_at=clock.now()),
            Kommunelogin(organisation_id=home, issuer=issuer, vaerdi="29189978"),
            Loginregel(
                organisation_id=home,
                vaerdi="medarbejdere",
                rolle="medarbejder",
                team_id=team.id,
                oprettet_at=clock.now(),
            ),
        ]
    )


DATA: dict[str, Callable[[], None]] = {
    "0001": fill_the_road,
    "0002": fill_what_was_put_aside,
    "0003": fill_links_to_devices,
    "0004": fill_what_has_versions,
    "0005": fill_a_limit,
    "0006": fill_what_is_its_own,
    "0007": fill_words_and_a_right,
    "0008": fill_what_was_used,
    "0009": fill_principles_and_plenum,
    "0010": fill_notices,
    "0011": fill_own_thoughts,
    "0012": fill_lines_with_ids,
    "0013": fill_a_line_in_focus,
    "0014": fill_rounds_and_manuals,
    "0015": fill_pairs,
    "0016": fill_a_supervision_day,
    "0017": fill_a_meeting,
    "0018": fill_what_is_written_together,
    "0019": fill_practice,
    "0020": fill_an_exercise,
    "0021": fill_follow_up,
    "0022": fill_published_figures,
    "0023": fill_sums_of_a_log,
    "0024": fill_effect,
    "0025": fill_what_is_hard_to_see_alike,
    "0026": fill_a_sign_in,
    "0027": fill_a_second_step,
    "0028": fill_a_municipal_login,
    "0029": fill_accesses,
    "0030": fill_rights,
    "0031": fill_what_is_known,
}
"""What stands in the database when each migration is undone and made again."""


@pytest.mark.gate("B13")
def test_every_migration_has_its_data(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        config = sqlite_app.extensions["migrate"].migrate.get_config()
        revisions = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    assert revisions == set(DATA)


@pytest.mark.gate("B13")
def test_from_empty_to_the_models(empty_app: Flask) -> None:
    assert upgrade_database(empty_app) is True
    assert upgrade_database(empty_app) is False
    with empty_app.app_context(), db.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(found, db.metadata) == []


LONG_STANDING = "0012"
"""Up to here PostgreSQL has been down and up in many a run: it is tried once more after the suite."""


def _engines() -> Iterator[Any]:
    for revision in sorted(DATA):
        yield "sqlite", revision
        wide = [pytest.mark.wide] if revision <= LONG_STANDING else []
        yield pytest.param("postgres", revision, marks=wide)


@pytest.mark.gate("B13")
@pytest.mark.parametrize(("empty_app", "revision"), _engines(), indirect=["empty_app"])
def test_down_and_up_again_with_data(empty_app: Flask, revision: str) -> None:
    with empty_app.app_context():
        before = _tables_below(revision)
        upgrade()  # the models fill the newest tables only
        DATA[revision]()
        db.session.commit()
        db.session.remove()
        downgrade(revision=revision)
        counts = _counts()
        db.session.remove()
        downgrade(revision="-1")
        left = set(inspect(db.engine).get_table_names())
        if left != {"alembic_version"}:
            assert _counts() == counts, "the rows of the tables that stay"
            db.session.remove()
        upgrade(revision="head")
        again = set(inspect(db.engine).get_table_names())
    assert left == before
    assert again == {table.name for table in db.metadata.sorted_tables} | {"alembic_version"}


@pytest.mark.gate("B13")
def test_children_survive_when_their_parent_is_rebuilt(empty_app: Flask, tmp_path: Path) -> None:
    """With foreign keys left on, the rebuild's DROP TABLE cascades to every child row."""
    with empty_app.app_context():
        config = empty_app.extensions["migrate"].migrate.get_config()
        scripts = ScriptDirectory.from_config(config)
        extra = tmp_path / "versions"
        extra.mkdir()
        (extra / "9999_rebuild.py").write_text(REBUILD.format(head=scripts.get_current_head()))
        upgrade()
        fill_the_road()
        db.session.commit()
        db.session.remove()
        before = _counts()
        db.session.remove()
        _upgrade_with(empty_app, extra)
        assert "proeve" in {column["name"] for column in inspect(db.engine).get_columns("feedback_kontrakt")}
        assert _counts() == before
        db.session.remove()
        with db.engine.connect() as connection:
            if db.engine.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def _tables_below(revision: str) -> set[str]:
    """The tables of an empty database that was migrated to just below this revision."""
    config = current_app.extensions["migrate"].migrate.get_config()
    script = ScriptDirectory.from_config(config).get_revision(revision)
    assert script is not None
    if script.down_revision is None:
        return {"alembic_version"}
    upgrade(revision=script.down_revision)
    return set(inspect(db.engine).get_table_names())


def _upgrade_with(app: Flask, extra: Path) -> None:
    config = app.extensions["migrate"].migrate.get_config()
    own = Path(ScriptDirectory.from_config(config).versions)
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join((str(own), str(extra))))
    command.upgrade(config, "head")


def _counts() -> dict[str, int]:
    tables = {table.name: table for table in db.metadata.sorted_tables}
    return {
        name: db.session.scalar(select(func.count()).select_from(tables[name])) or 0
        for name in ("feedback_kontrakt", "fokuspunkt", "kontrakt_ja", "observation", "haendelse")
    }


def test_the_rebuilt_kontrakt_keeps_its_rules_and_a_second_one_is_not_thrown_away(
    empty_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with empty_app.app_context():
        upgrade()
        fill_a_line_in_focus()
        db.session.commit()
        first = db.session.query(FeedbackKontrakt).one()
        same = {
            name: getattr(first, name)
            for name in ("organisation_id", "samtale_id", "fokusperson_id", "observatoer_id")
        }
        by = {"oprettet_af": first.fokusperson_id, "aendret_af": first.fokusperson_id}
        db.session.add(FeedbackKontrakt(**same, **by))
        db.session.commit()
        for wrong in ({}, {"slags": "andet", "trukket_at": clock.now(), "trukket_af": uuid4()}):
            db.session.add(FeedbackKontrakt(**same, **by, **wrong))
            with pytest.raises(IntegrityError):
                db.session.commit()
            db.session.rollback()
        db.session.remove()
        downgrade(revision="0013")
        with pytest.raises(SystemExit):
            downgrade(revision="-1")
        assert "delete the withdrawn one" in caplog.text
        assert db.session.scalar(text("SELECT count(*) FROM feedback_kontrakt")) == 2
        db.session.remove()


def _all_of(table: str) -> set[tuple[Any, ...]]:
    found = {tuple(row) for row in db.session.execute(text(f"SELECT * FROM {table}"))}
    db.session.remove()
    return found


@pytest.mark.gate("B13")
@pytest.mark.parametrize(
    "empty_app", ["sqlite", pytest.param("postgres", marks=pytest.mark.wide)], indirect=True
)
def test_the_two_tables_of_who_knows_whose_figures_become_one_and_two_again(empty_app: Flask) -> None:
    """What either held is in the one; what both held is in it once; and nothing is lost on the way back."""
    with empty_app.app_context():
        upgrade()
        fill_what_is_known()
        db.session.commit()
        joined = _all_of("kendskab")
        downgrade(revision="0030")
        apart = _all_of("kendskab"), _all_of("udgivet_kendskab")
        assert [len(rows) for rows in apart] == [2, 2]
        twice = "INSERT INTO kendskab SELECT k.seer_id, k.person_id, u.aar, u.nr FROM udgivet_kendskab AS k"
        db.session.execute(text(f"{twice} JOIN udgivelse AS u ON u.id = k.udgivelse_id"))
        db.session.commit()
        assert len(_all_of("kendskab")) == 4
        upgrade()
        assert _all_of("kendskab") == joined
        assert len(joined) == 4
        db.session.remove()


def test_a_sqlite_file_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path / "instance"))
    with app.app_context():
        upgrade()
        fill_the_road()
        db.session.commit()
        db.session.remove()
    with app.app_context():
        copied = copy_database(tmp_path / "instance")
    other = create_app(settings_for(tmp_path / "other", f"sqlite:///{copied}"))
    with app.app_context():
        here = _counts()
        db.session.remove()
        db.engine.dispose()
    with other.app_context():
        assert _counts() == here
        db.session.remove()
        db.engine.dispose()


def test_the_notices_keep_rows_and_checks_when_a_kind_is_added(empty_app: Flask) -> None:
    """On SQLite both tables are made anew: what stands in them stays, but for the kind that there was not before."""
    with empty_app.app_context():
        upgrade()
        fill_rounds_and_manuals()
        db.session.commit()
        before = _notices()
        db.session.remove()
        downgrade(revision="0013")
        older = _notices()
        with pytest.raises(IntegrityError):
            db.session.execute(text("UPDATE besked SET slags = 'runde'"))
        db.session.rollback()
        upgrade()
        assert _notices() == older == [row for row in before if row[1] != "runde"]
        assert 0 < len(older) < len(before)
        checks = {
            table: {one["name"] for one in inspect(db.engine).get_check_constraints(table)}
            for table in ("besked", "beskedvalg")
        }
        for wrong in ("UPDATE besked SET slags = 'rygte'", "UPDATE besked SET forsoeg = -1"):
            with pytest.raises(IntegrityError):
                db.session.execute(text(wrong))
            db.session.rollback()
        db.session.remove()
    assert checks["besked"] == {
        "ck_besked_slags", "ck_besked_forsoeg", "ck_besked_foerste_forsoeg", "ck_besked_et_udfald",
    }  # fmt: skip
    assert checks["beskedvalg"] == {"ck_beskedvalg_slags"}


def _notices() -> list[tuple[str, str]]:
    found = db.session.execute(
        text(
            "SELECT 'besked', slags FROM besked UNION ALL SELECT 'valg', slags FROM beskedvalg ORDER BY 1, 2"
        )
    ).all()
    db.session.rollback()
    return [(row[0], row[1]) for row in found]
