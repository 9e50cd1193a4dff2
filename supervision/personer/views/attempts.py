"""The way from a sent form to an act: what is refused comes back at its field, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from supervision.db import db
from supervision.forms import Form
from supervision.personer.forms import show_problem
from supervision.problems import RuleBroken

T = TypeVar("T")


def attempt(form: Form, act: Callable[[], T]) -> T | None:
    """What the act gives, or None when the form or a rule says no; then the form holds the reasons."""
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except RuleBroken as problem:
        db.session.rollback()
        show_problem(form, problem)
        return None
