"""Our own supervisionsmanual, which holds until an organisation publishes one in its own words. Content, not code."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def standardmanual() -> str:
    """The text, in Markdown; read once."""
    return (Path(__file__).parent / "manual.md").read_text(encoding="utf-8").strip()
