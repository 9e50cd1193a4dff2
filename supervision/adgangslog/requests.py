"""The log's place in every request: after the answer is known, before it is sent."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from flask import Flask, Response, g, has_request_context, request
from flask_login import current_user
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from supervision import clock
from supervision.access import matrix
from supervision.adgangslog.model import AENDRET, HENTET, LAEST, SLETTET, SOEGT, Adgang
from supervision.adgangslog.objects import Difference, Hvis, Kind, declared, find_hvis, kind_of
from supervision.adgangslog.writing import Row, commit_alone, rows_of
from supervision.db import before_commit, db

MOST_REMEMBERED = 50_000
Key = tuple[UUID, str, UUID, str]


@dataclass(frozen=True, slots=True)
class Met:
    """Something that a request meets. hvis: whose it was before a POST changed it; None: asked for afterwards."""

    kind: Kind
    ids: tuple[UUID, ...]
    handling: str
    every: int
    hvis: tuple[Hvis, ...] | None = None


class Recently:
    """What was written so lately that it need not be written again: for pages that ask by themselves. In this process
    only; another process writes one row more."""

    def __init__(self) -> None:
        self._at: OrderedDict[Key, datetime] = OrderedDict()
        self._guard = Lock()

    def __contains__(self, key: Key) -> bool:
        with self._guard:
            until = self._at.get(key)
        return until is not None and clock.now() < until

    def keep(self, key: Key, minutes: int) -> None:
        """From now on, for so long."""
        with self._guard:
            self._at[key] = clock.now() + timedelta(minutes=minutes)
            self._at.move_to_end(key)
            while len(self._at) > MOST_REMEMBERED:
                self._at.popitem(last=False)

    def clear(self) -> None:
        """Know of nothing."""
        with self._guard:
            self._at.clear()


_recently = Recently()
forget = _recently.clear
"""Let everything be written again, for tests."""


def init_app(app: Flask) -> None:
    """Stand in every request. Register after the gate, so that whoever is turned away meets nothing."""
    app.before_request(_before)
    app.after_request(_after)
    if _write_with_the_change not in before_commit:
        before_commit.append(_write_with_the_change)


def seen(slags: str, ids: Iterable[UUID], *, handling: str = LAEST) -> None:
    """Say that the answer shows these things of other people, where the address does not name them.

    slags: a kind in `objects.yml`. Rows are written as for an address; of the same reading at most one an hour.
    """
    kind = declared().kinds[slags]
    every = max(kind.every, 60) if handling in (LAEST, SOEGT) else 0
    _met().append(Met(kind, tuple(ids), handling, every))


def _met() -> list[Met]:
    met: list[Met] = g.setdefault("adgangslog", [])
    return met


def _before() -> None:
    rule = matrix().get(request.endpoint or "")
    if rule is None or not rule.object or not current_user.is_authenticated or request.method == "HEAD":
        return
    met = _in_the_address(request.endpoint or "")
    if met is not None:
        _met().append(met)


def _in_the_address(endpoint: str) -> Met | None:
    kind = kind_of(endpoint, matrix()[endpoint])
    ids = [value for value in (request.view_args or {}).values() if isinstance(value, UUID)]
    if kind is None or kind.nobody or not ids:
        return None
    difference = declared().endpoints.get(endpoint, Difference())
    reads = request.method == "GET"
    handling = difference.handling or (LAEST if reads else AENDRET)
    every = kind.every if difference.every is None else difference.every
    met = Met(kind, tuple(ids), handling, every)
    if reads or _is_known(met):
        return met
    return Met(kind, met.ids, handling, every, tuple(find_hvis(kind, met.ids)))


def _write_with_the_change(answer: Any) -> None:
    """In a POST's own transaction: all or nothing. What was refused (4xx) has changed nothing, but was shown."""
    if not has_request_context():
        return
    status = _status(answer)
    met = _met_now(changed=status < 400, shown=status < 400 or status == 422)
    rows = [row for one in met for row in _rows(one)]
    if rows:
        db.session.execute(insert(Adgang), rows)
        g.adgangslog_written = _repeated(met)


def _after(response: Response) -> Response:
    """After a GET: whose it was is read in its own snapshot, which is then let go before anything is written.

    After a POST its rows are known to be kept, unless the commit failed.
    """
    if response.status_code < 500:
        _remember(g.pop("adgangslog_written", ()))
    if request.method != "GET" or response.status_code not in (200, 206) or not g.get("adgangslog"):
        return response
    try:
        met = _met_now(changed=True, shown=True)
        rows = [row for one in met for row in _rows(one)]
        if rows:
            repeated = _repeated(met)
            db.session.rollback()
            commit_alone(rows)
            _remember(repeated)
    except SQLAlchemyError as problem:
        return _refused(response, problem)
    return response


def _refused(response: Response, problem: SQLAlchemyError) -> Response:
    """What could not be logged is not shown."""
    from supervision.error_pages import log_failed

    db.session.rollback()
    response.close()
    return log_failed(problem)


def _met_now(*, changed: bool, shown: bool) -> list[Met]:
    found: list[Met] = []
    for one in g.get("adgangslog", ()):
        acts = one.handling in (AENDRET, SLETTET, HENTET)
        if not (changed if acts else shown):
            one = Met(one.kind, one.ids, LAEST, one.every, one.hvis)
        if shown and not _is_known(one):
            found.append(one)
    return found


def _rows(met: Met) -> list[Row]:
    hvis = find_hvis(met.kind, met.ids) if met.hvis is None else met.hvis
    return rows_of(met.kind, hvis, current_user, met.handling)


def _keys(met: Met) -> list[Key]:
    return [(current_user.id, met.kind.name, id_, met.handling) for id_ in met.ids]


def _is_known(met: Met) -> bool:
    return bool(met.every) and all(key in _recently for key in _keys(met))


def _repeated(met: Iterable[Met]) -> list[tuple[Key, int]]:
    return [(key, one.every) for one in met if one.every for key in _keys(one)]


def _remember(repeated: Iterable[tuple[Key, int]]) -> None:
    for key, minutes in repeated:
        _recently.keep(key, minutes)


def _status(answer: Any) -> int:
    if isinstance(answer, tuple):
        return next((int(part) for part in answer[1:] if isinstance(part, int)), 200)
    return int(getattr(answer, "status_code", 200))
