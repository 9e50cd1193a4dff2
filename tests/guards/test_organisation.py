"""Every table leads to its organisation, and no page's query reads a large table without being bound to somebody.

So an installation can be split by organisation (a schema, a database or a shard each) without a query that spans
them. What does span them runs in commands of the night, never in a request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from people import World
from second_process import alone
from sqlalchemy import MetaData, Table, event, select, text
from test_viewpoints import VIEWPOINTS, build, fill
from web import Browser

from supervision.access import matrix
from supervision.db import Base, db
from supervision.personer.models import Person, Rolletildeling, Team

HOT = {
    "samtale", "feedback_kontrakt", "observation", "haendelse", "sammenfatning", "registrering", "karantaene",
    "feedback", "feedback_punkt", "fokuspunkt", "kontrakt_ja", "kontrakt_kendetegn", "lognotat", "besked",
    "udgivet_tal", "laeringspil", "gruppemedlem", "kalenderlink", "invitation", "enhedslink",
}  # fmt: skip
"""The tables that grow with use: each carries the organisation, or one key leads to a row that does."""
ALONE = {
    "organisation": "it is the organisation",
    "historik": "ids and verbs of every organisation, read by commands alone; person_id leads there where it has one",
    "adgangsforsoeg": "wrong tries of an address or a machine, kept as a hash; whose they are is not known",
    "adgangsfrist": "how long the access log is kept, of the whole installation",
    "koersel": "when each job last went well, of the whole installation",
    "adgang": "carries the ids of who and whose, without keys, so that it outlives both",
}
"""Tables that no key leads from, with the reason."""
COLUMN = "organisation_id"


def steps(table: Table) -> int | None:
    """How many keys lead from a row to one that carries its organisation; None when none does."""
    seen, level, number = {table}, [table], 0
    while level:
        if any(COLUMN in one.columns for one in level):
            return number
        level = [key.column.table for one in level for key in one.foreign_keys if not key.parent.nullable]
        level = [one for one in dict.fromkeys(level) if one not in seen]
        seen.update(level)
        number += 1
    return None


def lost(tables: list[Table]) -> list[str]:
    """What is wrong with the way to the organisation."""
    found = []
    for table in tables:
        number = steps(table)
        if number is None and table.name not in ALONE:
            found.append(f"{table.name}: no way to its organisation")
        if table.name in HOT and (number is None or number > 1):
            found.append(f"{table.name}: grows, and is {number} keys from its organisation")
    return found


def test_every_table_leads_to_its_organisation(sqlite_app: Flask) -> None:
    assert lost(db.metadata.sorted_tables) == []
    assert {table.name for table in db.metadata.sorted_tables} >= HOT | set(ALONE)


def test_a_table_without_a_way_is_seen() -> None:
    made = MetaData()
    for name in ("vildfaren", "haendelse"):
        Table(name, made)
    assert len(lost(list(made.tables.values()))) == 3


COUNTS = "drift.maalinger"
"""How many wait, in the whole installation: numbers for whoever runs it, with nobody behind them."""
BOUND = re.compile(r"(\w+)\"?(?: = (?:\?|CAST\(\?)| IN \((?:\?|SELECT 1 FROM \(SELECT 1\)))")
TURNED = re.compile(r"\? = \w+\.(\w+)")
FROM = re.compile(r"\b(?:FROM|JOIN) \(?\"?(\w+)")


def scopes(statement: str) -> list[str]:
    """The columns that the statement binds to a value: keys and addresses of one person, object or organisation."""
    found = [*BOUND.findall(statement), *TURNED.findall(statement)]
    return [
        name
        for name in found
        if name == "id" or name.endswith(("_id", "_hash", "_af")) or name == "fs_uniquifier"
    ]


def crosses(statement: str) -> bool:
    """Whether a SELECT reads a table that grows and is bound to nobody and nothing."""
    if not statement.lstrip().startswith(("SELECT", "WITH")):
        return False
    return bool(set(FROM.findall(statement)) & HOT) and not scopes(statement)


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("SELECT observation.id FROM observation", True),
        ("SELECT count(*) FROM haendelse WHERE haendelse.spor = ?", True),
        ("SELECT x.id FROM feedback AS x WHERE x.sendt_at > ?", True),
        ("SELECT observation.id FROM observation WHERE observation.kontrakt_id = ?", False),
        (
            "SELECT h.id FROM haendelse AS h JOIN observation ON x WHERE observation.organisation_id IN (?, ?)",
            False,
        ),
        ("SELECT seddel.id FROM kontrakt_ja AS seddel WHERE ? = seddel.kontrakt_id", False),
        ("SELECT observation.id FROM observation WHERE observation.kontrakt_id = samtale.id", True),
        ("SELECT person.id FROM person", False),
    ],
)
def test_a_query_that_is_bound_to_nobody_is_seen(statement: str, wrong: bool) -> None:
    assert crosses(statement) is wrong


COME_FROM_ELSEWHERE = (Person, Rolletildeling)
"""A supervisor of another house has a role in this one: their name and their roles are theirs, not a house's."""
EVERYWHERE = "administrator"
"""Whoever runs the installation manages people, teams and roles of all its houses, and sees nothing of their
samtaler."""


