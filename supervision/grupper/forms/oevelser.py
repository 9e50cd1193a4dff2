"""What is typed and tapped in an exercise. Only the fields named here are read."""

from __future__ import annotations

from uuid import UUID

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Optional

from supervision.forms import Form
from supervision.problems import RuleBroken


class BegyndForm(Form):
    """Which exercise."""

    slags = StringField(default="")


class StyrForm(Form):
    """What to do with a small group's step, as it was seen; without `hold` with all of them."""

    handling = StringField(default="")
    hold = StringField(default="")
    trin = IntegerField(default=-1, validators=[Optional()])


class BytForm(Form):
    """Who changes places with whom, or moves to which small group."""

    hvem = StringField("Hvem")
    til = StringField("Bytter med eller flytter til")


class TekstForm(Form):
    """One line. til: the statement that it answers."""

    felt = StringField(default="")
    tekst = TextAreaField("Skriv", default="")
    til = StringField(default="")

    def check(self) -> None:
        """Raises RuleBroken with the field's own words."""
        if not self.validate():
            raise RuleBroken(next(iter(self.errors.values()))[0], "tekst")


class OevelsestalForm(Form):
    """One's own number."""

    tal = IntegerField("Dit tal", validators=[Optional()])


class TagMedForm(Form):
    """Where to take a line along to."""

    hvorhen = StringField(default="")


def as_id(value: str | None) -> UUID | None:
    """The id, or None when there is none or what was sent is no id."""
    try:
        return UUID(value) if value else None
    except ValueError:
        return None
