"""Whoever sends more than the page asks for gets no more for it: every form and every JSON address, with every column.

Each form that is found by walking is sent twice from the same state, once as it stands and once with the name of every
column of every table beside; what then stands in the tables must be the same.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from crawling import ID, Field, Form, Quick, crawl, endpoint_of
from flask import Flask, request
from populated import Populated, populate
from second_process import alone
from sqlalchemy import event
from test_viewpoints import VIEWPOINTS

from supervision import clock
from supervision.access import matrix
from supervision.db import db

OWN_NAMES = (
    "role",
    "roles",
    "rolle",
    "owner",
    "owner_id",
    "shared",
    "shared_with",
    "is_admin",
    "by",
    "viewer",
)
NOT_PRESSED = {"security.logout", "security.change_password", "security.login"}


def columns() -> dict[str, str]:
    """Every column's name, and what somebody who wants more would put there."""
    found = dict.fromkeys(OWN_NAMES, "administrator")
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            found[column.name] = _wanted(column)
    return found


def _wanted(column: Any) -> str:
    kind = column.type.python_type
    if kind is UUID:
        return "{somebody}"
    if kind is bool:
        return "y"
    if kind is int:
        return "77"
    return "administrator" if column.name == "rolle" else "2020-01-01"


def fill_in(control: Field) -> list[str]:
    """What a person would leave or write in a control."""
    if control.values and control.values[0]:
        return control.values
    if control.kind == "select" or control.kind == "radio":
        return [value for value in control.options if value][:1]
    if control.kind == "date":
        return [str(clock.today())]
    if control.kind == "email" or "email" in control.name:
        return ["ny@test.example"]
    if control.kind in ("number", "time"):
        return ["10" if control.kind == "number" else "10.30"]
    return ["Noget, som nogen har skrevet"] if control.typed else control.values


def without_doubles(form: Form) -> dict[str, Any]:
    """What is sent, each radio group with one answer."""
    found, radios = form.sent(fill_in), {one.name for one in form.fields if one.kind == "radio"}
    return {name: value[:1] if name in radios else value for name, value in found.items()}


TRACES = re.compile(r"(INTO|UPDATE|FROM) (adgang|adgangsforsoeg|indlogning)\b")
"""Who has seen what, and when somebody was last there: written once in a while, whatever is sent."""


