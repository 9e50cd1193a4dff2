"""The line that ticks wait in: full, it turns devices away at once; pages are answered; every place comes back."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import add_kontrakt
from flask import Flask
from people import World
from sqlalchemy import event
from web import Browser
from werkzeug.test import EnvironBuilder, TestResponse

from supervision import static_files
from supervision.access import matrix
from supervision.config import MAX_BODY_BYTES
from supervision.db import WAITED, Turns, db
from supervision.drift import admission
from supervision.drift.admission import AT_WORK, FROM_DEVICES, IN_LINE, LEAVING, Admission, Appointments
from supervision.headers import HEADERS
from supervision.observationer.queries import find_observation_of, list_haendelser
from supervision.server import THREADS, HeardOut

OURS = {"X-Supervision": "1"}
SOON_S = 10.0
"""How long a test waits for what comes at once; never how long something may take."""


class Held:
    """The application, where whoever asks as a device stays until `go` is set; `there` counts who got so far."""

    def __init__(self, application: Any) -> None:
        self.application, self.go, self.there = application, Event(), 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST":
            self.there += 1
            assert self.go.wait(SOON_S)
        return self.application(environ, start_response)


@pytest.fixture
def bare(sqlite_app: Flask) -> Iterator[Flask]:
    """The application, with whatever was put in front of it taken away afterwards."""
    before = sqlite_app.wsgi_app
    yield sqlite_app
    sqlite_app.wsgi_app = before  # type: ignore[method-assign]


@pytest.fixture
def kontrakt_id(bare: Flask, sqlite_world: World) -> UUID:
    with bare.app_context():
        made = add_kontrakt(sqlite_world)
        db.session.commit()
        db.session.remove()
    return made


def a_tick() -> dict[str, Any]:
    tick = {"id": str(uuid4()), "nr": 0, "t_ms": 0, "spor": "ur", "kode": "start"}
    return {"startet_at": "2026-11-22T09:00:00Z", "haendelser": [tick]}


def send(app: Flask, person: UUID, kontrakt_id: UUID) -> TestResponse:
    address = f"/api/kontrakter/{kontrakt_id}/haendelser"
    return Browser.signed_in(app, person).post(address, json=a_tick(), headers=OURS)


def until(happened: Callable[[], bool]) -> None:
    give_up = monotonic() + SOON_S
    while not happened():
        assert monotonic() < give_up
        sleep(0.002)


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile, and every connection that is taken."""
    seen: list[str] = []

    def said(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    def taken(*_: Any) -> None:
        seen.append("a connection")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", said)
    event.listen(engine, "checkout", taken)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", said)
        event.remove(engine, "checkout", taken)


def with_a_full_line(
    app: Flask, world: World, kontrakt_id: UUID, put_in_front: Callable[[Flask], Any]
) -> list[str]:
    """One batch at work, one in the line, and then a third, and a person's page. What is wrong, in words."""
    held = Held(app.wsgi_app)
    app.wsgi_app = held  # type: ignore[method-assign]
    app.wsgi_app = line = put_in_front(app)  # type: ignore[method-assign]
    person, answers = world.people["jonas"], list[TestResponse]()
    devices = [Browser.signed_in(app, person) for _ in range(3)]
    reader, problems = Browser.signed_in(app, person), list[str]()
    address = f"/api/kontrakter/{kontrakt_id}/haendelser"

    def post(nr: int) -> None:
        answers.append(devices[nr].post(address, json=a_tick(), headers=OURS))

    threads = [Thread(target=post, args=(nr,), daemon=True) for nr in range(2)]
    for thread in threads:
        thread.start()
    until(lambda: (held.there == 1 and line.inside == 2) or held.there == 2)
    third = Thread(target=post, args=(2,), daemon=True)
    with statements(app) as seen:
        third.start()
        until(lambda: bool(answers) or held.there > 1)
    if not answers:
        problems.append("not turned away")
    elif seen:
        problems.append(f"the database was asked: {seen}")
    if reader.get("/samtaler").status_code != 200:
        problems.append("a page was not answered")
    held.go.set()
    for thread in [*threads, third]:
        thread.join(SOON_S)
    if answers:
        problems += wrong_with(answers[0])
    if sorted(answer.status_code for answer in answers) != [200, 200, 503]:
        problems.append(f"answers: {[answer.status_code for answer in answers]}")
    if any(send(app, person, kontrakt_id).status_code != 200 for _ in range(3)):
        problems.append("a place was not given back")
    return problems


def wrong_with(answer: TestResponse) -> list[str]:
    """What is wrong with the answer to whoever is turned away."""
    if answer.status_code != 503:
        return [f"status {answer.status_code}"]
    wrong = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    if answer.headers.get("Retry-After") not in ("1", "2", "3"):
        wrong.append("Retry-After")
    if answer.headers["Cache-Control"] != "no-store" or "Set-Cookie" in answer.headers:
        wrong.append("kept")
    if answer.get_json() != {
        "titel": "Der er travlt lige nu",
        "fejl": "Krydsene bliver på enheden og sendes igen om lidt.",
    }:
        wrong.append("its words")
    return wrong


class Small(Admission):
    """One at work, one in the line."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, at_work=1, in_line=1, wait_s=SOON_S)

    @property
    def inside(self) -> int:
        """How many hold a place, at work or in the line."""
        return 2 - self._inside._value


class Open(Small):
    """A broken product: everybody comes in."""

    def _device_endpoint(self, environ: dict[str, Any]) -> None:
        return None


class Asking(Small):
    """A broken product: it looks up who asks before it turns them away."""

    def _turn_away(self, *asked: Any) -> Any:
        with self._app.app_context():
            db.session.connection()
            db.session.remove()
        return super()._turn_away(*asked)


class Keeping(Small):
    """A broken product: whoever has been at work keeps the place."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self._wait_s, self._turns = 0.01, Turns(2)
        self._turns.give = lambda: None  # type: ignore[method-assign]


@pytest.mark.gate("G2")
def test_a_full_line_turns_a_device_away_and_a_page_is_answered(
    bare: Flask,
    sqlite_world: World,
    kontrakt_id: UUID,
    capfd: pytest.CaptureFixture[str],
    record_property: Any,
) -> None:
    assert with_a_full_line(bare, sqlite_world, kontrakt_id, Small) == []
    record_property(
        "figure", "a full line: told when to come again with 0 statements, a page answered meanwhile"
    )
    with bare.app_context():
        observation = find_observation_of(kontrakt_id)
        assert observation is not None
        assert len(list_haendelser(observation.id)) == 5, "what was let in is stored"
        db.session.remove()
    shown = Browser.signed_in(bare, None).get("/maalinger").get_data(as_text=True)
    assert 'supervision_turned_away_total{why="full"}' in shown
    assert 'supervision_requests_total{endpoint="observationer.modtag_haendelser",status="5xx"}' in shown
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["antal"] for line in lines if line.get("event") == "kryds_maa_vente"] == [1]


