"""What looks like a CPR number is stopped in every text, and nothing else is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from operator import mul
from typing import Any
from uuid import uuid4

import pytest
from cpr_texts import SPELLINGS, negatives, positives
from flask import Flask
from people import World
from sqlalchemy import select

from supervision.cpr import CPR_FEJL, ligner_cpr
from supervision.db import db
from supervision.logbog.models import Lognotat
from supervision.observationer.rules import FieldProblem, check_haendelse

MANY = 10_000


def missed_by(detector: Callable[[str], bool]) -> Counter[str]:
    """How many of ten thousand numbers get by, by how they are spelled."""
    return Counter(name for name, text in positives(MANY, seed=1) if not detector(text))


@pytest.mark.gate("C10")
def test_ten_thousand_numbers_in_eight_spellings_are_stopped(record_property: Any) -> None:
    missed = missed_by(ligner_cpr)
    record_property("figure", f"{MANY - missed.total():,} of {MANY:,} numbers stopped")
    assert len(SPELLINGS) == 8
    assert sum(missed.values()) <= MANY / 1000, missed


@pytest.mark.gate("C10")
def test_ten_thousand_other_numbers_are_let_through(record_property: Any) -> None:
    stopped = [(name, text) for name, text in negatives(MANY, seed=2) if ligner_cpr(text)]
    record_property("figure", f"{len(stopped):,} of {MANY:,} others stopped")
    assert len(stopped) <= MANY / 100, stopped[:20]


WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def with_control_digit(text: str) -> bool:
    """A detector that asks for modulus 11, which numbers from 2007 on need not keep."""
    digits = [int(one) for one in text if one.isdigit()][:10]
    return ligner_cpr(text) and sum(map(mul, WEIGHTS, digits)) % 11 == 0


@pytest.mark.planted("C10")
def test_a_detector_that_knows_too_little_is_seen() -> None:
    one_spelling = re.compile(r"\b[0-3]\d[01]\d\d\d-\d{4}\b", re.ASCII)
    assert len(missed_by(lambda text: bool(one_spelling.search(text)))) >= 5
    assert missed_by(with_control_digit).total() > MANY / 2


@pytest.mark.parametrize(
    "text",
    [
        "310190-1234",
        "hej 0101901234",
        "CPR-nr. 01 01 90 12 34",
        "01.02.90-1234",
        "610190-1234",
        "01\u00ad0190-1234",
        "010190\r\n1234",
        "010190 – 1234",
        "sag 010190-1234",
    ],
)
def test_other_ways_of_writing_one(text: str) -> None:
    assert ligner_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "300290-1234",
        "011390-1234",
        "sagsnr. 0101901234",
        "010190-123",
        "010190-12345",
        "15-010190-1234",
        "01.01.1990",
    ],
)
def test_what_is_none(text: str) -> None:
    assert not ligner_cpr(text)


def test_a_long_text_of_digits_is_read_in_one_go() -> None:
    assert not ligner_cpr("9" * 200_000)
    assert not ligner_cpr("000000 " * 30_000)


@pytest.mark.gate("C10")
def test_a_note_in_the_log_is_refused_and_codes_of_ours_are_not() -> None:
    note: dict[str, Any] = {
        "id": str(uuid4()),
        "nr": 0,
        "t_ms": 0,
        "spor": "note",
        "kode": "sagde 010190-1234",
    }
    with pytest.raises(FieldProblem, match="CPR"):
        check_haendelse(note)
    undone = {**note, "spor": "fortryd", "kode": "01019012-3456-4000-8000-000000000000"}
    assert check_haendelse(undone, strict=True)


@pytest.mark.gate("C10")
def test_the_form_is_shown_again_with_all_that_was_written(
    app: Flask, world: World, browser_for: Any
) -> None:
    written = {"notat_id": str(uuid4()), "proevet": "Jeg spurgte 010190-1234 åbent", "skete": "der blev ro"}
    answer = browser_for(world.mette).send("/logbog/ny", **written)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert CPR_FEJL in page
    assert "Jeg spurgte 010190-1234 åbent" in page
    assert "der blev ro" in page
    with app.app_context():
        assert db.session.scalar(select(Lognotat.id)) is None
