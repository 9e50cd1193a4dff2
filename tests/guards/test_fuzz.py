"""Nonsense sent to every address: always an answer that says what is wrong, never a 5xx, never what went wrong inside.

Forms are those of the pages, each control with something nobody meant; JSON is made up, or our own with a part changed.
`pytest -m soak tests/guards/test_fuzz.py` sends 10,000; the walk after the suite a share of them.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from random import Random
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psutil
import pytest
from crawling import Form, Quick, as_in_service, crawl, endpoint_of, open_addresses, words_of
from flask import Flask
from populated import Populated, populate
from test_viewpoints import VIEWPOINTS, build

from supervision.access import API_HEADER, matrix

SEED = 20271031
NASTY = (
    "", " ", "0", "-1", "9" * 30, "99999999999999999999", "2147483648", "-2147483649", "1e999", "NaN",
    "1,5", "٣", "²", "½",
    "\0", "a\0b", "\ud800", "\ufeff", "\u202eabc", "a\u0301" * 200, "👩‍👩‍👧", "x" * 5000, "æ" * 300, "\r\n\r\n", "\t",
    "true", "null", "[]", "{}", "../../etc/passwd", "%00", "%", "{{7*7}}", "' OR 1=1 --", "<script>", "=1+1",
    "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "31.2.2026", "3.3.2027", "25:61", "24.00",
    "10.30", "-5.99",
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "not-a-uuid", "a@b",
    "@", "a" * 300 + "@b.dk",
    "2026-03-02T10:00:00+99:99", "2026-03-02T10:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
)  # fmt: skip
QUERIES = (
    "nr", "side", "type", "kvartal", "slags", "vis", "ord", "linje", "samtale", "haendelse", "forslag",
    "siden", "aftryk",
    "start", "rolle", "kollega", "q", "organisation", "udgave", "metode", "ting", "gruppe", "variant", "tvaers", "key",
    "next", "emne", "fra", "til", "soeg", "periode",
)  # fmt: skip
HEADERS = {
    "Accept": ("", "application/json", "*/*;q=nan", "\xff"),
    "Cookie": ("supervision=x", "supervision=.eJw; tema=\x01", "a" * 4000),
    "Content-Type": (
        "application/json; charset=ukendt",
        "text/plain",
        "multipart/form-data",
        "x",
        "application/json",
    ),
    "If-None-Match": ('W/"', "*", "\xff"),
    "If-Modified-Since": ("i går",),
    "Range": ("bytes=5-1", "bytes=0-0,2-3", "x"),
    "X-Forwarded-For": ("'",),
    "Origin": ("null", "http://localhost"),
    "Referer": ("http://", "\xff"),
    "Accept-Encoding": ("br;q=x", "\x00".strip("\x00") or "gzip"),
    "User-Agent": ("x" * 3000,),
}
TELLS = re.compile(r"Traceback|sqlalchemy\.|psycopg\.|sqlite3\.|SELECT .* FROM|File \"/", re.IGNORECASE)


class Nonsense:
    """A source of requests, the same for the same seed. forms: (viewpoint, form); addresses: what can be read."""

    def __init__(self, app: Flask, made: Populated, people: dict[str, Quick], seed: int) -> None:
        self.app, self.made, self.people, self.chance = app, made, people, Random(seed)
        self.forms: list[tuple[str, Form]] = []
        for viewpoint in ("ejer", "observatoer", "teamleder", "supervisor", "administrator"):
            seen = set[tuple[Any, ...]]()
            for page in crawl(
                people[viewpoint], ["/"], limit=90, but=("/metoder/", "/skabeloner/", "/static")
            ):
                for form in page.forms:
                    key = (endpoint_of(app, form.action, form.method.upper()), form.names)
                    if form.action != "/log-ud" and key not in seen:
                        seen.add(key)
                        self.forms.append((viewpoint, form))
        self.addresses = open_addresses(app, {**made.own, "token": "x" * 28})
        self.json = [
            rule
            for rule in app.url_map.iter_rules()
            if matrix()[rule.endpoint].csrf == "json" and "POST" in (rule.methods or set())
        ]
        self.posts = [
            rule
            for rule in app.url_map.iter_rules()
            if "POST" in (rule.methods or set())
            and rule.endpoint not in ("security.logout", "security.static")
        ]

    def one(self) -> tuple[str, int, float, str]:
        """Send one: (what it was, status, seconds, text of the answer)."""
        kind = self.chance.choices(("form", "json", "read", "bare"), (5, 2, 2, 1))[0]
        began = time.perf_counter()
        what, answer = getattr(self, f"_{kind}")()
        return what, answer.status_code, time.perf_counter() - began, words_of(answer)

    def _form(self) -> tuple[str, Any]:
        viewpoint, form = self.chance.choice(self.forms)
        browser = self.people[viewpoint]
        sent = form.sent(lambda control: [self._value()] if self.chance.random() < 0.5 else control.values)
        sent = {name: value for name, value in sent.items() if self.chance.random() < 0.95}
        if self.chance.random() < 0.2:
            sent[self._value()[:40]] = self._value()
        sent["csrf_token"] = browser.token()
        if form.method == "get":
            return form.action, browser.get(form.action + "?" + self._query(list(sent)))
        body = {name: value if not isinstance(value, str) else encoded(value) for name, value in sent.items()}
        body = {
            name: [encoded(v) if isinstance(v, str) else v for v in value]
            if isinstance(value, list)
            else value
            for name, value in body.items()
        }
        if form.multipart or self.chance.random() < 0.2:
            return form.action, browser.post(form.action, data=body, content_type="multipart/form-data")
        pairs = [(n, v) for n, value in body.items() for v in (value if isinstance(value, list) else [value])]
        raw = "&".join(f"{quote(n, errors='replace')}={quote(v)}" for n, v in pairs)
        return form.action, browser.post(
            form.action, data=raw, content_type="application/x-www-form-urlencoded"
        )

    def _json(self) -> tuple[str, Any]:
        rule = self.chance.choice(self.json)
        url, browser = (
            build(self.app, rule, self.made.own),
            self.people[self.chance.choice(self._who(rule.endpoint))],
        )
        body: Any = self.chance.choice(JSON_BODIES)(self)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode("utf-8", "surrogatepass")
        return url, browser.post(url, data=raw, content_type="application/json", headers={API_HEADER: "1"})

    def _read(self) -> tuple[str, Any]:
        url = self.chance.choice(self.addresses)
        browser = self.people[self.chance.choice(list(self.people))]
        url += "?" + self._query(self.chance.sample(QUERIES, 3))
        name = self.chance.choice(list(HEADERS))
        if name == "Cookie":
            return url, self.app.test_client(use_cookies=False).get(
                url, headers=[(name, self.chance.choice(HEADERS[name]))]
            )
        return url, browser.get(url, headers=[(name, self.chance.choice(HEADERS[name]))])

    def _bare(self) -> tuple[str, Any]:
        rule = self.chance.choice(self.posts)
        given = {
            **self.made.own,
            "token": quote(self._value()[:50], errors="replace") or "x",
            "filename": "x",
        }
        url, browser = build(self.app, rule, given), self.people[self.chance.choice(self._who(rule.endpoint))]
        raw = "&".join(f"{name}={quote(encoded(self._value()))}" for name in ("csrf", "tekst", "navn"))
        content = self.chance.choice(HEADERS["Content-Type"])
        if self.chance.random() < 0.5:
            raw, content = f"csrf_token={browser.token()}&{raw}", "application/x-www-form-urlencoded"
        return url, browser.post(url, data=raw, content_type=content, headers={API_HEADER: "1"})

    def _who(self, endpoint: str) -> list[str]:
        return [one for one in matrix()[endpoint].seen_by if one in self.people] or list(self.people)

    def _query(self, names: list[str]) -> str:
        return "&".join(f"{quote(name, errors='replace')}={quote(encoded(self._value()))}" for name in names)

    def _value(self) -> str:
        kind = self.chance.random()
        if kind < 0.75:
            return self.chance.choice(NASTY)
        if kind < 0.85:
            return str(self.chance.choice([v for v in self.made.own.values() if isinstance(v, UUID)]))
        return "".join(
            chr(self.chance.choice((self.chance.randrange(1, 0xD800), self.chance.randrange(32, 127))))
            for _ in range(20)
        )


def encoded(value: str) -> bytes:
    """UTF-8, lone surrogates as the invalid bytes that somebody can send."""
    return value.encode("utf-8", "surrogatepass")


def _event(source: Nonsense) -> dict[str, Any]:
    event: dict[str, Any] = {
        "id": str(UUID(int=source.chance.getrandbits(128))),
        "nr": 1,
        "t_ms": 5,
        "spor": "note",
        "kode": "x",
    }
    event[source.chance.choice([*event, "ukendt"])] = _any(source, 2)
    return event


def _any(source: Nonsense, depth: int) -> Any:
    """Any JSON there is."""
    kind = source.chance.randrange(7 if depth else 5)
    if kind == 5:
        return [_any(source, depth - 1) for _ in range(3)]
    if kind == 6:
        return {source._value()[:20]: _any(source, depth - 1) for _ in range(3)}
    return (source._value(), source.chance.choice((0, -1, 2**31, 2**63, 10**30)), 1.5e300, None, True)[kind]


def _handling(source: Nonsense) -> dict[str, Any]:
    act: dict[str, Any] = {
        "op": source.chance.choice(("skriv", "ret", "tag", "tal", "ejer", "tjek_ud", "tag_tjek_ud", "x"))
    }
    act |= {"id": str(UUID(int=source.chance.getrandbits(128))), "seddel": str(source.made.own["seddel_id"])}
    for name in ("felt", "tekst", "udgave", "ejer", "tal", "id", "seddel"):
        if source.chance.random() < 0.4:
            act[name] = _any(source, 1)
    return act


JSON_BODIES: tuple[Any, ...] = (
    lambda s: _any(s, 3),
    lambda s: {"startet_at": _any(s, 1), "haendelser": [_event(s)]},
    lambda s: {"haendelser": [_event(s), _event(s)], "kontrakt": s._value()},
    lambda s: {"kontrakt": str(s.made.own["kontrakt_id"]), "startet_at": None, "haendelser": [_event(s)]},
    lambda s: {"handlinger": [_handling(s)]},
    lambda s: {"handling": _any(s, 1)},
    lambda s: {"start": _any(s, 0), "supervisor": str(s.made.world.supervisor), "version": _any(s, 0)},
    lambda s: {"forseglet": _any(s, 1)},
    lambda s: b"{",
    lambda s: b'{"haendelser": "\xff"}',
    lambda s: b"[" * 1000 + b"]" * 1000,
    lambda s: b'{"a":' * 1000 + b"1" + b"}" * 1000,
    lambda s: {str(n): n for n in range(500)},
)  # fmt: skip


def send(app: Flask, count: int, seed: int, record_property: Any) -> str:
    """Send so many, and say what was wrong with the answers."""
    with app.app_context():
        made = populate()
    people = {name: Quick.signed_in(app, made.world.people[who]) for name, who in VIEWPOINTS.items() if who}
    source, wrong, times, codes = (
        Nonsense(app, made, people, seed),
        list[str](),
        list[float](),
        Counter[int](),
    )
    memory = psutil.Process().memory_info().rss
    with as_in_service(app) as said:
        for _ in range(count):
            what, status, took, text = source.one()
            codes[status] += 1
            times.append(took)
            if status >= 500 or TELLS.search(text):
                wrong.append(
                    f"{status} {endpoint_of(app, what) or endpoint_of(app, what, 'POST')} {what[:90]} {said[-1:]}"
                )
    grown = (psutil.Process().memory_info().rss - memory) / 1e6
    p99 = sorted(times)[int(len(times) * 0.99)]
    record_property(
        "figure",
        f"{count} bodies over {len(source.forms)} forms, {len(source.json)} JSON addresses and"
        f" {len(source.addresses)} pages gave {len(wrong)} 5xx; p99 {p99 * 1000:.0f} ms, memory grew {grown:.0f} MB",
    )
    assert len(codes) > 5, codes
    return "\n".join(wrong)


@pytest.mark.wide
@pytest.mark.timeout(600)
@pytest.mark.gate("D1")
@pytest.mark.parametrize(("app", "count"), [("sqlite", 1200), ("postgres", 300)], indirect=["app"])
def test_nonsense_is_answered_clearly(app: Flask, count: int, record_property: Any) -> None:
    assert send(app, count, SEED, record_property) == ""


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.gate("D1")
@pytest.mark.parametrize("app", ["sqlite", "postgres"], indirect=True)
def test_ten_thousand_bodies_of_nonsense(app: Flask, record_property: Any) -> None:
    assert send(app, 10_000, SEED + 1, record_property) == ""


@pytest.mark.wide
@pytest.mark.gate("D1")
@pytest.mark.planted("D1")
def test_a_view_that_trusts_what_is_sent_is_found(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check on a broken product: a number read with int()."""
    from flask import request

    def trusting() -> str:
        return str(int(request.args.get("side", "1")))

    monkeypatch.setitem(sqlite_app.view_functions, "logbog.logbog", trusting)
    monkeypatch.setattr(Nonsense, "_form", Nonsense._read)
    monkeypatch.setattr("test_fuzz.QUERIES", ("side", "nr", "q"))
    monkeypatch.setattr("test_fuzz.open_addresses", lambda *_: ["/logbog"])
    wrong = send(sqlite_app, 60, SEED, lambda *_: None)
    assert "ValueError" in wrong
