"""Whoever sends more than the page asks for gets no more for it: every form, with the name of every column.

Each form is sent twice from the same state, once as it stands and once with the name of every column of every table
beside; what is written must be the same. Most forms are found by walking; what nobody meets there is made ready by hand
(`prepared`). None is left out: a new form that is not carried out fails here, until something makes it ready.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from crawling import Field, Form, Quick, crawl, endpoint_of, open_addresses
from flask import Flask, request
from further_states import further
from populated import Populated, populate
from prepared import READY, House, Sent, all_ready
from rewound import Rewound
from test_viewpoints import VIEWPOINTS, build

from supervision import clock
from supervision.access import matrix
from supervision.aftaler.models import Supervisionssession
from supervision.db import db

OWN_NAMES = (
    "role",
    "roles",
    "rolle",
    "ejer",
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


TIMES = {"tid": "10.30", "fra": "10.30", "til": "11.30"}
"""What stands in a field of letters that asks for a time."""


def fill_in(control: Field) -> list[str]:
    """What a person would leave or write in a control."""
    if control.values and control.values[0]:
        return control.values
    if control.kind == "select" or control.kind == "radio":
        return [value for value in control.options if value][:1]
    if control.kind == "date":
        return [str(clock.today() + timedelta(days=30 if control.name == "til" else 0))]
    if control.kind == "email" or "email" in control.name:
        return ["ny@test.example"]
    if control.kind in ("number", "time"):
        return ["10" if control.kind == "number" else "10.30"]
    if control.typed and control.name in TIMES:
        return [TIMES[control.name]]
    return ["Noget, som nogen har skrevet"] if control.typed else control.values


SUITS: dict[str, dict[str, str]] = {
    "grupper.gem_hjemmeopgave": {f"metoder-{nr}": "" for nr in range(4)},
    "grupper.opret_hjemmeopgave": {f"metoder-{nr}": "" for nr in range(4)},
    "grupper.indkald_moede": {"dato": str(clock.today() + timedelta(days=2))},
    "grupper.opret_runde": {"fra": "2030-01-01", "til": "2030-06-30"},
    "aftaler.gem_aftaler": {"udenfor": "Noget andet", "borger_ja": "ja", "feedback_hvornaar": "lige_efter"},
    "aftaler.gem_dag": {"briefing": "08.30", "lokaler": "Lokale 7"},
    "personer.gem_person": {"navn": "Mette Ny"},
    "observationer.flyt_haendelse": {"tid": "0.07"},
    "observationer.tilfoej_haendelse": {"hvornaar": "0.30"},
}
"""Endpoint -> what its form asks for that cannot be told from a control."""


def change(control: Field) -> list[str]:
    """What a person would write who wants everything otherwise: other words, all ticked, the last of each list."""
    if control.kind in ("select", "radio"):
        return [value for value in control.options if value][-1:]
    if control.kind == "checkbox":
        return control.options
    if control.kind in ("text", "textarea") and control.name not in TIMES:
        return [f"{(control.values or [''])[0]} mere".strip()]
    return fill_in(control)


def choose(control: Field) -> list[str]:
    """Nothing written that need not be, and the first of each list ticked."""
    return control.options[:1] if control.kind == "checkbox" else fill_in_if_it_stands(control)


def fill_in_if_it_stands(control: Field) -> list[str]:
    return control.values if control.typed else fill_in(control)


def clear(control: Field) -> list[str]:
    """Everything taken away: no words, nothing ticked."""
    if control.kind == "checkbox":
        return []
    return [""] if control.kind == "textarea" else fill_in(control)


MOST_TRIES = 14
"""Of one address, before it is left."""
WAYS = (fill_in, change, choose, clear)
"""Tried in turn, until one of them changes something."""


def without_doubles(form: Form, way: Callable[[Field], list[str]] = fill_in) -> dict[str, Any]:
    """What is sent, each radio group with one answer."""
    found, radios = form.sent(way), {one.name for one in form.fields if one.kind == "radio"}
    first = 0 if way is fill_in else -1
    return {
        name: [value[first]] if name in radios and value else value
        for name, value in found.items()
        if value or name not in radios
    }


def all_forms(
    app: Flask, browsers: dict[str, Quick], states: list[dict[str, Any]]
) -> Iterator[tuple[str, str, Form]]:
    """(viewpoint, endpoint, form) of every kind of form that changes something, once for each of its buttons.

    Then what is posted to from no page that was met, as a form without controls, or with what BODIES says.
    """
    seen, addresses = (
        set(),
        list(dict.fromkeys(one for state in states for one in open_addresses(app, state))),
    )
    for viewpoint in WALKERS:
        starts = ["/", *(one for one in addresses if viewpoint in _viewers(app, one))]
        for page in crawl(browsers[viewpoint], starts, but=("/metoder/", "/skabeloner/", "/static")):
            for form in page.forms:
                endpoint = endpoint_of(app, form.action, "POST")
                for button in [*([None] if form.unnamed or not form.buttons else []), *form.buttons]:
                    key = (
                        endpoint,
                        form.names,
                        button and button[0],
                        button and button[1].split(":")[0][:12],
                    )
                    if form.method == "post" and endpoint not in NOT_PRESSED and key not in seen:
                        seen.add(key)
                        yield viewpoint, endpoint, replace(form, button=button)
    for rule in app.url_map.iter_rules():
        line = matrix()[rule.endpoint]
        if "POST" not in (rule.methods or ()) or line.csrf != "form" or rule.endpoint in NOT_PRESSED:
            continue
        for state in states:
            if rule.arguments <= set(state):
                given = [
                    Field(name, "hidden", [value]) for name, value in BODIES.get(rule.endpoint, {}).items()
                ]
                for viewpoint in set(line.seen_by or WALKERS) & set(WALKERS):
                    yield viewpoint, rule.endpoint, Form(build(app, rule, state), "post", fields=given)


BODIES: dict[str, dict[str, str]] = {
    "aftaler.skriv_linje": {"tekst": "Prøv at vente lidt længere"},
    "grupper.begynd_oevelse": {"slags": "gode_raad"},
    "katalog.flyt_princip": {"retning": "op"},
    "rettigheder.udfoer_sletning": {"ja": "y"},
}
"""Endpoint -> what its form sends, where no page shows one as the house stands."""


WALKERS = ("ejer", "observatoer", "teamleder", "supervisor", "administrator")


def _viewers(app: Flask, address: str) -> tuple[str, ...]:
    line = matrix()[endpoint_of(app, address)]
    return line.seen_by or WALKERS


def with_more(sent: dict[str, Any], somebody: UUID, asked: tuple[str, ...] = ()) -> dict[str, Any]:
    """The same with every column beside, also inside each part of the form. What the form asks for itself stays."""
    more = {name: value.replace("{somebody}", str(somebody)) for name, value in columns().items()}
    own = {part for name in (*sent, *asked) for part in (name, name.rsplit("-", 1)[-1])}
    parts = {name.rsplit("-", 1)[0] + "-" for name in sent if "-" in name}
    extra = {name: value for name, value in more.items() if name not in own}
    return {**{part + name: value for part in ("", *parts) for name, value in extra.items()}, **sent}


@contextmanager
def steps(
    app: Flask, tmp_path: Path
) -> Iterator[tuple[Populated, list[dict[str, Any]], dict[str, Quick], Rewound]]:
    with app.app_context():
        made = populate()
        states = further(made)
        db.session.remove()
    people = {name: Quick.signed_in(app, made.world.people[who]) for name, who in VIEWPOINTS.items() if who}
    for browser in people.values():
        browser.token()
    yield made, states, people, Rewound(app, tmp_path / "before.db")


def bodies(endpoint: str, form: Form, token: str) -> Iterator[dict[str, Any]]:
    """What is tried of a form, until something of it is carried out."""
    suits = {name: value for name, value in SUITS.get(endpoint, {}).items() if name in form.names}
    for way in WAYS if form.fields else WAYS[:1]:
        yield {**without_doubles(form, way), **suits, "csrf_token": token}


@pytest.mark.wide
@pytest.mark.timeout(600)
@pytest.mark.one_process("the database's file is put back after each form, which nobody else may hold open")
@pytest.mark.gate("A7")
@pytest.mark.planted("A7")
def test_a_form_takes_what_it_asks_for_and_nothing_else(
    sqlite_app: Flask, tmp_path: Path, record_property: Any
) -> None:
    with steps(sqlite_app, tmp_path) as (made, states, people, rewound):
        met, house = list(all_forms(sqlite_app, people, states)), House(sqlite_app, made, people)
        ready = {endpoint: _sent_twice_when_ready(house, rewound, endpoint) for endpoint in all_ready()}
        wrong, done, tried = list(filter(None, ready.values())), set(ready), Counter[str]()
        for viewpoint, endpoint, form in met:
            if endpoint in done:
                continue
            browser = people[viewpoint]
            for plain in bodies(endpoint, form, browser.token()):
                if tried[endpoint] >= MOST_TRIES:
                    break
                tried[endpoint] += 1
                first = rewound.after(lambda b=browser, f=form, d=plain: b.post(f.action, data=d).status_code)
                if not first[1]:
                    continue
                done.add(endpoint)
                more = with_more(plain, made.world.fremmed, form.names)
                second = rewound.after(lambda b=browser, f=form, d=more: b.post(f.action, data=d).status_code)
                if first != second:
                    wrong.append(f"{endpoint} as {viewpoint} {form.action}: {_otherwise(first, second)}")
                break
        assert "\n".join(wrong) == ""
        assert forms_of(sqlite_app) - done == set(), {one: tried[one] for one in forms_of(sqlite_app) - done}
        record_property(
            "figure",
            f"{len(done)} of {len(forms_of(sqlite_app))} forms carried out ({len(ready)} made ready, {tried.total()}"
            f" tries at the others), and again with {len(columns())} column names: 0 differ",
        )
        _planted_assignment_is_found(sqlite_app, made, people, rewound)
        _planted_assignment_is_found_when_ready(house, rewound)


def forms_of(app: Flask) -> set[str]:
    """Every endpoint that a form is sent to."""
    posts = {endpoint for endpoint in matrix() if hasattr(app.view_functions.get(endpoint), "commits")}
    return {endpoint for endpoint in posts if matrix()[endpoint].csrf == "form"}


Answer = tuple[int, Counter[str]]


def _otherwise(first: Answer, second: Answer) -> str:
    return f"{first[0]}/{second[0]} {[one[:300] for one in second[1] - first[1]][:2]}"


def _sent_twice_when_ready(house: House, rewound: Rewound, endpoint: str) -> str:
    """A form that is made ready, sent as it stands and once more with every column: what is wrong, or nothing."""
    with rewound.from_here(), house.until:
        sent = READY[endpoint](house)
        rule = next(
            one
            for one in house.app.url_map.iter_rules()
            if one.endpoint == endpoint and "POST" in one.methods
        )
        url = build(house.app, rule, {**house.own, **sent.ids}) + sent.query
        plain = {**sent.body, "csrf_token": sent.who.token()}
        rewound.stay()
        first, second = (
            rewound.after(lambda d=data: post_once(sent, url, d), traces=sent.traces)
            for data in (plain, with_more(plain, house.world.fremmed, sent.asks))
        )
    if first != second:
        return f"{endpoint}: {_otherwise(first, second)}"
    if first[0] >= 400 or bool(first[1]) == bool(sent.nothing):
        return f"{endpoint} is not carried out: {first[0]}, {first[1].total()} statements"
    return ""


def post_once(sent: Sent, url: str, body: dict[str, Any]) -> int:
    """The status; whoever sends holds the same cookies afterwards as before."""
    held = copy(sent.who._cookies)
    files = {name: (io.BytesIO(content), "fil.csv") for name, content in sent.files.items()}
    status = sent.who.post(url, data={**body, **files}).status_code
    sent.who._cookies = held
    return status


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


def _planted_assignment_is_found_when_ready(house: House, rewound: Rewound) -> None:
    """A view that takes the supervisor from what was sent, and one that does nothing at all."""

    def takes(session_id: UUID) -> str:
        session = db.session.get_one(Supervisionssession, session_id)
        session.udskudt_at, session.udskudt_grund = clock.now(), request.form["grund"]
        session.supervisor_id = UUID(request.form.get("supervisor_id", str(session.supervisor_id)))
        db.session.commit()
        return ""

    kept = house.app.view_functions["aftaler.udskyd_feedback"]
    for view, said in ((takes, "200/200"), (lambda session_id: "", "is not carried out")):
        house.app.view_functions["aftaler.udskyd_feedback"] = view
        try:
            assert said in _sent_twice_when_ready(house, rewound, "aftaler.udskyd_feedback")
        finally:
            house.app.view_functions["aftaler.udskyd_feedback"] = kept
