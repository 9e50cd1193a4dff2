"""A group with a meeting and samtaler behind it, made by the product's own acts; and noise that must never show."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from held import held, log
from people import World, add_person, give_role
from road import person

from supervision import clock
from supervision.db import db
from supervision.grupper import actions, queries
from supervision.grupper.models import Gruppemedlem, Laeringsgruppe, Moede, Runde
from supervision.observationer.models import Observation

NU = datetime(2026, 11, 18, 12, tzinfo=clock.DANISH_TIME)
MOEDET = datetime(2026, 11, 18, 13, tzinfo=clock.DANISH_TIME)


def make_gruppe(world: World, members: int = 5) -> Laeringsgruppe:
    """Lone facilitates Mette, Jonas, Åse and so many more that they are `members`; a round runs."""
    leder = person(world.leder)
    gruppe = actions.create_gruppe(navn="Torsdagsgruppen", by=leder)
    for nr in range(members - 3):
        world.people[f"medlem{nr}"] = add_person(
            f"Medlem {nr}", f"medlem{nr}@test.example", world.organisations["jobcenter"]
        )
        give_role(world.people[f"medlem{nr}"], "medarbejder", team_id=world.teams["nord"])
    for name in names(members):
        actions.add_medlem(gruppe, person=person(world.people[name]), by=leder)
    today = clock.today()
    actions.create_runde(gruppe, navn="Efteråret", fra=today - timedelta(days=40), til=today, by=leder)
    return gruppe


def names(members: int = 5) -> list[str]:
    return ["mette", "jonas", "aase", *(f"medlem{nr}" for nr in range(members - 3))]


def call(gruppe: Laeringsgruppe, world: World, start: datetime = MOEDET, minutter: int = 120) -> Moede:
    runde: Runde = gruppe.runder[0]
    return actions.call_moede(
        gruppe,
        start_at=start,
        minutter=minutter,
        sted="Lokale 2",
        runde=runde,
        tjek_ud_anonymt=True,
        by=person(world.leder),
    )


def samtale_of(world: World, name: str, share: float, ticks: int = 0, days: int = 5) -> Observation:
    """A samtale of theirs that was handed over; the medarbejder has `share` of the talk."""
    return held(
        world.people[name],
        world.supervisor,
        world.organisations["jobcenter"],
        clock.today() - timedelta(days=days),
        events=log(share=share, ticks={"k_tid": ticks}),
        kendetegn=("k_tid",),
    )


def put(moede: Moede, world: World, name: str, *observationer: Observation) -> None:
    actions.put_on_table(
        moede,
        samtaler=[one.id for one in observationer],
        punkter=[],
        med_navn=False,
        by=person(world.people[name]),
    )


def add_noise(world: World) -> UUID:
    """Another group of the same name with a running meeting: three people's samtaler lie on its table."""
    other = Laeringsgruppe(
        organisation_id=world.organisations["jobcenter"],
        navn="Torsdagsgruppen",
        facilitator_id=world.sydleder,
        oprettet_at=clock.now(),
        medlemmer=[
            Gruppemedlem(person_id=world.people[name], ind_at=clock.now()) for name in ("noise", "fremmed")
        ],
    )
    db.session.add(other)
    db.session.flush()
    moede = actions.call_moede(
        other,
        start_at=MOEDET,
        minutter=60,
        sted="kanarie-sted",
        runde=None,
        tjek_ud_anonymt=False,
        by=person(world.sydleder),
    )
    for name in ("noise", "fremmed"):
        put(moede, world, name, samtale_of(world, name, 0.99, ticks=9))
    return moede.id


def shown(moede: Moede, world: World, viewer: str) -> dict[str, dict[str, str]] | None:
    """The picture as the viewer has it: part -> name of a row -> its words; None when there is none."""
    billede = queries.find_billede(moede, viewer=person(world.people[viewer]))
    if billede is None:
        return None
    parts = queries.read_billede(billede)
    return {part.noegle: {row.kode: row.tekst for row in part.raekker} for part in parts}
