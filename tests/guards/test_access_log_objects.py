"""Whose every object is must be declared for the access log, and what is declared must be there."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask

from supervision.access import Rule, matrix
from supervision.adgangslog.objects import declared, find_hvis, kind_of
from supervision.db import metadata


def silent(rules: dict[str, Rule]) -> list[str]:
    """Endpoints that take an object nobody has said whose it is."""
    found = []
    for endpoint, rule in rules.items():
        try:
            kind_of(endpoint, rule)
        except KeyError:
            found.append(endpoint)
    return found


@pytest.mark.gate("C8")
def test_every_endpoint_that_takes_an_object_says_whose_it_is(sqlite_app: Flask) -> None:
    assert silent(matrix()) == []


def test_an_endpoint_that_declares_nothing_is_seen() -> None:
    new = Rule(who="signed_in", object="dagbog", seen_by=("ejer", "observatoer"))
    assert silent({**matrix(), "feedback.ny_side": new}) == ["feedback.ny_side"]


def test_what_differs_is_said_of_endpoints_that_there_are(sqlite_app: Flask) -> None:
    assert set(declared().endpoints) <= set(matrix())


def test_each_kind_is_found_in_the_database_or_nobodys(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        for kind in declared().kinds.values():
            assert bool(kind.nobody) != bool(kind.owner or kind.scope), kind.name
            assert find_hvis(kind, [uuid4()]) == []
        for scope in declared().scopes.values():
            columns = metadata.tables[scope.table].c
            named = {scope.id, scope.person, *filter(None, (scope.fra, scope.til)), *scope.only}
            assert named <= set(columns.keys())
