"""The gate: closed by default, and foreign requests refused."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from people import World


def test_nobody_is_sent_to_the_sign_in_page_and_back(browser_for: Any) -> None:
    answer = browser_for().get("/profil")
    assert answer.status_code == 302
    assert answer.location == "/log-ind?next=/profil"


def test_an_undeclared_address_is_not_found_even_for_somebody(browser_for: Any, world: World) -> None:
    page = browser_for(world.mette).get("/findes-ikke")
    assert page.status_code == 404
    assert "Siden findes ikke" in page.get_data(as_text=True)


def test_the_profile_shows_oneself(browser_for: Any, world: World) -> None:
    page = browser_for(world.mette).get("/profil").get_data(as_text=True)
    assert "Mette Ærø" in page
    assert "Team Nord" in page


def test_a_form_without_its_token_is_refused(browser_for: Any, world: World) -> None:
    answer = browser_for(world.mette).post("/log-ud")
    assert answer.status_code == 400
    assert "Siden var for gammel" in answer.get_data(as_text=True)
