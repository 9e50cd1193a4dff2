"""The whole road with the keyboard alone: kontrakt, recording, hand-over, feedback, sharing, export and sign-out.

`Keys` has no mouse: it goes by Tab and arrows as the page lets it, and notes each step where the focus could not be
seen, went against the page's order, or never came round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.wide, pytest.mark.gate("I2")]

MOST_TABS = 160
FOCUSED = (
    Path(__file__)
    .with_name("focused.js")
    .read_text(encoding="utf-8")
    .partition("\n\n")[2]
    .strip()
    .rstrip(";")
)


@dataclass
class Keys:
    """A person at a keyboard. steps: how often the focus moved; wrong: what was wrong with where it went."""

    page: Page
    steps: int = 0
    wrong: list[str] = field(default_factory=list)

    def tab_to(self, wanted: str, *kinds: str) -> dict[str, Any]:
        """Tab until the focus is on what begins with these words (in a group of radios: on any of them)."""
        begins = re.compile(rf"^{re.escape(wanted)}(\b|$)", re.IGNORECASE)
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            found = self.look()
            fitting = found and (not kinds or found["tag"] in kinds)
            if found and fitting and any(map(begins.search, (found["words"], *found["group"]))):
                return found
        raise AssertionError(f"“{wanted}” is not reached by Tab on {self.page.url}")

    def look(self) -> dict[str, Any] | None:
        """Where the focus is, and what is wrong with that."""
        found: dict[str, Any] | None = self.page.evaluate(FOCUSED)
        self.steps += 1
        for problem, so in (
            ("not on the screen", found and not found["visible"]),
            ("no mark of the focus", found and not found["marked"]),
            ("against the page's order", found and found["backwards"]),
            ("up again", found and found["jumped"]),
        ):
            if so and found:
                self.wrong.append(
                    f"{problem}: {found['tag']} “{found['words'][:40]}” after “{found['from'][:40]}” on {self.page.url}"
                )
        return found

    def press(self, wanted: str) -> None:
        """A link, a button, or the head of something to fold out."""
        found = self.tab_to(wanted, "A", "BUTTON", "SUMMARY")
        if not found["leaves"]:
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, label: str, text: str) -> None:
        self.tab_to(label, "INPUT", "TEXTAREA")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str) -> None:
        """A box to tick, or one of a group of radios: into the group by Tab, along it by arrows."""
        found = self.tab_to(label, "INPUT")
        self.page.keyboard.press("Space")
        for _ in found["group"]:
            if self.page.evaluate("document.activeElement.labels[0].innerText.trim()").startswith(label):
                return
            self.page.keyboard.press("ArrowDown")
            self.page.evaluate("window.beforeFocus = null")

    def select(self, label: str, option: str) -> None:
        self.tab_to(label, "SELECT")
        self.page.keyboard.type(option)

    def arrive(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def go(self, address: str) -> None:
        """An address typed in: the browser's own."""
        self.page.goto(address)


def make_the_kontrakt(mette: Keys) -> None:
    mette.go("/")
    mette.press("Lav din første feedback-kontrakt")
    mette.choose("Jeg skal observeres")
    mette.select("Kollega", "Jonas Øland")
    mette.fill("Klokkeslæt", "23.45")
    mette.press("Opret og gå videre til fokus")
    mette.arrive("Feedback-kontrakt: Fokus")
    mette.fill("Det vigtigste", "Om jeg lader borgeren tale ud")
    mette.press("Gem og gå videre")
    mette.arrive("Feedback-kontrakt: Kendetegn")
    mette.press("Tag en skabelon")
    mette.press("Brug Cabi – 9 trin")
    expect(mette.page.get_by_role("heading", name="Valgt", exact=True)).to_be_focused()
    mette.press("Gem og gå videre")
    mette.arrive("Feedback-kontrakt: Aftaler")
    mette.choose("Ja")
    mette.press("Gem og gå videre")
    mette.arrive("Feedback-kontrakt: Se optageren")
    mette.press("Sig ja til kontrakten")
    expect(mette.page.get_by_text("Du har sagt ja. Nu venter kontrakten på Jonas.")).to_be_visible()


