"""What the populated house does not hold: things half-way, which other forms are about."""

from __future__ import annotations

from typing import Any

from agreed import add_kontrakt
from populated import Populated
from road import agreed, person, recorded, sent, written

from supervision import clock
from supervision.db import db
from supervision.grupper.models import Manual
from supervision.katalog.actions.principper import create_princip, take_out_princip
from supervision.observationer.actions import devices
from supervision.personer.actions import beskeder, people
from supervision.rettigheder.actions.egne import ask_for_erasure


def further(made: Populated) -> list[dict[str, Any]]:
    """The values of addresses, once as the house has them and once for each thing half-way. Commits."""
    world, own = made.world, made.own
    mette, jonas, administrator = person(world.mette), person(world.jonas), person(world.administrator)
    just_ended = recorded(agreed(mette, jonas), jonas)
    draft = written(recorded(agreed(mette, jonas), jonas), jonas)
    unread = written(recorded(agreed(mette, jonas), jonas), jonas)
    sent(unread, jonas)
    people.deactivate(person(world.noise), by=administrator)
    beskeder.make_kalenderlink(by=mette)
    whole = {"organisation_id": own["organisation_id"], "version": 2, "tekst": "## Ny manual"}
    manual = Manual(**whole, oprettet_at=clock.now(), oprettet_af=mette.id, aendret_at=clock.now())
    db.session.add(manual)
    db.session.flush()
    house = {"organisation_id": own["organisation_id"], "by": administrator}
    second, third = (
        create_princip(tekst=tekst, **house) for tekst in ("Ét spørgsmål ad gangen", "Tag tiden")
    )
    take_out_princip(third, by=administrator)
    to_record = agreed(mette, jonas)
    devices.make_link(kontrakt=to_record, by=jonas)
    ask_for_erasure(by=jonas)
    states = [
        {"kontrakt_id": add_kontrakt(world, yes=("mette",))},
        {"kontrakt_id": to_record.id},
        {"kontrakt_id": just_ended.kontrakt_id, "observation_id": just_ended.id},
        {"observation_id": draft.observation_id, "feedback_id": draft.id},
        {"feedback_id": unread.id, "punkt_id": unread.punkter[0].id},
        {"person_id": world.noise},
        {"manual_id": manual.id},
        {"princip_id": second.id},
        {"princip_id": third.id},
        {"person_id": world.jonas},
    ]
    db.session.commit()
    return [own, *({**own, **state} for state in states)]
