"""Reading groups, their board, and the points that their owners share."""

from __future__ import annotations

from supervision.grupper.queries.delinger import (
    DeltPunkt,
    Modtager,
    get_feedback_to_share,
    get_own_deling,
    list_delinger_of,
    list_delt_med_gruppe,
    list_delt_med_teamleder,
    list_modtagere,
)
from supervision.grupper.queries.grupper import (
    Deltager,
    get_gruppe,
    get_gruppe_to_lead,
    get_runde_to_lead,
    list_grupper,
    list_medlemmer,
    list_mulige_facilitatorer,
    list_mulige_medlemmer,
    list_tavle,
    pligter_for,
)
from supervision.grupper.queries.pil import RundensPil, list_pil_runde_for_runde
from supervision.grupper.queries.plenum import (
    Plenum,
    get_plenumaftale,
    get_plenumaftale_to_rewrite,
    list_plenum,
)

__all__ = [
    "DeltPunkt",
    "Deltager",
    "Modtager",
    "Plenum",
    "RundensPil",
    "get_feedback_to_share",
    "get_gruppe",
    "get_gruppe_to_lead",
    "get_own_deling",
    "get_plenumaftale",
    "get_plenumaftale_to_rewrite",
    "get_runde_to_lead",
    "list_delinger_of",
    "list_delt_med_gruppe",
    "list_delt_med_teamleder",
    "list_grupper",
    "list_medlemmer",
    "list_modtagere",
    "list_mulige_facilitatorer",
    "list_mulige_medlemmer",
    "list_pil_runde_for_runde",
    "list_plenum",
    "list_tavle",
    "pligter_for",
]
