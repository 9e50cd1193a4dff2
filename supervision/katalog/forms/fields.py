"""The fields that the forms of an organisation's own content have of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from supervision.katalog import rules
from supervision.katalog.rules import egne

DELING = "|"
"""What an editor types where a long word may be divided on a tile."""
KORT_LANGT = "Ordet er for langt til et felt. Sæt en | i det, hvor det må deles."

Groups = Mapping[str, Sequence[tuple[str, str]]]
"""Heading -> (value, label) of a list with headings."""


def line(typed: str | None) -> str:
    """What was typed as one line without odd spaces."""
    return " ".join((typed or "").split())


def as_kort(typed: str | None) -> str:
    """A short name as it is stored."""
    return line(typed).replace(DELING, rules.SOFT_HYPHEN)


def as_typed(kort: str) -> str:
    """A short name as it is shown to whoever edits it."""
    return kort.replace(rules.SOFT_HYPHEN, DELING)


class LinesField(TextAreaField):
    """A list of texts, one on each line. `data` is the text, `linjer` the list."""

    def process_data(self, value: Any) -> None:
        self.data = "\n".join(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = "\n".join(one for one in map(line, valuelist[0].splitlines()) if one)

    @property
    def linjer(self) -> list[str]:
        """The lines with something on them."""
        return (self.data or "").splitlines()

    def pre_validate(self, form: Any) -> None:
        if len(self.linjer) > egne.LINJER_MAX:
            raise ValidationError(f"Skriv højst {egne.LINJER_MAX} linjer.")
        if any(len(one) > egne.LINJE_MAX for one in self.linjer):
            raise ValidationError(f"En linje er for lang. Skriv højst {egne.LINJE_MAX} tegn på hver.")


class OrderedField(Field):
    """Hidden values of one name, in the order in which they stand on the page."""

    widget = HiddenInput()
    data: tuple[str, ...]

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tuple(dict.fromkeys(valuelist))


class CheckboxesField(SelectMultipleField):
    """Several of a few, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def text(label: str, most: int, *, long: bool = False, hint: str = "") -> Any:
    """A field of text, cleaned as it comes in."""
    kind = TextAreaField if long else StringField
    return kind(label, description=hint, filters=[line], validators=[Length(max=most)])