class Rewound:
    """A SQLite file that is put back as it was after whatever wrote in it, and a note of what was written."""

    def __init__(self, app: Flask, keep: Path) -> None:
        self.app, self.keep, self.file = app, keep, Path(app.instance_path) / "supervision.db"
        with app.app_context():
            self.known = {
                word
                for table in db.metadata.sorted_tables
                for row in db.session.execute(table.select())
                for word in ID.findall(" ".join(map(str, row)))
            }
        self._close()
        shutil.copy(self.file, keep)

    def after(self, act: Callable[[], int]) -> tuple[int, Counter[str]]:
        """What answered, and what it wrote: each statement with what was put in it, but for what is by chance."""
        written: Counter[str] = Counter()

        touched = []

        def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
            if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
                touched.append(statement)
                if not TRACES.search(statement):
                    written[f"{statement} {self._told(given)}"] += 1

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            with alone(self.app):
                status = act()
        finally:
            event.remove(engine, "before_cursor_execute", note)
        if touched:
            self._close()
            for more in self.file.parent.glob("supervision.db-*"):
                more.unlink()
            shutil.copy(self.keep, self.file)
        return status, written

    def _told(self, given: Any) -> str:
        """Values without moments, sums and ids that were made just now."""
        told = re.sub(
            r"\b([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\b",
            r"\1-\2-\3-\4-\5",
            repr(given),
        )
        told = ID.sub(lambda match: match[0] if match[0] in self.known else "new", told)
        told = re.sub(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d+", "moment", told)
        return re.sub(r"\b[0-9a-f]{64}\b|\$argon2[^']*|\b[\w-]{43}\b|\begen_[0-9a-f]{8}\b", "by chance", told)

    def _close(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def all_forms(app: Flask, browsers: dict[str, Quick]) -> Iterator[tuple[str, str, Form]]:
    """(viewpoint, endpoint, form) of every kind of form that changes something, once."""
    seen = set()
    for viewpoint in ("ejer", "observatoer", "teamleder", "supervisor", "administrator"):
        for page in crawl(browsers[viewpoint], ["/"], but=("/metoder/", "/skabeloner/", "/static")):
            for form in page.forms:
                endpoint = endpoint_of(app, form.action, "POST")
                key = (endpoint, form.names, form.button)
                if form.method == "post" and endpoint not in NOT_PRESSED and key not in seen:
                    seen.add(key)
                    yield viewpoint, endpoint, form


def with_more(sent: dict[str, Any], somebody: UUID, asked: tuple[str, ...] = ()) -> dict[str, Any]:
    """The same with every column beside, also inside each part of the form. What the form asks for itself stays."""
    more = {name: value.replace("{somebody}", str(somebody)) for name, value in columns().items()}
    own = {part for name in (*sent, *asked) for part in (name, name.rsplit("-", 1)[-1])}
    parts = {name.rsplit("-", 1)[0] + "-" for name in sent if "-" in name}
    extra = {name: value for name, value in more.items() if name not in own}
    return {**{part + name: value for part in ("", *parts) for name, value in extra.items()}, **sent}


@contextmanager
def steps(app: Flask, tmp_path: Path) -> Iterator[tuple[Populated, dict[str, Quick], Rewound]]:
    with app.app_context():
        made = populate()
    people = {name: Quick.signed_in(app, made.world.people[who]) for name, who in VIEWPOINTS.items() if who}
    for browser in people.values():
        browser.token()
    yield made, people, Rewound(app, tmp_path / "before.db")


ALSO_ASKED_FOR: dict[str, set[str]] = {}
"""Endpoint -> names that its form reads though this page does not show the control."""


@pytest.mark.wide
@pytest.mark.timeout(600)
@pytest.mark.gate("A7")
def test_a_form_takes_what_it_asks_for_and_nothing_else(
    sqlite_app: Flask, tmp_path: Path, record_property: Any
) -> None:
    with steps(sqlite_app, tmp_path) as (made, people, rewound):
        wrong, done, tried, changed = [], set(), 0, 0
        for viewpoint, endpoint, form in list(all_forms(sqlite_app, people)):
            browser, token = people[viewpoint], people[viewpoint].token()
            plain = {**without_doubles(form), "csrf_token": token}
            files = [one for one in form.fields if one.kind == "file"]
            if files:
                continue
            more = with_more(plain, made.world.fremmed, form.names)
            for name in ALSO_ASKED_FOR.get(endpoint, ()):
                more.pop(name, None)
            first = rewound.after(lambda b=browser, f=form, d=plain: b.post(f.action, data=d).status_code)
            second = rewound.after(lambda b=browser, f=form, d=more: b.post(f.action, data=d).status_code)
            tried += 1
            changed += bool(first[1])
            done |= {endpoint} if first[1] else set()
            if first != second:
                told = [one[:300] for one in second[1] - first[1]][:2]
                wrong.append(f"{endpoint} as {viewpoint} {form.action}: {first[0]}/{second[0]} {told}")
        assert "\n".join(wrong) == ""
        posts = {e for e in matrix() if hasattr(sqlite_app.view_functions.get(e), "commits")}
        assert len(done) >= 70, sorted(posts - done)
        record_property(
            "figure",
            f"{tried} forms sent with {len(columns())} column names each,"
            f" {changed} ({len(done)} of {len(posts)} addresses) changed something: 0 differ",
        )
        _planted_assignment_is_found(sqlite_app, made, people, rewound)


def _planted_assignment_is_found(
    app: Flask, made: Populated, people: dict[str, Quick], rewound: Rewound
) -> None:
    """A view that puts whatever was sent into the row."""
    from supervision.logbog.models import Lognotat

    def populates(notat_id: UUID) -> str:
        notat = db.session.get_one(Lognotat, notat_id)
        for name, value in request.form.items():
            if name in ("proevet", "person_id"):
                setattr(notat, name, UUID(value) if name == "person_id" else value)
        db.session.commit()
        return ""

    kept = app.view_functions["logbog.gem_notat"]
    app.view_functions["logbog.gem_notat"] = populates
    try:
        mette = people["ejer"]
        url, plain = f"/logbog/{made.own['notat_id']}", {"csrf_token": mette.token(), "proevet": "Nyt"}
        first = rewound.after(lambda: mette.post(url, data=plain).status_code)
        second = rewound.after(lambda: mette.post(url, data=with_more(plain, made.world.fremmed)).status_code)
        assert first != second
    finally:
        app.view_functions["logbog.gem_notat"] = kept
