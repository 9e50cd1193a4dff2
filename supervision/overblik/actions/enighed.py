"""Which kendetegn are hard to see alike: worked out when a quarter is computed, and left alone until the next."""

from __future__ import annotations

from uuid import UUID

from supervision import clock
from supervision.db import db
from supervision.katalog import actions as katalog_actions
from supervision.katalog.models import KendetegnEnighed
from supervision.katalog.rules import kan_staa
from supervision.observationer.agreement.kendetegn import Tegnenighed, per_kendetegn
from supervision.overblik import queries
from supervision.overblik.rules import Kvartal
from supervision.personer.models import Organisation


def mark_kendetegn(organisation_id: UUID, kvartal: Kvartal) -> None:
    """The organisation's marks, from the year that ends with the quarter; each organisation has its own.

    Once a quarter (R1), so that nobody sees a mark come the night after two observers had seen one samtale.
    """
    found = per_kendetegn(queries.list_set_sammen(organisation_id, kvartal))
    rows = [_row(organisation_id, kode, tal) for kode, tal in sorted(found.items()) if _enough(tal)]
    katalog_actions.mark_kendetegn(db.session.get_one(Organisation, organisation_id), rows)


def _enough(tal: Tegnenighed) -> bool:
    return kan_staa(samtaler=tal.samtaler, observatoerer=len(tal.observatoerer), kryds=tal.kryds)


def _row(organisation_id: UUID, kode: str, tal: Tegnenighed) -> KendetegnEnighed:
    return KendetegnEnighed(
        organisation_id=organisation_id,
        kode=kode,
        samtaler=tal.samtaler,
        observatoerer=len(tal.observatoerer),
        kryds=tal.kryds,
        enighed=round(tal.enighed * 100),
        uden_en=round(tal.uden_en * 100),
        beregnet_at=clock.now(),
    )
