"""A country of many logs, made from a seed: houses of ten teams of ten, each person observed ten times in a year.

The house's ten supervisors observe one in each team, so that each of them knows ten and no whole team.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt, KontraktKendetegn, Samtale
from supervision.db import db
from supervision.observationer.models import Observation
from supervision.personer.models import Organisation, Person, Rolletildeling, Team

TEAMS, PEOPLE, TIMES = 10, 10, 10
LOGS_A_HOUSE = TEAMS * PEOPLE * TIMES
FIRST_DAY = date(2026, 1, 5)
KENDETEGN = ("k_tid", "k_formaal", "no_spoerger")
PATTERNS = 40
"""How many different samtaler there are; each log is one of them with ids of its own."""
MINUTE = 60_000

Row = tuple[int, int, str, str]
"""nr, t_ms, spor, kode."""


@dataclass(frozen=True, slots=True)
class House:
    """An organisation: its teams with their people, and those who observe."""

    id: UUID
    teams: dict[UUID, list[UUID]]
    supervisors: list[UUID]


@dataclass(frozen=True, slots=True)
class Country:
    """What was made."""

    houses: list[House]


def make_country(logs: int, events: int, seed: int) -> Country:
    """Put them all into the empty database and commit. Raises ValueError when `logs` is not whole houses."""
    if logs <= 0 or logs % LOGS_A_HOUSE:
        raise ValueError(f"the number of logs goes up by {LOGS_A_HOUSE}")
    chance = Random(seed)
    patterns = [pattern(chance, events) for _ in range(PATTERNS)]
    houses = []
    for nr in range(logs // LOGS_A_HOUSE):
        house = make_people(chance, nr)
        observed = make_observationer(chance, house)
        db.session.commit()
        store_events(events_of(chance, observed, patterns))
        houses.append(house)
    return Country(houses)


def make_people(chance: Random, nr: int) -> House:
    """A house with its teams, and everybody a medarbejder of one of them since long ago."""
    made = {uuid(chance): [uuid(chance) for _ in range(PEOPLE)] for _ in range(TEAMS)}
    house = House(uuid(chance), made, [uuid(chance) for _ in range(PEOPLE)])
    db.session.execute(
        insert(Organisation), [{"id": house.id, "navn": f"Jobcenter {nr}", "slags": "jobcenter"}]
    )
    teams, roles = [], []
    people = [
        {"id": id_, "navn": f"S {place}", "email": f"s{nr}-{place}@test.example", "organisation_id": house.id}
        for place, id_ in enumerate(house.supervisors)
    ]
    for place, (team, members) in enumerate(house.teams.items()):
        teams.append({"id": team, "navn": f"Team {place}", "organisation_id": house.id})
        for which, person in enumerate(members):
            email = f"p{nr}-{place}-{which}@test.example"
            people.append(
                {"id": person, "navn": f"Person {place}-{which}", "email": email, "organisation_id": house.id}
            )
            roles.append({"id": uuid(chance), "person_id": person, "rolle": "medarbejder", "team_id": team})
    db.session.execute(insert(Team), teams)
    db.session.execute(insert(Person), people)
    db.session.execute(insert(Rolletildeling), [{**role, "fra": date(2020, 1, 1)} for role in roles])
    return house


def make_observationer(chance: Random, house: House) -> list[UUID]:
    """Ten for everybody, each by the same supervisor, handed over the day after it was held."""
    samtaler, kontrakter, kendetegn, observationer = [], [], [], []
    for members in house.teams.values():
        for place, person in enumerate(members):
            by = house.supervisors[place]
            for turn in range(TIMES):
                held = clock.from_local(
                    FIRST_DAY + timedelta(days=turn * 30 + chance.randrange(28)), time(10)
                )
                samtale, kontrakt, log = (uuid(chance) for _ in range(3))
                samtaler.append(_samtale(samtale, house.id, person, held))
                kontrakter.append(_kontrakt(kontrakt, samtale, house.id, person, by, held))
                kendetegn += [
                    {"kontrakt_id": kontrakt, "nr": nr, "kode": kode, "kort": kode, "tekst": kode}
                    for nr, kode in enumerate(KENDETEGN, 1)
                ]
                observationer.append(_observation(log, kontrakt, house.id, person, by, held))
    for model, rows in (
        (Samtale, samtaler),
        (FeedbackKontrakt, kontrakter),
        (KontraktKendetegn, kendetegn),
        (Observation, observationer),
    ):
        db.session.execute(insert(model), rows)
    return [row["id"] for row in observationer]


def _samtale(id_: UUID, house: UUID, person: UUID, held: datetime) -> dict[str, Any]:
    return {
        "id": id_,
        "organisation_id": house,
        "type": "individuel",
        "form": "fysisk",
        "starter_at": held,
        "laengde_min": 45,
        "oprettet_af": person,
    }


def _kontrakt(
    id_: UUID, samtale: UUID, house: UUID, person: UUID, by: UUID, held: datetime
) -> dict[str, Any]:
    return {
        "id": id_,
        "samtale_id": samtale,
        "organisation_id": house,
        "fokusperson_id": person,
        "observatoer_id": by,
        "parter": ["medarbejder", "borger"],
        "oprettet_af": person,
        "aendret_af": person,
        "laast_at": held,
    }


def _observation(
    id_: UUID, kontrakt: UUID, house: UUID, person: UUID, by: UUID, held: datetime
) -> dict[str, Any]:
    return {
        "id": id_,
        "organisation_id": house,
        "kontrakt_id": kontrakt,
        "fokusperson_id": person,
        "observatoer_id": by,
        "kilde": "optager",
        "startet_at": held,
        "oprettet_at": held,
        "afsluttet_at": held + timedelta(hours=1),
        "overdraget_at": held + timedelta(days=1),
    }


def pattern(chance: Random, events: int) -> list[Row]:
    """A samtale of 45 minutes: four phases, emner with U and G, ticks, a pause, and talk for all that is left."""
    rows: list[tuple[int, str, str]] = [(0, "ur", "start"), (45 * MINUTE, "ur", "slut")]
    rows += [(20 * MINUTE, "ur", "pause"), (21 * MINUTE, "ur", "genoptag")]
    rows += zip(
        (0, 4 * MINUTE, 30 * MINUTE, 40 * MINUTE),
        ["fase"] * 4,
        ("kontrakt", "emne", "timeout", "afslutning"),
        strict=True,
    )
    for emne in range(1, 4):
        at = (emne * 7) * MINUTE
        rows += [(at, "emne", str(emne)), (at, "ugu", "undersoeg"), (at + MINUTE, "ugu", "giv")]
        rows += [(at + 2 * MINUTE, "ugu", "undersoeg")] if chance.random() < 0.6 else []
    rows += [
        (chance.randrange(45 * MINUTE), "faerdighed", chance.choice(KENDETEGN)) for _ in range(events // 10)
    ]
    left = max(2, events - len(rows))
    lean = chance.uniform(0.3, 0.7)
    for turn in range(left):
        at = int(45 * MINUTE * (turn + (lean if turn % 2 else 0)) / left)
        rows.append((at, "taler", ("medarbejder", "borger")[turn % 2]))
    rows.sort(key=lambda row: row[0])
    return [(nr, *row) for nr, row in enumerate(rows[:events])]


def events_of(
    chance: Random, observed: Iterable[UUID], patterns: list[list[Row]]
) -> Iterator[tuple[UUID, UUID, int, int, str, str]]:
    """The rows of these logs, log by log."""
    for log in sorted(observed):
        for nr, t_ms, spor, kode in chance.choice(patterns):
            yield log, uuid(chance), nr, t_ms, spor, kode


def store_events(rows: Iterable[tuple[UUID, UUID, int, int, str, str]]) -> None:
    """Put them into the table by the driver's quickest way, and commit."""
    now = clock.now()
    columns = "observation_id, id, nr, t_ms, spor, kode, modtaget_at"
    connection = db.engine.raw_connection()
    cursor: Any = connection.cursor()
    if db.engine.dialect.name == "postgresql":
        with cursor.copy(f"COPY haendelse ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row, now))
    else:
        stamp = now.strftime("%Y-%m-%d %H:%M:%S.%f")
        as_stored = ((log.hex, id_.hex, *rest, stamp) for log, id_, *rest in rows)
        cursor.execute("BEGIN IMMEDIATE")
        cursor.executemany(f"INSERT INTO haendelse ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", as_stored)
    connection.commit()
    connection.close()


def uuid(chance: Random) -> UUID:
    """A random id that the seed decides."""
    return UUID(int=chance.getrandbits(128), version=4)
