"""Counting wrong tries: one row, one short transaction, whichever process asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from supervision import clock
from supervision.db import db
from supervision.personer.models import Adgangsforsoeg
from supervision.personer.rules import forsoeg as rules

TABLE = Adgangsforsoeg.__table__


def count_at_account(connection: Connection, noegle: str, now: datetime) -> rules.Afvist | None:
    """Count a wrong try at an account, or say why it is not looked at; then it is not counted."""
    stand = _locked(connection, noegle, now)
    refused = rules.afvist_konto(stand, now)
    if refused is None:
        _keep(connection, noegle, rules.efter_forkert(stand, now), now)
    return refused


def count_at_address(connection: Connection, noegle: str, now: datetime) -> None:
    """Count a wrong try from an address, and forget what has been quiet for long."""
    _keep(connection, noegle, rules.efter_forkert_fra(_locked(connection, noegle, now), now), now)
    connection.execute(
        delete(Adgangsforsoeg)
        .where(Adgangsforsoeg.aendret_at < now - rules.GLEMMES)
        .where(Adgangsforsoeg.fejl < rules.I_TRAEK)
    )


def forget(noegle: str) -> None:
    """Nothing is wrong with this account any more."""
    db.session.execute(delete(Adgangsforsoeg).where(Adgangsforsoeg.noegle == noegle))


def _locked(connection: Connection, noegle: str, now: datetime) -> rules.Stand:
    """The row, made when it is not there, and held until the transaction ends. It writes before it reads."""
    values = {"noegle": noegle, "fejl": 0, "trin": 0, "seneste": [], "vent_til": None, "aendret_at": now}
    connection.execute(_insert(connection)(TABLE).values(values).on_conflict_do_nothing())
    row = connection.execute(
        select(Adgangsforsoeg.fejl, Adgangsforsoeg.trin, Adgangsforsoeg.seneste, Adgangsforsoeg.vent_til)
        .where(Adgangsforsoeg.noegle == noegle)
        .with_for_update()
    ).one()
    return rules.Stand(row.fejl, row.trin, tuple(row.seneste), row.vent_til)


def _keep(connection: Connection, noegle: str, stand: rules.Stand, now: datetime) -> None:
    connection.execute(
        update(Adgangsforsoeg)
        .where(Adgangsforsoeg.noegle == noegle)
        .values(
            fejl=stand.fejl,
            trin=stand.trin,
            seneste=list(stand.seneste),
            vent_til=stand.vent_til,
            aendret_at=now,
        )
    )


def _insert(connection: Connection) -> Callable[..., sqlite.Insert | postgresql.Insert]:
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert


def use_once(noegle: str) -> bool:
    """Remember, in the running transaction, that something was used. False when it was before."""
    values = {
        "noegle": noegle, "fejl": 0, "trin": 0, "seneste": [], "vent_til": None, "aendret_at": clock.now()
    }  # fmt: skip
    connection = db.session.connection()
    made = connection.execute(_insert(connection)(TABLE).values(values).on_conflict_do_nothing())
    return made.rowcount == 1
