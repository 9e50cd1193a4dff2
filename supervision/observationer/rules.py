"""The event log's words and what makes one event valid.

An event (haendelse) is what an observer tapped: `id, nr, t_ms, spor, kode`. It is never changed or
deleted; it is taken back by a new event on the track `fortryd`. The figures are in `measures.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from supervision.cpr import CPR_FEJL, ligner_cpr

FELTER: Final = ("id", "nr", "t_ms", "spor", "kode")
MAX_T_MS: Final = 24 * 60 * 60 * 1000
MAX_NR: Final = 2_147_483_647
MAX_SPOR: Final = 40
MAX_KODE: Final = 2000
MAX_EVENTS: Final = 500
"""How many events are sent at a time."""

SPOR_NAVNE: Final[Mapping[str, str]] = {
    "ur": "Ur",
    "taler": "Taletid",
    "fase": "Fase",
    "emne": "Emne",
    "ugu": "UGU",
    "element": "Element",
    "faerdighed": "Færdighed",
    "note": "Note",
    "fortryd": "Fortrudt",
}
TILSTANDSSPOR: Final = ("taler", "fase", "emne", "ugu")
PUNKTSPOR: Final = ("element", "faerdighed", "note")
SPOR_UDEN_ENIGHED: Final = ("ur", "note", "fortryd")
"""Tracks on which two observers have nothing to agree on: the clock, own words, what was taken back."""

UR_NAVNE: Final[Mapping[str, str]] = {
    "start": "Samtalen begynder",
    "pause": "Pause",
    "genoptag": "Samtalen går videre",
    "slut": "Samtalen slutter",
}
OPTAGER_TEKST: Final[Mapping[str, str]] = {
    "spoerg": "Spørg borgeren først.",
    "note": "Kun du kan læse noten. Skriv ikke noget, der viser, hvem borgeren er.",
    "er_den_slut": "Er samtalen slut?",
    "koerer": "Det her kører endnu og slutter med samtalen:",
    "afslut": "Afslut samtalen",
    "slut": "Samtalen er slut",
}
"""What the recorder's page says of the citizen and the conversation: the page holds ours, a kontrakt brings its own."""
OPTAGER_UR: Final[Mapping[str, str]] = {"start": "Samtalen er begyndt", "slut": "Samtalen er slut"}
TALER_NAVNE: Final[Mapping[str, str]] = {
    "medarbejder": "Medarbejder",
    "borger": "Borger",
    "medarbejder2": "Anden medarbejder",
    "tredje": "Tredje part",
    "samtidig": "Flere på én gang",
    "stilhed": "Stilhed",
}
# Those who can have a share of the talk time; `samtidig` and `stilhed` belong to nobody.
PARTER: Final = ("medarbejder", "borger", "medarbejder2", "tredje")
UDEN_PART: Final = ("samtidig", "stilhed")
FASE_NAVNE: Final[Mapping[str, str]] = {
    "kontrakt": "Kontrakt",
    "emne": "Emne",
    "timeout": "Timeout",
    "afslutning": "Afslutning",
}
# The GameMaster's process level; `emne` is the content level.
PROCESFASER: Final = ("kontrakt", "timeout", "afslutning")
UGU_NAVNE: Final[Mapping[str, str]] = {"undersoeg": "Undersøg", "giv": "Giv"}
UGU_BOGSTAVER: Final[Mapping[str, str]] = {"undersoeg": "U", "giv": "G"}
INGEN_TILSTAND: Final = "Ingen"
KARANTAENE_DAGE: Final = 30
GRUNDE: Final[Mapping[str, str]] = {
    "overdraget": "Feedbacken var allerede sendt, da de her kryds kom. De er ikke med i tidslinjen.",
    "fremmed": "De her kryds hører ikke til en samtale, som du er observatør i. Måske er de lavet, "
    "mens en anden var logget ind på enheden.",
    "trukket": "Kontrakten var trukket tilbage, da de her kryds kom. De er ikke med i en tidslinje.",
    "ikke_klar": "Kontrakten var ikke klar, da de her kryds kom. Bliver den klar, kan du hente filen her "
    "og hente krydsene ind igen.",
}
"""Why events were put aside (`Karantaene.grund`), told to the person who sent them."""

_KODER: Final[Mapping[str, Mapping[str, str]]] = {
    "ur": UR_NAVNE,
    "taler": TALER_NAVNE,
    "fase": FASE_NAVNE,
    "ugu": UGU_NAVNE,
}
_CODED: Final = frozenset(SPOR_NAVNE) - {"note"}
"""Tracks whose codes are words of ours or ids; what stands on any other may be anybody's own text."""
_NEEDS_KODE: Final = frozenset({"ur", "element", "faerdighed"})
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMNE: Final = re.compile(r"[1-9][0-9]{0,3}")
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Haendelse:
    """One event of a log. `t_ms`: milliseconds since the samtale began; `nr`: order on the device."""

    id: UUID
    nr: int
    t_ms: int
    spor: str
    kode: str


