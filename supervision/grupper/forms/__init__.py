"""What is typed about groups, rounds and sharing. Only the fields named here are read."""

from __future__ import annotations

from supervision.grupper.forms.grupper import (
    DATE_FORMATS,
    DelForm,
    FacilitatorForm,
    GruppeForm,
    MaerkeForm,
    MedlemForm,
    PlenumaftaleForm,
    RundeForm,
    person_choices,
    show_problem,
)
from supervision.grupper.forms.moeder import BordForm, MoedeForm, read_dagsorden

__all__ = [
    "DATE_FORMATS",
    "BordForm",
    "DelForm",
    "FacilitatorForm",
    "GruppeForm",
    "MaerkeForm",
    "MedlemForm",
    "MoedeForm",
    "PlenumaftaleForm",
    "RundeForm",
    "person_choices",
    "read_dagsorden",
    "show_problem",
]
