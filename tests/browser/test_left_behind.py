"""What a person leaves unsent on a shared tablet: asked about, kept locked, and sent in their own name or not at all.

`parked` is the whole story: somebody records, cannot send, is gone; another uses the tablet; the first comes back.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Response
from optager import NO_NET, SECOND_TILE, SIGNED_OUT, Optager, agree, altered, check_with_axe, of
from playwright.sync_api import Page, Route, expect
from test_feedback_writing import SAVED
from test_recorder_leaving import sign_out
from test_recorder_offline import device_text

from supervision import headers

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feedback"))

from letters import ended, feedback_of, texts

pytestmark = [pytest.mark.browser, pytest.mark.gate("F2")]

NOTE = "Han kiggede ud ad vinduet"


@dataclass
class Left:
    """What was seen on the way: of jonas' queue by the next person, and on the server at the end."""

    shown: bool
    sent_meanwhile: int
    deleted: bool
    ticks: list[str]
    notes: list[str]

    @property
    def wrong(self) -> list[str]:
        """What is not as promised, in words."""
        found = {
            "shown to the next person": self.shown,
            "sent in another name": self.sent_meanwhile > 0,
            "deleted": self.deleted,
            "ticks lost or doubled": self.ticks != [SECOND_TILE],
            "notes lost or doubled": self.notes != [NOTE],
        }
        return [words for words, so in found.items() if so]


def by_sign_out(page: Page) -> None:
    """Jonas signs out though not all is sent."""
    page.goto("/profil")
    sign_out(page)
    page.locator("[data-leave]").get_by_role("button", name="Log ud alligevel").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()


def by_an_ended_sign_in(page: Page) -> None:
    """His sign-in is over on the server while the recorder stands open."""
    page.context.clear_cookies()
    page.goto("/profil")
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()


def parked(live: Any, kontrakt_id: UUID, gone: Callable[[Page], None]) -> Left:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.saved()
    page.route("**/api/kontrakter/**", refuse)
    optager.tick()
    optager.note(NOTE)
    expect(page.locator("[data-state-words]")).to_contain_text("2 venter")
    gone(page)
    page.unroute("**/api/kontrakter/**")
    shown, deleted = next_person(live, page, optager)
    meanwhile = len(optager.stored()) - 1
    live.sign_in(page, "jonas")
    if not deleted:
        expect(page.locator("[data-outbox-words]")).to_contain_text("er sendt nu")
    events = optager.stored()
    return Left(shown, meanwhile, deleted, of(events, "faerdighed"), of(events, "note"))


def next_person(live: Any, page: Page, optager: Optager) -> tuple[bool, bool]:
    """Åse signs in, looks around, tries the recorder's address and signs out: (was anything shown, is it gone)."""
    live.sign_in(page, "aase")
    shown = page.locator("[data-outbox]").is_visible()
    page.goto(f"/optager/{optager.kontrakt_id}")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("")
    shown = shown or page.locator('[data-recorder][data-state="i_gang"]').count() > 0
    page.goto("/profil")
    sign_out(page)
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    held = device_text(page)
    assert NOTE not in held
    assert "Jonas" not in held
    return shown, SECOND_TILE not in held


def refuse(route: Route) -> None:
    route.fulfill(status=503, json={})


@pytest.mark.wide
@pytest.mark.parametrize("gone", [by_sign_out, by_an_ended_sign_in])
def test_the_queue_waits_for_its_owner(
    live: Any, kontrakt_id: UUID, gone: Callable[[Page], None], record_property: Any
) -> None:
    for expected in ("status of 503", "status of 404", SIGNED_OUT):
        live.expects(expected)
    left = parked(live, kontrakt_id, gone)
    assert left.wrong == []
    record_property("figure", f"{gone.__name__}: 0 of 3 events lost, 0 shown, 0 sent in another name")


@contextmanager
def server_clears_all() -> Iterator[None]:
    """The planted bug of a simple reply: everything of the site goes at each sign-out, whoever's it is."""
    kept, headers.CLEAR_PAGES = headers.CLEAR_PAGES, headers.CLEAR_ALL
    try:
        yield
    finally:
        headers.CLEAR_PAGES = kept


@pytest.mark.wide
@pytest.mark.planted("F2")
def test_the_story_finds_a_reply_that_clears_too_much(live: Any, kontrakt_id: UUID) -> None:
    for expected in ("status of 503", "status of 404", SIGNED_OUT):
        live.expects(expected)
    with server_clears_all():
        left = parked(live, kontrakt_id, by_an_ended_sign_in)
    assert {"deleted", "ticks lost or doubled", "notes lost or doubled"} <= set(left.wrong)


@pytest.mark.wide
@pytest.mark.planted("F2")
def test_the_story_finds_a_queue_without_an_owner(live: Any, kontrakt_id: UUID) -> None:
    """The planted bug of one queue for the whole device: the next person's pages send it."""
    live.expects("status of (4|503)")
    real = live.page_for

    def unowned(person: str) -> Page:
        page: Page = real(person)
        for name in ("store", "device"):
            altered(page, live, f"js/recorder/{name}.js", "`supervision-${person}`", "`supervision-alle`")
        return page

    live.page_for = unowned
    assert parked(live, kontrakt_id, by_an_ended_sign_in).wrong != []