@pytest.mark.gate("G2")
@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (Open, "not turned away"),
        (Asking, "the database was asked"),
        (Keeping, "a place was not given back"),
    ],
)
def test_a_broken_line_is_found(
    bare: Flask, sqlite_world: World, kontrakt_id: UUID, broken: Callable[[Flask], Any], problem: str
) -> None:
    found = with_a_full_line(bare, sqlite_world, kontrakt_id, broken)
    assert any(one.startswith(problem) for one in found), found


class Gone:
    """The body of somebody who is no longer there."""

    def read(self, _size: int) -> bytes:
        raise ConnectionResetError


def asked(application: Any, body: Any = None, **more: Any) -> int:
    """The status that a batch is answered with; 0 when it raised."""
    builder = EnvironBuilder(f"/api/kontrakter/{uuid4()}/haendelser", method="POST", json={})
    environ = builder.get_environ() | more
    if body is not None:
        environ["wsgi.input"] = body
    statuses: list[str] = []
    try:
        list(application(environ, lambda status, _headers: statuses.append(status)))
    except (RuntimeError, ConnectionResetError):
        return 0
    return int(statuses[0].split()[0])


@pytest.mark.gate("G2")
def test_a_place_comes_back_after_a_failure_and_after_whoever_left(bare: Flask) -> None:
    def fails(environ: dict[str, Any], _start: Any) -> Any:
        raise RuntimeError

    usual = bare.wsgi_app
    bare.wsgi_app = fails  # type: ignore[method-assign]
    line = Small(bare)
    assert [asked(line) for _ in range(5)] == [0] * 5
    assert [asked(line, Gone()) for _ in range(5)] == [0] * 5
    line.application = usual
    assert [asked(line) for _ in range(5)] == [401] * 5
    assert line.inside == 0


