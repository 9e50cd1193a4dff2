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
from supervision.grupper.forms.par import BesoegForm, KnytForm, LedigeTiderForm, MaerkBesoegForm, ParForm

__all__ = [
    "DATE_FORMATS",
    "BesoegForm",
    "DelForm",
    "FacilitatorForm",
    "GruppeForm",
    "KnytForm",
    "LedigeTiderForm",
    "MaerkBesoegForm",
    "MaerkeForm",
    "MedlemForm",
    "ParForm",
    "PlenumaftaleForm",
    "RundeForm",
    "person_choices",
    "show_problem",
]
