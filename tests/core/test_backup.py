"""A backup under load is one moment of the database; restored it is the same; a damaged one changes nothing."""

from __future__ import annotations

import gzip
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from installation import settings_for
from people import make_world
from road import walk
from sqlalchemy import insert, select, text

from supervision import HOUSE, clock, create_app
from supervision.config import Settings
from supervision.db import db
from supervision.history import Historik
from supervision.maintenance import backup, kopi, restoring, upgrade_database
from supervision.maintenance.backup import drop_old, list_backups, write_backup
from supervision.maintenance.kopi import Damaged, open_kopi
from supervision.maintenance.restoring import restore
from supervision.personer.models import Organisation
from supervision.problems import RuleBroken

sys.path.insert(0, str(HOUSE))

from benchmarks.dump import fingerprint

IN_A_TRANSACTION = 5
WRITERS = 3


ON_SQLITE_FIRST = pytest.mark.parametrize(
    "app", ["sqlite", pytest.param("postgres", marks=pytest.mark.wide)], indirect=True
)


@pytest.fixture
def another(app: Flask, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The product on an empty machine, on the same engine."""
    with app.app_context():
        engine = db.engine.dialect.name
    made = ""
    if engine == "postgresql":
        name = f"gendan_{uuid4().hex}"
        with (
            app.app_context(),
            db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.execute(text(f"CREATE DATABASE {name}"))
        url = request.getfixturevalue("postgres_url")
        head, _, options = url.partition("?")
        made = head.rsplit("/", 1)[0] + f"/{name}" + (f"?{options}" if options else "")
    other = create_app(settings_for(tmp_path / "another", made))
    yield other
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def with_data(app: Flask) -> None:
    with app.app_context():
        walk(make_world())
        db.session.commit()
        db.session.remove()


def sum_of(app: Flask) -> str:
    with app.app_context():
        found = fingerprint(db.engine)
        db.engine.dispose()
    return found


def writing(app: Flask, until: threading.Event) -> Callable[[], dict[UUID, int]]:
    """Several who write five rows of one number in each transaction. Returns how to end it and know the commits."""
    answered: dict[UUID, int] = {}

    def write(who: UUID) -> None:
        number = 0
        while not until.is_set():
            row = {"at": clock.now(), "person_id": who, "handling": str(number)}
            more = {"genstand": "x", "genstand_id": who}
            rows = [{"id": uuid4(), **row, **more} for _ in range(IN_A_TRANSACTION)]
            with app.app_context(), db.engine.begin() as connection:
                connection.execute(insert(Historik), rows)
            number += 1
            answered[who] = number

    threads = [threading.Thread(target=write, args=(uuid4(),)) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()

    def end() -> dict[UUID, int]:
        until.set()
        for thread in threads:
            thread.join()
        return answered

    return end


def half_moments(app: Flask, before: dict[UUID, int]) -> list[str]:
    """What is not one moment: a transaction in part, one missing, or something answered for before it began."""
    with app.app_context():
        rows = db.session.execute(
            select(Historik.person_id, Historik.handling).where(Historik.genstand == "x")
        ).all()
        db.session.remove()
        db.engine.dispose()
    found: list[str] = []
    for who, least in before.items():
        numbers = sorted(int(number) for person, number in rows if person == who)
        whole = [
            number for number in range(len(numbers) // IN_A_TRANSACTION) for _ in range(IN_A_TRANSACTION)
        ]
        if numbers != whole:
            found.append("not whole transactions from the first on")
        if len(whole) < least * IN_A_TRANSACTION:
            found.append("something answered for is missing")
    return found


def backup_while_writing(app: Flask, target: Path, make: Callable[[Flask, Path], object]) -> dict[UUID, int]:
    """Make it with `make` while others write. Returns what had been answered for before."""
    until = threading.Event()
    end = writing(app, until)
    try:
        until.wait(0.4)
        before = dict(end.__closure__[0].cell_contents)  # type: ignore[index]
        make(app, target)
        until.wait(0.1)
    finally:
        end()
    return before


@ON_SQLITE_FIRST
@pytest.mark.gate("B14")
def test_a_backup_under_load_is_one_moment_and_restores_to_the_same(
    app: Flask, another: Flask, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with_data(app)
    loaded, quiet = tmp_path / "under.kopi", tmp_path / "rolig.kopi"
    before = backup_while_writing(app, loaded, write_backup)
    assert sum(before.values()) > 0
    restore(another, loaded)
    assert half_moments(another, before) == []
    write_backup(app, quiet)
    was = sum_of(app)
    restore(another, quiet, replace=True)
    assert sum_of(another) == was
    record_property(
        "figure", f"dump sha256 equal; {sum(before.values())} commits before, none missing, none in part"
    )


@pytest.mark.wide
@pytest.mark.planted("B14")
def test_a_backup_by_copying_the_file_is_seen(sqlite_app: Flask, tmp_path: Path) -> None:
    """The planted bug: the file alone, without the journal that has what was written last."""
    with_data(sqlite_app)
    with sqlite_app.app_context():
        source = Path(str(db.engine.url.database))
    made = tmp_path / "another"
    made.mkdir()
    before = backup_while_writing(
        sqlite_app, made / "supervision.db", lambda _app, target: shutil.copy(source, target)
    )
    assert half_moments(create_app(settings_for(made)), before)


def spoilt(whole: bytes, how: str) -> bytes:
    if how == "cut":
        return whole[:-1024]
    at = {"first": 3, "manifest": 60, "middle": len(whole) // 2, "last": len(whole) - 2}[how]
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


HOWS = ("cut", "first", "manifest", "middle", "last")


@ON_SQLITE_FIRST
@pytest.mark.gate("B14")
def test_a_damaged_backup_is_refused_and_the_target_stays(
    app: Flask, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with_data(app)
    whole = tmp_path / "hel.kopi"
    write_backup(app, whole)
    with app.app_context():
        db.session.add(Organisation(navn="Efter kopien", slags="jobcenter"))
        db.session.commit()
        db.session.remove()
    was = sum_of(app)
    for how in HOWS:
        (tmp_path / "skadet.kopi").write_bytes(spoilt(whole.read_bytes(), how))
        with pytest.raises(Damaged, match="Intet er ændret"):
            restore(app, tmp_path / "skadet.kopi", replace=True)
        assert sum_of(app) == was, how
    for nothing in (b"", b"PK\x03\x04 noget andet", kopi.FORMAT, kopi.FORMAT + b"{}\n"):
        (tmp_path / "andet.kopi").write_bytes(nothing)
        with pytest.raises(Damaged):
            restore(app, tmp_path / "andet.kopi", replace=True)
    with pytest.raises(Damaged, match="kan ikke læses"):
        restore(app, tmp_path / "findes-ikke.kopi", replace=True)
    assert sum_of(app) == was
    record_property("figure", f"{len(HOWS)} of {len(HOWS)} damaged files refused, target unchanged")


@pytest.mark.wide
@pytest.mark.planted("B14")
def test_a_restore_that_does_not_look_is_seen(
    sqlite_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted bug: neither checksum nor database is proved, so damage goes in or the target goes."""
    with_data(sqlite_app)
    whole = tmp_path / "hel.kopi"
    write_backup(sqlite_app, whole)
    was = sum_of(sqlite_app)

    def believed(path: Path, raw: Any) -> tuple[kopi.Manifest, int]:
        return kopi._manifest(path, raw), raw.tell()

    monkeypatch.setattr(kopi, "_prove", believed)
    monkeypatch.setattr(restoring, "_prove_sqlite", lambda made, manifest: None)
    with open_kopi(whole) as (manifest, data):
        plain = bytearray(data.read())
    at = plain.index(b"kanarie")
    plain[at] ^= 1
    spoil = tmp_path / "skadet.kopi"
    kopi.write_kopi(spoil, manifest, lambda out: out.write(bytes(plain)) and None)
    restore(sqlite_app, spoil, replace=True)
    assert sum_of(sqlite_app) != was


@pytest.mark.wide
def test_people_are_replaced_only_when_asked_for_and_never_while_in_use(
    sqlite_app: Flask, tmp_path: Path
) -> None:
    with_data(sqlite_app)
    whole = tmp_path / "hel.kopi"
    write_backup(sqlite_app, whole)
    was = sum_of(sqlite_app)
    with pytest.raises(RuleBroken, match="--erstat"):
        restore(sqlite_app, whole)
    elsewhere = create_app(settings_for(Path(sqlite_app.instance_path)))
    with elsewhere.app_context(), db.engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM person"))
        with pytest.raises(RuleBroken, match="i brug"):
            restore(sqlite_app, whole, replace=True)
    with elsewhere.app_context():
        db.engine.dispose()
    restore(sqlite_app, whole, replace=True)
    assert sum_of(sqlite_app) == was
    assert len(list((Path(sqlite_app.instance_path) / "backups").glob("før-gendannelse-*.db"))) == 1


@pytest.mark.wide
def test_a_backup_of_another_engine_or_a_newer_product_is_refused(
    sqlite_app: Flask, postgres_app: Flask, tmp_path: Path
) -> None:
    with_data(sqlite_app)
    whole = tmp_path / "hel.kopi"
    write_backup(sqlite_app, whole)
    with pytest.raises(RuleBroken, match="Kopien er fra SQLite"):
        restore(postgres_app, whole, replace=True)
    with open_kopi(whole) as (manifest, data):
        body = data.read()
    newer = tmp_path / "nyere.kopi"
    fields = {name: getattr(manifest, name) for name in ("motor", "lavet", "raekker", "noegle")}
    kopi.write_kopi(newer, kopi.Manifest(skema="9999", **fields), lambda out: out.write(body) and None)
    with pytest.raises(RuleBroken, match="nyere udgave"):
        restore(sqlite_app, newer, replace=True)


@pytest.mark.wide
def test_what_has_to_be_done_after_a_restore_is_done(
    sqlite_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_data(sqlite_app)
    write_backup(sqlite_app, tmp_path / "hel.kopi")
    called: list[Flask] = []
    monkeypatch.setattr(backup, "drop_old", called.append, raising=True)
    monkeypatch.setattr(restoring, "AFTER_RESTORE", ("supervision.maintenance.backup:drop_old",))
    restore(sqlite_app, tmp_path / "hel.kopi", replace=True)
    assert called == [sqlite_app]


@pytest.mark.wide
def test_the_file_can_be_opened_without_the_product(sqlite_app: Flask, tmp_path: Path) -> None:
    with_data(sqlite_app)
    whole = tmp_path / "hel.kopi"
    write_backup(sqlite_app, whole)
    assert whole.stat().st_mode & 0o777 == 0o600
    packed = whole.read_bytes().split(b"\n", 2)[2][: -kopi.TRAILER]
    assert gzip.decompress(packed).startswith(b"SQLite format 3")
    assert [path.name for path in tmp_path.iterdir()] == ["hel.kopi"]
    with pytest.raises(RuleBroken, match="findes allerede"):
        write_backup(sqlite_app, whole)


@pytest.mark.wide
def test_old_ones_go_and_the_newest_never(sqlite_app: Flask) -> None:
    folder = Path(sqlite_app.instance_path) / "backups"
    upgrade_database(sqlite_app)
    start = clock.now() - timedelta(days=100)
    for days in (0, 40, 70, 100):
        with clock.travel(start + timedelta(days=days)):
            write_backup(sqlite_app)
    assert len(list_backups(folder)) == 2, "35 days are the rule"
    (folder / "supervision-min-egen.kopi").write_bytes(b"x")
    with clock.travel(clock.now() + timedelta(days=1000)):
        assert len(drop_old(folder, 35)) == 1
    assert len(list_backups(folder)) == 1
    assert (folder / "supervision-min-egen.kopi").exists()


def test_the_commands_say_it_in_danish(tmp_path: Path) -> None:
    from supervision.cli import command

    environ = {"SUPERVISION_INSTANCE": str(tmp_path / "ny"), "DATABASE_URL": ""}
    run = lambda *words: CliRunner().invoke(command, words, env=environ)  # noqa: E731
    assert isinstance(run("sikkerhedskopi").exception, RuleBroken)
    app = create_app(Settings.from_environment(tmp_path, environ))
    upgrade_database(app)
    made = run("sikkerhedskopi", str(tmp_path / "hel.kopi"))
    assert (made.exit_code, "Kopien ligger i" in made.output) == (0, True)
    with app.app_context():
        db.engine.dispose()
    done = run("gendan", str(tmp_path / "hel.kopi"))
    assert (done.exit_code, "Databasen er, som den var" in done.output) == (0, True)
    assert "SECRET_KEY" not in done.output
    environ["SECRET_KEY"] = "en helt anden nøgle end den, der var der"
    assert "SECRET_KEY er en anden" in run("gendan", str(tmp_path / "hel.kopi")).output
