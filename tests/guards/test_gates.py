"""The README's table of release gates is what the last run kept, and every mark names a check there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from benchmarks.gates.__main__ import KEPT, README, read_report
from benchmarks.gates.checks import CHECKS
from benchmarks.gates.table import BEGIN, END, Outcome, failing, outcomes, table
from supervision import HOUSE

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="one"><properties><property name="gate" value="B1"/>
<property name="figure" value="0 lost"/></properties></testcase>
<testcase classname="a" name="again"><properties><property name="gate" value="B2"/></properties></testcase>
<testcase classname="a" name="again"><properties><property name="gate" value="B2"/></properties><failure/></testcase>
<testcase classname="a" name="left"><properties><property name="gate" value="B3"/></properties><skipped/></testcase>
</testsuite></testsuites>"""


def test_the_table_is_what_the_last_run_kept() -> None:
    written = README.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    kept = json.loads(KEPT.read_text(encoding="utf-8"))["tests"]
    assert written.strip() == table(outcomes(kept)).strip(), "run `python -m benchmarks.gates --table`"


def test_every_mark_names_a_check() -> None:
    marks = re.compile(r"mark\.gate\(([^)]*)\)")
    sources = [path.read_text(encoding="utf-8") for path in (HOUSE / "tests").rglob("*.py")]
    named = {
        one for text in sources for found in marks.findall(text) for one in re.findall(r'"(\w+)"', found)
    }
    assert named <= {check.name for check in CHECKS}
    assert len(named) > 40


def test_what_fails_or_is_skipped_does_not_pass(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    found = read_report(report)
    assert {name: one.words for name, one in found.items()} == {
        "B1": "passes",
        "B2": "**fails**",
        "B3": "**not run**",
    }
    assert found["B1"].figures == ["0 lost"]
    every = {check.name: found.get(check.name, Outcome(passed=1)) for check in CHECKS}
    assert [line.split()[0] for line in failing(every)] == ["B2", "B3"]
