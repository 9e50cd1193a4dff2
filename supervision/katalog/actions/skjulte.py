"""Hiding an original where an organisation does not want it offered, and showing it again."""

from __future__ import annotations

from sqlalchemy import select

from supervision import history
from supervision.db import db
from supervision.katalog import queries
from supervision.katalog.actions.egne import only_editors, raise_nr
from supervision.katalog.models import SkjultOriginal
from supervision.katalog.rules import egne
from supervision.personer.models import Organisation, Person
from supervision.problems import RuleBroken


def hide_original(organisation: Organisation, *, by: Person, slags: str, key: str) -> None:
    """Offer a skabelon or a method of the product's no more here. Twice does nothing. Raises RuleBroken."""
    only_editors(organisation.id, by)
    there = queries.product_metode(key) if slags == egne.METODE else queries.product_skabelon(key)
    if slags not in egne.SLAGS or there is None:
        raise RuleBroken("Den findes ikke i kataloget. Vælg en fra listen.")
    if _find(organisation, slags, key) is not None:
        return
    row = SkjultOriginal(organisation_id=organisation.id, slags=slags, key=key, skjult_af=by.id)
    db.session.add(row)
    db.session.flush()
    history.note("skjul_original", row, by=by.id)
    raise_nr(organisation)


def show_original(organisation: Organisation, *, by: Person, slags: str, key: str) -> None:
    """Offer it again. Nothing happens when it is not hidden."""
    only_editors(organisation.id, by)
    row = _find(organisation, slags, key)
    if row is None:
        return
    history.note("vis_original", row, by=by.id)
    db.session.delete(row)
    raise_nr(organisation)


def _find(organisation: Organisation, slags: str, key: str) -> SkjultOriginal | None:
    return db.session.scalar(
        select(SkjultOriginal).where(
            SkjultOriginal.organisation_id == organisation.id,
            SkjultOriginal.slags == slags,
            SkjultOriginal.key == key,
        )
    )
