"""The measures of a log as the columns of its row (`models.Sammenfatning`), and back without a loss.

Numbers that teams are added up by have a column each; the rest is one object. Parties and phases that the log does not
have are None, which is not 0: a party who was to speak and never did has no time at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from supervision.observationer.measures import REGLER, FaseMaal, Maal, UguMaal
from supervision.observationer.rules import FASE_NAVNE, PARTER

TALER: Final = {part: f"{part}_ms" for part in PARTER}
FASE: Final = {fase: f"{fase}_ms" for fase in FASE_NAVNE}
UGU: Final = ("giv", "indrammet", "uden_foer", "uden_efter")
AS_THEY_ARE: Final = ("laengste_tur_ms", "taletid_andel", "faerdigheder", "elementer")
COLUMNS: Final = ("varighed_ms", *TALER.values(), *FASE.values(), *UGU, "resten", "haendelser", "regler")
"""What the row says of the log, in the order of the table; its key and when it was made are not among them."""


def values_of(maal: Maal, haendelser: int) -> dict[str, Any]:
    """`COLUMNS` with their values. haendelser: how many events the log holds, taken back or not."""
    talt, faser = maal["taletid_ms"], {kode: fase["ms"] for kode, fase in maal["faser"].items()}
    return {
        "varighed_ms": maal["varighed_ms"],
        **{column: talt.get(part) for part, column in TALER.items()},
        **{column: faser.get(fase) for fase, column in FASE.items()},
        **maal["ugu"],
        "resten": {
            "taletid_ms": {kode: ms for kode, ms in talt.items() if kode not in TALER},
            "faser_ms": {kode: ms for kode, ms in faser.items() if kode not in FASE},
            "faser_antal": {kode: fase["antal"] for kode, fase in maal["faser"].items()},
            **{name: maal[name] for name in AS_THEY_ARE},
        },
        "haendelser": haendelser,
        "regler": REGLER,
    }


def maal_of(values: Mapping[str, Any]) -> Maal:
    """The measures that the row was made of, the codes in their order. values: by the names of `COLUMNS`."""
    rest = values["resten"]
    ms = _with(values, FASE, rest["faser_ms"])
    antal = rest["faser_antal"]
    return Maal(
        varighed_ms=values["varighed_ms"],
        taletid_ms=_with(values, TALER, rest["taletid_ms"]),
        laengste_tur_ms=rest["laengste_tur_ms"],
        taletid_andel=rest["taletid_andel"],
        faser={kode: FaseMaal(antal=antal[kode], ms=ms[kode]) for kode in ms},
        ugu=UguMaal(
            giv=values["giv"],
            indrammet=values["indrammet"],
            uden_foer=values["uden_foer"],
            uden_efter=values["uden_efter"],
        ),
        faerdigheder=rest["faerdigheder"],
        elementer=rest["elementer"],
    )


def _with(values: Mapping[str, Any], columns: Mapping[str, str], rest: Mapping[str, int]) -> dict[str, int]:
    own = {kode: values[column] for kode, column in columns.items() if values[column] is not None}
    return dict(sorted({**own, **rest}.items()))
