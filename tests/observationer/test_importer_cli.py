"""`supervision importer` as it is typed: what it says, what it stores, and how it refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from flask import Flask
from people import World
from sqlalchemy import func, select

from supervision import cli, clock
from supervision.db import db
from supervision.observationer.models import Haendelse, Observation
from supervision.personer.models import Person

JOBCENTER = ("--organisation", "Jobcenter Testby")
METTE = (*JOBCENTER, "--person", "mette@test.example")
SMALL = "observation,observatoer,t_ms,spor,kode\ns1,a,0,taler,borger\ns1,a,900,ur,slut\n"


class Command:
    """The command in this process, on the test's own database. `run(…)` -> (exit code, stdout, stderr)."""

    def __init__(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.app, self.monkeypatch, self.capsys = app, monkeypatch, capsys
        url = app.config["SQLALCHEMY_DATABASE_URI"]
        monkeypatch.setenv("DATABASE_URL", url if url.startswith("postgresql") else "")
        monkeypatch.setenv("SUPERVISION_INSTANCE", app.instance_path)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["supervision", *arguments])
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err

    def stored(self) -> tuple[int, int]:
        """The numbers of observationer and of events."""
        with self.app.app_context():
            counts = [
                db.session.scalar(select(func.count()).select_from(m)) or 0 for m in (Observation, Haendelse)
            ]
            db.session.remove()
        return counts[0], counts[1]


@pytest.fixture
def command(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    return Command(app, monkeypatch, capsys)


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "logge.csv"
    path.write_text(SMALL)
    return str(path)


def test_the_real_file_comes_in_whole_and_once(command: Command, shared_data: Path) -> None:
    path = str(shared_data / "annomi_haendelser.csv")
    code, out, err = command.run("importer", path, *METTE, "--dato", "2026-03-03")
    assert (code, out, err) == (0, "196 logge hentet ind. I alt 26684 nye hændelser.\n", "")
    assert command.stored() == (196, 26_684)
    code, out, err = command.run("importer", path, *METTE)
    assert (code, out, err) == (0, "196 logge fandtes allerede. Intet er lagt til.\n", "")
    assert command.stored() == (196, 26_684)


def test_who_speaks_comes_in_once_and_not_again_as_somebody_else(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "optagelse.rttm"
    path.write_text("SPEAKER m 1 0 1.5 <NA> <NA> A <NA> <NA>\nSPEAKER m 1 2 1 <NA> <NA> B <NA> <NA>\n")
    first = ("importer", str(path), *METTE, "--taler", "A=borger", "--taler", "B=medarbejder")
    assert command.run(*first) == (0, "1 log hentet ind. I alt 5 nye hændelser.\n", "")
    assert command.run(*first) == (0, "1 log fandtes allerede. Intet er lagt til.\n", "")
    code, _, err = command.run(
        "importer", str(path), *METTE, "--taler", "A=medarbejder", "--taler", "B=borger"
    )
    assert code == 2
    assert "Hændelsen er hentet ind før med et andet indhold" in err
    assert command.stored() == (1, 5)


def test_a_file_broken_at_line_17000_is_refused_whole(
    command: Command, shared_data: Path, tmp_path: Path
) -> None:
    lines = (shared_data / "annomi_haendelser.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    cells = lines[16_999].split(",")
    lines[16_999] = ",".join([*cells[:2], "to minutter", *cells[3:]])
    broken = tmp_path / "brudt.csv"
    broken.write_text("".join(lines), encoding="utf-8")
    code, out, err = command.run("importer", str(broken), *METTE)
    assert code == 2
    assert out == ""
    assert f"{broken}, linje 17000, feltet t_ms: Skal være et helt tal. Her står »to minutter«." in err
    assert "Filen er afvist, én fejl." in err
    assert command.stored() == (0, 0)


def test_a_changed_event_refuses_the_file_by_line(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "logge.csv"
    head = "observation,observatoer,id,t_ms,spor,kode\n"
    row = "s1,a,00000000-0000-4000-8000-000000000001,{},taler,borger\n"
    path.write_text(head + row.format(0))
    assert command.run("importer", str(path), *METTE)[0] == 0
    path.write_text(head + "s0,a,00000000-0000-4000-8000-000000000002,0,ur,start\n" + row.format(5))
    code, out, err = command.run("importer", str(path), *METTE)
    assert (code, out) == (2, "")
    assert "linje 3, feltet t_ms: Hændelsen er hentet ind før med et andet indhold." in err
    assert command.stored() == (1, 1)


def test_many_problems_are_told_by_the_first_fifty(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "logge.csv"
    path.write_text("observation,observatoer,t_ms,spor,kode\n" + "s1,a,-1,taler,borger\n" * 200)
    code, _, err = command.run("importer", str(path), *METTE)
    assert code == 2
    assert err.count("feltet t_ms: Må ikke være negativt.") == 50
    assert "mindst 50 fejl" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--organisation", "Jobcentret", "--person", "mette@test.example"),
            "ingen organisation, der hedder »Jobcentret«",
        ),
        (
            (*JOBCENTER, "--person", "hvem@test.example"),
            "ingen med e-mailen »hvem@test.example« i Jobcenter Testby",
        ),
        ((*JOBCENTER, "--person", "noise@test.example"), "Mette Ærø hører ikke til i Jobcenter Testby"),
        ((*METTE, "--dato", "3/3-2026"), "Datoen »3/3-2026« kan ikke læses"),
        ((*METTE, "--dato", "2999-01-01"), "ligger i fremtiden"),
    ],
)
def test_a_wrong_choice_is_told_in_danish(
    command: Command, small: str, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = command.run("importer", small, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert command.stored() == (0, 0)


def test_the_choices_that_there_are_come_with_the_refusal(command: Command, small: str) -> None:
    _, _, err = command.run("importer", small, "--organisation", "x", "--person", "y")
    assert "  A-kassen Prøve\n  Jobcenter Testby\n" in err
    _, _, err = command.run("importer", small, *JOBCENTER, "--person", "y")
    assert "jonas@test.example (Jonas Øland)" in err
    assert "noise@test.example" not in err, "nobody of another organisation is named"


def test_a_closed_person_gets_no_logs(command: Command, small: str, world: World) -> None:
    with command.app.app_context():
        db.session.get_one(Person, world.mette).active = False
        db.session.commit()
        db.session.remove()
    code, _, err = command.run("importer", small, *METTE)
    assert code == 2
    assert "Mette Ærø er lukket" in err
    assert "mette@test.example" not in err


def test_names_are_met_whatever_their_case_and_the_day_is_today(command: Command, small: str) -> None:
    code, out, _ = command.run(
        "importer", small, "--organisation", " jobcenter testby ", "--person", "METTE@test.example"
    )
    assert (code, out) == (0, "1 log hentet ind. I alt 2 nye hændelser.\n")
    with command.app.app_context():
        (only,) = db.session.scalars(select(Observation))
        assert clock.local(only.startet_at).date() == clock.today()
        assert clock.local(only.startet_at).hour == 12
        db.session.remove()


def test_a_missing_file_is_told(command: Command) -> None:
    code, _, err = command.run("importer", "findes-ikke.csv", *METTE)
    assert code == 2
    assert "Filen findes-ikke.csv findes ikke." in err
