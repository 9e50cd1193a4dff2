"""Changing what an organisation has of its own in the catalogue."""

from __future__ import annotations

from supervision.katalog.actions.checking import list_problems
from supervision.katalog.actions.egne import (
    begin_metode,
    begin_version,
    copy_original,
    drop_kladde,
    new_kode,
    publish,
    retire,
    save_kladde,
)
from supervision.katalog.actions.enighed import mark_kendetegn
from supervision.katalog.actions.flytning import Hentet, import_egne
from supervision.katalog.actions.skjulte import hide_original, show_original

__all__ = [
    "Hentet",
    "begin_metode",
    "begin_version",
    "copy_original",
    "drop_kladde",
    "hide_original",
    "import_egne",
    "list_problems",
    "mark_kendetegn",
    "new_kode",
    "publish",
    "retire",
    "save_kladde",
    "show_original",
]
