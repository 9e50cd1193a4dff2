"""Erasing a person (GDPR art. 17): by the privacy map, in one transaction, noted in the journal before it is committed.

What is about them goes. What they wrote to others is the others', and stays with nobody's name: a new row without a
past, different for each erasure, so that nothing joins it to whoever it was. Published figures stay as they were (R6).
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Table, delete, exists, select, update

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, Samtale
from supervision.db import db, metadata
from supervision.history import Historik
from supervision.observationer.models import Observation
from supervision.personer.models import Organisation, Person
from supervision.privacy import Sti, privacy_map
from supervision.problems import RuleBroken
from supervision.rettigheder.actions.fjern import remove
from supervision.rettigheder.formats import journal as journals
from supervision.rettigheder.queries.stier import belongs_to, meets, table_of

INGEN = "En tidligere kollega"
LAST_ADMINISTRATOR = "Du er den eneste administrator. Gør en anden til administrator først."


def erase_person(person_id: UUID, *, journal: Path, by: UUID | None = None) -> bool:
    """Erase everything about the person. False when there is no such person any more. Does not commit."""
    person = db.session.get(Person, person_id)
    if person is None or person.slettet_at is not None:
        return False
    if person_id not in {line.id for line in journals.read(journal)}:
        journals.append(journal, Person.__tablename__, person_id, clock.now())
    organisation_id = person.organisation_id
    ingen = _make_nobody(organisation_id)
    _withdraw_what_was_never_given(person_id, ingen)
    samtaler = _samtaler_of(person_id)
    for table, sti in _paths("delete"):
        remove(table, belongs_to(table, sti, person_id))
    for table, sti in [*_paths("nobody"), *_paths("null")]:
        _replace(table, sti, person_id, ingen if sti.erase == "nobody" else None)
    remove_lonely_samtaler(samtaler)
    db.session.execute(delete(Historik).where(Historik.genstand_id == person_id))
    db.session.execute(delete(table_of("person")).where(Person.id == person_id))
    db.session.expire_all()
    _note(organisation_id, by)
    return True


def remove_lonely_samtaler(ids: set[UUID]) -> None:
    """Take those of these samtaler away that no kontrakt is left for."""
    lonely = ~exists().where(FeedbackKontrakt.samtale_id == Samtale.id)
    remove(table_of("samtale"), Samtale.id.in_(ids) & lonely)


def replay_deletions(journal: Path) -> int:
    """Delete again what the journal names and the database holds, as after a restore. How much it was. Commits."""
    again = 0
    for line in journals.read(journal):
        if line.slags == Person.__tablename__:
            again += erase_person(line.id, journal=journal)
        elif line.slags in ("feedback_kontrakt", "observation"):
            table = table_of(line.slags)
            samtaler = _samtaler_behind(line.id)
            again += line.id in {key[0] for key in remove(table, table.c.id == line.id)[line.slags]}
            remove_lonely_samtaler(samtaler)
        db.session.commit()
    return again


def check_may_leave(person: Person) -> None:
    """Raises RuleBroken when nobody could run the system without them."""
    if not person.har_rolle("administrator"):
        return
    others = db.session.scalars(select(Person).where(Person.active, Person.id != person.id))
    if not any(other.har_rolle("administrator") for other in others):
        raise RuleBroken(LAST_ADMINISTRATOR)


def _paths(erase: str) -> list[tuple[Table, Sti]]:
    """The paths of one kind, children's tables first; the person's own row is left to the end."""
    tabeller = privacy_map().tabeller
    order = [table for table in reversed(metadata.sorted_tables) if table.name != "person"]
    return [(table, sti) for table in order for sti in tabeller[table.name].stier if sti.erase == erase]


def _make_nobody(organisation_id: UUID) -> UUID:
    ingen = uuid4()
    db.session.add(
        Person(
            id=ingen,
            organisation_id=organisation_id,
            navn=INGEN,
            email=f"ingen-{ingen.hex}@slettet.invalid",
            active=False,
            slettet_at=clock.now(),
        )
    )
    db.session.flush()
    return ingen


def _withdraw_what_was_never_given(person_id: UUID, ingen: UUID) -> None:
    """A kontrakt on which the person was to observe, and never handed a log over, is off."""
    given = exists().where(
        Observation.kontrakt_id == FeedbackKontrakt.id, Observation.overdraget_at.is_not(None)
    )
    db.session.execute(
        update(FeedbackKontrakt)
        .where(FeedbackKontrakt.observatoer_id == person_id, FeedbackKontrakt.trukket_at.is_(None), ~given)
        .values(trukket_at=clock.now(), trukket_af=ingen),
        execution_options={"synchronize_session": False},
    )


def _samtaler_of(person_id: UUID) -> set[UUID]:
    return set(
        db.session.scalars(
            select(FeedbackKontrakt.samtale_id).where(FeedbackKontrakt.fokusperson_id == person_id)
        )
    )


def _samtaler_behind(kontrakt_id: UUID) -> set[UUID]:
    return set(
        db.session.scalars(select(FeedbackKontrakt.samtale_id).where(FeedbackKontrakt.id == kontrakt_id))
    )


def _replace(table: Table, sti: Sti, person_id: UUID, stand_in: UUID | None) -> None:
    (column,) = sti.kolonner
    texts = {name: None if table.c[name].nullable else "" for name in sti.empty}
    mine = (table.c[column] == person_id) & meets(table, sti.when)
    db.session.execute(update(table).where(mine).values({column: stand_in, **texts}))


def _note(organisation_id: UUID, by: UUID | None) -> None:
    """That somebody of the organisation was erased, not who."""
    db.session.add(
        Historik(
            at=clock.now(),
            person_id=by,
            handling="slettede_en_person",
            genstand=Organisation.__tablename__,
            genstand_id=organisation_id,
        )
    )
    db.session.flush()
