"""A second process of the application, as two processes behind one proxy would be: `pytest --processes 2`.

Every other request of a test client goes to it, and every other one of a browser. It shares the database, the instance
folder and the settings with the test's own process, and nothing else: no memory, no cache, no lock, not even the seed
that sets are hashed by. A request crosses as what WSGI makes of it, with the clock and the settings of the moment.

What a test patches in its own process is not patched over there, and what it counts there is not seen. Such a test gets
a second *application* in its own process instead (`IN_PROCESS`), or one alone (mark `one_process`, with the reason).
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from web import flushed_but_not_committed

from supervision import HOUSE, adgangslog, clock, create_app
from supervision.config import Settings
from supervision.db import db

OWN_PROCESS, IN_PROCESS, ALONE = "own process", "in process", "alone"
HERE = Path(__file__).parent
PATIENCE_S = 60
PATCHING = {"monkeypatch", "caplog", "mocker"}
"""Fixtures that reach into this process and not into another."""
PLAIN = (str, int, float, bool, bytes, tuple, type(None))
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Asked:
    """One request on its way: whose it is, what WSGI says of it, its body, and the moment's circumstances."""

    name: str
    environ: dict[str, Any]
    body: bytes
    shift: Any
    settings: Settings
    config: dict[str, Any]


@dataclass
class Answered:
    """What came back; `raised` when a view raised and the application lets it through."""

    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    raised: BaseException | None = None


def way_of(item: pytest.Item) -> str:
    """Which second one this test can have."""
    alone = item.get_closest_marker("one_process")
    if alone is not None:
        assert alone.args, f"{item.nodeid}: `one_process` wants a reason"
        return ALONE
    fixtures = getattr(item, "fixturenames", ())
    return IN_PROCESS if PATCHING & set(fixtures) or item.get_closest_marker("same_process") else OWN_PROCESS


