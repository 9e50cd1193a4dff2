"""What is asked of the catalogue, and what is written into an organisation's own."""

from __future__ import annotations

from supervision.katalog.forms.egne import FilForm, KopiForm, NyMetodeForm, SkjulForm, UdgivForm
from supervision.katalog.forms.find import SOEG_MAX, TITEL_MAX, GuideForm, SoegForm
from supervision.katalog.forms.metode import KendetegnForm, MetodeForm
from supervision.katalog.forms.skabelon import SkabelonForm

__all__ = [
    "SOEG_MAX",
    "TITEL_MAX",
    "FilForm",
    "GuideForm",
    "KendetegnForm",
    "KopiForm",
    "MetodeForm",
    "NyMetodeForm",
    "SkabelonForm",
    "SkjulForm",
    "SoegForm",
    "UdgivForm",
]