def order_of(page: Page, live: Any, kontrakt_id: UUID) -> list[str]:
    """Record without a net, get it back, and sign out: what happened, in its order. The reply's headers last."""
    seen: list[str] = []
    page.add_init_script(
        """const real = IDBFactory.prototype.deleteDatabase;
        IDBFactory.prototype.deleteDatabase = function (name) {
            console.info("deleted");
            return real.call(this, name);
        };"""
    )
    page.on("console", lambda message: seen.append(message.text) if message.text == "deleted" else None)
    page.on("request", lambda request: seen.append(_last(request.url)) if request.method == "POST" else None)
    page.on("response", lambda reply: seen.append(f"acked {reply.status}") if _is_sending(reply) else None)
    Optager(live, page, kontrakt_id).tick_without_a_net()
    page.route("**/haendelser", refuse)
    page.context.set_offline(False)
    page.goto("/profil")
    expect(page.locator("[data-outbox-words]")).to_contain_text("ligger stadig")
    page.unroute("**/haendelser")
    seen.clear()
    cleared: list[str] = []
    live.app.after_request_funcs[None].insert(0, lambda reply: noted(reply, cleared))
    sign_out(page)
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    live.app.after_request_funcs[None].pop(0)
    return [*dict.fromkeys(seen), *cleared]


def noted(reply: Response, cleared: list[str]) -> Response:
    """What a reply tells the browser to clear; Chromium takes that header out of what a page may hear of."""
    cleared += reply.headers.getlist("Clear-Site-Data")
    return reply


def _last(url: str) -> str:
    return url.rsplit("/", 1)[1]


def _is_sending(reply: Any) -> bool:
    return bool(reply.request.method == "POST" and _last(reply.url) == "haendelser")


RIGHT = ["haendelser", "acked 200", "deleted", "log-ud", '"cache", "storage"']


@pytest.mark.wide
def test_sent_acknowledged_deleted_and_only_then_signed_out(
    live: Any, kontrakt_id: UUID, record_property: Any
) -> None:
    for expected in (NO_NET, "status of 503"):
        live.expects(expected)
    page = live.page_for("jonas")
    assert order_of(page, live, kontrakt_id) == RIGHT
    left = page.evaluate("async () => [...await indexedDB.databases(), ...await caches.keys()]")
    assert left == []
    record_property("figure", "order: send, ack, delete, sign out, clear; 0 databases and 0 caches left")

    hasty = live.page_for("jonas")
    altered(
        hasty,
        live,
        "js/recorder/leave.js",
        "if (waits.samtaler) say(",
        "return form.submit(); if (waits.samtaler) say(",
    )
    assert order_of(hasty, live, agree(live)) != RIGHT


@pytest.mark.wide
def test_a_draft_of_feedback_is_asked_about_and_comes_back(live: Any) -> None:
    live.expects("Failed to load resource")
    observation_id = ended(live.app, live.world)
    page = live.page_for("jonas")
    page.add_init_script(
        "const real = fetch; window.fetch = (...a) => (window.cut ? Promise.reject(new TypeError()) : real(...a));"
    )
    page.goto(f"/observationer/{observation_id}/feedback")
    page.evaluate("window.cut = true")
    page.locator("textarea").first.fill(NOTE)
    expect(page.locator("[data-gemt]")).to_contain_text("Gemt på enheden, men ikke sendt")
    page.goto("/profil")
    sign_out(page)
    expect(page.locator("[data-leave]")).to_contain_text("Et udkast til feedback er ikke sendt endnu")
    expect(page.locator("[data-leave]")).to_contain_text(
        "kommer frem, når du logger ind her og skriver videre"
    )
    check_with_axe(page, "the question about a draft")
    page.get_by_role("button", name="Log ud alligevel").click()
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    assert NOTE not in device_text(page)
    assert feedback_of(live.app, observation_id) is None

    live.sign_in(page, "aase")
    sign_out(page)
    expect(page.get_by_role("heading", name="Log ind")).to_be_visible()
    live.sign_in(page, "jonas")
    page.goto(f"/observationer/{observation_id}/feedback")
    expect(page.locator("textarea").first).to_have_value(NOTE)
    expect(page.locator("[data-gemt]")).to_have_text(SAVED)
    assert texts(live.app, feedback_of(live.app, observation_id)) == [NOTE]


@pytest.mark.wide
def test_without_a_net_a_sign_out_says_that_it_cannot_be_done(live: Any) -> None:
    live.expects(NO_NET)
    page = live.page_for("jonas")
    page.goto("/profil")
    page.evaluate("import('/static/js/recorder/leave.js')")
    page.context.set_offline(True)
    sign_out(page)
    expect(page.locator("[data-leave]")).to_contain_text(
        "Du er uden net. Du kan logge ud, når der er net igen."
    )
    expect(page.locator("[data-leave] button:visible")).to_have_text(
        ["Prøv at sende igen", "Bliv logget ind"]
    )
