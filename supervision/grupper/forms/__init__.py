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

__all__ = [
    "DATE_FORMATS",
    "DelForm",
    "FacilitatorForm",
    "GruppeForm",
    "MaerkeForm",
    "MedlemForm",
    "PlenumaftaleForm",
    "RundeForm",
    "person_choices",
    "show_problem",
]
