"""One file with an organisation's own content, to carry to another organisation: JSON with a name and a version.

It is read whole or not at all; a fault is told with its line and its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from supervision.katalog import rules
from supervision.katalog.formats import egne as stored
from supervision.katalog.formats.yaml_entry import ContentProblem, Entry
from supervision.katalog.rules import egne
from supervision.problems import Problem

FORMAT = "kollegial-supervision-eget-katalog"
VERSION = 1
MOST_BYTES = 1_000_000
MOST_TING = 200
VERSION_MAX = 9_999
_HEAD = ("format", "version", "fra", "dato", "indhold")
_TING = ("slags", "key", "indhold")
_OPTIONAL = ("fra_key", "fra_version", "udgave", "aendret")


class FilProblem(Problem):
    """A file that cannot be used. linje: where in it, counted from 1, None when it is the file as a whole."""

    def __init__(self, reason: str, linje: int | None = None) -> None:
        super().__init__(f"Linje {linje}: {reason}" if linje else reason)
        self.linje = linje


@dataclass(frozen=True, slots=True)
class FilTing:
    """One thing in a file. laest: the same, read by the schema."""

    slags: str
    key: str
    indhold: dict[str, Any]
    fra_key: str | None
    fra_version: int | None
    laest: rules.Metode | rules.Skabelon


def write_file(fra: str, dag: date, ting: Iterable[Mapping[str, Any]]) -> str:
    """The file's text. ting: each with the fields slags, key, indhold, fra_key, fra_version, udgave, aendret."""
    filled = [{field: value for field, value in one.items() if value is not None} for one in ting]
    head = {"format": FORMAT, "version": VERSION, "fra": fra, "dato": dag.isoformat(), "indhold": filled}
    return json.dumps(head, ensure_ascii=False, indent=2) + "\n"


def read_file(raw: bytes, dag: date) -> list[FilTing]:
    """Every thing in the file, in its order. dag: the day that its versions are read as of. Raises FilProblem."""
    if len(raw) > MOST_BYTES:
        raise FilProblem("Filen fylder mere end 1 MB. Gem færre ting i hver fil.")
    text = _decoded(raw)
    try:
        return [_ting(entry, dag) for entry in _entries(_parsed(text))]
    except ContentProblem as problem:
        raise told(problem, text) from problem
    except RecursionError:
        raise FilProblem("Filen er ikke gemt herfra.") from None


def told(problem: ContentProblem, text: str) -> FilProblem:
    """The problem with the line of the entry it is in."""
    where = f"»{problem.entry}«: " if problem.entry else ""
    return FilProblem(where + egne.sentence(problem.reason), _line_of(text, problem.entry))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FilProblem("Filen kan ikke læses. Vælg en fil, som er gemt herfra.") from None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_repeats)
    except _Repeated as repeated:
        linje = _line_of(text, repeated.field, last=True)
        raise FilProblem(f"Feltet »{repeated.field}« står to gange.", linje) from repeated
    except ValueError as error:
        linje = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise FilProblem("Her er noget, der ikke kan læses. Er filen rettet i hånden?", linje) from error


class _Repeated(ValueError):
    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value in pairs:
        if field in found:
            raise _Repeated(field)
        found[field] = value
    return found


def _entries(raw: Any) -> list[Entry]:
    head = Entry("filen", "", raw)
    if head.raw.get("format") != FORMAT:
        raise FilProblem("Det er ikke en fil med egne metoder og skabeloner. Vælg en, som er gemt herfra.")
    if head.raw.get("version") != VERSION:
        raise FilProblem(f"Filen er i en anden udgave af formatet. Den her kan læse udgave {VERSION}.")
    head.only(_HEAD)
    entries = list(head.entries("indhold", "key"))
    if len(entries) > MOST_TING:
        raise FilProblem(f"Der er {len(entries)} ting i filen. Der må højst være {MOST_TING}.")
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        entry.only(_TING, _OPTIONAL)
        if (name := (entry.one_of("slags", egne.SLAGS), entry.name_in_address("key"))) in seen:
            raise entry.problem("den står to gange i filen")
        seen.add(name)
    return entries


def _ting(entry: Entry, dag: date) -> FilTing:
    slags, key = entry.text("slags"), entry.text("key")
    content = Entry(entry.file, key, entry.raw["indhold"])
    version = entry.number("udgave") if "udgave" in entry.raw else 1
    read = stored.read_own(slags, key, content.raw, version, dag, entry.optional_text("aendret"))
    return FilTing(
        slags=slags,
        key=key,
        indhold=content.raw,
        fra_key=entry.name_in_address("fra_key") if "fra_key" in entry.raw else None,
        fra_version=min(entry.number("fra_version"), VERSION_MAX) if "fra_version" in entry.raw else None,
        laest=read,
    )


def _line_of(text: str, word: str, *, last: bool = False) -> int | None:
    """The first (or last) line on which the word stands as a JSON string; None when it stands nowhere."""
    wanted = json.dumps(word, ensure_ascii=False)
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if wanted in line]
    return (lines[-1] if last else lines[0]) if word and lines else None
