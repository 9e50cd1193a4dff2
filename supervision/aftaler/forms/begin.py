"""The beginning of a kontrakt: a new samtale, or one more kontrakt of a samtale that there is; and the yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from supervision.aftaler import rules
from supervision.aftaler.forms.trin import SamtaleForm
from supervision.forms import Form
from supervision.problems import RuleBroken

People = Sequence[tuple[UUID, str]]
"""(id, name to choose by)."""


class NyKontraktForm(SamtaleForm):
    """A new kontrakt: who with, and the samtale. Its parties follow from its type until they are changed."""

    rolle = RadioField("Hvem skal observeres?", choices=rules.ROLLER, default="fokusperson")
    kollega = SelectField("Kollega", validators=[InputRequired("Vælg en kollega.")])
    parter = None  # type: ignore[assignment]

    def __init__(self, kolleger: People, data: dict[str, Any], **known: Any) -> None:
        super().__init__(data={"laengde_min": 45, **data}, **known)
        self.kollega.choices = _choices(kolleger, "Vælg en kollega")

    def _parter(self) -> tuple[str, ...]:
        return rules.default_parter(self.type.data)


class NyObservatoerForm(Form):
    """One more observatør of the same fokusperson."""

    kollega = SelectField("Observatør", validators=[InputRequired("Vælg en observatør.")])
    slags = RadioField("Hvad er det?", choices=rules.SLAGS, default="kollegial")
    kopier = BooleanField("Begynd med samme fokus og kendetegn")

    def __init__(self, people: People) -> None:
        super().__init__()
        self.kollega.choices = _choices(people, "Vælg en observatør")

    def show_problem(self, problem: RuleBroken) -> None:
        """Put a broken rule at its field, or at the first one."""
        control = self._fields.get(problem.field or "kollega", self.kollega)
        control.errors = [*control.errors, problem.text]


class NyFokuspersonForm(NyObservatoerForm):
    """The second medarbejder in a fællessamtale, and who observes them."""

    fokusperson = SelectField("Fokusperson", validators=[InputRequired("Vælg en fokusperson.")])
    kopier = None  # type: ignore[assignment]

    def __init__(self, people: People) -> None:
        super().__init__(people)
        self.fokusperson.choices = _choices(people, "Vælg en fokusperson")


class JaForm(Form):
    """A yes to what was read: `laest` is its version."""

    laest = HiddenField()


def _choices(people: People, first: str) -> dict[str, str]:
    """The people after an empty choice; nothing when there is nobody."""
    names = {str(person_id): label for person_id, label in people}
    return {"": first, **names} if names else {}
