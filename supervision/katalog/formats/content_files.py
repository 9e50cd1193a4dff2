"""The catalogue's content files, entry by entry: raw fields in, methods and codes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from supervision.katalog import rules
from supervision.katalog.formats.yaml_entry import ContentProblem, Entry, read_content_file

GAMEMASTER, KODER, SKABELONER = "gamemaster.yaml", "koder.yaml", "skabeloner.yaml"
MODELLER, EMNELISTE = "modeller.yaml", "emneliste.yaml"

_METODE_REQUIRED = ("key", "navn", "kilder", "retning", "type", "belaeg")
_METODE_FULL = ("trin", "kendetegn", "faldgruber")
_METODE_OPTIONAL = (
    *("aliaser", "elementer", "varianter", "felter", "kobler_til", "se"),
    *("maaling", "note", "marselisborg_nr"),
)


def refuse_unexpected_files(folder: Path) -> None:
    """Raise ContentProblem on a YAML file that nobody would read, such as one with a misspelt name."""
    others = {GAMEMASTER, KODER, SKABELONER, MODELLER, EMNELISTE}
    expected = {f"{kategori}.yaml" for kategori in rules.KATEGORIER} | others
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
            yield entry, read_metode(entry, kategori, udgave)


def read_koder(folder: Path) -> Iterator[tuple[Entry, rules.Kode]]:
    """Read the well-known codes that are no kendetegn, each with the entry it came from."""
    file = read_content_file(folder / KODER, ("koder",))
    for entry in file.entries("koder", "kode"):
        entry.only(("kode", "kort", "tekst", "metode"))
        yield (
            entry,
            rules.Kode(entry.text("kode"), entry.text("tekst"), read_kort(entry), entry.text("metode")),
        )


def read_metode(entry: Entry, kategori: str, udgave: rules.Udgave, *, egen: bool = False) -> rules.Metode:
    """Build one method. One that points at another with `se` has its steps and kendetegn there.

    egen: an organisation's own, which may come from no source. Raises ContentProblem.
    """
    full = () if "se" in entry.raw else _METODE_FULL
    free = ("kilder",) if egen else ()
    required = [field for field in (*_METODE_REQUIRED, *full) if field not in free]
    entry.only(required, (*_METODE_OPTIONAL, *free))
    key = entry.name_in_address("key")
    return rules.Metode(
        key=key,
        navn=entry.text("navn"),
        kategori=kategori,
        retning=entry.one_of("retning", rules.RETNINGER),
        type=entry.one_of("type", rules.TYPER),
        belaeg=entry.one_of("belaeg", [belaeg for belaeg in rules.BELAEG if egen or belaeg != "egen"]),
        kilder=tuple(_kilde(kilde, entry) for kilde in entry.entries("kilder", "kilde")),
        aliaser=entry.texts("aliaser"),
        trin=entry.texts("trin", repeats=True),
        elementer=tuple(rules.Gruppe(*group) for group in entry.groups("elementer")),
        varianter=tuple(rules.Gruppe(*group) for group in entry.groups("varianter")),
        felter=entry.texts("felter"),
        kendetegn=tuple(_kendetegn(tegn, key, egen) for tegn in entry.entries("kendetegn", "kode")),
        faldgruber=entry.texts("faldgruber"),
        kobler_til=entry.texts("kobler_til"),
        se=entry.text("se") if "se" in entry.raw else None,
        maaling=entry.optional_text("maaling"),
        note=entry.optional_text("note"),
        marselisborg_nr=entry.number("marselisborg_nr") if "marselisborg_nr" in entry.raw else None,
        udgave=udgave,
        egen=egen,
    )


def _kilde(kilde: Entry, metode: Entry) -> rules.Kilde:
    kilde.name = metode.name
    kilde.only(("kilde",), ("sted",))
    return rules.Kilde(kilde.one_of("kilde", rules.KILDER.values()), kilde.optional_text("sted"))


def _kendetegn(entry: Entry, metode: str, egen: bool) -> rules.Kendetegn:
    entry.only(
        ("kode", "kort", "tekst"), ("maales", "krydses", "tillaeg", *(("skjult", "som") if egen else ()))
    )
    return rules.Kendetegn(
        entry.text("kode"),
        entry.text("tekst"),
        read_kort(entry),
        metode,
        maales=entry.flag("maales"),
        krydses=entry.flag("krydses"),
        tillaeg=entry.flag("tillaeg"),
        skjult=entry.flag("skjult"),
        som=entry.optional_text("som"),
    )


def read_kort(entry: Entry) -> str:
    """Read the name on a tile or a chip. Raises ContentProblem when it does not fit."""
    kort = entry.text("kort")
    if problem := rules.kort_problem(kort):
        raise entry.problem(problem)
    return kort
