"""Chromium is killed while somebody writes: what was shown as saved is there again, and nobody else can read it."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feedback"))

from letters import ended, feedback_of, texts

pytestmark = pytest.mark.browser

NOTED = """() => {
  window.shownAsSaved = "";
  const [status, field] = [document.querySelector("p[data-gemt]"), document.querySelector("textarea")];
  new MutationObserver(() => {
    if (status.textContent.startsWith("Gemt")) window.noteSaved(field.value);
  }).observe(status, { childList: true, characterData: true, subtree: true });
}"""
SENTENCE = "Jeg så, at du ventede, til der blev stille, og så spurgte du én gang til. "


@pytest.fixture
def begin(live: Any, chromium: Browser, chromium_path: str, tmp_path: Path) -> Any:
    """Starts a Chromium with a profile that outlives it, Jonas signed in, the draft open. net: what is sent arrives."""

    def open_draft(address: str, *, net: bool) -> Page:
        context = chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=chromium_path, args=["--no-sandbox"], base_url=live.base_url
        )
        live.let_in(context, "jonas")
        page = context.new_page()
        if not net:
            page.route("**/feedback", lambda route: route.abort() if is_post(route) else route.continue_())
        page.goto(address)
        return page

    return open_draft


def is_post(route: Route) -> bool:
    return route.request.method == "POST"


def kill(folder: Path) -> None:
    """SIGKILL to every process of this profile; then it is gone."""
    deadline = time.monotonic() + 10
    while (found := processes_of(folder)) and time.monotonic() < deadline:
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    assert not found


def processes_of(folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(folder).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def write_until_killed(page: Page, seconds: float) -> list[str]:
    """Type on and on; what the page had shown as saved when the time was up."""
    saved: list[str] = []
    page.expose_function("noteSaved", lambda text: saved.append(text))
    page.evaluate(NOTED)
    page.locator("textarea").first.press("Control+End")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        page.keyboard.type(SENTENCE, delay=3)
        page.wait_for_timeout(350)
    page.keyboard.type("Og i samme øjeblik")
    return saved


def test_no_character_that_was_shown_as_saved_is_lost(live: Any, begin: Any, tmp_path: Path) -> None:
    observation_id: UUID = ended(live.app, live.world)
    address = f"/observationer/{observation_id}/feedback"
    back = "[data-genoprettet]"
    page = begin(address, net=False)
    saved = write_until_killed(page, seconds=1.2)
    kill(tmp_path)
    with suppress(Error):
        page.context.close()
    assert saved
    on_disk = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for form in SENTENCE[:30].encode(), SENTENCE[:30].encode("utf-16-le"):
        assert form not in on_disk, "the browser keeps nobody's words in plain"
    assert feedback_of(live.app, observation_id) is None

    page = begin(address, net=True)
    expect(page.locator(back)).to_be_visible()
    expect(page.locator("p[data-gemt]")).to_contain_text("Gemt kl.")
    assert page.locator("textarea").first.input_value().startswith(saved[-1])
    feedback_id = feedback_of(live.app, observation_id)
    assert feedback_id is not None
    [stored] = texts(live.app, feedback_id)
    assert stored == page.locator("textarea").first.input_value().strip()
    page.reload()
    expect(page.locator("p[data-gemt]")).to_have_text("Kladden ligger gemt her.")
    expect(page.locator(back)).to_be_hidden()
    page.context.close()
