"""The base form (Danish messages, a token against foreign forms, no CPR number in any text), and JSON that is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, PasswordField, StringField

from supervision.cpr import CPR_FEJL, ligner_cpr
from supervision.problems import RuleBroken, Unreadable

MESSAGES = {
    "This field is required.": "Feltet mangler. Skriv noget her.",
    "Not a valid choice": "Vælg en af mulighederne.",
    "Not a valid choice.": "Vælg en af mulighederne.",
    "Invalid Choice: could not coerce.": "Vælg en af mulighederne.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Vælg blandt mulighederne.",
    "Not a valid integer value.": "Skriv et helt tal.",
    "Not a valid decimal value.": "Skriv et tal.",
    "Not a valid float value.": "Skriv et tal.",
    "Not a valid date value.": "Skriv en dato som 3.3.2027.",
    "Not a valid datetime value.": "Skriv en dato og et klokkeslæt.",
    "Not a valid time value.": "Skriv et klokkeslæt som 10.30.",
    "Not a valid week value.": "Skriv en uge.",
    "Not a valid UUID.": "Vælg en af mulighederne.",
    "Invalid input.": "Det kan ikke bruges her.",
    "Invalid email address.": "Det ligner ikke en e-mailadresse.",
    "Invalid URL.": "Det ligner ikke en webadresse.",
    "Invalid UUID.": "Vælg en af mulighederne.",
    "Number must be at least %(min)s.": "Tallet skal være mindst %(min)s.",
    "Number must be at most %(max)s.": "Tallet må højst være %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Tallet skal være mellem %(min)s og %(max)s.",
    "Field must be equal to %(other_name)s.": "Skal være det samme som %(other_name)s.",
    "This field cannot be edited.": "Feltet kan ikke ændres.",
    "This field is disabled and cannot have a value.": "Feltet kan ikke ændres.",
    "CSRF token missing.": "Siden var for gammel. Prøv igen.",
    "CSRF token expired.": "Siden var for gammel. Prøv igen.",
    "CSRF failed.": "Siden var for gammel. Prøv igen.",
    "Invalid CSRF Token.": "Siden var for gammel. Prøv igen.",
    "The CSRF token is missing.": "Siden var for gammel. Prøv igen.",
    "The CSRF token is invalid.": "Siden var for gammel. Prøv igen.",
    "The CSRF token has expired.": "Siden var for gammel. Prøv igen.",
    "The CSRF session token is missing.": "Siden var for gammel. Prøv igen.",
    "The CSRF tokens do not match.": "Siden var for gammel. Prøv igen.",
}
PLURALS = {
    "Field must be at least %(min)d character long.": "Skriv mindst %(min)d tegn.",
    "Field cannot be longer than %(max)d character.": "Skriv højst %(max)d tegn.",
    "Field must be exactly %(max)d character long.": "Skriv præcis %(max)d tegn.",
}


class DanishTranslations:
    """WTForms ships no Danish: this is its dictionary. An unknown message is given back as it came."""

    def gettext(self, string: str) -> str:
        return MESSAGES.get(string, string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return PLURALS.get(singular, singular if n == 1 else plural)


class Form(FlaskForm):  # type: ignore[misc]
    """The base of every form."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def get_translations(self, form: Any) -> DanishTranslations:
            return DanishTranslations()

    def validate(self, extra_validators: Any = None) -> bool:
        """As WTForms does, and no text that somebody typed may hold what looks like a CPR number."""
        valid = bool(super().validate(extra_validators))
        named = [field for field in _typed(self) if ligner_cpr(field.data or "")]
        for field in named:
            field.errors = [*field.errors, CPR_FEJL]
        return valid and not named

    def show_problem(self, problem: RuleBroken) -> None:
        """Put a broken rule at its field, or at the top when it has none there."""
        control = self._fields.get(problem.field or "")
        if control is None:
            self.form_errors.append(problem.text)
        else:
            control.errors = [*control.errors, problem.text]


def parse_object(body: bytes, keys: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Read a JSON object with no other keys than these. Raises Unreadable with a Danish text, also when too deep."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Unreadable("Det er ikke gyldig JSON.") from None
    if not isinstance(data, dict):
        raise Unreadable("Indholdet skal være et JSON-objekt.")
    unknown = sorted(str(key)[:40] for key in data.keys() - keys)
    if unknown:
        raise Unreadable(f"Feltet »{unknown[0]}« hører ikke til her.", unknown[0])
    return data


def _typed(fields: Any) -> Iterator[Any]:
    """The fields in which somebody writes; the forms inside a form look after their own."""
    for field in fields:
        if isinstance(field, FieldList):
            yield from _typed(field)
        elif isinstance(field, StringField) and not isinstance(field, HiddenField | PasswordField):
            yield field
