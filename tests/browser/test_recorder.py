"""The recorder in a real browser: nothing tapped is lost or doubled, and the screen says what is true."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from agreed import ELEMENT, add_kontrakt
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from supervision import clock
from supervision.aftaler.models import FeedbackKontrakt
from supervision.db import db
from supervision.observationer.actions import recording
from supervision.observationer.measures import effective, maal
from supervision.observationer.queries import find_observation_of, list_haendelser
from supervision.observationer.rules import Haendelse
from supervision.personer.models import Person

pytestmark = pytest.mark.browser

NO_NET = "Failed to load resource: net::ERR_INTERNET_DISCONNECTED"
SIGNED_OUT = r"status of 401"
SECOND_TILE = "no_spoerger"
SIZES = [(390, 844), (820, 1180), (1180, 820), (1280, 720)]


class Optager:
    """The recorder's page as a thumb uses it."""

    def __init__(self, live: Any, page: Page, kontrakt_id: UUID) -> None:
        self.live, self.page, self.kontrakt_id = live, page, kontrakt_id
        self.touch: bool = page.evaluate("navigator.maxTouchPoints > 0")
        self.open()

    def open(self) -> None:
        self.page.goto(f"/optager/{self.kontrakt_id}")

    def start(self) -> None:
        self.act("start")
        expect(self.page.locator("[data-recorder]")).to_have_attribute("data-state", "i_gang")

    def field(self, spor: str, kode: str) -> Any:
        return self.page.locator(f'[data-spor="{spor}"][data-kode="{kode}"]')

    def press(self, spor: str, kode: str) -> None:
        self.hit(self.field(spor, kode))

    def act(self, name: str) -> None:
        self.hit(self.page.locator(f'[data-act="{name}"]').first)

    def hit(self, target: Any) -> None:
        """With a thumb where there is a touch screen, else with the mouse."""
        target.tap() if self.touch else target.click()

    def tick(self, kode: str = SECOND_TILE) -> None:
        """One tick; the next on the same tile counts when 300 ms have passed."""
        self.press("faerdighed", kode)
        self.page.wait_for_timeout(320)

    def state(self, words: str) -> None:
        expect(self.page.locator("[data-state-words]")).to_have_text(words)

    def saved(self) -> None:
        self.state("Gemt")

    def note(self, text: str) -> None:
        self.act("note")
        self.page.locator("[data-note-text]").fill(text)
        self.page.get_by_role("button", name="Gem noten").click()

    def end(self) -> dict[str, int]:
        """Ask for the end, read the summary, and say yes. The figures by name."""
        self.act("afslut")
        figures = {
            figure.get_attribute("data-figure"): int(figure.get_attribute("data-value"))
            for figure in self.page.locator("[data-figure]").all()
        }
        self.act("afslut_nu")
        return figures

    def stored(self) -> list[Haendelse]:
        """What the server has, read from its database."""
        with self.live.app.app_context():
            observation = find_observation_of(self.kontrakt_id)
            found = list_haendelser(observation.id) if observation else []
            db.session.remove()
        return found

    def on_device(self) -> int:
        """How many events the device itself holds."""
        found: int = self.page.evaluate(
            """async () => {
                const [{ name }] = await indexedDB.databases();
                const database = await new Promise((done) => {
                    const asked = indexedDB.open(name);
                    asked.onsuccess = () => done(asked.result);
                });
                const count = database.transaction("haendelser").objectStore("haendelser").count();
                const found = await new Promise((done) => { count.onsuccess = () => done(count.result); });
                database.close();
                return found;
            }"""
        )
        return found


@pytest.fixture
def kontrakt_id(live: Any) -> UUID:
    return agree(live)


def agree(live: Any, **wishes: Any) -> UUID:
    with live.app.app_context():
        made = add_kontrakt(live.world, **wishes)
        db.session.commit()
        db.session.remove()
    return made


def of(events: list[Haendelse], spor: str) -> list[str]:
    return [event.kode for event in effective(events) if event.spor == spor]


