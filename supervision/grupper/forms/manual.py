"""What is typed about a manual."""

from __future__ import annotations

from datetime import datetime

from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from supervision.forms import Form


class ManualForm(Form):
    """The text of a manual's next version, and what is new in it. `set`: when the draft on the screen was saved."""

    tekst = TextAreaField("Manualens tekst", default="")
    aendring = StringField("Hvad er nyt?", default="", description="En linje til dem, der har læst den før.")
    set = HiddenField(default="")

    @property
    def seen(self) -> datetime | None:
        """When the draft on the screen was saved; None when there was none, or when that cannot be read."""
        return _moment(self.set.data)


class UdgivForm(Form):
    """Publish the draft that was seen."""

    set = HiddenField(default="")

    @property
    def seen(self) -> datetime | None:
        """As in `ManualForm`."""
        return _moment(self.set.data)


class LaestForm(Form):
    """The version whose limits were read."""

    version = IntegerField("Udgave", widget=HiddenInput(), validators=[InputRequired()])


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None
