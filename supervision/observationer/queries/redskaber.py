"""In how many samtaler each tool was used: the viewer's own, and those that they observed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.aftaler.rules import holds_nr
from supervision.db import db
from supervision.katalog.rules.vaerdier import REDSKABER, Redskab
from supervision.observationer.models import Observation, Registrering
from supervision.observationer.queries.logs import seen_by
from supervision.personer.models import Person

_AF_SLAGS = {redskab.slags: redskab.key for redskab in REDSKABER.values() if redskab.slags}


@dataclass(frozen=True, slots=True)
class RedskabIBrug:
    """One tool, and in how many samtaler it was used: own ones, and those that the viewer observed."""

    redskab: Redskab
    egne: int
    observerede: int


def count_redskaber(*, viewer: Person, nr: str = "") -> list[RedskabIBrug]:
    """Every tool with the number of samtaler it was used in, also those that were never used, in their order.

    nr: only samtaler with that number in the forløb, as `aftaler.rules.holds_nr` reads it; "" is all. A tool with a
    form of its own counts when that was filled, SMART-modellen when at least one letter of an aftale was spoken of.
    """
    wanted = (
        select(
            Registrering.slags, Registrering.data, Observation.fokusperson_id, Samtale.id, Samtale.forloeb_nr
        )
        .join(Registrering.observation)
        .join(FeedbackKontrakt, FeedbackKontrakt.id == Observation.kontrakt_id)
        .join(FeedbackKontrakt.samtale)
        .where(seen_by(viewer), Registrering.privat.is_(False))
        .where(Registrering.slags.in_(("redskab", *_AF_SLAGS)))
    )
    used: dict[tuple[str, bool], set[UUID]] = defaultdict(set)
    for slags, data, fokusperson_id, samtale_id, forloeb_nr in db.session.execute(wanted):
        if holds_nr(nr, forloeb_nr) and (slags != "aftale" or data.get("talt_om")):
            key = data.get("redskab") or _AF_SLAGS[slags]
            used[key, fokusperson_id == viewer.id].add(samtale_id)
    return [
        RedskabIBrug(redskab, len(used[redskab.key, True]), len(used[redskab.key, False]))
        for redskab in REDSKABER.values()
    ]
