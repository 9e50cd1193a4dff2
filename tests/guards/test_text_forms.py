"""Danish text in all its forms comes back as it was written, or is refused; it never becomes something else."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any
from uuid import UUID

import html5lib
import pytest
from crawling import Quick, as_in_service, crawl, endpoint_of
from flask import Flask
from markupsafe import Markup
from people import World
from test_stored_scripts import plant
from test_viewpoints import fill

from supervision import HOUSE, bidi
from supervision.danish import sorteringsnoegle

TEXTS = {
    "composed": "Blåbær på æsken, Åse",
    "decomposed": unicodedata.normalize("NFD", "Blåbær på æsken, Åse"),
    "a family of one sign": "Vi gik 👩‍👩‍👧‍👦 hjem 🇩🇰",
    "right to left": "Han sagde \u202eabc\u202c og شكرا",
    "10,000 marks": "a" + "\u0301" * 10_000,
    "a byte order mark": "\ufeffTekst",
    "mathematical": "𝓕𝓮𝓮𝓭𝓫𝓪𝓬𝓴 ½ ² ٣",
    "line breaks": "En\nto\n\ntre",
    "quotes": "\"'`<>&;",
    "nothing wide": "a\u200bb\u00adc\u2060d",
}
BROKEN = {"a zero": b"a%00b", "half a pair": b"a%ED%A0%80b", "no UTF-8": b"a%FF%FEb"}


def as_read(text: str) -> set[str]:
    """The forms that count as the same: as written, or composed."""
    return {text, unicodedata.normalize("NFC", text), text.replace("\n", "\r\n")}


def changed(browser: Any) -> tuple[int, int, list[str]]:
    """(how many texts came back equal, how many were refused, which came back as something else)."""
    kept, refused, wrong = 0, 0, []
    for name, text in TEXTS.items():
        answer = browser.send("/logbog/ny", proevet=text)
        assert answer.status_code in (303, 422), name
        shown = SIGNS.sub("", html.unescape(browser.get("/logbog").get_data(as_text=True)))
        if answer.status_code == 303:
            same = any(SIGNS.sub("", form.strip("\ufeff")) in shown for form in as_read(text))
            kept += same
            wrong += [] if same else [name]
        refused += answer.status_code == 422
    return kept, refused, wrong


SIGNS = re.compile("[\u2068\u2069]")
"""Put round what turns, when it is shown."""


@pytest.mark.wide
@pytest.mark.gate("D3")
def test_what_is_written_comes_back_or_is_refused(
    app: Flask, world: World, browser_for: Any, record_property: Any
) -> None:
    browser = browser_for(world.mette)
    kept, refused, wrong = changed(browser)
    assert wrong == []
    for name, raw in BROKEN.items():
        with as_in_service(app) as said:
            body = b"csrf_token=" + browser.token().encode() + b"&proevet=" + raw
            answer = browser.post("/logbog/ny", data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (303, 400, 422), name
        assert said == [], name
    assert kept >= 8
    record_property(
        "figure",
        f"{kept} forms of text came back equal, {refused} refused, {len(BROKEN)} broken: 0 5xx",
    )


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.planted("D3")
def test_a_product_that_tidies_texts_is_seen(
    app: Flask, world: World, browser_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted bug: what looks alike is made the same, and what is not a letter goes."""
    real = app.view_functions["logbog.logbog"]
    tidy = lambda: unicodedata.normalize("NFKC", real()).replace("\u200d", "")  # noqa: E731
    monkeypatch.setitem(app.view_functions, "logbog.logbog", tidy)
    monkeypatch.setattr("test_text_forms.TEXTS", {name: TEXTS[name] for name in ("mathematical", "quotes")})
    assert changed(browser_for(world.mette))[2] == ["mathematical"]


@pytest.mark.gate("D3")
def test_names_are_sorted_as_in_danish() -> None:
    names = ["Åse", "Ærø", "Øland", "Zoe", "Aase", "Anna", "Bo", unicodedata.normalize("NFD", "Århus")]
    found = sorted(names, key=sorteringsnoegle)
    assert found[:5] == ["Anna", "Bo", "Zoe", "Ærø", "Øland"], "and the rest are å"
    assert sorted(names) != found, "the order of code points is another"


COMPONENTS = HOUSE / "static" / "css" / "components.css"
TURNED = "\u202eVENDT"
"""Everything after an override runs backwards, to the end of its paragraph or isolate."""


def loose(source: str) -> list[str]:
    """The texts of a page in which an override reaches what stands beside it, and the fields that hold our isolates."""
    found = []
    for element in html5lib.parse(source, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "title", "style"):
            continue
        typed = [element.get("value") or "", element.text or "" if element.tag == "textarea" else ""]
        found += [f"{element.tag} holds {one[:40]!a}" for one in typed if "\u2068" in one]
        if element.tag not in ("textarea", "option", "label"):  # a label is by itself: components.css
            said = [(element.text or ""), *((child.tail or "") for child in element)]
            found += [
                f"{element.tag}: {line.strip()[:60]!a}"
                for text in said
                for line in text.split("\n")
                if reaches(line)
            ]
    return found


def reaches(line: str) -> bool:
    """Whether an override stands outside any isolate."""
    depth = 0
    for sign in line:
        depth += (sign in "\u2066\u2067\u2068") - (sign == "\u2069" and depth > 0)
        if sign == "\u202e" and depth == 0:
            return True
    return False


def turned_pages(app: Flask, people: dict[str, UUID]) -> tuple[int, list[str]]:
    """How many pages show words that turn, and where they reach further than they should."""
    pages, wrong = 0, []
    for name in {"mette", "jonas", "leder", "administrator"} & set(people):
        for page in crawl(
            Quick.signed_in(app, people[name]), ["/"], 40, ("/metoder/", "/skabeloner/", "/principper/")
        ):
            if page.mimetype == "text/html" and "VENDT" in page.text:
                pages += 1
                wrong += [f"{endpoint_of(app, page.url)}: {one}" for one in loose(page.text)]
    return pages, wrong


@pytest.mark.wide
@pytest.mark.gate("D3")
@pytest.mark.planted("D3")
def test_an_override_turns_nothing_around_but_itself(
    sqlite_app: Flask, sqlite_world: World, record_property: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_app.app_context():
        fill(sqlite_world)
        plant(TURNED)
    pages, wrong = turned_pages(sqlite_app, sqlite_world.people)
    assert "\n".join(wrong) == ""
    assert "label { unicode-bidi: isolate; }" in COMPONENTS.read_text(encoding="utf-8")
    assert pages > 40
    record_property(
        "figure", f"an override in every name and text: on {pages} pages it turns nothing beside it"
    )
    monkeypatch.setattr(sqlite_app.jinja_env, "finalize", lambda value: value)
    assert turned_pages(sqlite_app, {"mette": sqlite_world.mette})[1] != []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mette Ærø", "Mette Ærø"),
        ("a\u202ecba", "\u2068a\u202ecba\u2069"),
        ("\u2069ude\u2067inde", "\u2068ude\u2067inde\u2069\u2069"),
        ("en\n\u05e9\u05dc\u05d5\u05dd", "\u2068en\u2069\n\u2068\u05e9\u05dc\u05d5\u05dd\u2069"),
    ],
)
def test_what_turns_is_put_by_itself(text: str, shown: str) -> None:
    assert bidi.isolated(text) == shown
    assert bidi.isolated(Markup(text)) == text
