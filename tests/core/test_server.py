"""The product served for real: by granian, as `supervision serve` does, and never two on one port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from supervision.server import HEARD_OUT_BYTES, HeardOut, port_taken


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(port: int, instance: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from supervision.cli import main; main()", "serve", "--port", str(port)],
        env={**os.environ, "SUPERVISION_INSTANCE": str(instance), "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_it_is_served_and_no_second_one_takes_its_port(tmp_path: Path) -> None:
    port = free_port()
    server = serve(port, tmp_path / "one")
    try:
        deadline = time.monotonic() + 60
        while not port_taken("127.0.0.1", port) and time.monotonic() < deadline:
            time.sleep(0.2)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/hjaelp", timeout=20) as answer:
            page = answer.read().decode()
        assert "Kollegial supervision" in page
        second = serve(port, tmp_path / "two")
        said, _ = second.communicate(timeout=60)
        assert second.returncode == 2
        assert f"Port {port} er allerede i brug" in said
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)


@pytest.mark.gate("D2")
@pytest.mark.parametrize(("length", "read", "left"), [
    (3_000_000, 0, 0),
    (3_000_000, 1_000, 0),
    (10, 10, 0),
    (HEARD_OUT_BYTES + 1, 0, HEARD_OUT_BYTES + 1),
])  # fmt: skip
def test_a_request_that_is_refused_is_heard_to_its_end(length: int, read: int, left: int) -> None:
    """A proxy that is still sending would else make a 502 of the 413. More than anybody means to send is not heard."""
    body = BytesIO(b"x" * length)

    def refuses(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        assert len(environ["wsgi.input"].read(read)) == read
        start_response("413 REQUEST ENTITY TOO LARGE", [])
        return [b"no"]

    said: list[str] = []
    environ = {"CONTENT_LENGTH": str(length), "wsgi.input": body}
    assert list(HeardOut(refuses)(environ, lambda status, _headers: said.append(status))) == [b"no"]
    assert said == ["413 REQUEST ENTITY TOO LARGE"]
    assert length - body.tell() == left
