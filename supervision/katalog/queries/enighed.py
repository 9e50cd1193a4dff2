"""Reading which kendetegn are hard to see alike."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from supervision.db import db
from supervision.katalog import rules
from supervision.katalog.models import KendetegnEnighed


def list_svaere(organisation_id: UUID) -> frozenset[str]:
    """The codes that an organisation's observers find hard to see alike. For everybody in it: it is about nobody."""
    found = db.session.execute(
        select(KendetegnEnighed.kode, KendetegnEnighed.enighed, KendetegnEnighed.uden_en).where(
            KendetegnEnighed.organisation_id == organisation_id
        )
    )
    return frozenset(
        kode for kode, enighed, uden_en in found if rules.er_svaert(enighed=enighed, uden_en=uden_en)
    )
