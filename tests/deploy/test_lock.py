"""The lock files carried to their end: every package by its sum, in an environment that has nothing yet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from supervision import HOUSE

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1500), pytest.mark.gate("H1")]
CLEAN = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def said(command: list[str | Path], folder: Path, *, check: bool = True) -> tuple[int, str]:
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env={**CLEAN, "SUPERVISION_INSTANCE": str(folder / "i")},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    assert not check or done.returncode == 0, done.stdout
    return done.returncode, done.stdout


@pytest.fixture
def pip(tmp_path: Path) -> list[str | Path]:
    """pip of an empty environment; skips where no package index answers."""
    said([sys.executable, "-m", "venv", tmp_path / "venv"], tmp_path)
    found: list[str | Path] = [tmp_path / "venv" / "bin" / "python", "-m", "pip"]
    code, _ = said(
        [*found, "download", "-q", "--no-deps", "--retries", "1", "-d", "x", "segno"], tmp_path, check=False
    )
    if code:
        pytest.skip("no package index answers from here")
    return found


@pytest.mark.parametrize("name", ["server.lock", "requirements.lock"])
def test_the_lock_installs_with_hashes_and_the_product_runs(
    name: str, pip: list[str | Path], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    began = time.monotonic()
    said([*pip, "install", "-q", "--require-hashes", "-r", HOUSE / name], tmp_path)
    took = time.monotonic() - began
    assert "No broken requirements found." in said([*pip, "check"], tmp_path)[1]
    run = [
        pip[0],
        "-c",
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from supervision.cli import main; main()",
    ]
    said([*run, HOUSE, "migrer"], tmp_path)
    code, text = said([*run, HOUSE, "tjek"], tmp_path, check=False)
    assert code == 1, "an installation with nobody in it is not ready"
    assert "ok        skema: Nyeste form" in text
    count = len(re.findall(r"^[a-z0-9].*==", (HOUSE / name).read_text(encoding="utf-8"), re.MULTILINE))
    record_property(
        "figure", f"{name}: {count} packages installed by their sums in {took:.0f} s, pip check clean"
    )


def test_a_file_that_is_another_is_refused(pip: list[str | Path], tmp_path: Path) -> None:
    """Planted: one sum of the lock is not the file's."""
    entry = re.search(
        r"^segno==\S+ \\\n(?:    --hash\S+(?: \\)?\n)+", (HOUSE / "server.lock").read_text(), re.MULTILINE
    )
    assert entry is not None
    (tmp_path / "bad.lock").write_text(re.sub(r"sha256:\w+", "sha256:" + "0" * 64, entry[0]))
    code, text = said([*pip, "install", "-q", "--require-hashes", "-r", "bad.lock"], tmp_path, check=False)
    assert code != 0
    assert "DO NOT MATCH THE HASHES" in text
