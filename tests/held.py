"""Samtaler that were held, as rows: many people and quarters of them, quickly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from people import add_person, give_role
from sqlalchemy import insert

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, KontraktKendetegn, Samtale
from supervision.db import db
from supervision.observationer.models import Haendelse, Observation

LONG_AGO = date(2020, 1, 1)
MIDDAY = time(12, 0)


Event = tuple[int, str, str]


def log(
    share: float = 0.4, framed: int = 1, unframed: int = 1, ticks: dict[str, int] | None = None
) -> list[Event]:
    """Events of a samtale of 1000 s: the medarbejder has `share` of the talk, the phases 10/70/10/10 %."""
    at = int(share * 1_000_000)
    events: list[Event] = [
        (0, "ur", "start"),
        (0, "taler", "medarbejder"),
        (at, "taler", "borger"),
        (0, "fase", "kontrakt"),
        (100_000, "fase", "emne"),
        (800_000, "fase", "timeout"),
        (900_000, "fase", "afslutning"),
        (1_000_000, "ur", "slut"),
    ]
    for emne in range(framed + unframed):
        begins = 100_000 + emne * 10_000
        events += [
            (begins, "emne", str(emne + 1)),
            (begins + 1000, "ugu", "undersoeg"),
            (begins + 2000, "ugu", "giv"),
        ]
        events += [(begins + 3000, "ugu", "undersoeg")] if emne < framed else []
    for kode, count in (ticks or {}).items():
        events += [(500_000 + nr, "faerdighed", kode) for nr in range(count)]
    return events


def held(
    fokusperson: UUID,
    observatoer: UUID,
    organisation: UUID,
    day: date,
    *,
    events: Sequence[Event] | None = None,
    kendetegn: Sequence[str] = (),
    parter: Sequence[str] = ("medarbejder", "borger"),
    handed_over: datetime | str | None = "then",
    ended: bool = True,
    at: datetime | None = None,
    type: str = "individuel",
) -> Observation:
    """One observation on `day` (noon in Denmark, or `at`), handed over the next day unless told."""
    startet = at or clock.from_local(day, MIDDAY)
    samtale = Samtale(
        organisation_id=organisation,
        type=type,
        form="fysisk",
        starter_at=startet,
        laengde_min=45,
        oprettet_af=fokusperson,
    )
    kontrakt = FeedbackKontrakt(
        samtale=samtale,
        organisation_id=organisation,
        fokusperson_id=fokusperson,
        observatoer_id=observatoer,
        parter=list(parter),
        oprettet_af=fokusperson,
        aendret_af=fokusperson,
        laast_at=startet,
        kendetegn=[KontraktKendetegn(nr=nr + 1, kode=k, kort=k, tekst=k) for nr, k in enumerate(kendetegn)],
    )
    over = startet + timedelta(days=1) if handed_over == "then" else handed_over
    observation = Observation(
        organisation_id=organisation,
        kontrakt=kontrakt,
        fokusperson_id=fokusperson,
        observatoer_id=observatoer,
        kilde="optager",
        startet_at=startet,
        oprettet_at=startet,
        afsluttet_at=startet + timedelta(seconds=1000) if ended else None,
        overdraget_at=over,
    )
    db.session.add(observation)
    db.session.flush()
    add_events(observation, log() if events is None else events)
    return observation


def from_file(
    fokusperson: UUID,
    organisation: UUID,
    day: date,
    *,
    events: Sequence[Event],
    handed_over: datetime | None = None,
) -> Observation:
    """A log from a file: no kontrakt, no observatør who can sign in, handed over when it came in."""
    startet = clock.from_local(day, MIDDAY)
    observation = Observation(
        organisation_id=organisation,
        fokusperson_id=fokusperson,
        kilde="fil",
        fil_observation=str(uuid4()),
        fil_observatoer="1",
        startet_at=startet,
        oprettet_at=startet,
        afsluttet_at=startet,
        overdraget_at=handed_over or startet,
    )
    db.session.add(observation)
    db.session.flush()
    add_events(observation, events)
    return observation


def add_events(observation: Observation, events: Sequence[Event]) -> None:
    rows = [
        {
            "observation_id": observation.id,
            "id": uuid4(),
            "nr": nr,
            "t_ms": t_ms,
            "spor": spor,
            "kode": kode,
            "modtaget_at": observation.startet_at,
        }
        for nr, (t_ms, spor, kode) in enumerate(events)
    ]
    if rows:
        db.session.execute(insert(Haendelse), rows)


def crew(organisation: UUID, team: UUID, count: int, prefix: str = "Kollega") -> list[UUID]:
    """New medarbejdere of a team, since long ago."""
    made = []
    for nr in range(count):
        person_id = add_person(f"{prefix} Nr{nr}", f"{prefix.lower()}{nr}@test.example", organisation)
        give_role(person_id, "medarbejder", fra=LONG_AGO, team_id=team)
        made.append(person_id)
    return made
