"""What an administrator types about retention, and the one word that asks for erasure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from supervision.adgangslog.retention import HOEJST, MINDST
from supervision.forms import Form
from supervision.privacy import Klasse
from supervision.problems import RuleBroken
from supervision.rettigheder.rules import FORTRYDELSE


def between(first: int, last: int, unit: str) -> Callable[[Any, Any], None]:
    """A whole number from first to last; whatever else is typed, the field says just that."""

    def check(_form: Any, field: Any) -> None:
        if field.data is None or not first <= field.data <= last:
            field.errors = []
            raise StopValidation(f"Skriv et antal {unit} mellem {first} og {last}.")

    return check


class OpbevaringForm(Form):
    """`kontakt`, `fortrydelse`, and a field for each class (see `opbevaring_form`)."""

    kontakt = TextAreaField(
        "Hvem kan man spørge om data?",
        description="Databeskyttelsesrådgiverens navn og mail. Det står på siden, som alle læser først.",
        validators=[Length(max=300)],
    )
    fortrydelse = IntegerField(
        "Dage til at fortryde en sletning",
        description=f"Fra {FORTRYDELSE[0]} til {FORTRYDELSE[1]} dage.",
        validators=[InputRequired(), between(*FORTRYDELSE, "dage")],
    )
    maaneder = IntegerField(
        "Loggen over, hvem der har set hvis data",
        description=f"Måneder fra den dag, det skete: mellem {MINDST} og {HOEJST}. Gælder for alle organisationer.",
        validators=[InputRequired(), between(MINDST, HOEJST, "måneder")],
    )
    navne: Mapping[str, str] = {}

    @property
    def dage(self) -> dict[str, int | None]:
        """Class -> the days that were typed."""
        return {key: self._fields[key].data for key in self.navne}

    @property
    def klassefelter(self) -> list[Any]:
        """The classes' fields, in the order of the map."""
        return [self._fields[key] for key in self.navne]

    def show_problem(self, problem: RuleBroken) -> None:
        """Put a broken rule at its field, or at the top."""
        control = self._fields.get(problem.field or "")
        if control is None:
            self.form_errors.append(problem.text)
        else:
            control.errors = [*control.errors, problem.text]


class SletForm(Form):
    """The yes to having everything erased."""

    ja = BooleanField("Ja, slet alt om mig, når fortrydelsestiden er gået", validators=[InputRequired()])


def opbevaring_form(klasser: list[Klasse], data: Mapping[str, Any]) -> OpbevaringForm:
    """The form with a field for each class. data: what stands now, by class, with kontakt, fortrydelse, maaneder."""

    class Filled(OpbevaringForm):
        navne = {klasse.key: klasse.navn for klasse in klasser}

    for klasse in klasser:
        hint = f"Dage fra {klasse.fra}: mellem {klasse.mindst} og {klasse.hoejst}."
        checks = [InputRequired(), between(klasse.mindst, klasse.hoejst, "dage")]
        setattr(Filled, klasse.key, IntegerField(klasse.navn, description=hint, validators=checks))
    return Filled(data=dict(data))