class SecondProcess:
    """The process, spoken to through its two pipes; one at a time."""

    def __init__(self) -> None:
        self._turn = threading.RLock()
        self._process = subprocess.Popen(
            [sys.executable, "-c", "import second_process; second_process.listen()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOUSE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HOUSE), str(HERE))), "PYTHONHASHSEED": "4711"},
        )  # fmt: skip

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def ask(self, act: str, *words: Any) -> Any:
        """Let it do one thing (see `ACTS`), and wait for what it answers. Raises what it raised."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._turn:
            pickle.dump((act, words), self._process.stdin)
            self._process.stdin.flush()
            good, answer = pickle.load(self._process.stdout)
        if not good:
            raise RuntimeError(f"in the second process: {answer}")
        return answer

    def end(self) -> None:
        """Close its pipe, which ends it."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()


class InTurn:
    """In the place of an application's `wsgi_app`: the first request to its own, the next to another, and so on."""

    def __init__(self, app: Flask, other: Wsgi) -> None:
        self._turn = threading.Lock()
        self._ways = (app.wsgi_app, other)
        self.answered = [0, 0]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._turn:
            nr = sum(self.answered) % 2
            self.answered[nr] += 1
        return self._ways[nr](environ, start_response)


class Elsewhere:
    """An application of the second process as a WSGI application of this one."""

    def __init__(self, process: SecondProcess, app: Flask) -> None:
        self._process, self._app = process, app
        self.name = str(app.config["SQLALCHEMY_DATABASE_URI"])
        self._at_first = dict(app.config)
        process.ask("make", self.name, app.extensions["settings"], _templates_of(app))

    def begin(self) -> None:
        """A new test."""
        self._process.ask("begin", self.name)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        plain = {key: value for key, value in environ.items() if isinstance(value, PLAIN)}
        length = environ.get("CONTENT_LENGTH")
        stream = environ["wsgi.input"]
        body = (
            stream.read(int(length))
            if length
            else stream.read()
            if environ.get("wsgi.input_terminated")
            else b""
        )
        now = self._app.config
        config = {key: now[key] for key in now if now[key] != self._at_first.get(key)}
        asked = Asked(self.name, plain, body, clock._shift, self._app.extensions["settings"], config)
        answered: Answered = self._process.ask("answer", asked)
        if answered.raised is not None:
            raise answered.raised
        start_response(answered.status, answered.headers)
        return [answered.body]


class Beside:
    """A second application in this process: it shares the memory of modules, and nothing that an application has."""

    def __init__(self, app: Flask) -> None:
        self._app, self._other = app, create_app(app.extensions["settings"])
        self._other.jinja_env.bytecode_cache = app.jinja_env.bytecode_cache
        self._other.config = app.config

    def begin(self) -> None:
        """A new test."""
        with self._other.app_context():
            db.session.remove()
            db.engine.dispose()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._other.extensions["settings"] = self._app.extensions["settings"]
        return self._other.wsgi_app(environ, start_response)


@contextmanager
def alone(app: Flask) -> Iterator[None]:
    """Inside: this process answers for itself, for what is counted here."""
    in_turn = vars(app).pop("wsgi_app", None)
    try:
        yield
    finally:
        if in_turn is not None:
            app.wsgi_app = in_turn  # type: ignore[method-assign]


class Processes:
    """What answers in this run. many: 1 or 2. Each application has at most one other, made when it is first wanted."""

    def __init__(self, many: int) -> None:
        self.many = many
        self._process: SecondProcess | None = None
        self._others: dict[tuple[Flask, str], Any] = {}

    @property
    def pid(self) -> int | None:
        """The second process's number; None before it was asked for anything."""
        return self._process and self._process.pid

    @contextmanager
    def in_turn(self, app: Flask, way: str) -> Iterator[InTurn | None]:
        """Inside: every other request to `app` is answered by the other. Nothing where one is enough."""
        if self.many == 1 or way == ALONE:
            yield None
            return
        other = self._other(app, way)
        other.begin()
        turns = InTurn(app, other)
        app.wsgi_app = turns  # type: ignore[method-assign]
        try:
            yield turns
        finally:
            del app.wsgi_app
            other.begin()

    @contextmanager
    def only_the_other(self, app: Flask) -> Iterator[None]:
        """Inside: every request to `app` is answered by the second process."""
        app.wsgi_app = self._other(app, OWN_PROCESS)  # type: ignore[method-assign]
        try:
            yield
        finally:
            del app.wsgi_app

    def end(self) -> None:
        """Let the second process go."""
        if self._process is not None:
            self._process.end()

    def _other(self, app: Flask, way: str) -> Any:
        if (app, way) not in self._others:
            if way == IN_PROCESS:
                self._others[app, way] = Beside(app)
            else:
                self._process = self._process or SecondProcess()
                self._others[app, way] = Elsewhere(self._process, app)
        return self._others[app, way]


def _templates_of(app: Flask) -> str:
    return str(getattr(app.jinja_env.bytecode_cache, "directory", ""))


# --- in the second process ---------------------------------------------------------------------------------------

_apps: dict[str, Flask] = {}


def make(name: str, settings: Settings, templates: str) -> None:
    """An application of this process's own."""
    app = create_app(settings)
    if templates:
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(templates)
    _apps[name] = app


def begin(name: str) -> None:
    """A new test: its database is another file, or was emptied, and what was read yesterday is read anew."""
    app = _apps[name]
    adgangslog.forget()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def answer(asked: Asked) -> Answered:
    """The application's answer, whole."""
    app = _apps[asked.name]
    before = {key: app.config.get(key) for key in asked.config}
    app.config.update(asked.config)
    app.extensions["settings"] = asked.settings
    clock._shift = asked.shift
    given = Answered()

    def start(status: str, headers: list[tuple[str, str]], _problem: Any = None) -> Any:
        given.status, given.headers = status, headers

    environ = {
        **asked.environ, "wsgi.input": io.BytesIO(asked.body), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    try:
        with flushed_but_not_committed() as left_over:
            parts = app.wsgi_app(environ, start)
            given.body = b"".join(parts)
            getattr(parts, "close", lambda: None)()
        assert given.status >= "4" or not left_over, f"written but not committed: {left_over}"
    except Exception as problem:
        given.raised = _sendable(problem)
    finally:
        app.config.update(before)
    return given


def _sendable(problem: Exception) -> BaseException:
    try:
        return pickle.loads(pickle.dumps(problem))  # type: ignore[no-any-return]
    except Exception:
        return RuntimeError("".join(traceback.format_exception(problem)))


ACTS: dict[str, Callable[..., Any]] = {one.__name__: one for one in (make, begin, answer)}


def listen() -> None:
    """Do what is asked for until nobody asks any more."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints beside the pipe
    while True:
        try:
            act, words = pickle.load(asked)
        except EOFError:
            return
        try:
            reply = (True, ACTS[act](*words))
        except Exception:
            reply = (False, traceback.format_exc())
        pickle.dump(reply, answers)
        answers.flush()
