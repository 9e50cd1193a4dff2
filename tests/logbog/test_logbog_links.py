"""A note that belongs to a line or a samtale; searching the logbog; taking it all along."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from people import World
from road import agreed, person, recorded
from sqlalchemy import select

from supervision.db import db
from supervision.laeringspil.actions import draw_laeringspil
from supervision.laeringspil.queries import find_laeringspil, list_linjer
from supervision.laeringspil.rules import Linje, carry_ids
from supervision.logbog.models import Lognotat
from supervision.observationer.actions.recording import hand_over


def lines_of(app: Flask, person_id: UUID, *words: str) -> list[UUID | None]:
    """Draw an arrow, and give its lines' ids."""
    with app.app_context():
        drawn = draw_laeringspil(linjer=[Linje(word) for word in words], by=person(person_id))
        found = [linje.id for linje in list_linjer(drawn)]
        db.session.commit()
        db.session.remove()
    return found


def handed_over(app: Flask, world: World) -> UUID:
    with app.app_context():
        observer = person(world.jonas)
        observation = recorded(agreed(person(world.mette), observer), observer)
        hand_over(observation, by=observer)
        db.session.commit()
        return observation.id


def test_a_line_keeps_its_id_through_the_versions(app: Flask, world: World) -> None:
    one, two = lines_of(app, world.mette, "spørge åbent", "tie stille")
    assert lines_of(app, world.mette, "tie stille", "spørge åbent") == [two, one]
    assert lines_of(app, world.mette, "tie lidt mere stille", "spørge åbent")[0] == two
    three = lines_of(app, world.mette, "tie lidt mere stille", "spørge åbent", "opsummere")[2]
    assert three not in (one, two, None)
    moved = carry_ids([Linje("a", id=uuid4()), Linje("b", id=uuid4())], [Linje("b"), Linje("c")])
    assert moved[0].id is not None
    assert moved[1].id is None, "b moved up; c is new"


def test_put_to_a_line_and_a_samtale_and_found_again(app: Flask, world: World, browser_for: Any) -> None:
    [linje] = lines_of(app, world.mette, "spørge åbent")
    observation_id = handed_over(app, world)
    mette = browser_for(world.mette)
    page = mette.get(f"/logbog/ny?linje={linje}&samtale={observation_id}").get_data(as_text=True)
    assert len(re.findall(rf'selected value="({linje}|{observation_id})"', page)) == 2
    written = {"notat_id": str(uuid4()), "proevet": "Åbne spørgsmål i døren", "linje_id": str(linje)}
    assert mette.send("/logbog/ny", **written, observation_id=str(observation_id)).status_code == 303
    other = {"notat_id": str(uuid4()), "proevet": "At vente", "skete": "Der blev ro"}
    assert mette.send("/logbog/ny", **other).status_code == 303
    shown = mette.get(f"/logbog?linje={linje}").get_data(as_text=True)
    assert "Åbne spørgsmål i døren" in shown
    assert f"/observationer/{observation_id}" in shown
    assert "At vente" not in shown
    searched = mette.get("/logbog?soeg=AABNE+doeren").get_data(as_text=True)
    assert "Åbne spørgsmål i døren" in searched
    assert "Ét notat med »AABNE doeren«" in searched
    assert "Ingen notater med »regnvejr«" in mette.get("/logbog?soeg=regnvejr").get_data(as_text=True)
    whole = mette.get("/logbog/hent")
    assert whole.headers["Content-Disposition"] == "attachment; filename=logbog.txt"
    text = whole.get_data(as_text=True)
    assert text.index("At vente") < text.index("Åbne spørgsmål i døren")
    assert "Læringspil: spørge åbent" in text
    assert "Der blev ro" in text
    assert "At vente" not in browser_for(world.jonas).get("/logbog/hent").get_data(as_text=True)


def test_nobody_points_at_what_is_not_theirs(app: Flask, world: World, browser_for: Any) -> None:
    [foreign] = lines_of(app, world.jonas, "lytte")
    observation_id = handed_over(app, world)
    aase = browser_for(world.people["aase"])
    for wrong in ({"linje_id": str(foreign)}, {"observation_id": str(observation_id)}, {"linje_id": "x"}):
        answer = aase.send("/logbog/ny", notat_id=str(uuid4()), proevet="kanarie", **wrong)
        assert answer.status_code == 422
        assert "kanarie" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(Lognotat.id)) is None
        assert find_laeringspil(person(world.people["aase"])) is None
    assert aase.get(f"/logbog/ny?linje={foreign}&samtale=nej").status_code == 200
