"""The first administrator, made on the server's command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from people import make_world
from web import Browser

from supervision import create_app
from supervision.config import Settings
from supervision.db import db
from supervision.maintenance import upgrade_database
from supervision.personer.cli import opret_administrator
from supervision.personer.models import Organisation, Person
from supervision.problems import RuleBroken


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command on an empty installation of its own."""
    monkeypatch.setenv("SUPERVISION_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    upgrade_database(installed(tmp_path))

    def command(*arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(opret_administrator, arguments, input=typed)

    return command


def installed(folder: Path) -> Flask:
    return create_app(Settings.from_environment(folder))


def test_it_asks_and_gives_a_link_that_works(run: Any, tmp_path: Path) -> None:
    result = run(typed="Åse Ask\nAASE@test.example\nJobcenter Testby\n")
    assert result.exit_code == 0, result.output
    assert "Åse Ask er administrator." in result.output
    link = next(word for word in result.output.split() if word.startswith("/invitation/"))
    app = installed(tmp_path)
    with app.app_context():
        person = db.session.query(Person).one()
        assert (person.email, person.password) == ("aase@test.example", None)
        assert person.har_rolle("administrator")
        assert db.session.query(Organisation).one().slags == "jobcenter"
        person_id = person.id
    assert Browser.signed_in(app, None).get(link).status_code == 200
    assert Browser.signed_in(app, person_id).get("/administration").status_code == 200


def arguments(navn: str, email: str, organisation: str = "Huset") -> list[str]:
    return ["--navn", navn, "--email", email, "--organisation", organisation]


def test_a_second_one_must_be_meant(run: Any, tmp_path: Path) -> None:
    run(*arguments("Åse Ask", "aase@test.example"))
    refused = run(*arguments("Bo Bæk", "bo@test.example"))
    assert isinstance(refused.exception, RuleBroken)
    assert "Der er allerede en administrator: Åse Ask." in refused.exception.text
    assert run(*arguments("Bo Bæk", "bo@test.example", "HUSET"), "--endnu-en").exit_code == 0
    app = installed(tmp_path)
    with app.app_context():
        assert db.session.query(Person).count() == 2
        assert db.session.query(Organisation).count() == 1


def test_the_same_administrator_gets_a_new_link(run: Any, tmp_path: Path) -> None:
    first = run(*arguments("Åse Ask", "aase@test.example")).output
    second = run(*arguments("Åse Ask", "aase@test.example")).output
    links = [next(w for w in text.split() if w.startswith("/invitation/")) for text in (first, second)]
    browser = Browser.signed_in(installed(tmp_path), None)
    assert [browser.get(link).status_code for link in links] == [404, 200]


@pytest.mark.parametrize(
    ("navn", "email", "organisation", "said"),
    [
        (" ", "a@test.example", "Huset", "Skriv et navn."),
        ("Åse", "nej", "Huset", "Det ligner ikke en e-mail."),
        ("Åse", "a@test.example", "", "Skriv et navn."),
    ],
)
def test_what_is_unfit_is_refused_and_nothing_is_made(
    run: Any, tmp_path: Path, navn: str, email: str, organisation: str, said: str
) -> None:
    result = run(*arguments(navn, email, organisation))
    assert isinstance(result.exception, RuleBroken)
    assert said in result.exception.text
    with installed(tmp_path).app_context():
        assert db.session.query(Person).count() == 0


def test_an_ordinary_persons_email_is_not_raised_to_administrator(run: Any, tmp_path: Path) -> None:
    with installed(tmp_path).app_context():
        make_world()
        db.session.commit()
    result = run(*arguments("Mette", "mette@test.example"), "--endnu-en")
    assert isinstance(result.exception, RuleBroken)
    assert "ikke er administrator" in result.exception.text
