"""What is typed in overblik: choices of Min udvikling, the plan of groups, and what leaders follow up on."""

from __future__ import annotations

from supervision.overblik.forms.effekt import EffektForm
from supervision.overblik.forms.opfoelgning import OpfoelgningForm, SkemaForm, SvarForm, svar_form
from supervision.overblik.forms.rapportplan import PlanForm, plan_form
from supervision.overblik.forms.udvikling import UdviklingForm

__all__ = [
    "EffektForm",
    "OpfoelgningForm",
    "PlanForm",
    "SkemaForm",
    "SvarForm",
    "UdviklingForm",
    "plan_form",
    "svar_form",
]
