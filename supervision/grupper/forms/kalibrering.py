"""What is typed and sent about practice samtaler and the first day."""

from __future__ import annotations

from uuid import UUID

from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from supervision.forms import Form
from supervision.grupper.rules.foerste_dag import FELTER, LAENGST
from supervision.grupper.rules.kalibrering import TEMPOER

ALENE = "alene"


class KalibreringForm(Form):
    """With whom, and how fast. The page sets the choices of `hvem`: `ALENE` or a group's id."""

    hvem = RadioField("Hvem øver du dig med?", validators=[InputRequired("Vælg, hvem du øver dig med.")])
    tempo = RadioField("Tempo", choices=[(str(key), navn) for key, navn in TEMPOER.items()], default="100")

    @property
    def gruppe_id(self) -> UUID | None:
        """The chosen group, or None for alone. Call it on a valid form."""
        return None if self.hvem.data == ALENE else UUID(str(self.hvem.data))


class OeveaftaleForm(Form):
    """Which kendetegn to look for. The page sets the choices."""

    kendetegn = SelectMultipleField(
        "Det lægger du mærke til",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class OevefeedbackForm(Form):
    """What somebody writes to the made-up colleague."""

    lykkedes = TextAreaField(FELTER["lykkedes"], validators=[Length(max=LAENGST)])
    iagttagelse = TextAreaField(FELTER["iagttagelse"], validators=[Length(max=LAENGST)])
    oplevelse = TextAreaField(FELTER["oplevelse"], validators=[Length(max=LAENGST)])
