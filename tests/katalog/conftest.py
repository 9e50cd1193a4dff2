"""A copy of the content files that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from supervision.katalog.content import CONTENT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))
