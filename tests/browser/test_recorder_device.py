"""What the screen says of the device's own store is true: on disk, on its way, or only on the screen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from optager import NO_NET, SECOND_TILE, Optager, altered, of, soon
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MAY_BE_FULL = """const real = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (record) {
    if (window.full) throw new DOMException("no room", "QuotaExceededError");
    return real.call(this, record);
};"""


def told(page: Page) -> float | None:
    """After how many seconds the page says that the device does not store; None when it has not within one."""
    banner = page.locator("[data-banner]")
    return soon(lambda: "Enheden vil ikke gemme" in (banner.text_content() or ""), 1.0)


@pytest.mark.gate("B12")
def test_a_device_that_will_not_store_says_so_and_still_sends(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.page_for("jonas")
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('private mode'); };")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    expect(page.locator("[data-banner]")).to_contain_text("Enheden vil ikke gemme")
    optager.saved()
    page.context.set_offline(True)
    optager.tick()
    optager.state("Kun på skærmen · 1 venter")
    page.context.set_offline(False)
    optager.saved()
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE]


@pytest.mark.gate("B12")
def test_gemt_paa_enheden_is_said_only_when_it_is_on_disk(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    page.add_init_script(
        """const real = IDBDatabase.prototype.transaction;
        window.strict = [];
        IDBDatabase.prototype.transaction = function (names, mode, options) {
            if (mode === "readwrite") window.strict.push(options?.durability);
            const transaction = real.call(this, names, mode, options);
            if (mode === "readwrite" && window.hold) {
                const store = transaction.objectStore(transaction.objectStoreNames[0]);
                const keepOpen = () => { if (window.hold) store.count().onsuccess = keepOpen; };
                keepOpen();
            }
            return transaction;
        };"""
    )
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.saved()
    page.route("**/api/**", lambda route: route.abort())
    live.expects("Failed to load resource: net::ERR_FAILED")
    page.evaluate("window.hold = true")
    optager.tick()
    page.wait_for_timeout(500)
    optager.state("Gemmer …")
    page.evaluate("window.hold = false")
    expect(page.locator("[data-state-words]")).to_contain_text("emt på enheden · 1 venter")
    assert set(page.evaluate("window.strict")) == {"strict"}


@pytest.mark.gate("B12")
def test_storage_that_is_cleared_or_full_is_said_within_a_second(
    live: Any, kontrakt_id: UUID, record_property: Any
) -> None:
    """Eviction: the log is written again from the screen. A full device: said, offered as a file, and then mended."""
    live.expects(NO_NET)
    page = live.page_for("jonas")
    page.add_init_script(MAY_BE_FULL)
    optager = Optager(live, page, kontrakt_id)
    optager.tick_without_a_net()
    optager.state("Uden net · gemt på enheden · 1 venter")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.clearDataForOrigin", {"origin": live.base_url, "storageTypes": "indexeddb"})
    page.wait_for_timeout(1000)
    assert optager.on_device() == 2
    optager.state("Uden net · gemt på enheden · 1 venter")

    page.evaluate("window.full = true")
    optager.tick()
    said = told(page)
    assert said is not None
    record_property(
        "figure", f"a full device is said after {said * 1000:.0f} ms, a cleared one is written again"
    )
    optager.state("Kun på skærmen · 2 venter")
    with page.expect_download() as saved:
        optager.act("gem_fil")
    assert saved.value.path().read_text(encoding="utf-8").count(SECOND_TILE) == 2
    page.evaluate("window.full = false")
    optager.tick()
    optager.state("Uden net · gemt på enheden · 3 venter")
    page.context.set_offline(False)
    optager.saved()
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE] * 3


@pytest.mark.wide
@pytest.mark.planted("B12")
def test_a_device_that_fails_without_a_word_is_seen(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    page.add_init_script(MAY_BE_FULL)
    work = 'return this.#write("haendelser", (store) => records.map((record) => store.put(record)));'
    altered(page, live, "js/recorder/store.js", work, work.replace("));", ")).catch(() => {});"))
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.saved()
    page.evaluate("window.full = true")
    optager.tick()
    assert told(page) is None
