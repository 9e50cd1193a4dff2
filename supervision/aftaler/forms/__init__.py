"""What is typed about a kontrakt, turned into the values of `rules`."""

from __future__ import annotations

from supervision.aftaler.forms.begin import JaForm, NyFokuspersonForm, NyKontraktForm, NyObservatoerForm
from supervision.aftaler.forms.trin import (
    AftaleForm,
    FokusForm,
    KendetegnForm,
    SamtaleForm,
    SoegForm,
    TrinForm,
)

__all__ = [
    "AftaleForm",
    "FokusForm",
    "JaForm",
    "KendetegnForm",
    "NyFokuspersonForm",
    "NyKontraktForm",
    "NyObservatoerForm",
    "SamtaleForm",
    "SoegForm",
    "TrinForm",
]
