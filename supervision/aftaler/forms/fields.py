"""The fields that the forms of a kontrakt have of their own."""

from __future__ import annotations

import re
from datetime import time
from typing import Any
from uuid import UUID

from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget, TextInput

from supervision.aftaler import rules

DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"]
_CLOCK = re.compile(r"(?:kl\.?)?\s*(\d{1,2})(?:[.:,\s]?(\d{2}))?", re.IGNORECASE)


class ClockField(Field):
    """A time of day as people write it: 10.30, 10:30, 1030, kl. 9."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H.%M}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        found = _CLOCK.fullmatch(valuelist[0].strip())
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        if hour > 23 or minute > 59:
            self.data = None
            raise ValueError("Skriv et klokkeslæt som 10.30.")
        self.data = time(hour, minute)


class OrderedField(Field):
    """Hidden values of one name, in the order in which they stand on the page."""

    widget = HiddenInput()
    data: tuple[str, ...]

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tuple(valuelist)


class CheckboxesField(SelectMultipleField):
    """Several of a few, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def uuid_or_none(value: object) -> UUID | None:
    """A chosen id; None for the empty choice. Raises ValueError."""
    return UUID(str(value)) if value else None


def text(label: str, *, long: bool = False) -> Any:
    """A field of text, cleaned as it comes in."""
    kind = TextAreaField if long else StringField
    return kind(label, filters=[lambda typed: rules.clean_text(typed or "")])
