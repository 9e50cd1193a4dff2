"""The GameMaster variants and the skabeloner: each with all its versions, the newest last.

A version that is published stands for ever, since kontrakter are made with it. Its `kontrolsum` is a checksum of all
its other fields, so that whoever edits it is told to write the next version instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from supervision.katalog import rules
from supervision.katalog.formats.content_files import GAMEMASTER, SKABELONER, read_kort
from supervision.katalog.formats.yaml_entry import Entry, read_content_file

SUM_LENGTH = 12
_OF_A_VERSION = ("version", "dato", "aendret")
_FASER = ("navn", "faser")
_SKABELON = ("navn", "beskrivelse", "passer_til", "gm_variant", "parter", "metoder", "kendetegn")


def read_gm_varianter(folder: Path) -> Iterator[tuple[Entry, rules.GmVariant]]:
    """Read every version of the GameMaster variants, each with the entry it came from."""
    for key, version in _versions(read_content_file(folder / GAMEMASTER, ("varianter",)), "varianter"):
        version.only((*_OF_A_VERSION, *_FASER), ("kontrolsum",))
        faser = tuple(_fase(fase) for fase in version.entries("faser", "kode"))
        if tuple(fase.kode for fase in faser) != rules.FASER:
            raise version.problem(f"faserne skal være {', '.join(rules.FASER)} i den rækkefølge")
        yield (
            version,
            rules.GmVariant(key, version.text("navn"), faser, _udgave(version), version.text("aendret")),
        )


def read_skabeloner(folder: Path) -> Iterator[tuple[Entry, rules.Skabelon]]:
    """Read every version of the template packs, each with the entry it came from."""
    for key, version in _versions(read_content_file(folder / SKABELONER, ("skabeloner",)), "skabeloner"):
        yield version, read_skabelon(key, version)


def read_skabelon(key: str, version: Entry) -> rules.Skabelon:
    """Build one version of a skabelon. Raises ContentProblem."""
    version.only((*_OF_A_VERSION, *_SKABELON), ("ord", "abc", "kontrolsum"))
    koder = version.texts("kendetegn")
    if len(koder) > rules.SKABELON_MAX:
        raise version.problem(f"der er {len(koder)} kendetegn; der må højst være {rules.SKABELON_MAX}")
    for part in version.texts("parter"):
        if part not in rules.TALERE:
            raise version.problem(f"»{part}« er ikke en kendt part ({', '.join(rules.TALERE)})")
    for slags in version.texts("passer_til"):
        if slags not in rules.SAMTALETYPER:
            raise version.problem(f"»{slags}« er ikke en kendt samtaletype ({', '.join(rules.SAMTALETYPER)})")
    return rules.Skabelon(
        key=key,
        navn=version.text("navn"),
        beskrivelse=version.text("beskrivelse"),
        gm_variant=version.text("gm_variant"),
        parter=version.texts("parter"),
        kendetegn=koder,
        metoder=version.texts("metoder"),
        ord=_ord(version),
        passer_til=version.texts("passer_til"),
        udgave=_udgave(version),
        aendret=version.text("aendret"),
        abc=version.one_of("abc", rules.ABC_VAEGT) if "abc" in version.raw else "",
    )


def check_sum(entry: Entry) -> None:
    """Raise ContentProblem when a version is not what it was when it was published."""
    content = {field: value for field, value in entry.raw.items() if field != "kontrolsum"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    found = hashlib.sha256(text.encode()).hexdigest()[:SUM_LENGTH]
    version = entry.number("version")
    if "kontrolsum" not in entry.raw:
        raise entry.problem(
            f'udgave {version} mangler sin kontrolsum; skriv kontrolsum: "{found}", når den er færdig og ikke skal '
            "ændres mere"
        )
    if entry.text("kontrolsum") != found:
        raise entry.problem(
            f"udgave {version} er udgivet og må ikke ændres, for der er lavet kontrakter med den; lad den stå, som den "
            f"var, og skriv udgave {version + 1} under den"
        )


def _versions(file: Entry, field: str) -> Iterator[tuple[str, Entry]]:
    """Walk the versions of every key, oldest first. Their entries are known by the key."""
    for one in file.entries(field, "key"):
        one.only(("key", "versioner"))
        key = one.name_in_address("key")
        for number, version in enumerate(one.entries("versioner", "version"), start=1):
            version.name = key
            version.only(("version",), version.raw)
            if version.number("version") != number:
                raise version.problem(f"udgaverne skal have numrene 1, 2, 3 og op; her skal stå {number}")
            yield key, version


def _udgave(version: Entry) -> rules.Udgave:
    return rules.Udgave(version.number("version"), version.day("dato"))


def _ord(version: Entry) -> tuple[tuple[str, str], ...]:
    if "ord" not in version.raw:
        return ()
    words = Entry(version.file, version.name, version.raw["ord"])
    for kode in words.raw:
        if problem := rules.kort_problem(words.text(kode)):
            raise version.problem(problem)
    return tuple((kode, words.text(kode)) for kode in words.raw)


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
    return rules.Element(kode, entry.text("navn"), read_kort(entry))
