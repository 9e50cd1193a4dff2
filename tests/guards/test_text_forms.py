"""Danish text in all its forms comes back as it was written, or is refused; it never becomes something else."""

from __future__ import annotations

import html
import unicodedata
from typing import Any

import pytest
from crawling import as_in_service
from flask import Flask
from people import World

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


@pytest.mark.wide
@pytest.mark.gate("D3")
def test_what_is_written_comes_back_or_is_refused(
    app: Flask, world: World, browser_for: Any, record_property: Any
) -> None:
    browser, kept, refused = browser_for(world.mette), 0, 0
    for name, text in TEXTS.items():
        answer = browser.send("/logbog/ny", proevet=text)
        assert answer.status_code in (303, 422), name
        shown = html.unescape(browser.get("/logbog").get_data(as_text=True))
        if answer.status_code == 303:
            assert any(form.strip("\ufeff") in shown for form in as_read(text)), name
            kept += 1
        refused += answer.status_code == 422
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


@pytest.mark.gate("D3")
def test_names_are_sorted_as_in_danish() -> None:
    names = ["Åse", "Ærø", "Øland", "Zoe", "Aase", "Anna", "Bo", unicodedata.normalize("NFD", "Århus")]
    found = sorted(names, key=sorteringsnoegle)
    assert found[:5] == ["Anna", "Bo", "Zoe", "Ærø", "Øland"], "and the rest are å"
    assert sorted(names) != found, "the order of code points is another"
