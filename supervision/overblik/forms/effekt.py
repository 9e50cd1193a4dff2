"""The file with figures of effect."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from supervision.forms import Form
from supervision.problems import RuleBroken


class EffektForm(Form):
    """One CSV file."""

    fil = FileField("CSV-fil", validators=[FileRequired("Vælg en fil.")])

    def show_problem(self, problem: RuleBroken) -> None:
        """Put a broken rule at the file."""
        self.fil.errors = [*self.fil.errors, problem.text]
