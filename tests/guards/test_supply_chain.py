"""What the product is built of: pinned with sums, listed with licences; and nothing secret lies in it."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from people import World
from web import Browser

from supervision import HOUSE
from supervision.personer.models import Person
from supervision.stykliste import LICENSES, PRODUCT, list_dele, stykliste

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; .+?)?(?: \\)?$")
SUM = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
IMPORT = re.compile(r"^ *(?:from (\w+)[\w.]* import |import (\w+)[\w.]*(?: as \w+)?$)", re.M)
OPEN = (
    "MIT",
    "BSD",
    "Apache",
    "ISC",
    "Zlib",
    "PSF",
    "Unlicense",
    "MPL",
    "LGPL",
    "Python",
    "OFL",
    "Zope",
    "CC0",
    "0BSD",
)

SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a cloud key": re.compile(r"\bA(?:KIA|SIA)[0-9A-Z]{16}\b"),
    "a token of a code host": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20})\b"),
    "a token of a registry": re.compile(r"\b(?:pypi-AgE[\w-]{40,}|npm_[A-Za-z0-9]{36})\b"),
    "a signed token": re.compile(r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"),
    "a password in an address": re.compile(r"\b[a-z+]{3,15}://[^\s/:@\"'{}$<]+:[^\s/@\"'{}$<*]{3,}@[\w.-]+"),
}
KNOWN_NOT_SECRET = (
    "postgresql://bruger:kode@",
    "user:password@",
    "navn:adgangskode@",
)


def script(path: str) -> Any:
    """A script of `deploy/`, loaded."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, HOUSE / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def unpinned(lock: str) -> list[str]:
    """The lines of a lock file that pin nothing, and the packages without a sum."""
    wrong, name, sums = list[str](), "", 0
    for line in [*lock.splitlines(), "end==0"]:
        if line.startswith("#"):
            continue
        if SUM.match(line):
            sums += 1
            continue
        if name and not sums:
            wrong.append(name)
        found = PIN.match(line)
        name, sums = (found[1] if found else "", 0)
        if not found:
            wrong.append(line)
    return wrong


