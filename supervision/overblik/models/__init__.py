"""What overblik stores: the outbox of e-mail, and the published figures."""

from __future__ import annotations

from supervision.overblik.models.beskeder import Besked
from supervision.overblik.models.tal import (
    Rapportgruppe,
    RapportgruppePerson,
    RapportgruppeTeam,
    Rapportplan,
    Rapportvalg,
    Udgivelse,
    UdgivetPerson,
    UdgivetTal,
)

__all__ = [
    "Besked",
    "Rapportgruppe",
    "RapportgruppePerson",
    "RapportgruppeTeam",
    "Rapportplan",
    "Rapportvalg",
    "Udgivelse",
    "UdgivetPerson",
    "UdgivetTal",
]
