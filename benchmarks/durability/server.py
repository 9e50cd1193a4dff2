"""The server under test in a process group of its own, to be killed whole and started again.

Run as a module it is what the group runs: `python -m benchmarks.durability.server PORT [BUG]`.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from supervision import HOUSE
from supervision.server import THREADS, port_taken, run_server

from .databases import Installation
from .planted import FACTORIES

HOST = "127.0.0.1"
PORT_FREE_WITHIN_S = 10
STOPS_WITHIN_S = 20


class Server:
    """The product's own server on a free port of 127.0.0.1; with `bug`, the same server round a planted bug."""

    def __init__(self, made: Installation, bug: str = "", prefix: tuple[str, ...] = ()) -> None:
        self.port = _free_port()
        self._made = made
        self._command = [*prefix, sys.executable, "-m", "benchmarks.durability.server", str(self.port), bug]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and return at once; whoever asks it waits until it answers."""
        with self._made.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=HOUSE,
                env={**os.environ, **self._made.environ},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL to the whole group, and wait until the port is free. Nothing when it does not run."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        give_up = time.monotonic() + PORT_FREE_WITHIN_S
        while port_taken(HOST, self.port):
            if time.monotonic() > give_up:
                raise RuntimeError("something still answers on the port of the killed server")
            time.sleep(0.005)

    @property
    def ports(self) -> list[int]:
        """Where its processes listen."""
        return [self.port]

    @property
    def served(self) -> list[int]:
        """One process has answered everything; nobody counts."""
        return []

    def end(self) -> None:
        """Kill it for good."""
        self.kill()

    def stop(self) -> None:
        """End what was put in front of the server (a tracer writes out what it saw), then kill the rest."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(STOPS_WITHIN_S)
            self.kill()

    def last_words(self) -> str:
        """The end of what the server wrote, for when it does not answer."""
        return self._made.log_file.read_text(errors="replace")[-2000:]


def serve(port: int, bug: str) -> None:
    """Serve as the product does; with a bug, from that bug's factory and otherwise with the same settings."""
    if not bug:
        run_server(HOST, port)
        return
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        f"benchmarks.durability.planted:{FACTORIES[bug]}",
        factory=True,
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    ).serve()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
