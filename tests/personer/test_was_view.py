"""The tilgængelighedserklæring: there for everybody, linked from every page, and as fresh as its date says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from administrator_pages import words
from flask import Flask
from people import World

from supervision import clock
from supervision.personer.rules import tilgaengelighed

VERSIONS = Path(__file__).with_name("was_versions.txt")
"""A line a version: the day it was looked through, and the digest of what it said. The newest is last."""

HOW = """The words of the tilgængelighedserklæring are new. Hold all of them against the product, set GENNEMGAAET
(and what is wrong, MANGLER) in supervision/personer/rules/tilgaengelighed.py to today, and add a line to {}:
{} {}"""


def digest(text: str) -> str:
    """What the statement says, but for the days it names."""
    for day in (tilgaengelighed.UDARBEJDET, tilgaengelighed.GENNEMGAAET):
        text = text.replace(f"{day:%d}".lstrip("0"), "").replace(f"{day:%Y}", "")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_freshness(text: str, gennemgaaet: date, today: date, versions: Sequence[str]) -> None:
    """Raises AssertionError when the statement is a year old, or says something else than on its day."""
    told = [line.split() for line in versions]
    days = [day for day, _ in told]
    assert days == sorted(set(days)), "each version has a day of its own"
    assert gennemgaaet <= today
    assert not tilgaengelighed.er_for_gammel(gennemgaaet, today), "look the tilgængelighedserklæring through"
    newest = told[-1]
    assert newest == [gennemgaaet.isoformat(), digest(text)], HOW.format(
        VERSIONS.name, gennemgaaet, digest(text)
    )


def statement(browser_for: Any) -> str:
    page = words(browser_for(None).get("/was"))
    return page[page.index("Alle skal kunne bruge") :]


@pytest.mark.gate("I5")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.planted("I5")
def test_the_statement_is_fresh(browser_for: Any, record_property: Any) -> None:
    versions = VERSIONS.read_text(encoding="utf-8").splitlines()
    text, day, today = statement(browser_for), tilgaengelighed.GENNEMGAAET, clock.today()
    check_freshness(text, day, today, versions)
    for wrong in (
        (text + " Alt virker.", day, today, versions),
        (text, day, day + timedelta(days=366), versions),
        (text, day, day - timedelta(days=1), versions),
        (text + "x", day, today, [*versions, f"{day} {digest(text + 'x')}"]),
        (text, day + timedelta(days=1), day + timedelta(days=1), versions),
    ):
        with pytest.raises(AssertionError):
            check_freshness(*wrong)
    record_property(
        "figure", f"looked through {day}, {(today - day).days} days old; 5 of 5 stale variants refused"
    )


@pytest.mark.gate("I5")
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_page_leads_there(app: Flask, world: World, browser_for: Any) -> None:
    jonas, nobody = browser_for(world.jonas), browser_for(None)
    for browser, url in (
        (jonas, "/"),
        (jonas, "/findes-ikke"),
        (nobody, "/log-ind"),
        (nobody, "/was"),
        (nobody, "/x"),
    ):
        page = browser.get(url, follow_redirects=True).get_data(as_text=True)
        assert (
            '<a href="/was">Tilgængelighedserklæring</a>' in page.split('<footer class="frame-footer">')[1]
        ), url


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_it_says_what_the_law_asks_for_and_whom_to_write_to(
    app: Flask, browser_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = statement(browser_for)
    for asked in (
        "delvist i overensstemmelse",
        "EN 301 549",
        "Digitaliseringsstyrelsen",
        "22. november 2026",
    ):
        assert asked in page
    for mangel in tilgaengelighed.MANGLER:
        assert mangel.hvad in page
    assert "Der er endnu ikke skrevet en adresse her" in page
    settings = app.extensions["settings"]
    given = type(settings)(
        settings.instance_path,
        settings.database_url,
        settings.secret_key,
        testing=True,
        was_kontakt="adgang@eksempel.dk",
        was_myndighed="Testby Kommune",
    )
    monkeypatch.setitem(app.extensions, "settings", given)
    page = statement(browser_for)
    assert "Testby Kommune har ansvaret" in page
    assert "skriv til adgang@eksempel.dk" in page
