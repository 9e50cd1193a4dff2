"""A database with a row of every kind, and a canary in every text of it, each known by whose it is."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Table, select, update
from sqlalchemy.exc import SQLAlchemyError

from supervision import clock
from supervision.aftaler.models import KontraktKendetegn
from supervision.db import db, metadata
from supervision.feedback.models import Feedback, FeedbackPunkt, Laesning, Skuffe, Spoergsmaal
from supervision.grupper.models import Deling, Moede, SammenHandling, SammenNr, Seddel, TjekUd
from supervision.grupper.rules.sammen import LYKKES_FELTER
from supervision.history import Historik
from supervision.personer.models import Invitation, Person
from supervision.privacy import Sti, privacy_map
from supervision.rettigheder.queries.stier import belongs_to, key_of, table_of

CORE = Path(__file__).resolve().parents[1] / "core"
if str(CORE) not in sys.path:
    sys.path.append(str(CORE))

import test_migrations  # noqa: E402


@dataclass(frozen=True, slots=True)
class Kanarie:
    """A word found nowhere else, and where it was put. roller: by which kinds of path it is the person's."""

    ord: str
    tabel: str
    kolonne: str
    roller: frozenset[str]
    erase: frozenset[str]


def one_of_each() -> dict[str, UUID]:
    """Rows in every table, most of them Mette's, by the fillers of the migrations; name -> person's id. Flushed.

    A filler that another one holds already, and whose rows may stand once only, is passed over.
    """
    real, done = test_migrations.fill_the_road, []

    def once() -> None:
        if not done:
            done.append(True)
            real()

    test_migrations.fill_the_road = once
    try:
        once()
        for fill in reversed(list(dict.fromkeys(test_migrations.DATA.values()))):
            with suppress(SQLAlchemyError), db.session.begin_nested():
                once() if fill is real else fill()
                db.session.flush()
    finally:
        test_migrations.fill_the_road = real
    people = {p.email.split("@")[0]: p.id for p in db.session.scalars(select(Person))}
    _feedback(people)
    _group(people)
    db.session.flush()
    return people


def _feedback(people: dict[str, UUID]) -> None:
    """Sent, asked about, shared and read; what is noted of people."""
    now, feedback = clock.now(), db.session.scalars(select(Feedback)).one()
    feedback.sendt_at = feedback.observation.afsluttet_at = feedback.observation.overdraget_at = now
    punkt = FeedbackPunkt(nr=90, slags="iagttagelse", tekst="Æ", sendt_at=now)
    punkt.spoergsmaal = [Spoergsmaal(tekst="Æ", stillet_at=now, svar="Ø", svaret_at=now)]
    feedback.punkter.append(punkt)
    feedback.skuffer.append(Skuffe(slags="godt_raad"))
    db.session.add(
        KontraktKendetegn(kontrakt_id=feedback.observation.kontrakt_id, nr=9, kode="x", kort="x", tekst="x")
    )
    db.session.flush()
    mette, jonas = people["mette"], people["jonas"]
    db.session.add_all(
        [
            Laesning(feedback_id=feedback.id, person_id=mette, set_at=now),
            Laesning(feedback_id=feedback.id, person_id=jonas, set_at=now),
            Deling(punkt_id=punkt.id, delt_af=mette, teamleder_id=people["leder"], delt_at=now),
            Invitation(
                person_id=mette, token_hash="c" * 64, oprettet_at=now, oprettet_af=jonas, udloeber_at=now
            ),
            Historik(at=now, person_id=mette, handling="x", genstand="feedback", genstand_id=feedback.id),
            Historik(at=now, person_id=jonas, handling="luk", genstand="person", genstand_id=mette),
        ]
    )


def _group(people: dict[str, UUID]) -> None:
    """What a group writes together, with Mette's name on some of it."""
    moede_id = db.session.scalars(select(Moede.id)).first()
    seddel = {"felt": LYKKES_FELTER[0], "tekst": "Æ", "nr": 1, "oprettet_nr": 1, "plads": 9}
    db.session.add_all(
        [
            SammenNr(moede_id=moede_id, nr=1),
            SammenHandling(id=uuid4(), moede_id=moede_id),
            Seddel(id=uuid4(), moede_id=moede_id, ejer_id=people["mette"], ejer_ja_at=clock.now(), **seddel),
            TjekUd(
                moede_id=moede_id, boks="men", tekst="Æ", forfatter_id=people["mette"], kvittering="a" * 64
            ),
        ]
    )


def whole(table: Table) -> list[Any]:
    """Every row of a table."""
    return list(db.session.execute(select(table).order_by(*key_of(table))))


def plant(person_id: UUID) -> list[Kanarie]:
    """Put a canary into every text of every row, and say whose it is. Flushed."""
    found = []
    for navn, tabel in privacy_map().tabeller.items():
        table = table_of(navn)
        hers = {sti: _keys(table, sti, person_id) for sti in tabel.stier}
        for row in whole(table):
            key = tuple(row._mapping[column.name] for column in key_of(table))
            mine = [sti for sti, keys in hers.items() if key in keys]
            for column in tabel.text:
                word = f"kanarie{uuid4().hex}"
                value: Any = {"k": word} if isinstance(table.c[column].type, JSON) else word
                where = [one == own for one, own in zip(key_of(table), key, strict=True)]
                db.session.execute(update(table).where(*where).values({column: value}))
                found.append(
                    Kanarie(
                        word,
                        navn,
                        column,
                        frozenset(sti.role for sti in mine),
                        frozenset(sti.erase for sti in mine),
                    )
                )
    db.session.flush()
    db.session.expire_all()
    return found


def _keys(table: Table, sti: Sti, person_id: UUID) -> set[tuple[Any, ...]]:
    return {
        tuple(row)
        for row in db.session.execute(select(*key_of(table)).where(belongs_to(table, sti, person_id)))
    }


def dump() -> str:
    """Every value of every row, as text."""
    return "\n".join(repr(tuple(row)) for table in metadata.sorted_tables for row in whole(table))
