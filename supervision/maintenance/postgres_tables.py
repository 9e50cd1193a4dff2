"""PostgreSQL's tables as text, by COPY: with any server and without its own tools, whose version must fit the
server's.

Each table is a line `TABLE name column,column`, its rows as COPY writes them, and a line with `\\.`; COPY never
writes that line as a row. The order is that of the foreign keys, so that it can be read back row by row with all of
them in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from sqlalchemy import Connection, Engine, MetaData, Table, text

END = b"\\.\n"
VERSION_TABLE = "alembic_version"
CHUNK = 1 << 16


@contextmanager
def frozen_view(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is now, however long it reads."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def tables_of(connection: Connection) -> list[Table]:
    """The tables that are there, parents before children."""
    found = MetaData()
    found.reflect(connection)
    return found.sorted_tables


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows by table, by name."""
    names = sorted(str(table.name) for table in tables_of(connection))
    return {name: int(connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0) for name in names}  # noqa: S608


def dump_tables(connection: Connection, out: IO[bytes]) -> None:
    """Write every table but the one of the migrations, whose version the manifest holds."""
    cursor = _cursor(connection)
    for table in tables_of(connection):
        if table.name == VERSION_TABLE:
            continue
        columns = [column.name for column in table.columns]
        out.write(f"TABLE {table.name} {','.join(columns)}\n".encode())
        with cursor.copy(f"COPY {_named(table.name, columns)} TO STDOUT") as rows:
            for block in rows:
                out.write(block)
        out.write(END)


def load_tables(connection: Connection, data: IO[bytes]) -> None:
    """Read what `dump_tables` wrote into tables that are empty."""
    cursor = _cursor(connection)
    while header := data.readline():
        _, name, columns = header.decode().rstrip("\n").split(" ")
        with cursor.copy(f"COPY {_named(name, columns.split(','))} FROM STDIN") as rows:
            for block in _rows(data):
                rows.write(block)


def _rows(data: IO[bytes]) -> Iterator[bytes]:
    """The rows of one table, several at a time. Raises ValueError when they do not end."""
    waiting: list[bytes] = []
    size = 0
    for line in iter(data.readline, END):
        if not line:
            raise ValueError("a table does not end")
        waiting.append(line)
        size += len(line)
        if size > CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _named(table: str, columns: list[str]) -> str:
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f'"{table}" ({quoted})'


def _cursor(connection: Connection) -> Any:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    return driver.cursor()
