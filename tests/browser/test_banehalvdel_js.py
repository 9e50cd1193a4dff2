"""The banehalvdel check in the browser: kind words while one writes, and the same answers as on the server."""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect
from vectors.banehalvdel import load_tekster

from benchmarks import banehalvdel as benchmark
from supervision.feedback.rules.banehalvdel import bedoem_tekst

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "feedback"))

from letters import drafted, ended

pytestmark = pytest.mark.browser

MODULE = "/static/js/feedback/banehalvdel/dom.js"
ODD = "aåeé\u030a\u0308\n\t «»“”„\"'’‘.,;:!?…–—()09²½x\u00a0\x1c\x85\u2028DuIiÆØ😀-%/*日لŒſİßΣς"
NERVOUS = "Du virkede nervøs."
UNDER = ".fb-ude"
SAVED = "[data-gemt]"


def texts() -> list[str]:
    """Sentences of all kinds, alone, together, with loose accents, in pieces, and characters by chance."""
    chance = random.Random(20261122)
    sentences = [sentence.tekst for sentence in benchmark.own()]
    if benchmark.LABELLED.is_file():
        sentences += [sentence.tekst for sentence in benchmark.labelled()]
    words = [word for sentence in sentences for word in sentence.split()]
    between = ("", "", " ", ",", ".", "😀", "\n", "…", '!" ', " »", "« ")
    together = [" ".join(chance.choices(sentences, k=5)) for _ in range(100)]
    pieces = [
        " ".join(chance.choice(words) + chance.choice(between) for _ in range(chance.randint(1, 30)))
        for _ in range(500)
    ]
    odd = ["".join(chance.choices(ODD, k=chance.randint(0, 40))) for _ in range(500)]
    loose = [unicodedata.normalize("NFD", text) for text in together[:50]]
    return [*sentences, *together, *pieces, *odd, *loose, *(one["tekst"] for one in load_tekster())]


def in_python(text: str) -> list[dict[str, Any]]:
    """What the server says, with places counted as JavaScript does."""

    def place(at: int) -> int:
        return len(text[:at].encode("utf-16-le")) // 2

    names = ("label", "hvorfor", "forslag", "ord", "regel", "egen")
    return [
        {name: getattr(dom, name) for name in names} | {"fra": place(dom.fra), "til": place(dom.til)}
        for dom in bedoem_tekst(text)
    ]


def area(page: Page, slags: str) -> Locator:
    return page.locator(f"[data-omraade={slags}]")


def written(page: Page, slags: str, words: str) -> Locator:
    """The field of this kind with these words in it, put there at once as dictation does."""
    field = area(page, slags).locator("textarea").last
    field.focus()
    page.keyboard.insert_text(words)
    return area(page, slags).locator("textarea").first


def opened(live: Any, *points: tuple[str, str], **allowed: bool) -> Page:
    observation_id = ended(live.app, live.world, **allowed)
    if points:
        drafted(live.app, observation_id, points)
    page: Page = live.page_for("jonas")
    page.goto(f"/observationer/{observation_id}/feedback")
    return page


def test_the_same_answers_as_on_the_server(live: Any) -> None:
    given = texts()
    page = live.page_for(None)
    page.goto("/log-ind")
    script = f"async (text) => JSON.stringify(JSON.parse(text).map((await import('{MODULE}')).bedoemTekst))"
    answers = json.loads(page.evaluate(script, json.dumps(given)))
    wrong = [text for text, found in zip(given, answers, strict=True) if found != in_python(text)]
    assert wrong == []
    assert {dom["label"] for found in answers for dom in found} == set(benchmark.LABELS)
    vectors = load_tekster()
    for vector, found in zip(vectors, answers[-len(vectors) :], strict=True):
        wide = vector["tekst"].encode("utf-16-le")
        shown = [[wide[2 * d["fra"] : 2 * d["til"]].decode("utf-16-le"), d["label"]] for d in found]
        assert shown == vector["saetninger"]


