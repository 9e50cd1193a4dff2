"""Links that open the recorder on another device, and the devices that were opened."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import or_, select

from supervision import clock
from supervision.aftaler.queries import get_kontrakt_to_record
from supervision.db import db
from supervision.observationer.models import Enhedslink
from supervision.observationer.queries.logs import find_observation_of
from supervision.personer.models import Person
from supervision.problems import NotFound, RuleBroken

DEVICE_OPEN = timedelta(hours=12)
"""How long a device that was opened by a link may use the recorder."""
READ_ALIKE = str.maketrans("oil", "011", " -")


def hash_of_code(code: str) -> str:
    """What is kept of a device link's code. Case, hyphens and letters that look like digits make no difference."""
    return sha256(code.lower().translate(READ_ALIKE).encode()).hexdigest()


def find_open_link(code: str) -> tuple[Enhedslink, Person] | None:
    """The link that this code opens now, and whose it is. None when unknown, used, taken back or too old, and when
    the person or the recorder of the kontrakt is closed."""
    now = clock.now()
    found = db.session.execute(
        select(Enhedslink, Person)
        .join(Person, Person.id == Enhedslink.person_id)
        .where(Enhedslink.token_hash == hash_of_code(code), Person.active, Enhedslink.udloeber_at > now)
        .where(Enhedslink.brugt_at.is_(None), Enhedslink.tilbagekaldt_at.is_(None))
    ).first()
    if found is None:
        return None
    try:
        get_kontrakt_to_record(found[0].kontrakt_id, viewer=found[1])
    except (NotFound, RuleBroken):
        return None
    observation = find_observation_of(found[0].kontrakt_id)
    return None if observation and observation.afsluttet_at else (found[0], found[1])


def list_device_links(kontrakt_id: UUID, *, viewer: Person) -> list[Enhedslink]:
    """The viewer's links to a kontrakt that are not taken back, newest first: those that wait to be used (or ran
    out waiting), and those whose device is open still."""
    return list(
        db.session.scalars(
            select(Enhedslink)
            .where(Enhedslink.kontrakt_id == kontrakt_id, Enhedslink.person_id == viewer.id)
            .where(Enhedslink.tilbagekaldt_at.is_(None))
            .where(or_(Enhedslink.brugt_at.is_(None), Enhedslink.brugt_at > clock.now() - DEVICE_OPEN))
            .order_by(Enhedslink.oprettet_at.desc(), Enhedslink.id)
        )
    )


def is_device_open(link_id: UUID) -> bool:
    """Whether the device that was opened by this link may still use the recorder."""
    now = clock.now()
    wanted = select(Enhedslink.id).where(
        Enhedslink.id == link_id,
        Enhedslink.tilbagekaldt_at.is_(None),
        Enhedslink.brugt_at > now - DEVICE_OPEN,
    )
    return db.session.scalar(wanted) is not None
