"""What the groups write together at their meetings: planche, number, lykkes bedre, tjek ud.

A round's meeting is made elsewhere, under the name `row_id("moede:<group>:<number>", "moede")`; where it is missing,
nothing is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import yaml

from supervision import clock
from supervision.db import db
from supervision.demo.houses import Byen
from supervision.demo.ids import id_of, numbered, row_id
from supervision.demo.texts import CONTENT
from supervision.demo.year import Rundeplan, list_runder
from supervision.grupper.actions import mark_plenumaftale
from supervision.grupper.actions.sammen import carry_out
from supervision.grupper.actions.tjek_ud import take_up
from supervision.grupper.models import Moede, Plenumaftale, Seddel, TjekUd
from supervision.grupper.rules import aftale_tilstand
from supervision.grupper.rules import sammen as rules
from supervision.grupper.rules.sammen import Handling
from supervision.personer.models import Person

INTO_THE_MEETING = timedelta(minutes=50)
PER_QUESTION = 3
OWNED = ("mere", "nyt")
"""The fields of lykkes bedre of which somebody takes the entry on: a member the first, everybody the second."""


@cache
def load_skrevet() -> dict[str, Any]:
    """The content file: lists of notes by field, and the numbers."""
    found: dict[str, Any] = yaml.safe_load((CONTENT / "planche.yaml").read_text(encoding="utf-8"))
    return found


def moede_id(runde: Rundeplan, nr: int | None = None) -> UUID:
    """The meeting of the round (or of the group's `nr`th)."""
    return row_id(_scope(runde, runde.nr if nr is None else nr), "moede")


def write_together(byen: Byen, first: datetime, since: datetime | None, until: datetime) -> None:
    """At the meetings that were held between two moments (since None: from the beginning)."""
    for runde in list_runder(clock.local(first).date(), clock.local(until).date()):
        moede = db.session.get(Moede, moede_id(runde))
        if moede is None or moede.begyndt_at is None or moede.aflyst_at is not None:
            continue
        at = moede.begyndt_at + INTO_THE_MEETING
        if at < until and (since is None or at >= since):
            with clock.travel(at), numbered(f"sammen:{runde.gruppe.key}:{runde.nr}"):
                _take_up(byen, runde)
                _write(byen, runde, moede)


def _write(byen: Byen, runde: Rundeplan, moede: Moede) -> None:
    keys = byen.medlemmer(runde.gruppe)
    for place, handling in enumerate(_board(byen, runde)):
        writer = _owner(byen, runde) if handling.op == rules.JA else keys[place % len(keys)]
        carry_out(moede, [handling], by=byen.people[writer])
    for place, handling in enumerate(_boxes(runde)):
        by = byen.people[keys[place % len(keys)]]
        carry_out(moede, [handling], by=by, kvittering=_receipt(moede, by))


def _board(byen: Byen, runde: Rundeplan) -> Iterator[Handling]:
    """The notes of planchen, the number, and lykkes bedre with its owners."""
    skrevet = load_skrevet()
    for felt in rules.PLANCHE_FELTER:
        for place in range(2 if felt == "oevet" else PER_QUESTION):
            yield _note(runde, felt, place, _pick(skrevet["planche"][felt], runde, place, PER_QUESTION))
    tal = skrevet["tal"]
    yield Handling(rules.SAET_TAL, _id(runde, "tal", 0), tal=tal[runde.nr % len(tal)])
    for felt in rules.LYKKES_FELTER:
        note = _note(runde, felt, 0, _pick(skrevet["lykkes"][felt], runde, 0, 1))
        yield note
        if felt in OWNED:
            ejer = byen.people[_owner(byen, runde)]
            chosen = str(ejer.id) if felt == OWNED[0] else rules.ALLE
            yield Handling(rules.EJER, _id(runde, f"ejer-{felt}", 0), seddel=note.seddel, ejer=chosen)
            if chosen != rules.ALLE:
                yield Handling(rules.JA, _id(runde, f"ja-{felt}", 0), seddel=note.seddel)


def _boxes(runde: Rundeplan) -> Iterator[Handling]:
    skrevet = load_skrevet()["tjek_ud"]
    for boks in rules.TJEK_UD_BOKSE:
        many = 1 if boks == "men" else 2
        for place in range(many):
            tekst = _pick(skrevet[boks], runde, place, many)
            line = _id(runde, f"tjek-{boks}", place)
            yield Handling(rules.TJEK, id_of(str(line), "sendt"), seddel=line, felt=boks, tekst=tekst)


def _take_up(byen: Byen, runde: Rundeplan) -> None:
    """What the last meeting left: the facilitator takes the "Men" up, and the group says how its agreements went."""
    leder = byen.people[runde.gruppe.facilitator]
    men = db.session.get(TjekUd, _id(runde, "tjek-men", 0, runde.nr - 1))
    if men is not None and men.taget_op is None:
        take_up(men, by=leder, taget_op=True)
    for felt, answer in zip(OWNED, ("gjort", "droppet" if runde.nr % 3 == 2 else "gjort"), strict=True):
        note = db.session.get(Seddel, _id(runde, felt, 0, runde.nr - 1))
        aftale = db.session.get(Plenumaftale, note.plenumaftale_id) if note and note.plenumaftale_id else None
        if aftale is not None and aftale_tilstand(aftale) == "aaben":
            mark_plenumaftale(aftale, maerke=answer, dag=clock.today(), by=leder)


def _note(runde: Rundeplan, felt: str, place: int, tekst: str) -> Handling:
    seddel = _id(runde, felt, place)
    return Handling(rules.SKRIV, id_of(str(seddel), "skrevet"), seddel=seddel, felt=felt, tekst=tekst)


def _pick(texts: list[str], runde: Rundeplan, place: int, each: int) -> str:
    """Each group begins at another place in the list."""
    return texts[(runde.nr * each + place + runde.gruppe.forskudt) % len(texts)]


def _owner(byen: Byen, runde: Rundeplan) -> str:
    keys = byen.medlemmer(runde.gruppe)
    return keys[runde.nr % len(keys)]


def _receipt(moede: Moede, by: Person) -> str:
    """What a device's word would be hashed to, the same each time the demo is made."""
    return hashlib.sha256(id_of("kvittering", str(moede.id), str(by.id)).bytes).hexdigest()


def _id(runde: Rundeplan, what: str, place: int, nr: int | None = None) -> UUID:
    return id_of(_scope(runde, runde.nr if nr is None else nr), what, str(place))


def _scope(runde: Rundeplan, nr: int) -> str:
    return f"moede:{runde.gruppe.key}:{nr}"
