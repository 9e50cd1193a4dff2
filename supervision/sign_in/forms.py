"""What is typed to sign in and to change a password."""

from __future__ import annotations

from typing import Any

from flask_login import current_user
from flask_security import MailUtil
from flask_security.forms import ChangePasswordForm, Form, LoginForm
from flask_security.mail_util import EmailValidateException
from sqlalchemy import select
from wtforms import Field

from supervision.db import db
from supervision.personer.models import Person
from supervision.personer.rules import wording
from supervision.problems import RuleBroken, TooManyTries
from supervision.sign_in import tries
from supervision.sign_in.passwords import PASSWORD_MAX, hash_of, is_old_fashioned, is_right

REFUSED = "E-mail og adgangskode passer ikke sammen. Prøv igen."
NOT_RIGHT = "Adgangskoden passer ikke."


class EmailReader(MailUtil):
    """Reads a typed e-mail as the rest of the product does; no mail is sent."""

    def normalize(self, email: str) -> str:
        try:
            return wording.email(email)
        except RuleBroken as problem:
            raise EmailValidateException(problem.text) from problem

    validate = normalize


class SignInForm(LoginForm):
    """E-mail and password; says once what is missing, and never which of the two was wrong."""

    remember = None  # type: ignore[assignment]

    def validate(self, **kwargs: Any) -> bool:
        self.email.data = wording.clean(self.email.data or "")
        self.password.data = _cut(self.password.data)
        missing = [
            words
            for control, words in ((self.email, "din e-mail"), (self.password, "din adgangskode"))
            if not (control.data or "").strip()
        ]
        if missing:
            self.form_errors.append(f"Skriv {' og '.join(missing)}.")
            return False
        self.ifield = self.email
        if not Form.validate(self, **kwargs):
            self.email.errors, self.password.errors = [], [REFUSED]
            return False
        try:
            self.user = find_by_password(self.email.data, self.password.data)
        except TooManyTries as problem:
            self.form_errors.append(problem.text)
            return False
        if self.user is None:
            self.password.errors = [REFUSED]
        self.user_authenticated = self.user is not None
        return self.user_authenticated

    def validate_next(self, field: Field) -> None:
        """A foreign address to go on to is left unused by the view: no reason to refuse the sign-in."""


class ChangeForm(ChangePasswordForm):
    """The old password and the new one twice. The old one may be tried as often as at the sign-in."""

    def validate(self, **kwargs: Any) -> bool:
        self.password.data = _cut(self.password.data)
        email = str(current_user.email)
        try:
            tries.count_try(email)
        except TooManyTries as problem:
            self.form_errors.append(problem.text)
            return False
        valid = bool(super().validate(**kwargs))
        if NOT_RIGHT in map(str, self.password.errors):
            tries.note_wrong()
        else:
            tries.forget_tries(email)
        return valid


def find_by_password(email: str, password: str) -> Person | None:
    """Whom these two let in; counted and slow in the same way whoever is asked for. Raises TooManyTries.

    No transaction runs while the password is checked, which takes its time on purpose.
    """
    tries.count_try(email)
    known = db.session.execute(
        select(Person.id, Person.password, Person.active).where(Person.email == email)
    ).first()
    db.session.rollback()
    right = is_right(password, known.password if known else None)
    if known is None or not right or not known.active:
        tries.note_wrong()
        return None
    newer = hash_of(password) if is_old_fashioned(known.password) else None
    tries.forget_tries(email)
    person = db.session.get(Person, known.id)
    if person is not None and newer is not None:
        person.password = newer
    return person


def _cut(typed: str | None) -> str:
    """A typed password, cut where it is too long to be anybody's: hashing refuses over 4096 characters."""
    return (typed or "")[: PASSWORD_MAX + 1]
