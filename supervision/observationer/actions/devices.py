"""A link that opens the recorder on another device of the same person: made, used once, taken back."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, update

from supervision import clock, history
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.models import Enhedslink
from supervision.observationer.queries import find_observation_of, hash_of_code, list_device_links
from supervision.personer.models import Person
from supervision.problems import NotAllowed, RuleBroken

LIFETIME = timedelta(minutes=10)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Small letters and digits, so that an address can be typed; without i, l, o and u, which are misread."""
CODE_LENGTH = 28
"""140 bits of chance; at least 128 are asked for."""
KEPT = timedelta(days=1)
"""How long a link's row is kept after the link has run out; no device stays open for as long."""


def make_link(*, kontrakt: FeedbackKontrakt, by: Person) -> tuple[Enhedslink, str]:
    """A new link and its code, which is kept nowhere. The person's unused links to this kontrakt stop working.

    The caller holds the kontrakt (`get_kontrakt_to_record`), so that two at once wait for each other.
    Raises NotAllowed for anybody but the observatør, RuleBroken when the samtale has been ended.
    """
    if kontrakt.observatoer_id != by.id:
        raise NotAllowed
    observation = find_observation_of(kontrakt.id)
    if observation is not None and observation.afsluttet_at is not None:
        raise RuleBroken("Samtalen er afsluttet, så optageren er lukket.")
    now = clock.now()
    db.session.execute(delete(Enhedslink).where(Enhedslink.udloeber_at < now - KEPT))
    for older in list_device_links(kontrakt.id, viewer=by):
        if older.brugt_at is None:
            _take_back(older, by)
    db.session.flush()
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    link = Enhedslink(
        kontrakt_id=kontrakt.id,
        person_id=by.id,
        token_hash=hash_of_code(code),
        oprettet_at=now,
        udloeber_at=now + LIFETIME,
    )
    db.session.add(link)
    db.session.flush()
    history.note("lavede_enhedslink", link, by=by.id)
    return link, "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def use_link(*, link: Enhedslink) -> None:
    """Use the link up: of two at once, one gets it. Raises RuleBroken for the other, or when it is closed."""
    now = clock.now()
    used = db.session.execute(
        update(Enhedslink)
        .where(
            Enhedslink.id == link.id,
            Enhedslink.brugt_at.is_(None),
            Enhedslink.tilbagekaldt_at.is_(None),
            Enhedslink.udloeber_at > now,
        )
        .values(brugt_at=now)
        .returning(Enhedslink.id)
    ).first()
    if used is None:
        raise RuleBroken("Linket virker ikke længere.")
    history.note("brugte_enhedslink", link, by=link.person_id)
    db.session.flush()


def take_back_links(*, kontrakt: FeedbackKontrakt, by: Person) -> None:
    """Close the person's links to this kontrakt, and the devices that were opened by them.

    Raises NotAllowed for anybody but the observatør.
    """
    if kontrakt.observatoer_id != by.id:
        raise NotAllowed
    for link in list_device_links(kontrakt.id, viewer=by):
        _take_back(link, by)
    db.session.flush()


def _take_back(link: Enhedslink, by: Person) -> None:
    link.tilbagekaldt_at = clock.now()
    history.note("tilbagekaldte_enhedslink", link, by=by.id)
