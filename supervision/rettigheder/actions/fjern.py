"""Taking rows away with everything that hangs on them, children first, on both engines alike.

A row that points to one that goes, goes too where it cannot stand without it (its foreign key must not be empty, or the
database would take it along); where it can, it loses the link. What somebody knows by it is put down first (R7).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Table, delete, select, tuple_, update

from supervision.db import db, metadata
from supervision.overblik.actions.kendskab import remember_what_goes
from supervision.rettigheder.queries.stier import key_of

Raekker = dict[str, set[tuple[Any, ...]]]
"""Table -> primary keys."""
MANY = 400
CANNOT_STAND_ALONE = {("observation", "kontrakt_id")}
"""May be empty (a log from a file has no kontrakt), but a log from the recorder goes with its kontrakt."""


def doomed(table: Table, condition: ColumnElement[bool]) -> Raekker:
    """What `remove` would take away, table by table. Nothing is changed."""
    found: Raekker = {}
    _collect(table, condition, found)
    return found


def remove(table: Table, condition: ColumnElement[bool]) -> Raekker:
    """Take the rows away, and what cannot stand without them. Returns what went; nothing met: nothing."""
    found = doomed(table, condition)
    remember_what_goes(observationer=_ids(found, "observation"), billeder=_ids(found, "gruppebillede"))
    for child in reversed(metadata.sorted_tables):
        for keys in _in_pieces(found.get(child.name, set())):
            meant = matching(child, keys)
            _let_go(child, meant)
            db.session.execute(delete(child).where(meant))
    db.session.expire_all()
    return found


def matching(table: Table, keys: list[tuple[Any, ...]]) -> ColumnElement[bool]:
    """The rows with these primary keys."""
    columns = key_of(table)
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])  # type: ignore[no-any-return]
    return tuple_(*columns).in_(keys)


def pointing_to(table: Table) -> Iterator[tuple[Table, ForeignKey]]:
    """Every foreign key to the table, with the table it stands in."""
    for child in metadata.sorted_tables:
        for key in child.foreign_keys:
            if key.column.table is table:
                yield child, key


def goes_along(key: ForeignKey) -> bool:
    """Whether a row with this foreign key goes when what it points to goes."""
    alone = (key.parent.table.name, key.parent.name) not in CANNOT_STAND_ALONE
    return key.ondelete == "CASCADE" or not alone or (key.ondelete is None and not key.parent.nullable)


def _collect(table: Table, condition: ColumnElement[bool], found: Raekker) -> None:
    known = found.setdefault(table.name, set())
    rows = {tuple(row) for row in db.session.execute(select(*key_of(table)).where(condition))} - known
    if not rows:
        return
    known |= rows
    for child, key in pointing_to(table):
        if goes_along(key):
            position = key_of(table).index(key.column)
            for keys in _in_pieces(rows):
                _collect(child, key.parent.in_([row[position] for row in keys]), found)


def _let_go(table: Table, meant: ColumnElement[bool]) -> None:
    """Empty the foreign keys of what stays."""
    for child, key in pointing_to(table):
        if not goes_along(key):
            gone = select(key.column).where(meant)
            db.session.execute(update(child).where(key.parent.in_(gone)).values({key.parent: None}))


def _ids(found: Raekker, table: str) -> list[UUID]:
    return [key[0] for key in found.get(table, ())]


def _in_pieces(keys: set[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    known = list(keys)
    for start in range(0, len(known), MANY):
        yield known[start : start + MANY]
