"""How an organisation's figures are divided: one name for each team that is merged, and what divides them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from wtforms import RadioField, StringField
from wtforms.validators import Length

from supervision.forms import Form
from supervision.overblik import rules
from supervision.personer.rules import wording

EACH = {
    "team": "Teams: hvert team, eller de teams du lægger sammen herunder",
    "samtaletype": "Slags samtale: hele organisationen, én slags ad gangen",
}


class PlanForm(Form):
    """`opdeling`, and a field for each team (see `plan_form`)."""

    opdeling = RadioField(
        "Hvad skal tallene deles op efter?", choices=[(k, EACH[k]) for k in rules.OPDELINGER]
    )

    @property
    def navne(self) -> dict[UUID, str]:
        """Team -> the name of the group it is merged into; "" for none."""
        return {
            UUID(navn.removeprefix("team_")): wording.clean(field.data or "")
            for navn, field in self._fields.items()
            if navn.startswith("team_")
        }

    @property
    def teamfelter(self) -> list[Any]:
        """The teams' fields, in the order of their names."""
        return [field for navn, field in self._fields.items() if navn.startswith("team_")]


def plan_form(teams: Mapping[UUID, str], *, plan: Mapping[UUID, str], opdeling: str) -> PlanForm:
    """The form with a field for each team. plan and opdeling: what stands now."""

    class Filled(PlanForm):
        pass

    for team_id, navn in teams.items():
        field = StringField(navn, default=plan.get(team_id, ""), validators=[Length(max=120)])
        setattr(Filled, f"team_{team_id}", field)
    return Filled(data={"opdeling": opdeling})
