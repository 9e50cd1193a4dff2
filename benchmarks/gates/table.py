"""The table of the release gates in the README, between two marks, made from what the last run kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .checks import CHECKS, Check
from .measured import figures_of

BEGIN, END = "<!-- gates: made by `python -m benchmarks.gates` -->", "<!-- gates: end -->"
MOST_FIGURES = 3


@dataclass
class Outcome:
    """What holds one check: how many tests passed, failed, were skipped, and the figures they said.

    planted: how many of them put a broken variant before the check, which found it.
    """

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    planted: int = 0
    figures: list[str] = field(default_factory=list)
    measured: list[str] = field(default_factory=list)
    unheld: list[str] = field(default_factory=list)
    limit: str = ""

    def count(self, name: str, end: str) -> None:
        setattr(self, end, getattr(self, end) + 1)
        if end != "passed":
            self.unheld.append(name)

    def as_dict(self) -> dict[str, Any]:
        return {
            "passed": self.passed,
            "failed": self.failed,
            "skipped": self.skipped,
            "planted": self.planted,
            "figures": sorted(set(self.figures)),
            "unheld": sorted(self.unheld),
        }

    @property
    def words(self) -> str:
        """Passed, failed, in part (some were skipped), or that nothing holds it."""
        if self.failed:
            return "**fails**"
        if not self.passed:
            return "**not run**"
        if self.limit:
            return f"in part: {self.limit}"
        return "in part" if self.skipped else "passes"


def outcomes(tests: dict[str, Any]) -> dict[str, Outcome]:
    """Every check, by name: what its tests came to, and its measurements."""
    found = {}
    for check in CHECKS:
        outcome = Outcome(**tests.get(check.name, {}), limit=check.limit)
        for name, passed, figure in figures_of(check.name):
            outcome.count(name, "passed" if passed else "failed")
            outcome.measured.append(figure)
        found[check.name] = outcome
    return found


def failing(found: dict[str, Outcome]) -> list[str]:
    """The release gates that do not pass, a line each."""
    return [
        f"{check.name} {check.words}: {outcome.words} ({', '.join(outcome.unheld) or 'nothing holds it'})"
        for check, outcome in ((one, found[one.name]) for one in CHECKS if one.gate)
        if outcome.words != "passes"
    ]


def write_into(readme: Path, found: dict[str, Outcome]) -> None:
    """Put the table between the two marks of the README; the rest of it stays as it is."""
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    readme.write_text(before + BEGIN + "\n" + table(found) + END + rest.split(END)[1], encoding="utf-8")


def table(found: dict[str, Outcome]) -> str:
    """The table in Markdown: a row a check, the release gates with a star."""
    gates = {check.name.rstrip("b") for check in CHECKS if check.gate}
    passing = len(gates - {check.name.rstrip("b") for check in CHECKS if found[check.name].words != "passes"})
    rows = [_row(check, found[check.name]) for check in CHECKS]
    head = [
        "",
        f"{passing} of {len(gates)} release gates (★) pass.",
        "",
        "| Check | What | Held by | Figure | |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""]) + "\n"


def _row(check: Check, outcome: Outcome) -> str:
    tests = outcome.passed + outcome.failed + outcome.skipped - len(outcome.measured)
    held = [f"{tests} tests" if tests != 1 else "1 test"] if tests else []
    held += ["measured"] if outcome.measured else []
    held += [f"{outcome.planted} with a planted bug"] if outcome.planted else []
    figures = [*outcome.measured, *outcome.figures][:MOST_FIGURES]
    cells = (
        f"{check.name}{'★' if check.gate else ''}",
        check.words,
        ", ".join(held),
        "; ".join(figures),
        outcome.words,
    )
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"
