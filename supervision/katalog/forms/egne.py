"""What an editor chooses and types about own content as a whole: copy, hide, begin, publish."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from supervision.forms import Form
from supervision.katalog import rules
from supervision.katalog.forms.fields import text
from supervision.katalog.rules import egne


class KopiForm(Form):
    """What is to be copied."""

    slags = HiddenField()
    key = HiddenField()


class SkjulForm(KopiForm):
    """What is to be hidden, or shown again."""


class FilForm(Form):
    """A file from another organisation."""

    fil = FileField("Fil", validators=[FileRequired("Vælg en fil.")])


class UdgivForm(Form):
    """What is new in the version."""

    aendret = text("Hvad er nyt?", egne.AENDRET_MAX, hint="Én linje, som kollegerne kan læse.")


class NyMetodeForm(Form):
    """The beginning of a method without an original."""

    navn = text("Metodens navn", egne.NAVN_MAX)
    kategori = SelectField("Kategori", choices=list(rules.KATEGORIER.items()))
    retning = RadioField("Hvem er den til?", choices=list(rules.RETNINGER.items()), default="borger")
    type = RadioField(
        "Hvordan viser den sig i samtalen?", choices=list(rules.TYPER.items()), default="haendelse"
    )

    def validate_navn(self, field: Any) -> None:
        """A draft needs a name to be found by."""
        if not field.data:
            raise ValidationError("Skriv metodens navn.")
