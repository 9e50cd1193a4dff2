"""What is asked of Min udvikling. It stands in the address, so nothing carries a token."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from supervision.forms import Form
from supervision.overblik.rules import udvikling as rules


class UdviklingForm(Form):
    """Type of samtale, period, and one's own target; a word that is in no list is read as no choice."""

    class Meta(Form.Meta):
        csrf = False

    type = SelectField("Slags samtale", validate_choice=False)
    periode = SelectField("Periode", validate_choice=False)
    maal = IntegerField(
        "Dit eget mål for din taletid, i procent",
        validators=[Optional(), NumberRange(0, 100)],
        widget=TextInput(),
    )

    def to_valg(self) -> rules.Valg:
        """What is asked for, after `validate`; a target that cannot be used is none."""
        return rules.Valg(
            type=self.type.data if self.type.data in rules.TYPER else "",
            periode=self.periode.data if self.periode.data in rules.PERIODER else rules.FAST_PERIODE,
            maal=None if self.maal.errors else self.maal.data,
        )

    def offer(self, valg: rules.Valg, typer: Mapping[str, int]) -> None:
        """Fill the lists, the types with how many samtaler of each there are in the period; show what was chosen."""
        self.periode.choices = list(rules.PERIODER.items())
        self.type.choices = [
            ("", f"Alle slags ({sum(typer.values())})"),
            *((type_, f"{rules.TYPER[type_]} ({samtaler})") for type_, samtaler in typer.items()),
        ]
        self.type.data, self.periode.data = valg.type, valg.periode
