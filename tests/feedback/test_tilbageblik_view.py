"""The lookback of whoever observes: counted by the rules from their own sent sentences, for their own eyes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from letters import drafted, ended
from people import World
from web import Browser

from supervision.db import db
from supervision.feedback import queries
from supervision.feedback.actions import writing
from supervision.feedback.models import Feedback
from supervision.feedback.rules.punkter import fingerprint
from supervision.feedback.rules.tilbageblik import FAA, SendtPunkt, look_back

ADDRESS = "/laering/som-observatoer"
CANARY = "Du virkede som en kanariefugl."
BEGUN = datetime(2026, 3, 2, 9)
SEEN, FELT, GUESS = "Du stillede tre åbne spørgsmål.", "Jeg blev nysgerrig.", "Du virkede nervøs."


def point(letter: int, tekst: str, slags: str = "iagttagelse", *, hung: bool = False) -> SendtPunkt:
    return SendtPunkt(UUID(int=letter), BEGUN + timedelta(days=letter), slags, tekst, hung)


def post(app: Flask, observation_id: UUID, points: Any) -> None:
    drafted(app, observation_id, points)
    with app.app_context():
        feedback = db.session.query(Feedback).filter_by(observation_id=observation_id).one()
        laest = fingerprint(queries.list_to_send(feedback))
        writing.send_feedback(feedback=feedback, by=feedback.observatoer, laest=laest)
        db.session.commit()
        db.session.remove()


def test_own_half_concrete_and_hung_on_moments() -> None:
    found = look_back(
        [
            point(1, f"{SEEN} {FELT} {GUESS}", "lykkedes", hung=True),
            point(1, "Godt gået!"),
            point(2, SEEN, "oplevelse", hung=True),
            point(2, "Du kunne måske spørge.", "godt_raad", hung=True),
            point(2, GUESS, "fortolkning"),
        ]
    ).alle
    assert (found.breve, found.saetninger, found.egen, found.konkrete) == (2, 5, 3, 2)
    assert (found.punkter, found.oejeblikke) == (3, 2), "what was asked for in a drawer does not count"
    assert found.faa
    assert look_back([]).alle.saetninger == 0


@pytest.mark.parametrize(
    ("before", "latest", "words"),
    [
        (f"{SEEN} {GUESS} " * FAA, SEEN, "flere"),
        (SEEN, f"{SEEN} {GUESS}", "faerre"),
        (SEEN, SEEN, "ens"),
        (f"{SEEN} " * 30, f"{SEEN} " * 27 + f"{GUESS} " * 2, "ens"),
    ],
)
def test_the_latest_three_against_those_before(before: str, latest: str, words: str) -> None:
    letters = [point(number, before) for number in range(FAA)]
    letters += [point(FAA + number, f"{latest} " * FAA) for number in range(3)]
    found = look_back(letters[::-1])
    assert found.seneste is not None
    assert found.foer is not None
    assert (found.alle.breve, found.seneste.breve, found.foer.breve) == (FAA + 3, 3, FAA)
    assert found.alle.saetninger == found.seneste.saetninger + found.foer.saetninger
    assert found.ord == words
    assert look_back(letters[-3:]).seneste is None
    assert look_back([point(number, SEEN) for number in range(6)]).ord == "", (
        "too few sentences to compare by"
    )


def test_for_own_eyes_alone(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world

    def browser_for(person: UUID) -> Browser:
        return Browser.signed_in(app, person)

    first = [
        ("lykkedes", f"{SEEN} {CANARY}"),
        ("oplevelse", FELT),
        ("iagttagelse", "Borgeren nikkede to gange."),
    ]
    post(app, ended(app, world), first)
    drafted(app, ended(app, world), [("lykkedes", GUESS * 9)])  # a draft of his own
    post(app, ended(app, world, "jonas", "mette"), [("lykkedes", GUESS), ("iagttagelse", GUESS)])  # noise
    jonas = browser_for(world.jonas)
    page = jonas.get(ADDRESS).get_data(as_text=True)
    assert "3 af 4 sætninger stod på din egen banehalvdel. 2 af dem var noget" in page
    assert "Det er få sætninger endnu" in page
    assert "De seneste tre" not in page
    assert CANARY not in page, "it counts, and shows nobody's words"
    assert "0 af 2 sætninger stod" in browser_for(world.mette).get(ADDRESS).get_data(as_text=True)
    for person in (world.aase, world.administrator):
        answer = browser_for(person).get(f"{ADDRESS}?person={world.jonas}&observatoer_id={uuid4()}")
        assert answer.status_code != 200 or "stod på din egen banehalvdel" not in answer.get_data(
            as_text=True
        )
    for _ in range(3):
        post(app, ended(app, world), [("lykkedes", f"{SEEN} " * FAA)])
    page = jonas.get(ADDRESS).get_data(as_text=True)
    assert "39 af 40 sætninger" in page
    assert "Seneste tre" in page
    assert "36\u00a0af\u00a036" in page
    assert "end før" not in page, "four sentences before are too few to compare by"
