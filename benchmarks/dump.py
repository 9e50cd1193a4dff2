"""A whole database as one number: every row of every table, sorted, hashed."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import Engine, MetaData, select

BATCH = 10_000


def fingerprint(engine: Engine) -> str:
    """sha256 of the sorted logical dump: table by table by name, the rows of each as sorted JSON lines."""
    digest = hashlib.sha256()
    there = MetaData()
    with engine.connect() as connection:
        there.reflect(connection)
        for name in sorted(there.tables):
            table = there.tables[name]
            digest.update(f"\n{name} {','.join(sorted(table.columns.keys()))}\n".encode())
            rows = connection.execution_options(stream_results=True).execute(select(table)).mappings()
            lines = sorted(_line(dict(row)) for part in rows.partitions(BATCH) for row in part)
            for line in lines:
                digest.update(line + b"\n")
        connection.rollback()
    return digest.hexdigest()


def _line(row: dict[str, Any]) -> bytes:
    return orjson.dumps(
        {str(name): _plain(value) for name, value in row.items()}, option=orjson.OPT_SORT_KEYS, default=str
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
