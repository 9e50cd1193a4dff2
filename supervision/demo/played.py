"""A demo that was played with: somebody erased, closed, moved or gone another way with a thing.

What is theirs stands, and the demo's own life goes on around it: what cannot be done any more is left out, act by act.
Only when the demo is topped up; the first time everything has to succeed, so that a wrong plan is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from supervision.db import db
from supervision.problems import Problem

V = TypeVar("V")
_left_out: list[str] | None = None


class PlayedOn(Problem):
    """Somebody who tries the demo has gone on with this, so that its plan ends here."""

    def __init__(self) -> None:
        super().__init__("Samtalen er ført videre af en, der prøver demoen.")


class Present(dict[str, V]):
    """Who or what is there, by the keys of `people`; asked for one that is gone, PlayedOn."""

    def __missing__(self, key: str) -> V:
        raise PlayedOn


@contextmanager
def forgiving(*, really: bool = True) -> Iterator[list[str]]:
    """As long as the block lasts, leave out what cannot be done. Gives the list of what was, by name."""
    global _left_out
    before, found = _left_out, list[str]()
    _left_out = found if really else None
    try:
        yield found
    finally:
        _left_out = before


def is_forgiving() -> bool:
    """Whether what cannot be done is left out."""
    return _left_out is not None


@contextmanager
def guarded() -> Iterator[None]:
    """One act, whole or not at all. Raises PlayedOn for whatever stands in its way, where the demo is forgiving."""
    if _left_out is None:
        yield
        return
    try:
        with db.session.begin_nested():
            yield
    except (
        Exception
    ) as problem:  # a row that is gone shows itself in many ways; a test holds that nothing else does
        raise PlayedOn from problem


@contextmanager
def attempt(name: str) -> Iterator[None]:
    """One act, or a part of the demo's life: left out, and noted by its name, where it cannot be done any more."""
    if _left_out is None:
        yield
        return
    noted = _left_out
    try:
        with guarded():
            yield
    except PlayedOn:
        noted.append(name)
