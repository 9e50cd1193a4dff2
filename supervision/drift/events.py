"""What may be written in the running log: one JSON object a line, from a closed list of events and fields.

A field takes numbers, ids, or a word of a closed set; never a text that somebody wrote, a form, a dict or a list. So a
name, an e-mail or a feedback cannot get in by carelessness. Whatever other code logs (libraries, a forgotten print of a
value) comes out as where and how serious it was, without its words. An exception is its class and our own lines.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

PACKAGE = Path(__file__).resolve().parent.parent
LOGGER = logging.getLogger("supervision")
FIELDS_OF = "supervision_fields"
"""The attribute of a log record that carries what was checked here."""

EVENTS = frozenset(
    {
        "kald",
        "uventet_fejl",
        "databasefejl",
        "diskfejl",
        "set_sidst_udeladt",
        "sqlite_uden_wal",
        "kommunelogin_afvist",
        "kommunelogud",
        "kommunelogud_afvist",
        "adgang_ikke_logget",
        "runde_sprunget_over",
        "nat_sprunget_over",
        "demo_udeladt",
        "besked_opgivet",
        "kryds_maa_vente",
        "indhold_kan_ikke_laeses",
        "indhold_udeladt",
    }
)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
REQUEST_ID = re.compile(r"[0-9a-f]{12}")
ENDPOINT = re.compile(r"[a-z_]+(\.[a-z_]+)?")
VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,3}")
REASON = re.compile(r"[a-z][a-z_0-9]{0,39}")
SERVER_ANSWER = re.compile(r"[A-Za-z]{1,40}( [0-9]{3})?")


class NotForTheLog(TypeError):
    """Something was to be logged that the log does not take."""


def _number(value: object) -> bool:
    return isinstance(value, int | float)


def _id(value: object) -> bool:
    return isinstance(value, UUID)


def _word(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and bool(pattern.fullmatch(value))


FIELDS: Mapping[str, Callable[[object], bool]] = {
    "kald": _word(REQUEST_ID),
    "endpoint": _word(ENDPOINT),
    "metode": lambda value: value in METHODS,
    "status": _number,
    "ms": _number,
    "person": _id,
    "besked": _id,
    "indhold": _id,
    "antal": _number,
    "svar": _word(SERVER_ANSWER),
    "vej": lambda value: value in ("oidc", "saml"),
    "grund": _word(REASON),
    "version": _word(VERSION),
    "fejl": lambda value: isinstance(value, BaseException),
}
_strict = False


def init_logging(*, strict: bool, requests: bool) -> None:
    """Let everything that logs in this process go through here. strict: refuse loudly what the log does not take."""
    global _strict
    _strict = strict
    root = logging.getLogger()
    if not any(isinstance(handler, Lines) for handler in root.handlers):
        root.addHandler(Lines())
    LOGGER.setLevel(logging.INFO if requests else logging.WARNING)


def log_event(event: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Write one event. `fejl`: an exception, of which the class and our own lines are kept.

    Raises NotForTheLog for an event or field that is not on the list, or a value that the field does not take, when the
    process is strict (tests); else what is wrong is left out.
    """
    wrong = [name for name, value in fields.items() if not (name in FIELDS and FIELDS[name](value))]
    if event not in EVENTS or wrong:
        if _strict:
            raise NotForTheLog(f"{event if event in EVENTS else 'unknown event'}: {', '.join(wrong)}")
        fields = {name: value for name, value in fields.items() if name not in wrong}
        event = event if event in EVENTS else "uventet_fejl"
    if not LOGGER.isEnabledFor(level):
        return
    problem = fields.pop("fejl", None)
    kept = {name: str(value) if isinstance(value, UUID) else value for name, value in fields.items()}
    kept.update(_of_exception(problem) if problem is not None else {})
    words = " ".join([event, *(f"{name}={value}" for name, value in kept.items())])
    LOGGER.log(level, words.replace("%", "%%"), extra={FIELDS_OF: {"event": event, **kept}})


class Lines(logging.StreamHandler[TextIO]):
    """One JSON object a line on stderr, wherever that is at the moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        """Where stderr is now: tests and servers move it."""
        return sys.stderr

    @stream.setter
    def stream(self, _value: TextIO) -> None:
        """Nothing is kept."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Of a record that did not come through `log_event`: where from, and an exception's class."""
        line = {
            "tid": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname.lower(),
        }
        known = getattr(record, FIELDS_OF, None)
        if known is not None:
            return json.dumps({**line, **known}, ensure_ascii=True)
        line |= {"event": "andet", "hvor": f"{_identifier(record.name)}:{record.lineno}"}
        problem = record.exc_info[1] if record.exc_info else None
        return json.dumps({**line, **(_of_exception(problem) if problem else {})}, ensure_ascii=True)


def _of_exception(problem: BaseException) -> dict[str, Any]:
    """Class and our own lines, innermost last; what it said and what the variables held stay where they are."""
    lines = [
        f"{Path(frame.filename).relative_to(PACKAGE)}:{frame.lineno}"
        for frame in traceback.extract_tb(problem.__traceback__, limit=-60)
        if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    return {"fejl": type(problem).__name__, "linjer": lines[-8:]}


def _identifier(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_.]{1,80}", name) else "?"
