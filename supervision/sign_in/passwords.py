"""Passwords: argon2 in the chosen cost, the rules of a new one, and a look that takes as long for everybody."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_security.password_util import PasswordUtil
from flask_security.utils import hash_password
from sqlalchemy import select

from supervision.db import db
from supervision.personer.models import Organisation, Person, Team
from supervision.personer.queries.andet_trin import has_second_step
from supervision.personer.rules import adgangskoder as rules
from supervision.problems import RuleBroken

PASSWORD_MIN = rules.KORTEST
PASSWORD_MAX = rules.LAENGST
MEMORY_KIB = 47_104
TIME_COST = 1
PARALLELISM = 1
HASHER = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=PARALLELISM)
NOBODYS = (
    f"$argon2id$v=19$m={MEMORY_KIB},t={TIME_COST},p={PARALLELISM}"
    "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""A hash that no password gives: checked where there is none, so that it takes as long."""
CONTENT = Path(__file__).parent / "content"
TOO_KNOWN = "Adgangskoden er for nem at gætte. Vælg fx en sætning på fire-fem ord, som kun du kender."


class PasswordRules(PasswordUtil):
    """The rules where Flask-Security asks for them: on its page that changes a password."""

    def validate(self, password: str, is_register: bool, **kwargs: object) -> tuple[list[str] | None, str]:
        plain = normal(password)
        person = kwargs.get("user")
        try:
            check_password(plain, person if isinstance(person, Person) else None)
        except RuleBroken as problem:
            return [problem.text], plain
        return None, plain


def normal(password: str) -> str:
    """One spelling of what looks the same (NFKD, as Flask-Security has it)."""
    return unicodedata.normalize("NFKD", password)


def hash_of(password: str) -> str:
    """The argon2 hash of a password as sign-in will check it, for whoever makes people."""
    return str(hash_password(normal(password)))


def check_password(password: str, person: Person | None, field: str = "password") -> None:
    """The rules of a new password, the same wherever one is chosen. Raises RuleBroken."""
    shortest = shortest_for(person)
    if not shortest <= len(unicodedata.normalize("NFC", password)) <= PASSWORD_MAX:
        raise RuleBroken(f"Adgangskoden skal have mellem {shortest} og {PASSWORD_MAX} tegn.", field)
    if rules.er_for_kendt(password, _known() | _about(person)):
        raise RuleBroken(TOO_KNOWN, field)


def shortest_for(person: Person | None) -> int:
    """How many signs a person's password has at least: fewer when a second step stands behind it."""
    if person is not None and has_second_step(person.id):
        return rules.KORTEST_MED_ANDET_TRIN
    return PASSWORD_MIN


def is_right(password: str, kept: str | None) -> bool:
    """Whether this is the password of the hash. As slow when there is no hash."""
    try:
        return HASHER.verify(kept or NOBODYS, _bytes(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_old_fashioned(kept: str) -> bool:
    """Whether the hash was made at another cost than the one of today."""
    return HASHER.check_needs_rehash(kept)


@cache
def _known() -> frozenset[str]:
    lines = (CONTENT / "commonest.txt").read_text(encoding="utf-8").splitlines()
    lines += (CONTENT / "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(rules.som_kendt(line) for line in lines if line and not line.startswith("# "))


def _about(person: Person | None) -> set[str]:
    """The words that somebody who knows the person would try."""
    if person is None or person.organisation_id is None:
        return set()
    names = [person.navn, person.email.split("@")[0]]
    names += db.session.scalars(select(Organisation.navn).where(Organisation.id == person.organisation_id))
    names += db.session.scalars(select(Team.navn).where(Team.organisation_id == person.organisation_id))
    return rules.ord_om(names)


def _bytes(password: str) -> bytes:
    return normal(password).encode("utf-8", "replace")
