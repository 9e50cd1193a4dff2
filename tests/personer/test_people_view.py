"""People in the browser: find, make, change, shut out."""

from __future__ import annotations

import threading
import time
from typing import Any
from uuid import uuid4

import pytest
from administrator_pages import count_of, field_error, noted, person_of, roles_of, words
from flask import Flask
from people import World, add_person

from supervision.db import db
from supervision.personer.actions.uniqueness import flushed
from supervision.personer.models import Person
from supervision.problems import RuleBroken


def page_of(world: World, person: str, tail: str = "") -> str:
    return f"/administration/personer/{getattr(world, person)}{tail}"


def fields(world: World, **other: Any) -> dict[str, Any]:
    return {
        "navn": "Ny Person",
        "email": "ny@test.example",
        "organisation": world.organisations["jobcenter"],
        **other,
    }


def test_search_finds_names_and_emails_in_danish(world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    for search, found in (
        ("ærø", ["Mette Ærø", "Mette Ærø"]),
        ("ØLAND", ["Jonas Øland"]),
        ("sydleder@", ["Sanne Syd"]),
        ("  mette   ærø ", ["Mette Ærø", "Mette Ærø"]),
        ("%", []),
        ("findes ikke", []),
    ):
        text = words(browser.get("/administration/personer", query_string={"q": search}))
        names = [name for name in ("Mette Ærø", "Jonas Øland", "Sanne Syd", "Lone Leth") if name in text]
        assert names == sorted(set(found), key=found.index), search
        if not found:
            assert "Ingen fundet" in text
    one = browser.get(
        "/administration/personer",
        query_string={"q": "mette", "organisation": world.organisations["a_kasse"]},
    )
    assert "noise@test.example" in words(one)
    assert "mette@test.example" not in words(one)


def test_the_list_is_in_danish_order_and_in_pages(app: Flask, world: World, browser_for: Any) -> None:
    with app.app_context():
        for number in range(95):
            add_person(f"Bo {number:03}", f"bo{number}@x.dk", world.organisations["a_kasse"])
        db.session.commit()
    browser = browser_for(world.administrator)
    pages = [words(browser.get(f"/administration/personer?side={page}")) for page in (1, 2, 3)]
    assert "105 personer" in pages[0]
    assert "Adam Admin" in pages[0]
    assert "Side 2 af 3" in pages[1]
    assert "Åse Ask" in pages[2]
    assert pages[2].index("Sanne Syd") < pages[2].index("Sune Super") < pages[2].index("Åse Ask")
    assert words(browser.get("/administration/personer?side=99")) == pages[2]
    assert browser.get("/administration/personer?side=x&organisation=y&q=%00").status_code == 200


def test_make_a_person(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    url = f"/administration/personer/ny?organisation={world.organisations['a_kasse']}"
    assert "selected" in browser.get(url).get_data(as_text=True).split("A-kassen Prøve")[0][-60:]
    answer = browser.send("/administration/personer/ny", **fields(world, email=" NY@Test.Example "))
    assert answer.status_code == 303
    made = person_of(app, "ny@test.example")
    assert made is not None
    assert (made["navn"], made["active"], made["password"]) == ("Ny Person", True, None)
    assert made["organisation"] == world.organisations["jobcenter"]
    assert "Ny Person er oprettet" in words(browser.get(answer.location))
    assert noted(app, "person") == ["opret"]


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"navn": " "}, "navn", "Skriv et navn."),
        ({"email": ""}, "email", "Skriv en e-mail."),
        ({"email": "nej"}, "email", "Det ligner ikke en e-mail."),
        ({"email": "METTE@test.example"}, "email", "bruges allerede af en anden"),
        ({"email": "noise@test.example"}, "email", "bruges allerede af en anden"),
        ({"organisation": ""}, "organisation", "Vælg en af mulighederne."),
        ({"organisation": "x"}, "organisation", "Vælg en af mulighederne."),
        ({"organisation": uuid4()}, "organisation", "Vælg en af mulighederne."),
    ],
)
def test_an_unfit_person_is_refused_at_the_field_and_nothing_typed_is_lost(
    app: Flask, world: World, browser_for: Any, change: dict[str, Any], field: str, said: str
) -> None:
    browser = browser_for(world.administrator)
    page = browser.send("/administration/personer/ny", **fields(world, **change))
    assert page.status_code == 422
    assert said in field_error(page, field)
    if "navn" not in change:
        assert 'value="Ny Person"' in page.get_data(as_text=True)
    assert count_of(app, Person) == 10


