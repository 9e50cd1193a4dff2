"""The models' content file: which kendetegn have a place where. It never disagrees with `kobler_til`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from supervision.katalog.formats.content_files import MODELLER
from supervision.katalog.formats.yaml_entry import ContentProblem, Entry, read_content_file
from supervision.katalog.rules.metoder import Kode, Metode, Udgave
from supervision.katalog.rules.modeller import (
    BILLEDER,
    LOGTAL,
    TAVLER,
    Model,
    Modeller,
    Raekkefoelge,
    Redskab,
    Sted,
    linked,
    tickable,
    unanswered,
)

FIRKANT = 4
TO_KILDER = 2
_MODEL = ("key", "navn", "billede", "viser", "viser_ikke", "steder")
_MODEL_OPTIONAL = ("metode", "akser", "tavle", "uden", "ord", "forhold", "tid", "redskaber", "frem")
_STED = ("metoder", "kendetegn", "tegn", "ogsaa", "dertil", "uden_kryds", "log", "bund", "gruppe")


@dataclass(frozen=True, slots=True)
class _Katalog:
    """What the file may point at: methods by key, every code, and the code's method."""

    metoder: Mapping[str, Metode]
    koder: Mapping[str, str]


def read_modeller(folder: Path, metoder: Iterable[Metode], koder: Iterable[Kode]) -> Modeller:
    """Read the models and what is told in sequence. Raises ContentProblem at the first fault."""
    by_key = {metode.key: metode for metode in metoder}
    own = {kode: metode.key for metode in by_key.values() for kode in tickable(metode)}
    katalog = _Katalog(by_key, {**own, **{kode.kode: kode.metode for kode in koder}})
    file = read_content_file(folder / MODELLER, ("modeller", "raekkefoelger"))
    entries = list(file.entries("modeller", "key"))
    egne = {metode for entry in entries if isinstance(metode := entry.raw.get("metode"), str)}
    modeller = [_model(entry, katalog, egne) for entry in entries]
    raekker = [_raekkefoelge(entry, katalog) for entry in file.entries("raekkefoelger", "key")]
    for named in (modeller, raekker):
        _refuse_repeats(file, [one.key for one in named])
        _refuse_repeats(file, [one.navn for one in named])
    return Modeller(tuple(modeller), tuple(raekker), Udgave(file.number("version"), file.day("dato")))


def _model(entry: Entry, katalog: _Katalog, egne: Collection[str]) -> Model:
    entry.only(_MODEL, _MODEL_OPTIONAL)
    key, steder = entry.name_in_address("key"), []
    hele: list[str] = []
    for sted in entry.entries("steder", "key"):
        sted.name = f"{key}, {sted.raw.get('key', '')}".strip(", ")
        hele += sted.texts("metoder")
        steder.append(_sted(sted, katalog))
    model = Model(
        key=key,
        navn=entry.text("navn"),
        metode=_known(entry, "metoden", entry.text("metode"), katalog.metoder)
        if "metode" in entry.raw
        else "",
        billede=entry.one_of("billede", BILLEDER),
        viser=entry.text("viser"),
        viser_ikke=entry.text("viser_ikke"),
        steder=tuple(steder),
        akser=entry.texts("akser"),
        tavle=entry.one_of("tavle", TAVLER) if "tavle" in entry.raw else "",
        ord=entry.texts("ord"),
        forhold=tuple((pair[0], pair[-1]) for pair in _forhold(entry)),
        tid=entry.flag("tid"),
        redskaber=entry.flag("redskaber"),
        frem=_frem(entry, steder, katalog),
    )
    _check_shape(entry, model)
    _check_links(entry, model, hele, katalog, egne)
    return model


def _sted(entry: Entry, katalog: _Katalog) -> Sted:
    entry.only(("key", "navn"), _STED)
    metoder, kendetegn = entry.texts("metoder"), entry.texts("kendetegn")
    found: list[str] = []
    for key in metoder:
        codes = tickable(katalog.metoder[_known(entry, "metoden", key, katalog.metoder)])
        if not codes:
            raise entry.problem(f"metoden »{key}« har ingen kendetegn, der kan krydses af i en samtale")
        found += codes
    for kode in kendetegn:
        if _known(entry, "kendetegnet", kode, katalog.koder) and kode in found:
            raise entry.problem(f"»{kode}« er allerede med gennem sin metode")
        found.append(kode)
    if bool(found) == ("uden_kryds" in entry.raw):
        raise entry.problem("et sted skal have enten kendetegn (eller metoder) eller »uden_kryds«")
    return Sted(
        key=entry.name_in_address("key"),
        navn=entry.text("navn"),
        koder=tuple(found),
        redskaber=tuple(_redskab(katalog.metoder[key]) for key in metoder),
        tegn=entry.optional_text("tegn"),
        ogsaa=entry.optional_text("ogsaa"),
        dertil=entry.texts("dertil"),
        uden_kryds=entry.optional_text("uden_kryds"),
        log=entry.one_of("log", LOGTAL) if "log" in entry.raw else "",
        bund=entry.flag("bund"),
        gruppe=entry.optional_text("gruppe"),
    )