def record(jonas: Keys) -> None:
    jonas.go("/")
    jonas.press("Sig ja")
    jonas.press("Sig ja til kontrakten")
    jonas.press("Åbn optageren")
    page = jonas.page
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled()
    jonas.press("Start")
    expect(page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")
    for key in ("1", "Space", "2", "u", "g", "u", "q", "w", "Control+z", "4"):
        page.keyboard.press(key)
        page.wait_for_timeout(320)
    expect(page.locator("[data-state-words]")).to_contain_text("Gemt")
    jonas.press("Afslut")
    expect(page.get_by_role("heading", name="Er samtalen slut?")).to_be_visible()
    jonas.press("Afslut samtalen")
    expect(page.get_by_role("link", name="Skriv feedback")).to_be_visible(timeout=15_000)


def write(jonas: Keys) -> None:
    jonas.press("Skriv feedback")
    jonas.page.wait_for_load_state()
    if jonas.page.get_by_role("link", name="Skriv feedback").count():
        jonas.press("Skriv feedback")
    jonas.arrive("Din feedback til Mette")
    jonas.fill("Det, der lykkedes, punkt 1", "Du spurgte først og ventede.")
    jonas.fill("Iagttagelser, punkt 1", "Jeg hørte to åbne spørgsmål i træk.")
    jonas.fill("Oplevelser, punkt 1", "Jeg blev nysgerrig.")
    jonas.press("Læs den, som Mette vil se den")
    jonas.arrive("Sådan ser Mette din feedback")
    jonas.press("Send til Mette")
    jonas.page.wait_for_load_state()


def receive_share_and_fetch(mette: Keys) -> None:
    mette.go("/")
    mette.press("Læs feedback")
    mette.press("Åbn din feedback")
    mette.arrive("Feedback fra Jonas")
    mette.fill("Skriv et par ord", "Tusind tak.")
    mette.press("Sig tak til Jonas")
    expect(mette.page.get_by_text("Du sagde tak")).to_be_visible()
    mette.press("Del punkter")
    mette.page.wait_for_load_state()
    expect(mette.page.get_by_role("heading", level=1)).to_contain_text("Del")
    mette.choose("Du spurgte først")
    mette.go("/profil")
    mette.press("Hent alt om dine samtaler")
    mette.page.wait_for_load_state()


def sign_out(keys: Keys) -> None:
    keys.press("Mette Ærø" if keys.page.get_by_text("Mette Ærø").count() else "Jonas Øland")
    keys.press("Log ud")
    keys.arrive("Log ind")


@pytest.mark.timeout(180)
def test_the_whole_road_without_a_mouse(live: Any, record_property: Any) -> None:
    mette, jonas = Keys(live.page_for("mette")), Keys(live.page_for("jonas"))
    make_the_kontrakt(mette)
    record(jonas)
    write(jonas)
    receive_share_and_fetch(mette)
    for keys in (mette, jonas):
        sign_out(keys)
    wrong = mette.wrong + jonas.wrong
    assert not wrong, "\n".join(wrong)
    record_property(
        "figure",
        f"the whole road in {mette.steps + jonas.steps} moves of the focus, 0 of them unseen or astray",
    )


@pytest.mark.parametrize(
    ("bug", "said"),
    [
        (
            "document.adoptedStyleSheets[0].replaceSync('* { outline: none !important; box-shadow: none !important }')",
            "no mark",
        ),
        (
            "document.querySelectorAll('.help-contents a').forEach((one, nr) => (one.tabIndex = 9 - nr))",
            "against|up again",
        ),
        (
            "document.addEventListener('keydown', (event) => event.key === 'Tab' && event.preventDefault())",
            "is not reached",
        ),
    ],
)
@pytest.mark.planted("I2")
def test_the_walk_finds_what_keeps_a_keyboard_out(live: Any, bug: str, said: str) -> None:
    keys = Keys(live.page_for("mette"))
    keys.go("/hjaelp")
    keys.page.evaluate(f"document.adoptedStyleSheets = [new CSSStyleSheet()]; {bug}")
    try:
        keys.tab_to("Tilgængelighedserklæring")
    except AssertionError as problem:
        keys.wrong.append(str(problem))
    assert re.search(said, " ".join(keys.wrong)), keys.wrong
