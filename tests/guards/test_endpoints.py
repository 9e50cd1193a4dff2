"""Every endpoint is declared exactly once, every id is typed, and nothing that is only read carries a commit."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml
from flask import Flask

from supervision.access import MATRIX_FILE, matrix, may_knock
from supervision.db import commits

WHO = {"public", "signed_in", "deltager", "teamleder", "supervisor", "administrator", "katalogredaktoer"}
VIEWPOINTS = {
    "ejer", "observatoer", "kollega", "teamleder", "anden_teamleder",
    "supervisor", "anden_supervisor", "administrator", "anonym",
}  # fmt: skip
TYPED = {"UUIDConverter", "PathConverter"}
TOKENS = {"token"}
"""Arguments that are secrets, not ids: they are compared by their hash."""
ANSWERS = {"personer.saml_svar", "personer.oidc_besked"}
"""Answers from an identity provider: they come from its site, and are held against the question in the session."""
CONTENT = {"metode_key", "skabelon_key", "slags_key"}
"""Names of the catalogue's entries: they are looked up in memory and never meet the database."""


def undeclared(endpoints: set[str], declared: set[str]) -> set[str]:
    return endpoints ^ declared


@pytest.mark.gate("A1")
def test_the_matrix_declares_every_endpoint_and_no_other(sqlite_app: Flask) -> None:
    real = {rule.endpoint for rule in sqlite_app.url_map.iter_rules()}
    assert undeclared(real, set(matrix())) == set()


@pytest.mark.planted("A1")
def test_an_undeclared_endpoint_is_seen() -> None:
    assert undeclared({"a.b", "c.d"}, {"a.b"}) == {"c.d"}
    assert undeclared({"a.b"}, {"a.b", "gone.away"}) == {"gone.away"}


def test_no_endpoint_is_declared_twice() -> None:
    lines = [line.strip().split(":")[0] for line in MATRIX_FILE.read_text(encoding="utf-8").splitlines()]
    keys = Counter(line for line in lines if "." in line and not line.startswith("#"))
    assert [key for key, count in keys.items() if count > 1] == []


def test_the_matrix_uses_known_words() -> None:
    declared = yaml.safe_load(MATRIX_FILE.read_text(encoding="utf-8"))["endpoints"]
    for endpoint, line in declared.items():
        assert line["who"] in WHO, endpoint
        assert line.get("csrf", "form") in ("form", "json") or endpoint in ANSWERS, endpoint
        assert set(line.get("seen_by", ())) <= VIEWPOINTS, endpoint


def test_an_address_with_an_id_says_who_sees_the_object(sqlite_app: Flask) -> None:
    for rule in sqlite_app.url_map.iter_rules():
        with_id = [name for name in rule.arguments if name not in TOKENS | {"filename"}]
        if with_id and matrix()[rule.endpoint].who not in ("public", "administrator"):
            assert matrix()[rule.endpoint].seen_by, f"{rule.endpoint} does not say who sees its object"


def untyped(app: Flask) -> list[str]:
    return [
        f"{rule}: {name} is not typed"
        for rule in app.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if type(converter).__name__ not in TYPED and name not in TOKENS | CONTENT
    ]


@pytest.mark.gate("A1")
def test_every_id_is_typed(sqlite_app: Flask) -> None:
    assert untyped(sqlite_app) == []


def wrong_commits(app: Flask) -> list[str]:
    found = []
    for rule in app.url_map.iter_rules():
        commits = hasattr(app.view_functions[rule.endpoint], "commits")
        if (rule.methods or set()) - {"HEAD", "OPTIONS"} == {"GET"}:
            found += [f"{rule.endpoint} is a GET that commits"] if commits else []
        elif rule.endpoint.split(".")[0] != "security" and not commits:
            found.append(f"{rule.endpoint} changes something but does not commit")
    return found


@pytest.mark.gate("A1")
def test_only_what_changes_something_commits(sqlite_app: Flask) -> None:
    assert wrong_commits(sqlite_app) == []


@pytest.mark.planted("A1")
def test_a_careless_address_is_seen() -> None:
    """Its id is any text, its GET commits, and its POST does not."""
    careless = Flask(__name__)
    careless.add_url_rule("/ting/<ting_id>", "a.se", commits(lambda ting_id: ""))
    careless.add_url_rule("/ting", "a.ret", lambda: "", methods=["POST"])
    assert any("/ting/<ting_id>: ting_id" in one for one in untyped(careless))
    assert {"a.se is a GET that commits", "a.ret changes something but does not commit"} <= set(
        wrong_commits(careless)
    )


def test_nobody_may_only_what_is_public() -> None:
    class Nobody:
        is_authenticated = False

    assert may_knock("public", Nobody())
    assert not any(may_knock(who, Nobody()) for who in WHO - {"public"})