def _redskab(metode: Metode) -> Redskab:
    return Redskab(metode.key, metode.navn, tickable(metode), metode.belaeg == "navn")


def _forhold(entry: Entry) -> Iterator[tuple[str, ...]]:
    """The pairs of places as they are written, "en / anden"."""
    for pair in entry.texts("forhold"):
        two = tuple(part.strip() for part in pair.split("/"))
        if len(two) != TO_KILDER:
            raise entry.problem(f"»{pair}« under »forhold« skal være to steder med / imellem")
        yield two


def _frem(entry: Entry, steder: Iterable[Sted], katalog: _Katalog) -> frozenset[str]:
    """The codes that bring the model on the page: those of the methods under `frem`, or all it counts."""
    every = frozenset(kode for sted in steder for kode in sted.koder)
    named = {
        key: tickable(katalog.metoder[_known(entry, "metoden", key, katalog.metoder)])
        for key in entry.texts("frem")
    }
    for key, codes in named.items():
        if not every & set(codes):
            raise entry.problem(f"»{key}« står under »frem«, men har ikke noget sted i modellen")
    return every & {kode for codes in named.values() for kode in codes} if named else every


def _raekkefoelge(entry: Entry, katalog: _Katalog) -> Raekkefoelge:
    entry.only(("key", "navn", "hvorfor", "kendetegn"), ("giv", "efter"))
    koder = entry.texts("kendetegn")
    for kode in koder:
        _known(entry, "kendetegnet", kode, katalog.koder)
    return Raekkefoelge(
        entry.name_in_address("key"),
        entry.text("navn"),
        entry.text("hvorfor"),
        koder,
        giv=entry.flag("giv"),
        efter=entry.flag("efter"),
    )


def _known(entry: Entry, what: str, key: str, known: Collection[str]) -> str:
    if key not in known:
        raise entry.problem(f"{what} »{key}« findes ikke eller kan ikke krydses af i en samtale")
    return key


def _check_shape(entry: Entry, model: Model) -> None:
    """Check that the picture can be drawn, and that no tick would be drawn twice in it."""
    _refuse_repeats(entry, [sted.key for sted in model.steder])
    if model.billede == "firkant" and (len(model.felter) != FIRKANT or len(model.akser) != FIRKANT):
        raise entry.problem("»firkant« skal have fire steder og fire navne i »akser«")
    if model.billede != "firkant" and model.akser:
        raise entry.problem("kun »firkant« har »akser«")
    if model.billede == "par" and len(model.felter) % 2:
        raise entry.problem("»par« skal have et lige antal steder; de står to og to")
    _check_names(entry, model)
    for kode in _twice([kode for sted in model.steder for kode in sted.koder]):
        raise entry.problem(f"»{kode}« har to steder i modellen, så krydset ville stå to gange")


def _check_names(entry: Entry, model: Model) -> None:
    """Check what the places are called, in both vocabularies, and which of them are told against each other."""
    keys = {sted.key for sted in model.steder}
    for key in (key for pair in model.forhold for key in pair):
        if key not in keys:
            raise entry.problem(f"»{key}« under »forhold« er ikke et sted i modellen")
    if model.ord and (len(model.ord) != TO_KILDER or not all(sted.ogsaa for sted in model.steder)):
        raise entry.problem("»ord« skal nævne to kilder, og hvert sted skal have den andens navn i »ogsaa«")
    if any(sted.dertil and (not model.ord or len(sted.dertil) != TO_KILDER) for sted in model.steder):
        raise entry.problem("»dertil« skal have én sætning for hver af de to kilder i »ord«")


def _check_links(
    entry: Entry, model: Model, hele: Collection[str], katalog: _Katalog, egne: Collection[str]
) -> None:
    uden = entry.texts("uden")
    for key in unanswered(model, hele, uden, katalog.metoder, egne):
        raise entry.problem(
            f"»kobler_til« siger, at »{key}« hører til, men den har ikke noget sted; giv den et, eller skriv den "
            "under »uden«"
        )
    links = linked(model, hele, katalog.metoder, egne)
    for key in uden:
        if key not in links or model.koder & set(tickable(katalog.metoder[key])):
            raise entry.problem(
                f"»{key}« står under »uden«, men er med, eller ingen »kobler_til« peger på den"
            )


def _refuse_repeats(entry: Entry, names: list[str]) -> None:
    for name in _twice(names):
        raise ContentProblem(entry.file, name, f"»{name}« er brugt to gange")


def _twice(names: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield name
        seen.add(name)
