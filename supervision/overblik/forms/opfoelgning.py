"""What a leader writes of a quarter, and what those who take part answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wtforms import IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from supervision.forms import Form
from supervision.overblik import rules


class OpfoelgningForm(Form):
    """The frame of a quarter. `udgave`: the one that was on the screen, 0 for none."""

    status = TextAreaField(*rules.RAMME["status"][:1], description=rules.RAMME["status"][1], default="")
    viden = TextAreaField(*rules.RAMME["viden"][:1], description=rules.RAMME["viden"][1], default="")
    laering = TextAreaField(*rules.RAMME["laering"][:1], description=rules.RAMME["laering"][1], default="")
    justering = TextAreaField(
        *rules.RAMME["justering"][:1], description=rules.RAMME["justering"][1], default=""
    )
    hindringer = TextAreaField(
        *rules.RAMME["hindringer"][:1], description=rules.RAMME["hindringer"][1], default=""
    )
    udgave = IntegerField(widget=HiddenInput(), default=0)

    @property
    def tekster(self) -> dict[str, str]:
        """The five texts by their field."""
        return {felt: self._fields[felt].data or "" for felt in rules.RAMME}


class SkemaForm(Form):
    """Which methods are asked of."""

    metoder = SelectMultipleField(
        "Hvilke metoder vil du spørge til?",
        description=f"Vælg op til {rules.METODER_MAX}. Færre giver flere svar.",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class SvarForm(Form):
    """A choice for each method (see `svar_form`), and what stands in the way."""

    hindringer = SelectMultipleField(
        "Hvad står i vejen?",
        description="Vælg det, der passer. Intet er også et svar.",
        choices=list(rules.HINDRINGER.items()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @property
    def valg(self) -> dict[str, str]:
        """Method -> what was chosen."""
        return {
            navn.removeprefix("valg_"): str(field.data or "")
            for navn, field in self._fields.items()
            if navn.startswith("valg_")
        }

    @property
    def metodefelter(self) -> list[RadioField]:
        """The methods' fields, in their order."""
        return [field for navn, field in self._fields.items() if navn.startswith("valg_")]


def svar_form(metoder: Iterable[tuple[str, str]], valg: Mapping[str, str] = rules.VALG) -> SvarForm:
    """The form of a survey. metoder: (code, name)."""

    class Filled(SvarForm):
        pass

    for kode, navn in metoder:
        setattr(Filled, f"valg_{kode}", RadioField(navn, choices=list(valg.items())))
    return Filled()
