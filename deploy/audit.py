"""Ask whether any pinned package has a known hole, and say plainly when nobody could be asked.

`python deploy/audit.py`: 0 when no hole is known (or when no answer was to be had, which is said), 1 when one is.
`--require`: 1 also when no answer was to be had. Needs the extra `audit`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"


@dataclass(frozen=True, slots=True)
class Answer:
    """How many packages were looked up, how many could not be, and what is known of them."""

    asked: int
    unanswered: int
    holes: list[str]


def read(report: dict[str, Any]) -> Answer:
    """What pip-audit wrote. A package that it skipped was not looked up, though it ends well."""
    packages = report["dependencies"]
    skipped = [one for one in packages if "skip_reason" in one]
    holes = [
        f"{one['name']} {one['version']}: {hole['id']} (mended in {', '.join(hole['fix_versions']) or 'none yet'})"
        for one in packages
        for hole in one.get("vulns", ())
    ]
    return Answer(len(packages) - len(skipped), len(skipped), holes)


def ask() -> Answer:
    """Run pip-audit on the lock file. Raises RuntimeError when it cannot be run."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--disable-pip", "--require-hashes"]
    done = subprocess.run(
        [*command, "-f", "json", "--progress-spinner", "off"], capture_output=True, text=True
    )
    if not done.stdout:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer")
    return read(json.loads(done.stdout))


def verdict(answer: Answer, *, require: bool) -> tuple[str, int]:
    """What is said, and the exit code."""
    if answer.holes:
        return "Known holes:\n" + "\n".join(answer.holes), 1
    if answer.asked == 0:
        return (
            f"Not audited: none of {answer.unanswered} packages could be looked up from here.",
            int(require),
        )
    left = f"; {answer.unanswered} could not be looked up" if answer.unanswered else ""
    return f"{answer.asked} packages audited, 0 known holes{left}.", int(require and answer.unanswered > 0)


def main() -> int:
    """Ask, say, and give the exit code."""
    require = "--require" in sys.argv[1:]
    try:
        text, code = verdict(ask(), require=require)
    except RuntimeError as problem:
        text, code = f"Not audited: {problem}", int(require)
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
