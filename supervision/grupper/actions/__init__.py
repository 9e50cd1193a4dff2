"""Changing groups and rounds, and sharing points; each act is noted, nothing commits here."""

from __future__ import annotations

from supervision.grupper.actions.besoeg import (
    book_kontrakt,
    link_kontrakt,
    mark_besoeg,
    plan_besoeg,
)
from supervision.grupper.actions.delinger import share_points, withdraw_deling
from supervision.grupper.actions.grupper import (
    add_medlem,
    close_gruppe,
    create_gruppe,
    hand_over_facilitator,
    leave_gruppe,
    remove_medlem,
    rename_gruppe,
)
from supervision.grupper.actions.par import save_ledige_tider, save_par
from supervision.grupper.actions.plenum import (
    create_plenumaftale,
    delete_plenumaftale,
    mark_plenumaftale,
    rewrite_plenumaftale,
)
from supervision.grupper.actions.runder import change_runde, create_runde

__all__ = [
    "add_medlem",
    "book_kontrakt",
    "change_runde",
    "close_gruppe",
    "create_gruppe",
    "create_plenumaftale",
    "create_runde",
    "delete_plenumaftale",
    "hand_over_facilitator",
    "leave_gruppe",
    "link_kontrakt",
    "mark_besoeg",
    "mark_plenumaftale",
    "plan_besoeg",
    "remove_medlem",
    "rename_gruppe",
    "rewrite_plenumaftale",
    "save_ledige_tider",
    "save_par",
    "share_points",
    "withdraw_deling",
]
