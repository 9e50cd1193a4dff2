"""Reading people from CSV: what Excel and others save, and every way to get it wrong."""

from __future__ import annotations

import pytest

from supervision.personer.formats import people_csv
from supervision.problems import RuleBroken

HEAD = "navn;email;team;rolle\n"
METTE = "Mette Ærø;mette@x.dk;Team Nord;medarbejder\n"


def problems_of(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.field) for problem in people_csv.read(text)[1]]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + METTE,
        (HEAD + METTE).replace(";", ","),
        (HEAD + METTE).replace(";", "\t"),
        (HEAD + METTE).replace("\n", "\r\n"),
        (HEAD + METTE).replace("\n", "\r"),
        "Navn; E-mail ;TEAM;Rolle\n\n" + METTE + ";;;\n",
        "sep=;\r\n" + HEAD + METTE,
        "\N{ZERO WIDTH NO-BREAK SPACE}" + HEAD + METTE,
        'rolle;team;email;navn\nMedarbejder;"Team  Nord"; METTE@x.dk ;"Mette Ærø"',
    ],
)
def test_the_ways_to_write_the_same_person(text: str) -> None:
    rows, problems = people_csv.read(text)
    assert not problems
    assert [(row.navn, row.email, row.team, row.rolle) for row in rows] == [
        ("Mette Ærø", "mette@x.dk", "Team Nord", "medarbejder")
    ]


def test_a_supervisor_has_no_team() -> None:
    rows, problems = people_csv.read(HEAD + "Sune Vind;sune@x.dk;;supervisor\n")
    assert not problems
    assert rows[0].team == ""


def test_lines_are_counted_as_the_file_has_them() -> None:
    text = HEAD + "\n" + METTE + '"Jonas\nØland";jonas@x.dk;Team Nord;medarbejder\n' + METTE
    rows, problems = people_csv.read(text)
    assert not problems
    assert [row.line for row in rows] == [3, 4, 6]
    assert [row.line for row in people_csv.read("sep=;\n" + HEAD + METTE)[0]] == [3]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (";mette@x.dk;Team Nord;medarbejder", [(2, "navn")]),
        ("Mette;mette;Team Nord;medarbejder", [(2, "email")]),
        ("Mette;mette@x.dk;;medarbejder", [(2, "team")]),
        ("Mette;mette@x.dk;---;teamleder", [(2, "team")]),
        ("Mette;mette@x.dk;Team Nord;supervisor", [(2, "team")]),
        ("Mette;mette@x.dk;Team Nord;chef", [(2, "rolle")]),
        ("Mette;mette@x.dk;Team Nord;", [(2, "rolle")]),
        ("Mette;mette@x.dk;;administrator", [(2, "rolle")]),
        ("Mette;mette@x.dk;Team Nord", [(2, "linjen")]),
        ("Mette;mette@x.dk;Team Nord;medarbejder;x", [(2, "linjen")]),
        ('Mette;"mette@x.dk;Team Nord;medarbejder', [(2, "linjen")]),
        ('Mette;"a"b;Team Nord;medarbejder', [(2, "linjen")]),
        (";;Team Nord;chef", [(2, "navn"), (2, "email"), (2, "rolle")]),
    ],
)
def test_errors_name_line_and_field(line: str, found: list[tuple[int, str]]) -> None:
    assert problems_of(HEAD + line + "\n") == found


def test_a_bad_line_does_not_hide_the_next() -> None:
    text = HEAD + METTE + "x;y\n" + METTE + "Mette;nej;Team Nord;medarbejder\n"
    rows, problems = people_csv.read(text)
    assert [row.line for row in rows] == [2, 4]
    assert [(problem.line, problem.field) for problem in problems] == [(3, "linjen"), (5, "email")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "overskrift")]),
        (METTE, [(1, "overskrift")]),
        ("navn;email;rolle\n", [(1, "overskrift")]),
        ("navn;email;team;rolle;cpr\n", [(1, "overskrift")]),
        ("navn;email;team;rolle;navn\n", [(1, "overskrift")]),
        (HEAD, [(2, "linjen")]),
        (HEAD + "\n;;;\n", [(2, "linjen")]),
    ],
)
def test_the_first_line_must_name_the_columns(text: str, found: list[tuple[int, str]]) -> None:
    assert problems_of(text) == found


def test_a_file_is_read_as_utf8_or_as_windows_saves_it() -> None:
    text = HEAD + METTE
    assert people_csv.decode(text.encode()) == (text, False)
    assert people_csv.decode(text.encode("utf-8-sig")) == (text, False)
    assert people_csv.decode(text.encode("cp1252")) == (text, True)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 a workbook",
        "navn".encode("utf-16"),
        b"navn\0email",
        b"\x81\x8d\xff",
        b"x" * (people_csv.MAX_BYTES + 1),
        "€".encode("cp1252") * 150_000,
    ],
)
def test_what_is_no_text_or_too_much_is_refused(data: bytes) -> None:
    with pytest.raises(RuleBroken) as problem:
        people_csv.decode(data)
    assert problem.value.field == "fil"


def test_the_template_reads_as_an_empty_file() -> None:
    text, windows = people_csv.decode(people_csv.TEMPLATE.encode())
    assert not windows
    assert problems_of(text) == [(2, "linjen")]
    assert not problems_of(text + METTE)
