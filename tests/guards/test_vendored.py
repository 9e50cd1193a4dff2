"""The vendored and generated files are what their sums and sources say."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from supervision import HOUSE

VENDOR = HOUSE / "static" / "vendor"


def sums() -> list[tuple[str, Path]]:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return [
        (line.split()[0], VENDOR / line.split(maxsplit=1)[1].lstrip("*")) for line in lines if line.strip()
    ]


def differing(expected: list[tuple[str, Path]]) -> list[str]:
    return [
        path.name
        for digest, path in expected
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest
    ]


@pytest.mark.gate("H1")
def test_the_vendored_files_match_their_sums() -> None:
    assert differing(sums()) == []


@pytest.mark.gate("H1")
def test_every_vendored_file_has_a_sum() -> None:
    listed = {path.resolve() for _digest, path in sums()}
    there = {path.resolve() for path in VENDOR.rglob("*") if path.is_file() and path.name != "SHA256SUMS"}
    assert there - listed == set()


@pytest.mark.planted("H1")
def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    changed = tmp_path / "x.js"
    changed.write_text("evil()")
    assert differing([(hashlib.sha256(b"good()").hexdigest(), changed)]) == ["x.js"]
    assert differing([("0" * 64, tmp_path / "gone.js")]) == ["gone.js"]


@pytest.mark.parametrize("name", ["app.css"])
def test_what_is_generated_says_so(name: str) -> None:
    assert "generated" in (HOUSE / "static" / "css" / name).read_text(encoding="utf-8")[:400].lower()
