"""Everything held about one person, table by table as the privacy map says, for them alone (GDPR art. 15 and 20).

Of others nobody is named but those the map names (the observatør of one's own samtale). What somebody else wrote is
given when the person may read it in the product, and what they wrote themselves as long as they may.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, Table, and_, func, or_, select
from sqlalchemy.orm import Session

from supervision.db import UtcDateTime, db, metadata
from supervision.personer.models import Person
from supervision.privacy import Sti, Tabel, privacy_map
from supervision.rettigheder.queries.stier import belongs_to, key_of, table_of

NAMED = {"organisation": "navn", "team": "navn", "laeringsgruppe": "navn"}
"""Tables whose rows are called by a name in an export; no people among them."""
PIECE = 500
Vaerdi = str | int | float | bool | None | list[Any] | dict[str, Any] | datetime | date


@dataclass(frozen=True, slots=True)
class Afsnit:
    """One kind of data. rolle: about, written or metadata. kolonner: (column, Danish name).

    raekker: read when they are asked for, the key of each row under "id".
    """

    tabel: str
    hvad: str
    rolle: str
    kolonner: tuple[tuple[str, str], ...]
    antal: int
    kun_antal: bool
    where: ColumnElement[bool]
    viewer_id: UUID
    kun_datoer: bool = False

    def raekker(self) -> Iterator[dict[str, Vaerdi]]:
        """The rows, in the order of their first date, a piece at a time."""
        return _rows(self)


def list_afsnit(*, viewer: Person) -> list[Afsnit]:
    """What is held about the viewer, in the order of the map; kinds without a row are left out."""
    found = []
    for tabel in privacy_map().tabeller.values():
        if tabel.navn in metadata.tables:
            found += [part for part in _of_table(tabel, viewer.id) if part.antal]
    return found


def _of_table(tabel: Tabel, person_id: UUID) -> Iterator[Afsnit]:
    table = table_of(tabel.navn)
    given: list[ColumnElement[bool]] = []
    for rolle, columns in (("about", tabel.show), ("written", tabel.show_written)):
        paths = [sti for sti in tabel.stier if sti.role == rolle]
        if not paths:
            continue
        readable = or_(*(_readable(table, sti, person_id) for sti in paths))
        yield _afsnit(tabel, rolle, columns, readable, person_id)
        given.append(readable)
        if rolle == "written":
            mine = or_(*(belongs_to(table, _bare(sti), person_id) for sti in paths))
            closed = _afsnit(tabel, rolle, _dates(table, columns), and_(mine, ~readable), person_id)
            yield replace(closed, hvad=f"{closed.hvad} (lukket for dig nu; kun hvornår)", kun_datoer=True)
            given.append(mine)
    done = [sti for sti in tabel.stier if sti.role == "metadata"]
    if done:
        theirs = or_(*(belongs_to(table, _bare(sti), person_id) for sti in done))
        rest = and_(theirs, ~or_(*given)) if given else theirs
        columns = tabel.show if not given and tabel.show else _dates(table, tuple(table.c.keys()))
        yield _afsnit(tabel, "metadata", columns, rest, person_id)


def _readable(table: Table, sti: Sti, person_id: UUID) -> ColumnElement[bool]:
    return belongs_to(table, sti, person_id, to_read=True)


def _bare(sti: Sti) -> Sti:
    """The path without its conditions."""
    return Sti(sti.kolonner, sti.role, sti.erase)


def _dates(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(c for c in columns if isinstance(table.c[c].type, UtcDateTime | DateTime | Date))


def _afsnit(
    tabel: Tabel, rolle: str, columns: tuple[str, ...], where: ColumnElement[bool], person_id: UUID
) -> Afsnit:
    words = privacy_map().ord
    antal = db.session.scalar(select(func.count()).select_from(table_of(tabel.navn)).where(where)) or 0
    named = tuple((column, words.get(column, column.replace("_", " ").capitalize())) for column in columns)
    hvad = (tabel.holds_written if rolle == "written" else "") or tabel.holds
    return Afsnit(tabel.navn, hvad, rolle, named, antal, tabel.counted, where, person_id)


def _rows(afsnit: Afsnit) -> Iterator[dict[str, Vaerdi]]:
    table = table_of(afsnit.tabel)
    tabel = privacy_map().tabeller[afsnit.tabel]
    keys = key_of(table)
    readers = {column: _reader(table, column, tabel, afsnit.viewer_id) for column, _ in afsnit.kolonner}
    wanted = [table.c[column] for column in readers]
    session: Session = db.session()
    found = session.execute(
        select(*(key.label(f"key_{nr}") for nr, key in enumerate(keys)), *wanted)
        .where(afsnit.where)
        .order_by(*(table.c[one] for one in _dates(table, tuple(readers))[:1]), *keys),
        execution_options={"yield_per": PIECE},
    )
    for row in found:
        own = row[: len(keys)]
        values = zip(readers, row[len(keys) :], strict=True)
        yield {"id": _key(own), **{column: readers[column](value) for column, value in values}}


def _key(values: Any) -> str:
    return " ".join(str(value) for value in values)


def _reader(table: Table, column: str, tabel: Tabel, viewer_id: UUID) -> Any:
    """How a column's value is given: a person by name only where the map says, a team by its name."""
    parents = {key.column.table.name for key in table.c[column].foreign_keys}
    if "person" in parents or (column,) in {sti.kolonner for sti in tabel.stier} - {("id",)}:
        return partial(_person, viewer_id=viewer_id, named=column in tabel.names)
    for name in parents & set(NAMED):
        return partial(_called, table=name)
    return lambda value: str(value) if isinstance(value, UUID) else value


def _person(value: UUID | None, *, viewer_id: UUID, named: bool) -> str | None:
    if value is None:
        return None
    if value == viewer_id:
        return "dig"
    found = db.session.get(Person, value) if named else None
    return found.navn if found else "en anden"


def _called(value: UUID | None, *, table: str) -> str | None:
    if value is None:
        return None
    asked = table_of(table)
    return db.session.scalar(select(asked.c[NAMED[table]]).where(asked.c.id == value))
