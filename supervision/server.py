"""Running the product: granian, one process with 32 threads."""

from __future__ import annotations

import click

THREADS = 32


def run_server(host: str, port: int) -> None:
    """Serve until interrupted. The worker process reads its settings from the environment."""
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
        log_level=LogLevels.warning,
    ).serve()


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
