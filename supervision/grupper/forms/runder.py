"""What is typed about a round's duties and its hjemmeopgaver."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import (
    DateField,
    FieldList,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from supervision.forms import Form
from supervision.grupper.forms.grupper import DATE_FORMATS
from supervision.grupper.rules.hjemmeopgaver import METODER_MAX, Indhold
from supervision.grupper.rules.pligter import FACILITATOR, KODER, MEDLEM, Pligt


class Valg(SelectMultipleField):
    """Any number of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MinRundeForm(Form):
    """What one says yes to in a round."""

    sagt = Valg("Det her siger du selv")

    def offer(self, pligter: Iterable[Pligt], told: Collection[str]) -> None:
        """The duties that one may say oneself, but for those that what was held tells already (`told`)."""
        self.sagt.choices = [
            (one.kode, one.egne_ord) for one in pligter if one.siges and one.kode not in told
        ]


class PligterForm(Form):
    """Which duties a round asks for; all that are not ticked are left out."""

    medlem = Valg("Medlemmerne", choices=[(one.kode, one.at) for one in MEDLEM])
    facilitator = Valg("Facilitatoren", choices=[(one.kode, one.at) for one in FACILITATOR])

    @property
    def uden(self) -> list[str]:
        """The codes left out; the form is valid."""
        return sorted(KODER - set(self.medlem.data or ()) - set(self.facilitator.data or ()))


class HjemmeopgaveForm(Form):
    """A hjemmeopgave. The methods are typed by name, with the catalogue's names to choose among."""

    titel = StringField("Hvad skal I prøve?", default="", description="Kort, så alle kan huske det.")
    kursusdag = StringField("Kursusdag", default="", description="Fx »Efter kursusdag 2«.")
    tekst = TextAreaField("Opgaven", default="")
    metoder = FieldList(StringField("Metode", default=""), min_entries=METODER_MAX, max_entries=METODER_MAX)
    frist = DateField(
        "Frist",
        format=DATE_FORMATS,
        validators=[InputRequired("Vælg en frist.")],
        description="Dagen tæller med.",
    )

    def __init__(self, navne: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        """navne: key of each method that may be chosen -> its name, no two of them alike."""
        super().__init__(*args, **kwargs)
        self.navne = navne
        self._keys = {navn.casefold(): key for key, navn in navne.items()}

    def validate(self, extra_validators: Any = None) -> bool:
        """As every form, and each method is one of the catalogue's."""
        valid = super().validate(extra_validators)
        for entry in self.metoder:
            if entry.data and entry.data.strip() and self._key(entry.data) is None:
                entry.errors = [*entry.errors, "Den metode er ikke i kataloget. Vælg en fra listen."]
                valid = False
        return valid

    @property
    def indhold(self) -> Indhold:
        """What was typed; the form is valid."""
        frist = self.frist.data
        assert isinstance(frist, date)
        keys = (self._key(entry.data or "") for entry in self.metoder)
        return Indhold(
            titel=self.titel.data or "",
            tekst=self.tekst.data or "",
            kursusdag=self.kursusdag.data or "",
            metoder=tuple(key for key in keys if key is not None),
            frist=frist,
        )

    def _key(self, typed: str) -> str | None:
        return self._keys.get(" ".join(typed.split()).casefold())


class OpgaveKnytForm(Form):
    """Which of one's own kontrakter belongs to a hjemmeopgave."""

    kontrakt = SelectField("Din kontrakt", coerce=lambda value: UUID(str(value)))

    def offer(self, kontrakter: Iterable[tuple[UUID, str]]) -> None:
        """(id, words) of those that may be linked."""
        self.kontrakt.choices = list(kontrakter)