@contextmanager
def watched(app: Flask) -> Iterator[tuple[list[str], set[Any]]]:
    """(queries that cross, organisations of the objects that were loaded) while it lasts."""
    crossing: list[str] = []
    loaded: set[Any] = set()
    with app.app_context():
        engine = db.engine
    asked = lambda _c, _cu, statement, *_: crossing.append(statement) if crosses(statement) else None  # noqa: E731
    came = lambda row, _context: loaded.add(getattr(row, COLUMN))  # noqa: E731
    event.listen(engine, "before_cursor_execute", asked)
    carriers = [
        m.class_ for m in Base.registry.mappers if COLUMN in m.columns and m.class_ not in COME_FROM_ELSEWHERE
    ]
    for kind in carriers:
        event.listen(kind, "load", came)
    try:
        with alone(app):
            yield crossing, loaded
    finally:
        event.remove(engine, "before_cursor_execute", asked)
        for kind in carriers:
            event.remove(kind, "load", came)


@pytest.mark.wide
def test_no_page_reads_across_organisations(sqlite_app: Flask, sqlite_world: World) -> None:
    """Every page that one may open, by everybody who may: its queries, and whose objects it loaded."""
    app, world = sqlite_app, sqlite_world
    with app.app_context():
        objects = fill(world)
        db.session.commit()
        db.session.remove()
    wrong, pages = set(), 0
    for viewpoint, who in VIEWPOINTS.items():
        if who is None:
            continue
        browser, allowed = Browser.signed_in(app, world.people[who]), own(app, world.people[who])
        for rule in app.url_map.iter_rules():
            line = matrix()[rule.endpoint]
            if "GET" not in (rule.methods or set()) or rule.arguments - set(objects) - set(
                rule.defaults or ()
            ):
                continue
            if line.seen_by and viewpoint not in line.seen_by:
                continue
            with watched(app) as (crossing, loaded):
                status = browser.get(build(app, rule, objects)).status_code
            pages += status == 200
            if rule.endpoint != COUNTS:
                wrong |= {f"{rule.endpoint}: {one[one.index('FROM') :]}" for one in crossing}
            if loaded - allowed - {None} and viewpoint != EVERYWHERE:
                wrong.add(f"{rule.endpoint} as {viewpoint} loads another organisation's")
    assert wrong == set()
    assert pages > 200


def own(app: Flask, person_id: Any) -> set[Any]:
    """The organisations that somebody belongs to or has a role in."""
    with app.app_context():
        home = db.session.scalar(
            text("SELECT organisation_id FROM person WHERE id = :id"), {"id": person_id.hex}
        )
        roles = db.session.scalars(
            select(Rolletildeling.organisation_id).where(Rolletildeling.person_id == person_id)
        )
        found = {type(person_id)(home), *roles}
        db.session.remove()
    return found


def test_an_object_of_another_organisation_is_seen(sqlite_app: Flask, sqlite_world: World) -> None:
    """The planted bug: a page that lists everybody's teams."""
    with watched(sqlite_app) as (_, loaded), sqlite_app.app_context():
        db.session.scalars(select(Team)).all()
        db.session.remove()
    assert loaded - own(sqlite_app, sqlite_world.mette)
