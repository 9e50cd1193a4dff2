"""Figures that stand published, and what anybody sees of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Flask
from web import Browser

from supervision import clock
from supervision.db import db
from supervision.overblik.models import UdgivetTal

DAY = date(2026, 8, 12)
SHOWN = datetime(2026, 11, 20, 9, tzinfo=clock.DANISH_TIME)


def page(app: Flask, who: UUID, address: str) -> str:
    """What somebody gets there; the status where it is no page."""
    with clock.travel(SHOWN):
        answer = Browser.signed_in(app, who).get(address)
    return str(answer.get_data(as_text=True)) if answer.status_code == 200 else str(answer.status_code)


def stored(app: Flask) -> list[tuple[Any, ...]]:
    """Every published figure as it lies in the database."""
    with app.app_context():
        found = db.session.query(UdgivetTal).order_by(UdgivetTal.id).all()
        rows = [(t.id, t.gruppe_id, t.billede, t.kode, t.tekst, t.tegnet, t.baand) for t in found]
        db.session.remove()
    return rows
