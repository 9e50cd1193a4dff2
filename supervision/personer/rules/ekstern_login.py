"""Sign-in from an identity provider: who it is, and which roles that gives and takes.

A person is known by issuer and subject, never by an e-mail: that is given to the next one some day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Generic, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from supervision.personer import rules
from supervision.personer.rules import R, Rolle, wording
from supervision.problems import RuleBroken

SKEW = timedelta(minutes=2)
"""How far the provider's clock and ours may be apart (tillid E9)."""
WAIT = timedelta(minutes=10)
"""How long a begun sign-in may take, from our page to the provider's and back."""
LONGEST = 255
"""Of an issuer, a subject, a claim that gives a role."""
LOGIN_ROLLER = (rules.MEDARBEJDER, rules.TEAMLEDER, rules.SUPERVISOR)
"""What a claim may give. Who runs the system is decided in the system."""


class LoginAfvist(Exception):
    """An answer that nobody is signed in by. `grund`: a word for the log, never anything of the answer itself."""

    def __init__(self, grund: str) -> None:
        super().__init__(grund)
        self.grund = grund


class UkendtPerson(LoginAfvist):
    """The answer is good, but whoever it names has no way in here."""


@dataclass(frozen=True, slots=True)
class Identitet:
    """Somebody as a provider vouches for them.

    vaerdier: the roles or groups of the answer. svar_id: names this one answer among all; gyldig_til: until when it
    could be shown again.
    """

    issuer: str
    subject: str
    svar_id: str
    gyldig_til: datetime
    navn: str = ""
    email: str = ""
    organisation: str = ""
    vaerdier: tuple[str, ...] = ()


class Regel(Protocol):
    """A claim that gives a role in a team (or a supervisor's in the organisation)."""

    @property
    def organisation_id(self) -> UUID: ...
    @property
    def vaerdi(self) -> str: ...
    @property
    def rolle(self) -> str: ...
    @property
    def team_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class NyRolle:
    """A role to give, up to (not with) `til`."""

    rolle: str
    team_id: UUID | None
    organisation_id: UUID | None
    til: date | None = None


@dataclass(slots=True)
class Rolleplan(Generic[R]):
    """What a sign-in does to somebody's roles."""

    slutter: list[R] = field(default_factory=list)
    gives: list[NyRolle] = field(default_factory=list)


def relative_target(given: str | None) -> str:
    """Where to go on to: a path of our own, else the front page."""
    target = given or "/"
    strange = any(letter.isspace() or not letter.isprintable() or letter == "\\" for letter in target)
    if strange or not target.startswith("/") or target.startswith("//") or len(target) > 1000:
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc else target


def check_identitet(found: Identitet) -> None:
    """Issuer and subject are there and fit. Raises LoginAfvist."""
    for name, value in (("issuer", found.issuer), ("subject", found.subject)):
        if not value or len(value) > LONGEST or not value.isprintable() or value != value.strip():
            raise LoginAfvist(name)


def check_vaerdi(text: str, field: str) -> str:
    """What is typed of a claim, an issuer or a subject: one line as it stands. Raises RuleBroken(field)."""
    value = text.strip()
    if not value:
        raise RuleBroken("Feltet mangler. Skriv det, som udstederen sender.", field)
    if len(value) > LONGEST or not value.isprintable():
        raise RuleBroken(f"Skriv det på én linje og med højst {LONGEST} tegn.", field)
    return value


def check_regel(*, rolle: str, team_id: UUID | None) -> None:
    """A claim gives a role in a team, or a supervisor's in the organisation. Raises RuleBroken."""
    if rolle not in LOGIN_ROLLER:
        raise RuleBroken("Den rolle kan ikke gives ved login.", "rolle")
    if rolle in rules.TEAM_ROLLER and team_id is None:
        raise RuleBroken(f"{rules.ROLLE_NAVNE[rolle]} hører til et team. Vælg et team.", "team")


def navn_of(found: Identitet) -> str:
    """The name to make a person with. Raises UkendtPerson without a usable one."""
    try:
        return wording.navn(found.navn)
    except RuleBroken as problem:
        raise UkendtPerson("intet_navn") from problem


def email_of(found: Identitet) -> str:
    """The e-mail to write to a person that is made now. Raises UkendtPerson without a usable one."""
    try:
        return wording.email(found.email)
    except RuleBroken as problem:
        raise UkendtPerson("ingen_email") from problem


def plan_roller(
    held: Iterable[R], regler: Sequence[Regel], vaerdier: Iterable[str], today: date
) -> Rolleplan[R]:
    """What the claims give and take. A role that no rule names is the administrator's and is left alone.

    regler: one organisation's, in the order they were written. Somebody is medarbejder in one team at a time: the
    one they are in when the claims still name it, else the first rule's.
    """
    roller, claimed = list(held), set(vaerdier)
    now = {_scope(rolle): rolle for rolle in roller if rules.gaelder(rolle, today)}
    governed = {_target(regel) for regel in regler}
    wanted = _one_team([_target(regel) for regel in regler if regel.vaerdi in claimed], now)
    plan: Rolleplan[R] = Rolleplan()
    moves = any(scope[0] == rules.MEDARBEJDER and scope not in now for scope in wanted)
    for scope, rolle in now.items():
        leaves = moves and scope[0] == rules.MEDARBEJDER
        if scope not in wanted and (scope in governed or leaves):
            plan.slutter.append(rolle)
    plan.gives = [NyRolle(*scope, _until(scope, roller, today)) for scope in wanted if scope not in now]
    return plan


Scope = tuple[str, UUID | None, UUID | None]


def _scope(rolle: Rolle) -> Scope:
    return rolle.rolle, rolle.team_id, rolle.organisation_id


def _target(regel: Regel) -> Scope:
    if regel.rolle == rules.SUPERVISOR:
        return regel.rolle, None, regel.organisation_id
    return regel.rolle, regel.team_id, None


def _one_team(wanted: list[Scope], now: dict[Scope, R]) -> list[Scope]:
    teams = [scope for scope in wanted if scope[0] == rules.MEDARBEJDER]
    kept = next((scope for scope in teams if scope in now), teams[0] if teams else None)
    return list(dict.fromkeys(s for s in wanted if s[0] != rules.MEDARBEJDER or s == kept))


def _until(scope: Scope, roller: list[R], today: date) -> date | None:
    """The day before which a new role must end: one of the kind is planned from there."""
    kind = scope[0] == rules.MEDARBEJDER
    planned = [
        rolle.fra
        for rolle in roller
        if rolle.fra > today
        and rolle.fra != rolle.til
        and (rolle.rolle == scope[0] if kind else _scope(rolle) == scope)
    ]
    return min(planned, default=None)
