"""The application with a post box, and rounds of e-mail at a time of one's choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from agreed import add_kontrakt
from flask import Flask
from people import World
from road import agreed, person, recorded, sent, written
from smtp_server import Postkasse
from sqlalchemy import select

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.config import MailSettings
from supervision.db import db
from supervision.overblik.cli import beskeder as cli
from supervision.overblik.models import Besked
from supervision.personer.actions.beskeder import choose_beskeder

TUESDAY = datetime(2026, 12, 1, 9, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 12, 4, 18, tzinfo=UTC)
MONDAY = datetime(2026, 12, 7, 6, tzinfo=UTC)
SOON = timedelta(minutes=11)
URL = "https://feedback.eksempel.dk"


@dataclass
class House:
    """The application with a post box, and the people in it."""

    app: Flask
    world: World
    post: Postkasse

    def round(self, at: datetime) -> list[tuple[str, list[str]]]:
        """One round then: (receiver, lines) of each e-mail."""
        with clock.travel(at):
            cli.send_round(self.app)
        return [(str(message["To"]).split("@")[0], lines(message)) for message in self.post.take()]

    def letter(self, at: datetime) -> UUID:
        """Feedback from Jonas that Mette has not opened."""
        with clock.travel(at), self.app.app_context():
            mette, jonas = person(self.world.mette), person(self.world.jonas)
            feedback = written(recorded(agreed(mette, jonas), jonas), jonas)
            sent(feedback, jonas)
            db.session.commit()
            return feedback.id

    def kontrakt(self, at: datetime, starts: timedelta, **how: Any) -> UUID:
        """A kontrakt to which Mette has said yes."""
        with clock.travel(at), self.app.app_context():
            kontrakt_id = add_kontrakt(self.world, **{"yes": ("mette",), **how})
            db.session.get_one(FeedbackKontrakt, kontrakt_id).samtale.starter_at = at + starts
            db.session.commit()
            return kontrakt_id

    def choose(self, who: str, *til: str) -> None:
        with self.app.app_context():
            choose_beskeder(by=person(self.world.people[who]), til=til)
            db.session.commit()

    def rows(self) -> list[Besked]:
        with self.app.app_context():
            found = list(db.session.scalars(select(Besked).order_by(Besked.slags, Besked.id)))
            db.session.remove()
            return found


def lines(message: Any) -> list[str]:
    """What waits, as an e-mail lists it."""
    body = str(message.get_content())
    return [line[2:] for line in body.splitlines() if line.startswith("- ")]


def post_house(app: Flask, world: World, post: Postkasse, monkeypatch: pytest.MonkeyPatch) -> House:
    """As long as `monkeypatch` lasts."""
    given = MailSettings("127.0.0.1", post.port, "Kollegial supervision <nej@eksempel.dk>", starttls=False)
    settings = replace(app.extensions["settings"], public_url=URL, mail=given)
    monkeypatch.setitem(app.extensions, "settings", settings)
    return House(app, world, post)
