"""Where the database has the last word: what two people do at once ends as a kind refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from supervision.db import db
from supervision.problems import RuleBroken


@contextmanager
def flushed(refusal: str, field: str | None = None) -> Iterator[None]:
    """Flush what the block does, apart from the rest. Raises RuleBroken(refusal, field) when refused."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as problem:
        raise RuleBroken(refusal, field) from problem
