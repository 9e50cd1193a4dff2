"""Sealed notes: what a browser locked is opened here, and here alone; stored is what was written."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import add_kontrakt
from flask import Flask
from people import World

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.actions.recording import Receipt, store_haendelser
from supervision.observationer.formats import forseglet
from supervision.observationer.queries import list_haendelser
from supervision.personer.models import Person

SECRET = "en hemmelig nøgle til test"
KONTRAKT = UUID("5d3b7d0e-9f59-4f0b-8c54-0b9a6c1e2f02")
NOTE = "Du spurgte, og du ventede på svaret 🌱"
KEY = forseglet.Forseglingsnoegle(
    kid="94bc89ab",
    noegle="BBFQbMNQHCLMvDLtr1V5AVx7-1sgX1wZCwuuzAQc1fb5YxWa8JUNvoJzu-zaAT9Vt7_u7Bl009QF0GVe_39urv0",
)
"""Worked out apart from the product: RFC 5869 with `hmac`, and P-256 by adding points."""
OF_THE_KONTRAKT = (
    "forseglet.1.94bc89ab"
    ".BCsEtkM-bBlqQUdlLVf0awroiMglDMHyWtnwS0hbwdZYdvVOrlrtJNjZP8j-Z0g2bvRgsKm_ipPsHk7bwbP6V80"
    ".TtVIs-_T196upDlA"
    ".DQ_Azt1Lk-WqNJfAjSOoLFZ6Q4f_g-0ezCkLJ_HRDuYtTaXbYB5mPL3J31Qd4x9MeNmuUD5fItWE"
)
"""Sealed by Web Crypto as a browser does."""


def opened(text: str, *, secret: str = SECRET, kontrakt: UUID = KONTRAKT) -> str:
    return forseglet.open_sealed(text, secret, kontrakt)


def test_the_key_comes_from_the_secret_alone() -> None:
    assert forseglet.public_key(SECRET) == KEY
    assert forseglet.public_key(SECRET + "!") != KEY


def test_what_a_browser_sealed_is_opened() -> None:
    assert opened(OF_THE_KONTRAKT) == NOTE


@pytest.mark.parametrize("text", ["", "æøå", "x" * 2000, "🌱" * 2000, "linje\nlinje"])
def test_there_and_back(text: str) -> None:
    first, second = (forseglet.seal(text, KEY, KONTRAKT) for _ in range(2))
    assert first != second
    assert len(first) <= forseglet.MAX_SEALED
    assert forseglet.is_sealed(first)
    assert opened(first) == opened(second) == text


@pytest.mark.parametrize(
    "text",
    [
        None,
        5,
        "forseglet",
        "forseglet.",
        "forseglet. Vi talte om brevet.",
        "forseglet.1.94bc89ab",
        "forseglet.1.94bc89ab..b.c",
        "forseglet.1.94BC89AB.a.b.c",
        "forseglet.2.94bc89ab.a.b.c",
        f"{OF_THE_KONTRAKT} ",
        f"{OF_THE_KONTRAKT}\n",
        f"{OF_THE_KONTRAKT}.d",
        f"{OF_THE_KONTRAKT}=",
        f" {OF_THE_KONTRAKT}",
    ],
)
def test_what_only_begins_like_it_is_plain_text(text: object) -> None:
    assert not forseglet.is_sealed(text)


@pytest.mark.parametrize("part", [3, 4, 5])
@pytest.mark.parametrize("damage", ["cut", "changed", "longer", "empty_ish"])
def test_a_damaged_note_is_not_opened(part: int, damage: str) -> None:
    parts = OF_THE_KONTRAKT.split(".")
    found = parts[part]
    other = "A" if found[5] != "A" else "B"
    parts[part] = {
        "cut": found[:-3],
        "changed": found[:5] + other + found[6:],
        "longer": found + "AAAA",
        "empty_ish": "A",
    }[damage]
    text = ".".join(parts)
    assert forseglet.is_sealed(text)
    with pytest.raises(forseglet.NotOpened, match="beskadiget") as problem:
        opened(text)
    assert (problem.value.field, problem.value.text) == ("kode", forseglet.DAMAGED)


def test_a_note_of_another_place_or_another_key_is_not_opened() -> None:
    for other in ({"kontrakt": uuid4()},):
        with pytest.raises(forseglet.NotOpened, match="beskadiget"):
            opened(OF_THE_KONTRAKT, **other)
    with pytest.raises(forseglet.NotOpened, match="beskadiget"):
        opened(OF_THE_KONTRAKT, kontrakt=uuid4())
    with pytest.raises(forseglet.NotOpened, match="en ældre nøgle"):
        opened(OF_THE_KONTRAKT, secret="en anden")
    for point in ("A" * 87, "BA" + "A" * 85):
        with pytest.raises(forseglet.NotOpened, match="beskadiget"):
            opened(".".join((*OF_THE_KONTRAKT.split(".")[:3], point, *OF_THE_KONTRAKT.split(".")[4:])))


@pytest.fixture
def kontrakt(context: Flask, world: World) -> FeedbackKontrakt:
    return db.session.get_one(FeedbackKontrakt, add_kontrakt(world))


def note(kontrakt: FeedbackKontrakt, text: str, *, nr: int = 1, sealed: bool = True) -> dict[str, Any]:
    id_ = uuid4()
    kode = forseglet.seal(text, KEY, kontrakt.id) if sealed else text
    return {"id": str(id_), "nr": nr, "t_ms": nr * 1000, "spor": "note", "kode": kode}


def store(
    kontrakt: FeedbackKontrakt, world: World, *raw: dict[str, Any], secret: str | None = SECRET
) -> Receipt:
    jonas = db.session.get_one(Person, world.jonas)
    return store_haendelser(kontrakt=kontrakt, by=jonas, startet_at=None, raw=raw, secret=secret)


def test_stored_is_what_was_written_and_sealed_or_plain_it_is_the_same_event(
    kontrakt: FeedbackKontrakt, world: World
) -> None:
    long = note(kontrakt, "🌱" * 2000)
    sealed, plain = note(kontrakt, NOTE, nr=2), note(kontrakt, "forseglet. Vi talte", nr=3, sealed=False)
    in_capitals = {**sealed, "id": sealed["id"].upper()}
    receipt = store(kontrakt, world, long, sealed, plain, in_capitals)
    assert (len(receipt.gemt), receipt.konflikt, receipt.afvist) == (3, [], [])
    sealed_anew = forseglet.seal(NOTE, KEY, kontrakt.id)
    for kode in (NOTE, sealed_anew):
        receipt = store(kontrakt, world, {**sealed, "kode": kode})
        assert (len(receipt.gemt), receipt.konflikt, receipt.antal) == (1, [], 3)
    kept = [event.kode for event in list_haendelser(receipt.observation_id)]
    assert kept == ["🌱" * 2000, NOTE, "forseglet. Vi talte"]


def test_a_note_that_cannot_be_opened_is_refused_alone(kontrakt: FeedbackKontrakt, world: World) -> None:
    good = note(kontrakt, NOTE)
    elsewhere = {**note(kontrakt, NOTE), "kode": forseglet.seal(NOTE, KEY, uuid4())}
    older = {**note(kontrakt, NOTE), "kode": OF_THE_KONTRAKT.replace("94bc89ab", "00000000")}
    too_long = note(kontrakt, "x" * 2001)
    no_id = {**note(kontrakt, NOTE), "id": "1"}
    not_a_note = {**note(kontrakt, NOTE), "spor": "taler"}
    receipt = store(kontrakt, world, elsewhere, older, too_long, no_id, not_a_note, good)
    assert receipt.gemt == [UUID(good["id"])]
    assert [(refused.plads, refused.felt) for refused in receipt.afvist] == [
        (0, "kode"), (1, "kode"), (2, "kode"), (3, "id"), (4, "kode"),
    ]  # fmt: skip
    told = [refused.fejl for refused in receipt.afvist]
    assert told[:2] == [forseglet.DAMAGED, forseglet.OLDER_KEY]
    assert told[2] == "Må højst fylde 2000 tegn; her er 2001."
    assert receipt.antal == 1
    assert store(kontrakt, world, note(kontrakt, NOTE), secret=None).afvist[0].fejl == forseglet.OLDER_KEY
