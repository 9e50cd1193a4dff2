"""The shared vectors in Python; `tests/browser/test_vectors_js.py` holds JavaScript to the same."""

from typing import Any

import pytest
from vectors import EMPTY, haendelser, load_vectors

from supervision.observationer.measures import maal, ugu_loops

VECTORS = load_vectors()


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_vector(vector: dict[str, Any]) -> None:
    log = haendelser(vector["log"])
    found = maal(log)
    assert found == vector["maal"], vector["why"]
    assert list(found) == list(EMPTY), "the keys come in the order of the format"
    if "loops" in vector:
        assert [[loop.emne, "".join(loop.bogstaver)] for loop in ugu_loops(log)] == vector["loops"]


def test_there_are_vectors_and_names_are_unique() -> None:
    names = [vector["name"] for vector in VECTORS]
    assert len(names) >= 60
    assert len(set(names)) == len(names)
