"""Words that run from right to left, or that order others about, keep to themselves on a page.

One rule for every template: a value with such letters or signs in it is put between isolates (U+2068 and U+2069), line
by line, and what it opened is closed. So a name with an override in it cannot turn the sentence that it stands in
around. What fills in a field is written `{{ … |e }}`: it goes back as it was. Source: Unicode Standard Annex #9.
"""

from __future__ import annotations

import re

from flask import Flask

FIRST_STRONG, END = "\u2068", "\u2069"
OPENERS = frozenset("\u2066\u2067\u2068")
_TURNS = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters from right to left, and the signs that say which way others run."""


def init_app(app: Flask) -> None:
    """Hold every value that a template writes to it."""
    app.jinja_env.finalize = isolated


def isolated(value: object) -> object:
    """The value; a plain text that turns around is put by itself. Markup is made of such texts, and left."""
    if type(value) is not str or _TURNS.search(value) is None:
        return value
    return "\n".join(map(_alone, value.split("\n")))


def _alone(line: str) -> str:
    """Each isolate that the line opens is closed in it; an end without a beginning would end ours, and is left out."""
    opened, kept = 1, [FIRST_STRONG]
    for sign in line:
        if sign in OPENERS:
            opened += 1
        elif sign == END:
            if opened == 1:
                continue
            opened -= 1
        kept.append(sign)
    return "".join(kept) + END * opened
