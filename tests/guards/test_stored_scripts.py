"""What somebody writes stays words: 300 attempts at a script and every sign of a formula, in every text at once.

They are put into the tables themselves, past every form, so that it is the way out that is tried.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from crawling import Quick, crawl, endpoint_of
from flask import Flask
from markupsafe import Markup
from openpyxl import load_workbook
from populated import METTES, Populated, populate
from scripts_as_text import MARK, PAYLOADS
from sqlalchemy import String, text
from test_viewpoints import VIEWPOINTS

from supervision.db import db
from supervision.observationer.formats.regneark import FORMULA

NAMES = {
    ("person", "navn"),
    ("team", "navn"),
    ("organisation", "navn"),
    ("princip", "tekst"),
    ("laeringsgruppe", "navn"),
}
HTML = "{http://www.w3.org/1999/xhtml}"
HARMLESS_SCRIPTS = {"application/json"}


def plant(words: str, *, names: bool = True) -> int:
    """Put the words after every text that somebody wrote. Returns in how many columns they now stand."""
    planted = 0
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, String) or column.name == "email":
                continue
            whole = (table.name, column.name) in NAMES and names
            where = "1 = 1" if whole else f"{column.name} LIKE '%{METTES}%'"
            try:
                with db.session.begin_nested():
                    new = f"{column.name} || :words"
                    if not names:
                        new = f":words || {column.name}"
                    statement = text(f"UPDATE {table.name} SET {column.name} = {new} WHERE {where}")
                    planted += bool(db.session.execute(statement, {"words": words}).rowcount)  # type: ignore[attr-defined]
            except Exception:  # a CHECK that keeps other words out
                continue
    db.session.commit()
    db.session.remove()
    return planted


def alive(source: str) -> list[str]:
    """What in a page came to life of the words that were planted, as a browser reads the page."""
    return [
        found
        for element in html5lib.parse(source).iter()
        for found in _of(element)
        if isinstance(element.tag, str)
    ]


def _of(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    tag = element.tag.removeprefix(HTML)
    if tag == "script" and MARK in (element.text or "") and element.get("type") not in HARMLESS_SCRIPTS:
        yield "script"
    if tag in ("style", "iframe", "object", "embed", "base", "math", "video"):
        yield tag
    for name, value in element.attrib.items():
        words = re.sub(r"[\x00-\x20]", "", str(value)).lower()
        if str(name).lower().startswith("on") or name in ("srcdoc", "style") or MARK in str(name):
            yield f"{tag} {name}"
        if name in ("href", "src", "action", "formaction", "data") and words.startswith(
            ("javascript:", "vbscript:", "data:text")
        ):
            yield f"{tag} {name}"
        if name == "http-equiv" and words == "refresh":
            yield "meta refresh"


@pytest.fixture
def house(sqlite_app: Flask) -> Populated:
    with sqlite_app.app_context():
        return populate()


@pytest.mark.wide
@pytest.mark.timeout(600)
@pytest.mark.gate("D4")
@pytest.mark.planted("D4")
def test_no_words_come_to_life_on_any_page(sqlite_app: Flask, house: Populated, record_property: Any) -> None:
    assert len(PAYLOADS) == 300
    raw = [
        words for words in PAYLOADS if alive(f'<p title="{words}">{words}</p><textarea>{words}</textarea>')
    ]
    assert len(raw) > 200, "put on a page as they are, most of them would come to life"
    with sqlite_app.app_context():
        columns = plant("\n".join(PAYLOADS))
    pages, wrong, with_words = 0, list[str](), set[str]()
    for viewpoint in ("ejer", "observatoer", "teamleder", "administrator"):
        browser = Quick.signed_in(sqlite_app, house.world.people[VIEWPOINTS[viewpoint]])  # type: ignore[index]
        seen = with_words
        for page in crawl(browser, ["/"], but=("/metoder/", "/skabeloner/")):
            endpoint = endpoint_of(sqlite_app, page.url)
            if page.mimetype != "text/html" or MARK not in page.text or endpoint in seen:
                continue
            pages += 1
            with_words.add(endpoint)
            wrong += [f"{endpoint} as {viewpoint}: {found}" for found in alive(page.text)]
    assert wrong == []
    assert len(with_words) > 60
    record_property(
        "figure",
        f"{len(PAYLOADS)} strings in {columns} columns on {pages} pages ({len(with_words)} kinds): 0 came to life",
    )
    with sqlite_app.test_request_context():
        broken = sqlite_app.jinja_env.from_string("<p>{{ words|safe }}</p>").render(words=Markup(PAYLOADS[1]))
    assert alive(broken) == ["img onerror"]


@pytest.mark.wide
@pytest.mark.timeout(600)
@pytest.mark.gate("D5")
def test_no_file_for_a_spreadsheet_begins_a_formula(
    sqlite_app: Flask, house: Populated, record_property: Any
) -> None:
    """Every CSV and workbook that can be fetched by following links, with a formula at the head of every text."""
    with sqlite_app.app_context():
        planted = plant("=HYPERLINK(0)", names=False) + plant("=1+", names=False)
    files, cells, wrong = 0, 0, list[str]()
    for viewpoint in ("ejer", "teamleder", "administrator"):
        browser = Quick.signed_in(sqlite_app, house.world.people[VIEWPOINTS[viewpoint]])  # type: ignore[index]
        for page in crawl(browser, ["/"], but=("/metoder/", "/skabeloner/")):
            body = (
                browser.get(page.url).get_data()
                if "csv" in page.mimetype or "sheet" in page.mimetype
                else b""
            )
            found = list(formulas(body)) if body else []
            files += bool(body)
            cells += len(found)
            wrong += [f"{page.url}: {cell}" for cell, bad in found if bad]
    assert wrong == []
    assert files > 5
    assert planted > 20
    record_property(
        "figure",
        f"{cells} cells of {files} files, formulas at the head of {planted} columns: 0 formula cells",
    )


def formulas(body: bytes) -> Iterator[tuple[str, bool]]:
    """Every cell of a CSV or a workbook, and whether a spreadsheet would run it."""
    if body[:2] == b"PK":
        for sheet in load_workbook(io.BytesIO(body)):
            for row in sheet.iter_rows():
                yield from ((str(cell.value), cell.data_type == "f") for cell in row)
        return
    for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"):
        yield from ((cell, cell.startswith(FORMULA)) for cell in row)
