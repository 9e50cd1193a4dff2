"""What is typed into the logbog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID, uuid4

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms import validators as check

from supervision.aftaler.rules import clean_text
from supervision.forms import Form
from supervision.logbog.rules import TEKST_MAX, Notat


def _chosen(value: object) -> UUID | str | None:
    """An id of the list; nothing for no choice; what is no id stays as it is, so that the list refuses it."""
    if value in (None, "", "None"):
        return None
    try:
        return UUID(str(value))
    except ValueError:
        return str(value)


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
    linje_id = SelectField("Hvilken linje i din læringspil hører det til?", coerce=_chosen)
    observation_id = SelectField("Hvilken samtale?", coerce=_chosen)

    def offer(self, linjer: Mapping[UUID, str], samtaler: Mapping[UUID, str]) -> Self:
        """Fill the two lists: id -> words."""
        for control, found in ((self.linje_id, linjer), (self.observation_id, samtaler)):
            control.choices = [("", "Ingen"), *((str(id_), words) for id_, words in found.items())]
            if control.data and control.data not in found:
                control.data = None if not self.is_submitted() else control.data
        return self

    def to_notat(self) -> Notat:
        """The note as typed. Call it on a valid form."""
        boxes = (self.proevet.data or "", self.skete.data or "", self.naeste.data or "")
        return Notat(*boxes, self.linje_id.data, self.observation_id.data)


class NytNotatForm(NotatForm):
    """A new note, with the id that it will have."""

    notat_id = HiddenField(
        default=lambda: str(uuid4()),
        validators=[check.UUID(message="Notatet kunne ikke læses. Kopiér din tekst, og genindlæs siden.")],
    )

    def to_id(self) -> UUID:
        """The id that the form was given. Call it on a valid form."""
        return UUID(self.notat_id.data)


class SoegForm(Form):
    """What one's own logbog is searched for; from the address."""

    class Meta(Form.Meta):
        csrf = False

    soeg = StringField("Søg i dine notater", filters=[lambda typed: (typed or "").strip()[:100]])
    linje = StringField()

    def to_linje(self) -> UUID | None:
        """The line that the notes are to be about; what is no id is left out."""
        found = _chosen(self.linje.data)
        return found if isinstance(found, UUID) else None
