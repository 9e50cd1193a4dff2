"""One YAML content file and the entries in it, read so that nothing odd slips through."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from supervision.problems import Problem

_LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_ADDRESS = re.compile(r"[a-z][a-z0-9_]*")


class ContentProblem(Problem):
    """A content file that cannot be used.

    file: its name. entry: the key or kode in it, "" for the file itself. reason: Danish, no full stop.
    """

    def __init__(self, file: str, entry: str, reason: str) -> None:
        where = f"{file}, »{entry}«" if entry else file
        super().__init__(f"Kataloget kan ikke læses: {where}: {reason}.")
        self.file = file
        self.entry = entry
        self.reason = reason


class Entry:
    """A mapping of a content file with the place it stands, read field by field.

    Every reader raises ContentProblem when the field is missing or is not what it should be.
    """

    def __init__(self, file: str, name: str, raw: object) -> None:
        if not isinstance(raw, dict):
            raise ContentProblem(file, name, "her skal der stå felter med navn og indhold")
        self.file = file
        self.name = name
        self.raw = raw

    def problem(self, reason: str) -> ContentProblem:
        return ContentProblem(self.file, self.name, reason)

    def only(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Refuse missing and unknown fields."""
        for field in required:
            if field not in self.raw:
                raise self.problem(f"feltet »{field}« mangler")
        for field in self.raw:
            if field not in required and field not in optional:
                raise self.problem(f"feltet »{field}« kendes ikke")

    def text(self, field: str) -> str:
        return self._text(field, self.raw[field])

    def optional_text(self, field: str) -> str:
        return self.text(field) if field in self.raw else ""

    def name_in_address(self, field: str) -> str:
        """Read a name that also stands in an address: a-z, 0-9 and underscores, a letter first."""
        value = self.text(field)
        if not _ADDRESS.fullmatch(value):
            raise self.problem(f"»{field}« må kun have små bogstaver fra a til z, tal og understreger")
        return value

    def day(self, field: str) -> dt.date:
        value = self.raw[field]
        if type(value) is not dt.date:
            raise self.problem(f"»{field}« skal være en dato som 2026-11-22")
        return value

    def one_of(self, field: str, known: Collection[str]) -> str:
        value = self.text(field)
        if value not in known:
            raise self.problem(f"»{value}« er ikke en kendt værdi for »{field}« ({', '.join(known)})")
        return value

    def texts(self, field: str, *, repeats: bool = False) -> tuple[str, ...]:
        """Read a list of texts. () when the field is not there.

        repeats: the same text may stand there again, as a step that comes back.
        """
        values = tuple(self._text(field, value) for value in self._list(field))
        for value in values:
            if not repeats and values.count(value) > 1:
                raise self.problem(f"»{value}« står to gange i »{field}«")
        return values

    def number(self, field: str) -> int:
        value = self.raw[field]
        if type(value) is not int or value < 1:
            raise self.problem(f"»{field}« skal være et helt tal fra 1 og op")
        return value

    def flag(self, field: str) -> bool:
        value = self.raw.get(field, False)
        if type(value) is not bool:
            raise self.problem(f"»{field}« skal være true eller false")
        return value

    def entries(self, field: str, name_field: str) -> Iterator[Entry]:
        """Walk the mappings of a list, each known by its name_field. Nothing when the field is missing."""
        for nr, raw in enumerate(self._list(field), start=1):
            own = raw.get(name_field) if isinstance(raw, dict) else None
            yield Entry(
                self.file, own if isinstance(own, str) else f"{self.name} {field} nr. {nr}".strip(), raw
            )

    def groups(self, field: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Walk a mapping of names to lists of texts. Nothing when the field is not there."""
        if field not in self.raw:
            return
        group = Entry(self.file, self.name, self.raw[field])
        for name in group.raw:
            yield self._text(field, name), group.texts(name)

    def _list(self, field: str) -> list[object]:
        if field not in self.raw:
            return []
        value = self.raw[field]
        if not isinstance(value, list) or not value:
            raise self.problem(f"»{field}« skal være en liste med mindst ét punkt")
        return value

    def _text(self, field: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.problem(f"»{field}« skal være tekst (sæt den i anførselstegn)")
        if not value.strip() or value != value.strip():
            raise self.problem(f"»{field}« er tom eller har luft i enderne")
        return value


def read_content_file(path: Path, fields: Collection[str]) -> Entry:
    """Read one file: its `version` (from 1), `dato` and the given fields. Raises ContentProblem."""
    file = Entry(path.name, "", _parse(path))
    file.only({"version", "dato", *fields})
    file.number("version")
    file.day("dato")
    return file


def _parse(path: Path) -> object:
    try:
        loader = _LOADER(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        _refuse_repeated_fields(path.name, node)
        return loader.construct_document(node) if node else None
    except OSError:
        raise ContentProblem(path.name, "", "filen findes ikke eller kan ikke åbnes") from None
    except UnicodeDecodeError:
        raise ContentProblem(path.name, "", "filen er ikke skrevet i UTF-8") from None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" i linje {mark.line + 1}" if mark else ""
        raise ContentProblem(path.name, "", f"filen er ikke gyldig YAML{line}") from error


def _refuse_repeated_fields(file: str, node: yaml.Node | None) -> None:
    """YAML lets the last of two equal fields win without a word; here both are refused."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise ContentProblem(file, "", f"feltet »{key.value}« står to gange (linje {line})")
            seen.add(key.value)
            _refuse_repeated_fields(file, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_repeated_fields(file, value)
