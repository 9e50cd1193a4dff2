"""The catalogue's content files, entry by entry: raw fields in, methods and skabeloner out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from supervision.katalog import rules
from supervision.katalog.formats.yaml_entry import ContentProblem, Entry, read_content_file

GAMEMASTER, KODER, SKABELONER = "gamemaster.yaml", "koder.yaml", "skabeloner.yaml"

_METODE_REQUIRED = ("key", "navn", "kilder", "retning", "type", "belaeg")
_METODE_FULL = ("trin", "kendetegn", "faldgruber")
_METODE_OPTIONAL = (
    *("aliaser", "elementer", "varianter", "felter", "kobler_til", "se"),
    *("maaling", "note", "marselisborg_nr"),
)


def refuse_unexpected_files(folder: Path) -> None:
    """Raise ContentProblem on a YAML file that nobody would read, such as one with a misspelt name."""
    expected = {f"{kategori}.yaml" for kategori in rules.KATEGORIER} | {GAMEMASTER, KODER, SKABELONER}
    for path in sorted(folder.glob("*.y*ml")):
        if path.name not in expected:
            raise ContentProblem(path.name, "", "filen kendes ikke; er navnet stavet rigtigt")


def read_metoder(folder: Path) -> Iterator[tuple[Entry, rules.Metode]]:
    """Read the methods of every kategori, in the catalogue's order, each with the entry it came from."""
    for kategori in rules.KATEGORIER:
        file = read_content_file(folder / f"{kategori}.yaml", ("kategori", "metoder"))
        if file.text("kategori") != kategori:
            raise file.problem(f"»kategori« skal være {kategori}, som filen hedder")
        udgave = rules.Udgave(file.number("version"), file.day("dato"))
        for entry in file.entries("metoder", "key"):
            yield entry, _metode(entry, kategori, udgave)


def read_gm_varianter(folder: Path) -> Iterator[tuple[Entry, rules.GmVariant]]:
    """Read the GameMaster variants, each with the entry it came from."""
    file = read_content_file(folder / GAMEMASTER, ("varianter",))
    for entry in file.entries("varianter", "key"):
        entry.only(("key", "navn", "faser"))
        faser = tuple(_fase(fase) for fase in entry.entries("faser", "kode"))
        if tuple(fase.kode for fase in faser) != rules.FASER:
            raise entry.problem(f"faserne skal være {', '.join(rules.FASER)} i den rækkefølge")
        yield entry, rules.GmVariant(entry.text("key"), entry.text("navn"), faser)


def read_koder(folder: Path) -> Iterator[tuple[Entry, rules.Kode]]:
    """Read the well-known codes that are no kendetegn, each with the entry it came from."""
    file = read_content_file(folder / KODER, ("koder",))
    for entry in file.entries("koder", "kode"):
        entry.only(("kode", "kort", "tekst", "metode"))
        yield entry, rules.Kode(entry.text("kode"), entry.text("tekst"), _kort(entry), entry.text("metode"))


def read_skabeloner(folder: Path) -> Iterator[tuple[Entry, rules.Skabelon]]:
    """Read the template packs, each with the entry it came from."""
    file = read_content_file(folder / SKABELONER, ("skabeloner",))
    for entry in file.entries("skabeloner", "key"):
        entry.only(("key", "navn", "beskrivelse", "gm_variant", "parter", "kendetegn"))
        koder = entry.texts("kendetegn")
        if len(koder) > rules.SKABELON_MAX:
            raise entry.problem(f"der er {len(koder)} kendetegn; der må højst være {rules.SKABELON_MAX}")
        for part in entry.texts("parter"):
            if part not in rules.TALERE:
                raise entry.problem(f"»{part}« er ikke en kendt part ({', '.join(rules.TALERE)})")
        yield (
            entry,
            rules.Skabelon(
                key=entry.text("key"),
                navn=entry.text("navn"),
                beskrivelse=entry.text("beskrivelse"),
                gm_variant=entry.text("gm_variant"),
                parter=entry.texts("parter"),
                kendetegn=koder,
            ),
        )


def _metode(entry: Entry, kategori: str, udgave: rules.Udgave) -> rules.Metode:
    """Build one method. One that points at another with `se` has its steps and kendetegn there."""
    full = () if "se" in entry.raw else _METODE_FULL
    entry.only((*_METODE_REQUIRED, *full), _METODE_OPTIONAL)
    key = entry.name_in_address("key")
    return rules.Metode(
        key=key,
        navn=entry.text("navn"),
        kategori=kategori,
        retning=entry.one_of("retning", rules.RETNINGER),
        type=entry.one_of("type", rules.TYPER),
        belaeg=entry.one_of("belaeg", rules.BELAEG),
        kilder=tuple(_kilde(kilde, entry) for kilde in entry.entries("kilder", "kilde")),
        aliaser=entry.texts("aliaser"),
        trin=entry.texts("trin", repeats=True),
        elementer=tuple(rules.Gruppe(*group) for group in entry.groups("elementer")),
        varianter=tuple(rules.Gruppe(*group) for group in entry.groups("varianter")),
        felter=entry.texts("felter"),
        kendetegn=tuple(_kendetegn(tegn, key) for tegn in entry.entries("kendetegn", "kode")),
        faldgruber=entry.texts("faldgruber"),
        kobler_til=entry.texts("kobler_til"),
        se=entry.text("se") if "se" in entry.raw else None,
        maaling=entry.optional_text("maaling"),
        note=entry.optional_text("note"),
        marselisborg_nr=entry.number("marselisborg_nr") if "marselisborg_nr" in entry.raw else None,
        udgave=udgave,
    )


def _kilde(kilde: Entry, metode: Entry) -> rules.Kilde:
    kilde.name = metode.name
    kilde.only(("kilde",), ("sted",))
    return rules.Kilde(kilde.one_of("kilde", rules.KILDER.values()), kilde.optional_text("sted"))


def _kendetegn(entry: Entry, metode: str) -> rules.Kendetegn:
    entry.only(("kode", "kort", "tekst"), ("maales",))
    return rules.Kendetegn(
        entry.text("kode"), entry.text("tekst"), _kort(entry), metode, maales=entry.flag("maales")
    )


def _kort(entry: Entry) -> str:
    kort = entry.text("kort")
    if problem := rules.kort_problem(kort):
        raise entry.problem(problem)
    return kort


def _fase(entry: Entry) -> rules.Fase:
    entry.only(("kode", "navn"), ("elementer",))
    kode = entry.one_of("kode", rules.FASER)
    return rules.Fase(
        kode, entry.text("navn"), tuple(_element(e, kode) for e in entry.entries("elementer", "kode"))
    )


def _element(entry: Entry, fase: str) -> rules.Element:
    entry.only(("kode", "navn", "kort"))
    kode = entry.text("kode")
    if not kode.startswith(f"{fase}."):
        raise entry.problem(f"koden skal begynde med »{fase}.«")
    return rules.Element(kode, entry.text("navn"), _kort(entry))
