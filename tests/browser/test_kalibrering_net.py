"""A practice samtale where answers come late, out of order or not at all: requests are held and refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import soon
from playwright.sync_api import Page, Route, expect
from road import person

from supervision.db import db
from supervision.grupper import actions
from supervision.grupper.models import Kalibrering

pytestmark = pytest.mark.browser

WRITE_DOWN_STATES = """() => {
    const root = document.querySelector("[data-skaerm]");
    window.states = [];
    new MutationObserver(() => window.states.push(root.dataset.tilstand))
        .observe(root, { attributes: true, attributeFilter: ["data-tilstand"] });
}"""


@pytest.fixture
def kalibrering_id(live: Any) -> UUID:
    """Laid ready by the teamleder for a group with mette."""
    with live.app.app_context():
        leader = person(live.world.leder)
        gruppe = actions.create_gruppe(navn="Øvegruppen", by=leader)
        actions.add_medlem(gruppe, person=person(live.world.mette), by=leader)
        made = actions.begin_kalibrering(manuskript="lageret", gruppe=gruppe, by=leader).id
        db.session.commit()
        db.session.remove()
    return made


@pytest.mark.wide
def test_the_recorder_is_there_before_its_first_answers_and_is_counted_in_after_a_lost_one(
    live: Any, kalibrering_id: UUID
) -> None:
    live.expects(r"net::ERR_FAILED")
    phone = live.phone_for("mette")
    held: list[Route] = []
    phone.route("**/api/kalibreringer/*/med", lambda route: held.append(route), times=1)
    phone.route(f"**/api/kalibreringer/{kalibrering_id}", lambda route: held.append(route), times=1)
    phone.goto(f"/kalibrering/{kalibrering_id}/optager")
    expect(phone.locator("[data-oeve-vent]")).to_contain_text("Vent på skærmen")
    assert len(held) == 2
    for route in held:
        route.abort()
    with phone.expect_response("**/api/kalibreringer/*/med"):
        pass

    def counted_in() -> bool:
        with live.app.app_context():
            found = [one.person_id for one in db.session.get_one(Kalibrering, kalibrering_id).logge]
            db.session.remove()
        return found == [live.world.mette]

    assert soon(counted_in, 5) is not None


@pytest.mark.wide
def test_the_wall_keeps_to_what_it_did_itself_and_goes_on_once(live: Any, kalibrering_id: UUID) -> None:
    wall = live.page_for("leder")
    address = f"**/api/kalibreringer/{kalibrering_id}"
    wall.goto(f"/kalibrering/{kalibrering_id}/skaerm")
    expect(wall.get_by_role("button", name="Start samtalen")).to_be_visible()
    release_an_answer_from_before(wall, address)
    states = wall.evaluate("window.states")
    assert "klar" not in states[states.index("nedtaelling") :]

    asked: list[Route] = []
    wall.route("**/kalibrering/*/skaerm", lambda route: asked.append(route))
    wall.on("dialog", lambda dialog: dialog.accept())
    wall.get_by_role("button", name="Begynd forfra").click()
    assert soon(lambda: wall.wait_for_timeout(50) or bool(asked), 10) is not None
    wall.wait_for_timeout(700)  # it draws five times a second
    assert len(asked) == 1
    asked[0].continue_()
    wall.wait_for_url(lambda url: str(kalibrering_id) not in url)


def release_an_answer_from_before(wall: Page, address: str) -> None:
    """Start the samtale while a question is under way that was answered before it, and give that answer then."""
    held: list[tuple[Route, Any]] = []
    wall.route(address, lambda route: held.append((route, route.fetch())), times=1)
    assert soon(lambda: wall.wait_for_timeout(50) or bool(held), 10) is not None
    wall.evaluate(WRITE_DOWN_STATES)
    wall.get_by_role("button", name="Start samtalen").click()
    expect(wall.get_by_role("button", name="Stop her")).to_be_visible(timeout=15_000)
    route, answer = held[0]
    with wall.expect_response(address):
        route.fulfill(response=answer)
    with wall.expect_response(address):  # the next question: the held answer has been taken in
        pass
