"""The page of the models: for the two who may see the log, in the kontrakt's words, and without a verdict."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from made_up_logs import MINUTE, log
from observed import from_file, observe
from people import World
from web import Browser

from supervision.aftaler.models import KontraktKendetegn
from supervision.db import db

NOBODY_ELSE = ("aase", "leder", "fremmed", "noise", "supervisor", "anden_supervisor", "administrator")
SAMTALE = log(
    (0, "ur", "start"),
    (0, "fase", "kontrakt"),
    (3 * MINUTE, "fase", "emne"),
    (3 * MINUTE, "emne", "1"),
    (4 * MINUTE, "ugu", "undersoeg"),
    (5 * MINUTE, "ugu", "giv"),
    (5 * MINUTE, "note", "kanarie-note"),
    (6 * MINUTE, "faerdighed", "mi_scenarie"),
    (7 * MINUTE, "faerdighed", "ud_gang"),
    (8 * MINUTE, "faerdighed", "ud_gang"),
    (9 * MINUTE, "faerdighed", "ks_jeg"),
    (20 * MINUTE, "ur", "slut"),
)
VERDICTS = re.compile(
    r"\b(god|godt|dårlig\w*|bedre|bedst\w*|mangler|score|karakter|burde have|forkert|point)\b"
)


def words(browser: Browser, url: str) -> str:
    """The words of the page's main part, in one line."""
    answer = browser.get(url)
    assert answer.status_code == 200, answer.status
    main = answer.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\xad", "").split())


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The page asks the database for nothing that the timeline's tests do not ask on both engines."""
    return sqlite_app


@pytest.fixture
def made(app: Flask, world: World) -> dict[str, UUID]:
    """Mette's log before and after it is handed over, the noise's from a file, and one with nothing for a model."""
    with app.app_context():
        found = {
            "new": observe(world, SAMTALE),
            "sent": observe(world, SAMTALE, observatoer="aase", handed_over=True),
            "file": from_file(world, SAMTALE, fokusperson="mette"),
            "noise": from_file(world, SAMTALE, fokusperson="noise"),
        }
        for tegn in db.session.query(KontraktKendetegn).all():
            if tegn.kode == "ud_gang":
                tegn.kort = "Vores eget navn"
            if tegn.kode == "part_opsummerer":
                tegn.kode, tegn.kort = "u1_viden", "Undersøger først"
        db.session.commit()
        db.session.remove()
    return found


def test_the_two_see_it_and_nobody_else(made: dict[str, UUID], world: World, browser_for: Any) -> None:
    new, sent = (f"/observationer/{made[name]}/modeller" for name in ("new", "sent"))
    assert "Samtalen med Mette i modellerne" in words(browser_for(world.jonas), new)
    assert browser_for(world.mette).get(new).status_code == 404
    assert "Din samtale i modellerne" in words(browser_for(world.mette), sent)
    strangers = [who for who in NOBODY_ELSE if who != "aase"]
    assert [w for w in strangers if browser_for(world.people[w]).get(sent).status_code != 404] == []
    assert browser_for(world.mette).get(f"/observationer/{made['noise']}/modeller").status_code == 404
    assert browser_for(world.mette).get(f"/observationer/{uuid4()}/modeller").status_code == 404
    assert browser_for(None).get(sent).status_code == 302


def test_the_page_says_what_was_seen_and_what_nobody_looked_for(
    made: dict[str, UUID], world: World, browser_for: Any
) -> None:
    mette = browser_for(world.mette)
    page = words(mette, f"/observationer/{made['sent']}/modeller")
    assert "Antropologen (ser tilbage) Perspektiverende Det, der har virket før 2 kryds" in page
    assert "Detektiven (ser tilbage) Situationsafklarende Hvem, hvad, hvor og hvornår Ikke aftalt" in page
    assert "Undtagelsesspørgsmål: 2" in page, "a pejlemærke names the tools that were used in it"
    assert "Redskab: Flip mønten (lokalt forslag) Ikke aftalt" in page
    assert "3 Forebyg 6.00 7.00 8.00 6.00, 7.00, 8.00 0.00 20.00" in page, "when, along the samtale"
    assert "Side mod side (– er ikke aftalt) Par Den ene Den anden Du-udtalelser / jeg-udtalelser – 1" in page
    cabi = words(mette, f"/observationer/{made['sent']}/modeller?ord=cabi")
    assert "Med Cabis navne. Vis Frederikshavns navne" in cabi
    assert "Perspektiverende (ser tilbage) Antropologen Relationer og mønstre 2 kryds" in cabi
    assert "Mestring 0 kryds" in page
    assert "Emne 1: U – G" in page
    assert (
        "Vores eget navn 2 Karl Tomms fire roller, Løsningsfokus, Samtalens Pejlemærker, De ni trin (Cabi)"
        in page
    )
    assert "G (giv) U (undersøg) (1 min. før)" in page
    assert "vi 60 sekunder tilbage" in page
    assert "kanarie-note" not in page
    assert "Den motiverende samtale (MI)" in page
    assert "Jobmål og sagsmål" not in page
    timeline = words(mette, f"/observationer/{made['sent']}")
    assert "Samtalen var på procesniveau 15 % af tiden og på indholdsniveau 85 % , med ét skift ." in timeline
    link = f'href="/observationer/{made["sent"]}/modeller"'
    assert link in mette.get(f"/observationer/{made['sent']}").get_data(as_text=True)


def test_a_log_from_a_file_says_that_nobody_knows(
    made: dict[str, UUID], world: World, browser_for: Any
) -> None:
    page = words(browser_for(world.mette), f"/observationer/{made['file']}/modeller")
    assert "ingen ved, hvad der blev kigget efter" in page
    assert "Ikke aftalt" not in page
    assert "Detektiven (ser tilbage) Situationsafklarende Hvem, hvad, hvor og hvornår Ingen kryds" in page


def test_the_pictures_never_judge(made: dict[str, UUID], world: World, browser_for: Any) -> None:
    assert VERDICTS.search("Det gik godt")
    page = words(browser_for(world.mette), f"/observationer/{made['sent']}/modeller")
    pictures = page.partition("Karl Tomms fire roller")[2].replace(
        "Lav en god afslutning", ""
    )  # a step's name
    assert VERDICTS.findall(pictures) == []
