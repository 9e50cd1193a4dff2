"""What is offered first after a samtale. Whatever is not first is still there, under »Andet, I brugte«."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from supervision.katalog.rules.vaerdier import REDSKABER, SLAGS

FOERST: Final = 7
"""How many are offered first."""
REDSKAB: Final = "redskab:"
"""Before the key of a tool that is offered by name."""

_AF_TYPE: Final = {
    "faellessamtale": ("foer", "emner", "aftale", "redskab:min_plan"),
    "cv_samtale": ("redskab:cv", "redskab:profilkort", "abc"),
    "opfoelgning": ("trappe", "redskab:loennede_timer", "redskab:laeringskontrakt", "aftale"),
    "virksomhedsmoede": ("redskab:bala", "redskab:efu", "redskab:kontaktcirkel", "redskab:substitutionshjul"),
    "oevelse": ("motivation", "skala"),
    "raadighedssamtale": ("redskab:min_plan", "redskab:joblog", "emner"),
    "individuel": (),
}
_AF_SKABELON: Final = {
    "cabi_9_trin": ("emner", "skala", "plus_minus", "antonovsky", "aftale", "foer"),
    "frederikshavn_borger": ("skala", "aftale", "mi_aand", "stadie"),
    "frederikshavn_virksomhed": ("skala",),
    "marselisborg_pejlemaerker": ("emner", "motivation", "aftale"),
    "jobrettede_modul_2": ("motivation", "plus_minus", "abc", "aftale", "mi_aand", "stadie"),
    "redskab_i_brug": ("redskab", "abc", "aftale"),
}
_AF_METODE: Final = {
    "selvbooking_foer": "foer",
    "forberedelse": "foer",
    "skalaspoergsmaal": "skala",
    "motivation_vigtighed_tro": "motivation",
    "motivationsoevelse": "motivation",
    "jobmaal_sagsmaal": "emner",
    "pejlemaerker": "emner",
    "pm_1_fokuser": "emner",
    "pm_2_motiver": "emner",
    "pm_3_forebyg": "emner",
    "pm_4_bevaeg": "emner",
    "vaerdien_af_job": "jobvaerdi",
    "tro_paa_jobchancer": "jobvaerdi",
    "antonovsky": "antonovsky",
    "mi_aand": "mi_aand",
    "forandringscirkel": "stadie",
    **{redskab.metode: redskab.slags or REDSKAB + redskab.key for redskab in REDSKABER.values()},
    "min_plan_joblog": "redskab:min_plan",
}


def tilbudte(samtale_type: str, skabelon: str, metoder: Iterable[str]) -> tuple[str, ...]:
    """What is offered first: keys of SLAGS, and of tools with `REDSKAB` before; at most FOERST, none twice.

    samtale_type: a code of SAMTALETYPER. skabelon: the key of the kontrakt's, or "". metoder: the methods of its
    kendetegn, in their order. The type of the samtale decides first, then the skabelon, then what was agreed on.
    """
    agreed = [_AF_METODE[metode] for metode in metoder if metode in _AF_METODE]
    wanted = (*_AF_TYPE.get(samtale_type, ()), *_AF_SKABELON.get(skabelon, ()), *agreed)
    return tuple(dict.fromkeys(wanted))[:FOERST] or ("aftale", "skala", "foer")


def andre(tilbudt: Iterable[str]) -> tuple[str, ...]:
    """The kinds that the observatør may note besides, in the order of SLAGS."""
    first = set(tilbudt)
    return tuple(key for key, slags in SLAGS.items() if key not in first and not slags.fokusperson)
