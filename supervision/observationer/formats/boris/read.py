"""A project from BORIS, read into event logs: one a live or filmed observation.

Ours come back as they were. Of anybody's else, `taler:borger` and its like become our tracks, and all other
behaviours are kept with subject and modifiers on a track of BORIS's own (see `words`). A comment becomes a note.
An observation without events is no log, and the times of one with a time offset are made to begin at 0. Anything that
cannot be kept refuses the file.
"""

import json
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO, Final

from supervision.observationer.formats import (
    MAX_PROBLEMS,
    FileProblem,
    FileRefused,
    LogName,
    LogRow,
    Progress,
    navn_problems,
)
from supervision.observationer.formats.boris.events import Event, check_events, events_to_haendelser
from supervision.observationer.formats.boris.own import own_log
from supervision.observationer.formats.boris.words import POINT, STATE
from supervision.observationer.formats.boris.write import FORMAT_VERSION

MAX_BYTES: Final = 64 * 1024 * 1024
"""The whole project is read before anything of it is understood, so it may be smaller than a CSV."""
OBSERVATOER: Final = "BORIS"
REQUIRED: Final = (
    "project_name",
    "project_format_version",
    "subjects_conf",
    "behaviors_conf",
    "observations",
)
FILMED: Final = ("LIVE", "MEDIA")

_VERSION: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}")
_TYPES: Final = {
    STATE: True,
    f"{STATE} with coding map": True,
    POINT: False,
    f"{POINT} with coding map": False,
}


def read_logs(stream: BinaryIO, *, progress: Progress | None = None) -> dict[LogName, list[LogRow]]:
    """The project's logs by name. Raises `FileRefused`; the problems say observation and event."""
    content = stream.read(MAX_BYTES + 1)
    if progress:
        progress(len(content), 0)
    reader = _Reader(_object_in(content))
    logs = reader.logs()
    if reader.problems:
        raise FileRefused(reader.problems)
    return dict(sorted(logs.items()))


def _object_in(content: bytes) -> Mapping[str, Any]:
    if len(content) > MAX_BYTES:
        raise _refused(f"Projektet fylder over {MAX_BYTES // 1024 // 1024} MB. Del det i flere i BORIS.")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise _refused("Filen er gemt som UTF-16. Gem den i UTF-8.")
    if content.startswith(b"\x1f\x8b"):
        raise _refused("Projektet er pakket (.boris.gz). Pak det ud først.")
    try:
        data = json.loads(content.removeprefix(BOM_UTF8).decode(), parse_float=Decimal)
    except UnicodeDecodeError:
        raise _refused("Filen er ikke gemt i UTF-8.") from None
    except json.JSONDecodeError as problem:
        raise FileRefused([FileProblem(problem.lineno, "", "Det er ikke gyldig JSON.")]) from None
    except (ValueError, RecursionError):
        raise _refused("Det er ikke et projekt fra BORIS.") from None
    if not isinstance(data, dict):
        raise _refused("Det er ikke et projekt fra BORIS.")
    return data


def _refused(text: str, field: str = "") -> FileRefused:
    return FileRefused([FileProblem(0, field, text)])


class _Reader:
    def __init__(self, project: Mapping[str, Any]) -> None:
        self.project = project
        self.problems: list[FileProblem] = []
        self._check_keys()
        self.types = self._behaviours()

    def logs(self) -> dict[LogName, list[LogRow]]:
        found: dict[LogName, list[LogRow]] = {}
        for name, observation in self.project["observations"].items():
            for log_name, rows in self._log(str(name), observation):
                if log_name in found:
                    self._note("", f"Loggen »{' - '.join(log_name)}« er der flere gange.", name)
                found[log_name] = rows
        if not found and not self.problems:
            raise _refused("Der er ingen observationer med hændelser i projektet.", "observations")
        return found

    def _check_keys(self) -> None:
        for key in REQUIRED:
            if key not in self.project:
                self._note(key, "Feltet mangler. Er det et projekt fra BORIS?")
        for key in ("subjects_conf", "behaviors_conf", "observations"):
            if not isinstance(self.project.get(key, {}), dict):
                self._note(key, "Feltet er ikke skrevet, som BORIS gør.")
        version = str(self.project.get("project_format_version", FORMAT_VERSION))
        if not _VERSION.fullmatch(version) or int(version.split(".")[0]) > int(FORMAT_VERSION.split(".")[0]):
            text = f"Projektet er skrevet i format {version[:20]}. Vi læser til og med {FORMAT_VERSION}."
            self._note("project_format_version", text)
        if self.problems:
            raise FileRefused(self.problems)

    def _behaviours(self) -> dict[str, bool]:
        """code -> whether it is a state."""
        types: dict[str, bool] = {}
        for key, behaviour in self.project["behaviors_conf"].items():
            field = f"behaviors_conf.{key[:20]}"
            code = behaviour.get("code") if isinstance(behaviour, dict) else None
            type_ = str(behaviour.get("type"))[:60] if isinstance(behaviour, dict) else ""
            if not isinstance(code, str) or not code.strip():
                self._note(field, "Adfærden har ingen kode.")
            elif type_ not in _TYPES:
                self._note(field, f"»{code[:60]}« er hverken »{STATE}« eller »{POINT}«.")
            elif types.setdefault(code, _TYPES[type_]) != _TYPES[type_]:
                self._note(field, f"»{code[:60]}« står der både som tilstand og som punkt.")
        if self.problems:
            raise FileRefused(self.problems)
        return types

    def _log(self, name: str, observation: Any) -> Iterator[tuple[LogName, list[LogRow]]]:
        """The one log of an observation, or nothing with its problems noted."""
        if not isinstance(observation, dict) or not isinstance(observation.get("events"), list):
            self._note("events", "Feltet mangler, eller det er ikke en liste.", name)
            return
        if observation.get("type") not in FILMED:
            self._note("type", "Observationer af billeder har ingen tid, vi kan regne på.", name)
            return
        before = len(self.problems)
        events = check_events(observation, self.types, lambda *what: self._note_event(name, *what))
        if len(self.problems) > before or not events:
            return
        own = own_log(observation, events)
        log_name = own.navn if own else (name.strip(), OBSERVATOER)
        for field, text in navn_problems(log_name):
            self._note(field, text, name)
        haendelser = own.haendelser if own and own.untouched else self._translated(name, log_name, events)
        if len(self.problems) == before:
            yield log_name, [LogRow(*log_name, h, 0) for h in haendelser]

    def _translated(self, name: str, log_name: LogName, events: list[Event]) -> Any:
        return events_to_haendelser(log_name, events, lambda *what: self._note_event(name, *what))

    def _note_event(self, name: str, nr: int, field: str, text: str) -> None:
        self._note(field, text, name, nr)

    def _note(self, field: str, text: str, observation: str = "", nr: int = 0) -> None:
        place = f"observationen »{observation[:60]}«" if observation else ""
        self.problems.append(FileProblem(nr, field, text, f"{place}, hændelse {nr}" if nr else place))
        if len(self.problems) >= MAX_PROBLEMS:
            raise FileRefused(self.problems, stopped=True)
