"""What is typed into the logbog."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from wtforms import HiddenField, TextAreaField
from wtforms import validators as check

from supervision.aftaler.rules import clean_text
from supervision.forms import Form
from supervision.logbog.rules import TEKST_MAX, Notat


def _box(label: str, *required: Any, hint: str = "") -> Any:
    return TextAreaField(
        label,
        description=hint,
        filters=[lambda typed: clean_text(typed or "")],
        validators=[*required, check.Length(max=TEKST_MAX)],
    )


class NotatForm(Form):
    """The three boxes."""

    proevet = _box(
        "Hvad prøvede du?",
        check.DataRequired("Skriv, hvad du prøvede. Et par ord er nok."),
        hint="Skriv om dig selv. Nævn ikke borgeren, og skriv ikke noget, der viser, hvem det er.",
    )
    skete = _box("Hvad skete der?")
    naeste = _box("Hvad vil du gøre næste gang?")

    def to_notat(self) -> Notat:
        """The note as typed. Call it on a valid form."""
        return Notat(self.proevet.data or "", self.skete.data or "", self.naeste.data or "")


class NytNotatForm(NotatForm):
    """A new note, with the id that it will have."""

    notat_id = HiddenField(
        default=lambda: str(uuid4()),
        validators=[check.UUID(message="Notatet kunne ikke læses. Kopiér din tekst, og genindlæs siden.")],
    )

    def to_id(self) -> UUID:
        """The id that the form was given. Call it on a valid form."""
        return UUID(self.notat_id.data)
