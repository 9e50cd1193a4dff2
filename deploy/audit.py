"""Ask whether any pinned package, or any script that is shipped with the pages, has a known hole.

It says plainly when nobody could be asked: pip-audit looks up the packages of the lock, `npm audit` the vendored files.

`python deploy/audit.py`: 0 when no hole is known (or when no answer was to be had, which is said), 1 when one is.
`--require`: 1 also when no answer was to be had. Needs the extra `audit`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
VENDORED = Path(__file__).parent / "assets" / "vendor.json"


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


def read_scripts(report: dict[str, Any], packages: dict[str, str]) -> Answer:
    """What `npm audit` wrote of packages (name -> version). An error instead of a report means nobody was asked."""
    if "vulnerabilities" not in report:
        return Answer(0, len(packages), [])
    holes = [
        f"{name} {packages.get(name, '')}: {via['title']} ({via['url']})"
        for name, one in report["vulnerabilities"].items()
        for via in one["via"]
        if isinstance(via, dict)
    ]
    return Answer(len(packages), 0, holes)


def ask_of_scripts() -> Answer:
    """Run `npm audit` on what deploy/assets/vendor.json pins. Raises RuntimeError when it cannot be run."""
    packages = {one["name"]: one["version"] for one in json.loads(VENDORED.read_text())["packages"]}
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("there is no npm on this machine")
    with TemporaryDirectory() as folder:
        (Path(folder) / "package.json").write_text(json.dumps({"private": True, "dependencies": packages}))
        for command in (["install", "--package-lock-only", "--ignore-scripts"], ["audit"]):
            done = subprocess.run(
                [npm, *command, "--json"], cwd=folder, capture_output=True, text=True, timeout=300
            )
    try:
        return read_scripts(json.loads(done.stdout), packages)
    except ValueError as problem:
        raise RuntimeError("npm gave no answer") from problem


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
    """Ask of both, say, and give the worse exit code."""
    require = "--require" in sys.argv[1:]
    worst = 0
    for what, asked in (("Python", ask), ("Scripts", ask_of_scripts)):
        try:
            text, code = verdict(asked(), require=require)
        except (RuntimeError, OSError, subprocess.TimeoutExpired) as problem:
            text, code = f"Not audited: {problem}", int(require)
        print(f"{what}: {text}")
        worst = max(worst, code)
    return worst


if __name__ == "__main__":
    sys.exit(main())
