"""The privacy map, read: every table, whose data it holds by which foreign keys, and what erasure does with it.

`privacy_map.yml` says how a line is written. What is read here is used for the export, the erasure, the pages that
explain both, and the documents in `docs/`; so none of them can say something else than what is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from supervision.problems import SettingsProblem

MAP_FILE = Path(__file__).parent / "privacy_map.yml"
ROLES = ("about", "written", "metadata")
ERASE = ("delete", "parent", "nobody", "null", "keep")
SET, NULL, OPEN = "set", "null", "open"


@dataclass(frozen=True, slots=True)
class Betingelse:
    """A condition on a row along a path. table "": the row's own.

    value: `set`, `null`, `open` (null or to come), or a word. ikke: it must not be so.
    """

    table: str
    column: str
    value: str
    ikke: bool = False


@dataclass(frozen=True, slots=True)
class Sti:
    """A way from a table's row to a person: columns, all but the last foreign keys.

    role: `about` (it is about them), `written` (they wrote it, it is about somebody else) or `metadata` (they did it).
    erase: `delete` the row; it goes with its `parent`; put `nobody` in the column; make it `null`; or `keep` it for as
    long as its class says. when: which rows erasure means; see: which rows the person may read. empty: texts that go
    too, where the row stays.
    """

    kolonner: tuple[str, ...]
    role: str
    erase: str
    when: tuple[Betingelse, ...] = ()
    see: tuple[Betingelse, ...] = ()
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tabel:
    """One table's line. holds: what it is, in plain Danish; holds_written: the same for what one wrote.

    keep: its class of retention.

    text: columns with a person's own words; codes: those without; secret: hashes and keys, which nobody gets.
    show, show_written: what of a row the person gets. names: columns whose person may be named to them.
    counted: so many rows that the readable page only counts them.
    """

    navn: str
    holds: str
    keep: str
    holds_written: str = ""
    stier: tuple[Sti, ...] = ()
    text: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    show_written: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Klasse:
    """A class of retention. dage: the default; None: as long as the thing it belongs to. fra: what is counted from."""

    key: str
    navn: str
    fra: str
    dage: int | None = None
    mindst: int = 1
    hoejst: int = 3650


@dataclass(frozen=True, slots=True)
class Genstand:
    """A thing of the access matrix in Danish. gruppe: its teamleder is the group's."""

    navn: str
    gruppe: bool = False


@dataclass(frozen=True, slots=True)
class Kort:
    """The whole map. ord: column -> its Danish name. bliver: what stays after an erasure, and why.

    genstande: the access matrix's objects that are about a person; andre: those that are not, or are part of another.
    """

    tabeller: dict[str, Tabel]
    klasser: dict[str, Klasse]
    ord: dict[str, str]
    bliver: tuple[tuple[str, str], ...]
    genstande: dict[str, Genstand]
    andre: tuple[str, ...]


@cache
def privacy_map() -> Kort:
    """The map as it stands. Raises SettingsProblem when a line cannot be read."""
    return read(MAP_FILE.read_text(encoding="utf-8"))


def read(text: str) -> Kort:
    """A map from YAML. Raises SettingsProblem on a word it does not know."""
    raw = yaml.safe_load(text)
    klasser = {key: Klasse(key, **line) for key, line in raw["retention"].items()}
    tabeller = {navn: _tabel(navn, line) for navn, line in raw["tables"].items()}
    for tabel in tabeller.values():
        if tabel.keep not in klasser:
            raise SettingsProblem(f"{tabel.navn}: {tabel.keep} er ingen opbevaringsklasse.")
    bliver = tuple((line["hvad"], line["hvorfor"]) for line in raw["stays"])
    genstande = {key: Genstand(**line) for key, line in raw["objects"].items()}
    return Kort(tabeller, klasser, dict(raw["words"]), bliver, genstande, _words(raw["not_about_a_person"]))


def _tabel(navn: str, line: dict[str, object]) -> Tabel:
    known = {
        "holds",
        "holds_written",
        "keep",
        "paths",
        "text",
        "codes",
        "secret",
        "show",
        "show_written",
        "names",
        "counted",
    }
    if not set(line) <= known:
        raise SettingsProblem(f"{navn}: ukendt ord {sorted(set(line) - known)}.")
    lists = {
        key: _words(line.get(key)) for key in ("text", "codes", "secret", "show", "show_written", "names")
    }
    return Tabel(
        navn=navn,
        holds=str(line["holds"]),
        keep=str(line["keep"]),
        holds_written=str(line.get("holds_written", "")),
        stier=tuple(_sti(navn, given) for given in _words(line.get("paths"))),
        counted=bool(line.get("counted", False)),
        **lists,
    )


def _words(given: object) -> tuple[str, ...]:
    return tuple(str(word) for word in given) if isinstance(given, list) else ()


def _sti(navn: str, given: str) -> Sti:
    """`observation_id.observatoer_id written nobody when sendt_at=null see observation.x=open empty tager_med`."""
    words = given.split()
    if len(words) < 3 or len(words) % 2 == 0 or words[1] not in ROLES or words[2] not in ERASE:
        raise SettingsProblem(f"{navn}: stien “{given}” kan ikke læses.")
    rest = dict(zip(words[3::2], words[4::2], strict=True))
    if not set(rest) <= {"when", "see", "empty"}:
        raise SettingsProblem(f"{navn}: stien “{given}” har et ukendt ord.")
    return Sti(
        kolonner=tuple(words[0].split(".")),
        role=words[1],
        erase=words[2],
        when=_betingelser(rest.get("when", "")),
        see=_betingelser(rest.get("see", "")),
        empty=tuple(rest["empty"].split(",")) if "empty" in rest else (),
    )


def _betingelser(given: str) -> tuple[Betingelse, ...]:
    found = []
    for one in given.split(",") if given else ():
        left, _, value = one.partition("=")
        ikke = left.endswith("!")
        table, _, column = left.removesuffix("!").rpartition(".")
        found.append(Betingelse(table, column, value, ikke))
    return tuple(found)
