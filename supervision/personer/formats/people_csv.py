"""People as CSV: `navn;email;team;rolle`, as Excel in Denmark saves it or as any other program does."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from supervision.personer import rules
from supervision.personer.rules import wording
from supervision.personer.rules.import_plan import LineProblem
from supervision.problems import RuleBroken

COLUMNS = ("navn", "email", "team", "rolle")
ALIASES = {"e-mail": "email", "mail": "email"}
MAX_BYTES = 400_000
"""The largest file (bytes, as UTF-8): its text must fit in one form field when the preview is confirmed."""
TEMPLATE = "\N{ZERO WIDTH NO-BREAK SPACE}" + ";".join(COLUMNS) + "\r\n"
ROLLER = (rules.MEDARBEJDER, rules.TEAMLEDER, rules.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Row:
    """One person's line, cleaned. `line` counts from 1 and is the line where the row begins in the file."""

    line: int
    navn: str
    email: str
    team: str
    rolle: str


def decode(data: bytes) -> tuple[str, bool]:
    """The file's text, and whether it was read as Windows-1252. Raises RuleBroken: too big, not text."""
    if len(data) > MAX_BYTES:
        raise RuleBroken("Filen er for stor. Den må højst fylde 400 kB; del den i to.", "fil")
    if data.startswith((b"PK", b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise RuleBroken("Det er ikke en CSV-fil. Vælg “CSV UTF-8” under “Gem som” i Excel.", "fil")
    try:
        text, windows = data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        try:
            text, windows = data.decode("cp1252"), True
        except UnicodeDecodeError as problem:
            raise RuleBroken("Filens bogstaver kan ikke læses. Gem den som “CSV UTF-8”.", "fil") from problem
    if len(text.encode()) > MAX_BYTES:
        raise RuleBroken("Filen er for stor. Den må højst fylde 400 kB; del den i to.", "fil")
    return text, windows


def read(text: str) -> tuple[list[Row], list[LineProblem]]:
    """The rows that can be used and what is wrong with the rest, both in the file's order. Raises nothing."""
    problems: list[LineProblem] = []
    rows: list[Row] = []
    lines = _records(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), problems)
    columns = _columns(next(lines, (1, [])), problems)
    if columns:
        for line, values in lines:
            row = _row(line, values, columns, problems)
            if row:
                rows.append(row)
        if not rows and not problems:
            problems.append(LineProblem(2, "linjen", "Der er ingen personer i filen."))
    return rows, sorted(problems, key=lambda problem: problem.line)


def _records(text: str, problems: list[LineProblem]) -> Iterator[tuple[int, list[str]]]:
    skipped = 0
    first, rest = _first_line(text)
    if first.lower().startswith("sep="):
        text, skipped = rest, 1
        first, _ = _first_line(text)
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            reason = "Et anførselstegn står forkert. Slet det, eller skriv det to gange."
            problems.append(LineProblem(line, "linjen", reason))
            return
        if any(value.strip() for value in values):
            yield line, values


def _first_line(text: str) -> tuple[str, str]:
    first = text.splitlines(keepends=True)[:1]
    return (first[0], text[len(first[0]) :]) if first else ("", "")


def _columns(header: tuple[int, list[str]], problems: list[LineProblem]) -> list[str]:
    line, values = header
    found = [ALIASES.get(name, name) for name in (wording.clean(value).casefold() for value in values)]
    missing = [name for name in COLUMNS if name not in found]
    unknown = [name for name in found if name not in COLUMNS]
    if missing:
        reason = f"Første linje skal være navn;email;team;rolle. Her mangler: {', '.join(missing)}."
        problems.append(LineProblem(line, "overskrift", reason))
    elif unknown:
        reason = f"Kolonnen “{unknown[0]}” bruges ikke. Slet den fra filen."
        problems.append(LineProblem(line, "overskrift", reason))
    elif len(found) > len(COLUMNS):
        problems.append(LineProblem(line, "overskrift", "En kolonne står to gange."))
    else:
        return found
    return []


def _row(line: int, values: list[str], columns: list[str], problems: list[LineProblem]) -> Row | None:
    if len(values) != len(columns):
        reason = f"Der er {len(values)} felter, men der skal være {len(columns)}."
        problems.append(LineProblem(line, "linjen", reason))
        return None
    given = dict(zip(columns, values, strict=True))
    before = len(problems)
    navn = _checked(line, "navn", given, problems)
    email = _checked(line, "email", given, problems)
    rolle = wording.clean(given["rolle"]).casefold()
    reason = _rolle_problem(rolle)
    if reason:
        problems.append(LineProblem(line, "rolle", reason))
    team = ""
    if wording.clean(given["team"]):
        team = _checked(line, "team", given, problems)
    reason = "" if reason else _team_problem(rolle, team, given["team"])
    if reason:
        problems.append(LineProblem(line, "team", reason))
    return Row(line, navn, email, team, rolle) if len(problems) == before else None


def _checked(line: int, column: str, given: dict[str, str], problems: list[LineProblem]) -> str:
    try:
        return wording.email(given[column]) if column == "email" else wording.navn(given[column], column)
    except RuleBroken as problem:
        problems.append(LineProblem(line, column, problem.text))
        return ""


def _rolle_problem(rolle: str) -> str:
    if rolle == rules.ADMINISTRATOR:
        return "Rollen administrator gives på personens side, ikke i en fil."
    if rolle not in ROLLER:
        return "Skriv medarbejder, teamleder eller supervisor."
    return ""


def _team_problem(rolle: str, team: str, given: str) -> str:
    if rolle in rules.TEAM_ROLLER and not wording.clean(given):
        return f"En {rolle} hører til et team. Skriv teamets navn."
    if rolle == rules.SUPERVISOR and team:
        return "En supervisor hører til hele organisationen. Lad team stå tomt."
    return ""
