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
from supervision.grupper.forms.kalibrering import (
    ALENE,
    KalibreringForm,
    OeveaftaleForm,
    OevefeedbackForm,
)

__all__ = [
    "ALENE",
    "DATE_FORMATS",
    "DelForm",
    "FacilitatorForm",
    "GruppeForm",
    "KalibreringForm",
    "MaerkeForm",
    "MedlemForm",
    "OeveaftaleForm",
    "OevefeedbackForm",
    "PlenumaftaleForm",
    "RundeForm",
    "person_choices",
    "show_problem",
]
