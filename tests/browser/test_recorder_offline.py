"""The recorder without a net: from a cold start, with sealed notes, and nobody's name on the device."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from optager import NO_NET, Optager, agree, check_with_axe, made_ready, of
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

SECRET = "Hun faldt i staver ved vinduet"


def device_text(page: Page) -> str:
    """Everything that scripts can find on the device: databases, caches' addresses, the small memory, cookies."""
    found: str = page.evaluate(
        """async () => {
            const whole = [JSON.stringify(localStorage), document.cookie];
            for (const { name } of await indexedDB.databases()) {
                whole.push(name);
                const database = await new Promise((done) => {
                    const asked = indexedDB.open(name);
                    asked.onsuccess = () => done(asked.result);
                });
                for (const store of database.objectStoreNames) {
                    const asked = database.transaction(store).objectStore(store).getAll();
                    const all = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
                    whole.push(JSON.stringify(all));
                }
                database.close();
            }
            for (const key of await caches.keys()) {
                const cache = await caches.open(key);
                for (const request of await cache.keys()) {
                    whole.push(request.url, await (await cache.match(request)).text());
                }
            }
            return whole.join("\\n");
        }"""
    )
    return found


@pytest.mark.gate("F3")
@pytest.mark.gate("I1")
def test_a_cold_start_without_a_net(live: Any) -> None:
    """Opened once before; then the whole samtale without a net, a reload in the middle, and everything sent once."""
    live.expects(NO_NET)
    kontrakt_id = agree(live)
    first = live.phone_for("jonas")
    Optager(live, first, kontrakt_id)
    expect(first.locator("[data-start-heading]")).to_have_text("Du observerer Mette")
    made_ready(first)
    context = first.context
    first.close()
    context.set_offline(True)

    page = live.watch(context.new_page())
    page.goto("/")
    expect(page.get_by_role("heading", name="Du er uden net")).to_be_visible()
    check_with_axe(page, "without a net")
    page.locator("[data-message-list] a").tap()
    expect(page.locator("[data-start-offline]")).to_be_visible()
    check_with_axe(page, "the start without a net")
    expect(page.locator("[data-recorder]")).not_to_contain_text("Mette")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.press("taler", "borger")
    optager.tick()
    optager.note(SECRET)
    optager.state("Uden net · gemt på enheden · 4 venter")
    held = device_text(page)
    assert SECRET not in held
    assert "forseglet.1." in held
    assert "Mette" not in held
    assert "Jonas" not in held

    page.reload()
    optager.state("Uden net · gemt på enheden · 4 venter")
    expect(page.locator("[data-last]")).to_contain_text("Note (låst, til den er sendt)")
    optager.act("fortryd")
    optager.act("gendan")
    optager.tick()
    context.set_offline(False)
    optager.saved()
    assert of(optager.stored(), "note") == [SECRET]
    assert len(of(optager.stored(), "faerdighed")) == 2


def test_the_kontrakt_makes_the_device_ready(live: Any) -> None:
    """Opening the kontrakt is enough: the recorder then opens without a net, though it was never opened before."""
    live.expects(NO_NET)
    kontrakt_id = agree(live)
    page = live.page_for("jonas")
    page.goto(f"/kontrakter/{kontrakt_id}")
    made_ready(page)
    page.wait_for_function("async () => (await indexedDB.databases()).length > 1")
    page.context.set_offline(True)
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.tick()
    optager.state("Uden net · gemt på enheden · 2 venter")


def test_what_was_never_opened_says_so(live: Any) -> None:
    live.expects(NO_NET)
    page = live.page_for("jonas")
    Optager(live, page, agree(live))
    made_ready(page)
    page.context.set_offline(True)
    page.goto("/optager/00000000-0000-4000-8000-000000000000")
    expect(page.get_by_role("heading", name="Du er uden net")).to_be_visible()
    page.goto("/samtaler")
    expect(page.locator("[data-message-list] a")).to_have_count(1)


@pytest.mark.gate("F1")
def test_the_worker_keeps_only_what_it_may(live: Any) -> None:
    """An allow-list of static files and one page without names: no page of a person, no answer of the API."""
    page = live.page_for("jonas")
    optager = Optager(live, page, agree(live))
    made_ready(page)
    for address in ("/", "/profil", "/samtaler"):
        page.goto(address)
    optager.open()
    expect(page.locator("[data-start-heading]")).to_have_text("Du observerer Mette")
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
            (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat()"""
    )
    assert [path for path in kept if not path.startswith("/static/")] == ["/optager/skal"]
    assert {Path(path).suffix for path in kept if path.startswith("/static/")} == {
        ".css",
        ".js",
        ".svg",
        ".webmanifest",
        ".woff2",
    }
