"""Changing groups and rounds, and sharing points; each act is noted, nothing commits here."""

from __future__ import annotations

from supervision.grupper.actions.delinger import share_points, withdraw_deling
from supervision.grupper.actions.foerste_dag import (
    agree_on_practice,
    hide_first_day,
    write_practice_feedback,
)
from supervision.grupper.actions.grupper import (
    add_medlem,
    close_gruppe,
    create_gruppe,
    hand_over_facilitator,
    leave_gruppe,
    remove_medlem,
    rename_gruppe,
)
from supervision.grupper.actions.kalibrering import (
    begin_kalibrering,
    end_log,
    join,
    steer,
    store_kryds,
    withdraw_log,
)
from supervision.grupper.actions.plenum import (
    create_plenumaftale,
    delete_plenumaftale,
    mark_plenumaftale,
    rewrite_plenumaftale,
)
from supervision.grupper.actions.runder import change_runde, create_runde

__all__ = [
    "add_medlem",
    "agree_on_practice",
    "begin_kalibrering",
    "change_runde",
    "close_gruppe",
    "create_gruppe",
    "create_plenumaftale",
    "create_runde",
    "delete_plenumaftale",
    "end_log",
    "hand_over_facilitator",
    "hide_first_day",
    "join",
    "leave_gruppe",
    "mark_plenumaftale",
    "remove_medlem",
    "rename_gruppe",
    "rewrite_plenumaftale",
    "share_points",
    "steer",
    "store_kryds",
    "withdraw_deling",
    "withdraw_log",
    "write_practice_feedback",
]
