"""Reading feedback: a draft only by its author, a sent one by the fokusperson and (for a time) its author."""

from __future__ import annotations

from supervision.feedback.queries.breve import (
    allowed,
    find_closed_session,
    find_feedback_of,
    find_skuffe,
    get_feedback_as_fokusperson,
    get_feedback_as_observatoer,
    get_feedback_with_drawers,
    get_kontrakt_of,
    get_observation_to_write,
    get_own_draft,
    get_sent_feedback,
    get_sent_punkt,
    get_spoergsmaal,
    list_moments,
    list_skuffer,
    list_to_send,
    open_drawers,
    version_of_draft,
)
from supervision.feedback.queries.forloeb import Forloeb, list_forloeb
from supervision.feedback.queries.nyt import Nyt, find_nyt, list_nyt
from supervision.feedback.queries.refleksion import (
    Tilbageblik,
    find_refleksion,
    get_kontrakt_to_reflect,
    get_tilbageblik,
)

__all__ = [
    "Forloeb",
    "Nyt",
    "Tilbageblik",
    "allowed",
    "find_closed_session",
    "find_feedback_of",
    "find_nyt",
    "find_refleksion",
    "find_skuffe",
    "get_feedback_as_fokusperson",
    "get_feedback_as_observatoer",
    "get_feedback_with_drawers",
    "get_kontrakt_of",
    "get_kontrakt_to_reflect",
    "get_observation_to_write",
    "get_own_draft",
    "get_sent_feedback",
    "get_sent_punkt",
    "get_spoergsmaal",
    "get_tilbageblik",
    "list_forloeb",
    "list_moments",
    "list_nyt",
    "list_skuffer",
    "list_to_send",
    "open_drawers",
    "version_of_draft",
]
