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
)
from supervision.grupper.forms.kalibrering import ALENE, KalibreringForm, OeveaftaleForm, OevefeedbackForm
from supervision.grupper.forms.manual import LaestForm, ManualForm, UdgivForm
from supervision.grupper.forms.moeder import BordForm, MoedeForm, read_dagsorden
from supervision.grupper.forms.par import BesoegForm, KnytForm, LedigeTiderForm, MaerkBesoegForm, ParForm
from supervision.grupper.forms.runder import HjemmeopgaveForm, MinRundeForm, OpgaveKnytForm, PligterForm

__all__ = [
    "ALENE",
    "DATE_FORMATS",
    "BesoegForm",
    "BordForm",
    "DelForm",
    "FacilitatorForm",
    "GruppeForm",
    "HjemmeopgaveForm",
    "KalibreringForm",
    "KnytForm",
    "LaestForm",
    "LedigeTiderForm",
    "MaerkBesoegForm",
    "MaerkeForm",
    "ManualForm",
    "MedlemForm",
    "MinRundeForm",
    "MoedeForm",
    "OeveaftaleForm",
    "OevefeedbackForm",
    "OpgaveKnytForm",
    "ParForm",
    "PlenumaftaleForm",
    "PligterForm",
    "RundeForm",
    "UdgivForm",
    "person_choices",
    "read_dagsorden",
]
