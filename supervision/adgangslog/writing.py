"""From an object and whoever met it to the rows of the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from supervision import clock
from supervision.adgangslog.model import LAEST, Adgang
from supervision.adgangslog.objects import EGEN, INGEN, LEDER, ROLLE, UKENDT, Hvis, Kind, declared, find_hvis
from supervision.db import db, writing_engine

Row = dict[str, Any]
LEADING = ("teamleder", "supervisor", "administrator")


def note_adgang(slags: str, ids: Collection[UUID], *, by: Any, handling: str = LAEST) -> None:
    """Write an access in the running transaction, for what is done outside a request. Never commits.

    by: the Person. Raises KeyError for a kind that `objects.yml` does not declare.
    """
    kind = declared().kinds[slags]
    rows = rows_of(kind, find_hvis(kind, ids), by, handling)
    if rows:
        db.session.execute(insert(Adgang), rows)


def rows_of(kind: Kind, found: Iterable[Hvis], by: Any, handling: str) -> list[Row]:
    """The rows to write for whoever (a Person) met these objects; one's own reading of one's own is left out."""
    at = clock.now()
    rows = []
    for hvis in found:
        ret = right_of(kind, hvis, by)
        if ret == INGEN or (ret == EGEN and handling == LAEST):
            continue
        rows.append(
            {
                "id": uuid4(),
                "at": at,
                "hvem_id": by.id,
                "ejer_id": hvis.ejer_id,
                "organisation_id": hvis.organisation_id,
                "omfang": hvis.omfang,
                "omfang_id": hvis.omfang_id,
                "slags": kind.name,
                "genstand_id": hvis.genstand_id,
                "handling": handling,
                "ret": ret,
            }
        )
    return rows


def right_of(kind: Kind, hvis: Hvis, by: Any) -> str:
    """By which right a Person meets an object."""
    if hvis.ejer_id == by.id:
        return EGEN
    for column, ret in kind.rights.items():
        if hvis.personer[column] == by.id:
            return ret
    if kind.ellers not in (ROLLE, LEDER):
        return kind.ellers
    nobody_special = INGEN if kind.ellers == LEDER else UKENDT
    return next((rolle for rolle in LEADING if by.har_rolle(rolle)), nobody_special)


def commit_alone(rows: list[Row]) -> None:
    """Write the rows in a transaction of their own, on disk when this returns. Raises SQLAlchemyError."""
    with writing_engine().begin() as connection:
        connection.execute(insert(Adgang), rows)
