"""What is typed about a principle."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from supervision.forms import Form
from supervision.problems import RuleBroken


class PrincipForm(Form):
    """A principle in the organisation's own words, and what it means when it has to be said."""

    tekst = StringField("Princippet", default="", description="Kort, som I siger det til hinanden.")
    forklaring = TextAreaField("Det betyder hos os", default="")

    @property
    def words(self) -> dict[str, str]:
        """Both texts, as the actions take them."""
        return {"tekst": self.tekst.data or "", "forklaring": self.forklaring.data or ""}

    def show_problem(self, problem: RuleBroken) -> None:
        """Put a broken rule at its field, or at the first one."""
        control = self._fields.get(problem.field or "tekst", self.tekst)
        control.errors = [*control.errors, problem.text]
