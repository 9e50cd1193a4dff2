"""Too much at once is refused quickly and clearly by the real server, and nobody else waits for it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from crawling import as_in_service
from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge

from benchmarks.durability.databases import installation
from benchmarks.durability.scene import make_scene
from benchmarks.durability.server import HOST, Server
from benchmarks.figures import percentile
from benchmarks.load.session import Answers, Session

REFUSED = {400, 403, 413}
QUICK_S = 1.0
OURS = {"Content-Type": "application/json", "X-Supervision": "1"}


@contextmanager
def served() -> Iterator[tuple[int, str, str]]:
    """The product's own server: (port, somebody's cookie, an address that takes JSON)."""
    with installation("sqlite") as made:
        (observer,) = make_scene(made, observers=1, kontrakter=1)
        server = Server(made)
        server.start()
        try:
            _wait_for(server)
            session = Session(server.port, Answers())
            session.sign_in(observer.email)
            yield server.port, session._cookie, f"/api/kontrakter/{observer.kontrakter[0]}/haendelser"
        finally:
            server.stop()


def _wait_for(server: Server) -> None:
    give_up = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((HOST, server.port), 1).close()
            return
        except OSError:
            assert time.monotonic() < give_up, server.last_words()
            time.sleep(0.05)


def ask(
    port: int, head: dict[str, str], body: Callable[[socket.socket], None], address: str
) -> tuple[int, float]:
    """Send a request by hand and read the status. 0: the connection was closed without an answer."""
    began = time.monotonic()
    with socket.create_connection((HOST, port), 10) as wire:
        lines = [f"POST {address} HTTP/1.1", f"Host: {HOST}:{port}", *(f"{k}: {v}" for k, v in head.items())]
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before all of it was sent
            body(wire)
        try:
            answer = wire.recv(64)
        except (ConnectionResetError, TimeoutError):
            answer = b""
    status = int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else 0
    return status, time.monotonic() - began


def endless(wire: socket.socket) -> None:
    """Chunks that never end, until the other side has had enough or 64 MB are gone."""
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    wire.settimeout(2)
    for _ in range(1000):
        wire.sendall(chunk)


def bodies() -> dict[str, tuple[dict[str, str], bytes]]:
    """What is too much, by name: (headers, body)."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    parts = b"".join(
        b'--xx\r\nContent-Disposition: form-data; name="n%d"\r\n\r\nx\r\n' % number for number in range(2000)
    )
    deep = b'{"a":' * 1000 + b"1" + b"}" * 1000
    return {
        "257 KB of JSON": (OURS, b'{"haendelser":"' + b"x" * 257_000 + b'"}'),
        "10 MB": (OURS, b"x" * 10_000_000),
        "100,000 keys of JSON": (OURS, json.dumps({str(n): 0 for n in range(100_000)}).encode()),
        "100,000 keys of a form": (form, "&".join(f"n{n}=" for n in range(100_000)).encode()),
        "depth 1,000": (OURS, deep),
        "2,000 parts": ({"Content-Type": "multipart/form-data; boundary=xx"}, parts + b"--xx--\r\n"),
    }


@pytest.mark.wide
@pytest.mark.gate("D2")
def test_too_much_is_refused_quickly_and_others_do_not_wait(record_property: Any) -> None:
    with served() as (port, cookie, address):
        others, stop = list[float](), threading.Event()
        reader = threading.Thread(target=_read_on, args=(port, cookie, others, stop))
        reader.start()
        found = {}
        try:
            for name, (kind, body) in bodies().items():
                head = {**kind, "Cookie": cookie, "Content-Length": str(len(body))}
                target = address if kind is OURS else "/logbog/ny"
                found[name] = ask(port, head, lambda wire, body=body: wire.sendall(body), target)
            head = {**OURS, "Cookie": cookie, "Transfer-Encoding": "chunked"}
            found["endless chunks"] = ask(port, head, endless, address)
        finally:
            stop.set()
            reader.join()
    slow = {name: took for name, (_, took) in found.items() if took > QUICK_S * 3}
    wrong = {name: status for name, (status, _) in found.items() if status not in REFUSED}
    assert wrong == {}
    assert slow == {}
    assert len(others) > 5
    slowest = max(took for _, took in found.values())
    record_property(
        "figure",
        f"{len(found)} kinds of too much: all refused, the slowest in {slowest:.2f} s;"
        f" others' pages p95 {percentile(others, 0.95) * 1000:.0f} ms meanwhile",
    )


def _read_on(port: int, cookie: str, times: list[float], stop: threading.Event) -> None:
    """Somebody else reads a page, again and again."""
    from http.client import HTTPConnection

    while not stop.is_set():
        began = time.monotonic()
        connection = HTTPConnection(HOST, port, timeout=20)
        connection.request("GET", "/logbog", headers={"Cookie": cookie})
        assert connection.getresponse().status == 200
        connection.close()
        times.append(time.monotonic() - began)
        time.sleep(0.02)


@pytest.mark.wide
@pytest.mark.gate("D2")
@pytest.mark.parametrize("name", list(bodies()))
def test_whoever_is_not_signed_in_is_answered_too(sqlite_app: Flask, name: str) -> None:
    """Not signed in, so that nobody but the gate has read the body. Behind the address of a page and of a script."""
    kind, body = bodies()[name]
    for address in ("/log-ind", "/api/karantaene"):
        with as_in_service(sqlite_app) as said:
            answer = sqlite_app.test_client().post(address, data=body, headers=kind)
        assert answer.status_code in REFUSED | {401}
        assert said == []


@pytest.mark.wide
@pytest.mark.gate("D2")
@pytest.mark.planted("D2")
def test_an_application_without_a_limit_is_found(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check on broken products: the limit taken away; and the error page that reads the body once more."""
    client, large = sqlite_app.test_client(), {"email": "x" * 2_000_000}
    assert client.post("/log-ind", data=large).status_code == 413
    manager: Any = sqlite_app.login_manager  # type: ignore[attr-defined]
    monkeypatch.setattr(manager, "_request_callback", lambda request: request.get_json(silent=True) and None)
    kind, body = bodies()["10 MB"]
    with as_in_service(sqlite_app), pytest.raises(RequestEntityTooLarge):
        client.post("/log-ind", data=body, headers=kind)
    sqlite_app.config["MAX_CONTENT_LENGTH"] = sqlite_app.config["MAX_FORM_MEMORY_SIZE"] = None
    sqlite_app.config["WTF_CSRF_ENABLED"] = False
    assert client.post("/log-ind", data=large).status_code not in REFUSED
