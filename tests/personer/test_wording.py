"""Names and e-mails, cleaned and checked."""

from __future__ import annotations

import pytest

from supervision.personer.rules import wording
from supervision.problems import RuleBroken


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Mette \t  Ærø\n", "Mette Ærø"),
        ("Åse", "Åse"),
        ("Jo\N{SOFT HYPHEN}nas\0 Ø\N{RIGHT-TO-LEFT OVERRIDE}land", "Jonas Øland"),
        ("O'Neill-Bæk", "O'Neill-Bæk"),
        ("Team 4", "Team 4"),
    ],
)
def test_a_name_is_one_clean_line(typed: str, cleaned: str) -> None:
    assert wording.navn(typed) == cleaned


@pytest.mark.parametrize("typed", ["", "   ", "---", "\0", "x" * 121])
def test_a_name_must_be_one(typed: str) -> None:
    with pytest.raises(RuleBroken) as problem:
        wording.navn(typed, "team")
    assert problem.value.field == "team"


def test_an_email_is_trimmed_and_small() -> None:
    assert wording.email("  Mette.AEROE+x@Job-Center.Test.dk ") == "mette.aeroe+x@job-center.test.dk"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mette",
        "mette@",
        "@x.dk",
        "mette@dk",
        "a b@x.dk",
        "a@x..dk",
        "a..b@x.dk",
        "a@-x.dk",
        "a@x.dk,b@x.dk",
        "<a@x.dk>",
        "a\0@x.dk",
        "ærø@x.dk",
        "m\N{CYRILLIC SMALL LETTER IE}tte@x.dk",
        "a" * 250 + "@x.dk",
    ],
)
def test_what_is_no_email_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as problem:
        wording.email(typed)
    assert problem.value.field == "email"


def test_sameness_puts_case_and_blanks_aside() -> None:
    assert wording.same("Team  Nørre", " team NØRRE ")
    assert not wording.same("Team Nord", "Team Syd")
