"""Retention: what an organisation decides, and the nightly work that lets go of what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import select

from supervision import clock, history
from supervision.adgangslog import keep_for, kept_months
from supervision.db import db
from supervision.personer.models import Organisation, Person
from supervision.privacy import privacy_map
from supervision.rettigheder import rules
from supervision.rettigheder.actions.fjern import Raekker, doomed, matching, remove
from supervision.rettigheder.actions.sletning import remove_lonely_samtaler
from supervision.rettigheder.models import Databeskyttelse, Opbevaring
from supervision.rettigheder.queries.opbevaring import Forfalden
from supervision.rettigheder.queries.stier import table_of

AT_ONCE = 25
"""How many roots go in one transaction: a run that is killed has lost that much work and nothing else."""


def decide(
    organisation: Organisation,
    *,
    dage: Mapping[str, int | None],
    kontakt: str,
    fortrydelse: int | None,
    maaneder: int | None = None,
    by: Person,
) -> None:
    """Let the organisation keep each class for so long, and the installation its access log (None: no change).

    Raises RuleBroken at the field that cannot be; then nothing is changed.
    """
    now, klasser = clock.now(), privacy_map().klasser
    checked = {key: rules.check_dage(klasser[key], given) for key, given in dage.items()}
    days_to_undo = rules.check_fortrydelse(fortrydelse)
    if maaneder is not None and maaneder != kept_months():
        keep_for(maaneder, by=by.id)
    for key, days in checked.items():
        db.session.merge(
            Opbevaring(
                organisation_id=organisation.id, klasse=key, dage=days, aendret_at=now, aendret_af=by.id
            )
        )
    db.session.merge(
        Databeskyttelse(
            organisation_id=organisation.id,
            kontakt=kontakt.strip(),
            fortrydelse=days_to_undo,
            aendret_at=now,
            aendret_af=by.id,
        )
    )
    db.session.flush()
    history.note("aendrede_opbevaring", organisation, by=by.id)


def foresee(due: Sequence[Forfalden]) -> Raekker:
    """Everything that letting go of these would take away, table by table. Nothing is changed."""
    found: Raekker = {}
    for piece in _pieces(due):
        table = table_of(piece[0].tabel)
        _add(found, doomed(table, matching(table, [one.noegle for one in piece])))
    kontrakter = [key[0] for key in found.get("feedback_kontrakt", ())]
    found["samtale"] = {(samtale_id,) for samtale_id in _lonely_after(kontrakter)}
    return {table: keys for table, keys in found.items() if keys}


def let_go(due: Sequence[Forfalden]) -> Raekker:
    """Delete these with what hangs on them, a few at a time, each time committed. Returns what went."""
    found: Raekker = {}
    for piece in _pieces(due):
        table = table_of(piece[0].tabel)
        keys = [one.noegle for one in piece]
        samtaler = _lonely_after([key[0] for key in keys]) if table.name == "feedback_kontrakt" else set()
        _add(found, remove(table, matching(table, keys)))
        remove_lonely_samtaler(samtaler)
        found.setdefault("samtale", set()).update((samtale_id,) for samtale_id in samtaler)
        db.session.commit()
    return {table: keys for table, keys in found.items() if keys}


def _pieces(due: Sequence[Forfalden]) -> Iterator[list[Forfalden]]:
    for _, group in groupby(due, key=lambda one: (one.klasse, one.tabel)):
        same = list(group)
        for start in range(0, len(same), AT_ONCE):
            yield same[start : start + AT_ONCE]


def _lonely_after(kontrakter: Sequence[UUID]) -> set[UUID]:
    """The samtaler that have no kontrakt left when these are gone."""
    kontrakt = table_of("feedback_kontrakt")
    of = select(kontrakt.c.samtale_id).where(kontrakt.c.id.in_(kontrakter))
    stays = select(kontrakt.c.samtale_id).where(kontrakt.c.id.not_in(kontrakter))
    samtale = table_of("samtale")
    return set(
        db.session.scalars(select(samtale.c.id).where(samtale.c.id.in_(of), samtale.c.id.not_in(stays)))
    )


def _add(found: Raekker, more: Raekker) -> None:
    for table, keys in more.items():
        found.setdefault(table, set()).update(keys)
