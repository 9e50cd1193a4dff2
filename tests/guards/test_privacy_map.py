"""Every table, every text and every column that points to a person stands in the privacy map, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, ForeignKey, MetaData, String, Table, Text, Uuid

from supervision import HOUSE
from supervision.access import matrix
from supervision.db import metadata
from supervision.privacy import Kort, Tabel, privacy_map, read
from supervision.problems import SettingsProblem
from supervision.rettigheder.formats.dokumenter import DOKUMENTER
from supervision.rettigheder.formats.fakta import synlige, undeclared
from supervision.rettigheder.queries.opbevaring import ROEDDER
from supervision.rettigheder.queries.stier import parent_of

PERSONAL = ("_af", "person_id", "_personer")
"""How a column is called that holds a person's id without a foreign key."""


def wrong(kort: Kort, tables: MetaData) -> list[str]:
    """What the map leaves out of these tables, and what it says that is not so."""
    found = [f"{navn} is declared and does not exist" for navn in set(kort.tabeller) - set(tables.tables)]
    for navn, table in tables.tables.items():
        tabel = kort.tabeller.get(navn)
        found += _wrong_table(kort, tabel, table) if tabel else [f"{navn} is not declared"]
    return found


def _wrong_table(kort: Kort, tabel: Tabel, table: Table) -> list[str]:
    texts = {c.name for c in table.columns if isinstance(c.type, String | Text | JSON)}
    declared = [*tabel.text, *tabel.codes, *tabel.secret]
    found = [f"{table.name}.{name} is not declared as text, code or secret" for name in texts - set(declared)]
    found += [f"{table.name}.{name} is no text" for name in set(declared) - texts]
    found += [f"{table.name}.{name} is declared twice" for name in declared if declared.count(name) > 1]
    heads = {sti.kolonner for sti in tabel.stier}
    found += [f"{table.name}.{name} has no path" for name in _people(table) if (name,) not in heads]
    shown = {*tabel.show, *tabel.show_written}
    known = {*table.c.keys()}
    found += [f"{table.name}.{name} does not exist" for name in {*shown, *tabel.names} - known]
    found += [f"{table.name}.{name} is shown and has no name" for name in shown & known - set(kort.ord)]
    found += [f"{table.name}.{name} is secret and shown" for name in shown & set(tabel.secret)]
    return found + [problem for sti in tabel.stier if (problem := _wrong_path(table, sti.kolonner))]


def _people(table: Table) -> set[str]:
    pointing = {c.name for c in table.columns for key in c.foreign_keys if key.target_fullname == "person.id"}
    loose = {c.name for c in table.columns if c.name.endswith(PERSONAL) and isinstance(c.type, Uuid)}
    return pointing | loose


def _wrong_path(table: Table, columns: tuple[str, ...]) -> str:
    where = table
    for nr, column in enumerate(columns):
        if column not in where.c:
            return f"{table.name}: {'.'.join(columns)} does not exist"
        if nr < len(columns) - 1:
            where = parent_of(where, column)
    return ""


@pytest.mark.gate("C6")
def test_the_map_declares_every_table_and_every_text(sqlite_app: Flask, record_property: Any) -> None:
    assert wrong(privacy_map(), metadata) == []
    record_property("figure", f"{len(metadata.tables)} of {len(metadata.tables)} tables declared")


@pytest.mark.gate("C6")
@pytest.mark.planted("C6")
def test_what_is_not_declared_is_seen(sqlite_app: Flask) -> None:
    grown = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(grown)
    Table("ny", grown, Column("id", Uuid, primary_key=True))
    grown.tables["logbog" if "logbog" in grown.tables else "lognotat"].append_column(Column("mere", Text))
    grown.tables["team"].append_column(Column("leder_id", Uuid, ForeignKey("person.id")))
    grown.tables["team"].append_column(Column("lukket_af", Uuid))
    found = wrong(privacy_map(), grown)
    for expected in (
        "ny is not declared",
        "lognotat.mere is not declared as text, code or secret",
        "team.leder_id has no path",
        "team.lukket_af has no path",
    ):
        assert expected in found
    kort = privacy_map()
    fewer = replace(kort, tabeller={k: v for k, v in kort.tabeller.items() if k != "feedback"})
    assert "feedback is not declared" in wrong(fewer, metadata)
    leaking = replace(kort.tabeller["invitation"], show=("token_hash",))
    assert "invitation.token_hash is secret and shown" in wrong(
        replace(kort, tabeller={**kort.tabeller, "invitation": leaking}), metadata
    )


def test_a_line_that_cannot_be_read_is_refused() -> None:
    line = (
        "retention: {konto: {navn: K, fra: f}}\nstays: []\nobjects: {}\nnot_about_a_person: []\nwords: {}\n"
    )
    for table in (
        "{holds: x, keep: konto, paths: [person_id about vanish]}",
        "{holds: x, keep: konto, paths: [person_id about]}",
        "{holds: x, keep: forever}",
        "{holds: x, keep: konto, shows: [a]}",
        "{holds: x, keep: konto, paths: [person_id about delete if x=null]}",
    ):
        with pytest.raises(SettingsProblem):
            read(f"{line}tables:\n  ny: {table}\n")


def test_every_class_of_retention_has_its_rows_and_its_words(sqlite_app: Flask) -> None:
    kort = privacy_map()
    timed = {key for key, klasse in kort.klasser.items() if klasse.dage is not None}
    assert {rod.klasse for rod in ROEDDER} == timed - {"adgangslog", "historik", "lukkede"}
    for rod in ROEDDER:
        assert _wrong_path(metadata.tables[rod.tabel], tuple(rod.organisation.split("."))) == ""


def test_who_sees_what_is_what_the_matrix_says() -> None:
    kinds = {rule.object for rule in matrix().values() if rule.object}
    assert undeclared(kinds) == set()
    assert undeclared(kinds | {"ny_slags"}) == {"ny_slags"}
    by_key = {thing.key: thing for thing in synlige()}
    assert by_key["feedback"].i_ord == "Du, observatøren"
    assert by_key["lognotat"].i_ord == "Du"
    assert [thing.key for thing in synlige() if "administrator" in thing.hvem] == ["person"]


def test_the_documents_say_what_the_facts_say() -> None:
    for navn, make in DOKUMENTER.items():
        assert (HOUSE / "docs" / navn).read_text(encoding="utf-8") == make(), "run `supervision dokumenter`"
