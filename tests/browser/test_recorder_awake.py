"""The screen stays awake while a samtale runs, and the start page says so where it cannot."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import Optager
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

COUNT_LOCKS = """
    window.locks = { asked: 0, held: 0 };
    Object.defineProperty(navigator, "wakeLock", { configurable: true, value: { async request(kind) {
        if (kind !== "screen" || window.refuse) throw new DOMException("no", "NotAllowedError");
        window.locks.asked += 1;
        window.locks.held += 1;
        const lock = { released: false, async release() {
            if (!lock.released) window.locks.held -= 1;
            lock.released = true;
        } };
        window.latest = lock;
        return lock;
    } } });
"""
SEEN_AGAIN = """() => {
    window.latest?.release();
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def wait_for_locks(page: Page, **wanted: int) -> None:
    """Wait until the page has asked for and holds so many locks (the content policy forbids waiting in the page)."""
    for _ in range(50):
        locks = page.evaluate("window.locks")
        if wanted.items() <= locks.items():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{locks}, not {wanted}")


def test_the_screen_is_kept_awake_from_start_to_end(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    page.add_init_script(COUNT_LOCKS)
    optager = Optager(live, page, kontrakt_id)
    expect(page.locator('[data-act="start"]')).to_be_enabled()
    expect(page.locator("[data-start-sleeps]")).to_be_hidden()
    assert page.evaluate("window.locks") == {"asked": 0, "held": 0}
    optager.start()
    wait_for_locks(page, held=1)
    page.evaluate(SEEN_AGAIN)
    wait_for_locks(page, held=1, asked=2)
    optager.act("pause")
    page.wait_for_timeout(600)
    assert page.evaluate("window.locks") == {"asked": 2, "held": 1}
    optager.end()
    wait_for_locks(page, held=0)
    page.evaluate(SEEN_AGAIN)
    page.wait_for_timeout(300)
    assert page.evaluate("window.locks.asked") == 2


def test_a_refusal_disturbs_nobody_and_is_tried_again(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    page.add_init_script(COUNT_LOCKS + "window.refuse = true;")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.tick()
    optager.saved()
    page.evaluate("window.refuse = false")
    page.evaluate(SEEN_AGAIN)
    wait_for_locks(page, held=1)
    assert page.evaluate("window.locks.held") == 1


def test_the_start_page_says_when_the_screen_cannot_be_kept_awake(
    live: Any,
    kontrakt_id: UUID,
) -> None:
    page = live.page_for("jonas")
    page.add_init_script("delete Navigator.prototype.wakeLock;")
    optager = Optager(live, page, kontrakt_id)
    expect(page.locator("[data-start-sleeps]")).to_contain_text("Skærmen kan ikke holdes tændt")
    optager.start()
    optager.tick()
    optager.saved()