def test_a_nul_or_a_lone_sign_is_answered_kindly(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    answer = browser.send("/administration/personer/ny", **fields(world, navn="Ny\0 Per\u202eson"))
    assert answer.status_code == 303
    made = person_of(app, "ny@test.example")
    assert made is not None
    assert made["navn"] == "Ny Person"


def test_change_a_person_and_nothing_but_what_the_form_has(
    app: Flask, world: World, browser_for: Any
) -> None:
    browser = browser_for(world.administrator)
    before = person_of(app, "mette@test.example")
    roles = roles_of(app, world.mette)
    assert before is not None
    url = page_of(world, "mette", "/ret")
    assert "mette@test.example" in browser.get(url).get_data(as_text=True)
    answer = browser.send(
        url,
        navn="Mette Bæk",
        email="mette.baek@test.example",
        organisation=world.organisations["jobcenter"],
        rolle="administrator",
        roller="administrator",
        organisation_id=world.organisations["a_kasse"],
        id=uuid4(),
        active="",
        password="hemmeligt kodeord her",
        fs_uniquifier="x",
    )
    assert answer.status_code == 303
    after = person_of(app, "mette.baek@test.example")
    assert after == {**before, "navn": "Mette Bæk"}
    assert roles_of(app, world.mette) == roles
    assert noted(app, "person") == ["ret"]
    assert person_of(app, "noise@test.example") is not None


def test_an_email_taken_by_another_is_refused_and_ones_own_is_not(world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    same = fields(world, navn="Mette Ærø", email="Mette@test.example")
    assert browser.send(page_of(world, "mette", "/ret"), **same).status_code == 303
    page = browser.send(page_of(world, "mette", "/ret"), **{**same, "email": "jonas@test.example"})
    assert page.status_code == 422
    assert "bruges allerede" in field_error(page, "email")


def test_a_shift_of_organisation_waits_for_the_team_roles(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    moved = {"navn": "Adam Admin", "organisation": world.organisations["hus"]}
    page = browser.send(page_of(world, "mette", "/ret"), **fields(world, **moved, email="m@test.example"))
    assert "Slut først rollerne" in field_error(page, "organisation")
    own = fields(world, **moved, email="administrator@test.example")
    assert browser.send(page_of(world, "administrator", "/ret"), **own).status_code == 303
    after = person_of(app, "administrator@test.example")
    assert after is not None
    assert after["organisation"] == world.organisations["hus"]


def test_shutting_out_signs_out_at_once_and_can_be_undone(app: Flask, world: World, browser_for: Any) -> None:
    browser, theirs, noise = (browser_for(p) for p in (world.administrator, world.mette, world.jonas))
    answer = browser.send(page_of(world, "mette", "/luk"))
    assert answer.status_code == 303
    text = words(browser.get(answer.location))
    assert "Mette Ærø er lukket ude og logget ud alle steder." in text
    assert "Personen er lukket ude og kan ikke logge ind." in text
    assert theirs.get("/profil").status_code == 302
    assert noise.get("/profil").status_code == 200
    browser.send(page_of(world, "mette", "/luk"))
    answer = browser.send(page_of(world, "mette", "/luk-op"))
    assert "kan logge ind igen" in words(browser.get(answer.location))
    assert theirs.get("/profil").status_code == 302
    assert noted(app, "person") == ["luk", "luk_op"]
    assert len(roles_of(app, world.mette)) == 1


def test_nobody_shuts_themselves_out(app: Flask, world: World, browser_for: Any) -> None:
    browser = browser_for(world.administrator)
    assert "Luk personen ude" not in words(browser.get(page_of(world, "administrator")))
    answer = browser.send(page_of(world, "administrator", "/luk"))
    assert "Du kan ikke lukke for dig selv." in words(browser.get(answer.location))
    after = person_of(app, "administrator@test.example")
    assert after is not None
    assert after["active"]


def test_two_who_take_the_same_email_in_the_same_moment(app: Flask, world: World, browser_for: Any) -> None:
    """The first has written but not committed; the second waits for it and is then refused at the field."""
    browser = browser_for(world.administrator)
    sent = {"csrf_token": browser.token(), **fields(world)}
    answers: list[Any] = []
    with app.app_context():
        add_person("Den Første", "ny@test.example", world.organisations["a_kasse"])
        second = threading.Thread(
            target=lambda: answers.append(browser.post("/administration/personer/ny", data=sent))
        )
        second.start()
        time.sleep(0.5)
        assert not answers
        db.session.commit()
    second.join(timeout=20)
    assert answers[0].status_code == 422
    assert "bruges allerede af en anden" in field_error(answers[0], "email")
    assert count_of(app, Person) == 11


def test_a_broken_constraint_is_a_kind_refusal_and_keeps_the_rest(context: Flask, world: World) -> None:
    kept = add_person("Kept", "kept@test.example", world.organisations["jobcenter"])
    with pytest.raises(RuleBroken) as problem, flushed("Optaget.", "email"):
        db.session.add(
            Person(navn="X", email="mette@test.example", organisation_id=world.organisations["jobcenter"])
        )
    assert (problem.value.text, problem.value.field) == ("Optaget.", "email")
    db.session.commit()
    assert db.session.get(Person, kept) is not None
    assert db.session.query(Person).count() == 11
