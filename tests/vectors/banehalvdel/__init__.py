"""Texts with their sentences and labels, worked out from the guideline: for the check in Python and in JavaScript."""

import json
from pathlib import Path
from typing import Any


def load_tekster() -> list[dict[str, Any]]:
    """{navn, tekst, saetninger: [[the sentence as it stands in the text, its label]]}."""
    found: list[dict[str, Any]] = json.loads(
        (Path(__file__).parent / "tekster.json").read_text(encoding="utf-8")
    )
    return found
