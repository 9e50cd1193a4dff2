"""Who gets an answer about a kontrakt: the two, and nobody else, on every endpoint and by every method."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, url_for
from kontrakter import look, page_fields, stored
from people import World

from supervision.access import matrix

STRANGERS = (
    "aase", "leder", "fremmed", "sydleder", "noise", "supervisor", "anden_supervisor", "administrator",
)  # fmt: skip
THE_FOKUSPERSONS = (
    "ny_observatoer", "tilfoej_observatoer", "ny_fokusperson", "tilfoej_fokusperson", "gem_emner",
)  # fmt: skip
"""Who is in the room, and what is planned to be talked of, is for the fokusperson to decide."""


def addresses(app: Flask, kontrakt_id: Any) -> list[tuple[str, str]]:
    """(method, address) of every endpoint of aftaler that has a kontrakt in it."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("aftaler.") and "kontrakt_id" in rule.arguments:
                method = "POST" if "POST" in (rule.methods or ()) else "GET"
                found.append((method, url_for(rule.endpoint, kontrakt_id=kontrakt_id)))
    return found


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_finds_nothing(app: Flask, world: World, browser_for: Any, name: str) -> None:
    kontrakt_id = stored(app, world)
    before = look(app, kontrakt_id, world.mette)
    browser = browser_for(world.people[name])
    token = browser.token()
    asked = addresses(app, kontrakt_id)
    assert len(asked) == 19
    for method, url in asked:
        answer = browser.open(
            url, method=method, data={"csrf_token": token, "fokus-0": "x"} if method == "POST" else None
        )
        assert answer.status_code == 404, (method, url)
        assert "Mette" not in answer.get_data(as_text=True).replace("Mette Ærø</span>", "")
    assert look(app, kontrakt_id, world.mette) == before


def test_somebody_elses_kontrakt_is_as_missing_as_none(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    gone = "00000000-0000-4000-8000-000000000000"
    browser = browser_for(world.aase)
    pages = [browser.get(f"/kontrakter/{key}").get_data(as_text=True) for key in (kontrakt_id, gone)]
    assert pages[0] == pages[1]
    assert browser_for(world.mette).get("/kontrakter/12").status_code == 404


def test_nobody_is_asked_to_sign_in(app: Flask, world: World, browser_for: Any) -> None:
    kontrakt_id = stored(app, world)
    answer = browser_for(None).get(f"/kontrakter/{kontrakt_id}")
    assert (answer.status_code, answer.location) == (302, f"/log-ind?next=/kontrakter/{kontrakt_id}")
    assert browser_for(None).post(f"/kontrakter/{kontrakt_id}/ja").status_code in (302, 400)


@pytest.mark.parametrize("name", ["mette", "jonas"])
def test_a_form_without_its_token_changes_nothing(
    app: Flask, world: World, browser_for: Any, name: str
) -> None:
    kontrakt_id = stored(app, world)
    before = look(app, kontrakt_id, world.mette)
    browser = browser_for(world.people[name])
    fields = page_fields(browser.get(f"/kontrakter/{kontrakt_id}/fokus").get_data(as_text=True))
    for method, url in addresses(app, kontrakt_id):
        if method == "POST":
            answer = browser.post(url, data={**fields, "csrf_token": "forkert", "fokus-0": "x"})
            assert answer.status_code == 400, url
    assert browser.post("/kontrakter/ny", data={}).status_code == 400
    assert look(app, kontrakt_id, world.mette) == before


def test_the_matrix_says_the_same() -> None:
    for endpoint, rule in matrix().items():
        if endpoint.startswith("aftaler.") and rule.object == "kontrakt":
            alone = endpoint.split(".")[1] in THE_FOKUSPERSONS
            assert set(rule.seen_by) == ({"ejer"} if alone else {"ejer", "observatoer"}), endpoint