def pins(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        match = PIN.match(line.strip())
        if match:
            found.setdefault(match[1], set()).add(match[2])
    return found


@pytest.mark.gate("H1")
@pytest.mark.planted("H1")
def test_every_package_is_pinned_with_sums_and_as_the_constraints_say(record_property: Any) -> None:
    lock = (HOUSE / "requirements.lock").read_text(encoding="utf-8")
    assert unpinned(lock) == []
    assert pins(lock) == pins((HOUSE / "constraints.txt").read_text(encoding="utf-8"))
    server = (HOUSE / "server.lock").read_text(encoding="utf-8")
    assert unpinned(server) == []
    own = pins(server)
    assert own.pop("setuptools"), (
        "what the product itself is built with, so that nothing is fetched without a sum"
    )
    assert own.items() <= pins(lock).items(), "a server gets what the tests were run on"
    assert not {"pytest", "playwright", "mypy", "pip-audit"} & set(own)
    assert "://" not in lock + server
    record_property("figure", f"{len(pins(lock))} packages with {lock.count('--hash')} sums: 0 unpinned")
    assert unpinned("a==1 \\\n    --hash=sha256:" + "0" * 64 + "\nb==2\nc>=3\n") == ["b", "c>=3"], (
        "the check finds them"
    )


def not_on_a_server(tops: set[str], lock: str) -> set[str]:
    """Which of these modules come from no package of the lock."""
    origin, locked = packages_distributions(), set(pins(lock))
    return {
        top
        for top in tops
        if not locked & {re.sub(r"[-_.]+", "-", one).lower() for one in origin.get(top, ())}
    }


@pytest.mark.gate("H1")
@pytest.mark.planted("H1")
def test_a_server_has_whatever_the_product_imports(record_property: Any) -> None:
    """Also inside functions. pytest, hypothesis and their like are for the tests alone."""
    texts = (path.read_text(encoding="utf-8") for path in (HOUSE / "supervision").rglob("*.py"))
    tops = {top for text in texts for found in IMPORT.findall(text) for top in found if top}
    tops -= sys.stdlib_module_names | {"supervision"}
    assert {"flask", "authlib", "onelogin"} <= tops
    lock = (HOUSE / "server.lock").read_text(encoding="utf-8")
    assert not_on_a_server(tops, lock) == set()
    assert not_on_a_server({"flask", "hypothesis", "pytest", "nowhere"}, lock) == {
        "hypothesis",
        "pytest",
        "nowhere",
    }
    record_property("figure", f"{len(tops)} modules of others imported, each from a package of server.lock")


@pytest.mark.gate("H1")
def test_the_audit_says_when_nobody_could_be_asked() -> None:
    audit = script("deploy/audit.py")
    hole = {"id": "PYSEC-1", "fix_versions": ["2"]}
    report = {
        "dependencies": [{"name": "a", "version": "1", "vulns": [hole]}, {"name": "b", "skip_reason": "gone"}]
    }
    assert audit.read(report) == audit.Answer(1, 1, ["a 1: PYSEC-1 (mended in 2)"])
    assert audit.verdict(audit.read(report), require=False)[1] == 1
    silent = audit.read({"dependencies": [{"name": "b", "skip_reason": "gone"}]})
    assert audit.verdict(silent, require=False) == (
        "Not audited: none of 1 packages could be looked up from here.",
        0,
    )
    assert audit.verdict(silent, require=True)[1] == 1, "silence is no answer when one is asked for"
    via = {"title": "Prototype pollution", "url": "GHSA-1"}
    told = {"vulnerabilities": {"idb": {"via": [via, "another"]}}}
    assert audit.read_scripts(told, {"idb": "8.0.4"}).holes == ["idb 8.0.4: Prototype pollution (GHSA-1)"]
    assert audit.read_scripts({"vulnerabilities": {}}, {"idb": "8.0.4"}) == audit.Answer(1, 0, [])
    assert audit.read_scripts({"statusCode": 405}, {"idb": "8.0.4"}) == audit.Answer(0, 1, []), "not asked"


@pytest.mark.gate("H1")
def test_the_list_of_parts_names_each_once_with_what_it_needs(tmp_path: Path, record_property: Any) -> None:
    target = tmp_path / "dele.json"
    done = CliRunner().invoke(stykliste, ["--til", str(target)])
    assert done.exit_code == 0, done.output
    found = json.loads(target.read_text(encoding="utf-8"))
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    refs = [one["bom-ref"] for one in found["components"]]
    assert len(refs) == len(set(refs))
    known = {*refs, found["metadata"]["component"]["bom-ref"]}
    named = {ref for line in found["dependencies"] for ref in (line["ref"], *line["dependsOn"])}
    assert named <= known
    assert {"flask", "sqlalchemy", "psycopg", "dkfds", "plotly-js-basic-dist-min"} <= {
        one["name"].replace(".", "-") for one in found["components"]
    }
    assert any(PRODUCT in ref for ref in known)
    again = CliRunner().invoke(stykliste, []).output
    assert json.loads(again) == found, "the same for the same parts"
    record_property("figure", f"{len(refs)} parts in CycloneDX 1.6, each with version and licence")


@pytest.mark.gate("H2")
def test_the_licences_are_those_of_what_is_installed_and_all_are_open(sqlite_app: Flask) -> None:
    make = script("deploy/assets/make_licenses.py")
    assert LICENSES.read_text(encoding="utf-8") == make.made(), "run deploy/assets/make_licenses.py"
    assert not_open(list_dele()) == []
    page = Browser.signed_in(sqlite_app, None).get("/licenser")
    assert page.status_code == 200
    assert all(one.navn in page.get_data(as_text=True) for one in list_dele())


def secrets_in(texts: dict[str, str]) -> list[str]:
    return [
        f"{name}: {kind}"
        for name, text in texts.items()
        for kind, pattern in SECRETS.items()
        for match in pattern.finditer(text)
        if not match[0].startswith(KNOWN_NOT_SECRET)
    ]


def tracked() -> dict[str, str]:
    """Every text file of the project, by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=True)
    found = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = HOUSE / name
        if path.is_file() and path.stat().st_size < 2_000_000 and path.suffix not in (".png", ".woff2"):
            found[name] = path.read_text(encoding="utf-8", errors="replace")
    return found


@pytest.mark.wide
@pytest.mark.gate("H2")
@pytest.mark.planted("H2")
def test_no_secret_lies_in_the_project(record_property: Any) -> None:
    files = tracked()
    assert secrets_in(files) == []
    planted = {
        "a": "-----BEGIN RSA " + "PRIVATE KEY-----",
        "b": "AKIA" + "A" * 16,
        "c": "ghp_" + "a" * 36,
        "d": "postgresql://app:" + "hemmeligt@db.example/x",
    }
    assert len(secrets_in(planted)) == len(planted)
    record_property(
        "figure", f"{len(files)} files looked through for {len(SECRETS)} kinds of secret: 0 found"
    )


NOT_FOR_PEOPLE = (
    "/.git/HEAD", "/.git/config", "/.env", "/static/../pyproject.toml", "/static/..%2fpyproject.toml", "/console",
    "/static/css/app.css.map", "/static/vendor/plotly/plotly-basic.min.js.map", "/instance/secret_key",
    "/static/.git/HEAD",
)  # fmt: skip


def served(app: Flask) -> list[str]:
    """What is given out, or lies ready to be, that is not for people."""
    nobody, static = app.test_client(), Path(app.static_folder or "")
    found = [path for path in NOT_FOR_PEOPLE if nobody.get(path).status_code != 404]
    found += [path.name for path in static.rglob("*") if path.suffix == ".map" or path.name.startswith(".")]
    scripts = static.rglob("*.js")
    return found + [path.name for path in scripts if b"sourceMappingURL=" in path.read_bytes()[-400:]]


@pytest.mark.gate("H2")
def test_nothing_is_served_that_is_not_for_people(sqlite_app: Flask) -> None:
    assert served(sqlite_app) == []


def left_open(app: Flask) -> list[str]:
    """What of a new installation lets somebody in or tells too much."""
    from supervision.db import db

    with app.app_context():
        people = db.session.query(Person).count()
        db.session.remove()
    told = {
        "an account": people > 0,
        "debug": app.debug,
        "tracebacks": bool(app.config.get("PROPAGATE_EXCEPTIONS")),
    }
    return [name for name, is_so in told.items() if is_so]


@pytest.mark.gate("H2")
def test_a_new_installation_has_no_account_and_no_debugger(sqlite_app: Flask) -> None:
    assert left_open(sqlite_app) == []
    server = (HOUSE / "supervision" / "server.py").read_text(encoding="utf-8")
    assert "debug" not in server.lower()


@pytest.mark.planted("H2")
def test_an_open_house_is_seen(
    sqlite_app: Flask, sqlite_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With people in it from the start, a debugger, a map of its scripts, and the folder of its history."""
    assert left_open(sqlite_app) == ["an account"]
    monkeypatch.setattr(sqlite_app, "debug", True)
    monkeypatch.setitem(sqlite_app.config, "PROPAGATE_EXCEPTIONS", True)
    assert left_open(sqlite_app) == ["an account", "debug", "tracebacks"]
    for one in (HOUSE / "static").iterdir():  # the page that refuses shows some of it
        (tmp_path / one.name).symlink_to(one)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main")
    (tmp_path / "a.js").write_text("go();\n//# sourceMappingURL=a.js.map")
    (tmp_path / "a.js.map").write_text("{}")
    monkeypatch.setattr(sqlite_app, "static_folder", str(tmp_path))
    assert set(served(sqlite_app)) == {"/static/.git/HEAD", ".git", "a.js.map", "a.js"}


def not_open(parts: list[Any]) -> list[Any]:
    """Those whose licence is none of the open ones that are known."""
    return [one for one in parts if not any(name in one.licens for name in OPEN)]


@pytest.mark.planted("H2")
def test_a_part_that_is_not_open_is_seen() -> None:
    closed = replace(list_dele()[0], licens="Proprietary")
    assert not_open([*list_dele(), closed]) == [closed]
