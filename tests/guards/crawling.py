"""Walking the product as somebody with a browser and too much time: every link, every form, every file."""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from web import Browser
from werkzeug.test import TestResponse

from supervision.db import db

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_OF_A_PATH = 8
"""So many queries on one address are followed; the pages of a list and its filters say the same of access."""
READING_WRITES = frozenset({"adgang", "indlogning", "adgangsforsoeg"})
"""Tables in which reading may leave a trace: who has seen what, when a session was last used, a wrong secret link."""
NEVER = ("/log-ud", "/static/", "/service-worker.js")


class Quick(Browser):
    """A browser that does not look at how its pages are written: other tests do that."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return FlaskClient.open(self, *args, **kwargs)


@dataclass
class Field:
    """A control of a form: what a browser would send of it untouched, and what may be chosen."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    longest: int | None = None
    typed: bool = False


@dataclass
class Form:
    """A form as it stands on a page. `button`: (name, value) of the button that is pressed, of `buttons`."""

    action: str
    method: str
    key: str = ""
    multipart: bool = False
    fields: list[Field] = field(default_factory=list)
    button: tuple[str, str] | None = None
    buttons: list[tuple[str, str]] = field(default_factory=list)
    unnamed: bool = False
    """Whether one of its buttons sends nothing of its own."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({one.name for one in self.fields}))

    def sent(self, fill: Callable[[Field], list[str]] | None = None) -> dict[str, Any]:
        """What is sent when the button is pressed; `fill` says what stands in each control."""
        found: dict[str, Any] = {}
        for one in self.fields:
            values = (fill or (lambda control: control.values))(one)
            if one.kind == "file":
                found[one.name] = (io.BytesIO("".join(values).encode("utf-8", "replace")), "fil.csv")
            elif values:
                found.setdefault(one.name, []).extend(values)
        if self.button:
            found.setdefault(self.button[0], []).append(self.button[1])
        return found


class Reader(HTMLParser):
    """The links and forms of a page, and how every element is written."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._open: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._text: Field | None = None
        self._select: Field | None = None
        self._loose: list[tuple[str, Field]] = []
        self.feed(source)
        for form_id, control in self._loose:
            if form_id in self._by_id:
                self._by_id[form_id].fields.append(control)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag in ("a", "link") and found.get("href") and found.get("rel") not in ("icon", "stylesheet"):
            self.links.append(str(found["href"]))
        elif tag == "form":
            self._open = Form(
                found.get("action") or "",
                (found.get("method") or "get").lower(),
                multipart=found.get("enctype") == "multipart/form-data",
            )
            self.forms.append(self._open)
            if found.get("id"):
                self._by_id[str(found["id"])] = self._open
        else:
            self._control(tag, found)

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.values[0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._text is not None:
            self._text.values[0] = re.sub(r"\A\r?\n", "", self._text.values[0])
            self._text = None
        elif tag == "select" and self._select is not None:
            self._select.values = self._select.values or self._select.options[:1]
            self._select = None

    def _control(self, tag: str, found: dict[str, str | None]) -> None:
        kind = found.get("type") or "text"
        if tag == "option" and self._select is not None:
            self._select.options.append(found.get("value") or "")
            if "selected" in found:
                self._select.values.append(found.get("value") or "")
        name, value = found.get("name"), found.get("value") or ""
        if tag == "button" and not name and found.get("type") == "submit" and self._open is not None:
            self._open.unnamed = True
        if tag not in ("input", "textarea", "select", "button") or not name or "disabled" in found:
            return
        if tag == "button" or kind in ("submit", "image"):
            form = self._by_id.get(str(found["form"])) if found.get("form") else self._open
            if form is not None:
                form.buttons.append((name, value))
                form.button = form.button or (name, value)
            return
        longest = int(found["maxlength"]) if (found.get("maxlength") or "").isdigit() else None  # type: ignore[arg-type]
        if tag == "textarea":
            self._text = self._put(found, Field(name, "textarea", [""], longest=longest, typed=True))
        elif tag == "select":
            self._select = self._put(found, Field(name, "select"))
        elif kind in ("checkbox", "radio"):
            said = value if "value" in found else "on"
            self._put(found, Field(name, kind, [said] if "checked" in found else [], [said]))
        else:
            typed = kind not in ("hidden", "file", "password")
            self._put(found, Field(name, kind, [value], longest=longest, typed=typed))

    def _put(self, found: dict[str, str | None], control: Field) -> Field:
        if found.get("form"):
            self._loose.append((str(found["form"]), control))
        elif self._open is not None:
            self._open.fields.append(control)
        return control


@dataclass
class Page:
    """An answer that was got by following links."""

    url: str
    status: int
    mimetype: str
    text: str
    headers: dict[str, str]
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


def words_of(answer: TestResponse) -> str:
    """All that an answer says, a workbook's parts unpacked."""
    body = answer.get_data()
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return body.decode("utf-8", "replace")


def crawl(
    browser: FlaskClient, starts: Iterable[str], limit: int = 3000, but: tuple[str, ...] = ()
) -> Iterator[Page]:
    """Every page, file and answer that can be reached from these by links, `but` what begins like these."""
    waiting, seen, of_path = list(dict.fromkeys(starts)), set[str](), Counter[str]()
    while waiting and len(seen) < limit:
        url = waiting.pop(0)
        path = urlsplit(url).path
        if url in seen or of_path[path] >= MOST_OF_A_PATH:
            continue
        seen.add(url)
        of_path[path] += 1
        page = look(browser, url)
        yield page
        for link in page.links:
            target = urldefrag(urljoin(url, link))[0]
            if target.startswith("/") and not target.startswith(NEVER + but):
                waiting.append(target)


def look(browser: FlaskClient, url: str) -> Page:
    """One address as it answers."""
    answer = browser.get(url)
    page = Page(url, answer.status_code, answer.mimetype, words_of(answer), dict(answer.headers))
    if answer.location:
        page.links.append(answer.location)
    if answer.mimetype == "text/html":
        reader = Reader(page.text)
        page.links += reader.links
        for form in reader.forms:
            form.action = urljoin(url, form.action)
        page.forms = reader.forms
    return page


def open_addresses(app: Flask, values: dict[str, Any]) -> list[str]:
    """Every address that can be read, with these values in it."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "GET" not in (rule.methods or set()) or rule.endpoint in ("static", "security.static"):
            continue
        if rule.arguments <= set(values):
            with app.test_request_context():
                built = rule.build({name: values[name] for name in rule.arguments})
            assert built is not None
            found.append(built[1])
    return found


def endpoint_of(app: Flask, url: str, method: str = "GET") -> str:
    """Which endpoint answers there; empty for none."""
    parts = urlsplit(url)
    try:
        found, _ = app.url_map.bind("localhost").match(parts.path, method=method)
    except Exception:
        return ""
    return str(found)


def without_what_varies(text: str) -> str:
    """A page's words without its tokens and ids."""
    return ID.sub("", re.sub(r'value="[^"]+"', "", text))


@contextmanager
def as_in_service(app: Flask) -> Iterator[list[str]]:
    """The application as people meet it: an unforeseen problem is answered, not raised. Gives what was logged."""
    said: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: said.append(  # type: ignore[method-assign]
        record.getMessage() + (f": {record.exc_info[1]!r}" if record.exc_info else "")
    )
    app.config["TESTING"] = False
    app.logger.addHandler(handler)
    try:
        yield said
    finally:
        app.logger.removeHandler(handler)
        app.config["TESTING"] = True


def fingerprint(app: Flask) -> dict[str, str]:
    """Table -> the sum of all its rows, but for tables in which reading leaves a trace on purpose."""
    found = {}
    with app.app_context():
        for table in db.metadata.sorted_tables:
            if table.name not in READING_WRITES:
                rows = sorted(repr(tuple(row)) for row in db.session.execute(table.select()))
                found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        db.session.remove()
    return found
