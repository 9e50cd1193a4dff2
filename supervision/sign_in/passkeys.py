"""Passkeys: what the browser is asked, and whether its answer holds (WebAuthn, by py_webauthn).

A question is answered once and within five minutes; where it is asked (the address) is part of the answer.
"""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from supervision.personer.actions import andet_trin as actions
from supervision.personer.actions.forsoeg import use_once
from supervision.personer.models import Adgangsnoegle, Person
from supervision.personer.queries.andet_trin import find_noegle, list_noegler
from supervision.problems import RuleBroken
from supervision.sign_in.second_step import ISSUER
from supervision.sign_in.tries import key_of

CHALLENGE = "passkey"
LIFETIME_S = 300
REFUSED = "Din passkey blev ikke godkendt. Prøv igen, eller log ind med din adgangskode."


def ask_to_make(person: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey for this person."""
    options = generate_registration_options(
        rp_id=_host(),
        rp_name=ISSUER,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.navn,
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=noegle.credential_id) for noegle in list_noegler(person.id)
        ],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return _remembered(options, "lav")


def make(person: Person, answer: dict[str, Any], navn: str) -> Adgangsnoegle:
    """Take the passkey that the browser made. Raises RuleBroken."""
    challenge = _asked("lav")
    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as problem:
        raise RuleBroken("Enheden blev ikke godkendt som passkey. Prøv igen.") from problem
    return actions.add_noegle(
        navn=navn,
        credential_id=found.credential_id,
        offentlig_noegle=found.credential_public_key,
        taeller=found.sign_count,
        transporter=[],
        by=person,
    )


def ask_to_open() -> dict[str, Any]:
    """What the browser needs to sign somebody in; it knows itself whose passkeys it holds."""
    options = generate_authentication_options(
        rp_id=_host(), user_verification=UserVerificationRequirement.REQUIRED
    )
    return _remembered(options, "aabn")


def open_by(answer: dict[str, Any]) -> Person:
    """Whom this passkey lets in. Raises RuleBroken, in the same words whatever was wrong."""
    challenge = _asked("aabn")
    try:
        found = find_noegle(base64url_to_bytes(str(answer["rawId"])))
        if found is None:
            raise RuleBroken(REFUSED)
        noegle, person = found
        checked = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=noegle.offentlig_noegle,
            credential_current_sign_count=noegle.taeller,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as problem:
        raise RuleBroken(REFUSED) from problem
    actions.use_noegle(noegle, taeller=checked.new_sign_count)
    return person


def _remembered(options: Any, purpose: str) -> dict[str, Any]:
    session[CHALLENGE] = [purpose, bytes_to_base64url(options.challenge), time.time() + LIFETIME_S]
    found: dict[str, Any] = json.loads(options_to_json(options))
    return found


def _asked(purpose: str) -> bytes:
    """The question that is answered now, and never again (an old cookie holds it still). Raises RuleBroken."""
    asked = session.pop(CHALLENGE, None)
    if not isinstance(asked, list) or asked[0] != purpose or time.time() > asked[2]:
        raise RuleBroken(REFUSED)
    if not use_once(key_of("passkey", asked[1])):
        raise RuleBroken(REFUSED)
    return base64url_to_bytes(asked[1])


def _origin() -> str:
    public: str = current_app.extensions["settings"].public_url
    return public or request.host_url.rstrip("/")


def _host() -> str:
    return urlsplit(_origin()).hostname or ""
