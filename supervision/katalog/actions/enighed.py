"""Putting down which kendetegn an organisation's observers find hard to see alike."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete

from supervision import history
from supervision.db import db
from supervision.katalog.models import KendetegnEnighed
from supervision.katalog.rules import kan_staa
from supervision.personer.models import Organisation
from supervision.problems import RuleBroken


def mark_kendetegn(organisation: Organisation, found: Iterable[KendetegnEnighed]) -> None:
    """From now on these figures stand and no earlier ones. Raises RuleBroken where one rests on too little."""
    rows = list(found)
    for row in rows:
        if not kan_staa(samtaler=row.samtaler, observatoerer=row.observatoerer, kryds=row.kryds):
            raise RuleBroken("Der er for få samtaler, observatører eller kryds bag et kendetegn.")
    db.session.execute(delete(KendetegnEnighed).where(KendetegnEnighed.organisation_id == organisation.id))
    db.session.add_all(rows)
    db.session.flush()
    history.note("maerkede_kendetegn", organisation, by=None)
