"""Sign-in by Flask-Security-Too: argon2, sign-out, change of password, in Danish; sessions that the server can end.

Only the pages are offered: no JSON sign-in, no tokens, and no "remember me", since tablets are shared.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_login import current_user
from flask_security import Security, password_changed
from flask_security.datastore import SQLAlchemyUserDatastore

from supervision import history
from supervision.db import commits, db
from supervision.personer.actions import adgang
from supervision.personer.models import Person, Rolletildeling
from supervision.personer.rules.invitations import PASSWORD_CHANGED
from supervision.sign_in import second_step, sessions
from supervision.sign_in.forms import ChangeForm, EmailReader, SignInForm, find_by_password
from supervision.sign_in.passwords import (
    PASSWORD_MAX,
    PASSWORD_MIN,
    PasswordRules,
    check_password,
    hash_of,
    shortest_for,
)
from supervision.sign_in.sessions import sign_in_person
from supervision.sign_in.settings import CONFIG
from supervision.sign_in.tries import forget_tries

CODE = "kode"
"""The kind of tries at a second step."""
__all__ = [
    "CODE",
    "PASSWORD_MAX",
    "PASSWORD_MIN",
    "check_password",
    "find_by_password",
    "forget_tries",
    "hash_of",
    "init_app",
    "sign_in_person",
]


class Datastore(SQLAlchemyUserDatastore):
    """People as Flask-Security sees them. Its two views (sign-in, change of password) commit by it."""

    def __init__(self) -> None:
        super().__init__(db, Person, Rolletildeling)  # type: ignore[arg-type]


def init_app(app: Flask) -> None:
    """Connect the sign-in. Roles are ours (`personer`); Flask-Security only says who it is."""
    app.config.from_mapping(CONFIG)
    app.config["SECURITY_PASSWORD_SALT"] = app.config["SECRET_KEY"]
    Babel(app)
    extension = Security(
        app,
        Datastore(),
        register_blueprint=True,
        login_form=SignInForm,
        change_password_form=ChangeForm,
        mail_util_cls=EmailReader,
        password_util_cls=PasswordRules,
    )
    extension.want_json(lambda _request: False)
    app.extensions["sign_in"] = extension
    sessions.init_app(app)
    second_step.init_app(app, extension)
    for name in ("security.login", "security.logout", "security.change_password"):
        view: Any = app.view_functions[name]
        app.view_functions[name] = commits(view)
    password_changed.connect(_changed, app)
    app.context_processor(lambda: {"kortest": lambda: shortest_for(current_user)})


def _changed(_app: Flask, user: Person, **_more: Any) -> None:
    """The person stays signed in here, and nowhere else."""
    here = sessions.current()
    adgang.end_all(user, but=here.id if here else None)
    history.note(PASSWORD_CHANGED, user, by=user.id)
