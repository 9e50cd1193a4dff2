"""Run every test that holds a check (marked `gate` or `planted`), keep the outcome, and write the README's table.

    python -m benchmarks.gates            runs the tests (20 minutes or so), writes results/gates.json and the table
    python -m benchmarks.gates --table    writes the table anew from what was kept
    python -m benchmarks.gates --from a.xml b.xml    the same from junit reports of runs that held them, CI's own

Exits 1 when a release gate fails or has nothing that holds it and no reason.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from ..report import RESULTS
from ..versions import versions
from .table import Outcome, failing, outcomes, write_into

ROOT = Path(__file__).resolve().parents[2]
KEPT = RESULTS / "gates.json"
README = ROOT / "README.md"


def run_tests() -> dict[str, Outcome]:
    """Every marked test but the soaking ones, in two processes; what came of them by check."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "gates.xml"
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-m",
                "(gate or planted) and not soak",
                "-n",
                "2",
                f"--junitxml={report}",
            ],
            cwd=ROOT,
            check=False,
        )
        return read_report(report)


def read_report(*reports: Path) -> dict[str, Outcome]:
    """The outcome by check. Of a test that was run again, in the same run or in a later report, the last go counts."""
    cases = {
        (case.get("classname"), case.get("name")): case
        for report in reports
        for case in ElementTree.parse(report).iter("testcase")
    }
    found: dict[str, Outcome] = {}
    for (_, name), case in cases.items():
        said = [(one.get("name", ""), one.get("value", "")) for one in case.iter("property")]
        for check in {value for key, value in said if key == "gate"}:
            outcome = found.setdefault(check, Outcome())
            outcome.count(str(name), _end_of(case))
            outcome.figures.extend(value for key, value in said if key == "figure")
            outcome.planted += ("planted", check) in said
    return found


def _end_of(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--from", dest="reports", nargs="+", type=Path, help="junit reports instead of a run")
    parser.add_argument("--table", action="store_true", help="only write the table anew from what was kept")
    chosen = parser.parse_args()
    if not chosen.table:
        came = read_report(*chosen.reports) if chosen.reports else run_tests()
        kept = {
            "tests": {name: one.as_dict() for name, one in sorted(came.items())},
            "versions": versions(),
        }
        KEPT.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    found = outcomes(json.loads(KEPT.read_text(encoding="utf-8"))["tests"])
    write_into(README, found)
    missing = failing(found)
    for line in missing:
        print(line)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
