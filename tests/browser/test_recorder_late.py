"""Answers that come to a recorder late: in the middle of a practice, and from a device that could not write."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import Optager, of
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

TWO_WRITES = """async () => {
    const { Journal } = await import("/static/js/recorder/journal.js");
    const [disk, held] = [new Map(), []];
    const store = {
        begin: async () => {},
        put: async (records) => {
            await new Promise((done, refused) => held.push({ done, refused }));
            for (const one of records) disk.set(one.id, one);
        },
    };
    const journal = new Journal({ kontrakt: "k", store });
    const event = (nr) => ({ id: String(nr), nr, t_ms: nr, spor: "faerdighed", kode: "aab_hv" });
    const release = async (way) => {
        while (!held.length) await new Promise((done) => setTimeout(done, 5));
        held.shift()[way](new Error("no room"));
    };
    const [first, second] = [journal.add([event(0)]), journal.add([event(1)])];
    await release("refused");
    await release("done");
    await Promise.all([first, second]);
    const said = journal.trouble;
    await release("done");
    while (journal.counts.skriver) await new Promise((done) => setTimeout(done, 5));
    return { said, after: journal.trouble, disk: [...disk.keys()].sort() };
}"""


@pytest.mark.wide
def test_a_write_that_failed_is_said_and_made_up_for_though_a_later_one_went_well(live: Any) -> None:
    page: Page = live.page_for(None)
    page.goto("/log-ind")
    assert page.evaluate(TWO_WRITES) == {"said": True, "after": False, "disk": ["0", "1"]}


@pytest.mark.wide
def test_an_answer_in_the_middle_of_a_practice_waits_for_its_end(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    expect(page.locator('[data-act="start"]')).to_be_enabled()
    held: list[Route] = []
    page.route("**/api/kontrakter/*/optager", lambda route: held.append(route), times=1)
    page.reload()  # the device has kept the screen: it waits a moment for the server, and then opens without it
    optager.act("proev")
    expect(page.locator("[data-recorder]")).to_have_attribute("data-practice", "")
    optager.tick()
    other = Optager(live, live.page_for("jonas"), kontrakt_id)
    other.start()
    other.press("taler", "borger")
    other.saved()
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(optager.field("taler", "borger")).to_have_attribute("aria-pressed", "false")
    optager.act("afslut")
    expect(optager.field("taler", "borger")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")
    assert of(optager.stored(), "ur") == ["start"]
