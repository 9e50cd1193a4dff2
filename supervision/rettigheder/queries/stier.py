"""Walking the privacy map's paths in the database: which rows of a table belong to a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Table, and_, false, or_, select, true

from supervision import clock
from supervision.db import metadata
from supervision.privacy import NULL, OPEN, SET, Betingelse, Sti

PERSON = "person"


def table_of(navn: str) -> Table:
    """The table of a name in the map."""
    return metadata.tables[navn]


def parent_of(table: Table, column: str) -> Table:
    """The table that a column is a foreign key to. Raises KeyError when it is none."""
    for key in table.c[column].foreign_keys:
        return key.column.table
    raise KeyError(f"{table.name}.{column} leads nowhere")


def belongs_to(table: Table, sti: Sti, value: UUID, *, to_read: bool = False) -> ColumnElement[bool]:
    """The rows from which the path leads to `value`: those erasure means, or, `to_read`, those one may read."""
    return _along(table, sti.kolonner, value, sti.see if to_read else sti.when)


def reaches(table: Table, path: str, value: UUID) -> ColumnElement[bool]:
    """The rows from which a path of columns (`gruppe_id.organisation_id`) ends in `value`."""
    return _along(table, tuple(path.split(".")), value, ())


def _first_key(table: Any) -> Any:
    return next(iter(table.primary_key))


def meets(table: Table, conditions: Iterable[Betingelse]) -> ColumnElement[bool]:
    """The conditions that are about this table's own columns."""
    own = [one for one in conditions if one.table in ("", table.name)]
    return and_(true(), *(_meets(table.c[one.column], one) for one in own))


def key_of(table: Table) -> list[Any]:
    """The columns of the primary key."""
    return list(table.primary_key.columns)


def _along(
    table: Table, columns: tuple[str, ...], value: UUID, conditions: tuple[Betingelse, ...]
) -> ColumnElement[bool]:
    first, *rest = columns
    here = meets(table, conditions)
    if not rest:
        return and_(here, table.c[first] == value)
    parent = parent_of(table, first).alias()
    elsewhere = tuple(one for one in conditions if one.table not in ("", table.name))
    inner = _along_alias(parent, parent_of(table, first).name, tuple(rest), value, elsewhere)
    return and_(here, table.c[first].in_(select(_first_key(parent)).where(inner)))


def _along_alias(
    table: Any, navn: str, columns: tuple[str, ...], value: UUID, conditions: tuple[Betingelse, ...]
) -> ColumnElement[bool]:
    first, *rest = columns
    here = and_(true(), *(_meets(table.c[one.column], one) for one in conditions if one.table == navn))
    if not rest:
        return and_(here, table.c[first] == value)
    above = parent_of(table_of(navn), first)
    parent = above.alias()
    inner = _along_alias(parent, above.name, tuple(rest), value, conditions)
    return and_(here, table.c[first].in_(select(_first_key(parent)).where(inner)))


def _meets(column: Any, one: Betingelse) -> ColumnElement[bool]:
    if one.value == SET:
        found: ColumnElement[bool] = column.is_not(None)
    elif one.value == NULL:
        found = column.is_(None)
    elif one.value == OPEN:
        found = or_(column.is_(None), column > clock.now())
    elif isinstance(column.type, Boolean):
        found = column.is_(true() if one.value == "true" else false())
    else:
        found = column == one.value
    return ~found if one.ikke else found
