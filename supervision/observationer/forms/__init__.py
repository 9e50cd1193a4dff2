"""What the recorder sends, as values: a batch of events in JSON, or a file with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms import validators as check

from supervision.aftaler.rules import clean_text
from supervision.forms import Form, parse_object
from supervision.observationer.rules import MAX_EVENTS, MAX_KODE, FieldProblem, is_id, read_moment
from supervision.problems import RuleBroken

KEYS = frozenset({"startet_at", "haendelser"})


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it came. `startet_at` is aware, in UTC; each event is checked when it is stored."""

    startet_at: datetime | None
    haendelser: list[object]


@dataclass(frozen=True, slots=True)
class StrandedBatch(Batch):
    """A batch that was refused whole where it belonged. `kontrakt` is what the device claims."""

    kontrakt: UUID


def read_clock(typed: str) -> int:
    """Milliseconds of a time as it is typed: 12.41, 12:41, 1.02.05; a number alone is minutes. Raises ValueError."""
    parts = [part.strip() for part in re.split("[.:,]", typed.strip())]
    if not 1 <= len(parts) <= 3 or not all(re.fullmatch("[0-9]{1,4}", part) for part in parts):
        raise ValueError(typed)
    if any(len(part) != 2 or int(part) > 59 for part in parts[1:]):
        raise ValueError(typed)
    seconds = int(parts[0]) * 60 if len(parts) == 1 else 0
    for part in parts if len(parts) > 1 else ():
        seconds = seconds * 60 + int(part)
    return seconds * 1000


def is_clock(_form: Any, field: Any) -> None:
    """A validator: what `read_clock` can read."""
    try:
        read_clock(field.data or "")
    except ValueError:
        raise check.ValidationError(
            "Skriv minutter og sekunder med to cifre, som 12.41 eller 1.02.05."
        ) from None


class KrydsFilForm(Form):
    """The file that a device saved its queue in."""

    fil = FileField("Fil med kryds", validators=[FileRequired("Vælg en fil.")])


def parse_batch(body: bytes) -> Batch:
    """Read `{"startet_at": ISO 8601 with zone | null, "haendelser": [...]}`, at most `MAX_EVENTS` events.

    Raises RuleBroken with a Danish text when it is not that.
    """
    data = parse_object(body, KEYS)
    return Batch(_parse_moment(data.get("startet_at")), _parse_events(data))


def parse_stranded_batch(body: bytes) -> StrandedBatch:
    """Read a batch with the id of its kontrakt beside, `{"kontrakt": …, "startet_at": …, "haendelser": […]}`.

    Raises RuleBroken with a Danish text when it is not that.
    """
    data = parse_object(body, KEYS | {"kontrakt"})
    kontrakt = data.get("kontrakt")
    if not is_id(kontrakt):
        raise RuleBroken("Feltet kontrakt skal være et UUID på 36 tegn.", "kontrakt")
    return StrandedBatch(_parse_moment(data.get("startet_at")), _parse_events(data), UUID(str(kontrakt)))


def _parse_events(data: dict[str, object]) -> list[object]:
    events = data.get("haendelser")
    if not isinstance(events, list):
        raise RuleBroken("Feltet haendelser mangler. Det skal være en liste.", "haendelser")
    if len(events) > MAX_EVENTS:
        raise RuleBroken(
            f"Der må højst være {MAX_EVENTS} hændelser ad gangen; her er {len(events)}.", "haendelser"
        )
    return events


def _parse_moment(value: object) -> datetime | None:
    try:
        return read_moment(value)
    except FieldProblem as problem:
        raise RuleBroken(problem.text, problem.field) from None


class FlytForm(Form):
    """The new time of one event."""

    tid = StringField("Ny tid", validators=[check.DataRequired("Skriv en tid som 12.41."), is_clock])

    def to_ms(self) -> int:
        """Milliseconds since the samtale began. Call it on a valid form."""
        return read_clock(self.tid.data or "")


class TilfoejForm(Form):
    """Something that was not tapped while the samtale ran. The page sets the choices of `hvad`: `spor:kode`."""

    ny_id = HiddenField(validators=[check.UUID(message="Siden var for gammel. Genindlæs den, og prøv igen.")])
    hvad = SelectField("Hvad skete der?", validate_choice=True)
    hvornaar = StringField("Tid", validators=[check.DataRequired("Skriv en tid som 12.41."), is_clock])
    tekst = TextAreaField("Notens ord", validators=[check.Length(max=MAX_KODE)])

    def to_ms(self) -> int:
        """Milliseconds since the samtale began. Call it on a valid form."""
        return read_clock(self.hvornaar.data or "")

    def to_spor_kode(self) -> tuple[str, str]:
        """The track and the code; a note's code is its words. Call it on a valid form."""
        spor, _, kode = str(self.hvad.data).partition(":")
        return spor, clean_text(self.tekst.data or "") if spor == "note" else kode
