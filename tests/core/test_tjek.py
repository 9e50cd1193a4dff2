"""`supervision tjek` finds each thing that is wrong, says what to do, and says nothing of a sound installation."""

from __future__ import annotations

import json
import re
import shutil
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from installation import settings_for
from people import PASSWORD

from supervision import HOUSE, clock, create_app
from supervision.cli import command
from supervision.config import Settings
from supervision.db import db, sqlite_driver
from supervision.drift.jobs import note_success
from supervision.history import Historik
from supervision.maintenance import settings_table, write_backup
from supervision.maintenance.checks import ADVARSEL, FEJL, OK, Finding, examine
from supervision.personer.models import Organisation, Person, Rolletildeling
from supervision.problems import SettingsProblem
from supervision.sso_config import SSO_SETTINGS

JOBS = ("udgiv-tal", "ryd-op", "send-beskeder", "stikproeve")
LONG = "en lang og tilfældig nøgle: 8H2k-qPz1-vT7w-0sXe"


@pytest.fixture
def sound(migrated_sqlite: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of an installation that nothing is wrong with, backups aside on another disk or not."""
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, folder / "supervision.db")
    (folder / "supervision.db").chmod(0o600)
    app = create_app(settings_for(folder))
    with app.app_context():
        home = Organisation(navn="Jobcenter", slags="jobcenter")
        db.session.add(home)
        db.session.flush()
        person = Person(navn="Agnes", email="agnes@eksempel.dk", organisation_id=home.id, password=PASSWORD)
        db.session.add(person)
        db.session.flush()
        db.session.add(Rolletildeling(person_id=person.id, rolle="administrator", fra=clock.today()))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    write_backup(app)
    with app.app_context():
        for name in JOBS:
            note_success(name)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return {
        "SUPERVISION_INSTANCE": str(folder),
        "SECRET_KEY": LONG,
        "PUBLIC_URL": "https://feedback.eksempel.dk",
        "COOKIE_SECURE": "ja",
        "TRUSTED_PROXIES": "1",
    }


def wrong(environ: dict[str, str]) -> dict[tuple[str, str], Finding]:
    """What is not OK, by kind and name; every one says what to do."""
    found = [one for one in examine(Path("/findes/ikke"), environ) if one.slags != OK]
    assert all(one.goer and one.siger for one in found)
    return {(one.slags, one.navn): one for one in found}


def test_a_sound_installation_has_only_its_two_pieces_of_advice(sound: dict[str, str]) -> None:
    assert set(wrong(sound)) == {(ADVARSEL, "e-mail"), (ADVARSEL, "sikkerhedskopi")}


def no_backups(environ: dict[str, str]) -> None:
    shutil.rmtree(Path(environ["SUPERVISION_INSTANCE"]) / "backups")


def spoilt_backup(environ: dict[str, str]) -> None:
    (kopi,) = (Path(environ["SUPERVISION_INSTANCE"]) / "backups").glob("*.kopi")
    kopi.write_bytes(kopi.read_bytes()[:-100])


def everybody_may_look(environ: dict[str, str]) -> None:
    Path(environ["SUPERVISION_INSTANCE"]).chmod(0o755)


def key_for_everybody(environ: dict[str, str]) -> None:
    key = Path(environ["SUPERVISION_INSTANCE"]) / "secret_key"
    key.write_text("x")
    key.chmod(0o644)


def job_of_last_week(environ: dict[str, str]) -> None:
    app = create_app(Settings.from_environment(Path(), environ))
    with clock.travel(clock.now() - timedelta(days=7)), app.app_context():
        note_success("udgiv-tal")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def no_database(environ: dict[str, str]) -> None:
    (Path(environ["SUPERVISION_INSTANCE"]) / "supervision.db").unlink()


def spoilt_database(environ: dict[str, str]) -> None:
    """An index that does not have what its table has."""
    connection = sqlite_driver().connect(Path(environ["SUPERVISION_INSTANCE"]) / "supervision.db")
    connection.execute("PRAGMA writable_schema=ON")
    index = "SELECT {} FROM sqlite_master WHERE type = 'index' AND tbl_name {} 'person' LIMIT 1"
    (name,) = connection.execute(index.format("name", "=")).fetchone()
    (elsewhere,) = connection.execute(index.format("rootpage", "<>")).fetchone()
    connection.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (elsewhere, name))
    connection.commit()
    connection.close()


def not_migrated(environ: dict[str, str]) -> None:
    change(environ, "UPDATE alembic_version SET version_num = '0012'")


def a_demo_person(environ: dict[str, str]) -> None:
    app = create_app(Settings.from_environment(Path("/"), environ))
    with app.app_context():
        home = db.session.query(Organisation).one()
        db.session.add(Person(navn="Palle", email="palle@demo.example", organisation_id=home.id))
        db.session.commit()
        db.engine.dispose()


def clock_set_back(environ: dict[str, str]) -> None:
    app = create_app(Settings.from_environment(Path("/"), environ))
    with app.app_context():
        row = Historik(at=clock.now() + timedelta(hours=2), handling="x", genstand="x", genstand_id=uuid4())
        db.session.add(row)
        db.session.commit()
        db.engine.dispose()


def nobody_rules(environ: dict[str, str]) -> None:
    change(environ, "DELETE FROM rolletildeling")


def change(environ: dict[str, str], statement: str) -> None:
    connection = sqlite_driver().connect(Path(environ["SUPERVISION_INSTANCE"]) / "supervision.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


def setting(**more: str) -> Callable[[dict[str, str]], None]:
    return lambda environ: environ.update(more)


@pytest.mark.wide
@pytest.mark.parametrize(
    ("spoil", "slags", "navn", "words"),
    [
        (setting(COOKIE_SECURE="måske"), FEJL, "indstillinger", "COOKIE_SECURE skal være ja eller nej"),
        (setting(SECRET_KEY="hemmelig"), FEJL, "indstillinger", "SECRET_KEY skal være mindst 32"),
        (setting(COOKIES_SECURE="ja"), ADVARSEL, "indstillinger", "COOKIES_SECURE kendes ikke"),
        (setting(PUBLIC_URL="http://feedback.eksempel.dk"), FEJL, "https", "uden https"),
        (setting(PUBLIC_URL="http://localhost:8000"), FEJL, "https", "ingen kan logge ind"),
        (setting(PUBLIC_URL=""), ADVARSEL, "https", "PUBLIC_URL mangler"),
        (setting(TRUSTED_PROXIES="0"), ADVARSEL, "proxy", "TRUSTED_PROXIES er 0"),
        (setting(FLASK_DEBUG="1"), FEJL, "fejlsøgning", "FLASK_DEBUG er slået til"),
        (setting(DATABASE_URL="postgresql://x:y@127.0.0.1:9/z"), FEJL, "database", "ingen forbindelse"),
        (no_backups, FEJL, "sikkerhedskopi", "Der er ingen"),
        (spoilt_backup, FEJL, "sikkerhedskopi", "beskadiget"),
        (everybody_may_look, FEJL, "mappens rettigheder", "Alle på maskinen"),
        (key_for_everybody, FEJL, "hemmelig nøgle", "Andre på maskinen"),
        (job_of_last_week, FEJL, "job: udgiv-tal", "gik sidst godt"),
        (no_database, FEJL, "database", "Der er ingen database"),
        (spoilt_database, FEJL, "database", "beskadiget"),
        (not_migrated, FEJL, "skema", "Databasen er på 0012"),
        (a_demo_person, FEJL, "demo", "Én demoperson kan logge ind"),
        (clock_set_back, FEJL, "ur", "stillet tilbage"),
        (nobody_rules, FEJL, "administrator", "Ingen administrator"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_each_thing_that_is_wrong_is_found(
    spoil: Callable[[dict[str, str]], None], slags: str, navn: str, words: str, sound: dict[str, str]
) -> None:
    spoil(sound)
    found = wrong(sound)
    assert (slags, navn) in found, found
    assert words in found[slags, navn].siger


@pytest.mark.wide
def test_a_mail_server_that_does_not_answer_is_found(sound: dict[str, str]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mail = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(probe.getsockname()[1]),
            "MAIL_FROM": "nej@eksempel.dk",
        }
        assert (FEJL, "e-mail") in wrong({**sound, **mail})
        probe.listen()
        assert not {kind for kind in wrong({**sound, **mail}) if kind[1] == "e-mail"}


@pytest.mark.wide
def test_postgres_is_looked_at_too(postgres_app: Flask, sound: dict[str, str]) -> None:
    url = postgres_app.config["SQLALCHEMY_DATABASE_URI"]
    found = examine(Path("/"), {**sound, "DATABASE_URL": url.replace("+psycopg", "")})
    said = {one.navn: one for one in found}
    assert said["PostgreSQL"].slags == OK
    assert (said["skema"].slags, said["ur"].slags) == (OK, OK)


def test_the_command_ends_with_what_it_found(sound: dict[str, str]) -> None:
    done = CliRunner().invoke(command, ["tjek"], env={**sound, "DATABASE_URL": ""})
    assert done.exit_code == 0, done.output
    sound["PUBLIC_URL"] = "http://feedback.eksempel.dk"
    done = CliRunner().invoke(command, ["tjek", "--json"], env={**sound, "DATABASE_URL": ""})
    assert done.exit_code == 1
    (https,) = (one for one in json.loads(done.output)["fund"] if one["navn"] == "https")
    assert https == {
        "slags": "fejl",
        "navn": "https",
        "siger": "PUBLIC_URL er uden https: alt kan læses på vejen.",
        "goer": "Sæt en proxy med TLS foran; se deploy/.",
    }


READ = r'environ(?:\.get\(|\[|, )\s*"([A-Z_]+)"'


def read_settings(path: Path, source: str) -> set[str]:
    """The names that a source reads from the environment; `environ` alone is a request's in all but config.py."""
    return set(re.findall(READ if path.name == "config.py" else rf"os\.{READ}", source))


def test_every_setting_is_described_and_the_page_is_fresh() -> None:
    sources = (HOUSE / "supervision").rglob("*.py")
    read = set().union(*(read_settings(path, path.read_text("utf-8")) for path in sources))
    assert read | set(SSO_SETTINGS) == {one.name for one in settings_table.DECLARED}
    assert settings_table.PAGE.read_text(encoding="utf-8") == settings_table.page()
    assert read_settings(Path("x.py"), 'os.environ.get("NY_EN", "")') == {"NY_EN"}, (
        "an undescribed one is seen"
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TRUSTED_PROXIES", "to", "TRUSTED_PROXIES skal være et helt tal"),
        ("TRUSTED_PROXIES", "9", "TRUSTED_PROXIES skal være et helt tal"),
        ("BACKUP_DAYS", "-1", "BACKUP_DAYS skal være et helt tal"),
        ("SECRET_KEY", "x" * 40, "SECRET_KEY skal være mindst 32"),
        ("SUPERVISION_INSTANCE", "/proc/findes/ikke", "SUPERVISION_INSTANCE"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start_with_its_name(
    name: str, value: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsProblem, match=said):
        Settings.from_environment(tmp_path, {name: value})
