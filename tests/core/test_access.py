"""The gate: closed by default, and foreign requests refused."""

from __future__ import annotations

from typing import Any

import html5lib
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


@pytest.mark.gate("E3")
def test_a_form_without_its_token_is_refused(browser_for: Any, world: World) -> None:
    answer = browser_for(world.mette).post("/log-ud")
    assert answer.status_code == 400
    assert "Siden var for gammel" in answer.get_data(as_text=True)


def test_what_was_typed_survives_a_sign_in_that_ran_out(app: Flask, browser_for: Any, world: World) -> None:
    browser = browser_for(world.mette)
    token = browser.token()
    with browser.session_transaction() as session:
        before = {key: session.pop(key) for key in ("_user_id", "_fresh")}
    text = "Jeg prøvede at vente.\nDet virkede <b>godt</b>."
    url = "/logbog/ny"
    page = browser.post(url, data={"csrf_token": token, "proevet": text, "skete": "Hun talte ud."})
    assert page.status_code == 401
    shown = page.get_data(as_text=True)
    assert "Jeg prøvede at vente.\nDet virkede &lt;b&gt;godt&lt;/b&gt;." in shown
    assert f'action="{url}"' in shown
    with browser.session_transaction() as session:
        session.update(before)
    again = browser.post(url, data=_fields(shown))
    assert again.status_code == 303
    assert "Hun talte ud." in browser.get("/logbog").get_data(as_text=True)


def _fields(page: str) -> dict[str, str]:
    """What a browser sends of the page's form."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    form = next(one for one in tree.iter("form") if one.get("action") == "/logbog/ny")
    fields = {one.get("name"): one.get("value") for one in form.iter("input")}
    return fields | {one.get("name"): (one.text or "") for one in form.iter("textarea")}


def test_whoever_only_runs_the_system_is_no_party(browser_for: Any, world: World) -> None:
    browser = browser_for(world.administrator)
    for address in ("/kontrakter/ny", "/samtaler", "/laering", "/gruppe", "/overblik"):
        assert browser.get(address).status_code == 404
    answer = browser.send("/kontrakter/ny", rolle="observatoer", kollega=str(world.mette))
    assert answer.status_code == 404
    menu = browser.get("/").get_data(as_text=True)
    assert "Administration" in menu
    assert "Samtaler" not in menu
