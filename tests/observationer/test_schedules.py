"""However the device's batches come (late, twice, torn apart, run together): the log is the one in order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from agreed import add_kontrakt
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from people import World
from test_recording_actions import event, send

from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.measures import effective, maal
from supervision.observationer.queries import find_observation_of, list_haendelser
from supervision.observationer.rules import Haendelse

Batches = list[list[dict[str, Any]]]
TAPS = [
    ("taler", "borger"),
    ("taler", "medarbejder"),
    ("fase", "kontrakt"),
    ("emne", "1"),
    ("ugu", "undersoeg"),
    ("ugu", "giv"),
    ("ur", "pause"),
    ("ur", "genoptag"),
    ("note", "Lænede sig frem"),
]


def recorded(rng: random.Random) -> list[dict[str, Any]]:
    """A small log as a device makes it, some of it taken back."""
    events = [event(0, "ur", "start")]
    for nr in range(1, rng.randint(4, 20)):
        if nr > 1 and rng.random() < 0.2:
            events.append(event(nr, "fortryd", rng.choice(events[1:])["id"]))
        else:
            events.append(event(nr, *rng.choice(TAPS)))
    return events


def scheduled(events: list[dict[str, Any]], rng: random.Random) -> Batches:
    """The same events in batches of any size and order, some sent more than once; an undo may come before its tick."""
    sent = [*events, *rng.choices(events, k=rng.randint(0, len(events)))]
    rng.shuffle(sent)
    batches = []
    while sent:
        size = rng.randint(1, len(sent))
        batches.append(sent[:size])
        sent = sent[size:]
    return [batch for batch in batches for _ in range(rng.choice((1, 1, 2)))]


def log_after(batches: Batches, kontrakt: FeedbackKontrakt, world: World) -> list[Haendelse]:
    """What the server has when all have come; the database is as before afterwards."""
    with db.session.begin_nested() as savepoint:
        for batch in batches:
            send(kontrakt, world, batch)
        observation = find_observation_of(kontrakt.id)
        assert observation is not None
        found = list_haendelser(observation.id)
        savepoint.rollback()
    db.session.expire_all()
    return found


def check_schedules(
    kontrakt: FeedbackKontrakt, world: World, examples: int, broken: Callable[[Batches], Batches]
) -> int:
    """Each schedule beside the same log sent in order; how many were tried. broken: what a planted bug does to them."""
    tried = 0

    @settings(max_examples=examples, deadline=None, database=None, derandomize=True)
    @given(st.integers(0, 2**32))
    def one(seed: int) -> None:
        nonlocal tried
        tried += 1
        rng = random.Random(seed)
        events = recorded(rng)
        in_order = log_after([events], kontrakt, world)
        found = log_after(broken(scheduled(events, rng)), kontrakt, world)
        assert effective(found) == effective(in_order)
        assert maal(found) == maal(in_order)

    one()
    return tried


@pytest.fixture
def kontrakt(sqlite_app: Flask, sqlite_world: World) -> Iterator[FeedbackKontrakt]:
    with sqlite_app.app_context():
        made = db.session.get(FeedbackKontrakt, add_kontrakt(sqlite_world))
        assert made is not None
        yield made
        db.session.remove()


@pytest.mark.wide
@pytest.mark.gate("B6")
def test_a_thousand_schedules_end_in_the_same_log(
    kontrakt: FeedbackKontrakt, sqlite_world: World, record_property: Any
) -> None:
    tried = check_schedules(kontrakt, sqlite_world, 1_000, lambda batches: batches)
    record_property("figure", f"{tried:,} of {tried:,} schedules end as in order")
    assert tried >= 1_000


@pytest.mark.gate("B6")
@pytest.mark.planted("B6")
def test_a_lost_batch_is_seen(kontrakt: FeedbackKontrakt, sqlite_world: World) -> None:
    with pytest.raises(AssertionError):
        check_schedules(kontrakt, sqlite_world, 20, lambda batches: batches[:1])
