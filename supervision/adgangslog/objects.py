"""Whose an object is, and by which right somebody else meets it: `objects.yml`, read once and asked of the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import Select, Table, bindparam, select

from supervision.access import Rule
from supervision.adgangslog.model import HANDLINGER, ORGANISATION
from supervision.db import db, metadata

FILE = Path(__file__).parent / "objects.yml"
INGEN, ROLLE, LEDER, EGEN, UKENDT = "ingen", "rolle", "leder", "egen", "kollega"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object; the words are explained in `objects.yml`. every: minutes between two rows of the same."""

    name: str
    path: tuple[str, ...] = ()
    key: str = "id"
    owner: str | None = None
    scope: str | None = None
    rights: Mapping[str, str] = field(default_factory=dict)
    ellers: str = UKENDT
    every: int = 0
    nobody: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs for one endpoint."""

    object: str | None = None
    handling: str | None = None
    every: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where it stands who is in a group, a team or an organisation, and from when to when."""

    table: str
    id: str
    person: str
    fra: str | None = None
    til: str | None = None
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sets:
    """The whole file."""

    kinds: Mapping[str, Kind]
    endpoints: Mapping[str, Difference]
    scopes: Mapping[str, Scope]


@dataclass(frozen=True, slots=True)
class Hvis:
    """Whose one object is. `personer`: who stands in which column that gives a right."""

    genstand_id: UUID
    ejer_id: UUID | None
    organisation_id: UUID
    omfang: str | None
    omfang_id: UUID | None
    personer: Mapping[str, UUID | None]


@cache
def declared() -> Sets:
    """The file as it stands. Raises TypeError on an unknown word in it, KeyError on an unknown way of acting."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    kinds = {name: _kind(name, line) for name, line in raw["objects"].items()}
    endpoints = {name: Difference(**line) for name, line in raw["endpoints"].items()}
    for name, one in endpoints.items():
        if one.handling not in (None, *HANDLINGER) or one.object not in (None, *kinds):
            raise KeyError(name)
    return Sets(kinds, endpoints, {name: Scope(**line) for name, line in raw["scopes"].items()})


def kind_of(endpoint: str, rule: Rule) -> Kind | None:
    """The kind of object in an endpoint's address; None when it has none. Raises KeyError for an undeclared kind."""
    sets = declared()
    name = sets.endpoints.get(endpoint, Difference()).object or rule.object
    return sets.kinds[name] if name else None


def find_hvis(kind: Kind, ids: Collection[UUID]) -> list[Hvis]:
    """Whose these objects are: one for each person it is about; nothing for an id that is not there."""
    if kind.nobody or not ids:
        return []
    rows = db.session.execute(_statement(kind.name), {"ids": list(ids)})
    return [_hvis(kind, row) for row in rows]


def _kind(name: str, line: dict[str, Any]) -> Kind:
    every = 60 if line.get("scope") else 0
    return Kind(name=name, **{"every": every, **line, "path": tuple(line.get("path", ()))})


def _hvis(kind: Kind, row: Any) -> Hvis:
    found, whose, organisation_id, *people = row
    return Hvis(
        genstand_id=found,
        ejer_id=None if kind.scope else whose,
        organisation_id=organisation_id,
        omfang=kind.scope,
        omfang_id=whose if kind.scope else None,
        personer=dict(zip(kind.rights, people, strict=True)),
    )


@cache
def _statement(name: str) -> Select[Any]:
    kind = declared().kinds[name]
    steps = [step.partition(".") for step in kind.path]
    tables = [metadata.tables[table] for table, _, _ in steps]
    joined: Any = tables[0]
    for (_, _, column), here, there in zip(steps, tables, tables[1:], strict=False):
        joined = joined.join(there, here.c[column] == there.c.id)
    last = tables[-1]
    whose = last.c[kind.owner or "id"]
    joined, organisation = _organisation(joined, last, whose, kind)
    key = tables[0].c[kind.key]
    people = [last.c[column] for column in kind.rights]
    return (
        select(key, whose, organisation, *people)
        .select_from(joined)
        .where(key.in_(bindparam("ids", expanding=True)))
        .distinct()
        .order_by(key, whose)
    )


def _organisation(joined: Any, last: Table, whose: Any, kind: Kind) -> tuple[Any, Any]:
    if kind.scope == ORGANISATION:
        return joined, last.c.id
    if kind.scope:
        return joined, last.c.organisation_id
    person = metadata.tables["person"]
    if last.name == "person":
        return joined, last.c.organisation_id
    return joined.join(person, person.c.id == whose), person.c.organisation_id
