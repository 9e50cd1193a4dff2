"""Which roles a sign-in gives and takes, where it may lead on to, and what names a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from urllib.parse import urljoin, urlsplit
from uuid import UUID, uuid4

import pytest

from supervision.personer.rules import ekstern_login as rules
from supervision.personer.rules.id_token import values_of
from supervision.problems import RuleBroken

TODAY = date(2026, 11, 3)
HOME, NORD, SYD = uuid4(), uuid4(), uuid4()


@dataclass(frozen=True)
class Held:
    """A role somebody has."""

    rolle: str
    team_id: UUID | None = None
    organisation_id: UUID | None = None
    fra: date = date(2026, 1, 1)
    til: date | None = None


@dataclass(frozen=True)
class Rule:
    """A rule of the organisation."""

    vaerdi: str
    rolle: str
    team_id: UUID | None = None
    organisation_id: UUID = HOME


REGLER = (
    Rule("nord", "medarbejder", NORD),
    Rule("syd", "medarbejder", SYD),
    Rule("leder", "teamleder", NORD),
    Rule("super", "supervisor"),
)
IN_NORD, LEADS = Held("medarbejder", NORD), Held("teamleder", NORD)


def given(*held: Held, claims: str) -> tuple[list[Held], set[tuple[object, ...]]]:
    plan = rules.plan_roller(held, REGLER, claims.split(), TODAY)
    return plan.slutter, {(ny.rolle, ny.team_id or ny.organisation_id, ny.til) for ny in plan.gives}


def test_claims_give_and_take_what_the_rules_name() -> None:
    assert given(claims="nord super") == ([], {("medarbejder", NORD, None), ("supervisor", HOME, None)})
    assert given(IN_NORD, LEADS, claims="nord") == ([LEADS], set())
    assert given(IN_NORD, LEADS, claims="") == ([IN_NORD, LEADS], set())
    assert given(IN_NORD, claims="syd") == ([IN_NORD], {("medarbejder", SYD, None)})
    assert given(IN_NORD, claims="syd nord") == ([], set())


def test_what_no_rule_names_is_left_alone() -> None:
    others = Held("teamleder", SYD), Held("administrator"), Held("supervisor", organisation_id=uuid4())
    assert given(*others, claims="") == ([], set())
    elsewhere = Held("medarbejder", uuid4())
    assert given(elsewhere, claims="leder") == ([], {("teamleder", NORD, None)})
    assert given(elsewhere, claims="nord") == ([elsewhere], {("medarbejder", NORD, None)})


def test_a_planned_role_keeps_its_day() -> None:
    planned = Held("medarbejder", SYD, fra=TODAY + timedelta(days=30))
    assert given(planned, claims="nord") == ([], {("medarbejder", NORD, planned.fra)})
    over = Held("teamleder", NORD, til=TODAY)
    assert given(over, claims="") == ([], set())


def test_claims_never_make_an_administrator() -> None:
    with pytest.raises(RuleBroken):
        rules.check_regel(rolle="administrator", team_id=None)
    with pytest.raises(RuleBroken):
        rules.check_regel(rolle="medarbejder", team_id=None)


HOSTS = ("ond.example", "localhost@ond.example", "ond.example/%2e%2e", "127.0.0.1:9", "[::1]")
LEADS_OUT = (
    "//",
    "///",
    "/\\",
    "\\\\",
    "\\/",
    "https://",
    "http:",
    "HTTPS:",
    "javascript:",
    "data:text/html,",
)
LEADING = ("", " ", "\t", "\n", "\0")
PAYLOADS = ["".join(parts) for parts in product(LEADING, LEADS_OUT, HOSTS)]


def led_off(target: Callable[[str], str]) -> list[str]:
    """The payloads that end on another site."""
    home = "http://localhost/log-ind"
    return [one for one in PAYLOADS if urlsplit(urljoin(home, target(one))).netloc != "localhost"]


@pytest.mark.gate("E8b")
@pytest.mark.planted("E8b")
def test_nobody_is_led_off_the_site(record_property: pytest.FixtureRequest) -> None:
    off = led_off(rules.relative_target)
    assert off == []
    assert len(led_off(lambda given: given.strip())) > 50, "a product that goes where it is told"
    assert len(led_off(lambda given: given.strip() if given.startswith("/") else "/")) > 0, (
        "a slash is no proof"
    )
    assert [rules.relative_target(path) for path in ("/samtaler", "/a?b=c#d", None, "")] == [
        "/samtaler",
        "/a?b=c#d",
        "/",
        "/",
    ]
    record_property("figure", f"{len(off)} of {len(PAYLOADS)} targets led off the site")  # type: ignore[operator]


def test_an_identity_is_named_by_issuer_and_subject() -> None:
    whole = {"svar_id": "1", "gyldig_til": datetime(2026, 1, 1, tzinfo=UTC)}
    rules.check_identitet(rules.Identitet(issuer="https://i.example", subject="x", **whole))
    for wrong in ("", " x", "x\n", "x" * 256):
        with pytest.raises(rules.LoginAfvist, match="subject"):
            rules.check_identitet(rules.Identitet(issuer="https://i.example", subject=wrong, **whole))


def test_groups_are_read_as_each_provider_sends_them() -> None:
    assert values_of({"groups": ["a", "", 4, "b"]}, "groups") == ("a", "b")
    assert values_of({"realm_access": {"roles": ["a"]}}, "realm_access.roles") == ("a",)
    assert values_of({"roles": "a"}, "roles") == ("a",)
    assert values_of({}, "a.b.c") == ()
