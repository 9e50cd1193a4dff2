"""Changing groups and rounds, and sharing points; each act is noted, nothing commits here."""

from __future__ import annotations

from supervision.grupper.actions.bordet import (
    hide_billede,
    put_on_table,
    show_billede,
    take_back,
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
from supervision.grupper.actions.moeder import (
    answer_moede,
    arrive,
    call_moede,
    cancel_moede,
    change_moede,
    set_dagsorden,
    tick_fremmoede,
)
from supervision.grupper.actions.moedets_gang import (
    begin_moede,
    end_moede,
    steer_moede,
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
    "answer_moede",
    "arrive",
    "begin_moede",
    "call_moede",
    "cancel_moede",
    "change_moede",
    "change_runde",
    "close_gruppe",
    "create_gruppe",
    "create_plenumaftale",
    "create_runde",
    "delete_plenumaftale",
    "end_moede",
    "hand_over_facilitator",
    "hide_billede",
    "leave_gruppe",
    "mark_plenumaftale",
    "put_on_table",
    "remove_medlem",
    "rename_gruppe",
    "rewrite_plenumaftale",
    "set_dagsorden",
    "share_points",
    "show_billede",
    "steer_moede",
    "take_back",
    "tick_fremmoede",
    "withdraw_deling",
]
