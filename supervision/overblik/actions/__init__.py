"""The outbox of e-mail, and computing a quarter's figures once; nothing commits here."""

from __future__ import annotations

from supervision.overblik.actions.beskeder import fill_outbox, list_due, note_failed, note_sent, take_out
from supervision.overblik.actions.effekt import bring_effekt
from supervision.overblik.actions.enighed import mark_kendetegn
from supervision.overblik.actions.opfoelgning import answer_skema, close_skema, open_skema, write_ramme
from supervision.overblik.actions.udgivelse import (
    audit_published,
    fix_groups,
    plan_groups,
    publish,
    publish_due,
    stop_publication,
)

__all__ = [
    "answer_skema",
    "audit_published",
    "bring_effekt",
    "close_skema",
    "fill_outbox",
    "fix_groups",
    "list_due",
    "mark_kendetegn",
    "note_failed",
    "note_sent",
    "open_skema",
    "plan_groups",
    "publish",
    "publish_due",
    "stop_publication",
    "take_out",
    "write_ramme",
]
