"""Reading wrong tries."""

from __future__ import annotations

from supervision.db import db
from supervision.personer.models import Adgangsforsoeg
from supervision.personer.rules.forsoeg import Stand


def find_stand(noegle: str) -> Stand:
    """What is known of one account or address; nothing wrong where there is no row."""
    row = db.session.get(Adgangsforsoeg, noegle, populate_existing=True)
    return Stand() if row is None else Stand(row.fejl, row.trin, tuple(row.seneste), row.vent_til)
