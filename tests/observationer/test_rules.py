"""What makes one event valid."""

from typing import Any
from uuid import UUID

import pytest

from supervision.observationer.rules import (
    FieldProblem,
    Haendelse,
    check_haendelse,
    kode_navn,
    list_problems,
)

ID = "3f0c1a52-9d3e-4b7a-8c21-0d9e5b6f7a10"
GOOD: dict[str, Any] = {"id": ID, "nr": 3, "t_ms": 61_000, "spor": "taler", "kode": "borger"}


def test_a_good_event() -> None:
    assert check_haendelse(GOOD, strict=True) == Haendelse(UUID(ID), 3, 61_000, "taler", "borger")
    assert check_haendelse({**GOOD, "id": UUID(ID)}).id == UUID(ID)


@pytest.mark.parametrize(
    ("spor", "kode"),
    [
        ("ur", "genoptag"),
        ("taler", "samtidig"),
        ("taler", ""),
        ("fase", "afslutning"),
        ("fase", ""),
        ("emne", "12"),
        ("emne", ""),
        ("ugu", "giv"),
        ("ugu", ""),
        ("element", "kontrakt.formaal"),
        ("faerdighed", "spejling"),
        ("note", ""),
        ("note", "Første linje\nanden linje; æøå 🙂" + "x" * 1900),
        ("fortryd", ID.upper()),
    ],
)
def test_what_the_recorder_may_send(spor: str, kode: str) -> None:
    assert check_haendelse({**GOOD, "spor": spor, "kode": kode}, strict=True).kode == kode


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", None),
        ("id", 7),
        ("id", ID[:-1]),
        ("id", "{" + ID + "}"),
        ("id", "urn:uuid:" + ID),
        ("id", ID.replace("-", "")),
        ("id", ID + "\n"),
        ("nr", -1),
        ("nr", True),
        ("nr", 1.0),
        ("nr", "3"),
        ("nr", None),
        ("nr", 2**31),
        ("t_ms", -1),
        ("t_ms", False),
        ("t_ms", 0.5),
        ("t_ms", float("nan")),
        ("t_ms", "0"),
        ("t_ms", 24 * 60 * 60 * 1000 + 1),
        ("spor", ""),
        ("spor", "   "),
        ("spor", None),
        ("spor", ["taler"]),
        ("spor", "x" * 41),
        ("spor", "krop\0sprog"),
        ("spor", "krop\ud800"),
        ("spor", " taler"),
        ("kode", None),
        ("kode", 1),
        ("kode", "Borger"),
        ("kode", "x" * 2001),
        ("kode", "borger\0"),
    ],
)
def test_one_wrong_field(field: str, value: object) -> None:
    with pytest.raises(FieldProblem) as caught:
        check_haendelse({**GOOD, field: value})
    assert caught.value.field == field
    assert caught.value.text.endswith(".")


@pytest.mark.parametrize(
    ("spor", "kode"),
    [
        ("ur", ""),
        ("ur", "stop"),
        ("fase", "indledning"),
        ("ugu", "U"),
        ("emne", "0"),
        ("emne", "01"),
        ("emne", "²"),
        ("emne", "økonomi"),
        ("element", ""),
        ("faerdighed", ""),
        ("note", "a\0b"),
        ("note", "\udfff"),
    ],
)
def test_codes_that_are_refused_everywhere(spor: str, kode: str) -> None:
    assert [p.field for p in list_problems({**GOOD, "spor": spor, "kode": kode})] == ["kode"]


@pytest.mark.parametrize(
    ("spor", "kode", "field"), [("kropssprog", "nik", "spor"), ("fortryd", "i går", "kode")]
)
def test_files_may_what_the_recorder_may_not(spor: str, kode: str, field: str) -> None:
    raw = {**GOOD, "spor": spor, "kode": kode}
    assert check_haendelse(raw).spor == spor
    assert [p.field for p in list_problems(raw, strict=True)] == [field]


def test_every_problem_is_named_in_the_order_of_the_fields() -> None:
    raw = {"kode": 1, "spor": "", "t_ms": -1, "nr": -1, "id": "", "cpr": "x", "navn": "y"}
    assert [p.field for p in list_problems(raw)] == ["id", "nr", "t_ms", "spor", "kode", "cpr", "navn"]
    assert [p.field for p in list_problems({})] == ["id", "nr", "t_ms", "spor", "kode"]


def test_unknown_key() -> None:
    with pytest.raises(FieldProblem, match="navn"):
        check_haendelse({**GOOD, "navn": "Mette"})


def test_words_for_the_screen() -> None:
    assert kode_navn("taler", "medarbejder2") == "Anden medarbejder"
    assert kode_navn("emne", "2") == "Emne 2"
    assert kode_navn("fase", "") == "Ingen"
    assert kode_navn("kropssprog", "nik") == "nik"