def test_who_waits_too_long_is_turned_away_and_gives_the_place_back(bare: Flask) -> None:
    line = Small(bare)
    line._wait_s = 0.01
    assert line._turns.take(0)
    assert [asked(line) for _ in range(3)] == [503] * 3
    line._turns.give()
    assert asked(line) == 401


def test_who_is_let_in_carries_how_long_it_stood_in_line(bare: Flask) -> None:
    waited: list[float] = []

    def notes(environ: dict[str, Any], start: Any) -> Any:
        waited.append(environ[WAITED])
        start("200 OK", [])
        return []

    bare.wsgi_app = notes  # type: ignore[method-assign]
    line = Small(bare)
    assert asked(line) == 200
    assert line._turns.take(0)
    second = Thread(target=asked, args=(line,), daemon=True)
    second.start()
    until(lambda: bool(line._turns._waiting))
    sleep(0.2)
    line._turns.give()
    second.join(SOON_S)
    assert waited[0] < 0.2 <= waited[1]


def test_a_slow_net_holds_no_place_where_work_is_done(bare: Flask) -> None:
    line = Small(bare)
    slow, came = Event(), Event()

    class Slow:
        def read(self, _size: int) -> bytes:
            came.set()
            slow.wait(SOON_S)
            return b"{}"

    first = Thread(target=asked, args=(line, Slow()), daemon=True)
    first.start()
    assert came.wait(SOON_S)
    assert asked(line) == 401
    slow.set()
    first.join(SOON_S)


@pytest.mark.parametrize(
    ("more", "left", "length"),
    [
        ({"CONTENT_LENGTH": "4"}, b"ef", "4"),
        ({"CONTENT_LENGTH": str(MAX_BODY_BYTES + 1)}, b"abcdef", str(MAX_BODY_BYTES + 1)),
        ({"CONTENT_LENGTH": "", "wsgi.input_terminated": True}, b"", "6"),
        ({"CONTENT_LENGTH": ""}, b"abcdef", ""),
        ({"CONTENT_LENGTH": "-1"}, b"abcdef", "-1"),
    ],
)
def test_no_more_is_read_than_may_be_sent(more: dict[str, Any], left: bytes, length: str) -> None:
    wire = BytesIO(b"abcdef")
    environ = {"wsgi.input": wire, **more}
    admission.read_body(environ)
    assert wire.read() == left
    assert environ["CONTENT_LENGTH"] == length
    assert left or environ["wsgi.input"].read() == b"abcdef"


def test_those_turned_away_come_back_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "monotonic", lambda: 100.0)
    given = Appointments()
    first = [given.next_s() for _ in range(100)]
    assert set(first) <= {1, 2, 3}
    assert len(set(first)) > 1
    many = [given.next_s() for _ in range(10_000)]
    assert max(many) == 30
    monkeypatch.setattr(admission, "monotonic", lambda: 200.0)
    assert given.next_s() in (1, 2)


def test_what_devices_send_by_themselves_is_known_and_nothing_else(bare: Flask) -> None:
    line, id_ = Admission(bare), uuid4()
    found = {
        line._device_endpoint({"REQUEST_METHOD": "POST", "PATH_INFO": path})
        for path in (
            f"/api/kontrakter/{id_}/haendelser",
            f"/api/kontrakter/{id_}/afslut",
            f"/api/kalibreringer/{id_}/haendelser",
            f"/api/kalibreringer/{id_}/afslut",
            "/api/karantaene",
        )
    }
    assert found == FROM_DEVICES
    assert {matrix()[endpoint].csrf for endpoint in found} == {"json"}, (
        "never a form: a person waits for that"
    )
    for method, path in (
        ("GET", f"/api/kontrakter/{id_}/haendelser"),
        ("POST", "/log-ind"),
        ("POST", "/api/passkey"),
        ("POST", "/api/findes/ikke"),
        ("POST", f"/api/kontrakter/{id_}/haendelser/"),
    ):
        assert line._device_endpoint({"REQUEST_METHOD": method, "PATH_INFO": path}) is None


def test_threads_are_left_for_people() -> None:
    assert THREADS - AT_WORK - IN_LINE >= 32
    assert LEAVING <= (THREADS - AT_WORK - IN_LINE) / 2


def test_the_product_is_served_with_the_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("SUPERVISION_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr(static_files, "compress_folder", lambda *_: [])
    app = runpy.run_module("supervision.wsgi")["app"]
    assert isinstance(app.wsgi_app, HeardOut)
    assert isinstance(app.wsgi_app.application.application, Admission)
    with app.app_context():
        db.engine.dispose()
