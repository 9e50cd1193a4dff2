"""Running the product: granian, one process with 128 threads."""

from __future__ import annotations

import socket

import click

from supervision.problems import SettingsProblem

THREADS = 128
"""96 at most hold ticks (see `drift.admission`): as many as there are connections are left for people."""


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
