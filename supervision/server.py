"""Running the product: granian, one process with 128 threads."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from typing import Any

import click

from supervision.problems import SettingsProblem

THREADS = 128
"""96 at most hold ticks (see `drift.admission`): as many as there are connections are left for people."""

HEARD_OUT_BYTES = 16 * 1024 * 1024
"""So much is listened to after a no. Whoever sends more, or does not say how much, finds the line closed."""
AT_A_TIME = 64 * 1024


class HeardOut:
    """Take in what is left of a request once it is answered, and drop it: `app.wsgi_app = HeardOut(app.wsgi_app)`.

    What is too large is refused before it is read. A proxy that is still sending finds the line closed then, and makes
    of our 413 a 502 of its own.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The application's answer, when the request has been heard to its end."""
        given = environ.get("CONTENT_LENGTH") or ""
        length = int(given) if given.isdecimal() else 0
        if not 0 < length <= HEARD_OUT_BYTES:
            return self.application(environ, start_response)
        body = environ["wsgi.input"] = Counted(environ["wsgi.input"])
        answer = self.application(environ, start_response)
        while body.taken < length and body.read(min(AT_A_TIME, length - body.taken)):
            pass
        return answer


class Counted:
    """A request's body that knows how much of it was taken. It ends where the server says that it ends."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or what is left."""
        return self._count(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        """One line."""
        return self._count(self._stream.readline(size))

    def __iter__(self) -> Any:
        return iter(self.readline, b"")

    def _count(self, found: bytes) -> bytes:
        self.taken += len(found)
        return found


def run_server(host: str, port: int) -> None:
    """Serve until interrupted. The worker process reads its settings from the environment.

    Raises SettingsProblem when something answers on the port already: the server shares ports, so two of them would
    take every other request from each other.
    """
    if port_taken(host, port):
        raise SettingsProblem(f"Port {port} er allerede i brug. Vælg en anden med --port.")
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "supervision.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    ).serve()


def port_taken(host: str, port: int) -> bool:
    """Whether something answers there already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen, der lyttes på.")
@click.option("--port", default=8000, show_default=True, help="Porten.")
def serve(host: str, port: int) -> None:
    """Kør systemet. Databasen bringes først til den nyeste form."""
    from supervision import create_app
    from supervision.maintenance import upgrade_database

    upgrade_database(create_app())
    click.echo(f"Kører på http://{host}:{port}")
    run_server(host, port)
