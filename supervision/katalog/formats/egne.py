"""An organisation's own content as it is stored, read by the same schema as the content files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from supervision.katalog import rules
from supervision.katalog.formats.content_files import read_metode
from supervision.katalog.formats.versioned_files import read_skabelon
from supervision.katalog.formats.yaml_entry import Entry
from supervision.katalog.rules import egne

METODE_FELTER = (
    *("navn", "aliaser", "kilder", "retning", "type", "belaeg", "trin", "elementer", "varianter", "felter"),
    *("kendetegn", "faldgruber", "kobler_til", "maaling", "note", "marselisborg_nr"),
)
SKABELON_FELTER = (
    *("navn", "beskrivelse", "passer_til", "gm_variant", "parter", "metoder", "kendetegn", "ord", "abc"),
)


def entry_of(key: str, indhold: Mapping[str, Any], file: str = "Jeres eget") -> Entry:
    """The content as an entry that is known by its name, or its key before it has one."""
    navn = indhold.get("navn")
    return Entry(file, navn if isinstance(navn, str) and navn else key, dict(indhold))


def read_own_metode(key: str, indhold: Mapping[str, Any], version: int, dag: date) -> rules.Metode:
    """Build one version of an own method. Raises ContentProblem."""
    entry = _checked(key, indhold)
    entry.only((), ("kategori", *METODE_FELTER))
    entry.only(("kategori",), entry.raw)
    kategori = entry.one_of("kategori", rules.KATEGORIER)
    raw = {field: value for field, value in entry.raw.items() if field != "kategori"}
    return read_metode(
        Entry(entry.file, entry.name, {"key": key, **raw}), kategori, rules.Udgave(version, dag), egen=True
    )


def read_own_skabelon(
    key: str, indhold: Mapping[str, Any], version: int, dag: date, aendret: str
) -> rules.Skabelon:
    """Build one version of an own skabelon. Raises ContentProblem."""
    entry = _checked(key, indhold)
    entry.only((), SKABELON_FELTER)
    of_the_version = {"version": version, "dato": dag, "aendret": aendret or "Kladde"}
    return read_skabelon(key, Entry(entry.file, entry.name, {**entry.raw, **of_the_version}))


def read_own(
    slags: str, key: str, indhold: Mapping[str, Any], version: int, dag: date, aendret: str = ""
) -> rules.Metode | rules.Skabelon:
    """Build one version of either kind. Raises ContentProblem."""
    if slags == egne.METODE:
        return read_own_metode(key, indhold, version, dag)
    return read_own_skabelon(key, indhold, version, dag, aendret)


def read_draft(
    slags: str, key: str, indhold: Mapping[str, Any], version: int, dag: date, aendret: str = ""
) -> rules.Metode | rules.Skabelon:
    """As `read_own`, of a draft as far as it has been written: what is missing is empty, and nothing is refused."""
    udgave = rules.Udgave(version, dag)
    if slags == egne.METODE:
        return _draft_metode(key, indhold, udgave)
    return _draft_skabelon(key, indhold, udgave, aendret)


def metode_as_indhold(metode: rules.Metode) -> dict[str, Any]:
    """A method as it is stored; what is empty is left out."""
    raw: dict[str, Any] = {
        "navn": metode.navn,
        "kategori": metode.kategori,
        "aliaser": list(metode.aliaser),
        "kilder": [_filled({"kilde": kilde.navn, "sted": kilde.sted}) for kilde in metode.kilder],
        "retning": metode.retning,
        "type": metode.type,
        "belaeg": metode.belaeg,
        "trin": list(metode.trin),
        "elementer": {gruppe.navn: list(gruppe.punkter) for gruppe in metode.elementer},
        "varianter": {gruppe.navn: list(gruppe.punkter) for gruppe in metode.varianter},
        "felter": list(metode.felter),
        "kendetegn": [kendetegn_as_indhold(tegn) for tegn in metode.kendetegn],
        "faldgruber": list(metode.faldgruber),
        "kobler_til": list(metode.kobler_til),
        "maaling": metode.maaling,
        "note": metode.note,
        "marselisborg_nr": metode.marselisborg_nr,
    }
    return _filled(raw)


def kendetegn_as_indhold(tegn: rules.Kendetegn) -> dict[str, Any]:
    """A kendetegn as it is stored."""
    return _filled(
        {
            "kode": tegn.kode,
            "kort": tegn.kort,
            "tekst": tegn.tekst,
            "maales": tegn.maales,
            "krydses": tegn.krydses,
            "tillaeg": tegn.tillaeg,
            "skjult": tegn.skjult,
            "som": tegn.som,
        }
    )


def skabelon_as_indhold(skabelon: rules.Skabelon) -> dict[str, Any]:
    """A version of a skabelon as it is stored."""
    return _filled(
        {
            "navn": skabelon.navn,
            "beskrivelse": skabelon.beskrivelse,
            "passer_til": list(skabelon.passer_til),
            "gm_variant": skabelon.gm_variant,
            "parter": list(skabelon.parter),
            "metoder": list(skabelon.metoder),
            "kendetegn": list(skabelon.kendetegn),
            "ord": dict(skabelon.ord),
            "abc": skabelon.abc,
        }
    )


def _draft_metode(key: str, raw: Mapping[str, Any], udgave: rules.Udgave) -> rules.Metode:
    def group(field: str) -> tuple[rules.Gruppe, ...]:
        return tuple(rules.Gruppe(navn, tuple(punkter)) for navn, punkter in raw.get(field, {}).items())

    def lines(field: str) -> tuple[str, ...]:
        return tuple(raw.get(field, ()))

    return rules.Metode(
        key=key,
        navn=raw.get("navn", ""),
        kategori=raw["kategori"],
        retning=raw["retning"],
        type=raw["type"],
        belaeg=raw["belaeg"],
        kilder=tuple(rules.Kilde(one["kilde"], one.get("sted", "")) for one in raw.get("kilder", ())),
        aliaser=lines("aliaser"),
        trin=lines("trin"),
        elementer=group("elementer"),
        varianter=group("varianter"),
        felter=lines("felter"),
        kendetegn=tuple(_draft_kendetegn(tegn, key) for tegn in raw.get("kendetegn", ())),
        faldgruber=lines("faldgruber"),
        kobler_til=lines("kobler_til"),
        maaling=raw.get("maaling", ""),
        note=raw.get("note", ""),
        marselisborg_nr=raw.get("marselisborg_nr"),
        udgave=udgave,
        egen=True,
    )


def _draft_kendetegn(raw: Mapping[str, Any], metode: str) -> rules.Kendetegn:
    flags = {field: bool(raw.get(field)) for field in ("maales", "krydses", "tillaeg", "skjult")}
    return rules.Kendetegn(
        raw["kode"], raw.get("tekst", ""), raw.get("kort", ""), metode, som=raw.get("som", ""), **flags
    )


def _draft_skabelon(key: str, raw: Mapping[str, Any], udgave: rules.Udgave, aendret: str) -> rules.Skabelon:
    return rules.Skabelon(
        key=key,
        navn=raw.get("navn", ""),
        beskrivelse=raw.get("beskrivelse", ""),
        gm_variant=raw["gm_variant"],
        parter=tuple(raw.get("parter", ())),
        kendetegn=tuple(raw.get("kendetegn", ())),
        metoder=tuple(raw.get("metoder", ())),
        ord=tuple(raw.get("ord", {}).items()),
        passer_til=tuple(raw.get("passer_til", ())),
        udgave=udgave,
        aendret=aendret,
        abc=raw.get("abc", ""),
    )


def _checked(key: str, indhold: Mapping[str, Any]) -> Entry:
    entry = entry_of(key, indhold)
    if problem := egne.size_problem(entry.raw):
        raise entry.problem(problem)
    return entry


def _filled(raw: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in raw.items() if value not in ("", None, False, [], {})}
