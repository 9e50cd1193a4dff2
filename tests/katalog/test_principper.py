"""An organisation's principles: written, ordered and taken out of use by whoever may change its catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask
from people import World
from road import person
from web import Browser

from supervision.db import db
from supervision.history import Historik
from supervision.katalog.actions import principper as actions
from supervision.katalog.models import Princip
from supervision.katalog.queries import principper as queries
from supervision.katalog.rules import principper as rules
from supervision.problems import NotAllowed, NotFound, RuleBroken

FIRST = "Vi spørger, før vi svarer"


@dataclass
class Place:
    nr: int


def test_what_a_principle_may_be() -> None:
    assert rules.clean_princip("  Vi  er\n nysgerrige ", " Fx\nsådan ") == ("Vi er nysgerrige", "Fx\nsådan")
    rules.check_princip("x" * 120, "y" * 300, ["Et andet"])
    for tekst, forklaring, field in (
        ("", "", "tekst"),
        ("x" * 121, "", "tekst"),
        ("x", "y" * 301, "forklaring"),
        ("VI SPØRGER, FØR VI SVARER", "", "tekst"),
    ):
        with pytest.raises(RuleBroken) as problem:
            rules.check_princip(tekst, forklaring, [FIRST])
        assert problem.value.field == field
    rules.check_room(rules.PRINCIPPER_MAX - 1)
    with pytest.raises(RuleBroken):
        rules.check_room(rules.PRINCIPPER_MAX)


def test_one_moves_one_place_and_never_past_an_end() -> None:
    a, b, c = (Place(nr) for nr in (1, 2, 3))
    assert rules.moved([a, b, c], 1, -1) == [b, a, c]
    assert rules.moved([a, b, c], 1, 1) == [a, c, b]
    assert rules.moved([a, b, c], 0, -1) == rules.moved([a, b, c], 2, 1) == [a, b, c]


def test_the_list_is_changed_by_those_who_may(app: Flask, world: World) -> None:
    with app.app_context():
        admin = person(world.administrator)
        home, other = world.organisations["jobcenter"], world.organisations["a_kasse"]
        first, second, third = (
            actions.create_princip(organisation_id=home, tekst=f" {tekst} ", by=admin)
            for tekst in (FIRST, "Vi holder, hvad vi lover", "Vi ser det, der virker")
        )
        actions.create_princip(
            organisation_id=other, tekst=FIRST, by=admin
        )  # noise: the same words elsewhere
        assert queries.list_principper(home) == [first, second, third]

        actions.move_princip(third, step=-1, by=admin)
        actions.move_princip(third, step=-1, by=admin)
        actions.move_princip(third, step=-1, by=admin)
        assert queries.list_principper(home) == [third, first, second]
        actions.take_out_princip(first, by=admin)
        actions.take_out_princip(first, by=admin)
        assert (queries.list_principper(home), queries.list_principper_ude(home)) == (
            [third, second],
            [first],
        )
        actions.move_princip(second, step=-1, by=admin)
        actions.move_princip(first, step=1, by=admin)  # out of use: it has no place to move from
        assert queries.list_principper(home) == [second, third]

        again = actions.create_princip(organisation_id=home, tekst=FIRST, by=admin)
        with pytest.raises(RuleBroken):
            actions.put_back_princip(first, by=admin)
        actions.change_princip(again, tekst="Vi lytter først", forklaring="", by=admin)
        actions.change_princip(again, tekst="Vi lytter  først", forklaring=" ", by=admin)
        actions.put_back_princip(first, by=admin)
        assert len(queries.list_principper(home)) == 4
        acts = [row[0] for row in db.session.query(Historik.handling).filter_by(genstand_id=first.id)]
        assert sorted(acts) == ["opret", "tag_i_brug", "tag_ud"]
        assert db.session.query(Historik).filter_by(genstand_id=again.id, handling="ret").count() == 1

        for who in ("mette", "leder", "supervisor", "anden_supervisor"):
            with pytest.raises(NotAllowed):
                actions.take_out_princip(second, by=person(world.people[who]))
            with pytest.raises(NotAllowed):
                actions.create_princip(organisation_id=home, tekst="Nyt", by=person(world.people[who]))
            with pytest.raises(NotFound):
                queries.get_princip(second.id, viewer=person(world.people[who]))
        for nr in range(rules.PRINCIPPER_MAX - 4):
            actions.create_princip(organisation_id=home, tekst=f"Nr. {nr}", by=admin)
        with pytest.raises(RuleBroken):
            actions.create_princip(organisation_id=home, tekst="Et for meget", by=admin)
        db.session.commit()
        db.session.remove()


def test_the_pages(sqlite_app: Flask, sqlite_world: World) -> None:
    app, world = sqlite_app, sqlite_world
    home = world.organisations["jobcenter"]
    admin, page = Browser.signed_in(app, world.administrator), f"/katalog/principper/{home}"
    assert page in admin.get("/katalog/principper").get_data(as_text=True)
    assert "Her er ingen principper endnu" in admin.get(page).get_data(as_text=True)
    for tekst, forklaring, words in (
        ("", "Uden ord", "Princippet mangler"),
        ("x" * 121, "For langt", "Der er plads til 120"),
        ("Vi ringer 010190-1234 op", "", "CPR"),
    ):
        refused = admin.send(page, tekst=tekst, forklaring=forklaring)
        assert refused.status_code == 422
        shown = refused.get_data(as_text=True)
        assert words in shown
        assert tekst in shown
        assert forklaring in shown
    for tekst in (FIRST, "Vi holder, hvad vi lover"):
        assert admin.send(page, tekst=tekst, forklaring="").status_code == 303
    assert admin.send(page, tekst=FIRST.upper(), forklaring="").status_code == 422
    ids = re.findall(r'action="/principper/([0-9a-f-]+)/ude"', admin.get(page).get_data(as_text=True))
    first, second = map(UUID, ids)

    admin.send(f"/principper/{first}/flyt", retning="ned")
    admin.send(f"/principper/{first}/flyt", retning="sidelæns")
    shown = admin.get(page).get_data(as_text=True)
    assert shown.index("Vi holder, hvad vi lover") < shown.index(FIRST)
    assert admin.send(f"/principper/{second}", tekst=FIRST, forklaring="").status_code == 422
    assert (
        admin.send(f"/principper/{second}", tekst="Vi holder ord", forklaring="Også de små").status_code
        == 303
    )
    assert admin.send(f"/principper/{first}/ude").status_code == 303
    assert "Ude af brug (1)" in admin.get(page).get_data(as_text=True)
    assert admin.send(f"/principper/{first}/i-brug").status_code == 303
    with app.app_context():
        words = [(one.tekst, one.forklaring) for one in queries.list_principper(home)]
        assert words == [("Vi holder ord", "Også de små"), (FIRST, "")]
        assert db.session.query(Princip).count() == 2
        db.session.remove()

    for who in ("mette", "leder", "supervisor"):
        stranger = Browser.signed_in(app, world.people[who])
        for path in ("/katalog/principper", page, f"/principper/{first}", f"/katalog/principper/{uuid4()}"):
            assert stranger.get(path).status_code == 404, (who, path)
        assert stranger.send(f"/principper/{first}/ude").status_code == 404
