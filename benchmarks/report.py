"""How every measurement ends: the result as JSON with versions, kept with `--save`, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .versions import versions

RESULTS = Path(__file__).resolve().parent / "results"


def end_with(
    name: str,
    what: str,
    *,
    plan: dict[str, Any],
    findings: dict[str, Any],
    problems: list[str],
    save: bool,
    used: dict[str, str] | None = None,
) -> int:
    """Print the result, write `results/<name>.json` if asked to. Returns 1 when there are problems, else 0.

    used: the versions of what else took part, by name.
    """
    result = {
        "what": what,
        "plan": plan,
        "passed": not problems,
        "problems": problems,
        "findings": findings,
        "versions": {**versions(), **(used or {})},
    }
    written = json.dumps(result, indent=2, ensure_ascii=False)
    print(written)
    if save:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{name}.json").write_text(written + "\n", encoding="utf-8")
    return 1 if problems else 0
