"""Reading what the pages of overblik, I dag and Min udvikling show, and what a quarter's figures are made of."""

from __future__ import annotations

from supervision.overblik.queries.effekt import Effekt, get_effekt, list_teams_to_bring
from supervision.overblik.queries.enighed import list_set_sammen
from supervision.overblik.queries.grundlag import (
    EXERCISE,
    elementnavne,
    find_foerste_dag,
    list_observatoerer,
    list_observerede,
    list_roller,
    list_teams,
)
from supervision.overblik.queries.i_dag import IDag, Naeste, get_i_dag
from supervision.overblik.queries.kendskab import Kendt, kendskaber_af, list_kendskaber, list_kendte
from supervision.overblik.queries.opfoelgning import (
    Ramme,
    Svar,
    count_svar,
    find_aabent,
    find_deltager,
    find_ramme,
    get_skema_to_answer,
    get_skema_to_close,
    get_team_to_lead,
    list_metoder_at_spoerge_til,
    list_svar,
)
from supervision.overblik.queries.over_tid import (
    PaaTvaers,
    get_paa_tvaers,
    list_samlet_over_tid,
    list_skabelon_kendetegn,
    list_team_over_tid,
)
from supervision.overblik.queries.rapportplan import Plan, get_plan
from supervision.overblik.queries.teams import (
    get_organisation_to_see,
    get_team,
    list_organisationer_to_see,
    list_teams_to_see,
)
from supervision.overblik.queries.udgivet import (
    Figur,
    Overblik,
    get_overblik,
    get_samlet,
    list_grupper_af,
    list_tal,
    list_udgivelser,
)
from supervision.overblik.queries.udgivet_fil import iter_udgivne
from supervision.overblik.queries.udvikling import Udvikling, get_udvikling

__all__ = [
    "EXERCISE",
    "Effekt",
    "Figur",
    "IDag",
    "Kendt",
    "Naeste",
    "Overblik",
    "PaaTvaers",
    "Plan",
    "Ramme",
    "Svar",
    "Udvikling",
    "count_svar",
    "elementnavne",
    "find_aabent",
    "find_deltager",
    "find_foerste_dag",
    "find_ramme",
    "get_effekt",
    "get_i_dag",
    "get_organisation_to_see",
    "get_overblik",
    "get_paa_tvaers",
    "get_plan",
    "get_samlet",
    "get_skema_to_answer",
    "get_skema_to_close",
    "get_team",
    "get_team_to_lead",
    "get_udvikling",
    "iter_udgivne",
    "kendskaber_af",
    "list_grupper_af",
    "list_kendskaber",
    "list_kendte",
    "list_metoder_at_spoerge_til",
    "list_observatoerer",
    "list_observerede",
    "list_organisationer_to_see",
    "list_roller",
    "list_samlet_over_tid",
    "list_set_sammen",
    "list_skabelon_kendetegn",
    "list_svar",
    "list_tal",
    "list_team_over_tid",
    "list_teams",
    "list_teams_to_bring",
    "list_teams_to_see",
    "list_udgivelser",
]
