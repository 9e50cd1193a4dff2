"""What overblik stores: the outbox of e-mail, the published figures, and what leaders follow up on."""

from __future__ import annotations

from supervision.overblik.models.beskeder import Besked
from supervision.overblik.models.effekt import Effekttal
from supervision.overblik.models.opfoelgning import (
    Opfoelgning,
    Skema,
    SkemaDeltager,
    SkemaHindring,
    SkemaMetode,
)
from supervision.overblik.models.tal import (
    Kendskab,
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
    "Effekttal",
    "Kendskab",
    "Opfoelgning",
    "Rapportgruppe",
    "RapportgruppePerson",
    "RapportgruppeTeam",
    "Rapportplan",
    "Rapportvalg",
    "Skema",
    "SkemaDeltager",
    "SkemaHindring",
    "SkemaMetode",
    "Udgivelse",
    "UdgivetPerson",
    "UdgivetTal",
]
