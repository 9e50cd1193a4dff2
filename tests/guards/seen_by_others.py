"""Mette's things have a word in each text that is found nowhere else: who gets to see it, and what that leaves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from flask import Flask
from people import World
from sqlalchemy import select
from test_viewpoints import VIEWPOINTS, build
from web import Browser

from supervision import adgangslog
from supervision.adgangslog import Adgang
from supervision.db import db

CANARY = re.compile(r"kanarie-[a-z]+")
OF_THE_FEEDBACK = {"kanarie-lykkedes", "kanarie-iagttagelse", "kanarie-oplevelse", "kanarie-spoergsmaal"}


@dataclass(frozen=True)
class Reading:
    """One page that somebody fetched: what of Mette's stood in it, and the rows that it left."""

    endpoint: str
    viewpoint: str
    status: int
    canaries: frozenset[str]
    named: bool
    rows: tuple[Adgang, ...]


def readings(
    app: Flask,
    world: World,
    objects: dict[str, Any],
    viewpoints: Collection[str] = tuple(VIEWPOINTS),
    prefixes: tuple[str, ...] = ("",),
) -> Iterator[Reading]:
    """Every GET of endpoints that begin so, from each viewpoint that signs in, as if nothing had been read lately."""
    for viewpoint in viewpoints:
        who = VIEWPOINTS[viewpoint]
        if who is None:
            continue
        browser = Browser.signed_in(app, world.people[who])
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or set()) or rule.endpoint.split(".")[0] in ("static", "security"):
                continue
            if rule.arguments & {"token", "filename"} or not rule.endpoint.startswith(prefixes):
                continue
            yield reading(app, browser, rule.endpoint, build(app, rule, objects), viewpoint)


def reading(app: Flask, browser: Browser, endpoint: str, url: str, viewpoint: str) -> Reading:
    """One page fetched."""
    adgangslog.forget()
    before = _ids(app)
    answer = browser.get(url)
    text = _words(answer.get_data()) if answer.status_code == 200 else ""
    with app.app_context():
        rows = db.session.scalars(select(Adgang).where(Adgang.id.not_in(before))).all()
        db.session.expunge_all()
        db.session.remove()
    return Reading(
        endpoint,
        viewpoint,
        answer.status_code,
        frozenset(CANARY.findall(text)),
        "Mette" in text,
        tuple(rows),
    )


def unlogged(found: Iterable[Reading], person_id: UUID, scopes: set[UUID | None]) -> list[str]:
    """What was shown of this person to somebody else without a row that this person can read.

    Words of a feedback need a row about the person alone; what a group shares needs one about the group.
    """
    missing = []
    for one in found:
        rows = [row for row in one.rows if about(row, person_id, scopes)]
        own = [row for row in rows if row.ejer_id == person_id]
        enough = own if one.canaries & OF_THE_FEEDBACK else rows
        if one.viewpoint != "ejer" and one.canaries and not enough:
            missing.append(f"{one.endpoint} as {one.viewpoint}: {sorted(one.canaries)}")
    return missing


def about(row: Adgang, person_id: UUID, scopes: set[UUID | None]) -> bool:
    """Whether the row is about this person: their own thing, or one of a group, team or organisation they are in."""
    return row.ejer_id == person_id or row.omfang_id in scopes


def _words(body: bytes) -> str:
    """What an answer says, a workbook's sheets too."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with ZipFile(BytesIO(body)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


def _ids(app: Flask) -> list[UUID]:
    with app.app_context():
        found = list(db.session.scalars(select(Adgang.id)))
        db.session.remove()
    return found