def test_a_whole_samtale_on_a_phone(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.press("fase", "kontrakt")
    optager.press("element", ELEMENT)
    optager.press("taler", "medarbejder")
    optager.tick()
    optager.press("fase", "emne")
    optager.press("ugu", "undersoeg")
    optager.press("ugu", "giv")
    expect(page.locator("[data-loop-words]")).to_have_text("sidste U mangler")
    optager.press("taler", "borger")
    optager.press("taler", "borger")
    optager.saved()

    page.reload()
    expect(optager.field("taler", "borger")).to_have_attribute("aria-pressed", "true")
    expect(optager.field("fase", "emne")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-topic]")).to_have_text("Emne 1")
    expect(page.locator("[data-loop-words]")).to_have_text("sidste U mangler")

    page.context.set_offline(True)
    optager.tick()
    optager.tick()
    optager.press("ugu", "undersoeg")
    optager.note("Lænede sig frem")
    optager.state("Uden net · gemt på enheden · 4 venter")
    page.context.set_offline(False)
    optager.saved()

    optager.act("fortryd")
    optager.act("fortryd")
    expect(page.locator("[data-loop-words]")).to_have_text("sidste U mangler")
    optager.act("gendan")
    expect(page.locator("[data-loop-words]")).to_have_text("hel UGU")
    optager.act("gendan")
    optager.act("pause")
    page.wait_for_timeout(400)
    optager.act("pause")

    figures = optager.end()
    expect(page.locator("[data-end-words]")).to_have_text("Alt er gemt.")
    events = optager.stored()
    truth = maal(events)
    assert figures == {
        "varighed": truth["varighed_ms"],
        **truth["taletid_ms"],
        "indrammet": truth["ugu"]["indrammet"],
        "kryds": sum(truth["faerdigheder"].values()),
    }
    assert truth["faerdigheder"] == {SECOND_TILE: 3}
    assert truth["ugu"] == {"giv": 1, "indrammet": 1, "uden_foer": 0, "uden_efter": 0}
    assert of(events, "taler") == ["medarbejder", "borger"]
    assert of(events, "ur") == ["start", "pause", "genoptag", "slut"]
    assert of(events, "note") == ["Lænede sig frem"]
    assert optager.on_device() == 0, "what the server has does not stay on the tablet"
    expect(page.get_by_role("link", name="Skriv feedback")).to_be_visible()


def test_an_expired_sign_in_loses_nothing(live: Any, kontrakt_id: UUID) -> None:
    live.expects(SIGNED_OUT)
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.tick()
    optager.saved()
    page.context.clear_cookies()
    for _ in range(3):
        optager.tick()
    banner = page.locator("[data-banner]")
    expect(banner).to_contain_text("Du er logget ud")
    optager.state("Gemt på enheden · 3 venter")
    optager.tick()
    assert len(of(optager.stored(), "faerdighed")) == 1

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log ind igen for at sende").click()
    tab = live.watch(opened.value)
    live.fill_sign_in(tab, "jonas")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Du er logget ind igen")
    page.bring_to_front()
    optager.saved()
    expect(banner).to_be_hidden()
    ids = Counter(event.id for event in optager.stored() if event.spor == "faerdighed")
    assert len(ids) == 5
    assert set(ids.values()) == {1}


def test_nothing_is_sent_in_another_persons_name(live: Any, kontrakt_id: UUID) -> None:
    live.expects(SIGNED_OUT)
    live.expects("status of 404")
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.saved()
    page.context.clear_cookies()
    live.sign_in(live.watch(page.context.new_page()), "aase")
    page.bring_to_front()
    optager.tick()
    expect(page.locator("[data-banner]")).to_contain_text("En anden er logget ind")
    assert of(optager.stored(), "faerdighed") == []
    page.context.clear_cookies()
    live.sign_in(live.watch(page.context.new_page()), "jonas")
    page.bring_to_front()
    optager.saved()
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE]


def test_the_samtale_ends_offline_and_after_a_reload(live: Any, kontrakt_id: UUID) -> None:
    live.expects(NO_NET)
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.press("taler", "borger")
    optager.saved()
    page.context.set_offline(True)
    optager.tick()
    optager.end()
    expect(page.locator("[data-end-words]")).to_contain_text("sendes, når der er net igen")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-end-words]")).to_have_text("Alt er gemt.")
    assert of(optager.stored(), "ur") == ["start", "slut"]
    assert of(optager.stored(), "faerdighed") == [SECOND_TILE]
    optager.open()
    expect(page).to_have_url(f"{live.base_url}{observation_address(optager)}")


def observation_address(optager: Optager) -> str:
    with optager.live.app.app_context():
        observation = find_observation_of(optager.kontrakt_id)
        assert observation is not None
        address = f"/observationer/{observation.id}"
        db.session.remove()
    return address


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


