"""Changing groups and rounds, and sharing points; each act is noted, nothing commits here."""

from __future__ import annotations

from supervision.grupper.actions.besoeg import book_kontrakt, link_kontrakt, mark_besoeg, plan_besoeg
from supervision.grupper.actions.bordet import hide_billede, put_on_table, show_billede, take_back
from supervision.grupper.actions.delinger import share_points, withdraw_deling
from supervision.grupper.actions.foerste_dag import agree_on_practice, hide_first_day, write_practice_feedback
from supervision.grupper.actions.grupper import (
    add_medlem,
    close_gruppe,
    create_gruppe,
    hand_over_facilitator,
    leave_gruppe,
    remove_medlem,
    rename_gruppe,
)
from supervision.grupper.actions.hjemmeopgaver import (
    change_hjemmeopgave,
    create_hjemmeopgave,
    end_hjemmeopgave,
    link_opgave,
    unlink_opgave,
)
from supervision.grupper.actions.kalibrering import (
    begin_kalibrering,
    end_log,
    join,
    steer,
    store_kryds,
    withdraw_log,
)
from supervision.grupper.actions.manual import (
    confirm_read,
    delete_manualkladde,
    publish_manual,
    save_manualkladde,
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
from supervision.grupper.actions.moedets_gang import begin_moede, end_moede, steer_moede
from supervision.grupper.actions.par import save_ledige_tider, save_par
from supervision.grupper.actions.plenum import (
    create_plenumaftale,
    delete_plenumaftale,
    mark_plenumaftale,
    rewrite_plenumaftale,
)
from supervision.grupper.actions.pligter import choose_pligter, say_pligter
from supervision.grupper.actions.runder import change_runde, create_runde

__all__ = [
    "add_medlem",
    "agree_on_practice",
    "answer_moede",
    "arrive",
    "begin_kalibrering",
    "begin_moede",
    "book_kontrakt",
    "call_moede",
    "cancel_moede",
    "change_hjemmeopgave",
    "change_moede",
    "change_runde",
    "choose_pligter",
    "close_gruppe",
    "confirm_read",
    "create_gruppe",
    "create_hjemmeopgave",
    "create_plenumaftale",
    "create_runde",
    "delete_manualkladde",
    "delete_plenumaftale",
    "end_hjemmeopgave",
    "end_log",
    "end_moede",
    "hand_over_facilitator",
    "hide_billede",
    "hide_first_day",
    "join",
    "leave_gruppe",
    "link_kontrakt",
    "link_opgave",
    "mark_besoeg",
    "mark_plenumaftale",
    "plan_besoeg",
    "publish_manual",
    "put_on_table",
    "remove_medlem",
    "rename_gruppe",
    "rewrite_plenumaftale",
    "save_ledige_tider",
    "save_manualkladde",
    "save_par",
    "say_pligter",
    "set_dagsorden",
    "share_points",
    "show_billede",
    "steer",
    "steer_moede",
    "store_kryds",
    "take_back",
    "tick_fremmoede",
    "unlink_opgave",
    "withdraw_deling",
    "withdraw_log",
    "write_practice_feedback",
]