class FieldProblem(ValueError):
    """What is wrong with one field of an event: `field` is its name, `text` a Danish sentence."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(f"{field}: {text}")
        self.field = field
        self.text = text


def check_haendelse(raw: Mapping[str, object], *, strict: bool = False) -> Haendelse:
    """Make an event of `raw` (keys exactly `FELTER`; `id` a UUID or its 36-character text).

    Files may bring tracks we do not know; they are kept. The recorder may not: there `strict=True`
    also refuses an unknown `spor` and a `fortryd` that does not name an id.

    Raises `FieldProblem` for the first wrong field; `list_problems` gives them all.
    """
    for problem in list_problems(raw, strict=strict):
        raise problem
    nr, t_ms = raw["nr"], raw["t_ms"]
    assert isinstance(nr, int)
    assert isinstance(t_ms, int)
    return Haendelse(UUID(str(raw["id"])), nr, t_ms, str(raw["spor"]), str(raw["kode"]))


def list_problems(raw: Mapping[str, object], *, strict: bool = False) -> list[FieldProblem]:
    """Every wrong field of `raw`, in the order of `FELTER`, unknown keys last. Empty = valid."""
    problems = [
        FieldProblem(field, text)
        for field, text in (
            ("id", _id_problem(raw.get("id"))),
            ("nr", _whole_number_problem(raw.get("nr"), MAX_NR)),
            ("t_ms", _t_ms_problem(raw.get("t_ms"))),
            ("spor", _spor_problem(raw.get("spor"), strict)),
            ("kode", _kode_problem(raw.get("spor"), raw.get("kode"), strict)),
        )
        if text
    ]
    if len(raw) > len(FELTER) or not raw.keys() <= set(FELTER):
        unknown = sorted(str(key)[:MAX_SPOR] for key in raw if key not in FELTER)
        problems += [FieldProblem(key, "Feltet hører ikke til en hændelse.") for key in unknown]
    return problems


def is_id(value: object) -> bool:
    """Whether it is an id of 36 characters, or a UUID already."""
    return isinstance(value, UUID) or (isinstance(value, str) and _UUID.fullmatch(value) is not None)


def read_moment(value: object) -> datetime | None:
    """When `t_ms` was 0: ISO 8601 with a time zone (given back in UTC), or None. Raises `FieldProblem`."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise FieldProblem(
        "startet_at",
        "Feltet startet_at skal være et tidspunkt med tidszone, som 2027-03-02T10:30:00+01:00, eller null.",
    )


def kode_navn(spor: str, kode: str) -> str:
    """The Danish word for a code of a known track; `kode` itself where the words live elsewhere."""
    if spor in TILSTANDSSPOR and not kode:
        return INGEN_TILSTAND
    if spor == "emne":
        return f"Emne {kode}"
    return _KODER.get(spor, {}).get(kode, kode)


def _id_problem(value: object) -> str:
    if is_id(value):
        return ""
    return "Hændelsens id skal være et UUID på 36 tegn."


def _whole_number_problem(value: object, highest: int) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        shown = f" Her står »{value[:20]}«." if isinstance(value, str) and value else ""
        return f"Skal være et helt tal.{shown}"
    if value < 0:
        return "Må ikke være negativt."
    return f"Må højst være {highest}." if value > highest else ""


def _t_ms_problem(value: object) -> str:
    if isinstance(value, int) and value > MAX_T_MS:
        return "Tiden ligger mere end 24 timer efter samtalens begyndelse. Den skrives i millisekunder."
    return _whole_number_problem(value, MAX_T_MS)


def _spor_problem(value: object, strict: bool) -> str:
    if not isinstance(value, str) or not value.strip():
        return "Sporet mangler."
    if value in SPOR_NAVNE:
        return ""
    if len(value) > MAX_SPOR:
        return f"Sporet må højst fylde {MAX_SPOR} tegn."
    if not value.isprintable() or value != value.strip():
        return "Sporet har mellemrum eller skjulte tegn, som ikke må være der."
    return f"Vi kender ikke sporet »{value}«." if strict else ""


def _kode_problem(spor: object, value: object, strict: bool) -> str:
    if not isinstance(value, str):
        return "Koden skal være tekst (den må gerne være tom)."
    if len(value) > MAX_KODE:
        return f"Må højst fylde {MAX_KODE} tegn; her er {len(value)}."
    if _UNSTORABLE.search(value):
        return "Koden har tegn, som ikke kan gemmes."
    if not isinstance(spor, str):
        return ""
    if spor not in _CODED and ligner_cpr(value):
        return CPR_FEJL
    if not value:
        return "Koden må ikke være tom på dette spor." if spor in _NEEDS_KODE else ""
    return _known_kode_problem(spor, value, strict)


def _known_kode_problem(spor: str, kode: str, strict: bool) -> str:
    if spor == "emne" and not _EMNE.fullmatch(kode):
        return "Et emne skrives som et tal: 1, 2, 3 …"
    if spor in _KODER and kode not in _KODER[spor]:
        return f"»{kode[:MAX_SPOR]}« findes ikke på sporet {spor}. Vælg mellem {', '.join(_KODER[spor])}."
    if strict and spor == "fortryd" and not _UUID.fullmatch(kode):
        return "En fortrydelse skal nævne id'et på den hændelse, der falder væk."
    return ""
