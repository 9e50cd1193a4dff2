"""What an organisation has of its own in the catalogue."""

from __future__ import annotations

from supervision.katalog.models.egne import EgetIndhold, SkjultOriginal
from supervision.katalog.models.enighed import KendetegnEnighed
from supervision.katalog.models.principper import Princip

__all__ = ["EgetIndhold", "KendetegnEnighed", "Princip", "SkjultOriginal"]
