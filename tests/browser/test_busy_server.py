"""A server that asks for patience gets it: the recorder comes when it is told, says what is true, loses nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from optager import Optager
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

TRIES = """async (answers) => {
    const { Sync } = await import("/static/js/recorder/sync.js");
    const { stateWords, bannerWords } = await import("/static/js/recorder/words.js");
    const ids = ["a", "b", "c"];
    const [acked, waits, words, banners] = [[], [], [], []];
    const counts = { skriver: 0, venter: 3, afvist: 0, gemt: 0, til_side: 0 };
    const journal = {
        startet_at: 0,
        counts,
        waiting: (most) => ids.filter((id) => !acked.includes(id)).slice(0, most).map((id) => ({ id })),
        acknowledge: async (gemt) => { acked.push(...gemt); counts.venter -= gemt.length; counts.gemt += gemt.length; },
        refuse: async () => {},
        putAside: async () => {},
    };
    let nth = 0;
    const api = {
        who: async () => ({ reached: true, person: "p" }),
        send: async (_at, events) => {
            const [status, wait] = answers[nth++] ?? [200, 0];
            return { status, wait, data: status === 200 ? { gemt: events.map(({ id }) => id), antal: 3 } : {} };
        },
    };
    const later = window.setTimeout;
    window.setTimeout = (act, ms) => { waits.push(ms / 1000); return later(act, 0); };
    const sync = new Sync({ journal, api, person: "p", onChange: () => {
        const said = stateWords(counts, sync.state, { trouble: false, online: true });
        if (words.at(-1) !== said) words.push(said);
        banners.push(bannerWords(sync.state, sync.reason, { trouble: false, secure: true, til_side: 0 }));
    } });
    await sync.now();
    for (let round = 0; round < 200 && counts.venter; round++) await new Promise((done) => later(done, 5));
    window.setTimeout = later;
    return { acked, waits, words, banners: banners.filter(Boolean), tries: nth };
}"""


def tries(page: Page, answers: list[tuple[int, float]]) -> Any:
    """Three events to a server that answers so (status, Retry-After) and then stores: what was done and said."""
    return page.evaluate(TRIES, answers)


def impatience(found: dict[str, Any], told: list[float]) -> list[str]:
    """What is wrong with how it waited, and what it said meanwhile."""
    problems = []
    if len(found["waits"]) != len(told):
        problems.append(f"{len(found['waits'])} waits")
    if any(not asked <= waited <= asked * 1.5 for waited, asked in zip(found["waits"], told, strict=False)):
        problems.append(f"waited {found['waits']}")
    if Counter(found["acked"]) != Counter("abc"):
        problems.append(f"stored {found['acked']}")
    if found["words"] != ["Gemt på enheden · 3 venter", "Gemt"] or found["banners"]:
        problems.append(f"said {found['words']} {found['banners']}")
    return problems


@pytest.fixture
def page(live: Any) -> Page:
    found: Page = live.page_for(None)
    found.goto("/log-ind")
    return found


@pytest.mark.gate("G2")
def test_it_comes_when_it_is_told_however_often(page: Page) -> None:
    told = [2.0, 1.0, 3.0, 2.0, 1.0, 3.0, 2.0, 1.0]
    found = tries(page, [(503, wait) for wait in told])
    assert impatience(found, told) == []
    assert len({round(waited / asked, 6) for waited, asked in zip(found["waits"], told, strict=True)}) > 1
    assert found["tries"] == len(told) + 1


def test_without_a_word_it_waits_longer_each_time_and_says_that_there_is_no_net(page: Page) -> None:
    """The check on a server that says nothing of when to come: what was once done of a busy one too."""
    found = tries(page, [(503, 0)] * 8)
    assert found["waits"] == [1, 2, 4, 8, 16, 32, 64, 128]
    assert found["words"] == ["Gemt på enheden · 3 venter", "Uden net · gemt på enheden · 3 venter", "Gemt"]
    assert impatience(found, [1.0] * 8) != []


def test_a_full_disk_is_not_taken_for_a_busy_server(page: Page) -> None:
    found = tries(page, [(507, 60)] * 3)
    assert 60 <= found["waits"][0] < found["waits"][1] < found["waits"][2]


class Busy:
    """A server that turns the first so many away, as the product's own does."""

    def __init__(self, times: int) -> None:
        self.left, self.seen = times, 0

    def __call__(self, route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        self.seen += 1
        if self.left == 0:
            route.continue_()
            return
        self.left -= 1
        route.fulfill(status=503, headers={"Retry-After": "1"}, json={"fejl": "Der er travlt."})


@pytest.mark.wide
@pytest.mark.gate("G2")
def test_the_observer_sees_a_short_wait_and_everything_is_stored_once(live: Any, kontrakt_id: UUID) -> None:
    live.expects("status of 503")
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.saved()
    page.route("**/haendelser", busy := Busy(3))
    optager.tick()
    with page.expect_response(lambda answer: answer.status == 503):
        pass
    optager.tick()
    optager.state("Gemt på enheden · 2 venter")
    expect(page.locator("[data-banner]")).to_be_hidden()
    optager.saved()
    assert busy.seen >= 4
    ids = Counter(event.id for event in optager.stored() if event.spor == "faerdighed")
    assert list(ids.values()) == [1, 1]


@pytest.mark.wide
@pytest.mark.gate("G2")
def test_what_a_tablet_brings_home_is_sent_when_the_server_has_time(live: Any, kontrakt_id: UUID) -> None:
    live.expects("status of 503")
    live.expects("ERR_INTERNET_DISCONNECTED")
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.tick_without_a_net()
    page.route("**/haendelser", busy := Busy(2))
    page.context.set_offline(False)
    page.goto("/")
    expect(page.locator("[data-outbox-words]")).to_have_text(
        "Det, der lå på enheden fra en samtale, er sendt nu."
    )
    assert busy.seen >= 3
    assert len([event for event in optager.stored() if event.spor == "faerdighed"]) == 1
