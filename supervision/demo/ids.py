"""Ids that are the same every time: what the demo makes is found again by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import event

from supervision.db import Base
from supervision.demo.played import attempt

NAMESPACE = UUID("6f4d3f0a-52a5-4d1c-9d0e-5a1b6f1c7d20")

_scope: list[tuple[str, Counter[str]]] = []


def id_of(*words: str) -> UUID:
    """The id of what these words name."""
    return uuid5(NAMESPACE, ":".join(words))


def row_id(scope: str, table: str, number: int = 0) -> UUID:
    """The id that the scope's `number`th new row of the table gets, counted from 0."""
    return id_of(scope, table, str(number))


@contextmanager
def numbered(scope: str, *, must: bool = False) -> Iterator[None]:
    """Let every new row be named after the scope, its table and its place, as long as the block lasts.

    It is one act: where the demo was played with and it cannot be done, it is left out; `must`: then it raises.
    """
    alone = must or bool(_scope)
    _scope.append((scope, Counter()))
    try:
        with nullcontext() if alone else attempt(scope):
            yield
    finally:
        _scope.pop()


def _give_id(target: Any, _args: Any, kwargs: dict[str, Any]) -> None:
    if not _scope or "id" in kwargs or "id" not in type(target).__table__.columns:
        return
    scope, given = _scope[-1]
    table = target.__tablename__
    kwargs["id"] = row_id(scope, table, given[table])
    given[table] += 1


event.listen(Base, "init", _give_id, propagate=True)
