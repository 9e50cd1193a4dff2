"""Every address that takes JSON refuses a key that it does not know, and changes nothing then."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from crawling import Quick, fingerprint
from flask import Flask
from populated import Populated, populate
from test_viewpoints import VIEWPOINTS, build

from supervision.access import matrix

UNKNOWN = ("rolle", "owner_id", "person_id", "team_id", "shared_with", "organisation_id", "by")


def bodies(house: Populated) -> dict[str, dict[str, Any]]:
    """Endpoint -> a body that it reads."""
    act = {"op": "tal", "id": str(uuid4()), "tal": 50}
    return {
        "aftaler.flyt_session": {"start": 600, "supervisor": str(house.world.supervisor), "version": 1},
        "observationer.modtag_haendelser": {"startet_at": None, "haendelser": []},
        "observationer.afslut": {},
        "observationer.saet_til_side": {
            "kontrakt": str(house.own["kontrakt_id"]),
            "startet_at": None,
            "haendelser": [],
        },
        "feedback.genopret": {"forseglet": "x"},
        "grupper.gem_sammen": {"handlinger": [act]},
        "grupper.styr_kalibrering": {"handling": "pause"},
        "grupper.med_i_kalibrering": {},
        "grupper.gem_kryds_i_oevelse": {"haendelser": []},
        "grupper.afslut_kryds_i_oevelse": {},
        "personer.forlaeng_indlogning": {},
        "personer.spoerg_passkey": {},
        "personer.gem_passkey": {"id": "x", "rawId": "x", "type": "public-key", "response": {}},
        "personer.passkey_valg": {},
        "personer.passkey_ind": {"id": "x", "rawId": "x", "type": "public-key", "response": {}},
    }


def taking_json(app: Flask) -> dict[str, Any]:
    return {
        rule.endpoint: rule
        for rule in app.url_map.iter_rules()
        if matrix()[rule.endpoint].csrf == "json" and "POST" in (rule.methods or set())
    }


def not_refused(app: Flask, house: Populated) -> list[str]:
    """Where a body with a key too many was answered with something else than 400."""
    found = []
    for endpoint, rule in taking_json(app).items():
        viewpoint = next((one for one in matrix()[endpoint].seen_by), "ejer")
        browser = Quick.signed_in(app, house.world.people[VIEWPOINTS[viewpoint]])  # type: ignore[index]
        url, body = build(app, rule, house.own), bodies(house)[endpoint]
        for key in UNKNOWN:
            status = browser.send_json(url, {**body, key: str(house.world.fremmed)}).status_code
            if status != 400:
                found.append(f"{endpoint} with {key}: {status}")
    return found


@pytest.mark.wide
@pytest.mark.gate("A7")
@pytest.mark.planted("A7")
def test_a_key_that_nobody_knows_is_refused(
    sqlite_app: Flask, record_property: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_app.app_context():
        house = populate()
    assert set(taking_json(sqlite_app)) <= set(bodies(house)) | {"grupper.hent_sammen"}
    before = fingerprint(sqlite_app)
    assert not_refused(sqlite_app, house) == []
    assert fingerprint(sqlite_app) == before
    record_property(
        "figure", f"{len(UNKNOWN)} foreign keys to {len(taking_json(sqlite_app))} JSON addresses: 400"
    )
    inside = {"op": "tal", "id": str(uuid4()), "tal": 50, "person_id": str(house.world.fremmed)}
    url = build(sqlite_app, taking_json(sqlite_app)["grupper.gem_sammen"], house.own)
    mette = Quick.signed_in(sqlite_app, house.world.mette)
    assert mette.send_json(url, {"handlinger": [inside]}).status_code == 400, "inside an act as well"
    monkeypatch.setattr("supervision.observationer.views.recorder.parse_object", lambda _body: {})
    assert any("observationer.afslut" in one for one in not_refused(sqlite_app, house)), (
        "a careless view is found"
    )