def test_a_kind_word_while_one_writes_and_nothing_is_sent(live: Any) -> None:
    page = opened(live, ("oplevelse", "Jeg blev nysgerrig. Du er dygtig."))
    expect(area(page, "oplevelse").locator(UNDER)).to_have_text("Du er dygtig.")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    field = written(page, "iagttagelse", f"Du ventede i fem sekunder. {NERVOUS}")
    seen = area(page, "iagttagelse")
    expect(seen.locator(UNDER)).to_have_text(NERVOUS)
    expect(seen.locator("[data-bane]").first).to_contain_text("»Du virkede« er dit billede af")
    expect(page.locator("[data-bane-siger]")).to_contain_text("»Du virkede«")
    seen.get_by_role("button", name="Omskriv: begynd med »Jeg hørte dig sige …«").click()
    expect(field).to_have_value(f"Du ventede i fem sekunder. Jeg hørte dig sige {NERVOUS}")
    seen.get_by_role("button", name="Fortryd").click()
    expect(field).to_have_value(f"Du ventede i fem sekunder. {NERVOUS}")
    expect(seen.locator(UNDER)).to_have_text(NERVOUS)
    seen.get_by_role("button", name="Omskriv: begynd med »Jeg så, at …«").click()
    page.keyboard.type("du kiggede ned.")
    expect(field).to_have_value("Du ventede i fem sekunder. Jeg så, at du kiggede ned.")
    expect(seen.locator(UNDER)).to_have_count(0)
    expect(page.locator(SAVED)).to_contain_text("Gemt kl.")
    where = page.url
    assert {(one.method, one.url) for one in asked} == {("POST", where)}, (
        "the draft is saved, and that is all"
    )
    assert not any(mark in (one.post_data or "") for one in asked for mark in ("fortolkning", "billede"))

    written(page, "lykkedes", "Du forklarede reglerne. Godt gået!")
    good = area(page, "lykkedes")
    expect(good.locator(UNDER)).to_have_text("Godt gået!")
    good.get_by_role("button", name="Lad den stå").click()
    expect(good.locator(UNDER)).to_have_count(0)
    good.locator("textarea").first.press("End")
    page.keyboard.type(" Husk at opsummere.")
    expect(good.locator(UNDER)).to_have_text(
        "Husk at opsummere."
    )  # the one left standing is not taken up again


def test_switched_off_it_is_silent_and_stays_so(live: Any) -> None:
    page = opened(live, ("iagttagelse", NERVOUS))
    box = page.get_by_label("Hold øje med min banehalvdel")
    seen = area(page, "iagttagelse")
    expect(seen.locator(UNDER)).to_have_text(NERVOUS)
    box.uncheck()
    expect(seen.locator(UNDER)).to_have_count(0)
    expect(seen.locator("[data-bane] p")).to_have_count(0)
    page.reload()
    expect(box).not_to_be_checked()
    written(page, "oplevelse", f"{NERVOUS} ")
    expect(page.locator(SAVED)).to_contain_text("Gemt kl.")
    expect(page.locator(UNDER)).to_have_count(0)
    box.check()
    expect(page.locator(UNDER)).to_have_text([NERVOUS, NERVOUS])


def test_a_guess_may_stand_in_the_open_drawer_and_the_lines_lie_under_the_words(live: Any) -> None:
    page = opened(live, fortolkning_tilladt=True)
    written(page, "fortolkning", f"{NERVOUS} Du er en dårlig lytter.")
    drawer = area(page, "fortolkning")
    expect(drawer.locator(UNDER)).to_have_text("Du er en dårlig lytter.")
    long = "Du lænede dig tilbage, da hun fortalte om sit arbejde på lageret. " * 14 + NERVOUS
    field = written(page, "iagttagelse", long)
    seen = area(page, "iagttagelse")
    expect(seen.locator(UNDER)).to_have_text(NERVOUS)
    expect(seen.locator("[data-bane]").first).to_contain_text("Skuffen »Fortolkning« er åben")
    for width in (320, 820, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        field.evaluate("area => { area.scrollTop = area.scrollHeight; }")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        text, copy = field.evaluate(
            "area => [area, area.nextElementSibling].map((one) => "
            "[one.scrollHeight, one.clientWidth, one.clientHeight, one.scrollTop])"
        )
        assert text[1:] == copy[1:], width
        assert 0 <= copy[0] - text[0] <= 1, width
