"""Logs from files: all or nothing, the same again adds nothing, and what is stored is never changed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from people import World
from sqlalchemy import func, select

from supervision import clock
from supervision.db import db
from supervision.history import Historik
from supervision.observationer import measures, queries
from supervision.observationer.actions.importing import Imported, Logs, import_logs
from supervision.observationer.formats import FileRefused
from supervision.observationer.formats.csv_log import read_logs
from supervision.observationer.models import Haendelse, Observation
from supervision.personer.models import Organisation, Person
from supervision.problems import RuleBroken

pytestmark = pytest.mark.usefixtures("context")

DAY = date(2026, 3, 3)
IDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(10)]
HEADER = "observation,observatoer,t_ms,spor,kode\n"
TWO_LOGS = HEADER + "s1,a,0,taler,borger\ns1,a,900,ur,slut\ns1,b,0,taler,medarbejder\ns1,b,900,ur,slut\n"


def logs(text: str) -> Logs:
    return read_logs(BytesIO(text.encode()))


def into(world: World, found: Logs, *, person: str = "mette", organisation: str = "jobcenter") -> Imported:
    """Import and commit, or roll back, as the command does."""
    fokusperson = db.session.get(Person, world.people[person])
    chosen = db.session.get(Organisation, world.organisations[organisation])
    assert fokusperson is not None
    assert chosen is not None
    try:
        imported = import_logs(logs=found, organisation=chosen, fokusperson=fokusperson, dag=DAY, by=None)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return imported


def stored() -> tuple[int, int]:
    """The numbers of observationer and of events."""
    return tuple(
        db.session.scalar(select(func.count()).select_from(model)) or 0 for model in (Observation, Haendelse)
    )


def test_each_log_becomes_an_observation_handed_over_at_once(world: World) -> None:
    assert into(world, logs(TWO_LOGS)) == Imported(2, 0, 0, 4)
    found = queries.list_observationer(viewer=db.session.get_one(Person, world.mette))
    assert [(o.fil_observation, o.fil_observatoer, o.kilde) for o in found] == [
        ("s1", "a", "fil"),
        ("s1", "b", "fil"),
    ]
    first = found[0]
    assert clock.local(first.startet_at).strftime("%d.%m.%Y %H.%M") == "03.03.2026 12.00"
    assert first.oprettet_at == first.afsluttet_at == first.overdraget_at
    assert first.organisation_id == world.organisations["jobcenter"]
    assert first.kontrakt_id is first.observatoer_id is None
    acts = db.session.scalars(select(Historik.handling)).all()
    assert acts == ["hentede_log_ind"] * 2


def test_the_same_file_again_adds_nothing(world: World) -> None:
    into(world, logs(TWO_LOGS))
    before = stored()
    assert into(world, logs(TWO_LOGS)) == Imported(0, 0, 2, 0)
    assert stored() == before


def test_the_same_file_is_another_persons_own(world: World) -> None:
    into(world, logs(TWO_LOGS))
    into(world, logs(TWO_LOGS), person="jonas")
    assert into(world, logs(TWO_LOGS), person="noise", organisation="a_kasse").nye_logge == 2
    assert stored() == (6, 12)


def test_new_events_of_a_known_log_are_added_wherever_they_stand(world: World) -> None:
    into(world, logs(TWO_LOGS))
    longer = TWO_LOGS.replace("s1,b,0,taler", "s1,b,0,ur,start\ns1,b,0,taler") + "s2,a,0,ur,slut\n"
    assert into(world, logs(longer)) == Imported(1, 1, 2, 2)
    assert stored() == (3, 6)
    assert into(world, logs(longer)).haendelser == 0


def test_the_same_id_with_another_body_refuses_the_whole_file(world: World) -> None:
    head = "observation,observatoer,id,t_ms,spor,kode\n"
    into(world, logs(head + f"s1,a,{IDS[1]},0,taler,borger\n"))
    before = stored()
    changed = (
        head + f"s0,a,{IDS[2]},0,taler,borger\ns1,a,{IDS[3]},5,ur,slut\ns1,a,{IDS[1]},0,taler,medarbejder\n"
    )
    with pytest.raises(FileRefused) as refused:
        into(world, logs(changed))
    (problem,) = refused.value.problems
    assert (problem.line, problem.field) == (4, "kode")
    assert "andet indhold" in problem.text
    assert stored() == before, "neither the new log nor the new event of the known one"


def test_another_nr_is_another_body_only_when_the_file_has_numbers_of_its_own(world: World) -> None:
    head = "observation,observatoer,id,nr,t_ms,spor,kode\n"
    into(world, logs(head + f"s1,a,{IDS[1]},7,0,taler,borger\n"))
    with pytest.raises(FileRefused) as refused:
        into(world, logs(head + f"s1,a,{IDS[1]},8,0,taler,borger\n"))
    assert [(problem.line, problem.field) for problem in refused.value.problems] == [(2, "nr")]


def test_a_person_of_another_organisation_is_refused(world: World) -> None:
    with pytest.raises(RuleBroken, match="hører ikke til i Jobcenter Testby"):
        into(world, logs(TWO_LOGS), person="noise")
    assert stored() == (0, 0)


def test_a_failure_half_way_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supervision.observationer.actions.importing.CHUNK", 2)
    fokusperson = db.session.get_one(Person, world.mette)

    def power_cut(stored: int) -> None:
        if stored >= 2:
            raise OSError("power cut")

    with pytest.raises(OSError, match="power cut"):
        import_logs(
            logs=logs(TWO_LOGS),
            organisation=fokusperson.organisation,
            fokusperson=fokusperson,
            dag=DAY,
            by=None,
            progress=power_cut,
        )
    db.session.rollback()
    assert stored() == (0, 0)


def test_all_real_logs_come_in_whole_and_measure_as_the_file_does(world: World, shared_data: Path) -> None:
    with (shared_data / "annomi_haendelser.csv").open("rb") as stream:
        real = read_logs(stream)
    assert into(world, real) == Imported(196, 0, 0, 26_684)
    assert stored() == (196, 26_684)
    for observation in queries.list_observationer(viewer=db.session.get_one(Person, world.mette)):
        rows = real[(observation.fil_observation or "", observation.fil_observatoer or "")]
        assert queries.maal_of(observation.id) == measures.maal(row.haendelse for row in rows)
    assert into(world, real) == Imported(0, 0, 196, 0)
    assert stored() == (196, 26_684)
