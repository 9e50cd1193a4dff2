"""What the next cleaning would take of an organisation, with these times: numbers, and nobody named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from uuid import UUID

from sqlalchemy import func, select

from supervision import clock
from supervision.adgangslog import count_before
from supervision.adgangslog.retention import foerste_dag
from supervision.db import db
from supervision.personer.models import Person
from supervision.privacy import privacy_map
from supervision.rettigheder import rules
from supervision.rettigheder.models import Sletteanmodning
from supervision.rettigheder.queries.lukkede import KLASSE as LUKKEDE
from supervision.rettigheder.queries.lukkede import count_lukkede
from supervision.rettigheder.queries.opbevaring import count_historik, count_roots

ANMODNINGER = "Personer, der selv har bedt om at blive slettet"


def count_next(organisation_id: UUID, *, dage: Mapping[str, int], maaneder: int) -> list[tuple[str, int]]:
    """(what, how many) of every class from which anything goes, in the order of the map.

    dage: class -> days; maaneder: of the access log. These and the history are of all organisations, the rest of this
    one. What goes along (the ticks of a feedback) is not counted apart.
    """
    now, found = clock.now(), []
    for key, klasse in privacy_map().klasser.items():
        if klasse.dage is None:
            continue
        before = rules.graense(now, dage[key])
        if key == "adgangslog":
            first = foerste_dag(clock.today(), maaneder)
            many = count_before(clock.from_local(first, time(0)))
        elif key == "historik":
            many = count_historik(organisation_id, dage[key], now)
        elif key == LUKKEDE:
            many = count_lukkede(organisation_id, before)
        else:
            many = count_roots(key, organisation_id, before)
        found.append((rules.LOGGEN if key == "adgangslog" else klasse.navn, many))
    found.append((ANMODNINGER, _count_asked(organisation_id)))
    return [(navn, many) for navn, many in found if many]


def _count_asked(organisation_id: UUID) -> int:
    asked = select(func.count()).select_from(Sletteanmodning).join(Person)
    due = Sletteanmodning.tidligst_at <= clock.now()
    return db.session.scalar(asked.where(due, Person.organisation_id == organisation_id)) or 0