def test_what_the_server_refuses_is_shown_and_the_rest_arrives(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    page.evaluate(f"""document.querySelector('[data-kode="{SECOND_TILE}"]').dataset.kode = "forfalsket" """)
    optager.tick("forfalsket")
    optager.tick("ud_gang")
    optager.state("Gemt · 1 kunne ikke sendes")
    optager.act("vis_afviste")
    expect(page.locator("[data-refused-list] li")).to_contain_text(
        "Det står ikke på skærmen i jeres kontrakt."
    )
    page.keyboard.press("Escape")
    page.reload()
    optager.state("Gemt · 1 kunne ikke sendes")
    assert of(optager.stored(), "faerdighed") == ["ud_gang"]


def test_a_second_device_continues_the_same_log(live: Any, kontrakt_id: UUID) -> None:
    first = Optager(live, live.page_for("jonas"), kontrakt_id)
    first.start()
    first.press("taler", "borger")
    first.tick()
    first.saved()
    second = Optager(live, live.phone_for("jonas"), kontrakt_id)
    expect(second.field("taler", "borger")).to_have_attribute("aria-pressed", "true")
    second.tick()
    expect(second.field("faerdighed", SECOND_TILE)).to_contain_text("2")
    second.saved()
    first.page.reload()
    expect(first.field("faerdighed", SECOND_TILE)).to_contain_text("2")
    assert len(of(first.stored(), "faerdighed")) == 2
    clocks = [page.locator("[data-clock]").inner_text() for page in (first.page, second.page)]
    seconds = [int(shown.split(".")[0]) * 60 + int(shown.split(".")[1]) for shown in clocks]
    assert abs(seconds[0] - seconds[1]) <= 1


def test_a_trembling_thumb_ticks_once(live: Any, kontrakt_id: UUID) -> None:
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    page.evaluate(
        f"""for (let i = 0; i < 5; i++) document.querySelector('[data-kode="{SECOND_TILE}"]').click()"""
    )
    optager.press("faerdighed", "ud_gang")
    page.wait_for_timeout(350)
    optager.tick()
    optager.saved()
    assert Counter(of(optager.stored(), "faerdighed")) == {SECOND_TILE: 2, "ud_gang": 1}


def test_an_element_tapped_twice_is_taken_back(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    chip = optager.field("element", ELEMENT)
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    optager.saved()
    assert of(optager.stored(), "element") == []
    assert len(optager.stored()) == 3


def test_one_undo_takes_back_the_phase_and_the_emne_it_began(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.press("fase", "emne")
    optager.act("fortryd")
    expect(page.locator("[data-topic]")).to_have_text("Emne –")
    expect(optager.field("fase", "emne")).to_have_attribute("aria-pressed", "false")
    optager.act("gendan")
    expect(page.locator("[data-topic]")).to_have_text("Emne 1")
    expect(optager.field("fase", "emne")).to_have_attribute("aria-pressed", "true")
    optager.saved()
    assert (of(optager.stored(), "fase"), of(optager.stored(), "emne")) == (["emne"], ["1"])


def test_keys_on_a_laptop(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.tick()
    for key in ("Space", "Space", "1", "2", "u", "g", "u", "Control+z", "Control+y"):
        page.keyboard.press(key)
    optager.field("faerdighed", "ud_gang").focus()
    page.keyboard.press("Space")
    optager.act("note")
    page.keyboard.type("u2 g 1")
    page.keyboard.press("Escape")
    optager.saved()
    events = optager.stored()
    assert of(events, "taler") == ["medarbejder", "borger"]
    assert of(events, "fase") == ["kontrakt", "emne"]
    assert of(events, "ugu") == ["undersoeg", "giv", "undersoeg"]
    assert of(events, "faerdighed") == [SECOND_TILE, "ud_gang"]
    assert of(events, "note") == []


def test_a_note_belongs_to_the_moment_it_was_opened(live: Any, kontrakt_id: UUID) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    optager.start()
    optager.act("note")
    page.wait_for_timeout(900)
    page.locator("[data-note-text]").fill("Pause før svaret")
    page.get_by_role("button", name="Gem noten").click()
    optager.tick()
    optager.saved()
    [note, tick] = [event for event in effective(optager.stored()) if event.spor in ("note", "faerdighed")]
    assert tick.t_ms - note.t_ms >= 850


def test_the_clock_goes_on_and_a_calm_word_comes_from_four_fifths(live: Any, kontrakt_id: UUID) -> None:
    began = clock.now() - timedelta(minutes=3)
    spoken = [(0, "ur", "start"), (0, "taler", "medarbejder"), (150_000, "taler", "borger")]
    with live.app.app_context():
        recording.store_haendelser(
            kontrakt=db.session.get_one(FeedbackKontrakt, kontrakt_id),
            by=db.session.get_one(Person, live.world.jonas),
            startet_at=began,
            raw=[
                {"id": str(uuid4()), "nr": nr, "t_ms": t_ms, "spor": spor, "kode": kode}
                for nr, (t_ms, spor, kode) in enumerate(spoken)
            ],
        )
        db.session.commit()
        db.session.remove()
    page = live.phone_for("jonas")
    optager = Optager(live, page, kontrakt_id)
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^3\.[01]\d$"))
    expect(page.locator("[data-left]")).to_have_text("42 min. tilbage")
    expect(page.locator("[data-share=medarbejder]")).to_contain_text("Medarbejder har haft ordet længe")
    optager.press("taler", "stilhed")
    expect(page.locator("[data-share=borger]")).to_be_visible()
    expect(page.locator("[data-shares]")).to_have_attribute("aria-label", re.compile("Medarbejder 8[0-3]"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [SIZES[0], SIZES[2]], ids=["phone", "tablet"])
def test_axe_finds_nothing(live: Any, kontrakt_id: UUID, size: tuple[int, int], theme: str) -> None:
    page = live.page_for("jonas", viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
    optager = Optager(live, page, kontrakt_id)
    expect(page.locator('[data-act="start"]')).to_be_enabled()
    check_with_axe(page, "before the start")
    optager.start()
    play_a_little(optager)
    check_with_axe(page, "while it runs")
    optager.act("pause")
    check_with_axe(page, "in a pause")
    optager.act("afslut")
    check_with_axe(page, "at the summary")


@pytest.mark.parametrize(
    ("skabelon", "parter"),
    [
        ("frederikshavn_borger", ("medarbejder", "borger")),
        ("cabi_9_trin", ("medarbejder", "borger", "medarbejder2", "tredje")),
    ],
)
def test_the_screen_fits(live: Any, skabelon: str, parter: tuple[str, ...]) -> None:
    page = live.page_for("jonas")
    optager = Optager(live, page, agree(live, skabelon=skabelon, parter=parter))
    optager.start()
    play_a_little(optager)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        check_fit(page, phone=width < 700)


def play_a_little(optager: Optager) -> None:
    optager.press("taler", "borger")
    optager.press("fase", "emne")
    optager.press("ugu", "giv")
    optager.tick("sk_grunde")
    optager.saved()
    optager.page.wait_for_timeout(300)


def check_fit(page: Page, *, phone: bool) -> None:
    """Nothing scrolls but the kendetegn, and those only on a phone; a tile is at least 72 px each way."""
    found = page.evaluate(
        """() => {
            const [root, tiles] = [document.documentElement, document.querySelector("[data-tiles]")];
            const sizes = [...tiles.querySelectorAll(".rec-tile")].map((tile) => tile.getBoundingClientRect());
            const buttons = [...document.querySelectorAll(".rec-screen button:not(.rec-step)")];
            const small = buttons.filter((one) => {
                const box = one.getBoundingClientRect();
                return box.width && (box.height < 32 || one.scrollWidth > one.clientWidth + 1);
            });
            return {
                page: root.scrollHeight <= innerHeight && root.scrollWidth <= innerWidth,
                tiles: tiles.scrollHeight <= tiles.clientHeight,
                side: tiles.scrollWidth <= tiles.clientWidth,
                least: Math.min(...sizes.flatMap((box) => [box.width, box.height])),
                small: small.map((one) => one.textContent.trim()),
            };
        }"""
    )
    assert found["page"], found
    assert found["side"], found
    assert found["tiles"] or phone, found
    assert found["least"] >= 72, found
    assert found["small"] == []


def check_with_axe(page: Page, when: str) -> None:
    page.wait_for_timeout(250)
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    violations = results.response["violations"]
    told = [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in violations]
    assert not told, f"{when}: {told}"
