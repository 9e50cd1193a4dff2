"""The README's table of release gates is what the last run kept, every mark names a check there is, and each check has
found a planted bug."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.gates.__main__ import KEPT, README, read_report
from benchmarks.gates.checks import CHECKS, Check
from benchmarks.gates.table import BEGIN, END, Outcome, failing, outcomes, table
from supervision import HOUSE

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="one"><properties><property name="gate" value="B1"/>
<property name="figure" value="0 lost"/><property name="planted" value="B1"/></properties></testcase>
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


def planted_in(source: str) -> set[str]:
    """The checks that some test of a file puts a broken variant before, and says what must come of it."""
    return {
        str(name.value)
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.FunctionDef) and one.name.startswith("test_") and _says_something(one)
        for mark in one.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.planted"
        for name in mark.args
        if isinstance(name, ast.Constant)
    }


def _says_something(test: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Assert) or (isinstance(one, ast.Attribute) and one.attr == "raises")
        for one in ast.walk(test)
    )


def without_a_bug(checks: Iterable[Check], sources: Iterable[str]) -> list[str]:
    """The checks that nobody has shown to find anything: a check that passes on a broken variant does not count."""
    planted = {name for source in sources if ".planted(" in source for name in planted_in(source)}
    return [one.name for one in checks if one.name not in planted and not one.no_bug]


def test_each_check_has_found_a_planted_bug() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (HOUSE / "tests").rglob("test_*.py")]
    assert without_a_bug(CHECKS, sources) == []
    planted = {name for source in sources if ".planted(" in source for name in planted_in(source)}
    assert planted <= {check.name for check in CHECKS}
    assert not {check.name for check in CHECKS if check.no_bug} & planted, "the reason is out of date"


def test_a_check_without_a_planted_bug_is_seen() -> None:
    real = '@pytest.mark.planted("A1")\ndef test_a():\n    assert found()\n'
    empty = '@pytest.mark.planted("A2")\ndef test_b():\n    found()\n'
    checks = [Check("A1", "x"), Check("A2", "x"), Check("A3", "x"), Check("A4", "x", no_bug="a reason")]
    assert without_a_bug(checks, [real, empty]) == ["A2", "A3"]


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
    assert {name: one.planted for name, one in found.items()} == {"B1": 1, "B2": 0, "B3": 0}
    every = {check.name: found.get(check.name, Outcome(passed=1)) for check in CHECKS}
    assert [line.split()[0] for line in failing(every)] == ["B2", "B3"]
