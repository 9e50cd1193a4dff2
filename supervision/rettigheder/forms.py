"""What an administrator types about retention, and the one word that asks for erasure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from supervision.adgangslog.retention import HOEJST, MINDST
from supervision.forms import Form
from supervision.privacy import Klasse
from supervision.rettigheder.rules import FORTRYDELSE, LOGGEN


class Between:
    """A whole number from first to last; whatever else is typed, or nothing, the field says just that."""

    field_flags: Mapping[str, Any] = {"required": True}

    def __init__(self, first: int, last: int, unit: str) -> None:
        self._first, self._last, self._unit = first, last, unit

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is None or not self._first <= field.data <= self._last:
            field.errors = []
            raise StopValidation(f"Skriv et antal {self._unit} mellem {self._first} og {self._last}.")


class OpbevaringForm(Form):
    """`kontakt`, `fortrydelse`, and a field for each class (see `opbevaring_form`)."""

    kontakt: Any
    fortrydelse: Any
    maaneder: Any
    navne: Mapping[str, str] = {}

    @property
    def dage(self) -> dict[str, int | None]:
        """Class -> the days that were typed."""
        return {key: self._fields[key].data for key in self.navne}

    @property
    def klassefelter(self) -> list[Any]:
        """The classes' fields, in the order of the map."""
        return [self._fields[key] for key in self.navne]


class SletForm(Form):
    """The yes to having everything erased."""

    ja = BooleanField("Ja, slet alt om mig, når fortrydelsestiden er gået", validators=[InputRequired()])


def opbevaring_form(klasser: list[Klasse], data: Mapping[str, Any]) -> OpbevaringForm:
    """The form with a field for each class, in the order of the page. data: what stands now, by the fields' names."""

    class Filled(OpbevaringForm):
        navne = {klasse.key: klasse.navn for klasse in klasser}

    for klasse in klasser:
        hint = f"Dage fra {klasse.fra}: mellem {klasse.mindst} og {klasse.hoejst}."
        setattr(Filled, klasse.key, _number(klasse.navn, hint, klasse.mindst, klasse.hoejst, "dage"))
    first, last = FORTRYDELSE
    hint = f"Fra {first} til {last} dage."
    Filled.fortrydelse = _number("Dage til at fortryde en sletning", hint, first, last, "dage")
    hint = f"Måneder fra den dag, det skete: mellem {MINDST} og {HOEJST}. Gælder for alle organisationer."
    Filled.maaneder = _number(LOGGEN, hint, MINDST, HOEJST, "måneder")
    Filled.kontakt = TextAreaField(
        "Hvem kan man spørge om data?",
        description="Databeskyttelsesrådgiverens navn og mail. Det står på siden, som alle læser først.",
        validators=[Length(max=300)],
    )
    return Filled(data=dict(data))


def _number(label: str, hint: str, first: int, last: int, unit: str) -> IntegerField:
    return IntegerField(label, description=hint, validators=[Between(first, last, unit)])
